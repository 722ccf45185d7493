// The taints of a silent node, and how long a Pod bears them. Models pkg/controller/nodelifecycle and tainteviction
// (getMinTolerationTime).
import { isTolerated, type SchedulingSpec } from '@/lib/kube/scheduler/filter';
import type { Node, Pod } from '@/lib/kube/types';
import { timestamp } from '../objects';

export const UNREACHABLE = 'node.kubernetes.io/unreachable';

type Taint = NonNullable<NonNullable<Node['spec']>['taints']>[number];

/** NoSchedule keeps new Pods away, NoExecute evicts those that are there. */
export const unreachableTaints = (now: number): readonly Taint[] =>
  ['NoSchedule', 'NoExecute'].map((effect) => ({ key: UNREACHABLE, effect, timeAdded: timestamp(now) }));

/** Milliseconds until a Pod is evicted from an unreachable node; undefined: never. */
export function evictionDelayMs(pod: Pod): number | undefined {
  const taint = { key: UNREACHABLE, effect: 'NoExecute' };
  const tolerations = ((pod.spec as SchedulingSpec).tolerations ?? []).filter((t) => isTolerated(t, taint));
  if (tolerations.length === 0) return 0;
  const limits = tolerations.flatMap((t) => t.tolerationSeconds ?? []);
  return limits.length === 0 ? undefined : Math.max(0, Math.min(...limits)) * 1000;
}
