import { expect, test } from 'vitest';
import type { K8sVersion } from '@/lib/kube/versions';
import type { CoreEvent } from './event';
import { EVENT_TTL_MS } from './event-recorder';
import { deployment, pod, TestCluster } from './testing';

const told = (cluster: TestCluster, kind: string, name?: string): readonly CoreEvent[] =>
  cluster.api
    .list<CoreEvent>('Event', 'default')
    .filter((e) => e.involvedObject.kind === kind && (name === undefined || e.involvedObject.name === name));
const lines = (events: readonly CoreEvent[]): readonly string[] =>
  events.map((e) => `${e.type} ${e.reason} ${e.source.component ?? e.reportingComponent} ${e.message}`);

const rolledOut = (replicas: number, k8s: K8sVersion = '1.32'): TestCluster => {
  const cluster = new TestCluster(undefined, k8s);
  cluster.create(deployment('web', replicas));
  return cluster.settle();
};

test('a rollout is told as the controllers tell it', () => {
  const cluster = rolledOut(1);
  const [set] = cluster.api.list('ReplicaSet', 'default');
  const [made] = cluster.pods();
  const setName = set?.metadata.name ?? '';
  const podName = made?.metadata.name ?? '';
  expect(lines(told(cluster, 'Deployment'))).toEqual([
    `Normal ScalingReplicaSet deployment-controller Scaled up replica set ${setName} from 0 to 1`,
  ]);
  expect(lines(told(cluster, 'ReplicaSet'))).toEqual([
    `Normal SuccessfulCreate replicaset-controller Created pod: ${podName}`,
  ]);
  expect(lines(told(cluster, 'Pod', podName))).toEqual([
    `Normal Scheduled default-scheduler Successfully assigned default/${podName} to node-1`,
    'Normal Pulled kubelet Container image "my-web-app:1.0" already present on machine',
    'Normal Created kubelet Created container: web',
    'Normal Started kubelet Started container web',
  ]);
});

test('words of older versions', () => {
  const cluster = rolledOut(1, '1.31');
  cluster.edit('web', { replicas: 3 });
  cluster.settle();
  expect(lines(told(cluster, 'Deployment')).map((l) => l.replace(/web-\w+/, 'SET'))).toEqual([
    'Normal ScalingReplicaSet deployment-controller Scaled up replica set SET to 1',
    'Normal ScalingReplicaSet deployment-controller Scaled up replica set SET to 3 from 1',
  ]);
  expect(lines(told(cluster, 'Pod')).filter((l) => l.includes('Created container'))).toContain(
    'Normal Created kubelet Created container web',
  );
});

test('a flood of similar events is combined', () => {
  const events = told(rolledOut(20), 'ReplicaSet');
  expect(events).toHaveLength(10);
  const combined = events.find((e) => e.message.startsWith('(combined from similar events): Created pod: '));
  expect(combined?.count).toBe(11);
});

test('the same event again is counted', () => {
  const cluster = rolledOut(1);
  for (const replicas of [2, 1, 2]) {
    cluster.edit('web', { replicas });
    cluster.settle();
  }
  const again = told(cluster, 'Deployment').find((e) => e.message.endsWith('from 1 to 2'));
  expect(again?.count).toBe(2);
});

test('a Pod that no node takes', () => {
  const cluster = new TestCluster();
  cluster.create(pod('picky', { nodeSelector: { disk: 'ssd' } }));
  cluster.settle();
  expect(lines(told(cluster, 'Pod'))).toEqual([
    "Warning FailedScheduling default-scheduler 0/3 nodes are available: 3 node(s) didn't match Pod's node affinity/selector. preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.",
  ]);
});

test('events are forgotten after an hour, and a snapshot brings them back', () => {
  const cluster = rolledOut(1);
  const saved = cluster.save();
  cluster.advance(EVENT_TTL_MS + 60_000);
  expect(cluster.api.list('Event')).toEqual([]);
  cluster.restore(saved);
  expect(cluster.api.list('Event').length).toBeGreaterThan(0);
});
