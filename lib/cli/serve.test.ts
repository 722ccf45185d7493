// @kubernetes/client-node against a served cluster: what a program that works with a real API server relies on.
import {
  ApiException,
  AppsV1Api,
  CoreV1Api,
  DiscoveryV1Api,
  KubeConfig,
  makeInformer,
  PatchStrategy,
  setHeaderOptions,
  Watch,
  type V1Service,
} from '@kubernetes/client-node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Cluster } from '@/lib/sim';
import { served, type Served } from './serve-http';

let server: Served;
let cluster: Cluster;
let config: KubeConfig;
let core: CoreV1Api;
const errors: string[] = [];

beforeAll(async () => {
  cluster = Cluster.create({ k8s: '1.32', seed: 1, now: '2026-01-05T08:00:00Z' });
  server = await served(cluster, { port: 0, live: false }, { err: (text) => void errors.push(text) });
  config = new KubeConfig();
  config.loadFromOptions({
    clusters: [{ name: 'c', server: `http://127.0.0.1:${server.port}`, skipTLSVerify: true }],
    users: [{ name: 'u' }],
    contexts: [{ name: 'x', cluster: 'c', user: 'u' }],
    currentContext: 'x',
  });
  core = config.makeApiClient(CoreV1Api);
});
afterAll(() => server.close());

const namespace = 'default';
const service = (name: string, labels: Record<string, string> = {}): V1Service => ({
  metadata: { name, labels },
  spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }] },
});
const code = async (promise: Promise<unknown>): Promise<number> => {
  try {
    await promise;
    return 200;
  } catch (error) {
    if (error instanceof ApiException) return error.code;
    throw error;
  }
};

/** Waits for something that the server has sent already, or will send at once. */
async function until(done: () => boolean): Promise<void> {
  for (let i = 0; i < 500 && !done(); i++) await new Promise((resolve) => setImmediate(resolve));
  for (let i = 0; i < 200 && !done(); i++) await new Promise((resolve) => setTimeout(resolve, 10));
  if (!done()) throw new Error('it has not come');
}

describe('a client library', () => {
  test('creates, reads, lists, deletes', async () => {
    const created = await core.createNamespacedService({ namespace, body: service('crud') });
    expect(created.spec?.clusterIP).toMatch(/^10\.96\./);
    expect(created.metadata?.creationTimestamp).toBeInstanceOf(Date);
    const { items } = await core.listNamespacedService({ namespace, fieldSelector: 'metadata.name=crud' });
    expect(items.map((i) => i.metadata?.uid)).toEqual([created.metadata?.uid]);
    await core.deleteNamespacedService({ namespace, name: 'crud' });
    expect(await code(core.readNamespacedService({ namespace, name: 'crud' }))).toBe(404);
  });

  test('sees a Deployment rolled out and its endpoints', async () => {
    const apps = config.makeApiClient(AppsV1Api);
    await apps.createNamespacedDeployment({
      namespace,
      body: {
        metadata: { name: 'web' },
        spec: {
          replicas: 3,
          selector: { matchLabels: { app: 'web' } },
          template: {
            metadata: { labels: { app: 'web' } },
            spec: { containers: [{ name: 'c', image: 'my-web-app', ports: [{ containerPort: 8080 }] }] },
          },
        },
      },
    });
    await core.createNamespacedService({ namespace, body: service('web') });
    const { status } = await apps.readNamespacedDeployment({ namespace, name: 'web' });
    expect(status?.readyReplicas).toBe(3);
    const slices = await config
      .makeApiClient(DiscoveryV1Api)
      .listNamespacedEndpointSlice({ namespace, labelSelector: 'kubernetes.io/service-name=web' });
    expect(slices.items.flatMap((s) => s.endpoints ?? [])).toHaveLength(3);
  });

  test.each([
    ['merge', PatchStrategy.MergePatch, { metadata: { labels: { kind: 'merge' } } }],
    ['strategic', PatchStrategy.StrategicMergePatch, { metadata: { labels: { kind: 'strategic' } } }],
    ['json', PatchStrategy.JsonPatch, [{ op: 'add', path: '/metadata/labels/kind', value: 'json' }]],
  ])('patches by %s', async (kind, strategy, body) => {
    const name = `patch-${kind}`;
    await core.createNamespacedService({ namespace, body: service(name, { a: 'b' }) });
    const patched = await core.patchNamespacedService(
      { namespace, name, body },
      setHeaderOptions('Content-Type', strategy),
    );
    expect(patched.metadata?.labels).toEqual({ a: 'b', kind });
  });

  test('applies server-side, and hears of conflicts', async () => {
    const apply = (port: number, fieldManager: string, force?: boolean): Promise<V1Service> =>
      core.patchNamespacedService(
        {
          namespace,
          name: 'ssa',
          fieldManager,
          ...(force === undefined ? {} : { force }),
          body: {
            apiVersion: 'v1',
            kind: 'Service',
            metadata: { name: 'ssa' },
            spec: { ports: [{ port: 80, targetPort: port }] },
          },
        },
        setHeaderOptions('Content-Type', PatchStrategy.ServerSideApply),
      );
    await apply(1, 'one');
    expect(await code(apply(2, 'two'))).toBe(409);
    expect((await apply(2, 'two', true)).spec?.ports?.[0]?.targetPort).toBe(2);
  });

  test('retries a conflict until it wins', async () => {
    await core.createNamespacedService({ namespace, body: service('counter', { n: '0' }) });
    let conflicts = 0;
    const increment = async (): Promise<void> => {
      for (;;) {
        const found = await core.readNamespacedService({ namespace, name: 'counter' });
        const n = Number(found.metadata?.labels?.['n']) + 1;
        const body = { ...found, metadata: { ...found.metadata, labels: { n: String(n) } } };
        const result = await code(core.replaceNamespacedService({ namespace, name: 'counter', body }));
        if (result === 200) return;
        if (result !== 409) throw new Error(`answered ${result}`);
        conflicts++;
      }
    };
    await Promise.all(Array.from({ length: 8 }, increment));
    const { metadata } = await core.readNamespacedService({ namespace, name: 'counter' });
    expect(metadata?.labels).toEqual({ n: '8' });
    expect(conflicts).toBeGreaterThan(0);
  });

  test('watches from a list on', async () => {
    const { metadata } = await core.listNamespacedService({ namespace });
    const seen: string[] = [];
    const controller = await new Watch(config).watch(
      '/api/v1/namespaces/default/services',
      { resourceVersion: metadata?.resourceVersion, labelSelector: 'watched' },
      (type, object: V1Service) => seen.push(`${type} ${object.metadata?.name ?? ''}`),
      () => undefined,
    );
    await core.createNamespacedService({ namespace, body: service('seen', { watched: 'yes' }) });
    await core.deleteNamespacedService({ namespace, name: 'seen' });
    await until(() => seen.length === 2);
    controller.abort();
    expect(seen).toEqual(['ADDED seen', 'DELETED seen']);
  });

  test('keeps an informer true, over a 410 as well', async () => {
    const labelSelector = 'informed';
    const informer = makeInformer(
      config,
      '/api/v1/namespaces/default/services',
      () => core.listNamespacedService({ namespace, labelSelector }),
      labelSelector,
    );
    const failures: unknown[] = [];
    informer.on('error', (error: unknown) => {
      failures.push(error);
      void informer.start();
    });
    const known = (): string[] =>
      informer
        .list()
        .map((s) => s.metadata?.name ?? '')
        .sort();
    await core.createNamespacedService({ namespace, body: service('i-1', { informed: 'yes' }) });
    await informer.start();
    await core.createNamespacedService({ namespace, body: service('i-2', { informed: 'yes' }) });
    await until(() => known().length === 2);
    // The history is gone: whoever watches has to list again.
    cluster.restore(cluster.snapshot());
    await core.createNamespacedService({ namespace, body: service('i-3', { informed: 'yes' }) });
    await core.deleteNamespacedService({ namespace, name: 'i-1' });
    await until(() => known().join() === 'i-2,i-3');
    await informer.stop();
  });

  test('is one of many', async () => {
    const clients = Array.from({ length: 20 }, () => config.makeApiClient(CoreV1Api));
    await Promise.all(
      clients.map(async (client, i) => {
        await client.createNamespacedService({ namespace, body: service(`many-${i}`, { many: 'yes' }) });
        await client.readNamespacedService({ namespace, name: `many-${i}` });
      }),
    );
    const { items } = await core.listNamespacedService({ namespace, labelSelector: 'many' });
    expect(new Set(items.map((i) => i.spec?.clusterIP)).size).toBe(20);
    expect(errors).toEqual([]);
  });
});

describe('the clock without --live', () => {
  test('follows the wall clock and leaves room for the jump after a write, so that nothing is made in the future', async () => {
    const start = Date.parse('2026-01-05T08:00:00Z');
    let wall = start;
    const own = Cluster.create({ k8s: '1.32', seed: 1, now: '2026-01-05T07:59:00Z' });
    const options = { port: 0, live: false, wallClock: () => wall };
    const quick = await served(own, options, { err: (text) => void errors.push(text) });
    const post = (path: string, body: object): Promise<Response> =>
      fetch(`http://127.0.0.1:${quick.port}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    wall = start + 60_000;
    const pod = { metadata: { name: 'web' }, spec: { containers: [{ name: 'c', image: 'nginx' }] } };
    expect((await post('/api/v1/namespaces/default/pods', pod)).status).toBe(201);
    expect(own.now).toBeGreaterThan(start + 57_000);
    expect(own.now).toBeLessThanOrEqual(wall);
    const events = own.api.list('Event', 'default') as readonly { lastTimestamp?: string | null }[];
    for (const { lastTimestamp } of events) expect(Date.parse(lastTimestamp ?? '')).not.toBeGreaterThan(wall);
    quick.close();
  });
});
