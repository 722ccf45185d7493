// Traced packets: a connection from a Pod to a random Service, at three sizes and in both modes.
import { Random } from '@/lib/core/random';
import { defaultNodes } from '@/lib/kube/controllers/static-objects';
import type { KubeObject, Node, Pod, Service } from '@/lib/kube/types';
import { connectOnce } from '@/lib/net/datapath/connect';
import { proxyConfig } from '@/lib/proxy/config';
import { crowdService, crowdSlice } from '@/lib/sim/crowd';
import { staticNetwork } from '@/lib/sim/static-network';
import { measure, ms, type Row } from './measure';

const K8S = '1.32';
const ENDPOINTS = 5;
const SIZES = [10, 1_000, 10_000];

const addressOf = (i: number): string => `10.96.${i >> 8}.${i & 255}`;

/** Rows of the table; packets that meet rules for the first time are among them. */
export function packetRows(): Row[] {
  return (['iptables', 'nftables'] as const).flatMap((mode) =>
    SIZES.map((size) => {
      const network = staticNetwork(objectsOf(size), {
        version: K8S,
        config: proxyConfig({ clusterCIDR: '10.244.0.0/16' }, mode),
        dump: true,
      });
      const random = Random.seeded(1);
      const choices = { chance: (p: number) => random.next() < p, pick: (of: number) => random.integer(of) };
      const call = { from: { pod: 'default/client' }, port: 80, protocol: 'tcp' } as const;
      const times = measure(5_000, () => {
        connectOnce(network, { ...call, to: addressOf(random.integer(size)) }, choices);
      });
      return {
        what: `one traced packet, ${size} Services, ${mode}`,
        value: `${ms(times.p50)} p50, ${ms(times.p95)} p95`,
        ...(size === 10_000 && { limit: '≤ 0.2 ms' }),
      };
    }),
  );
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
