import { describe, expect, test } from 'vitest';
import type { Node, Service } from '@/lib/kube/types';
import { defaultNodes } from '../static-objects';
import { deployment, service, sorted, TestCluster } from '../testing';

const hinted = (cluster: TestCluster) =>
  sorted(
    cluster.endpoints('web').map((e) => `${e.zone}→${e.hints?.forZones?.map((z) => z.name).join() ?? '-'}`),
  );

const cluster = (
  k8s: '1.30' | '1.32',
  replicas: number,
  more: Partial<Service['spec']>,
  annotations = {},
) => {
  const c = new TestCluster(defaultNodes(k8s), k8s);
  c.create({ ...service('web', more), metadata: { name: 'web', namespace: 'default', annotations } });
  c.create(deployment('web', replicas));
  return c.settle();
};

describe('hints', () => {
  test('trafficDistribution PreferClose: every endpoint for its own zone, from 1.31 on', () => {
    expect(hinted(cluster('1.32', 3, { trafficDistribution: 'PreferClose' }))).toEqual(['a→a', 'b→b', 'c→c']);
    expect(hinted(cluster('1.30', 3, { trafficDistribution: 'PreferClose' }))).toEqual(['a→-', 'b→-', 'c→-']);
  });

  const auto = { 'service.kubernetes.io/topology-mode': 'Auto' };

  test('topology-mode Auto: only with enough endpoints for every zone', () => {
    expect(hinted(cluster('1.32', 3, {}, auto))).toEqual(['a→a', 'b→b', 'c→c']);
    expect(hinted(cluster('1.32', 2, {}, auto)).every((h) => h.endsWith('→-'))).toBe(true);
  });

  test('topology-mode Auto is looked at again when the zones’ CPUs change', () => {
    const c = cluster('1.32', 3, {}, auto);
    const node = c.get<Node>('Node', 'node-1', '');
    const big = { ...node, status: { ...node.status, allocatable: { cpu: '64', pods: '110' } } };
    c.api.update(big, { subresource: 'status' });
    c.settle();
    expect(hinted(c).every((h) => h.endsWith('→-'))).toBe(true);
  });

  test('hints go when nobody asks for them any more', () => {
    const c = cluster('1.32', 3, { trafficDistribution: 'PreferClose' });
    const { trafficDistribution: _, ...spec } = c.get<Service>('Service', 'web').spec;
    c.update<Service>({ ...c.get<Service>('Service', 'web'), spec });
    c.settle();
    expect(hinted(c)).toEqual(['a→-', 'b→-', 'c→-']);
  });
});

describe('slices and others', () => {
  test('a slice that somebody deletes or edits is made right again', () => {
    const c = cluster('1.32', 2, {});
    const [slice] = c.slices('web');
    c.api.delete({ kind: 'EndpointSlice', namespace: 'default', name: slice?.metadata.name ?? '' });
    c.settle();
    expect(c.endpoints('web')).toHaveLength(2);
    const [again] = c.slices('web');
    if (again) c.update({ ...again, endpoints: [] });
    c.settle();
    expect(c.endpoints('web')).toHaveLength(2);
  });

  test('a named targetPort is looked up in each Pod: two versions, two slices', () => {
    const c = new TestCluster();
    c.create(service('web', { ports: [{ name: 'http', port: 80, targetPort: 'http' }] }));
    for (const [name, port] of [
      ['one', 8080],
      ['two', 9090],
    ] as const)
      c.create({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name, namespace: 'default', labels: { app: 'web' } },
        spec: {
          containers: [{ name: 'c', image: 'my-web-app', ports: [{ name: 'http', containerPort: port }] }],
        },
      });
    c.settle();
    expect(sorted(c.slices('web').map((s) => s.ports?.[0]?.port))).toEqual([8080, 9090]);
  });

  test('when a Pod becomes ready, the slice says since when that waited to be written', () => {
    const c = cluster('1.32', 1, {});
    const [slice] = c.slices('web');
    expect(slice?.metadata.annotations).toHaveProperty(['endpoints.kubernetes.io/last-change-trigger-time']);
  });

  test('a Service without a selector, or of type ExternalName, gets no slice', () => {
    const c = new TestCluster();
    const { selector: _, ...spec } = service('bare').spec;
    c.create<Service>({ ...service('bare'), spec });
    c.create(service('name', { type: 'ExternalName', externalName: 'example.com' }));
    c.settle();
    expect([...c.slices('bare'), ...c.slices('name')]).toEqual([]);
  });
});
