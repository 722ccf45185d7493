import { expect, test } from 'vitest';
import { Cluster } from '@/lib/sim';
import type { FieldHistory } from './field-history';
import { inspect } from './inspect';

const DEPLOYMENT = (replicas: number): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: my-web-app }] }
`;
const opened = (): Cluster => {
  const cluster = Cluster.create({ k8s: '1.32', seed: 1, now: '2026-11-02T08:00:00Z' });
  cluster.applyText('web.yaml', DEPLOYMENT(1));
  return cluster;
};
const fields = (cluster: Cluster, kind: string, name: string): readonly FieldHistory[] =>
  inspect(cluster, { ask: 'fields', kind, namespace: 'default', name }) as readonly FieldHistory[];
const field = (all: readonly FieldHistory[], path: string): FieldHistory | undefined =>
  all.find((one) => one.path === path);

test('each field says who wrote it last, with what it was before; the rest came with the object', () => {
  const cluster = opened();
  const { now } = cluster;
  cluster.applyText('web.yaml', DEPLOYMENT(2));
  const all = fields(cluster, 'Deployment', 'web');
  expect(field(all, 'spec.replicas')?.writes).toEqual([
    { at: now, by: 'editor', created: false, before: '1', after: '2' },
    expect.objectContaining({ by: 'editor', created: true, after: '1' }),
  ]);
  expect(field(all, 'spec.template.spec.containers[0].image')).toMatchObject({
    value: 'my-web-app',
    writes: [{ by: 'editor', created: true }],
  });
  expect(field(all, 'status.readyReplicas')?.writes[0]).toMatchObject({
    by: 'deployment-controller',
    before: '1',
    after: '2',
  });
  const revision = field(all, 'metadata.annotations.deployment.kubernetes.io/revision');
  expect(revision).toMatchObject({ value: '1', writes: [{ by: 'deployment-controller', after: '1' }] });
});

test('a Pod is the work of several: the ReplicaSet made it, the scheduler bound it, the kubelet reports', () => {
  const cluster = opened();
  const [pod] = cluster.api.list('Pod', 'default');
  const all = fields(cluster, 'Pod', pod?.metadata.name ?? '');
  expect(field(all, 'spec.containers[0].image')?.writes[0]?.by).toBe('replicaset-controller');
  expect(field(all, 'spec.nodeName')?.writes[0]?.by).toBe('scheduler');
  expect(field(all, 'status.podIP')?.writes[0]?.by).toBe('kubelet');
  expect(field(all, 'status.phase')?.writes.map(({ before, after }) => [before, after])).toEqual([
    ['Pending', 'Running'],
    expect.anything(),
  ]);
});

test('a client is known by its field manager, a field that has gone by its last write', () => {
  const cluster = opened();
  const patch = (body: object, query: string): number =>
    cluster.handle({
      method: 'PATCH',
      path: '/apis/apps/v1/namespaces/default/deployments/web',
      query,
      headers: { 'content-type': 'application/merge-patch+json', 'user-agent': 'curl/8.5' },
      body: new TextEncoder().encode(JSON.stringify(body)),
    }).status;
  expect(patch({ metadata: { labels: { tier: 'front' } } }, 'fieldManager=kubectl-label')).toBe(200);
  expect(field(fields(cluster, 'Deployment', 'web'), 'metadata.labels.tier')?.writes[0]).toMatchObject({
    by: 'kubectl-label',
    after: 'front',
  });
  patch({ metadata: { labels: { tier: null } } }, '');
  const gone = field(fields(cluster, 'Deployment', 'web'), 'metadata.labels');
  expect(gone).not.toHaveProperty('value');
  expect(gone?.writes[0]).toMatchObject({ by: 'curl' });
});

test('an object that is not there has no fields', () => {
  expect(inspect(opened(), { ask: 'fields', kind: 'Pod', namespace: 'default', name: 'none' })).toBeNull();
});
