import { expect, test } from 'vitest';
import type { Node, Pod } from '@/lib/kube/types';
import { KUBELET_ANNOTATION } from '@/lib/kube/kubelet/stopped';
import { conditionOf, isPodReady } from '../objects';
import { deployment, service, TestCluster } from '../testing';

const SECOND = 1000;

function kubelet(cluster: TestCluster, node: string, state: 'stopped' | 'running'): void {
  const found = cluster.get<Node>('Node', node, '');
  const { [KUBELET_ANNOTATION]: _, ...others } = found.metadata.annotations ?? {};
  const annotations = state === 'stopped' ? { ...others, [KUBELET_ANNOTATION]: 'stopped' } : others;
  cluster.update<Node>({ ...found, metadata: { ...found.metadata, annotations } });
}

const on = (pods: readonly Pod[], node: string): readonly Pod[] =>
  pods.filter((p) => p.spec.nodeName === node);

function running(): TestCluster {
  const cluster = new TestCluster();
  cluster.create(deployment('web', 3));
  cluster.create(service('web'));
  return cluster.settle();
}

test('a silent kubelet: NotReady and tainted after 50 s (1.32), its endpoints not ready, nothing deleted yet', () => {
  const cluster = running();
  kubelet(cluster, 'node-2', 'stopped');
  cluster.advance(49 * SECOND);
  expect(cluster.readyPods()).toHaveLength(3);
  cluster.advance(2 * SECOND);
  const node = cluster.get<Node>('Node', 'node-2', '');
  expect(conditionOf(node.status?.conditions, 'Ready')).toMatchObject({
    status: 'Unknown',
    reason: 'NodeStatusUnknown',
    message: 'Kubelet stopped posting node status.',
  });
  expect(node.spec?.taints?.map((t) => `${t.key}:${t.effect}`)).toEqual([
    'node.kubernetes.io/unreachable:NoSchedule',
    'node.kubernetes.io/unreachable:NoExecute',
  ]);
  expect(on(cluster.pods(), 'node-2').map(isPodReady)).toEqual([false]);
  const endpoint = cluster.endpoints('web').find((e) => e.nodeName === 'node-2');
  expect(endpoint?.conditions).toMatchObject({ ready: false });
});

test('40 s before v1.32', () => {
  const cluster = new TestCluster(undefined, '1.31');
  cluster.create(deployment('web', 3));
  cluster.settle();
  kubelet(cluster, 'node-2', 'stopped');
  cluster.advance(41 * SECOND);
  expect(conditionOf(cluster.get<Node>('Node', 'node-2', '').status?.conditions, 'Ready')?.status).toBe(
    'Unknown',
  );
});

test('when the kubelet is back in time, the node and its Pods are ready again', () => {
  const cluster = running();
  kubelet(cluster, 'node-2', 'stopped');
  cluster.advance(60 * SECOND);
  kubelet(cluster, 'node-2', 'running');
  cluster.settle();
  const node = cluster.get<Node>('Node', 'node-2', '');
  expect(conditionOf(node.status?.conditions, 'Ready')?.status).toBe('True');
  expect(node.spec?.taints ?? []).toEqual([]);
  expect(cluster.readyPods()).toHaveLength(3);
});

test('Pods of a node that was deleted are collected after the quarantine', () => {
  const cluster = running();
  cluster.api.delete({ kind: 'Node', namespace: '', name: 'node-2' });
  cluster.advance(30 * SECOND);
  expect(on(cluster.pods(), 'node-2')).toHaveLength(1);
  cluster.advance(20 * SECOND);
  expect(on(cluster.pods(), 'node-2')).toEqual([]);
  expect(cluster.settle().readyPods()).toHaveLength(3);
});
