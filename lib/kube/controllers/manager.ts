// Drives the controllers: kube-controller-manager, kube-scheduler and the kubelets share this one loop. Models client-go's
// util/workqueue: a key waits at most once in the queue; delayed keys wait apart and never hold up an immediate one. When a batch of
// keys is due stands in the cluster's event queue.
import type { Random } from '@/lib/core/random';
import type { ApiClient, WatchEvent } from '@/lib/kube/api/types';
import type { K8sVersion } from '@/lib/kube/versions';
import { ComponentClient } from './component-client';
import { EventRecorder } from './event-recorder';
import type { Controller, ControllerContext } from './types';

/** All keys of one controller that are due at one time. */
export interface ManagerEvent {
  readonly controller: string;
  readonly lane: Lane;
  readonly at: number;
}

/** `queue`: after a watch event. `delay`: after requeueAfter. `recurring`: the same, for what goes on for ever (crash loops). */
type Lane = 'queue' | 'delay' | 'recurring';

/** What one controller waits for: immutable, as a snapshot holds it. */
interface Waiting {
  /** Due time by "lane|key". */
  readonly due: ReadonlyMap<string, number>;
  /** The keys to look at by "lane|time", in the order in which they were put in. */
  readonly batches: ReadonlyMap<string, readonly string[]>;
}

/** The same while it is being worked on. A quiet cluster has none, so that copying for a snapshot costs nothing then. */
interface WorkQueue extends Waiting {
  readonly due: Map<string, number>;
  readonly batches: Map<string, string[]>;
}

export interface ManagerState {
  readonly waiting: ReadonlyMap<string, Waiting>;
  readonly memories: ReadonlyMap<string, unknown>;
}

export interface ManagerOptions {
  readonly api: ApiClient;
  readonly random: Random;
  readonly k8s: K8sVersion;
  readonly controllers: readonly Controller[];
  /** Virtual time, ms since the Unix epoch. */
  now(): number;
  /** Give this event back to `handle` at the virtual time `at` (ms since the Unix epoch). */
  schedule(at: number, event: ManagerEvent): void;
}

/** The recorder's memory stands among the controllers' in a snapshot. */
const RECORDER = 'event-recorder';

const copyOf = ({ due, batches }: Waiting): WorkQueue => ({
  due: new Map(due),
  batches: new Map([...batches].map(([time, keys]) => [time, [...keys]])),
});

/** The control plane's loops on the cluster's virtual clock. */
export class ControllerManager {
  readonly #options: ManagerOptions;
  readonly #byName: ReadonlyMap<string, Controller>;
  readonly #byKind = new Map<string, Controller[]>();
  #queues = new Map<string, WorkQueue>();
  readonly #recorder: EventRecorder;
  /** By controller: its own way to the API. */
  readonly #clients: ReadonlyMap<string, ApiClient>;

  constructor(options: ManagerOptions) {
    this.#options = options;
    this.#recorder = new EventRecorder(options.api, () => options.now());
    this.#clients = new Map(
      options.controllers.map(({ name }) => [name, new ComponentClient(options.api, name)]),
    );
    this.#byName = new Map(options.controllers.map((c) => [c.name, c]));
    for (const controller of options.controllers) {
      this.#queues.set(controller.name, { due: new Map(), batches: new Map() });
      for (const kind of controller.watches)
        this.#byKind.set(kind, [...(this.#byKind.get(kind) ?? []), controller]);
    }
  }

  /** Takes a watch event in: marks the keys that it concerns. Every event must come here, in order. */
  observe(event: WatchEvent): void {
    for (const controller of this.#byKind.get(event.object.kind) ?? []) {
      const keys = controller.keysFor(event, this.#context(controller));
      const at = this.#options.now() + controller.latencyMs;
      for (const key of keys) this.#put(controller.name, 'queue', key, at);
    }
  }

  /** Reconciles what is due: the event that `schedule` was given. */
  handle({ controller: name, lane, at }: ManagerEvent): void {
    const controller = this.#byName.get(name);
    const queue = this.#queues.get(name);
    const keys = queue?.batches.get(`${lane}|${at}`);
    if (!controller || !queue || !keys) return;
    queue.batches.delete(`${lane}|${at}`);
    const context = this.#context(controller);
    for (const key of keys) {
      const id = `${lane}|${key}`;
      if (queue.due.get(id) !== at) continue;
      queue.due.delete(id);
      controller.reconcile(key, context);
    }
  }

  /** Whether any controller has work that is due at some time. */
  get busy(): boolean {
    return [...this.#queues.values()].some((q) => q.due.size > 0);
  }

  snapshot(): ManagerState {
    const memories = this.#options.controllers.flatMap((c) =>
      c.memory ? [[c.name, c.memory.read()] as const] : [],
    );
    return {
      waiting: new Map([...this.#queues].map(([name, queue]) => [name, copyOf(queue)])),
      memories: new Map([...memories, [RECORDER, this.#recorder.memory.read()]]),
    };
  }

  restore(state: ManagerState): void {
    this.#queues = new Map([...state.waiting].map(([name, waiting]) => [name, copyOf(waiting)]));
    for (const controller of this.#options.controllers)
      if (state.memories.has(controller.name)) controller.memory?.write(state.memories.get(controller.name));
    if (state.memories.has(RECORDER)) this.#recorder.memory.write(state.memories.get(RECORDER));
  }

  #put(name: string, lane: Lane, key: string, at: number): void {
    const queue = this.#queues.get(name);
    const id = `${lane}|${key}`;
    const known = queue?.due.get(id);
    if (!queue || (known !== undefined && known <= at)) return;
    queue.due.set(id, at);
    const batch = `${lane}|${at}`;
    const keys = queue.batches.get(batch);
    if (keys) keys.push(key);
    else {
      queue.batches.set(batch, [key]);
      this.#options.schedule(at, { controller: name, lane, at });
    }
  }

  #context(controller: Controller): ControllerContext {
    const { api, random, k8s } = this.#options;
    return {
      api: this.#clients.get(controller.name) ?? api,
      random,
      k8s,
      now: this.#options.now(),
      record: (about, note) => this.#recorder.record(about, note),
      requeueAfter: (key, ms, recurring = false) =>
        this.#put(controller.name, recurring ? 'recurring' : 'delay', key, this.#options.now() + ms),
    };
  }
}
