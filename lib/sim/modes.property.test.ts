// Both modes of kube-proxy send the same packets to the same endpoints, whatever their rules look like.
import { expect, test } from 'vitest';
import type { KubeObject, Pod } from '@/lib/kube/types';
import { outcomesOf, type Call } from '@/lib/net/datapath/connect';
import { proxyConfig, type ProxyMode } from '@/lib/proxy/config';
import { randomCluster, type RandomCluster } from '@/lib/proxy/testing/random-cluster';
import { staticNetwork } from './static-network';

const SEEDS = Number(process.env['SEEDS'] ?? 20);
const CLIENT = '10.244.1.250';
const OUTSIDE = '203.0.113.7';

function objectsOf({ node, services, slices }: RandomCluster): KubeObject[] {
  const here = slices.flatMap((s) => s.endpoints ?? []).flatMap((e) => e.addresses);
  const ips = new Set([CLIENT, ...here.filter((a) => a.startsWith('10.244.1.'))]);
  const pods = [...ips].map((ip, i): Pod => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace: 'default', name: `pod-${i}` },
    spec: { nodeName: 'node-1', containers: [{ name: 'c' }] },
    status: { podIPs: [{ ip }] },
  }));
  return [node, ...pods, ...services, ...slices];
}

/** Calls of a Pod to cluster IPs and of a client outside to everything that is open to it. */
function callsOf({ services }: RandomCluster): Call[] {
  return services.flatMap(({ spec, status }) =>
    (spec.ports ?? []).flatMap(({ port, nodePort, protocol = 'TCP' }): Call[] => {
      const over = { protocol: protocol.toLowerCase() as 'tcp' | 'udp' | 'sctp' };
      const outer = [
        ...(spec.externalIPs ?? []),
        ...(status?.loadBalancer?.ingress ?? []).flatMap((i) => i.ip ?? []),
      ];
      return [
        { from: { pod: 'default/pod-0' }, to: spec.clusterIP ?? '', port, ...over },
        ...outer.map((to) => ({ from: { external: OUTSIDE }, to, port, ...over })),
        ...(nodePort ? [{ from: { external: OUTSIDE }, to: '192.168.10.11', port: nodePort, ...over }] : []),
      ];
    }),
  );
}

test(`in ${SEEDS} random clusters iptables and nftables agree on who is reached, how often and with which source`, () => {
  for (let seed = 0; seed < SEEDS; seed++) {
    const cluster = randomCluster(seed, 'IPv4', 12);
    const objects = objectsOf(cluster);
    const [iptables, nftables] = (['iptables', 'nftables'] as const).map((mode: ProxyMode) => {
      const own = { ...cluster.config, nftables: cluster.config['iptables'] };
      return staticNetwork(objects, { version: '1.34', config: proxyConfig(own, mode), dump: true });
    });
    if (!iptables || !nftables) throw new Error('no network');
    for (const call of callsOf(cluster)) {
      const ways = [iptables, nftables].map((network) => {
        const result = outcomesOf(network, call);
        if (!result.ok) throw new Error(result.error.code);
        return result.value
          .map((o) => `${o.verdict} ${o.endpoint ?? ''} ${o.sourceIPSeen ?? ''} ${o.probability.toFixed(6)}`)
          .sort((a, b) => (a < b ? -1 : 1));
      });
      expect([seed, call, ways[1]]).toEqual([seed, call, ways[0]]);
    }
  }
});
