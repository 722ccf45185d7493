import { expect, test } from 'vitest';
import { Cluster } from '@/lib/sim';

const START = '2026-11-02T08:00:00Z';
const WEB = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 1
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: my-web-app }] }
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }] }
`;

interface Entry {
  readonly manager: string;
  readonly operation: string;
  readonly subresource?: string;
  readonly fieldsV1: Readonly<Record<string, Readonly<Record<string, object>>>>;
}

const opened = (): Cluster => {
  const cluster = Cluster.create({ k8s: '1.32', seed: 1, now: START });
  cluster.applyText('web.yaml', WEB);
  return cluster;
};
const json = (
  cluster: Cluster,
  path: string,
): { readonly metadata: { readonly managedFields?: readonly Entry[]; readonly resourceVersion: string } } =>
  JSON.parse(String(cluster.handle({ method: 'GET', path }).body));
const managers = (cluster: Cluster, path: string): readonly string[] =>
  (json(cluster, path).metadata.managedFields ?? []).map(({ manager, operation, subresource = '' }) =>
    `${manager} ${operation} ${subresource}`.trim(),
  );
const DEPLOYMENT = '/apis/apps/v1/namespaces/default/deployments/web';

test('the managers of what the control plane writes are those of a kubeadm cluster', () => {
  const cluster = opened();
  const name = cluster.api.list('Pod', 'default')[0]?.metadata.name ?? '';
  expect(managers(cluster, `/api/v1/namespaces/default/pods/${name}`)).toEqual([
    'kube-controller-manager Update',
    'kubelet Update status',
  ]);
  // Within a second the server sorts them by name.
  expect(managers(cluster, DEPLOYMENT)).toEqual([
    'kube-controller-manager Update status',
    'kubectl-client-side-apply Update',
  ]);
  const [slice] = cluster.api
    .list('EndpointSlice', 'default')
    .filter((s) => s.metadata.name !== 'kubernetes');
  expect(
    managers(
      cluster,
      `/apis/discovery.k8s.io/v1/namespaces/default/endpointslices/${slice?.metadata.name ?? ''}`,
    ),
  ).toEqual(['kube-controller-manager Update']);
});

test('a Pod’s entries name its fields: the template’s by the controller, the status’ by the kubelet, the node by nobody', () => {
  const cluster = opened();
  const name = cluster.api.list('Pod', 'default')[0]?.metadata.name ?? '';
  const [made, reported] =
    json(cluster, `/api/v1/namespaces/default/pods/${name}`).metadata.managedFields ?? [];
  expect(Object.keys(made?.fieldsV1['f:metadata'] ?? {}).sort()).toEqual([
    'f:generateName',
    'f:labels',
    'f:ownerReferences',
  ]);
  expect(made?.fieldsV1['f:spec']).toHaveProperty(['f:containers']);
  expect(made?.fieldsV1['f:spec']).not.toHaveProperty(['f:nodeName']);
  expect(made?.fieldsV1['f:spec']).not.toHaveProperty(['f:volumes']);
  expect(Object.keys(reported?.fieldsV1 ?? {})).toEqual(['f:status']);
  expect(reported?.fieldsV1['f:status']).toHaveProperty(['f:podIP']);
});

test('asking changes nothing, and a patch that changes nothing is no write', () => {
  const cluster = opened();
  const before = json(cluster, DEPLOYMENT).metadata.resourceVersion;
  expect(cluster.api.get('Deployment', 'default', 'web')?.metadata.managedFields).toBeUndefined();
  const answer = cluster.handle({
    method: 'PATCH',
    path: DEPLOYMENT,
    query: 'fieldManager=kubectl-patch',
    headers: { 'content-type': 'application/merge-patch+json' },
    body: '{"spec":{"replicas":1}}',
  });
  expect(answer.status).toBe(200);
  expect(json(cluster, DEPLOYMENT).metadata.resourceVersion).toBe(before);
});

test('server-side apply conflicts with whoever holds the field', () => {
  const cluster = opened();
  const apply = (
    body: object,
    path = DEPLOYMENT,
    query = '',
  ): { readonly status: number; readonly body: string } => {
    const answer = cluster.handle({
      method: 'PATCH',
      path,
      query: `fieldManager=me${query}`,
      headers: { 'content-type': 'application/apply-patch+yaml' },
      body: JSON.stringify(body),
    });
    return { status: answer.status, body: String(answer.body) };
  };
  const web = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' } };
  const replicas = { ...web, spec: { replicas: 5 } };
  expect(apply(replicas)).toMatchObject({
    status: 409,
    body: expect.stringContaining(
      'conflict with \\"kubectl-client-side-apply\\" using apps/v1: .spec.replicas',
    ) as string,
  });
  expect(apply(replicas, DEPLOYMENT, '&force=true').status).toBe(200);
  const status = { ...web, status: { readyReplicas: 9 } };
  expect(apply(status, `${DEPLOYMENT}/status`)).toMatchObject({
    status: 409,
    body: expect.stringContaining(
      'conflict with \\"kube-controller-manager\\" with subresource \\"status\\" using apps/v1: .status.readyReplicas',
    ) as string,
  });
});

test('a snapshot and its replay have the same managers', () => {
  const cluster = opened();
  const before = cluster.snapshot();
  const seen = json(cluster, DEPLOYMENT);
  cluster.advance(60_000);
  cluster.restore(before);
  expect(json(cluster, DEPLOYMENT)).toEqual(seen);
});
