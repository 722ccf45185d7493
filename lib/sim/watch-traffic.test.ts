// The bytes counted are those that a watcher of the API server is sent, event by event.
import { describe, expect, test } from 'vitest';
import type { Pod } from '@/lib/kube/types';
import { ChangeLog } from './changes';
import { Cluster } from './cluster';
import { START } from './testing/start';
import { keepsSince, watchedEvents } from './watch-traffic';

const WEB = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, annotations: {note: 五个副本}}
spec:
  replicas: 5
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

function web(): Cluster {
  const cluster = Cluster.create({ k8s: '1.32', seed: 1, now: START });
  expect(cluster.applyText('web.yaml', WEB).outcome).toBe('applied');
  return cluster;
}

/** Lines that a client gets from a watch that begins now. */
function watch(cluster: Cluster, path: string): string[] {
  const lines: string[] = [];
  const { stream } = cluster.handle({
    method: 'GET',
    path,
    query: 'watch=true&sendInitialEvents=false&resourceVersionMatch=NotOlderThan',
  });
  stream?.subscribe(
    (text) => lines.push(text),
    () => undefined,
  );
  return lines;
}

function replaceOnePod(cluster: Cluster): void {
  const pod = cluster.api.list<Pod>('Pod', 'default')[0]?.metadata.name ?? '';
  cluster.handle({ method: 'DELETE', path: `/api/v1/namespaces/default/pods/${pod}` });
  cluster.settle();
}

describe('bytes of a watch', () => {
  test.each([
    ['Endpoints', '/api/v1/endpoints'],
    ['EndpointSlice', '/apis/discovery.k8s.io/v1/endpointslices'],
    ['Pod', '/api/v1/pods'],
    ['Deployment', '/apis/apps/v1/deployments'],
  ] as const)('of %s are what a client of %s is sent', (kind, path) => {
    const cluster = web();
    const since = cluster.changes.total;
    const lines = watch(cluster, path);
    replaceOnePod(cluster);
    const events = watchedEvents(cluster, kind, since);
    expect(lines.length).toBeGreaterThan(1);
    expect(events.map((e) => e.bytes)).toEqual(lines.map((line) => Buffer.byteLength(line)));
    expect(events.map((e) => e.type)).toEqual(
      lines.map((line) => (JSON.parse(line) as { type: string }).type),
    );
  });

  test('a kind that is not served has no events', () => {
    expect(watchedEvents(web(), 'PodStatusResult')).toEqual([]);
  });

  test('events are numbered, and a rewound cluster has forgotten them', () => {
    const cluster = web();
    const before = cluster.snapshot();
    const since = cluster.changes.total;
    replaceOnePod(cluster);
    const ids = watchedEvents(cluster, 'Endpoints', since).map((e) => e.id);
    expect(ids).toEqual([...ids].sort((a, b) => a - b));
    expect(ids[0]).toBeGreaterThan(since);
    cluster.restore(before);
    expect(watchedEvents(cluster, 'Endpoints', since)).toEqual([]);
  });

  test('says when older changes are no longer kept', () => {
    let log = ChangeLog.empty;
    for (let i = 0; i < 1500; i++) log = log.with({ at: i, by: 'kube-proxy', type: 'RULES', node: 'node-1' });
    expect(keepsSince(log, 0)).toBe(false);
    expect(keepsSince(log, log.total - 1)).toBe(true);
    expect(keepsSince(ChangeLog.empty, 0)).toBe(true);
  });
});
