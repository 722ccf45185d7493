// Nodes whose kubelet has gone silent: NotReady after a while, tainted, and in the end their Pods are deleted; Pods of nodes that do
// not exist any more go too. Models pkg/controller/nodelifecycle/node_lifecycle_controller.go, tainteviction and podgc.
import { PersistentMap } from '@/lib/core/persistent-map';
import type { ApiClient, WatchEvent } from '@/lib/kube/api/types';
import type { Condition, Node, Pod } from '@/lib/kube/types';
import { differences, type K8sVersion } from '@/lib/kube/versions';
import { isKubeletStopped } from '@/lib/kube/kubelet/stopped';
import { LATENCY_MS } from '../latencies';
import { Cell } from '../memory';
import { conditionOf, isPodReady, keyOf, timestamp } from '../objects';
import type { Controller, ControllerContext } from '../types';
import { evictionDelayMs, UNREACHABLE, unreachableTaints } from './taints';

const COMPONENT = 'node-controller';
const SILENT_TYPES = ['Ready', 'MemoryPressure', 'DiskPressure', 'PIDPressure'];
/** podgc: a Pod of a missing node goes after the quarantine (quarantineTime). */
const QUARANTINE_MS = 40_000;

/** Since when a node's kubelet is silent, by node. */
type Silence = PersistentMap<number>;

/** The node lifecycle controller, with taint eviction and the garbage collection of orphaned Pods. */
export function nodeLifecycleController(k8s: K8sVersion): Controller {
  const memory = new Cell<Silence>(PersistentMap.empty());
  return {
    name: 'node-lifecycle-controller',
    watches: ['Node', 'Pod'],
    latencyMs: LATENCY_MS.nodeLifecycle,
    memory,
    keysFor(event, { now }) {
      if (event.object.kind === 'Pod') return afterPod(event, memory.value);
      const name = event.object.metadata.name ?? '';
      if (event.type === 'DELETED') return [`gone/${name}`];
      const silent = isKubeletStopped(event.object as Node);
      if (silent === memory.value.has(name)) return [];
      memory.value = silent ? memory.value.set(name, now) : memory.value.delete(name);
      return [`node/${name}`];
    },
    reconcile(key, context) {
      const [what = '', name = '', podName = ''] = key.split('/');
      if (what === 'gone') return collectOrphans(name, podName, context);
      if (what === 'pod') return evict(name, podName, context, memory.value);
      const node = context.api.get<Node>('Node', '', name);
      if (!node) return;
      const since = memory.value.get(name);
      if (since === undefined) return recover(node, context);
      const grace = differences.longNodeGrace(k8s) ? 50_000 : 40_000;
      const left = since + grace - context.now;
      if (left > 0) context.requeueAfter(key, left);
      else silence(node, context);
    },
  };
}

/** A Pod that comes to, or stands on, a silent node may have to be evicted. */
function afterPod({ type, object }: WatchEvent, silence: Silence): readonly string[] {
  const pod = object as Pod;
  if (type !== 'ADDED' || silence.size === 0 || !silence.has(pod.spec.nodeName ?? '')) return [];
  return [`pod/${keyOf(pod)}`];
}

const podsOn = (api: ApiClient, node: string): readonly Pod[] =>
  api.list<Pod>('Pod').filter((p) => p.spec.nodeName === node);

/** The kubelet has not reported for the grace period. */
function silence(node: Node, context: ControllerContext): void {
  const { api, now, record, requeueAfter } = context;
  const name = node.metadata.name ?? '';
  if (conditionOf(node.status?.conditions, 'Ready')?.status === 'Unknown') return;
  const unknown: readonly Condition[] = (node.status?.conditions ?? []).map((c) =>
    SILENT_TYPES.includes(c.type)
      ? {
          ...c,
          status: 'Unknown',
          reason: 'NodeStatusUnknown',
          message: 'Kubelet stopped posting node status.',
          lastTransitionTime: timestamp(now),
        }
      : c,
  );
  const updated = api.update<Node>(
    { ...node, status: { ...node.status, conditions: unknown } },
    { subresource: 'status' },
  );
  if (updated.ok) {
    const taints = [...(node.spec?.taints ?? []), ...unreachableTaints(now)];
    api.update<Node>({ ...updated.value, spec: { ...updated.value.spec, taints } });
  }
  const message = `Node ${name} status is now: NodeNotReady`;
  record(node, { type: 'Normal', reason: 'NodeNotReady', message, component: COMPONENT });
  for (const pod of podsOn(api, name)) {
    if (isPodReady(pod)) markNotReady(pod, context);
    const delay = evictionDelayMs(pod);
    if (delay !== undefined) requeueAfter(`pod/${keyOf(pod)}`, delay);
  }
}

function markNotReady(pod: Pod, { api, now, record }: ControllerContext): void {
  const conditions = (pod.status?.conditions ?? []).map((c) =>
    c.type === 'Ready' ? { ...c, status: 'False' as const, lastTransitionTime: timestamp(now) } : c,
  );
  record(pod, {
    type: 'Warning',
    reason: 'NodeNotReady',
    message: 'Node is not ready',
    component: COMPONENT,
  });
  api.update<Pod>(
    { ...pod, status: { phase: 'Running', ...pod.status, conditions } },
    { subresource: 'status' },
  );
}

/** tolerationSeconds are over: the Pod is deleted, and stays Terminating until its kubelet is back. */
function evict(
  namespace: string,
  name: string,
  { api, record, now, requeueAfter }: ControllerContext,
  silent: Silence,
): void {
  const pod = api.get<Pod>('Pod', namespace, name);
  if (!pod || pod.metadata.deletionTimestamp !== undefined) return;
  const node = api.get<Node>('Node', '', pod.spec.nodeName ?? '');
  const taint = node?.spec?.taints?.find((t) => t.key === UNREACHABLE && t.effect === 'NoExecute');
  if (!node || !taint || !silent.has(node.metadata.name ?? '')) return;
  const delay = evictionDelayMs(pod);
  if (delay === undefined) return;
  const since = Date.parse((taint as { readonly timeAdded?: string }).timeAdded ?? '');
  const left = Number.isFinite(since) ? since + delay - now : 0;
  if (left > 0) return requeueAfter(`pod/${keyOf(pod)}`, left);
  const message = `Marking for deletion Pod ${keyOf(pod)}`;
  record(pod, {
    type: 'Normal',
    reason: 'TaintManagerEviction',
    message,
    component: 'taint-eviction-controller',
  });
  api.delete({ kind: 'Pod', namespace, name });
}

/** The kubelet reports again. */
function recover(node: Node, { api, now, record }: ControllerContext): void {
  const name = node.metadata.name ?? '';
  if (conditionOf(node.status?.conditions, 'Ready')?.status !== 'Unknown') return;
  const conditions = (node.status?.conditions ?? []).map((c) => recovered(c, timestamp(now)));
  const updated = api.update<Node>(
    { ...node, status: { ...node.status, conditions } },
    { subresource: 'status' },
  );
  if (!updated.ok) return;
  const taints = (node.spec?.taints ?? []).filter((t) => t.key !== UNREACHABLE);
  const { taints: _, ...spec } = updated.value.spec ?? {};
  api.update<Node>({ ...updated.value, spec: taints.length > 0 ? { ...spec, taints } : spec });
  const message = `Node ${name} status is now: NodeReady`;
  record(node, { type: 'Normal', reason: 'NodeReady', message, component: 'kubelet', host: name });
}

const HEALTHY: Readonly<Record<string, readonly ['True' | 'False', string, string]>> = {
  Ready: ['True', 'KubeletReady', 'kubelet is posting ready status'],
  MemoryPressure: ['False', 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available'],
  DiskPressure: ['False', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'],
  PIDPressure: ['False', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'],
};

function recovered(condition: Condition, time: string): Condition {
  const healthy = HEALTHY[condition.type];
  if (!healthy) return condition;
  const [status, reason, message] = healthy;
  return { ...condition, status, reason, message, lastTransitionTime: time };
}

/** podgc: nobody will ever stop the Pods of a node that does not exist. */
function collectOrphans(node: string, phase: string, { api, requeueAfter }: ControllerContext): void {
  if (api.get('Node', '', node)) return;
  if (phase !== 'due') return requeueAfter(`gone/${node}/due`, QUARANTINE_MS);
  for (const { metadata } of podsOn(api, node))
    api.delete(
      { kind: 'Pod', namespace: metadata.namespace ?? '', name: metadata.name ?? '' },
      { force: true },
    );
}
