import { describe, expect, test } from 'vitest';
import type { Deployment, EndpointSlice, Pod } from '@/lib/kube/types';
import { messageOf, must, service, testApi, yaml } from './testing';
import type { WatchEvent } from './types';

const web = { ports: [{ port: 80 }] };

const pod = (name: string, labels: Record<string, string> = {}, namespace = 'default'): Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace, labels },
  spec: { containers: [{ name: 'c', image: 'nginx:1.27' }] },
});

const deployment = yaml(`
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: c, image: nginx }] }
`) as Deployment;

describe('create', () => {
  test('sets what only the server sets', () => {
    const { api } = testApi();
    const { metadata } = must(api.create(service(web)));
    expect(metadata.uid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4/);
    expect(metadata.creationTimestamp).toBe('2026-01-05T08:00:00Z');
    expect(Number(metadata.resourceVersion)).toBeGreaterThan(0);
    expect(metadata.generation).toBeUndefined();
    expect(must(api.create(deployment)).metadata.generation).toBe(1);
  });

  test('refuses a name that is taken', () => {
    const { api } = testApi();
    must(api.create(service(web)));
    expect(api.create(service(web))).toMatchObject({
      ok: false,
      error: { code: 409, reason: 'AlreadyExists' },
    });
    expect(messageOf(api.create(service(web)))).toBe('services "web" already exists');
    must(api.create(deployment));
    expect(messageOf(api.create(deployment))).toBe('deployments.apps "web" already exists');
  });

  test('refuses a namespace that does not exist', () => {
    const { api } = testApi();
    const lost = { ...service(web), metadata: { name: 'web', namespace: 'nowhere' } };
    expect(api.create(lost)).toMatchObject({
      error: { code: 404, details: { kind: 'namespaces', name: 'nowhere' } },
    });
    expect(messageOf(api.create(lost))).toBe('namespaces "nowhere" not found');
    must(api.create(yaml('{apiVersion: v1, kind: Namespace, metadata: {name: nowhere}}')));
    must(api.create(lost));
  });

  test('knows kinds by their version', () => {
    const { api } = testApi();
    expect(messageOf(api.create(yaml('{apiVersion: v1, kind: Servce, metadata: {name: a}}')))).toBe(
      'no matches for kind "Servce" in version "v1"',
    );
    expect(messageOf(api.create({ ...deployment, apiVersion: 'v1' }))).toBe(
      'no matches for kind "Deployment" in version "v1"',
    );
  });

  test('makes names from generateName', () => {
    const { api } = testApi();
    const unnamed: Pod = { ...pod(''), metadata: { generateName: 'web-' } };
    const first = must(api.create(unnamed)).metadata.name;
    expect(first).toMatch(/^web-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
    expect(must(api.create(unnamed)).metadata.name).not.toBe(first);
  });

  test('reports a taken node port before the taken name, as the real server does', () => {
    const { api } = testApi();
    const spec = { type: 'NodePort' as const, ports: [{ port: 80, nodePort: 30080 }] };
    must(api.create(service(spec)));
    expect(messageOf(api.create(service(spec)))).toBe(
      'Service "web" is invalid: spec.ports[0].nodePort: Invalid value: 30080: provided port is already allocated',
    );
  });
});

describe('update', () => {
  test('without a change gives back the same object and no event', () => {
    const { api, store } = testApi();
    const created = must(api.create(service(web)));
    const events: WatchEvent[] = [];
    store.subscribe((event) => events.push(event));
    expect(must(api.update(service({ ports: [{ port: 80 }] })))).toBe(created);
    expect(events).toEqual([]);
  });

  test('with an old resourceVersion is a conflict', () => {
    const { api } = testApi();
    const created = must(api.create(service(web)));
    must(api.update(service({ ports: [{ port: 81 }] })));
    expect(messageOf(api.update({ ...created, spec: { ports: [{ port: 82 }] } }))).toBe(
      'Operation cannot be fulfilled on services "web": the object has been modified; please apply your changes to the latest version and try again',
    );
  });

  test('counts the generation up when the spec changes, not for labels and status', () => {
    const { api } = testApi();
    const created = must(api.create(deployment));
    const labelled = must(api.update({ ...created, metadata: { ...created.metadata, labels: { a: 'b' } } }));
    expect(labelled.metadata.generation).toBe(1);
    const status = { ...labelled, status: { replicas: 1 } } as Deployment;
    expect(must(api.update(status, { subresource: 'status' })).metadata.generation).toBe(1);
    const scaled = must(
      api.update({ ...status, metadata: { name: 'web' }, spec: { ...status.spec, replicas: 2 } }),
    );
    expect((scaled as Deployment).metadata.generation).toBe(2);
  });

  test('of the status leaves the rest alone, and the other way round', () => {
    const { api } = testApi();
    const created = must(api.create(pod('a')));
    const running = {
      ...created,
      spec: { ...created.spec, nodeName: 'node-1' },
      status: { phase: 'Running' },
    } as Pod;
    const updated = must(api.update(running, { subresource: 'status' }));
    expect(updated.status?.phase).toBe('Running');
    expect(updated.spec).toBe(created.spec);
    const relabelled = must(
      api.update({ ...updated, metadata: { ...updated.metadata, labels: { x: 'y' } }, status: {} }),
    );
    expect((relabelled as Pod).status?.phase).toBe('Running');
  });

  test('of an unknown object is not found', () => {
    const { api } = testApi();
    expect(messageOf(api.update(service(web, 'nope')))).toBe('services "nope" not found');
  });
});

describe('delete', () => {
  test('keeps a running Pod until it is forced, with its grace period', () => {
    const { api } = testApi();
    const created = must(api.create({ ...pod('a'), spec: { ...pod('a').spec, nodeName: 'node-1' } }));
    const ref = { kind: 'Pod', namespace: 'default', name: 'a' };
    const { metadata } = must(api.delete(ref));
    expect(metadata).toMatchObject({
      deletionTimestamp: '2026-01-05T08:00:30Z',
      deletionGracePeriodSeconds: 30,
    });
    expect(api.get<Pod>('Pod', 'default', 'a')?.metadata.uid).toBe(created.metadata.uid);
    must(api.delete(ref, { force: true }));
    expect(api.get<Pod>('Pod', 'default', 'a')).toBeUndefined();
    expect(messageOf(api.delete(ref))).toBe('pods "a" not found');
  });

  test('removes a Pod without a node at once', () => {
    const { api } = testApi();
    must(api.create(pod('a')));
    must(api.delete({ kind: 'Pod', namespace: 'default', name: 'a' }));
    expect(api.list('Pod')).toEqual([]);
  });

  test('of a Service gives its cluster IP and node ports back', () => {
    const { api } = testApi();
    const spec = {
      type: 'NodePort' as const,
      clusterIP: '10.96.0.77',
      ports: [{ port: 80, nodePort: 30080 }],
    };
    must(api.create(service(spec)));
    expect(messageOf(api.create(service(spec, 'other')))).toContain('failed to allocate IP 10.96.0.77');
    must(api.delete({ kind: 'Service', namespace: 'default', name: 'web' }));
    must(api.create(service(spec, 'other')));
  });

  test('of a namespace marks it; nothing new comes into it; the first namespaces stay', () => {
    const { api } = testApi();
    must(api.create(yaml('{apiVersion: v1, kind: Namespace, metadata: {name: shop}}')));
    const deleted = must(api.delete({ kind: 'Namespace', namespace: '', name: 'shop' }));
    expect(deleted.status).toEqual({ phase: 'Terminating' });
    expect(messageOf(api.create(pod('a', {}, 'shop')))).toBe(
      'pods "a" is forbidden: unable to create new content in namespace shop because it is being terminated',
    );
    expect(messageOf(api.delete({ kind: 'Namespace', namespace: '', name: 'default' }))).toBe(
      'namespaces "default" is forbidden: this namespace may not be deleted',
    );
  });
});

describe('reading', () => {
  test('lists by namespace, then by name', () => {
    const { api } = testApi();
    for (const name of ['a', 'a-b'])
      must(api.create(yaml(`{apiVersion: v1, kind: Namespace, metadata: {name: ${name}}}`)));
    for (const [ns, name] of [
      ['a-b', 'x'],
      ['a', 'z'],
      ['a', 'y'],
      ['default', 'b'],
    ] as const)
      must(api.create(pod(name, {}, ns)));
    expect(api.list('Pod').map((p) => `${p.metadata.namespace}/${p.metadata.name}`)).toEqual([
      'a/y',
      'a/z',
      'a-b/x',
      'default/b',
    ]);
    must(api.delete({ kind: 'Pod', namespace: 'a', name: 'y' }));
    must(api.create(pod('x', {}, 'a')));
    expect(api.list('Pod', 'a').map((p) => p.metadata.name)).toEqual(['x', 'z']);
  });

  test('finds by labels and by owner, and follows changes', () => {
    const { api } = testApi();
    const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'rs', uid: 'u1', controller: true };
    const owned = {
      ...pod('b', { app: 'web', tier: 'x' }),
      metadata: { ...pod('b', { app: 'web', tier: 'x' }).metadata, ownerReferences: [owner] },
    };
    must(api.create(owned));
    const a = must(api.create(pod('a', { app: 'web' })));
    const names = (objects: readonly { metadata: { name?: string } }[]): unknown[] =>
      objects.map((o) => o.metadata.name);
    expect(names(api.labelled('Pod', 'default', { app: 'web' }))).toEqual(['a', 'b']);
    expect(names(api.labelled('Pod', 'default', { app: 'web', tier: 'x' }))).toEqual(['b']);
    expect(names(api.labelled('Pod', 'kube-system', { app: 'web' }))).toEqual([]);
    expect(names(api.ownedBy('Pod', 'u1'))).toEqual(['b']);
    must(api.update({ ...a, metadata: { ...a.metadata, labels: { app: 'db' } } }));
    expect(names(api.labelled('Pod', 'default', { app: 'web' }))).toEqual(['b']);
    must(api.delete({ kind: 'Pod', namespace: 'default', name: 'b' }));
    expect(names(api.ownedBy('Pod', 'u1'))).toEqual([]);
  });
});

describe('the store', () => {
  test('tells every write before it returns, in order', () => {
    const { api, store } = testApi();
    const seen: string[] = [];
    const stop = store.subscribe((e) => seen.push(`${e.type} ${e.object.metadata.resourceVersion ?? ''}`));
    const start = store.version;
    const created = must(api.create(pod('a')));
    must(api.update({ ...created, metadata: { ...created.metadata, labels: { x: 'y' } } }));
    must(api.delete({ kind: 'Pod', namespace: 'default', name: 'a' }));
    stop();
    must(api.create(pod('b')));
    expect(seen).toEqual([`ADDED ${start + 1}`, `MODIFIED ${start + 2}`, `DELETED ${start + 3}`]);
    expect(store.eventsAfter(start + 1)?.map((e) => e.event.type)).toEqual(['MODIFIED', 'DELETED', 'ADDED']);
  });

  test('goes back to a snapshot, indexes and allocations included', () => {
    const { api, store } = testApi();
    must(api.create(pod('a', { app: 'web' })));
    api.list('Pod');
    const before = store.snapshot();
    must(api.create(pod('b', { app: 'web' })));
    must(api.create(service({ type: 'NodePort', ports: [{ port: 80, nodePort: 30080 }] })));
    expect(api.list('Pod').length).toBe(2);
    store.restore(before);
    expect(api.list('Pod').map((p) => p.metadata.name)).toEqual(['a']);
    expect(api.labelled('Pod', 'default', { app: 'web' }).length).toBe(1);
    must(api.create(service({ type: 'NodePort', ports: [{ port: 80, nodePort: 30080 }] }, 'other')));
    expect(store.eventsAfter(0)).toBeUndefined();
  });
});

test('a slice without ports and endpoints keeps its nulls', () => {
  const { api } = testApi();
  const slice = yaml(
    '{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: s}, addressType: IPv4, endpoints: null, ports: null}',
  );
  const created = must(api.create(slice as EndpointSlice));
  expect([created.endpoints, created.ports]).toEqual([null, null]);
});
