// What a write is about, in a few fields: the ones that the components on a Pod's way into the rules wait for.
import { fieldChanges, type Change } from '@/lib/sim';
import { brief } from './change-views';

export interface FlowField {
  /** spec.nodeName; of a condition its type: status.conditions[Ready].status */
  readonly path: string;
  readonly before?: string;
  readonly after?: string;
}

/** So many fields tell what a write is about. */
const TOLD = 3;

/** The most telling first. What no one waits for (times, uids, ids) is in none. */
const TELLING: readonly RegExp[] = [
  /^spec\.(replicas|nodeName)$/,
  /^metadata\.labels\.(?!pod-template-hash|endpointslice\.)/,
  /^status\.podIP$/,
  /^(endpoints\[\d+\]|subsets\[\d+\]\.(addresses|notReadyAddresses)\[\d+\])\.(addresses\[\d+\]|ip)$/,
  /^endpoints\[\d+\]\.conditions\.(ready|terminating)$/,
  /^status\.conditions\[Ready\]\.status$/,
  /^status\.phase$/,
  /^status\.containerStatuses\[\d+\]\.state\.waiting\.reason$/,
  /^metadata\.deletionTimestamp$/,
  /^spec\.(selector|type|clusterIP|ports)\b/,
  /^status\.(readyReplicas|replicas)$/,
  /^status\.observedGeneration$/,
];

type ObjectChange = Exclude<Change, { readonly type: 'RULES' }>;

/** The most telling fields of a write. */
export function flowFields(change: ObjectChange): readonly FlowField[] {
  if (change.type === 'DELETED') return [];
  const before = change.type === 'ADDED' ? {} : change.old;
  return fieldChanges(before, change.object, 400)
    .flatMap(leaves)
    .map(({ path, ...rest }) => ({ path: withConditionType(path, change.object), ...rest }))
    .flatMap((field) => unlessMoved(field, before, change.object))
    .map((field) => ({ field, rank: TELLING.findIndex((telling) => telling.test(field.path)) }))
    .filter(({ rank }) => rank >= 0)
    .sort((a, b) => a.rank - b.rank)
    .slice(0, TOLD)
    .map(({ field }) => field);
}

interface Leaf {
  readonly path: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** What came as a whole, field by field. */
function leaves({ path, before, after }: Leaf): readonly FlowField[] {
  const whole = after ?? before;
  if (typeof whole === 'object' && whole !== null)
    return fieldChanges(after === undefined ? before : emptyOf(whole), after ?? emptyOf(whole), 400).flatMap(
      (inner) =>
        leaves({ ...inner, path: inner.path.startsWith('[') ? path + inner.path : `${path}.${inner.path}` }),
    );
  return [
    {
      path,
      ...(before === undefined ? {} : { before: brief(before) }),
      ...(after === undefined ? {} : { after: brief(after) }),
    },
  ];
}

/** Addresses are a set: one that only has another place in its list is no news, and "not terminating" is none either. */
function unlessMoved(field: FlowField, before: unknown, after: unknown): readonly FlowField[] {
  const { path } = field;
  if (path.endsWith('.conditions.terminating') && field.before === undefined && field.after === 'false')
    return [];
  if (!/^(endpoints|subsets)\[/.test(path) || !/(addresses\[\d+\]|\.ip)$/.test(path)) return [field];
  const gone = field.before !== undefined && !holds(after, field.before) ? field.before : undefined;
  const come = field.after !== undefined && !holds(before, field.after) ? field.after : undefined;
  if (gone === undefined && come === undefined) return [];
  return [
    { path, ...(gone === undefined ? {} : { before: gone }), ...(come === undefined ? {} : { after: come }) },
  ];
}

/** Whether an Endpoints or EndpointSlice object lists an address. */
const holds = (object: unknown, address: string): boolean =>
  JSON.stringify(object ?? null).includes(JSON.stringify(address));

const emptyOf = (value: object): object => (Array.isArray(value) ? [] : {});

/** status.conditions[2].status → status.conditions[Ready].status */
function withConditionType(path: string, object: unknown): string {
  const found = /^status\.conditions\[(\d+)\](.*)$/.exec(path);
  if (!found) return path;
  const { status } = object as {
    readonly status?: { readonly conditions?: readonly { readonly type: string }[] };
  };
  const type = status?.conditions?.[Number(found[1])]?.type;
  return type === undefined ? path : `status.conditions[${type}]${found[2] ?? ''}`;
}
