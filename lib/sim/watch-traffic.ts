// What a watch costs: the events that the API server sent to each watcher of a kind, with their bytes. Read from the log of changes,
// so it is part of every snapshot; an event is written out only when somebody asks for its bytes.
//
// Counted is what a client without preferences gets, as `kubectl get --watch -o json` and `curl` do: one line of JSON an event
// (lib/kube/api/rest/watch.ts), without the frames of HTTP/2 and TLS around it. Components of Kubernetes ask for protobuf, which is
// shorter by a factor that this does not model.
import { objectText } from '@/lib/kube/api/rest/present';
import { resourcesOf, type RestResource } from '@/lib/kube/api/rest/resources';
import type { WatchEvent } from '@/lib/kube/api/types';
import type { KubeObject } from '@/lib/kube/types';
import type { K8sVersion } from '@/lib/kube/versions';
import type { Change, ChangeLog } from './changes';

const encoder = new TextEncoder();

/** One event of a watch. */
export interface WatchedEvent<T extends KubeObject = KubeObject> {
  /** Counts all changes of the cluster: a later event has a higher number. */
  readonly id: number;
  /** Virtual time, ms. */
  readonly at: number;
  readonly type: WatchEvent['type'];
  readonly object: T;
  /** Before a MODIFIED. */
  readonly old?: T;
  /** UTF-8 bytes that each watcher gets. */
  readonly bytes: number;
}

interface Watched {
  readonly k8s: K8sVersion;
  readonly changes: ChangeLog;
}

/** Events of a kind after change number `since`, oldest first, as far as they are kept; none for a kind that cannot be watched. */
export function watchedEvents<T extends KubeObject>(
  { k8s, changes }: Watched,
  kind: T['kind'],
  since = 0,
): readonly WatchedEvent<T>[] {
  const resource = resourcesOf(k8s).find((r) => r.kind === kind && r.info && r.verbs.includes('watch'));
  if (!resource) return [];
  const kept = changes.since(since);
  const first = changes.total - kept.length + 1;
  return kept.flatMap((change, i) =>
    change.type !== 'RULES' && change.object.kind === kind
      ? [new EventOfWatch<T>(first + i, change, resource)]
      : [],
  );
}

/** Whether all changes after that number are still kept. */
export const keepsSince = (changes: ChangeLog, since: number): boolean =>
  changes.since(since).length === changes.total - since;

class EventOfWatch<T extends KubeObject> implements WatchedEvent<T> {
  readonly at: number;
  readonly type: WatchEvent['type'];
  readonly object: T;
  readonly old?: T;

  constructor(
    readonly id: number,
    change: Exclude<Change, { readonly type: 'RULES' }>,
    private readonly resource: RestResource,
  ) {
    this.at = change.at;
    this.type = change.type;
    this.object = change.object as T;
    if (change.old) this.old = change.old as T;
  }

  get bytes(): number {
    const text = objectText(this.object, this.resource);
    return encoder.encode(`{"type":"${this.type}","object":${text}}\n`).length;
  }
}
