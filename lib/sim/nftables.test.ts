import { describe, expect, test } from 'vitest';
import { defaultCluster } from '@/lib/kube/controllers/static-objects';
import type { ConfigMap, KubeObject } from '@/lib/kube/types';
import type { K8sVersion } from '@/lib/kube/versions';
import { listRuleset } from '@/lib/net/nft/list';
import { Cluster } from './cluster';

const NOW = '2026-01-01T00:00:00Z';

const SERVICE = `apiVersion: v1
kind: Service
metadata: { name: web, namespace: default }
spec: { selector: { app: web }, ports: [{ port: 80 }], clusterIP: 10.96.0.77 }
`;

/** The default cluster with this configuration of kube-proxy. */
function clusterWith(k8s: K8sVersion, config: string): Cluster {
  const objects = defaultCluster(k8s).map((object): KubeObject => {
    if (object.kind !== 'ConfigMap' || object.metadata.name !== 'kube-proxy') return object;
    const map: ConfigMap = { ...(object as ConfigMap), data: { 'config.conf': config } };
    return map;
  });
  const cluster = Cluster.load(objects, { k8s, seed: 1, now: NOW });
  if ('message' in cluster) throw new Error(cluster.message);
  return cluster;
}

test('mode nftables of the kube-proxy ConfigMap: the node has kube-proxy’s table and only the kubelet’s iptables chains', () => {
  const cluster = clusterWith('1.32', 'mode: nftables\nclusterCIDR: 10.244.0.0/16\n');
  expect(cluster.applyText('web.yaml', SERVICE).outcome).toBe('applied');
  const text = listRuleset(cluster.network.nftables('node-1'));
  expect(text).toContain('10.96.0.77 . tcp . 80 comment "default/web" : goto reject-chain');
  expect(text).toContain('type filter hook prerouting priority dstnat - 10; policy accept;');
  expect(cluster.rules('node-1')?.chain('nat', 'KUBE-SERVICES')).toBeUndefined();
  expect(cluster.rules('node-1')?.chain('filter', 'KUBE-FIREWALL')?.rules).toHaveLength(1);
});

test('rewinding brings the table back', () => {
  const cluster = clusterWith('1.32', 'mode: nftables\n');
  const before = cluster.snapshot();
  const text = listRuleset(cluster.network.nftables('node-2'));
  cluster.applyText('web.yaml', SERVICE);
  expect(listRuleset(cluster.network.nftables('node-2'))).not.toBe(text);
  cluster.restore(before);
  expect(listRuleset(cluster.network.nftables('node-2'))).toBe(text);
});

const NO_MODE = 'must be iptables, ipvs or blank';

test.each<[K8sVersion, string, string | undefined]>([
  ['1.28', 'featureGates: { NFTablesProxyMode: true }', 'unrecognized feature gate: NFTablesProxyMode'],
  ['1.29', '', NO_MODE],
  ['1.30', '', NO_MODE],
  ['1.30', 'featureGates: { NFTablesProxyMode: true }', undefined],
  ['1.31', '', undefined],
])('%s with %j: why kube-proxy does not start: %s', (k8s, gates, refusal) => {
  const starts = refusal === undefined;
  const cluster = clusterWith(k8s, `mode: nftables\n${gates}\n`);
  expect(cluster.proxy('node-1')?.failure === undefined).toBe(starts);
  expect(cluster.network.nftables('node-1')).toHaveLength(starts ? 1 : 0);
  if (!starts) expect(cluster.proxy('node-1')?.failure).toContain(refusal);
});

test('a table deleted by hand comes back with the next change', () => {
  const cluster = clusterWith('1.32', 'mode: nftables\n');
  cluster.network.setNftables('node-1', []);
  expect(cluster.network.nftables('node-1')).toEqual([]);
  cluster.applyText('web.yaml', SERVICE);
  const another = listRuleset(cluster.network.nftables('node-2')).replace('192.168.10.12', '192.168.10.11');
  expect(listRuleset(cluster.network.nftables('node-1'))).toBe(another);
});

const WEB = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 3
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers: [{ name: web, image: my-web-app, ports: [{ containerPort: 8080 }] }]
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  clusterIP: 10.96.7.7
  type: NodePort
  sessionAffinity: None
  selector: { app: web }
  ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }]
---
apiVersion: v1
kind: Pod
metadata: { name: client }
spec:
  containers: [{ name: c, image: client }]
`;

describe('connections', () => {
  const running = (text = WEB): Cluster => {
    const cluster = clusterWith('1.32', 'mode: nftables\nclusterCIDR: 10.244.0.0/16\n');
    expect(cluster.applyText('web.yaml', text).outcome).toBe('applied');
    return cluster;
  };
  const call = { from: { pod: 'default/client' }, to: '10.96.7.7', port: 80, protocol: 'tcp' } as const;
  const outcomes = (cluster: Cluster, other: object = {}) => {
    const all = cluster.network.outcomes({ ...call, ...other });
    return all.ok ? all.value : [];
  };

  test('numgen gives each endpoint its share; the path names the chains', () => {
    const all = outcomes(running());
    expect(all.map((o) => [o.verdict, o.probability.toFixed(6), o.snat])).toEqual(
      Array(3).fill(['delivered', '0.333333', false]),
    );
    expect(all[0]?.path.slice(0, 5)).toEqual([
      expect.stringMatching(/^node-\d filter\/PREROUTING$/),
      'filter-prerouting',
      'firewall-check',
      expect.stringMatching(/^node-\d nat\/PREROUTING$/),
      'nat-prerouting',
    ]);
  });

  test('a port that the ClusterIP has not is refused, and so is a ping; iptables mode would let both wander off', () => {
    const cluster = running();
    expect(outcomes(cluster, { port: 81 }).map((o) => o.verdict)).toEqual(['rejected']);
    expect(outcomes(cluster, { protocol: 'icmp' }).map((o) => o.verdict)).toEqual(['rejected']);
  });

  test('node ports answer on the node’s address, not on 127.0.0.1', () => {
    const cluster = running();
    const from = { node: 'node-1' };
    const at = (to: string) => outcomes(cluster, { from, to, port: 30080 }).map((o) => o.verdict);
    expect(at('192.168.10.11')).toEqual(['delivered', 'delivered', 'delivered']);
    expect(at('127.0.0.1')).toEqual(['reset']);
  });

  test('session affinity: the client stands in the set of its endpoint for a while, and nft lists it', () => {
    const sticky = 'sessionAffinity: ClientIP\n  sessionAffinityConfig: { clientIP: { timeoutSeconds: 60 } }';
    const cluster = running(WEB.replace('sessionAffinity: None', sticky));
    const first = cluster.network.connect(call);
    const endpoint = first.ok ? first.value.endpoint : '';
    expect(outcomes(cluster).map((o) => [o.endpoint, o.probability])).toEqual([[endpoint, 1]]);
    const node = first.ok ? (first.value.viaNode ?? '') : '';
    expect(listRuleset(cluster.network.nftables(node), { now: cluster.now })).toMatch(
      /elements = \{ 10\.244\.\d\.\d+ expires 1m \}/,
    );
    cluster.network.setNftables(
      node,
      cluster.network.nftables(node).map((table) => {
        let { sets } = table;
        for (const set of sets.values())
          if (set.flags.includes('dynamic'))
            for (const key of set.elements.keys())
              sets = sets.set(set.name, { ...set, elements: set.elements.delete(key) });
        return { ...table, sets };
      }),
    );
    expect(outcomes(cluster)).toHaveLength(3);
    cluster.network.connect(call);
    cluster.advance(61_000);
    expect(outcomes(cluster)).toHaveLength(3);
  });
});
