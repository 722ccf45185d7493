// A control plane for tests: API server, controllers and the virtual clock, without kube-proxy and network.
import { EventQueue } from '@/lib/core/event-queue';
import { Random, type RandomState } from '@/lib/core/random';
import { createApi, type Store, type StoreState } from '@/lib/kube/api';
import type { ApiClient, WatchEvent } from '@/lib/kube/api/types';
import type { Deployment, Endpoint, EndpointSlice, KubeObject, Node, Pod, Service } from '@/lib/kube/types';
import { DEFAULT_VERSION, type K8sVersion } from '@/lib/kube/versions';
import { allControllers } from './all';
import { ControllerManager, type ManagerEvent, type ManagerState } from './manager';
import { byText, isPodReady } from './objects';
import { defaultNodes } from './static-objects';

interface Saved {
  readonly now: number;
  readonly queue: EventQueue<ManagerEvent>;
  readonly recurring: number;
  readonly store: StoreState;
  readonly manager: ManagerState;
  readonly random: RandomState;
}

/** Events live for an hour: a cluster that waits for that is quiet. */
const SETTLE_LIMIT_MS = 30 * 60_000;
const START = Date.parse('2026-01-01T00:00:00Z');

/** A running control plane with node-1 to node-3 (or other objects), on a clock that tests turn. */
export class TestCluster {
  readonly k8s: K8sVersion;
  readonly api: ApiClient;
  /** Every watch event, in order. */
  readonly events: WatchEvent[] = [];
  handled = 0;
  now = START;
  readonly #random = Random.seeded(1);
  readonly #store: Store;
  readonly #manager: ControllerManager;
  #queue = EventQueue.empty<ManagerEvent>();
  #recurring = 0;

  constructor(
    objects?: readonly KubeObject[],
    k8s: K8sVersion = DEFAULT_VERSION,
    serviceCIDRs: readonly string[] = ['10.96.0.0/16'],
  ) {
    this.k8s = k8s;
    const { api, store } = createApi({ random: this.#random, now: () => this.now, k8s, serviceCIDRs });
    this.api = api;
    this.#store = store;
    this.#manager = new ControllerManager({
      api: this.api,
      random: this.#random,
      k8s,
      controllers: allControllers(k8s),
      now: () => this.now,
      schedule: (at, event) => {
        this.#queue = this.#queue.with(at, event);
        if (event.lane === 'recurring') this.#recurring++;
      },
    });
    this.#store.subscribe((event) => {
      this.events.push(event);
      this.#manager.observe(event);
    });
    const given = objects ?? defaultNodes(k8s);
    for (const object of given) this.create(object);
  }

  create<T extends KubeObject>(object: T): T {
    const result = this.api.create(object);
    if (!result.ok) throw new Error(`${object.kind} ${object.metadata.name ?? ''}: ${result.error.message}`);
    return result.value;
  }

  update<T extends KubeObject>(object: T, subresource?: 'status'): T {
    const result = this.api.update(object, subresource ? { subresource } : {});
    if (!result.ok) throw new Error(`${object.kind} ${object.metadata.name ?? ''}: ${result.error.message}`);
    return result.value;
  }

  /** Runs until nothing is left to do but what comes in half an hour or later, or recurs for ever. */
  settle(): this {
    const end = this.now + SETTLE_LIMIT_MS;
    for (let head = this.#queue.head; head && head.at <= end; head = this.#queue.head) {
      if (this.#queue.size === this.#recurring) break;
      this.#step();
    }
    return this;
  }

  /** Runs this much virtual time. */
  advance(ms: number): this {
    const end = this.now + ms;
    for (let head = this.#queue.head; head && head.at <= end; head = this.#queue.head) this.#step();
    this.now = end;
    return this;
  }

  save(): Saved {
    return {
      now: this.now,
      queue: this.#queue,
      recurring: this.#recurring,
      store: this.#store.snapshot(),
      manager: this.#manager.snapshot(),
      random: this.#random.state,
    };
  }

  restore(saved: Saved): void {
    this.now = saved.now;
    this.#queue = saved.queue;
    this.#recurring = saved.recurring;
    this.#store.restore(saved.store);
    this.#manager.restore(saved.manager);
    this.#random.reset(saved.random);
  }

  pods(labels: Readonly<Record<string, string>> = {}): readonly Pod[] {
    return this.api.labelled<Pod>('Pod', 'default', labels);
  }

  readyPods(labels: Readonly<Record<string, string>> = {}): readonly Pod[] {
    return this.pods(labels).filter(isPodReady);
  }

  slices(service: string): readonly EndpointSlice[] {
    return this.api.labelled<EndpointSlice>('EndpointSlice', 'default', {
      'kubernetes.io/service-name': service,
    });
  }

  endpoints(service: string): readonly Endpoint[] {
    return this.slices(service).flatMap((s) => s.endpoints ?? []);
  }

  get<T extends KubeObject>(kind: T['kind'], name: string, namespace = 'default'): T {
    const object = this.api.get<T>(kind, namespace, name);
    if (!object) throw new Error(`no ${kind} ${namespace}/${name}`);
    return object;
  }

  /** Deployment `name` with other fields in its spec. */
  edit(name: string, spec: Partial<Deployment['spec']>): void {
    const deployment = this.get<Deployment>('Deployment', name);
    this.update<Deployment>({ ...deployment, spec: { ...deployment.spec, ...spec } });
  }

  #step(): void {
    const head = this.#queue.head;
    if (!head) return;
    this.#queue = this.#queue.withoutHead();
    if (head.event.lane === 'recurring') this.#recurring--;
    this.now = Math.max(this.now, head.at);
    this.handled++;
    this.#manager.handle(head.event);
  }
}

/** Values in the order of their texts. */
export const sorted = <T>(values: readonly T[]): readonly T[] =>
  values.toSorted((a, b) => byText(JSON.stringify(a) ?? '', JSON.stringify(b) ?? ''));

/** A Deployment of my-web-app with the label app=<name>. */
export const deployment = (
  name: string,
  replicas: number,
  spec: Partial<Deployment['spec']> = {},
): Deployment => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace: 'default' },
  spec: {
    replicas,
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: {
        containers: [
          { name: 'web', image: 'my-web-app:1.0', ports: [{ name: 'http', containerPort: 8080 }] },
        ],
      },
    },
    ...spec,
  },
});

/** A Service on port 80 → 8080 with the selector app=<name>. */
export const service = (name: string, spec: Partial<Service['spec']> = {}): Service => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'default' },
  spec: { selector: { app: name }, ports: [{ port: 80, protocol: 'TCP', targetPort: 8080 }], ...spec },
});

/** A bare Pod with the label app=<name>. */
export const pod = (name: string, spec: Partial<Pod['spec']> = {}): Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'default', labels: { app: name } },
  spec: { containers: [{ name: 'web', image: 'my-web-app:1.0' }], ...spec },
});

/** A Node with room for many Pods. */
export function bigNode(name: string, podCIDR: string, pods: number): Node {
  const status = {
    addresses: [{ type: 'InternalIP', address: '192.168.20.1' }],
    conditions: [{ type: 'Ready', status: 'True' }],
    allocatable: { cpu: '4', pods: String(pods) },
  } as const;
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: { 'topology.kubernetes.io/zone': 'a' } },
    spec: { podCIDR, podCIDRs: [podCIDR] },
    status,
  };
}
