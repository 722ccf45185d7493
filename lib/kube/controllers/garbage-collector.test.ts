import { describe, expect, test } from 'vitest';
import { yaml } from '@/lib/kube/api/testing';
import type { KubeObject } from '@/lib/kube/types';
import { TestCluster } from './testing';

const DEPLOYMENT = `{apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: default}, spec: {replicas: 2,
  selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: c, image: nginx}]}}}}`;

function rolledOut(): TestCluster {
  const cluster = new TestCluster();
  cluster.create(yaml(DEPLOYMENT));
  return cluster.settle();
}
const remove = (cluster: TestCluster, propagation: 'Background' | 'Foreground' | 'Orphan'): void => {
  cluster.api.delete({ kind: 'Deployment', namespace: 'default', name: 'web' }, { propagation });
  cluster.settle();
};
const count = (cluster: TestCluster, kind: string): number => cluster.api.list(kind, 'default').length;

describe('a Deployment is deleted', () => {
  test('in the background: it goes at once, its ReplicaSet and Pods after it', () => {
    const cluster = rolledOut();
    remove(cluster, 'Background');
    expect([count(cluster, 'Deployment'), count(cluster, 'ReplicaSet'), count(cluster, 'Pod')]).toEqual([
      0, 0, 0,
    ]);
  });

  test('with its dependents orphaned: they stay, without an owner', () => {
    const cluster = rolledOut();
    remove(cluster, 'Orphan');
    expect([count(cluster, 'Deployment'), count(cluster, 'ReplicaSet'), count(cluster, 'Pod')]).toEqual([
      0, 1, 2,
    ]);
    expect(cluster.api.list('ReplicaSet', 'default')[0]?.metadata.ownerReferences ?? []).toEqual([]);
  });

  test('in the foreground: it is the last to go', () => {
    const cluster = rolledOut();
    const from = cluster.events.length;
    remove(cluster, 'Foreground');
    const gone = cluster.events
      .slice(from)
      .flatMap(({ type, object }) => (type === 'DELETED' ? [object.kind] : []));
    expect(gone.filter((k) => ['Pod', 'ReplicaSet', 'Deployment'].includes(k))).toEqual([
      'Pod',
      'Pod',
      'ReplicaSet',
      'Deployment',
    ]);
  });
});

test('an object of any kind goes with its owner, unless another owner is still there', () => {
  const cluster = new TestCluster();
  const owner = (name: string): KubeObject =>
    cluster.create(yaml(`{apiVersion: v1, kind: ConfigMap, metadata: {name: ${name}, namespace: default}}`));
  const reference = ({ metadata }: KubeObject): string =>
    `{apiVersion: v1, kind: ConfigMap, name: ${metadata.name ?? ''}, uid: ${metadata.uid ?? ''}}`;
  const [a, b] = [owner('a'), owner('b')];
  for (const [name, owners] of [
    ['one', reference(a)],
    ['both', `${reference(a)}, ${reference(b)}`],
  ] as const)
    cluster.create(
      yaml(
        `{apiVersion: v1, kind: Secret, metadata: {name: ${name}, namespace: default, ownerReferences: [${owners}]}}`,
      ),
    );
  cluster.api.delete({ kind: 'ConfigMap', namespace: 'default', name: 'a' });
  cluster.settle();
  expect(cluster.api.list('Secret', 'default').map((s) => s.metadata.name)).toEqual(['both']);
});

test('a namespace is emptied before it goes', () => {
  const cluster = new TestCluster();
  cluster.create(yaml('{apiVersion: v1, kind: Namespace, metadata: {name: shop}}'));
  cluster.create(yaml(DEPLOYMENT.replace('namespace: default', 'namespace: shop')));
  cluster.settle();
  expect(cluster.api.list('Pod', 'shop')).toHaveLength(2);
  cluster.api.delete({ kind: 'Namespace', namespace: '', name: 'shop' });
  cluster.settle();
  expect(cluster.api.get('Namespace', '', 'shop')).toBeUndefined();
  expect(cluster.api.list('Pod', 'shop')).toEqual([]);
});
