// One object, whole, and what was said of it.
import { stringify } from 'yaml';
import type { CoreEvent } from '@/lib/kube/controllers/event';
import { age } from '@/lib/kube/api/tables';
import type { KubeObject } from '@/lib/kube/types';
import { lastSeen } from './inspect-table';
import type { Inspected } from './inspected';

export interface EventLine {
  readonly age: string;
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
  readonly count: number;
}

export interface ObjectDetail {
  readonly yaml: string;
  /** Newest first. */
  readonly events: readonly EventLine[];
}

const MOST_EVENTS = 20;

/** null: there is no such object any more. */
export function objectDetail(
  { api, now }: Inspected,
  kind: KubeObject['kind'],
  namespace: string,
  name: string,
): ObjectDetail | null {
  const object = api.get(kind, namespace, name);
  if (!object) return null;
  const events = api
    .list<CoreEvent>('Event', namespace || 'default')
    .filter(({ involvedObject: about }) => about.kind === kind && about.name === name)
    .toSorted((a, b) => (lastSeen(b) < lastSeen(a) ? -1 : 1))
    .slice(0, MOST_EVENTS)
    .map((event) => ({
      age: age(lastSeen(event), now),
      type: event.type,
      reason: event.reason,
      message: event.message,
      count: event.count ?? 1,
    }));
  return {
    yaml: stringify(object, { lineWidth: 0, sortMapEntries: true, aliasDuplicateObjects: false }),
    events,
  };
}
