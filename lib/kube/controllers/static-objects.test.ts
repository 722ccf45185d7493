import { parse } from 'yaml';
import { describe, expect, test } from 'vitest';
import type { ConfigMap, EndpointSlice, Node } from '@/lib/kube/types';
import { releaseOf, RULES_VERSIONS } from '@/lib/kube/versions';
import { defaultCluster } from './static-objects';
import { isPodReady } from './objects';
import { sorted, TestCluster } from './testing';
import type { Pod } from '@/lib/kube/types';

describe('the default cluster', () => {
  const cluster = new TestCluster(defaultCluster('1.32')).settle();

  test('comes up: CoreDNS twice, kube-proxy on every node with the node’s own address', () => {
    const pods = cluster.api.list<Pod>('Pod', 'kube-system');
    expect(pods.filter(isPodReady)).toHaveLength(5);
    const proxies = pods.filter((p) => p.metadata.labels?.['k8s-app'] === 'kube-proxy');
    expect(sorted(proxies.map((p) => [p.spec.nodeName, p.status?.podIP]))).toEqual([
      ['node-1', '192.168.10.11'],
      ['node-2', '192.168.10.12'],
      ['node-3', '192.168.10.13'],
    ]);
    expect(cluster.get('DaemonSet', 'kube-proxy', 'kube-system').status).toMatchObject({
      desiredNumberScheduled: 3,
      numberReady: 3,
    });
  });

  test('kube-dns leads to both CoreDNS Pods on three ports', () => {
    const labels = { 'kubernetes.io/service-name': 'kube-dns' };
    const slices = cluster.api
      .labelled<EndpointSlice>('EndpointSlice', 'kube-system', labels)
      .filter((s) => s.addressType === 'IPv4');
    expect(slices.flatMap((s) => s.endpoints ?? []).map((e) => e.conditions?.ready)).toEqual([true, true]);
    expect(sorted((slices[0]?.ports ?? []).map((p) => `${p.name}:${p.port}/${p.protocol}`))).toEqual([
      'dns-tcp:53/TCP',
      'dns:53/UDP',
      'metrics:9153/TCP',
    ]);
  });

  test('no controller touches the API server’s own endpoint', () => {
    const slice = cluster.get<EndpointSlice>('EndpointSlice', 'kubernetes');
    expect(slice.endpoints).toEqual([{ addresses: ['192.168.10.10'], conditions: { ready: true } }]);
    expect(slice.ports?.[0]?.port).toBe(6443);
  });

  test('a kube-proxy Pod that is deleted comes back on its node', () => {
    const [victim] = cluster.api.list<Pod>('Pod', 'kube-system').filter((p) => p.spec.hostNetwork);
    cluster.api.delete({ kind: 'Pod', namespace: 'kube-system', name: victim?.metadata.name ?? '' });
    cluster.settle();
    const again = cluster.api
      .list<Pod>('Pod', 'kube-system')
      .filter((p) => p.spec.nodeName === victim?.spec.nodeName && p.spec.hostNetwork);
    expect(again.map((p) => p.metadata.uid)).not.toContain(victim?.metadata.uid);
    expect(again).toHaveLength(1);
  });

  test('kubectl rollout restart replaces the kube-proxies one at a time', () => {
    const before = new Set(cluster.api.list<Pod>('Pod', 'kube-system').map((p) => p.metadata.uid));
    const set = cluster.get<
      Parameters<typeof cluster.update>[0] & { spec: { template: { metadata?: object } } }
    >('DaemonSet', 'kube-proxy', 'kube-system');
    const template = {
      ...set.spec.template,
      metadata: {
        ...set.spec.template.metadata,
        annotations: { 'kubectl.kubernetes.io/restartedAt': 'now' },
      },
    };
    cluster.update({ ...set, spec: { ...set.spec, template } });
    let fewest = 3;
    for (let i = 0; i < 300; i++) {
      cluster.advance(10);
      fewest = Math.min(
        fewest,
        cluster.api.list<Pod>('Pod', 'kube-system').filter((p) => p.spec.hostNetwork && isPodReady(p)).length,
      );
    }
    expect(fewest).toBe(2);
    const proxies = cluster.api.list<Pod>('Pod', 'kube-system').filter((p) => p.spec.hostNetwork);
    expect(proxies).toHaveLength(3);
    for (const proxy of proxies) expect(before.has(proxy.metadata.uid)).toBe(false);
  });
});

test.each(RULES_VERSIONS)(
  'v%s: kube-proxy’s ConfigMap is a configuration with the cluster’s Pod network, the nodes say their version',
  (k8s) => {
    const objects = defaultCluster(k8s);
    const config = objects.find(
      (o) => o.kind === 'ConfigMap' && o.metadata.name === 'kube-proxy',
    ) as ConfigMap;
    expect(parse(config.data?.['config.conf'] ?? '')).toMatchObject({
      kind: 'KubeProxyConfiguration',
      clusterCIDR: '10.244.0.0/16',
      mode: '',
    });
    const nodes = objects.filter((o): o is Node => o.kind === 'Node');
    expect(nodes.map((n) => n.status?.nodeInfo?.['kubeletVersion'])).toEqual(Array(3).fill(releaseOf(k8s)));
    expect(nodes.map((n) => n.metadata.labels?.['topology.kubernetes.io/zone'])).toEqual(['a', 'b', 'c']);
  },
);
