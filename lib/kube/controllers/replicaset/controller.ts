// Keeps as many Pods as a ReplicaSet asks for. Models pkg/controller/replicaset/replica_set.go.
import type { ApiClient, WatchEvent } from '@/lib/kube/api/types';
import type { Pod, ReplicaSet } from '@/lib/kube/types';
import { LATENCY_MS } from '../latencies';
import {
  controllerOf,
  equalJson,
  hasLabels,
  isPodActive,
  isPodReady,
  keyOf,
  selects,
  splitKey,
} from '../objects';
import type { Controller, ControllerContext } from '../types';
import {
  Adoption,
  availability,
  claim,
  omitEmpty,
  podFromTemplate,
  replicasOf,
  statusOf,
  writeStatus,
  type WorkloadStatus,
} from '../workloads';
import { createPod, deletePod } from '../pod-control';
import { podsToDelete } from './deletion-order';

const COMPONENT = 'replicaset-controller';
/** At most this many Pods are made or deleted in one go (replicaset.BurstReplicas). */
const BURST_REPLICAS = 500;

/** The ReplicaSet controller. */
export function replicaSetController(): Controller {
  const adoption = new Adoption();
  let reconciling = '';
  return {
    name: COMPONENT,
    memory: adoption,
    watches: ['ReplicaSet', 'Pod'],
    latencyMs: LATENCY_MS.replicaSet,
    keysFor(event, context) {
      if (event.object.kind === 'Pod') return setsOf(event, context.api, adoption);
      const key = keyOf(event.object);
      if (event.type === 'ADDED') adoption.expect(key);
      return event.type === 'DELETED' || key === reconciling ? [] : [key];
    },
    reconcile(key, context) {
      const { namespace, name } = splitKey(key);
      const set = context.api.get<ReplicaSet>('ReplicaSet', namespace, name);
      if (!set) return;
      const pods = claim<Pod>(context.api, 'Pod', set, set.spec.selector, adoption.due(key)).filter(
        isPodActive,
      );
      const more = set.metadata.deletionTimestamp === undefined && manage(set, pods, context);
      // The status is that of before: what was just made or deleted comes back as a watch event. Its own status is no news to it.
      reconciling = key;
      updateStatus(set, pods, key, context);
      reconciling = '';
      if (more) context.requeueAfter(key, LATENCY_MS.replicaSet);
    },
  };
}

/** The ReplicaSets that a Pod's event concerns: its owner; without one, those that may adopt it. */
function setsOf({ type, object, old }: WatchEvent, api: ApiClient, adoption: Adoption): readonly string[] {
  const namespace = object.metadata.namespace ?? '';
  const owner = controllerOf(object);
  const former = old ? controllerOf(old) : undefined;
  const keys: string[] = [];
  if (owner?.kind === 'ReplicaSet' && (type !== 'MODIFIED' || !old || matters(object as Pod, old as Pod)))
    keys.push(owner.name);
  if (former?.kind === 'ReplicaSet' && former.uid !== owner?.uid) keys.push(former.name);
  const adoptable = !owner && type !== 'DELETED' && object.metadata.deletionTimestamp === undefined;
  const relabelled = !old || former !== undefined || !equalJson(old.metadata.labels, object.metadata.labels);
  if (adoptable && relabelled)
    for (const set of api.list<ReplicaSet>('ReplicaSet', namespace))
      if (selects(set.spec.selector, object.metadata.labels)) {
        adoption.expect(keyOf(set));
        keys.push(set.metadata.name ?? '');
      }
  return [...new Set(keys)].map((name) => `${namespace}/${name}`);
}

/** Whether a change to a Pod can change what its ReplicaSet does or says. */
function matters(pod: Pod, old: Pod): boolean {
  return (
    isPodActive(pod) !== isPodActive(old) ||
    isPodReady(pod) !== isPodReady(old) ||
    !equalJson(pod.metadata.labels, old.metadata.labels) ||
    !equalJson(pod.metadata.ownerReferences, old.metadata.ownerReferences)
  );
}

/** Makes or deletes Pods; whether more is to be done than one burst. */
function manage(set: ReplicaSet, pods: readonly Pod[], context: ControllerContext): boolean {
  const { api, now } = context;
  const missing = replicasOf(set) - pods.length;
  const count = Math.min(Math.abs(missing), BURST_REPLICAS);
  if (missing > 0)
    for (let i = 0; i < count; i++)
      createPod(context, set, podFromTemplate(set, set.spec.template), COMPONENT);
  if (missing < 0)
    for (const pod of podsToDelete(pods, relatedPods(set, api), count, now))
      deletePod(context, set, pod, COMPONENT);
  return Math.abs(missing) > BURST_REPLICAS;
}

function relatedPods(set: ReplicaSet, api: ApiClient): readonly Pod[] {
  const owner = controllerOf(set);
  const siblings = owner ? api.ownedBy<ReplicaSet>('ReplicaSet', owner.uid) : [set];
  return siblings.flatMap((s) => api.ownedBy<Pod>('Pod', s.metadata.uid ?? ''));
}

function updateStatus(
  set: ReplicaSet,
  pods: readonly Pod[],
  key: string,
  { api, now, requeueAfter }: ControllerContext,
): void {
  const wanted = set.spec.template.metadata?.labels ?? {};
  const available = pods.map((pod) => availability(pod, set.spec.minReadySeconds ?? 0, now));
  const soonest = Math.min(...available.flatMap((a) => a.inMs ?? []));
  if (Number.isFinite(soonest)) requeueAfter(key, soonest);
  const { conditions } = statusOf(set);
  const status: WorkloadStatus = {
    replicas: pods.length,
    fullyLabeledReplicas: pods.filter((p) => hasLabels(p.metadata.labels ?? {}, wanted)).length,
    readyReplicas: pods.filter(isPodReady).length,
    availableReplicas: available.filter((a) => a.available).length,
    observedGeneration: set.metadata.generation ?? 0,
    ...(conditions ? { conditions } : {}),
  };
  writeStatus(api, set, omitEmpty(status, ['replicas']));
}
