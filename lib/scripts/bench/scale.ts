// A cluster as a whole, in Node: from nothing to the first answered request, a thousand Services and one step of their scale, and
// watchers. Virtual time jumps: what is measured is the work.
import v8 from 'node:v8';
import vm from 'node:vm';
import type { KubeObject, Service } from '@/lib/kube/types';
import { Cluster } from '@/lib/sim';
import { measure, ms, type Measured, type Row } from './measure';

const K8S = '1.32';
export const SERVICES = 1_000;
export const ENDPOINTS = 10;
const WATCHERS = 50;
const EVENTS = 5_000;

const both = ({ p50, p95 }: Measured): string => `${ms(p50)} p50, ${ms(p95)} p95`;
const fresh = (): Cluster => Cluster.create({ k8s: K8S, seed: 1, now: '2026-01-05T08:00:00Z' });

export const web = (replicas: number): KubeObject =>
  ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'default' },
    spec: {
      replicas,
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: { containers: [{ name: 'web', image: 'my-web-app', ports: [{ containerPort: 8080 }] }] },
      },
    },
  }) as KubeObject;

export const service = (name: string): Service => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'default' },
  spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }] },
});

/** Rows of the table. */
export const scaleRows = (): readonly Row[] => [
  freshRow(3, '≤ 50 ms'),
  freshRow(100, '≤ 100 ms'),
  ...thousandServices(),
  watchRow(),
];

function freshRow(pods: number, limit: string): Row {
  const times = measure(10, () => {
    const cluster = fresh();
    cluster.join([web(pods), service('web')]);
    answered(cluster, 'web');
  });
  return {
    what: `fresh cluster: 3 nodes, CoreDNS, ${pods} Pods ready, first request answered`,
    value: both(times),
    limit,
  };
}

/** A request to a Service from a node; one that nobody answers is a fault. */
function answered(cluster: Cluster, name: string): void {
  const to = cluster.api.get<Service>('Service', 'default', name)?.spec.clusterIP ?? '';
  const made = cluster.network.connect({ from: { node: 'node-1' }, to, port: 80, protocol: 'tcp' });
  if (!made.ok || made.value.verdict !== 'delivered') throw new Error(`nobody answers for Service ${name}`);
}

function thousandServices(): readonly Row[] {
  const before = heap();
  const cluster = fresh();
  const started = performance.now();
  cluster.join([web(ENDPOINTS), ...Array.from({ length: SERVICES }, (_, i) => service(`s-${i}`))]);
  const settled = performance.now() - started;
  const held = heap() - before;
  const steps = measure(6, (i) => {
    cluster.apply(web(ENDPOINTS + 1 + (i + 1)));
    cluster.settle();
    for (const node of cluster.nodes) cluster.rules(node);
  });
  answered(cluster, `s-${SERVICES - 1}`);
  const what = `${SERVICES} Services × ${ENDPOINTS} endpoints`;
  return [
    { what: `${what}: from the first write to rest`, value: ms(settled), limit: '≤ 300 ms' },
    {
      what: `${what}: one step of scale that all of them see, on every node`,
      value: both(steps),
      limit: '≤ 20 ms',
    },
    { what: `${what}: memory`, value: `${(held / 1e6).toFixed(0)} MB`, limit: '≤ 150 MB' },
  ];
}

/** Writes to one object, each of which every watcher hears of. */
function watchRow(): Row {
  const cluster = fresh();
  cluster.join([service('web')]);
  let heard = 0;
  for (let i = 0; i < WATCHERS; i++)
    cluster
      .handle({
        method: 'GET',
        path: '/api/v1/services',
        query: `watch=true&resourceVersion=${version(cluster)}`,
      })
      .stream?.subscribe(
        (text) => (heard += text.split('\n').length - 1),
        () => undefined,
      );
  const times = measure(1, () => {
    heard = 0;
    for (let i = 0; i < EVENTS; i++)
      cluster.handle({
        method: 'PATCH',
        path: '/api/v1/namespaces/default/services/web',
        headers: { 'content-type': 'application/merge-patch+json' },
        body: `{"metadata":{"labels":{"n":"${i}"}}}`,
      });
  });
  if (heard !== WATCHERS * EVENTS) throw new Error(`${heard} events were heard`);
  return { what: `${EVENTS} writes, each heard by ${WATCHERS} watchers`, value: ms(times.p50) };
}

const version = (cluster: Cluster): string => {
  const { body } = cluster.handle({ method: 'GET', path: '/api/v1/services' });
  const list = JSON.parse(String(body)) as { readonly metadata: { readonly resourceVersion: string } };
  return list.metadata.resourceVersion;
};

v8.setFlagsFromString('--expose-gc');
const collect = vm.runInNewContext('gc') as () => void;

export function heap(): number {
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}
