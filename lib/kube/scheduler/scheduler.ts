// Gives Pods a Node. Models pkg/scheduler: filters as in filter.ts; of the nodes that are left, that with the fewest Pods of the same
// owner, then with the fewest Pods, then the first by name (upstream's scores lead there too, but draw lots between equals).
import { PersistentMap } from '@/lib/core/persistent-map';
import type { ApiClient, WatchEvent } from '@/lib/kube/api/types';
import type { Condition, Node, Pod } from '@/lib/kube/types';
import { LATENCY_MS } from '@/lib/kube/controllers/latencies';
import { Cell } from '@/lib/kube/controllers/memory';
import {
  byText,
  conditionOf,
  controllerOf,
  isPodTerminal,
  keyOf,
  splitKey,
  timestamp,
} from '@/lib/kube/controllers/objects';
import type { Controller } from '@/lib/kube/controllers/types';
import { isUnassigned, nodeRefuses, podLimit, type SchedulingSpec } from './filter';

/** How many Pods there are: by owner's uid ("": all), then by node. */
type Counts = PersistentMap<PersistentMap<number>>;

interface Memory {
  readonly counts: Counts;
  /** Pods that no node would take: tried again when nodes change or room is made. */
  readonly waiting: PersistentMap<true>;
}

const COMPONENT = 'default-scheduler';

/** kube-scheduler. */
export function scheduler(): Controller {
  const memory = new Cell<Memory>({ counts: PersistentMap.empty(), waiting: PersistentMap.empty() });
  return {
    name: 'scheduler',
    watches: ['Pod', 'Node'],
    latencyMs: LATENCY_MS.scheduler,
    memory,
    keysFor(event) {
      if (event.object.kind === 'Node') return changesNode(event) ? waitingIn(memory.value) : [];
      const { counts, waiting } = memory.value;
      const key = keyOf(event.object);
      const next = counted(counts, event);
      const freed = next !== counts && !occupies(event);
      memory.value = {
        counts: next,
        waiting: waiting.has(key) && event.type === 'DELETED' ? waiting.delete(key) : waiting,
      };
      const pod = event.object as Pod;
      const wants = event.type === 'ADDED' && isUnassigned(pod) && isOurs(pod);
      return [...(freed ? waitingIn(memory.value) : []), ...(wants ? [key] : [])];
    },
    reconcile(key, { api, now, record }) {
      const { namespace, name } = splitKey(key);
      const pod = api.get<Pod>('Pod', namespace, name);
      if (!pod || !isUnassigned(pod) || isPodTerminal(pod) || pod.metadata.deletionTimestamp !== undefined)
        return;
      const choice = chooseNode(pod, api.list<Node>('Node'), memory.value.counts);
      const { counts, waiting } = memory.value;
      if ('node' in choice) {
        memory.value = { counts, waiting: waiting.delete(key) };
        // A Binding has no field manager.
        const bound = { ...pod, spec: { ...pod.spec, nodeName: choice.node } };
        api.update<Pod>(bound, { component: null });
        const message = `Successfully assigned ${key} to ${choice.node}`;
        record(pod, {
          type: 'Normal',
          reason: 'Scheduled',
          message,
          component: COMPONENT,
          action: 'Binding',
        });
      } else {
        memory.value = { counts, waiting: waiting.set(key, true) };
        if (reportUnschedulable(api, pod, choice.message, now))
          record(pod, {
            type: 'Warning',
            reason: 'FailedScheduling',
            message: choice.message,
            component: COMPONENT,
            action: 'Scheduling',
          });
      }
    },
  };
}

const waitingIn = ({ waiting }: Memory): readonly string[] =>
  waiting.size === 0 ? [] : [...waiting.keys()].sort(byText);

const isOurs = (pod: Pod): boolean =>
  !isPodTerminal(pod) &&
  ((pod.spec as SchedulingSpec).schedulerName ?? 'default-scheduler') === 'default-scheduler';

/** A node's heartbeat and the like change nothing for the scheduler. */
function changesNode({ type, object, old }: WatchEvent): boolean {
  if (type !== 'MODIFIED' || !old) return type !== 'DELETED';
  return old.spec !== object.spec || old.metadata.labels !== object.metadata.labels;
}

/** Whether the Pod takes room on its node after this event. */
const occupies = ({ type, object }: WatchEvent): boolean => type !== 'DELETED' && holdsRoom(object as Pod);
const holdsRoom = (pod: Pod): boolean => !isUnassigned(pod) && !isPodTerminal(pod);

function counted(counts: Counts, event: WatchEvent): Counts {
  const before =
    event.type === 'MODIFIED' && event.old
      ? holdsRoom(event.old as Pod)
      : event.type === 'DELETED' && holdsRoom(event.object as Pod);
  const after = occupies(event);
  if (before === after) return counts;
  const by = after ? 1 : -1;
  const pod = event.object as Pod;
  const node = pod.spec.nodeName ?? (event.old as Pod | undefined)?.spec.nodeName ?? '';
  const owner = controllerOf(pod)?.uid;
  const next = add(counts, '', node, by);
  return owner === undefined ? next : add(next, owner, node, by);
}

function add(counts: Counts, owner: string, node: string, by: number): Counts {
  const own = counts.get(owner) ?? PersistentMap.empty<number>();
  const n = (own.get(node) ?? 0) + by;
  const next = n > 0 ? own.set(node, n) : own.delete(node);
  return next.size > 0 ? counts.set(owner, next) : counts.delete(owner);
}

/** The node for a Pod, or the scheduler's message why there is none. */
export function chooseNode(
  pod: Pod,
  nodes: readonly Node[],
  counts: Counts,
): { readonly node: string } | { readonly message: string } {
  const everything = counts.get('');
  const siblings = counts.get(controllerOf(pod)?.uid ?? 'none');
  const refusals = new Map<string, number>();
  let best: { readonly node: string; readonly same: number; readonly all: number } | undefined;
  for (const node of nodes) {
    const name = node.metadata.name ?? '';
    const all = everything?.get(name) ?? 0;
    const refusal = nodeRefuses(node, pod.spec) ?? (all >= podLimit(node) ? 'Too many pods' : undefined);
    if (refusal !== undefined) {
      refusals.set(refusal, (refusals.get(refusal) ?? 0) + 1);
      continue;
    }
    const same = siblings?.get(name) ?? 0;
    if (!best || same < best.same || (same === best.same && all < best.all)) best = { node: name, same, all };
  }
  return best ? { node: best.node } : { message: noNodeMessage(nodes.length, refusals) };
}

/** "0/3 nodes are available: 3 node(s) were unschedulable. preemption: …" (framework.FitError). */
function noNodeMessage(nodes: number, refusals: ReadonlyMap<string, number>): string {
  if (nodes === 0) return 'no nodes available to schedule pods';
  const reasons = [...refusals].map(([reason, n]) => `${n} ${reason}`).sort(byText);
  const full = refusals.get('Too many pods') ?? 0;
  const preemption = [
    ...(full > 0 ? [`${full} No preemption victims found for incoming pod`] : []),
    ...(nodes > full ? [`${nodes - full} Preemption is not helpful for scheduling`] : []),
  ].sort(byText);
  return `0/${nodes} nodes are available: ${reasons.join(', ')}. preemption: 0/${nodes} nodes are available: ${preemption.join(', ')}.`;
}

/** Says in the Pod's status why it has no node; whether that is news. */
function reportUnschedulable(api: ApiClient, pod: Pod, message: string, now: number): boolean {
  const known = conditionOf(pod.status?.conditions, 'PodScheduled');
  if (known?.status === 'False' && known.message === message) return false;
  const condition: Condition = {
    type: 'PodScheduled',
    status: 'False',
    reason: 'Unschedulable',
    message,
    lastTransitionTime:
      known?.status === 'False' && known.lastTransitionTime ? known.lastTransitionTime : timestamp(now),
  };
  const others = (pod.status?.conditions ?? []).filter((c) => c.type !== 'PodScheduled');
  api.update<Pod>(
    { ...pod, status: { phase: 'Pending', ...pod.status, conditions: [...others, condition] } },
    { subresource: 'status' },
  );
  return true;
}
