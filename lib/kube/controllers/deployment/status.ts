// What a Deployment says of itself. Models pkg/controller/deployment/sync.go calculateStatus and progress.go syncRolloutStatus.
// Progress deadlines are not modelled: a stuck rollout stays "progressing".
import type { Deployment, ReplicaSet } from '@/lib/kube/types';
import { conditionOf, timestamp } from '../objects';
import { omitEmpty, replicasOf, statusOf, type WorkloadCondition, type WorkloadStatus } from '../workloads';
import { fenceposts } from './sizes';

/** The status for these ReplicaSets, with the conditions Available and Progressing. */
export function deploymentStatus(
  deployment: Deployment,
  newSet: ReplicaSet | undefined,
  old: readonly ReplicaSet[],
  now: number,
): WorkloadStatus {
  const all = [...old, ...(newSet ? [newSet] : [])].map(statusOf);
  const sum = (field: 'replicas' | 'readyReplicas' | 'availableReplicas'): number =>
    all.reduce((n, s) => n + (s[field] ?? 0), 0);
  const before = statusOf(deployment);
  const desired = [...old, ...(newSet ? [newSet] : [])].reduce((n, s) => n + replicasOf(s), 0);
  const counts: WorkloadStatus = {
    observedGeneration: deployment.metadata.generation ?? 0,
    replicas: sum('replicas'),
    updatedReplicas: newSet ? (statusOf(newSet).replicas ?? 0) : 0,
    readyReplicas: sum('readyReplicas'),
    availableReplicas: sum('availableReplicas'),
    unavailableReplicas: Math.max(0, desired - sum('availableReplicas')),
  };
  let conditions = before.conditions ?? [];
  const enough =
    (counts.availableReplicas ?? 0) >= replicasOf(deployment) - fenceposts(deployment).maxUnavailable;
  conditions = withCondition(conditions, enough ? AVAILABLE : UNAVAILABLE, now);
  const progress = progressing(deployment, before, counts, newSet);
  if (progress) conditions = withCondition(conditions, progress, now);
  return omitEmpty({ ...counts, conditions });
}

const AVAILABLE: WorkloadCondition = {
  type: 'Available',
  status: 'True',
  reason: 'MinimumReplicasAvailable',
  message: 'Deployment has minimum availability.',
};
const UNAVAILABLE: WorkloadCondition = {
  type: 'Available',
  status: 'False',
  reason: 'MinimumReplicasUnavailable',
  message: 'Deployment does not have minimum availability.',
};

/** The Progressing condition, if there is news. */
function progressing(
  deployment: Deployment,
  before: WorkloadStatus,
  now: WorkloadStatus,
  newSet: ReplicaSet | undefined,
): WorkloadCondition | undefined {
  const known = conditionOf(before.conditions, 'Progressing');
  if (now.replicas === now.updatedReplicas && known?.reason === 'NewReplicaSetAvailable') return undefined;
  const name = newSet?.metadata.name ?? '';
  if (isComplete(deployment, now)) {
    const message = `ReplicaSet "${name}" has successfully progressed.`;
    return { type: 'Progressing', status: 'True', reason: 'NewReplicaSetAvailable', message };
  }
  const old = (s: WorkloadStatus): number => (s.replicas ?? 0) - (s.updatedReplicas ?? 0);
  const more = (field: keyof WorkloadStatus): boolean => Number(now[field] ?? 0) > Number(before[field] ?? 0);
  const moved =
    more('updatedReplicas') || old(now) < old(before) || more('readyReplicas') || more('availableReplicas');
  if (moved)
    return {
      type: 'Progressing',
      status: 'True',
      reason: 'ReplicaSetUpdated',
      message: `ReplicaSet "${name}" is progressing.`,
    };
  if (known || !newSet) return undefined;
  return {
    type: 'Progressing',
    status: 'True',
    reason: 'NewReplicaSetCreated',
    message: `Created new replica set "${name}"`,
  };
}

/** All Pods are of the current template, and available. */
export function isComplete(deployment: Deployment, status: WorkloadStatus): boolean {
  const wanted = replicasOf(deployment);
  return (
    (status.updatedReplicas ?? 0) === wanted &&
    (status.replicas ?? 0) === wanted &&
    (status.availableReplicas ?? 0) === wanted &&
    (status.observedGeneration ?? 0) >= (deployment.metadata.generation ?? 0)
  );
}

function withCondition(
  conditions: readonly WorkloadCondition[],
  next: WorkloadCondition,
  now: number,
): readonly WorkloadCondition[] {
  const known = conditions.find((c) => c.type === next.type);
  if (known?.status === next.status && known.reason === next.reason && known.message === next.message)
    return conditions;
  const time = timestamp(now);
  const lastTransitionTime = known?.status === next.status ? (known.lastTransitionTime ?? time) : time;
  return [...conditions.filter((c) => c !== known), { ...next, lastUpdateTime: time, lastTransitionTime }];
}
