import { describe, expect, test } from 'vitest';
import { defaultNodes } from '@/lib/kube/controllers/static-objects';
import { bigNode, deployment, pod, sorted, TestCluster } from '@/lib/kube/controllers/testing';
import type { Condition, Node, Pod } from '@/lib/kube/types';

const scheduled = (cluster: TestCluster, name: string): Condition | undefined =>
  cluster.get<Pod>('Pod', name).status?.conditions?.find((c) => c.type === 'PodScheduled');

describe('the scheduler', () => {
  test('spreads the Pods of one owner, then fills the emptiest node', () => {
    const cluster = new TestCluster();
    cluster.create(pod('alone', { nodeName: 'node-1' }));
    cluster.create(deployment('web', 4));
    cluster.settle();
    const nodes = cluster.pods({ app: 'web' }).map((p) => p.spec.nodeName);
    expect(sorted(nodes)).toEqual(['node-1', 'node-2', 'node-2', 'node-3']);
  });

  test('leaves cordoned and tainted nodes alone, and says why a Pod has no place', () => {
    const cluster = new TestCluster();
    for (const node of cluster.api.list<Node>('Node')) {
      const taints = [{ key: 'team', value: 'blue', effect: 'NoSchedule' }];
      const spec =
        node.metadata.name === 'node-1' ? { ...node.spec, taints } : { ...node.spec, unschedulable: true };
      cluster.update<Node>({ ...node, spec });
    }
    cluster.create(pod('plain'));
    const tolerations = [{ key: 'team', operator: 'Equal', value: 'blue' }];
    const blue = pod('blue');
    cluster.create({ ...blue, spec: { ...blue.spec, tolerations } as Pod['spec'] });
    cluster.settle();
    expect(cluster.get<Pod>('Pod', 'blue').spec.nodeName).toBe('node-1');
    expect(scheduled(cluster, 'plain')).toMatchObject({ status: 'False', reason: 'Unschedulable' });
    expect(scheduled(cluster, 'plain')?.message).toBe(
      '0/3 nodes are available: 1 node(s) had untolerated taint {team: blue}, 2 node(s) were unschedulable. ' +
        'preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.',
    );
  });

  test('a Pod without a place gets one when a node is uncordoned', () => {
    const cluster = new TestCluster(defaultNodes('1.32').slice(0, 1));
    const node = cluster.get<Node>('Node', 'node-1', '');
    cluster.update<Node>({ ...node, spec: { ...node.spec, unschedulable: true } });
    cluster.create(pod('one'));
    cluster.settle();
    expect(cluster.readyPods()).toEqual([]);
    cluster.update<Node>({ ...cluster.get<Node>('Node', 'node-1', ''), spec: node.spec ?? {} });
    cluster.settle();
    expect(cluster.readyPods()).toHaveLength(1);
  });

  test('a node takes as many Pods as it says; the next one waits until one goes', () => {
    const cluster = new TestCluster([bigNode('small', '10.9.0.0/24', 2)]);
    for (const name of ['a', 'b', 'c']) cluster.create(pod(name));
    cluster.settle();
    expect(cluster.readyPods()).toHaveLength(2);
    expect(scheduled(cluster, 'c')?.message).toContain('1 Too many pods');
    cluster.api.delete({ kind: 'Pod', namespace: 'default', name: 'a' });
    cluster.settle();
    expect(cluster.readyPods().map((p) => p.metadata.name)).toEqual(['b', 'c']);
  });

  test('nodeSelector and node affinity are heeded', () => {
    const cluster = new TestCluster();
    cluster.create(
      pod('in-c', {
        nodeSelector: { 'topology.kubernetes.io/zone': 'c' },
        containers: [{ name: 'c', image: 'nginx' }],
      }),
    );
    cluster.settle();
    expect(cluster.get<Pod>('Pod', 'in-c').spec.nodeName).toBe('node-3');
  });
});
