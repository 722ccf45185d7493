// The way of a change from the API server into the rules of the nodes, from the cluster's own record: whose turn it was and what it
// wrote, and how far the news of a Service's endpoints has come.
import { SERVICE_NAME_LABEL, type Change } from '@/lib/sim';
import { allControllers } from '@/lib/kube/controllers/all';
import { DEFAULT_VERSION } from '@/lib/kube/versions';
import type { EndpointSlice, Pod, Service } from '@/lib/kube/types';
import type { Inspected } from './inspected';
import { flowFields, type FlowField } from './flow-fields';

/** A write in a few words. */
export interface FlowWrite {
  readonly type: Change['type'];
  /** Absent for a node's rules. */
  readonly kind?: string;
  readonly name?: string;
  readonly fields: readonly FlowField[];
}

/** What one component wrote in one turn, or what the learner asked for. */
export interface FlowTurn {
  /** A component's name, a client's field manager, or "editor". */
  readonly by: string;
  /** Of kube-proxy and the kubelet. */
  readonly node?: string;
  /** Virtual time, ms. */
  readonly at: number;
  readonly own: boolean;
  readonly wrote: readonly FlowWrite[];
}

export interface FlowPod {
  readonly name: string;
  readonly node?: string;
  readonly ip?: string;
  readonly ready: boolean;
}

/** How far the news has come: Pods that the selector matches, addresses in the slices, addresses in each node's rules. */
export interface FlowReach {
  readonly service: string;
  readonly pods: readonly FlowPod[];
  readonly slices: readonly { readonly address: string; readonly ready: boolean }[];
  readonly nodes: readonly { readonly node: string; readonly endpoints: readonly string[] }[];
}

export interface Flow {
  /** The last turn; `wrote` is empty if it found nothing to do. */
  readonly turn: FlowTurn | null;
  /** What the learner wrote last and all turns since that wrote something, oldest first. */
  readonly record: readonly FlowTurn[];
  /** null: there is no such Service. */
  readonly reach: FlowReach | null;
}

/** So far back the record goes. */
const LOOKED_AT = 300;

export function flowOf(cluster: Inspected, service: string | null): Flow {
  return {
    turn: lastTurn(cluster),
    record: recordOf(cluster.changes.newest(LOOKED_AT)),
    reach: reachOf(cluster, service),
  };
}

function lastTurn({ changes }: Inspected): FlowTurn | null {
  const { turn } = changes;
  if (!turn) return null;
  const wrote = changes.since(turn.from).filter(({ by, at }) => by === turn.component && at === turn.at);
  const node = turn.node ?? wrote.map(nodeOf).find((name) => name !== undefined);
  return {
    by: turn.component,
    ...(node === undefined ? {} : { node }),
    at: turn.at,
    own: false,
    wrote: wrote.flatMap(writeOf),
  };
}

/** Components write as themselves; everybody else is a client of the learner's. */
const COMPONENTS: ReadonlySet<string> = new Set([
  ...allControllers(DEFAULT_VERSION).map(({ name }) => name),
  'kube-proxy',
  'load-balancer',
]);
const isComponent = (by: string): boolean => COMPONENTS.has(by);

function recordOf(newest: readonly Change[]): readonly FlowTurn[] {
  const own = newest.findIndex(({ by }) => !isComponent(by));
  const since = newest.slice(0, own + 1).toReversed();
  const turns: FlowTurn[] = [];
  for (const change of since) {
    const wrote = writeOf(change);
    const node = nodeOf(change);
    const last = turns.at(-1);
    if (wrote.length === 0) continue;
    if (last && last.by === change.by && last.at === change.at && last.node === node)
      turns[turns.length - 1] = { ...last, wrote: [...last.wrote, ...wrote] };
    else
      turns.push({
        by: change.by,
        ...(node === undefined ? {} : { node }),
        at: change.at,
        own: !isComponent(change.by),
        wrote,
      });
  }
  return turns;
}

/** Events say what has happened; nobody acts on them. */
function writeOf(change: Change): readonly FlowWrite[] {
  if (change.type === 'RULES') return [{ type: 'RULES', fields: [] }];
  const { kind, metadata } = change.object;
  if (kind === 'Event') return [];
  return [{ type: change.type, kind, name: metadata.name ?? '', fields: flowFields(change) }];
}

/** On which node it was written: the kubelet of the Pod's node writes the Pod's status. */
function nodeOf(change: Change): string | undefined {
  if (change.type === 'RULES') return change.node;
  if (change.by !== 'kubelet' || change.object.kind !== 'Pod') return undefined;
  return (change.object as Pod).spec.nodeName;
}

function reachOf(cluster: Inspected, key: string | null): FlowReach | null {
  const [namespace = '', name = ''] = key?.split('/') ?? [];
  const service = cluster.api.get<Service>('Service', namespace, name);
  if (!service || key === null) return null;
  const slices = cluster.api
    .labelled<EndpointSlice>('EndpointSlice', namespace, { [SERVICE_NAME_LABEL]: name })
    .filter(({ addressType }) => addressType === 'IPv4')
    .flatMap(({ endpoints }) => endpoints ?? [])
    .flatMap(({ addresses, conditions }) =>
      addresses.slice(0, 1).map((address) => ({ address, ready: conditions?.ready !== false })),
    );
  return { service: key, pods: podsOf(cluster, service), slices, nodes: rulesOf(cluster, service) };
}

function podsOf({ api }: Inspected, { metadata, spec }: Service): readonly FlowPod[] {
  const selector = Object.entries(spec.selector ?? {});
  if (selector.length === 0) return [];
  return api
    .list<Pod>('Pod', metadata.namespace ?? '')
    .filter((pod) => selector.every(([label, value]) => pod.metadata.labels?.[label] === value))
    .map(({ metadata: { name = '', deletionTimestamp }, spec: { nodeName }, status }) => ({
      name,
      ...(nodeName === undefined ? {} : { node: nodeName }),
      ...(status?.podIP === undefined ? {} : { ip: status.podIP }),
      ready:
        deletionTimestamp === undefined &&
        (status?.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True') ?? false),
    }));
}

/** The Pods that a new connection from a node can reach: what its rules say now, whatever kube-proxy's mode. */
function rulesOf({ api, network }: Inspected, { spec }: Service): FlowReach['nodes'] {
  const port = spec.ports?.find(({ protocol }) => (protocol ?? 'TCP') === 'TCP')?.port;
  const to = spec.clusterIP;
  const reachable = to !== undefined && to !== 'None' && port !== undefined;
  return api.list('Node').map(({ metadata: { name: node = '' } }) => {
    const ways = reachable ? network.outcomes({ from: { node }, to, port, protocol: 'tcp' }) : undefined;
    const endpoints = ways?.ok ? ways.value.flatMap(({ endpoint }) => endpoint ?? []) : [];
    return { node, endpoints: [...new Set(endpoints)].sort() };
  });
}
