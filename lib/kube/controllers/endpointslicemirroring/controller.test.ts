import { expect, test } from 'vitest';
import type { Service } from '@/lib/kube/types';
import type { Endpoints, EndpointSubset } from '../endpoints/subsets';
import { service, TestCluster } from '../testing';

const bare = (name: string): Service => {
  const { selector: _, ...spec } = service(name).spec;
  return { ...service(name), spec };
};
const endpoints = (name: string, subsets: readonly EndpointSubset[]): Endpoints => ({
  apiVersion: 'v1',
  kind: 'Endpoints',
  metadata: { name, namespace: 'default', labels: { team: 'db' } },
  subsets,
});
const PORTS = [{ name: 'sql', port: 5432, protocol: 'TCP' }] as const;
const ready = (...ips: readonly string[]): EndpointSubset => ({
  addresses: ips.map((ip) => ({ ip })),
  ports: PORTS,
});

test('hand-written Endpoints of a Service without selector get slices, one a family', () => {
  const cluster = new TestCluster();
  cluster.create(bare('db'));
  cluster.create(
    endpoints('db', [{ ...ready('192.0.2.1', '2001:db8::1'), notReadyAddresses: [{ ip: '192.0.2.2' }] }]),
  );
  cluster.settle();
  const slices = cluster.slices('db');
  expect(slices.map((s) => s.addressType).toSorted()).toEqual(['IPv4', 'IPv6']);
  const v4 = slices.find((s) => s.addressType === 'IPv4');
  expect(v4?.endpoints?.map((e) => [e.addresses[0], e.conditions?.ready])).toEqual([
    ['192.0.2.1', true],
    ['192.0.2.2', false],
  ]);
  expect(v4?.metadata.labels).toEqual({
    team: 'db',
    'kubernetes.io/service-name': 'db',
    'endpointslice.kubernetes.io/managed-by': 'endpointslicemirroring-controller.k8s.io',
  });
  expect(v4?.metadata.ownerReferences?.[0]).toMatchObject({ kind: 'Endpoints', name: 'db' });
});

test('a change of the Endpoints keeps the slice and its name; deleting them deletes it', () => {
  const cluster = new TestCluster();
  cluster.create(bare('db'));
  const made = cluster.create(endpoints('db', [ready('192.0.2.1')]));
  cluster.settle();
  const [before] = cluster.slices('db');
  cluster.update<Endpoints>({ ...made, subsets: [ready('192.0.2.9')] });
  cluster.settle();
  const [after] = cluster.slices('db');
  expect(after?.metadata.name).toBe(before?.metadata.name);
  expect(after?.endpoints?.[0]?.addresses).toEqual(['192.0.2.9']);
  cluster.api.delete({ kind: 'Endpoints', namespace: 'default', name: 'db' });
  cluster.settle();
  expect(cluster.slices('db')).toEqual([]);
});

test('a Service with a selector is left to the EndpointSlice controller', () => {
  const cluster = new TestCluster();
  cluster.create(service('web'));
  cluster.settle();
  expect(
    cluster.slices('web').map((s) => s.metadata.labels?.['endpointslice.kubernetes.io/managed-by']),
  ).toEqual(['endpointslice-controller.k8s.io']);
});

test('skip-mirror is obeyed', () => {
  const cluster = new TestCluster();
  cluster.create(bare('db'));
  const skipped = endpoints('db', [ready('192.0.2.1')]);
  cluster.create({
    ...skipped,
    metadata: { ...skipped.metadata, labels: { 'endpointslice.kubernetes.io/skip-mirror': 'true' } },
  });
  cluster.settle();
  expect(cluster.slices('db')).toEqual([]);
});
