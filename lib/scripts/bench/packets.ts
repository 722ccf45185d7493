// Traced packets: a connection from a Pod to a random Service, at three sizes and in both modes, and under many NetworkPolicies.
import { Random } from '@/lib/core/random';
import { defaultNodes } from '@/lib/kube/controllers/static-objects';
import type { KubeObject, Node, Pod, Service } from '@/lib/kube/types';
import { connectOnce } from '@/lib/net/datapath/connect';
import { proxyConfig, type ProxyMode } from '@/lib/proxy/config';
import { crowdService, crowdSlice } from '@/lib/sim/crowd';
import { staticNetwork } from '@/lib/sim/static-network';
import { measure, ms, type Row } from './measure';

const K8S = '1.32';
const ENDPOINTS = 5;
const SIZES = [10, 1_000, 10_000];
const POLICIES = 1_000;

const addressOf = (i: number): string => `10.96.${i >> 8}.${i & 255}`;

/** Rows of the table; packets that meet rules for the first time are among them. */
export function packetRows(): Row[] {
  const bySize = (['iptables', 'nftables'] as const).flatMap((mode) =>
    SIZES.map((size) => ({
      what: `one traced packet, ${size} Services, ${mode}`,
      value: traced(objectsOf(size), size, mode),
      ...(size === 10_000 && { limit: '≤ 0.2 ms' }),
    })),
  );
  const judged = [...objectsOf(1_000), ...policies(POLICIES)];
  return [
    ...bySize,
    {
      what: `one traced packet, 1000 Services, ${POLICIES} NetworkPolicies that all isolate its sender`,
      value: traced(judged, 1_000, 'iptables'),
      limit: '≤ 0.2 ms',
    },
  ];
}

function traced(objects: readonly KubeObject[], services: number, mode: ProxyMode): string {
  const network = staticNetwork(objects, {
    version: K8S,
    config: proxyConfig({ clusterCIDR: '10.244.0.0/16' }, mode),
    dump: true,
  });
  const random = Random.seeded(1);
  const choices = { chance: (p: number) => random.next() < p, pick: (of: number) => random.integer(of) };
  const call = { from: { pod: 'default/client' }, port: 80, protocol: 'tcp' } as const;
  const times = measure(5_000, () => {
    connectOnce(network, { ...call, to: addressOf(random.integer(services)) }, choices);
  });
  const perSecond = Math.round(1_000 / times.mean / 100) * 100;
  return `${ms(times.p50)} p50, ${ms(times.p95)} p95; ${perSecond} a second`;
}

/** Only the last lets the packet out. */
function policies(count: number): KubeObject[] {
  return Array.from({ length: count }, (_, i) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { namespace: 'default', name: `policy-${i.toString().padStart(4, '0')}` },
    spec: {
      podSelector: {},
      policyTypes: ['Egress'],
      egress: [
        {
          to: [
            { podSelector: { matchLabels: { app: `app-${i}` } } },
            { ipBlock: { cidr: i === count - 1 ? '0.0.0.0/0' : '172.16.0.0/12' } },
          ],
        },
      ],
    },
  }));
}

function objectsOf(size: number): KubeObject[] {
  const nodes: readonly Node[] = defaultNodes(K8S).map((node, i) => ({
    ...node,
    spec: { podCIDR: `10.244.${i + 1}.0/24`, podCIDRs: [`10.244.${i + 1}.0/24`] },
  }));
  const client: Pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace: 'default', name: 'client' },
    spec: { nodeName: nodes[0]?.metadata.name ?? '', containers: [{ name: 'c' }] },
    status: { podIPs: [{ ip: '10.244.1.250' }] },
  };
  const services = Array.from({ length: size }, (_, i) => withAddress(crowdService(i), i));
  const slices = Array.from({ length: size }, (_, i) => crowdSlice(i, ENDPOINTS));
  return [...nodes, client, ...services, ...slices];
}

const withAddress = (service: Service, i: number): Service => ({
  ...service,
  spec: { ...service.spec, type: 'ClusterIP', clusterIP: addressOf(i), clusterIPs: [addressOf(i)] },
});
