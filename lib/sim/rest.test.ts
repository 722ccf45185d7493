// A model-based test: whatever clients do, the cluster keeps its promises.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sameJson } from '@/lib/kube/api/json';
import { isPodReady } from '@/lib/kube/controllers/objects';
import type { EndpointSlice, KubeObject, Pod, Service } from '@/lib/kube/types';
import { Cluster } from './cluster';

const NAMES = ['a', 'b', 'c'];
const LABELS = ['red', 'blue'];
const name = fc.constantFrom(...NAMES);
const label = fc.constantFrom(...LABELS);
const port = fc.integer({ min: 30000, max: 30003 });

type Action =
  | {
      readonly do: 'service';
      readonly name: string;
      readonly app: string;
      readonly type: string;
      readonly nodePort: number;
    }
  | { readonly do: 'patch'; readonly name: string; readonly app: string; readonly type: string }
  | { readonly do: 'deployment'; readonly name: string; readonly app: string; readonly replicas: number }
  | { readonly do: 'scale'; readonly name: string; readonly replicas: number }
  | { readonly do: 'relabel'; readonly pod: number; readonly app: string }
  | { readonly do: 'delete'; readonly resource: string; readonly name: string }
  | { readonly do: 'kill'; readonly pod: number }
  | { readonly do: 'wait'; readonly ms: number };

const type = fc.constantFrom('ClusterIP', 'NodePort', 'LoadBalancer');
const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ do: fc.constant('service' as const), name, app: label, type, nodePort: port }),
  fc.record({ do: fc.constant('patch' as const), name, app: label, type }),
  fc.record({
    do: fc.constant('deployment' as const),
    name,
    app: label,
    replicas: fc.integer({ min: 0, max: 3 }),
  }),
  fc.record({ do: fc.constant('scale' as const), name, replicas: fc.integer({ min: 0, max: 3 }) }),
  fc.record({ do: fc.constant('relabel' as const), pod: fc.nat(9), app: label }),
  fc.record({
    do: fc.constant('delete' as const),
    resource: fc.constantFrom('services', 'deployments'),
    name,
  }),
  fc.record({ do: fc.constant('kill' as const), pod: fc.nat(9) }),
  fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(1, 5, 50, 1000, 40_000) }),
);

const CORE = '/api/v1/namespaces/default';
const APPS = '/apis/apps/v1/namespaces/default';
const MERGE = { 'content-type': 'application/merge-patch+json' };

function holds(truth: boolean, what: string): void {
  if (!truth) throw new Error(`broken: ${what}`);
}
function same(got: unknown, wanted: unknown): void {
  holds(sameJson(got, wanted), `${JSON.stringify(got)} instead of ${JSON.stringify(wanted)}`);
}

class World {
  readonly cluster = Cluster.create({ k8s: '1.32', seed: 7, now: '2026-01-01T00:00:00Z' });
  readonly #watched = new Map<string, KubeObject>();
  lastVersion = 0;

  constructor() {
    const { stream } = this.cluster.handle({ method: 'GET', path: '/api/v1/services', query: 'watch=true' });
    stream?.subscribe(
      (text) => this.#heard(text),
      () => undefined,
    );
  }

  #heard(text: string): void {
    const { type: what, object } = JSON.parse(text) as { type: string; object: KubeObject };
    const { namespace = '', name: called = '', resourceVersion } = object.metadata;
    const version = Number(resourceVersion);
    // What was there at the start comes in the order of names, not of versions.
    if (what !== 'ADDED') holds(version > this.lastVersion, `version ${version} after ${this.lastVersion}`);
    this.lastVersion = Math.max(version, this.lastVersion);
    if (what === 'DELETED') this.#watched.delete(`${namespace}/${called}`);
    else this.#watched.set(`${namespace}/${called}`, object);
  }

  ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): number {
    const before = this.version;
    const request = { method, path, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    const { status } = this.cluster.handle(request);
    holds(this.version >= before, 'resourceVersion grows');
    holds(status !== 500, `${method} ${path} fails`);
    return status;
  }

  get version(): number {
    const { body } = this.cluster.handle({ method: 'GET', path: `${CORE}/services` });
    return Number(
      (JSON.parse(String(body as string)) as { metadata: { resourceVersion: string } }).metadata
        .resourceVersion,
    );
  }

  run(step: Action): void {
    switch (step.do) {
      case 'service':
        this.ask('POST', `${CORE}/services`, {
          metadata: { name: step.name },
          spec: {
            type: step.type,
            selector: { app: step.app },
            ports: [{ port: 80, ...(step.type === 'NodePort' ? { nodePort: step.nodePort } : {}) }],
          },
        });
        break;
      case 'patch':
        this.ask(
          'PATCH',
          `${CORE}/services/${step.name}`,
          { spec: { type: step.type, selector: { app: step.app } } },
          MERGE,
        );
        break;
      case 'deployment':
        this.ask('POST', `${APPS}/deployments`, deployment(step));
        break;
      case 'scale':
        this.ask(
          'PATCH',
          `${APPS}/deployments/${step.name}/scale`,
          { spec: { replicas: step.replicas } },
          MERGE,
        );
        break;
      case 'delete':
        this.ask('DELETE', `${step.resource === 'services' ? CORE : APPS}/${step.resource}/${step.name}`);
        break;
      case 'wait':
        this.cluster.advance(step.ms);
        break;
      default: {
        const pods = this.cluster.api.list<Pod>('Pod', 'default');
        const pod = pods[step.pod % Math.max(1, pods.length)];
        const path = `${CORE}/pods/${pod?.metadata.name ?? 'none'}`;
        if (step.do === 'kill') this.ask('DELETE', path);
        else this.ask('PATCH', path, { metadata: { labels: { app: step.app } } }, MERGE);
      }
    }
  }

  check(): void {
    const services = this.cluster.api.list<Service>('Service');
    const ips = services.flatMap(({ spec }) => (spec.clusterIPs ?? []).filter((ip) => ip !== 'None'));
    holds(new Set(ips).size === ips.length, 'no two Services share a ClusterIP');
    const ports = services.flatMap(({ spec }) => (spec.ports ?? []).flatMap((p) => p.nodePort ?? []));
    holds(new Set(ports).size === ports.length, 'no two Services share a node port');
    same(
      [...this.#watched.keys()].sort(),
      services.map((s) => `${s.metadata.namespace ?? ''}/${s.metadata.name ?? ''}`).sort(),
    );
    for (const service of services)
      same(this.#watched.get(`${service.metadata.namespace ?? ''}/${service.metadata.name ?? ''}`), service);
  }

  /** Once all is quiet, the slices of a Service are its Pods. */
  checkSlices(): void {
    const { api } = this.cluster;
    for (const service of api.list<Service>('Service', 'default')) {
      if (!service.spec.selector) continue;
      const slices = api.labelled<EndpointSlice>('EndpointSlice', 'default', {
        'kubernetes.io/service-name': service.metadata.name ?? '',
      });
      const got = slices.flatMap((s) =>
        (s.endpoints ?? []).map((e) => [e.targetRef?.name, e.addresses[0], e.conditions?.ready]),
      );
      const wanted = api
        .labelled<Pod>('Pod', 'default', service.spec.selector)
        .filter((p) => p.status?.podIP !== undefined)
        .map((p) => [
          p.metadata.name,
          p.status?.podIP,
          isPodReady(p) && p.metadata.deletionTimestamp === undefined,
        ]);
      same(got.map(String).sort(), wanted.map(String).sort());
    }
  }
}

const deployment = (step: {
  readonly name: string;
  readonly app: string;
  readonly replicas: number;
}): object => ({
  metadata: { name: step.name },
  spec: {
    replicas: step.replicas,
    selector: { matchLabels: { of: step.name } },
    template: {
      metadata: { labels: { of: step.name, app: step.app } },
      spec: { containers: [{ name: 'c', image: 'nginx' }] },
    },
  },
});

describe('random requests', () => {
  test('keep addresses and ports apart, versions growing, watches and slices true', () => {
    fc.assert(
      fc.property(fc.array(action, { minLength: 1, maxLength: 25 }), (steps) => {
        const world = new World();
        for (const step of steps) {
          world.run(step);
          world.check();
        }
        world.cluster.settle();
        world.check();
        world.checkSlices();
        expect(world.lastVersion).toBeGreaterThan(0);
      }),
      { numRuns: 25, seed: 20260101 },
    );
  });
});
