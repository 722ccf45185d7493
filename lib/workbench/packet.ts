// The packet pane's questions: who can call whom, one packet's way, and where many go. The one packet is really sent (an action of the
// log); the many are what would happen now: nothing is counted, remembered or drawn from the cluster's own lots.
import { ok, type Result } from '@/lib/core/result';
import { packetTarget } from '@/lib/course/packet-target';
import type { Node, Pod, Service } from '@/lib/kube/types';
import type { Call, From } from '@/lib/net/datapath/connect';
import type { Step, Trace } from '@/lib/net/datapath/trace';
import type { Reason } from '@/lib/net/ruleset/types';
import type { Cluster } from '@/lib/sim';

export type PacketFrom = From;
export type PacketTo = Pick<Call, 'to' | 'port' | 'protocol'>;

/** An end that a packet can be sent to. */
export interface PacketTarget extends PacketTo {
  readonly kind: 'clusterIP' | 'nodePort' | 'loadBalancer' | 'externalIP' | 'pod';
  /** The Service, the node or the Pod. */
  readonly name: string;
}

export interface PacketEnds {
  readonly pods: readonly { readonly name: string; readonly node: string }[];
  readonly nodes: readonly string[];
  /** Addresses out of the cluster, one of each family that the nodes have. */
  readonly outside: readonly string[];
  readonly targets: readonly PacketTarget[];
}

/** A step of a trace as plain data. */
export interface PacketStep extends Omit<Step, 'rule'> {
  /** As iptables-save prints it. */
  readonly rule?: string;
}

export interface PacketTrace extends Omit<Trace, 'steps' | 'tracked' | 'path'> {
  readonly steps: readonly PacketStep[];
}

type World = Pick<Cluster, 'api' | 'network' | 'snapshot' | 'restore'>;

const MOST_PODS = 200;
/** Of TEST-NET-3 (RFC 5737) and of the prefix for documentation (RFC 3849): nobody has them. */
const OUTSIDE = { IPv4: '203.0.113.7', IPv6: '2001:db8::7' } as const;

export function packetEnds({ api }: World, service: string | null): PacketEnds {
  const [namespace = '', name = ''] = service?.split('/') ?? [];
  const found = service === null ? undefined : api.get<Service>('Service', namespace, name);
  const nodes = api.list<Node>('Node');
  const own = (pod: Pod): number => (pod.metadata.namespace === (namespace || 'default') ? 0 : 1);
  const pods = api
    .list<Pod>('Pod')
    .filter((pod) => pod.status?.phase === 'Running' && pod.spec.hostNetwork !== true)
    .toSorted((a, b) => own(a) - own(b))
    .slice(0, MOST_PODS);
  return {
    pods: pods.map(({ metadata, spec }) => ({
      name: `${metadata.namespace ?? ''}/${metadata.name ?? ''}`,
      node: spec.nodeName ?? '',
    })),
    nodes: nodes.map((node) => node.metadata.name ?? ''),
    outside: [OUTSIDE.IPv4, ...(nodes.some(hasIPv6) ? [OUTSIDE.IPv6] : [])],
    targets: found ? targetsOf(found, nodes) : [],
  };
}

function targetsOf({ metadata, spec, status }: Service, nodes: readonly Node[]): readonly PacketTarget[] {
  const name = `${metadata.namespace ?? ''}/${metadata.name ?? ''}`;
  const ips = [...(spec.clusterIPs ?? [spec.clusterIP ?? ''])].filter((ip) => ip !== '' && ip !== 'None');
  return (spec.ports ?? []).flatMap(({ port, nodePort, protocol: upper = 'TCP' }) => {
    const protocol = PROTOCOLS[upper];
    const at = (kind: PacketTarget['kind']) => (to: string) => ({ kind, name, to, port, protocol });
    const balancers = (status?.loadBalancer?.ingress ?? []).flatMap(({ ip }) => ip ?? []);
    return [
      ...ips.map(at('clusterIP')),
      ...(nodePort === undefined ? [] : nodes.flatMap((node) => nodePortOf(node, nodePort, protocol))),
      ...balancers.map(at('loadBalancer')),
      ...(spec.externalIPs ?? []).map(at('externalIP')),
    ];
  });
}

const hasIPv6 = (node: Node): boolean => addressesOf(node).some(({ address }) => address.includes(':'));

interface NodeAddress {
  readonly type: string;
  readonly address: string;
}
const addressesOf = ({ status }: Node): readonly NodeAddress[] =>
  (status as { readonly addresses?: readonly NodeAddress[] } | undefined)?.addresses ?? [];

const PROTOCOLS = { TCP: 'tcp', UDP: 'udp', SCTP: 'sctp' } as const;

function nodePortOf(node: Node, port: number, protocol: PacketTarget['protocol']): readonly PacketTarget[] {
  const name = node.metadata.name ?? '';
  return addressesOf(node)
    .filter(({ type }) => type === 'InternalIP')
    .map(({ address }) => ({ kind: 'nodePort', name, to: address, port, protocol }));
}

/** One packet; `turn` makes the lots of each sending different. An error is a call that cannot be tried. */
export function sendPacket(
  cluster: World,
  from: PacketFrom,
  to: PacketTo,
  turn: number,
): Result<PacketTrace, Reason> {
  return apart(cluster, from, to, turn, (call) => {
    const made = cluster.network.connect(call);
    return made.ok ? ok(plainTrace(made.value)) : made;
  });
}

/** The last connection that was really made between two ends; undefined if there was none. */
export function lastSent(
  { network }: World,
  from: PacketFrom,
  to: PacketTo,
): Result<PacketTrace, Reason> | undefined {
  const target = packetTarget({ from, ...to });
  const made = network.made.findLast(({ call }) => packetTarget(call) === target);
  return made && ok(plainTrace(made.trace));
}

/** Tries something and puts the cluster back as it was. Earlier turns' lots are drawn first. */
function apart<T>(cluster: World, from: PacketFrom, to: PacketTo, turn: number, trial: (call: Call) => T): T {
  const call: Call = { from, ...to };
  const before = cluster.snapshot();
  try {
    ownLots(cluster, call, turn);
    return trial(call);
  } finally {
    cluster.restore(before);
  }
}

/** Draws the lots of earlier turns, so that each sending has its own; what the kernels remember of it is forgotten. */
export function ownLots({ network }: Pick<Cluster, 'network'>, call: Call, turn: number): void {
  const before = network.snapshot();
  for (let i = 0; i < turn % 64; i++) network.connect(call);
  network.restore(before);
}

function plainTrace({ steps, tracked: _tracked, path: _path, ...trace }: Trace): PacketTrace {
  return { ...trace, steps: steps.map(plainStep) };
}

export function plainStep({ rule, ...step }: Step): PacketStep {
  return rule ? { ...step, rule: rule.text() } : step;
}
