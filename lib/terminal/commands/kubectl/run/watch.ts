// A watch as a process sees it: events one by one, virtual time passing in between.
import type { Steps } from '../../../types';
import { ACCEPT, type KubeJson, type Query } from '../api/client';
import type { Session } from './session';

export interface WatchEvent {
  readonly type: string;
  readonly object: KubeJson;
}

export interface Watch {
  /** The next event; undefined when the watch or the time is over. */
  next(): Steps<WatchEvent | undefined>;
  close(): void;
}

/** Opens a watch. `until` (virtual ms) or the request timeout end it. */
export function events(
  k: Session,
  path: string,
  query: Query,
  accept: string = ACCEPT.json,
  until?: number,
): Watch {
  const stream = k.client.stream(path, query, accept);
  const buffer: WatchEvent[] = [];
  let ended = false;
  const stop = stream.subscribe(
    (text) => {
      for (const line of text.split('\n')) if (line !== '') buffer.push(JSON.parse(line) as WatchEvent);
    },
    () => {
      ended = true;
    },
  );
  const { requestTimeout } = k.kubeconfig;
  const deadline = until ?? (requestTimeout > 0 ? k.now + requestTimeout : undefined);
  return {
    close: stop,
    *next() {
      for (;;) {
        const event = buffer.shift();
        if (event) return event;
        if (ended || (deadline !== undefined && k.now >= deadline)) {
          stop();
          return undefined;
        }
        try {
          yield* k.step({
            kind: 'event',
            ...(deadline === undefined ? {} : { timeoutMs: deadline - k.now }),
          });
        } catch (error) {
          stop();
          throw error;
        }
      }
    },
  };
}
