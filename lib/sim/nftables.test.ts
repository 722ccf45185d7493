import { expect, test } from 'vitest';
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
  const text = listRuleset(cluster.nftables('node-1'));
  expect(text).toContain('10.96.0.77 . tcp . 80 comment "default/web" : goto reject-chain');
  expect(text).toContain('type filter hook prerouting priority dstnat - 10; policy accept;');
  expect(cluster.rules('node-1')?.chain('nat', 'KUBE-SERVICES')).toBeUndefined();
  expect(cluster.rules('node-1')?.chain('filter', 'KUBE-FIREWALL')?.rules).toHaveLength(1);
});

test('rewinding brings the table back', () => {
  const cluster = clusterWith('1.32', 'mode: nftables\n');
  const before = cluster.snapshot();
  const text = listRuleset(cluster.nftables('node-2'));
  cluster.applyText('web.yaml', SERVICE);
  expect(listRuleset(cluster.nftables('node-2'))).not.toBe(text);
  cluster.restore(before);
  expect(listRuleset(cluster.nftables('node-2'))).toBe(text);
});

test.each<[K8sVersion, string, boolean]>([
  ['1.28', 'featureGates: { NFTablesProxyMode: true }', false],
  ['1.29', '', false],
  ['1.30', '', false],
  ['1.30', 'featureGates: { NFTablesProxyMode: true }', true],
  ['1.31', '', true],
])('%s with %j: kube-proxy starts: %s', (k8s, gates, starts) => {
  const cluster = clusterWith(k8s, `mode: nftables\n${gates}\n`);
  expect(cluster.proxy('node-1')?.failure === undefined).toBe(starts);
  expect(cluster.nftables('node-1')).toHaveLength(starts ? 1 : 0);
  if (!starts) expect(cluster.proxy('node-1')?.failure).toContain('must be iptables, ipvs or blank');
});

test('a table deleted by hand comes back with the next change', () => {
  const cluster = clusterWith('1.32', 'mode: nftables\n');
  cluster.setNftables('node-1', []);
  expect(cluster.nftables('node-1')).toEqual([]);
  cluster.applyText('web.yaml', SERVICE);
  const another = listRuleset(cluster.nftables('node-2')).replace('192.168.10.12', '192.168.10.11');
  expect(listRuleset(cluster.nftables('node-1'))).toBe(another);
});
