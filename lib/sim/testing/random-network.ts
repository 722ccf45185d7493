// Random clusters of three nodes with Pods behind random Services, under random NetworkPolicies, and random connections: for tests that
// compare the modes of kube-proxy.
import { Random } from '@/lib/core/random';
import type {
  EndpointSlice,
  IPFamily,
  KubeObject,
  NetworkPolicy,
  Node,
  Pod,
  Service,
} from '@/lib/kube/types';
import type { Call } from '@/lib/net/datapath/connect';
import type { Protocol } from '@/lib/net/conntrack/tuple';
import { randomService, randomSlices } from '@/lib/proxy/testing/random-cluster';
import { randomLabels, randomPolicy } from './random-policies';

export interface RandomNetwork {
  readonly nodes: readonly Node[];
  readonly pods: readonly Pod[];
  readonly services: readonly Service[];
  readonly slices: readonly EndpointSlice[];
  /** In every other cluster. */
  readonly policies: readonly NetworkPolicy[];
  readonly objects: readonly KubeObject[];
  readonly config: Readonly<Record<string, unknown>>;
  readonly calls: readonly Call[];
}

const NODES = ['node-1', 'node-2', 'node-3'];
const ZONES = ['a', 'b', 'c'];
const nodeAddress = (family: IPFamily, i: number): string =>
  family === 'IPv4' ? `192.168.10.${11 + i}` : `fd00:192:168:10::${11 + i}`;
const podCIDR = (family: IPFamily, i: number): string =>
  family === 'IPv4' ? `10.244.${i + 1}.0/24` : `fd00:10:244:${i + 1}::/64`;

/** All that there is, Pods, Pods of a node, nodes, and those outside; wider ranges first. */
const BLOCKS: Readonly<Record<IPFamily, readonly string[]>> = {
  IPv4: ['0.0.0.0/0', '10.244.0.0/16', '10.244.1.0/24', '192.168.10.0/24', '192.0.2.0/24'],
  IPv6: ['::/0', 'fd00:10:244::/56', 'fd00:10:244:1::/64', 'fd00:192:168:10::/64', '2001:db8::/64'],
};

export function randomNetwork(seed: number, family: IPFamily, size: number, calls: number): RandomNetwork {
  const random = Random.seeded(seed);
  const services = Array.from({ length: size }, (_, i) => randomService(random, family, i));
  const slices = services.flatMap((s) => randomSlices(random, family, s));
  const nodes = NODES.map((name, i) => nodeOf(name, i, family));
  // Lots of their own: what the other lots decide is as without policies.
  const lots = Random.seeded(-1 - seed);
  const pods = podsOf(slices, family).map((pod) => labelled(pod, randomLabels(lots)));
  const config = { clusterCIDR: family === 'IPv4' ? '10.244.0.0/16' : 'fd00:10:244::/56' };
  return {
    nodes,
    pods,
    services,
    slices,
    policies: Array.from({ length: seed % 2 ? 1 + lots.integer(4) : 0 }, (_, i) =>
      randomPolicy(lots, `policy-${i}`, BLOCKS[family]),
    ),
    objects: [...nodes, ...pods, ...services, ...slices],
    config,
    calls: Array.from({ length: services.length ? calls : 0 }, () =>
      randomCall(random, family, services, pods),
    ),
  };
}

function nodeOf(name: string, i: number, family: IPFamily): Node {
  const cidr = podCIDR(family, i);
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: { 'topology.kubernetes.io/zone': ZONES[i] ?? 'a' } },
    spec: { podCIDR: cidr, podCIDRs: [cidr] },
    status: { addresses: [{ type: 'InternalIP', address: nodeAddress(family, i) }] },
  };
}

/** A Pod for every endpoint address, and one client a node. */
function podsOf(slices: readonly EndpointSlice[], family: IPFamily): Pod[] {
  const pods = new Map<string, Pod>();
  const add = (name: string, ip: string, nodeName: string): void => {
    if (!pods.has(ip)) pods.set(ip, podOf(name, ip, nodeName));
  };
  for (const slice of slices)
    for (const { addresses, nodeName } of slice.endpoints ?? [])
      for (const ip of addresses) add(`pod-${pods.size}`, ip, nodeName ?? 'node-1');
  for (const [i, node] of NODES.entries())
    add(`client-${i}`, family === 'IPv4' ? `10.244.${i + 1}.250` : `fd00:10:244:${i + 1}::fafa`, node);
  return [...pods.values()];
}

const podOf = (name: string, ip: string, nodeName: string): Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'default' },
  spec: { nodeName, containers: [{ name: 'c', image: 'client' }] },
  status: { phase: 'Running', podIP: ip, podIPs: [{ ip }] },
});

const labelled = (pod: Pod, labels: Readonly<Record<string, string>>): Pod => ({
  ...pod,
  metadata: { ...pod.metadata, labels },
});

function randomCall(
  random: Random,
  family: IPFamily,
  services: readonly Service[],
  pods: readonly Pod[],
): Call {
  const service = random.pick(services);
  const port = random.pick(service.spec.ports ?? []);
  const vips = (service.status?.loadBalancer?.ingress ?? []).flatMap((i) => i.ip ?? []);
  const to = random.pick([
    service.spec.clusterIP ?? '',
    ...(service.spec.externalIPs ?? []),
    ...vips,
    ...(port.nodePort ? ['node port'] : []),
  ]);
  const from = random.pick([
    { pod: `default/${random.pick(pods).metadata.name ?? ''}` },
    { pod: `default/client-${random.integer(3)}` },
    { node: random.pick(NODES) },
    { external: family === 'IPv4' ? '192.0.2.7' : '2001:db8::7' },
    { external: family === 'IPv4' ? '203.0.113.5' : 'fd00:192:168::5' },
  ]);
  const nodePort = to === 'node port';
  return {
    from,
    to: nodePort ? nodeAddress(family, random.integer(3)) : to,
    port: (nodePort ? port.nodePort : port.port) ?? 0,
    protocol: (port.protocol ?? 'TCP').toLowerCase() as Protocol,
    via: [random.pick(NODES)],
  };
}
