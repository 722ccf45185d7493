import { describe, expect, test } from 'vitest';
import type { ReplicaSet } from '@/lib/kube/types';
import { statusOf } from './workloads';
import { bigNode, deployment, pod, service, sorted, TestCluster } from './testing';

const web = (replicas = 3) => {
  const cluster = new TestCluster();
  cluster.create(service('web'));
  cluster.create(deployment('web', replicas));
  return cluster.settle();
};

describe('from a Deployment to endpoints', () => {
  test('three Pods, one a node, with addresses from their nodes, ready behind the Service', () => {
    const cluster = web();
    expect(cluster.readyPods().map((p) => [p.spec.nodeName, p.status?.podIP])).toEqual(
      expect.arrayContaining([
        ['node-1', '10.244.1.2'],
        ['node-2', '10.244.2.2'],
        ['node-3', '10.244.3.2'],
      ]),
    );
    const [slice, ...more] = cluster.slices('web');
    expect(more).toEqual([]);
    expect(slice?.metadata.name).toMatch(/^web-[a-z0-9]{5}$/);
    expect(slice?.ports).toEqual([{ name: '', port: 8080, protocol: 'TCP' }]);
    const endpoints = cluster.endpoints('web');
    expect(sorted(endpoints.map((e) => e.zone))).toEqual(['a', 'b', 'c']);
    for (const e of endpoints) {
      expect(e.conditions).toEqual({ ready: true, serving: true, terminating: false });
      expect(e.targetRef).toMatchObject({ kind: 'Pod', namespace: 'default' });
    }
  });

  test('it takes a second or so of virtual time, and then nothing is left to do (but to forget events, an hour later)', () => {
    const cluster = web();
    const took = cluster.now - Date.parse('2026-01-01T00:00:00Z');
    expect(took).toBeGreaterThan(500);
    expect(took).toBeLessThan(3000);
    const before = cluster.handled;
    cluster.advance(1_800_000);
    expect(cluster.handled).toBe(before);
  });

  test('a Pod shows its phases: pending, being created, running and ready', () => {
    const cluster = new TestCluster();
    cluster.create(pod('one'));
    cluster.advance(30);
    expect(cluster.get('Pod', 'one').status).toMatchObject({
      phase: 'Pending',
      hostIP: '192.168.10.11',
      containerStatuses: [{ name: 'web', ready: false, state: { waiting: { reason: 'ContainerCreating' } } }],
    });
    cluster.settle();
    expect(cluster.get('Pod', 'one').status).toMatchObject({
      phase: 'Running',
      podIP: '10.244.1.2',
      podIPs: [{ ip: '10.244.1.2' }],
      qosClass: 'BestEffort',
      containerStatuses: [{ ready: true, started: true, restartCount: 0 }],
    });
    const { conditions = [] } = cluster.get<ReturnType<typeof pod>>('Pod', 'one').status ?? {};
    expect(conditions.map((c) => `${c.type}=${c.status}`)).toEqual([
      'PodReadyToStartContainers=True',
      'Initialized=True',
      'Ready=True',
      'ContainersReady=True',
      'PodScheduled=True',
    ]);
  });
});

describe('scaling', () => {
  test('up adds Pods and endpoints, and keeps those that are there', () => {
    const cluster = web(3);
    const before = cluster.pods().map((p) => p.metadata.name);
    cluster.edit('web', { replicas: 5 });
    cluster.settle();
    expect(cluster.readyPods()).toHaveLength(5);
    expect(cluster.pods().map((p) => p.metadata.name)).toEqual(expect.arrayContaining(before));
    expect(cluster.endpoints('web')).toHaveLength(5);
  });

  test('down takes a Pod from the crowded node first, and leaves no revision behind', () => {
    const cluster = web(4);
    cluster.advance(60_000);
    cluster.edit('web', { replicas: 3 });
    cluster.settle();
    expect(sorted(cluster.pods().map((p) => p.spec.nodeName))).toEqual(['node-1', 'node-2', 'node-3']);
    expect(cluster.endpoints('web')).toHaveLength(3);
    expect(cluster.api.list<ReplicaSet>('ReplicaSet')).toHaveLength(1);
  });

  test('to zero leaves one empty placeholder slice', () => {
    const cluster = web(2);
    cluster.edit('web', { replicas: 0 });
    cluster.settle();
    expect(cluster.slices('web').map((s) => [s.endpoints ?? [], s.ports ?? []])).toEqual([[[], []]]);
  });

  test('101 endpoints make two slices: 100 and 1', () => {
    const cluster = new TestCluster([bigNode('big', '10.244.0.0/20', 500)]);
    cluster.create(service('web'));
    cluster.create(deployment('web', 100));
    cluster.settle();
    expect(cluster.slices('web').map((s) => s.endpoints?.length)).toEqual([100]);
    cluster.edit('web', { replicas: 101 });
    cluster.settle();
    expect(
      cluster
        .slices('web')
        .map((s) => s.endpoints?.length ?? 0)
        .toSorted((a, b) => a - b),
    ).toEqual([1, 100]);
  });

  test('Endpoints are cut off above 1000 addresses, not at 1000', () => {
    const cluster = new TestCluster([bigNode('big', '10.244.0.0/20', 2000)]);
    cluster.create(service('web'));
    cluster.create(deployment('web', 1000));
    cluster.settle();
    const annotation = 'endpoints.kubernetes.io/over-capacity';
    const count = () => {
      const { subsets = [] } = cluster.get<{
        kind: 'Endpoints';
        apiVersion: string;
        metadata: object;
        subsets?: { addresses: unknown[] }[];
      }>('Endpoints', 'web');
      return subsets.flatMap((s) => s.addresses).length;
    };
    expect(count()).toBe(1000);
    expect(cluster.get('Endpoints', 'web').metadata.annotations).not.toHaveProperty([annotation]);
    cluster.edit('web', { replicas: 1001 });
    cluster.settle();
    expect(count()).toBe(1000);
    expect(cluster.get('Endpoints', 'web').metadata.annotations).toHaveProperty([annotation], 'truncated');
    expect(cluster.endpoints('web')).toHaveLength(1001);
  });
});

describe('labels', () => {
  test('a Pod that loses its label leaves the Service, is let go by its ReplicaSet and replaced', () => {
    const cluster = web(3);
    const [victim] = cluster.pods();
    if (!victim) throw new Error('no Pod');
    cluster.update({ ...victim, metadata: { ...victim.metadata, labels: {} } });
    cluster.settle();
    expect(cluster.pods()).toHaveLength(4);
    expect(cluster.get('Pod', victim.metadata.name ?? '').metadata.ownerReferences ?? []).toEqual([]);
    const names = cluster.endpoints('web').map((e) => e.targetRef?.name);
    expect(names).toHaveLength(3);
    expect(names).not.toContain(victim.metadata.name);
  });

  test('a Pod with the labels of a ReplicaSet and no owner is adopted, and the surplus goes', () => {
    const cluster = web(2);
    const [template] = cluster.pods();
    const stray = cluster.create({
      ...pod('stray'),
      metadata: { name: 'stray', namespace: 'default', labels: template?.metadata.labels ?? {} },
    });
    cluster.settle();
    expect(cluster.pods()).toHaveLength(2);
    expect(cluster.pods().map((p) => p.metadata.name)).not.toContain(stray.metadata.name);
  });

  test('a Service with a typo in its selector has no endpoints; mended, it has them at once', () => {
    const cluster = web(2);
    const typo = cluster.create(service('other', { selector: { app: 'wbe' } }));
    cluster.settle();
    expect(cluster.endpoints('other')).toEqual([]);
    cluster.update({ ...typo, spec: { ...typo.spec, selector: { app: 'web' } } });
    cluster.advance(10);
    expect(cluster.endpoints('other')).toHaveLength(2);
  });
});

describe('deletion', () => {
  test('a Pod being deleted stays as terminating and still serving until it has stopped', () => {
    const cluster = web(1);
    const [only] = cluster.pods();
    cluster.api.delete({ kind: 'Pod', namespace: 'default', name: only?.metadata.name ?? '' });
    cluster.advance(20);
    const leaving = cluster.endpoints('web').find((e) => e.targetRef?.name === only?.metadata.name);
    expect(leaving?.conditions).toEqual({ ready: false, serving: true, terminating: true });
    cluster.settle();
    expect(cluster.endpoints('web').map((e) => e.conditions?.ready)).toEqual([true]);
    expect(cluster.pods().map((p) => p.metadata.name)).not.toContain(only?.metadata.name);
  });

  test('the successor gets the next address, not the one that was freed', () => {
    const cluster = new TestCluster();
    cluster.create(pod('a', { nodeName: 'node-1' }));
    cluster.settle();
    cluster.api.delete({ kind: 'Pod', namespace: 'default', name: 'a' });
    cluster.settle();
    cluster.create(pod('b', { nodeName: 'node-1' }));
    cluster.settle();
    expect(cluster.get('Pod', 'b').status).toMatchObject({ podIP: '10.244.1.3' });
  });

  test('preStop and a slow shutdown hold a Pod, but no longer than its grace period', () => {
    const cluster = new TestCluster();
    const lifecycle = { preStop: { exec: { command: ['sleep', '60'] } } };
    const patient = { name: 'web', image: 'my-web-app', lifecycle };
    cluster.create(pod('slow', { containers: [patient], terminationGracePeriodSeconds: 20 }));
    cluster.settle();
    const before = cluster.now;
    cluster.api.delete({ kind: 'Pod', namespace: 'default', name: 'slow' });
    cluster.settle();
    expect(cluster.now - before).toBeGreaterThan(19_000);
    expect(cluster.now - before).toBeLessThan(21_000);
  });

  test('a deleted Deployment takes its ReplicaSets and Pods with it; a deleted Service its slices and Endpoints', () => {
    const cluster = web(2);
    cluster.api.delete({ kind: 'Deployment', namespace: 'default', name: 'web' });
    cluster.settle();
    expect(cluster.api.list('ReplicaSet')).toEqual([]);
    expect(cluster.pods()).toEqual([]);
    cluster.api.delete({ kind: 'Service', namespace: 'default', name: 'web' });
    cluster.settle();
    expect(cluster.slices('web')).toEqual([]);
    expect(cluster.api.list('Endpoints')).toEqual([]);
  });
});

describe('readiness', () => {
  const probed = (path: string, seconds: object = {}) => ({
    containers: [
      {
        name: 'web',
        image: 'my-web-app',
        readinessProbe: { httpGet: { path, port: 8080 }, periodSeconds: 5, ...seconds },
      },
    ],
  });

  test('a Pod is ready when its probe first succeeds after initialDelaySeconds', () => {
    const cluster = new TestCluster();
    cluster.create(pod('one', probed('/ready', { initialDelaySeconds: 7 })));
    cluster.advance(7000);
    expect(cluster.readyPods()).toEqual([]);
    cluster.settle();
    expect(cluster.readyPods()).toHaveLength(1);
  });

  test('a slow starter is ready at the first probe after it listens', () => {
    const cluster = new TestCluster();
    const env = [{ name: 'STARTUP_SECONDS', value: '12' }];
    const [container] = probed('/ready').containers;
    if (container) cluster.create(pod('one', { containers: [{ ...container, env }] }));
    cluster.advance(15_500);
    expect(cluster.readyPods()).toEqual([]);
    cluster.advance(1000);
    expect(cluster.readyPods()).toHaveLength(1);
  });

  test('a probe of a path or port that is not served never succeeds, and keeps the cluster quiet', () => {
    const cluster = new TestCluster();
    cluster.create(service('one', { publishNotReadyAddresses: false }));
    cluster.create(pod('one', probed('/nothing-here')));
    cluster.settle();
    expect(cluster.get('Pod', 'one').status).toMatchObject({ phase: 'Running' });
    expect(cluster.endpoints('one').map((e) => e.conditions)).toEqual([
      { ready: false, serving: false, terminating: false },
    ]);
  });

  test('a hanging application is taken out after failureThreshold probes, and comes back', () => {
    const cluster = new TestCluster();
    cluster.create(service('one'));
    cluster.create(pod('one', probed('/ready', { failureThreshold: 3 })));
    cluster.settle();
    const annotate = (annotations: Readonly<Record<string, string>>) => {
      const one = cluster.get('Pod', 'one');
      cluster.update({ ...one, metadata: { ...one.metadata, annotations } });
    };
    annotate({ 'servicepath.dev/fault': 'unready' });
    cluster.advance(14_000);
    expect(cluster.endpoints('one')[0]?.conditions?.ready).toBe(true);
    cluster.settle();
    expect(cluster.endpoints('one')[0]?.conditions?.ready).toBe(false);
    annotate({});
    cluster.settle();
    expect(cluster.endpoints('one')[0]?.conditions?.ready).toBe(true);
  });
});

describe('rollouts', () => {
  const template = (image: string) => ({
    metadata: { labels: { app: 'web' } },
    spec: { containers: [{ name: 'web', image, ports: [{ name: 'http', containerPort: 8080 }] }] },
  });

  test('a rolling update never goes beyond maxSurge nor below maxUnavailable', () => {
    const cluster = web(4);
    cluster.edit('web', {
      template: template('my-web-app:2.0'),
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 1 } },
    });
    for (let i = 0; i < 400; i++) {
      cluster.advance(25);
      const alive = cluster.pods().filter((p) => p.metadata.deletionTimestamp === undefined);
      expect(alive.length).toBeLessThanOrEqual(5);
      expect(alive.filter((p) => cluster.readyPods().includes(p)).length).toBeGreaterThanOrEqual(3);
    }
    expect(cluster.pods().map((p) => p.spec.containers[0]?.image)).toEqual(Array(4).fill('my-web-app:2.0'));
    const sets = cluster.api.list<ReplicaSet>('ReplicaSet');
    expect(sorted(sets.map((s) => s.metadata.annotations?.['deployment.kubernetes.io/revision']))).toEqual([
      '1',
      '2',
    ]);
    expect(sets[0]?.metadata.name).toMatch(/^web-[bcdf4-9]{6,10}$/);
  });

  test('back to the old template brings the old ReplicaSet back, as a new revision', () => {
    const cluster = web(2);
    cluster.edit('web', { template: template('my-web-app:2.0') });
    cluster.settle();
    cluster.edit('web', { template: template('my-web-app:1.0') });
    cluster.settle();
    expect(cluster.api.list('ReplicaSet')).toHaveLength(2);
    expect(cluster.get('Deployment', 'web').metadata.annotations).toHaveProperty(
      ['deployment.kubernetes.io/revision'],
      '3',
    );
  });

  test('Recreate lets all old Pods go before the first new one comes', () => {
    const cluster = web(2);
    cluster.edit('web', { template: template('my-web-app:2.0'), strategy: { type: 'Recreate' } });
    const from = cluster.events.length;
    cluster.settle();
    const pods = cluster.events.slice(from).filter((e) => e.object.kind === 'Pod');
    const lastGone = pods.findLastIndex((e) => e.type === 'DELETED');
    expect(pods.filter((e) => e.type === 'DELETED')).toHaveLength(2);
    expect(pods.findIndex((e) => e.type === 'ADDED')).toBeGreaterThan(lastGone);
    expect(cluster.readyPods()).toHaveLength(2);
  });

  test('a rollout to an image that never gets ready stops, and the old Pods go on serving', () => {
    const cluster = web(4);
    const [container] = template('my-web-app:2.0').spec.containers;
    const readinessProbe = { httpGet: { path: '/missing', port: 8080 } };
    if (container)
      cluster.edit('web', {
        template: { ...template('x'), spec: { containers: [{ ...container, readinessProbe }] } },
      });
    cluster.settle();
    expect(cluster.endpoints('web').filter((e) => e.conditions?.ready)).toHaveLength(3);
    expect(
      statusOf(cluster.get('Deployment', 'web')).conditions?.map((c) => `${c.type}=${c.status}`),
    ).toContain('Available=True');
  });

  test('the status says when the rollout is complete', () => {
    const cluster = web(3);
    const status = statusOf(cluster.get('Deployment', 'web'));
    expect(status).toMatchObject({ replicas: 3, updatedReplicas: 3, readyReplicas: 3, availableReplicas: 3 });
    expect(status.conditions?.find((c) => c.type === 'Progressing')?.reason).toBe('NewReplicaSetAvailable');
  });
});

describe('snapshots', () => {
  test('from a snapshot taken half-way the cluster goes the same way again, byte for byte', () => {
    const cluster = new TestCluster();
    cluster.create(service('web'));
    cluster.create(deployment('web', 5));
    cluster.advance(400);
    const saved = cluster.save();
    const rest = () => {
      const from = cluster.events.length;
      cluster.edit('web', { replicas: 2 });
      cluster.settle();
      return JSON.stringify([cluster.now, cluster.events.slice(from)]);
    };
    const first = rest();
    cluster.restore(saved);
    expect(rest()).toBe(first);
  });

  test('two clusters with the same seed and the same steps are the same', () => {
    expect(JSON.stringify(web(4).events)).toBe(JSON.stringify(web(4).events));
  });
});
