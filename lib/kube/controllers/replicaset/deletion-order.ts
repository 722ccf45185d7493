// Which Pods of a ReplicaSet go first when it shrinks. Models pkg/controller/controller_utils.go ActivePodsWithRanks and
// pkg/controller/replicaset getPodsToDelete.
import type { Pod } from '@/lib/kube/types';
import { byText, conditionOf, isPodActive, isPodReady } from '../objects';

const PHASES = ['Pending', 'Unknown', 'Running'];

/** The `count` Pods to delete. `related` are the Pods of all ReplicaSets of the same owner: Pods on crowded nodes go first. */
export function podsToDelete(
  pods: readonly Pod[],
  related: readonly Pod[],
  count: number,
  now: number,
): readonly Pod[] {
  if (count >= pods.length) return pods;
  const onNode = new Map<string, number>();
  for (const { spec, ...pod } of related)
    if (isPodActive({ spec, ...pod }) && spec.nodeName)
      onNode.set(spec.nodeName, (onNode.get(spec.nodeName) ?? 0) + 1);
  const rank = (pod: Pod): number => onNode.get(pod.spec.nodeName ?? '') ?? 0;
  return [...pods].sort((a, b) => before(a, b, rank, now)).slice(0, count);
}

function before(a: Pod, b: Pod, rank: (pod: Pod) => number, now: number): number {
  const bothReady = isPodReady(a) && isPodReady(b);
  return (
    Number(Boolean(a.spec.nodeName)) - Number(Boolean(b.spec.nodeName)) ||
    phase(a) - phase(b) ||
    Number(isPodReady(a)) - Number(isPodReady(b)) ||
    deletionCost(a) - deletionCost(b) ||
    rank(b) - rank(a) ||
    (bothReady ? youngerFirst(readySince(a), readySince(b), a, b, now) : 0) ||
    restarts(b) - restarts(a) ||
    youngerFirst(a.metadata.creationTimestamp, b.metadata.creationTimestamp, a, b, now) ||
    byText(a.metadata.name ?? '', b.metadata.name ?? '')
  );
}

const phase = (pod: Pod): number => PHASES.indexOf(pod.status?.phase ?? 'Pending');
const readySince = (pod: Pod): string | undefined =>
  conditionOf(pod.status?.conditions, 'Ready')?.lastTransitionTime;
const deletionCost = (pod: Pod): number =>
  Number(pod.metadata.annotations?.['controller.kubernetes.io/pod-deletion-cost'] ?? 0) || 0;

function restarts(pod: Pod): number {
  const statuses = (pod.status?.containerStatuses ?? []) as readonly { readonly restartCount?: number }[];
  return Math.max(0, ...statuses.map((s) => s.restartCount ?? 0));
}

/** The gate LogarithmicScaleDown: ages of the same order of magnitude count as equal, the uid then decides. */
function youngerFirst(at: string | undefined, bt: string | undefined, a: Pod, b: Pod, now: number): number {
  if (at === bt) return 0;
  if (at === undefined || bt === undefined) return at === undefined ? -1 : 1;
  return (
    magnitude(now - Date.parse(at)) - magnitude(now - Date.parse(bt)) ||
    byText(a.metadata.uid ?? '', b.metadata.uid ?? '')
  );
}

const magnitude = (ageMs: number): number => (ageMs > 0 ? Math.floor(Math.log2(ageMs * 1e6)) : -1);
