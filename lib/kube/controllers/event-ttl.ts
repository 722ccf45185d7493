// The API server forgets events an hour after their last change: it stores them with a lease (--event-ttl,
// pkg/registry/core/event/storage).
import type { CoreEvent } from './event';
import { EVENT_TTL_MS } from './event-recorder';
import { keyOf, splitKey } from './objects';
import type { Controller } from './types';

/** Deletes events that are past their time. The lease begins with the write: nobody's turn goes by for it. */
export function eventTtl(): Controller {
  return {
    name: 'kube-apiserver',
    watches: ['Event'],
    latencyMs: 0,
    keysFor({ type, object }, { now, requeueAfter }) {
      if (type !== 'ADDED') return [];
      const left = timeLeft(object as CoreEvent, now);
      if (left <= 0) return [keyOf(object)];
      requeueAfter(keyOf(object), left, true);
      return [];
    },
    reconcile(key, { api, now, requeueAfter }) {
      const { namespace, name } = splitKey(key);
      const event = api.get<CoreEvent>('Event', namespace, name);
      if (!event) return;
      const left = timeLeft(event, now);
      if (left > 0) requeueAfter(key, left, true);
      else api.delete({ kind: 'Event', namespace, name });
    },
  };
}

function timeLeft({ lastTimestamp, eventTime, metadata }: CoreEvent, now: number): number {
  const last = Date.parse(lastTimestamp ?? eventTime ?? metadata.creationTimestamp ?? '');
  return Number.isFinite(last) ? last + EVENT_TTL_MS - now : EVENT_TTL_MS;
}
