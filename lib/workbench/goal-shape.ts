// What a drawing of "now" and "goal" is made of: Services with what one sees from outside (type, ports, endpoints, chains), and the
// other objects by name alone. Names that the cluster makes up (Pods, chains, node ports) stay out: they differ from run to run.
import { kinds } from '@/lib/kube/api/kinds';
import type { EndpointSlice, KubeObject, Service } from '@/lib/kube/types';
import type { GraphNode } from '@/lib/net/ruleset/graph';
import { SERVICE_NAME_LABEL, type Cluster } from '@/lib/sim';
import { chainGraph } from './chain-graph';

/** One line of a box: what it is about, and its value. */
export interface ShapeRow {
  readonly field: 'type' | 'port' | 'ready' | 'unready' | 'chain' | 'count';
  /** "80/TCP", "KUBE-SVC"; '' where the field says it all. */
  readonly name: string;
  readonly value: string | number;
  /** Rules in chains of this kind. */
  readonly rules?: number;
}

export interface ShapeBox {
  readonly kind: string;
  /** "my-web-service", with its namespace if that is not default. */
  readonly name: string;
  readonly rows: readonly ShapeRow[];
  /** Equal for objects that ask for the same. */
  readonly spec: string;
}

/** More Services than a drawing could show. */
const SERVICE_LIMIT = 200;
/** Kinds that follow from others, or that change by themselves. */
const DERIVED = new Set(['Event', 'Lease', 'Endpoints', 'EndpointSlice', 'ReplicaSet', 'ControllerRevision']);

/** The cluster as a drawing has it, by "kind/name". */
export function shapeOf(cluster: Cluster): ReadonlyMap<string, ShapeBox> {
  const boxes = new Map<string, ShapeBox>();
  const add = (box: ShapeBox): void => void boxes.set(`${box.kind}/${box.name}`, box);
  for (const service of cluster.api.list<Service>('Service').slice(0, SERVICE_LIMIT))
    add({ ...boxOf(service), rows: serviceRows(cluster, service) });
  for (const { kind } of kinds()) {
    if (kind === 'Service' || DERIVED.has(kind)) continue;
    for (const object of cluster.api.list(kind))
      if ((object.metadata.ownerReferences ?? []).length === 0) add(boxOf(object));
  }
  const owned = cluster.api
    .list('Pod', 'default')
    .filter(({ metadata }) => (metadata.ownerReferences ?? []).length > 0);
  add({
    kind: 'Pod',
    name: '',
    rows: [{ field: 'count', name: '', value: owned.length }],
    spec: '',
  });
  return boxes;
}

function boxOf(object: KubeObject): ShapeBox {
  const { namespace = '', name = '', labels } = object.metadata;
  const {
    metadata: _metadata,
    status: _status,
    ...rest
  } = object as KubeObject & { readonly status?: unknown };
  return {
    kind: object.kind,
    name: namespace === 'default' || namespace === '' ? name : `${namespace}/${name}`,
    rows: [],
    spec: JSON.stringify([rest, labels]),
  };
}

function serviceRows(cluster: Cluster, service: Service): readonly ShapeRow[] {
  const { type = 'ClusterIP', clusterIP, ports = [] } = service.spec;
  const { ready, unready } = endpointCounts(cluster, service);
  return [
    { field: 'type', name: '', value: clusterIP === 'None' ? 'headless' : type },
    ...ports.map((p): ShapeRow => ({
      field: 'port',
      name: `${p.port}/${p.protocol ?? 'TCP'}`,
      value: p.nodePort === undefined ? '' : 'nodePort',
    })),
    { field: 'ready', name: '', value: ready },
    ...(unready > 0 ? [{ field: 'unready', name: '', value: unready } as const] : []),
    ...chainRows(cluster, service),
  ];
}

/** Addresses, each once: a slice has them again for each port name, and another slice for IPv6. */
function endpointCounts({ api }: Cluster, { metadata }: Service): { ready: number; unready: number } {
  const slices = api.labelled<EndpointSlice>('EndpointSlice', metadata.namespace ?? 'default', {
    [SERVICE_NAME_LABEL]: metadata.name ?? '',
  });
  const family = slices.some((slice) => slice.addressType === 'IPv4') ? 'IPv4' : 'IPv6';
  const state = new Map<string, boolean>();
  for (const slice of slices)
    if (slice.addressType === family)
      for (const { addresses, conditions } of slice.endpoints ?? [])
        for (const address of addresses) state.set(address, conditions?.ready !== false);
  const ready = [...state.values()].filter(Boolean).length;
  return { ready, unready: state.size - ready };
}

/** Chains (nftables: also sets and maps) that the first node has for the Service, by kind. */
function chainRows(cluster: Cluster, { metadata }: Service): readonly ShapeRow[] {
  const node = cluster.nodes[0];
  if (node === undefined) return [];
  const service = `${metadata.namespace ?? 'default'}/${metadata.name ?? ''}`;
  const graph = chainGraph(cluster, { node, service, family: 'IPv4' }, undefined);
  const rows = new Map<string, { readonly chains: number; readonly rules: number }>();
  for (const chain of graph?.nodes ?? []) {
    const label = chainLabel(chain);
    if (label === undefined) continue;
    const before = rows.get(label) ?? { chains: 0, rules: 0 };
    rows.set(label, { chains: before.chains + 1, rules: before.rules + chain.rules.length });
  }
  return [...rows].map(([name, { chains, rules }]) => ({ field: 'chain', name, value: chains, rules }));
}

/** "KUBE-SVC" for KUBE-SVC-BN4Y…, "service" for nftables' service-BN4Y…; undefined: there for every Service. */
function chainLabel({ kind, name }: GraphNode): string | undefined {
  if (kind === 'hook' || kind === 'pod' || kind === 'masq') return undefined;
  if (kind === 'reject' || kind === 'drop') return kind.toUpperCase();
  if (kind === 'services' || kind === 'map') return name;
  return /^(KUBE-[A-Z]+|[a-z]+)-/.exec(name)?.[1] ?? name;
}
