// The kubelets of all nodes: starts what is bound to a node, gives addresses, reports, stops what is deleted. Models pkg/kubelet
// (pod workers, status manager, prober) as one state a Pod and the times at which it changes; nothing polls.
import { PersistentMap } from '@/lib/core/persistent-map';
import type { ApiClient, WatchEvent } from '@/lib/kube/api/types';
import type { ConfigMap, Container, Node, Pod } from '@/lib/kube/types';
import type { K8sVersion } from '@/lib/kube/versions';
import { LATENCY_MS, POD_REMOVAL_MS, UNSTARTED_POD_REMOVAL_MS } from '@/lib/kube/controllers/latencies';
import type { EventNote } from '@/lib/kube/controllers/event';
import { Cell } from '@/lib/kube/controllers/memory';
import {
  byText,
  conditionOf,
  equalJson,
  isPodTerminal,
  keyOf,
  splitKey,
} from '@/lib/kube/controllers/objects';
import type { Controller, ControllerContext } from '@/lib/kube/controllers/types';
import type { End } from './command';
import { behaviourOf } from './images';
import { kubeProxyConfigOf, kubeProxyEnd } from './kube-proxy-start';
import { pullingEvents, startedEvents, stoppingEvents, unhealthyEvents } from './events';
import { born, bornNotes, isTroubled, lived, type Life } from './life';
import { pullFault } from './pull';
import { allocate, EMPTY_RANGE, free, reserve, type AddressRange } from './ipam';
import { hostIps, podStatus } from './pod-status';
import { isFaulty, probeLagMs, readyAfterMs, startedAfterMs } from './probes';
import { stopMs } from './shutdown';
import { isKubeletStopped } from './stopped';

/** One Pod on its node. Times are virtual ms since the Unix epoch. */
interface Sandbox {
  /** The Pod came with a status of its own (a dump of a cluster): it is left as it is. */
  readonly adopted: boolean;
  readonly ips: readonly string[];
  readonly startAt: number;
  /** By container, if any of them does more than run. */
  readonly lives?: Readonly<Record<string, Life>>;
  /** Its readiness probes fail; `turn` is when they will have noticed the latest change. */
  readonly faulty: boolean;
  readonly turn?: number;
  readonly stopAt?: number;
}

interface Memory {
  /** By the Pod's uid. */
  readonly sandboxes: PersistentMap<Sandbox>;
  readonly ranges: PersistentMap<AddressRange>;
  /** Pods that wait for their node to be there or to have an address: key → node. */
  readonly waiting: PersistentMap<string>;
}

/** All kubelets. */
export function kubelet(k8s: K8sVersion): Controller {
  const memory = new Cell<Memory>({
    sandboxes: PersistentMap.empty(),
    ranges: PersistentMap.empty(),
    waiting: PersistentMap.empty(),
  });
  const own = { writing: false };
  return {
    name: 'kubelet',
    watches: ['Pod', 'Node'],
    latencyMs: LATENCY_MS.kubelet,
    memory,
    keysFor(event, { api }) {
      const { object, type } = event;
      if (object.kind === 'Node') return afterNode(event, memory.value, api);
      memory.value = accountAddresses(memory.value, event);
      const pod = object as Pod;
      if (type === 'DELETED') return forget(memory, pod);
      if (own.writing || !concernsKubelet(event)) return [];
      return [keyOf(pod)];
    },
    reconcile(key, context) {
      const { namespace, name } = splitKey(key);
      const pod = context.api.get<Pod>('Pod', namespace, name);
      if (!pod) return;
      own.writing = true;
      new PodWorker(pod, key, memory, context, k8s).sync();
      own.writing = false;
    },
  };
}

function concernsKubelet({ type, object, old }: WatchEvent): boolean {
  const pod = object as Pod;
  if (!pod.spec.nodeName && pod.metadata.deletionTimestamp === undefined) return false;
  if (type !== 'MODIFIED' || !old) return true;
  const before = old as Pod;
  return (
    pod.spec.nodeName !== before.spec.nodeName ||
    pod.metadata.deletionTimestamp !== before.metadata.deletionTimestamp ||
    isFaulty(pod) !== isFaulty(before) ||
    hasOtherImages(pod, before) ||
    (pod.spec.readinessGates !== undefined && !equalJson(pod.status, before.status))
  );
}

const hasOtherImages = ({ spec }: Pod, before: Pod): boolean =>
  spec !== before.spec && spec.containers.some((c, i) => c.image !== before.spec.containers[i]?.image);

/** A node that joins has Pods waiting for it; one whose kubelet runs again has missed what happened meanwhile. */
function afterNode({ type, object, old }: WatchEvent, memory: Memory, api: ApiClient): readonly string[] {
  const name = object.metadata.name ?? '';
  if (type === 'ADDED') return waitingFor(memory, name);
  const restarted = old && isKubeletStopped(old as Node) && !isKubeletStopped(object as Node);
  if (type !== 'MODIFIED' || !restarted) return [];
  return api
    .list<Pod>('Pod')
    .filter((p) => p.spec.nodeName === name)
    .map(keyOf);
}

const waitingFor = ({ waiting }: Memory, node: string): readonly string[] =>
  waiting.size === 0
    ? []
    : [...waiting.entries()].flatMap(([key, n]) => (n === node ? [key] : [])).sort(byText);

/** Addresses in a Pod's status are taken; those of a Pod that is gone are free again. */
function accountAddresses(memory: Memory, { type, object }: WatchEvent): Memory {
  const { spec, status } = object as Pod;
  const node = spec.nodeName;
  if (
    !node ||
    spec.hostNetwork ||
    !status?.podIPs ||
    (type === 'MODIFIED' && memory.sandboxes.has(object.metadata.uid ?? ''))
  )
    return memory;
  const change = type === 'DELETED' ? free : reserve;
  const range = status.podIPs.reduce((r, { ip }) => change(r, ip), memory.ranges.get(node) ?? EMPTY_RANGE);
  return { ...memory, ranges: memory.ranges.set(node, range) };
}

/** Its address is free: those who wait for one on that node may have it. */
function forget(memory: Cell<Memory>, pod: Pod): readonly string[] {
  const { sandboxes, ranges, waiting } = memory.value;
  const uid = pod.metadata.uid ?? '';
  const node = pod.spec.nodeName ?? '';
  const range = ranges.get(node);
  // An address that was given but not reported yet stands in the sandbox alone.
  const unreported = pod.status?.podIPs ? [] : pod.spec.hostNetwork ? [] : (sandboxes.get(uid)?.ips ?? []);
  const freed = range && unreported.length > 0 ? ranges.set(node, unreported.reduce(free, range)) : ranges;
  memory.value = { sandboxes: sandboxes.delete(uid), ranges: freed, waiting: waiting.delete(keyOf(pod)) };
  return waitingFor(memory.value, node);
}

/** When a container's present run began; undefined: it does not run. */
function runningSince({ lives, startAt }: Sandbox, { name }: Container): number | undefined {
  const life = lives?.[name];
  if (!life) return startAt;
  return life.phase === 'running' || life.phase === 'stopping' ? life.startedAt : undefined;
}

/** One turn of one Pod's worker. */
class PodWorker {
  readonly #uid: string;
  readonly #api: ApiClient;
  readonly #now: number;

  constructor(
    readonly pod: Pod,
    readonly key: string,
    readonly memory: Cell<Memory>,
    readonly context: ControllerContext,
    readonly k8s: K8sVersion,
  ) {
    this.#uid = pod.metadata.uid ?? '';
    this.#api = context.api;
    this.#now = context.now;
  }

  sync(): void {
    const { nodeName } = this.pod.spec;
    const deleting = this.pod.metadata.deletionTimestamp !== undefined;
    const node = nodeName ? this.#api.get<Node>('Node', '', nodeName) : undefined;
    if (isKubeletStopped(node)) return;
    if (deleting && (!node || isPodTerminal(this.pod))) return this.#remove();
    if (!nodeName || isPodTerminal(this.pod)) return;
    if (!node) return this.#wait(nodeName);
    const { waiting } = this.memory.value;
    if (waiting.has(this.key))
      this.memory.value = { ...this.memory.value, waiting: waiting.delete(this.key) };
    const sandbox = this.memory.value.sandboxes.get(this.#uid) ?? this.#begin();
    if (deleting) this.#stop(sandbox);
    else if (!sandbox.adopted) this.#run(sandbox, node);
  }

  #begin(): Sandbox {
    const { status, spec } = this.pod;
    const given = (status?.podIPs ?? []).map(({ ip }) => ip);
    const adopted =
      status?.phase === 'Running' &&
      given.length > 0 &&
      conditionOf(status.conditions, 'Ready') !== undefined;
    const startMs = Math.max(...spec.containers.map((c) => behaviourOf(c).startMs));
    if (!adopted) this.#say(pullingEvents(spec.containers));
    const startAt = adopted ? this.#now : this.#now + startMs;
    const troubled = !adopted && spec.containers.some((c) => isTroubled(c) || this.#endNow(c) !== undefined);
    return this.#keep({
      adopted,
      ips: given,
      startAt,
      ...(troubled
        ? {
            lives: Object.fromEntries(
              spec.containers.map((c) => [c.name, born(c, startAt, this.#endNow(c))]),
            ),
          }
        : {}),
      faulty: !adopted && isFaulty(this.pod),
    });
  }

  #keep(sandbox: Sandbox): Sandbox {
    this.memory.value = {
      ...this.memory.value,
      sandboxes: this.memory.value.sandboxes.set(this.#uid, sandbox),
    };
    return sandbox;
  }

  #wait(node: string): void {
    this.memory.value = { ...this.memory.value, waiting: this.memory.value.waiting.set(this.key, node) };
  }

  /** Towards running and ready: reports what is so now, and comes back when that changes. */
  #run(before: Sandbox, node: Node): void {
    if (this.#now < before.startAt) {
      this.#report(node, before, false);
      return this.#later(before.startAt);
    }
    const there = this.#withFault(before.ips.length > 0 ? before : this.#withAddress(before, node));
    if (there.ips.length === 0) return this.#wait(node.metadata.name ?? '');
    if (before.ips.length === 0) this.#sayStarted(there);
    const sandbox = there.lives ? this.#livedOn(there, there.lives) : there;
    this.#report(node, sandbox, true);
    for (const container of this.pod.spec.containers) {
      const startedAt = runningSince(sandbox, container);
      if (startedAt === undefined) continue;
      for (const after of [startedAfterMs(container), readyAfterMs(container)])
        if (after !== undefined && startedAt + after > this.#now) this.#later(startedAt + after);
    }
  }

  /** The lives of the containers up to now. */
  #livedOn(sandbox: Sandbox, before: NonNullable<Sandbox['lives']>): Sandbox {
    const lives: Record<string, Life> = {};
    const place = {
      pod: this.pod,
      ip: sandbox.ips[0] ?? '',
      k8s: this.k8s,
      endNow: (container: Container) => this.#endNow(container),
    };
    for (const container of this.pod.spec.containers) {
      const life = before[container.name] ?? born(container, this.#now);
      const { life: now, notes, nextAt, recurring } = lived(life, container, place, this.#now);
      lives[container.name] = now;
      this.#say(notes);
      if (nextAt !== undefined) this.#later(nextAt, recurring);
    }
    return this.#keep({ ...sandbox, lives });
  }

  /** What a container would find if it started now. */
  #endNow(container: Container): End | undefined {
    const mapOf = (namespace: string, name: string) => this.#api.get<ConfigMap>('ConfigMap', namespace, name);
    return kubeProxyEnd(kubeProxyConfigOf(this.pod, container, mapOf), this.k8s);
  }

  #withAddress(sandbox: Sandbox, node: Node): Sandbox {
    const { ranges } = this.memory.value;
    if (this.pod.spec.hostNetwork) return this.#keep({ ...sandbox, ips: hostIps(node) });
    const name = node.metadata.name ?? '';
    const cidrs = node.spec?.podCIDRs ?? (node.spec?.podCIDR ? [node.spec.podCIDR] : []);
    let range = ranges.get(name) ?? EMPTY_RANGE;
    const ips: string[] = [];
    for (const cidr of cidrs) {
      const given = allocate(range, cidr);
      if (!given) return sandbox;
      range = given.range;
      ips.push(given.ip);
    }
    this.memory.value = { ...this.memory.value, ranges: ranges.set(name, range) };
    return this.#keep({ ...sandbox, ips });
  }

  /** The probes notice a fault, or its end, only after some failures or a success. */
  #withFault(sandbox: Sandbox): Sandbox {
    const wanted = isFaulty(this.pod);
    if (wanted === sandbox.faulty) {
      const { turn: _, ...rest } = sandbox;
      return sandbox.turn === undefined ? sandbox : this.#keep(rest);
    }
    const turn = sandbox.turn ?? this.#now + probeLagMs(this.pod, sandbox.faulty);
    if (this.#now >= turn) {
      if (wanted) this.#say(unhealthyEvents(this.pod.spec.containers, sandbox.ips[0] ?? '', true));
      const { turn: _, ...rest } = sandbox;
      return this.#keep({ ...rest, faulty: wanted });
    }
    this.#later(turn);
    return this.#keep({ ...sandbox, turn });
  }

  #report(node: Node, sandbox: Sandbox, started: boolean): void {
    const status = podStatus(
      this.pod,
      node,
      {
        ips: sandbox.ips,
        startedAt: started ? sandbox.startAt : undefined,
        started: (container) => this.#hasPassed(startedAfterMs(container), sandbox, container),
        ready: (container) =>
          this.#hasPassed(readyAfterMs(container), sandbox, container) &&
          !(sandbox.faulty && container.readinessProbe),
        ...(sandbox.lives ? { lives: sandbox.lives } : {}),
      },
      this.#now,
      this.k8s,
    );
    if (!equalJson(this.pod.status ?? {}, status))
      this.#api.update<Pod>({ ...this.pod, status }, { subresource: 'status' });
  }

  /** Whether a container has been running for so long (ms). */
  #hasPassed(after: number | undefined, sandbox: Sandbox, container: Container): boolean {
    const since = runningSince(sandbox, container);
    return after !== undefined && since !== undefined && since + after <= this.#now;
  }

  /** preStop, SIGTERM, the shutdown, all within the grace period; then the object goes. */
  #stop(sandbox: Sandbox): void {
    const begun = sandbox.adopted || this.#now >= sandbox.startAt;
    const running = this.pod.spec.containers.filter((c) => runningSince(sandbox, c) !== undefined);
    const started = begun && running.length > 0;
    const after = started ? stopMs(this.pod) + POD_REMOVAL_MS : UNSTARTED_POD_REMOVAL_MS;
    const stopAt = sandbox.stopAt ?? this.#now + after;
    if (this.#now >= stopAt) return this.#remove();
    if (started && sandbox.stopAt === undefined) this.#say(stoppingEvents(running));
    this.#keep({ ...sandbox, stopAt });
    this.#later(stopAt);
  }

  #sayStarted(sandbox: Sandbox): void {
    const { containers } = this.pod.spec;
    const there = containers.filter((c) => pullFault(c.image ?? '') === undefined);
    this.#say(startedEvents(there, this.k8s));
    this.#say(containers.flatMap(bornNotes));
    const failing = there.filter((c) => startedAfterMs(c) !== undefined && readyAfterMs(c) === undefined);
    this.#say(unhealthyEvents(failing, sandbox.ips[0] ?? '', false));
  }

  #say(notes: readonly Omit<EventNote, 'component' | 'host'>[]): void {
    const host = this.pod.spec.nodeName ?? '';
    for (const note of notes) this.context.record(this.pod, { ...note, component: 'kubelet', host });
  }

  /** `recurring`: what has happened before and will again. */
  #later(at: number, recurring = false): void {
    this.context.requeueAfter(this.key, at - this.#now, recurring);
  }

  #remove(): void {
    const { namespace = '', name = '' } = this.pod.metadata;
    this.#api.delete({ kind: 'Pod', namespace, name }, { force: true });
  }
}
