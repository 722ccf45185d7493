// Random clusters for tests: Services of every kind that kube-proxy treats differently, with slices in every state. Objects are
// as stored; the same seed gives the same cluster.
import { Random } from '@/lib/core/random';
import type { Endpoint, EndpointSlice, IPFamily, Node, Service, ServicePort } from '@/lib/kube/types';

export interface RandomCluster {
  readonly node: Node;
  readonly services: readonly Service[];
  readonly slices: readonly EndpointSlice[];
  readonly config: Readonly<Record<string, unknown>>;
}

const NODES = ['node-1', 'node-2', 'node-3'];
const ZONES = ['a', 'b', 'c'];

/** A cluster with up to `size` Services of one family. */
export function randomCluster(seed: number, family: IPFamily, size = 8): RandomCluster {
  const random = Random.seeded(seed);
  const count = random.integer(size + 1);
  const services = Array.from({ length: count }, (_, i) => randomService(random, family, i));
  return {
    node: randomNode(random, family),
    services,
    slices: services.flatMap((s) => randomSlices(random, family, s)),
    config: randomConfig(random, family),
  };
}

const chance = (random: Random, p: number): boolean => random.next() < p;
const cidrOf = (family: IPFamily): string => (family === 'IPv4' ? '10.244.0.0/16' : 'fd00:10:244::/56');

function randomNode(random: Random, family: IPFamily): Node {
  const address = family === 'IPv4' ? '192.168.10.11' : 'fd00:192:168:10::11';
  const labels: Record<string, string> = { 'kubernetes.io/hostname': 'node-1' };
  if (chance(random, 0.7)) labels['topology.kubernetes.io/zone'] = random.pick(ZONES);
  const podCIDR = family === 'IPv4' ? '10.244.1.0/24' : 'fd00:10:244:1::/64';
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: 'node-1', labels },
    spec: { podCIDR, podCIDRs: [podCIDR] },
    status: { addresses: [{ type: 'InternalIP', address }] },
  };
}

function randomConfig(random: Random, family: IPFamily): Record<string, unknown> {
  const detector = random.pick([
    { clusterCIDR: cidrOf(family) },
    { clusterCIDR: '' },
    { detectLocalMode: 'NodeCIDR' },
    { detectLocalMode: 'BridgeInterface', detectLocal: { bridgeInterface: 'cbr0' } },
    { detectLocalMode: 'InterfaceNamePrefix', detectLocal: { interfaceNamePrefix: 'veth' } },
  ]);
  return {
    ...detector,
    nodePortAddresses: chance(random, 0.3)
      ? [family === 'IPv4' ? '192.168.10.0/24' : 'fd00:192:168:10::/64']
      : [],
    iptables: {
      masqueradeAll: chance(random, 0.2),
      masqueradeBit: chance(random, 0.2) ? random.integer(32) : 14,
      localhostNodePorts: chance(random, 0.7),
    },
  };
}

const vip = (family: IPFamily, net: number, i: number): string =>
  family === 'IPv4'
    ? `10.${net}.${i >> 8}.${(i & 255) + 1}`
    : `fd00:${net.toString(16)}::${(i + 1).toString(16)}`;

/** One random Service; `i` keeps its name and addresses apart from others'. */
export function randomService(random: Random, family: IPFamily, i: number): Service {
  const type = random.pick(['ClusterIP', 'NodePort', 'LoadBalancer'] as const);
  const ports = randomPorts(random, type !== 'ClusterIP', i);
  const clusterIP = vip(family, 96, i);
  const externalIPs = chance(random, 0.3) ? [vip(family, 97, i)] : [];
  const ingress = type === 'LoadBalancer' && chance(random, 0.8) ? [{ ip: vip(family, 98, i) }] : [];
  const outside = type !== 'ClusterIP' || externalIPs.length > 0;
  const externalTrafficPolicy = outside ? random.pick(['Cluster', 'Local'] as const) : undefined;
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: `svc-${i}`, namespace: random.pick(['default', 'shop', 'kube-system']) },
    spec: {
      type,
      clusterIP,
      clusterIPs: [clusterIP],
      ipFamilies: [family],
      ports,
      externalIPs,
      ...(externalTrafficPolicy ? { externalTrafficPolicy } : {}),
      internalTrafficPolicy: chance(random, 0.25) ? 'Local' : 'Cluster',
      ...(type === 'LoadBalancer' && externalTrafficPolicy === 'Local'
        ? { healthCheckNodePort: 32000 + i }
        : {}),
      ...(type === 'LoadBalancer' && chance(random, 0.4)
        ? {
            loadBalancerSourceRanges:
              family === 'IPv4' ? ['192.168.0.0/16', '203.0.113.0/25'] : ['fd00:192:168::/48'],
          }
        : {}),
      ...(chance(random, 0.3)
        ? {
            sessionAffinity: 'ClientIP',
            sessionAffinityConfig: { clientIP: { timeoutSeconds: 60 + random.integer(86_000) } },
          }
        : { sessionAffinity: 'None' }),
    },
    status: { loadBalancer: { ingress } },
  };
}

function randomPorts(random: Random, nodePorts: boolean, i: number): ServicePort[] {
  const count = 1 + random.integer(3);
  return Array.from({ length: count }, (_, k) => ({
    ...(count > 1 ? { name: ['http', 'dns', 'sip'][k] ?? 'p' } : {}),
    protocol: random.pick(['TCP', 'UDP', 'SCTP'] as const),
    port: 80 + k,
    ...(nodePorts ? { nodePort: 30000 + i * 4 + k } : {}),
  }));
}

/** Slices of a Service: none, one or two, endpoints in every condition. */
export function randomSlices(random: Random, family: IPFamily, service: Service): EndpointSlice[] {
  const hinted = chance(random, 0.3);
  return Array.from({ length: random.integer(3) }, (_, n) => ({
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name: `${service.metadata.name ?? ''}-${n}`,
      namespace: service.metadata.namespace ?? '',
      labels: { 'kubernetes.io/service-name': service.metadata.name ?? '' },
    },
    addressType: family,
    ports: (service.spec.ports ?? []).map((p) => ({
      name: p.name ?? '',
      protocol: p.protocol ?? 'TCP',
      port: 8080 + (p.port - 80),
    })),
    endpoints: Array.from({ length: random.integer(5) }, () => randomEndpoint(random, family, hinted)),
  }));
}

function randomEndpoint(random: Random, family: IPFamily, hinted: boolean): Endpoint {
  const terminating = chance(random, 0.2);
  const ready = !terminating && chance(random, 0.8);
  const n = random.integer(3);
  const host = 2 + random.integer(200);
  return {
    addresses: [family === 'IPv4' ? `10.244.${n + 1}.${host}` : `fd00:10:244:${n + 1}::${host.toString(16)}`],
    conditions: { ready, serving: ready || chance(random, 0.5), terminating },
    nodeName: NODES[n] ?? 'node-1',
    zone: ZONES[n] ?? 'a',
    ...(hinted ? { hints: { forZones: [{ name: random.pick(ZONES) }] } } : {}),
  };
}
