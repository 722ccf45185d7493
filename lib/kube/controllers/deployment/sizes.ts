// How big each ReplicaSet of a Deployment should be: pure arithmetic. Models pkg/controller/deployment rolling.go, sync.go and
// util/deployment_util.go.
import type { Deployment, ReplicaSet } from '@/lib/kube/types';
import { scaled } from '../objects';
import { replicasOf, statusOf } from '../workloads';
import { byAge, DESIRED_ANNOTATION, MAX_ANNOTATION } from './revisions';

export interface Resize {
  readonly set: ReplicaSet;
  readonly replicas: number;
}

export const isRollingUpdate = ({ spec }: Deployment): boolean => spec.strategy?.type !== 'Recreate';
export const isActive = (set: ReplicaSet): boolean => replicasOf(set) > 0;
export const totalOf = (sets: readonly ReplicaSet[]): number => sets.reduce((n, s) => n + replicasOf(s), 0);
export const availableOf = (sets: readonly ReplicaSet[]): number =>
  sets.reduce((n, s) => n + (statusOf(s).availableReplicas ?? 0), 0);

/** maxSurge is rounded up, maxUnavailable down; if both come to 0, one Pod may be unavailable. */
export function fenceposts(deployment: Deployment): {
  readonly maxSurge: number;
  readonly maxUnavailable: number;
} {
  if (!isRollingUpdate(deployment)) return { maxSurge: 0, maxUnavailable: 0 };
  const { maxSurge = '25%', maxUnavailable = '25%' } = deployment.spec.strategy?.rollingUpdate ?? {};
  const replicas = replicasOf(deployment);
  const surge = scaled(maxSurge, replicas, Math.ceil);
  const unavailable = scaled(maxUnavailable, replicas, Math.floor);
  return {
    maxSurge: surge,
    maxUnavailable: surge === 0 && unavailable === 0 ? 1 : Math.min(unavailable, replicas),
  };
}

/** The size of the current ReplicaSet in the next step of a rollout (NewRSNewReplicas). */
export function newSetReplicas(deployment: Deployment, all: readonly ReplicaSet[], current: number): number {
  const wanted = replicasOf(deployment);
  if (!isRollingUpdate(deployment)) return wanted;
  const room = wanted + fenceposts(deployment).maxSurge - totalOf(all);
  return room <= 0 ? current : current + Math.min(room, wanted - current);
}

/** The old ReplicaSets' next sizes: Pods that are not available go first, then as many as availability allows. */
export function shrinkOld(
  deployment: Deployment,
  newSet: ReplicaSet,
  old: readonly ReplicaSet[],
): readonly Resize[] {
  if (totalOf(old) === 0) return [];
  const minAvailable = replicasOf(deployment) - fenceposts(deployment).maxUnavailable;
  const newUnavailable = replicasOf(newSet) - (statusOf(newSet).availableReplicas ?? 0);
  const most = totalOf([...old, newSet]) - minAvailable - newUnavailable;
  if (most <= 0) return [];
  const sizes = new Map([...old].sort(byAge).map((set) => [set, replicasOf(set)] as const));
  let unhealthy = most;
  for (const [set, size] of sizes) {
    const down = Math.max(0, Math.min(unhealthy, size - (statusOf(set).availableReplicas ?? 0)));
    sizes.set(set, size - down);
    unhealthy -= down;
  }
  let spare = availableOf([...old, newSet]) - minAvailable;
  for (const [set, size] of sizes) {
    const down = Math.max(0, Math.min(spare, size));
    sizes.set(set, size - down);
    spare -= down;
  }
  return [...sizes]
    .filter(([set, size]) => size !== replicasOf(set))
    .map(([set, replicas]) => ({ set, replicas }));
}

/** Whether spec.replicas changed since the ReplicaSets were sized. */
export const isScaling = (deployment: Deployment, sets: readonly ReplicaSet[]): boolean =>
  sets.filter(isActive).some((set) => {
    const desired = set.metadata.annotations?.[DESIRED_ANNOTATION];
    return desired !== undefined && Number(desired) !== replicasOf(deployment);
  });

/**
 * New sizes after spec.replicas changed. In the middle of a rolling update all ReplicaSets share the change by their size. Sets that
 * keep their size are named too: their annotations change.
 */
export function scaleSets(
  deployment: Deployment,
  newSet: ReplicaSet | undefined,
  old: readonly ReplicaSet[],
): readonly Resize[] {
  const wanted = replicasOf(deployment);
  const all = [...old, ...(newSet ? [newSet] : [])];
  const active = all.filter(isActive);
  const only =
    active.length === 1
      ? active[0]
      : active.length === 0
        ? (newSet ?? [...old].sort(byAge).at(-1))
        : undefined;
  if (only) return [{ set: only, replicas: wanted }];
  if (newSet && isSaturated(deployment, newSet))
    return old.filter(isActive).map((set) => ({ set, replicas: 0 }));
  if (!isRollingUpdate(deployment)) return [];
  return proportional(deployment, active);
}

const isSaturated = (deployment: Deployment, set: ReplicaSet): boolean =>
  replicasOf(set) === replicasOf(deployment) &&
  Number(set.metadata.annotations?.[DESIRED_ANNOTATION]) === replicasOf(deployment) &&
  statusOf(set).availableReplicas === replicasOf(deployment);

function proportional(deployment: Deployment, active: readonly ReplicaSet[]): readonly Resize[] {
  const wanted = replicasOf(deployment);
  const allowed = wanted > 0 ? wanted + fenceposts(deployment).maxSurge : 0;
  const toAdd = allowed - totalOf(active);
  const younger = toAdd > 0 ? -1 : 1;
  const sets = [...active].sort((a, b) => replicasOf(b) - replicasOf(a) || younger * byAge(a, b));
  let added = 0;
  const sizes = sets.map((set) => {
    const share = toAdd === 0 ? 0 : fraction(deployment, set, allowed);
    const left = toAdd - added;
    const change = toAdd > 0 ? Math.min(share, left) : Math.max(share, left);
    added += change;
    return replicasOf(set) + change;
  });
  return sets.map((set, i) => ({
    set,
    replicas: Math.max(0, (sizes[i] ?? 0) + (i === 0 ? toAdd - added : 0)),
  }));
}

function fraction(deployment: Deployment, set: ReplicaSet, allowed: number): number {
  if (replicasOf(deployment) === 0) return -replicasOf(set);
  const annotated = Number(set.metadata.annotations?.[MAX_ANNOTATION]) || statusOf(deployment).replicas || 1;
  return Math.round((replicasOf(set) * allowed) / annotated) - replicasOf(set);
}
