// Kinds and their tables, with the columns of `kubectl get`; of a long list only the rows that are in sight.
import type { CoreEvent } from '@/lib/kube/controllers/event';
import { kinds } from '@/lib/kube/api/kinds';
import { age, tableOf, type Cell } from '@/lib/kube/api/tables';
import type { KubeObject } from '@/lib/kube/types';
import type { Inspected } from './inspected';

export interface KindCount {
  readonly kind: string;
  /** Plural, as kubectl takes it. */
  readonly resource: string;
  readonly namespaced: boolean;
  readonly count: number;
}

export interface TableRow {
  readonly namespace: string;
  readonly name: string;
  readonly cells: readonly Cell[];
}

export interface TableWindow {
  readonly namespaced: boolean;
  readonly columns: readonly string[];
  /** Rows that there are, and where the given ones begin. */
  readonly total: number;
  readonly from: number;
  readonly rows: readonly TableRow[];
}

const MOST_ROWS = 500;

/** Kinds of which there are objects, those of this course first. */
export function kindCounts({ api }: Inspected): readonly KindCount[] {
  const order = (kind: string): number => (FIRST.indexOf(kind) + FIRST.length + 1) % (FIRST.length + 1);
  return kinds()
    .map(({ kind, resource, namespaced }) => ({ kind, resource, namespaced, count: api.list(kind).length }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => order(a.kind) - order(b.kind) || (a.kind < b.kind ? -1 : 1));
}
const FIRST = [
  'Service',
  'EndpointSlice',
  'Endpoints',
  'Pod',
  'Deployment',
  'ReplicaSet',
  'DaemonSet',
  'Node',
  'Event',
];

export function tableWindow(
  cluster: Inspected,
  wanted: { readonly kind: string; readonly query: string; readonly from: number; readonly count: number },
): TableWindow {
  const { kind } = wanted;
  const query = wanted.query.trim().toLowerCase();
  const namespaced = kinds().find((info) => info.kind === kind)?.namespaced ?? true;
  const all = sorted(kind, cluster.api.list(kind));
  const found = query === '' ? all : all.filter((object) => textOf(object).includes(query));
  const count = Math.min(MOST_ROWS, Math.max(0, wanted.count));
  const from = Math.max(0, Math.min(wanted.from, found.length - count));
  const table = kind === 'Event' ? EVENTS : tableOf(kind);
  const shown = table.columns.flatMap(({ priority }, i) => (priority === 1 ? [] : [i]));
  return {
    namespaced,
    columns: shown.map((i) => table.columns[i]?.name ?? ''),
    total: found.length,
    from,
    rows: found.slice(from, from + count).map((object) => {
      const cells = table.cells(object, cluster.now);
      const { namespace = '', name = '' } = object.metadata;
      return { namespace, name, cells: shown.map((i) => cells[i] ?? '') };
    }),
  };
}

/** What a search looks at. */
function textOf(object: KubeObject): string {
  const { namespace = '', name = '' } = object.metadata;
  const more =
    object.kind === 'Event' ? ` ${(object as CoreEvent).reason} ${(object as CoreEvent).message}` : '';
  return `${namespace}/${name}${more}`.toLowerCase();
}

/** Events: the newest first. All others as the API lists them. */
function sorted(kind: string, objects: readonly KubeObject[]): readonly KubeObject[] {
  if (kind !== 'Event') return objects;
  return (objects as readonly CoreEvent[]).toSorted((a, b) => (lastSeen(b) < lastSeen(a) ? -1 : 1));
}

/** When an event was seen last, RFC 3339. */
export const lastSeen = (event: CoreEvent): string =>
  event.lastTimestamp ?? event.eventTime ?? event.metadata.creationTimestamp ?? '';

/** Columns of `kubectl get events` (kubectl pkg/cmd/events, and the server's table before it). */
const EVENTS = {
  columns: ['Last Seen', 'Type', 'Reason', 'Object', 'Message'].map((name) => ({
    name,
    priority: undefined,
  })),
  cells(object: KubeObject, now: number): readonly Cell[] {
    const event = object as CoreEvent;
    const { kind = '', name = '' } = event.involvedObject;
    return [
      age(lastSeen(event), now),
      event.type,
      event.reason,
      `${kind.toLowerCase()}/${name}`,
      event.message.trim(),
    ];
  },
};
