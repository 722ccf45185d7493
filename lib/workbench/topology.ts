// Where everything runs: zones, their nodes, the nodes' Pods, and which of the Pods back a Service.
import type { EndpointSlice, KubeObject, Node, Pod, Service } from '@/lib/kube/types';
import { SERVICE_NAME_LABEL } from '@/lib/sim';
import type { Inspected } from './inspected';
import { liveConnections, type LiveConnections } from './live-connections';

/** ready: takes new connections; serving: only while it shuts down; none of both: waits. */
export type Backing = 'ready' | 'serving' | 'not-ready';

export interface TopologyPod {
  readonly namespace: string;
  readonly name: string;
  readonly ip: string;
  readonly ready: boolean;
  /** Pending, Running, Terminating … */
  readonly state: string;
  readonly backs?: Backing;
  /** The directions in which NetworkPolicies let through only what they allow; absent: none. */
  readonly isolated?: readonly ('ingress' | 'egress')[];
}

export interface TopologyNode {
  readonly name: string;
  readonly ip: string;
  readonly podCIDR: string;
  readonly ready: boolean;
  /** Those that back the Service first. */
  readonly pods: readonly TopologyPod[];
  /** Pods beyond those given. */
  readonly more: number;
}

/** What stands before the cluster for the Service in focus. */
export type TopologyBalancer =
  | {
      readonly kind: 'cloud';
      readonly addresses: readonly string[];
      readonly ipMode: 'VIP' | 'Proxy';
      readonly check: {
        readonly port: number;
        readonly path: string;
        readonly intervalSeconds: number;
        readonly healthyThreshold: number;
        readonly unhealthyThreshold: number;
      };
      readonly nodes: readonly {
        readonly name: string;
        readonly healthy: boolean;
        /** Seconds until its checks change their mind if nothing else does. */
        readonly turnsIn?: number;
      }[];
    }
  | {
      readonly kind: 'layer2';
      readonly addresses: readonly string[];
      /** The announcing node; null: none may. */
      readonly node: string | null;
    };

export interface Topology {
  readonly service: {
    readonly name: string;
    readonly type: string;
    readonly clusterIP: string;
    readonly ports: readonly string[];
    readonly ready: number;
    readonly endpoints: number;
  } | null;
  readonly balancer: TopologyBalancer | null;
  readonly connections: LiveConnections;
  readonly zones: readonly { readonly name: string; readonly nodes: readonly TopologyNode[] }[];
  /** Pods without a node. */
  readonly pending: readonly TopologyPod[];
  readonly moreNodes: number;
}

const MOST_PODS = 60;
const MOST_NODES = 60;
const ZONE = 'topology.kubernetes.io/zone';

export function topologyOf(cluster: Inspected, service: string | null): Topology {
  const { api, network, now } = cluster;
  const [namespace = '', name = ''] = service?.split('/') ?? [];
  const found = service === null ? undefined : api.get<Service>('Service', namespace, name);
  const slices = found
    ? api.labelled<EndpointSlice>('EndpointSlice', namespace, { [SERVICE_NAME_LABEL]: name })
    : [];
  const backing = backingPods(slices);
  const byNode = new Map<string, TopologyPod[]>();
  for (const pod of api.list<Pod>('Pod')) {
    const node = pod.spec.nodeName ?? '';
    const list = byNode.get(node) ?? [];
    list.push(podOf(pod, backing, network.isolation(pod)));
    byNode.set(node, list);
  }
  const nodes = api.list<Node>('Node');
  return {
    service: found ? serviceOf(found, backing) : null,
    balancer: service === null ? null : balancerOf(network, service, now),
    connections: liveConnections(cluster, found, addressesOf(slices)),
    zones: zonesOf(nodes.slice(0, MOST_NODES), byNode),
    pending: (byNode.get('') ?? []).slice(0, MOST_PODS),
    moreNodes: Math.max(0, nodes.length - MOST_NODES),
  };
}

/** How each Pod ("namespace/name") stands in the Service's slices; in several, the best counts. */
function backingPods(slices: readonly EndpointSlice[]): ReadonlyMap<string, Backing> {
  const backing = new Map<string, Backing>();
  for (const { endpoints, metadata } of slices)
    for (const { conditions, targetRef } of endpoints ?? []) {
      if (targetRef?.kind !== 'Pod') continue;
      const key = `${targetRef.namespace ?? metadata.namespace ?? ''}/${targetRef.name ?? ''}`;
      // An absent condition counts as true (discovery/v1 EndpointConditions).
      const state: Backing =
        (conditions?.ready ?? true) ? 'ready' : conditions?.serving ? 'serving' : 'not-ready';
      if (backing.get(key) !== 'ready') backing.set(key, state);
    }
  return backing;
}

const addressesOf = (slices: readonly EndpointSlice[]): ReadonlySet<string> =>
  new Set(slices.flatMap(({ endpoints }) => (endpoints ?? []).flatMap(({ addresses }) => addresses)));

function serviceOf({ metadata, spec }: Service, backing: ReadonlyMap<string, Backing>): Topology['service'] {
  return {
    name: `${metadata.namespace ?? ''}/${metadata.name ?? ''}`,
    type: spec.type ?? 'ClusterIP',
    clusterIP: spec.clusterIP ?? '',
    ports: (spec.ports ?? []).map((p) => `${p.port}/${p.protocol ?? 'TCP'}`),
    ready: [...backing.values()].filter((state) => state === 'ready').length,
    endpoints: backing.size,
  };
}

function balancerOf(
  { balancers }: Inspected['network'],
  service: string,
  now: number,
): TopologyBalancer | null {
  const cloud = balancers.list().find((b) => b.service === service);
  if (cloud) {
    const { addresses, ipMode, healthCheck: check, nodes } = cloud;
    const shown = nodes.map(({ node, healthy, turnsAt }) => ({
      name: node,
      healthy,
      ...(turnsAt === undefined ? {} : { turnsIn: Math.max(0, Math.ceil((turnsAt - now) / 1000)) }),
    }));
    return { kind: 'cloud', addresses, ipMode, check, nodes: shown };
  }
  const announced = balancers.announcement(service);
  return announced ? { kind: 'layer2', addresses: announced.addresses, node: announced.node ?? null } : null;
}

function podOf(
  pod: Pod,
  backing: ReadonlyMap<string, Backing>,
  isolated: NonNullable<TopologyPod['isolated']>,
): TopologyPod {
  const { namespace = '', name = '', deletionTimestamp } = pod.metadata;
  const backs = backing.get(`${namespace}/${name}`);
  return {
    namespace,
    name,
    ip: pod.status?.podIP ?? '',
    ready: isTrue(pod, 'Ready'),
    state: deletionTimestamp ? 'Terminating' : (pod.status?.phase ?? 'Pending'),
    ...(backs ? { backs } : {}),
    ...(isolated.length > 0 ? { isolated } : {}),
  };
}

function zonesOf(nodes: readonly Node[], byNode: ReadonlyMap<string, TopologyPod[]>): Topology['zones'] {
  const zones = new Map<string, TopologyNode[]>();
  for (const node of nodes) {
    const zone = node.metadata.labels?.[ZONE] ?? '';
    zones.set(zone, [...(zones.get(zone) ?? []), nodeOf(node, byNode.get(node.metadata.name ?? '') ?? [])]);
  }
  return [...zones].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, own]) => ({ name, nodes: own }));
}

const SYSTEM = 'kube-system';
const rank = ({ backs, namespace }: TopologyPod): number => (backs ? 0 : namespace === SYSTEM ? 2 : 1);

function nodeOf(node: Node, pods: readonly TopologyPod[]): TopologyNode {
  const spec = node.spec as { readonly podCIDR?: string } | undefined;
  const status = node.status as
    | { readonly addresses?: readonly { readonly type: string; readonly address: string }[] }
    | undefined;
  const ordered = pods.toSorted((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1));
  return {
    name: node.metadata.name ?? '',
    ip: status?.addresses?.find(({ type }) => type === 'InternalIP')?.address ?? '',
    podCIDR: spec?.podCIDR ?? '',
    ready: isTrue(node, 'Ready'),
    pods: ordered.slice(0, MOST_PODS),
    more: Math.max(0, ordered.length - MOST_PODS),
  };
}

function isTrue(object: KubeObject, type: string): boolean {
  const { conditions } = (object.status ?? {}) as {
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
  };
  return conditions?.some((c) => c.type === type && c.status === 'True') ?? false;
}
