import { describe, expect, test } from 'vitest';
import { START } from './testing/start';
import { ChangeLog, fieldChanges } from './changes';
import { Cluster } from './cluster';

const WEB = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 1
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: my-web-app}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
`;

describe('changes', () => {
  test('say who wrote what, in order', () => {
    const cluster = Cluster.create({ k8s: '1.32', seed: 1, now: START });
    const before = cluster.changes.total;
    cluster.applyText('web.yaml', WEB);
    const told = cluster.changes
      .since(before)
      .filter((c) => c.type === 'RULES' || c.object.kind !== 'Event')
      .map((c) => (c.type === 'RULES' ? `${c.by} ${c.node}` : `${c.by} ${c.type} ${c.object.kind}`));
    expect(told.slice(0, 4)).toEqual([
      'editor ADDED Deployment',
      'editor ADDED Service',
      'deployment-controller ADDED ReplicaSet',
      'deployment-controller MODIFIED Deployment',
    ]);
    expect(told).toContain('replicaset-controller ADDED Pod');
    expect(told).toContain('scheduler MODIFIED Pod');
    expect(told).toContain('endpointslice-controller ADDED EndpointSlice');
    expect(told).toContain('kube-proxy node-1');
  });

  test('a snapshot brings back what was known then', () => {
    const cluster = Cluster.create({ k8s: '1.32', seed: 1, now: START });
    const saved = cluster.snapshot();
    const { total } = cluster.changes;
    cluster.applyText('web.yaml', WEB);
    cluster.restore(saved);
    expect(cluster.changes.total).toBe(total);
  });

  test('only the newest are kept', () => {
    let log = ChangeLog.empty;
    for (let at = 0; at < 2500; at++) log = log.with({ at, by: 'kube-proxy', type: 'RULES', node: 'node-1' });
    expect(log.total).toBe(2500);
    expect(log.newest(3).map((c) => c.at)).toEqual([2499, 2498, 2497]);
    expect(log.since(2498).map((c) => c.at)).toEqual([2498, 2499]);
    expect(log.newest(5000).length).toBeLessThanOrEqual(1000);
  });
});

test('field by field', () => {
  const before = {
    metadata: { name: 'a', resourceVersion: '1' },
    spec: { ports: [{ port: 80 }], type: 'ClusterIP' },
  };
  const after = {
    metadata: { name: 'a', resourceVersion: '2' },
    spec: { ports: [{ port: 81 }, { port: 90 }] },
  };
  expect(fieldChanges(before, after)).toEqual([
    { path: 'spec.ports[0].port', before: 80, after: 81 },
    { path: 'spec.ports[1]', after: { port: 90 } },
    { path: 'spec.type', before: 'ClusterIP' },
  ]);
});

describe('a held cluster', () => {
  test('does nothing by itself; each step is one component’s turn; letting go does the rest', () => {
    const cluster = Cluster.create({ k8s: '1.32', seed: 1, now: START });
    const free = Cluster.create({ k8s: '1.32', seed: 1, now: START });
    free.applyText('web.yaml', WEB);
    cluster.hold(true);
    cluster.applyText('web.yaml', WEB);
    expect(cluster.api.list('ReplicaSet', 'default')).toEqual([]);
    expect(cluster.next?.component).toBe('deployment-controller');
    expect(cluster.step()?.component).toBe('deployment-controller');
    expect(cluster.api.list('ReplicaSet', 'default')).toHaveLength(1);
    expect(cluster.api.list('Pod', 'default')).toEqual([]);
    cluster.hold(false);
    expect(cluster.next === undefined || cluster.next.at > cluster.now + 600_000).toBe(true);
    expect(
      cluster
        .rules('node-1')
        ?.chains('nat')
        .map((c) => c.name),
    ).toEqual(
      free
        .rules('node-1')
        ?.chains('nat')
        .map((c) => c.name),
    );
  });
});
