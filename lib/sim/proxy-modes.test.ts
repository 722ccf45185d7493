// Changing kube-proxy's mode as an administrator does: edit the ConfigMap, restart the DaemonSet. Sources: cmd/kube-proxy/app
// server_linux.go platformCleanup, options.go.
import { describe, expect, test } from 'vitest';
import type { ConfigMap, Pod } from '@/lib/kube/types';
import type { K8sVersion } from '@/lib/kube/versions';
import { listRuleset } from '@/lib/net/nft/list';
import { printSave } from '@/lib/net/ruleset/save';
import { Cluster } from './cluster';

const NODES = ['node-1', 'node-2', 'node-3'];
const SERVICE = `apiVersion: v1
kind: Service
metadata: { name: web }
spec: { clusterIP: 10.96.0.77, selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: my-web-app }] }
`;

function fresh(k8s: K8sVersion = '1.32', proxyMode: 'iptables' | 'nftables' = 'iptables'): Cluster {
  const cluster = Cluster.create({ k8s, seed: 1, now: '2026-01-01T00:00:00Z', proxyMode });
  expect(cluster.applyText('web.yaml', SERVICE).outcome).toBe('applied');
  return cluster;
}

function patch(cluster: Cluster, path: string, body: object): void {
  const headers = { 'content-type': 'application/merge-patch+json' };
  const answer = cluster.handle({ method: 'PATCH', path, query: '', headers, body: JSON.stringify(body) });
  expect(answer.status).toBe(200);
}

/** Edits the mode and the gates of the ConfigMap. */
function configure(cluster: Cluster, mode: string, gates = ''): void {
  const map = cluster.api.get<ConfigMap>('ConfigMap', 'kube-system', 'kube-proxy');
  const text = (map?.data?.['config.conf'] ?? '')
    .replace(/^featureGates:\n(?: .*\n)*/m, '')
    .replace(/^mode: .*$/m, `mode: ${mode}`);
  patch(cluster, '/api/v1/namespaces/kube-system/configmaps/kube-proxy', {
    data: { 'config.conf': `${text}${gates}` },
  });
}

function restart(cluster: Cluster, mark = 'now'): void {
  patch(cluster, '/apis/apps/v1/namespaces/kube-system/daemonsets/kube-proxy', {
    spec: { template: { metadata: { annotations: { 'kubectl.kubernetes.io/restartedAt': mark } } } },
  });
  cluster.settle();
}

const proxies = (cluster: Cluster): readonly Pod[] =>
  cluster.api.list<Pod>('Pod').filter((p) => p.metadata.labels?.['k8s-app'] === 'kube-proxy');
const saved = (cluster: Cluster, node: string): string => {
  const rules = cluster.rules(node);
  return rules ? printSave(rules) : '';
};
const tables = (cluster: Cluster, node: string): readonly string[] =>
  cluster.network.nftables(node).map((t) => t.name);
const answers = (cluster: Cluster): readonly (string | undefined)[] =>
  NODES.map((node) => {
    const trace = cluster.network.connect({ from: { node }, to: '10.96.0.77', port: 80, protocol: 'tcp' });
    return trace.ok ? trace.value.verdict : undefined;
  });

test('an edit alone changes nothing: kube-proxy reads its configuration when it starts', () => {
  const cluster = fresh();
  const before = NODES.map((node) => saved(cluster, node));
  configure(cluster, 'nftables');
  cluster.settle();
  expect(NODES.map((node) => saved(cluster, node))).toEqual(before);
  expect(tables(cluster, 'node-1')).toEqual([]);
});

test('after a restart nftables has taken over: the iptables chains are gone but for the canaries', () => {
  const cluster = fresh();
  configure(cluster, 'nftables');
  restart(cluster);
  for (const node of NODES) {
    expect(cluster.proxy(node)?.mode).toBe('nftables');
    expect(saved(cluster, node)).not.toMatch(/KUBE-(SERVICES|SVC|SEP|MARK-MASQ|POSTROUTING|FORWARD)/);
    expect(saved(cluster, node)).toContain(':KUBE-PROXY-CANARY - [0:0]');
    expect(saved(cluster, node)).toContain('-j KUBE-FIREWALL');
    expect(listRuleset(cluster.network.nftables(node))).toContain('10.96.0.77 . tcp . 80');
  }
  expect(answers(cluster)).toEqual(['delivered', 'delivered', 'delivered']);
});

test('there and back again: the same iptables rules as before, and no nftables table', () => {
  const cluster = fresh();
  const before = NODES.map((node) => saved(cluster, node).split('\n').toSorted());
  configure(cluster, 'nftables');
  restart(cluster);
  configure(cluster, 'iptables');
  restart(cluster, 'later');
  expect(NODES.map((node) => saved(cluster, node).split('\n').toSorted())).toEqual(before);
  expect(tables(cluster, 'node-1')).toEqual([]);
  expect(answers(cluster)).toEqual(['delivered', 'delivered', 'delivered']);
});

test('where the gate is off by default, a kube-proxy that goes back without it leaves the nftables table', () => {
  const cluster = fresh('1.30', 'nftables');
  expect(tables(cluster, 'node-1')).toEqual(['kube-proxy']);
  configure(cluster, 'iptables');
  restart(cluster);
  expect(tables(cluster, 'node-1')).toEqual(['kube-proxy']);
  expect(saved(cluster, 'node-1')).toContain('KUBE-SVC-');
  configure(cluster, 'iptables', 'featureGates:\n  NFTablesProxyMode: true\n');
  restart(cluster, 'later');
  expect(tables(cluster, 'node-1')).toEqual([]);
});

test('only the node whose Pod was deleted changes', () => {
  const cluster = fresh();
  configure(cluster, 'nftables');
  const pod = proxies(cluster).find((p) => p.spec.nodeName === 'node-2');
  const path = `/api/v1/namespaces/kube-system/pods/${pod?.metadata.name ?? ''}`;
  cluster.handle({ method: 'DELETE', path, query: '', headers: {} });
  cluster.settle();
  expect(NODES.map((node) => cluster.proxy(node)?.mode)).toEqual(['iptables', 'nftables', 'iptables']);
  expect(answers(cluster)).toEqual(['delivered', 'delivered', 'delivered']);
});

describe('a configuration that kube-proxy refuses', () => {
  const logOf = (cluster: Cluster, pod: Pod): string => {
    const path = `/api/v1/namespaces/kube-system/pods/${pod.metadata.name ?? ''}/log`;
    const { body } = cluster.handle({ method: 'GET', path, query: '', headers: {} });
    return String(body);
  };

  test.each<[K8sVersion, string, string, string]>([
    ['1.32', 'nftable', '', 'Invalid value: \\"nftable\\": must be iptables, ipvs, nftables or blank'],
    ['1.30', 'nftables', '', 'Invalid value: \\"nftables\\": must be iptables, ipvs or blank'],
    [
      '1.28',
      'nftables',
      'featureGates:\n  NFTablesProxyMode: true\n',
      'unrecognized feature gate: NFTablesProxyMode',
    ],
  ])(
    '%s, mode %s: the first Pod crashes, the rollout stops there, the rules stay',
    (k8s, mode, gates, text) => {
      const cluster = fresh(k8s);
      const before = NODES.map((node) => saved(cluster, node));
      configure(cluster, mode, gates);
      restart(cluster);
      const [crashed, ...more] = proxies(cluster).filter((p) =>
        JSON.stringify(p.status ?? {}).includes('CrashLoopBackOff'),
      );
      expect(more).toEqual([]);
      expect(crashed && logOf(cluster, crashed)).toContain('"command failed" err=');
      expect(crashed && logOf(cluster, crashed)).toContain(text);
      expect(NODES.map((node) => saved(cluster, node))).toEqual(before);
      expect(cluster.proxy(crashed?.spec.nodeName ?? '')?.failure).toBeDefined();
      expect(answers(cluster)).toEqual(['delivered', 'delivered', 'delivered']);
    },
  );

  test('on its node nobody follows the Services any more, until the configuration is mended', () => {
    const cluster = fresh();
    configure(cluster, 'nftable');
    restart(cluster);
    const node = NODES.find((n) => cluster.proxy(n)?.failure !== undefined) ?? '';
    cluster.applyText('web.yaml', SERVICE.replace('replicas: 2', 'replicas: 1'));
    expect(saved(cluster, node)).toContain('--probability 0.5');
    expect(NODES.filter((n) => saved(cluster, n).includes('--probability 0.5'))).toEqual(
      expect.arrayContaining([node]),
    );
    configure(cluster, 'iptables');
    cluster.advance(120_000);
    cluster.settle();
    expect(cluster.proxy(node)?.failure).toBeUndefined();
    const ofWeb = (text: string): readonly string[] =>
      text.split('\n').filter((l) => l.includes('default/web'));
    const other = NODES.find((n) => n !== node) ?? '';
    expect(ofWeb(saved(cluster, node))).toEqual(ofWeb(saved(cluster, other)));
    expect(proxies(cluster).every((p) => !JSON.stringify(p.status).includes('CrashLoop'))).toBe(true);
  });
});

test('rewinding brings mode, rules and the process back', () => {
  const cluster = fresh();
  const before = cluster.snapshot();
  const rules = saved(cluster, 'node-1');
  configure(cluster, 'nftables');
  restart(cluster);
  const after = cluster.snapshot();
  const nft = listRuleset(cluster.network.nftables('node-1'));
  cluster.restore(before);
  expect([cluster.proxy('node-1')?.mode, saved(cluster, 'node-1')]).toEqual(['iptables', rules]);
  expect(tables(cluster, 'node-1')).toEqual([]);
  cluster.applyText('web.yaml', SERVICE.replace('replicas: 2', 'replicas: 3'));
  expect(saved(cluster, 'node-1')).toContain('--probability 0.33333');
  cluster.restore(after);
  expect(cluster.proxy('node-1')?.mode).toBe('nftables');
  expect(listRuleset(cluster.network.nftables('node-1'))).toBe(nft);
});
