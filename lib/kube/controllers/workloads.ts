// What Deployments, ReplicaSets and DaemonSets share: their status fields, Pods from a template, adopting and releasing. Models
// pkg/controller/controller_utils.go and controller_ref_manager.go.
import { PersistentMap } from '@/lib/core/persistent-map';
import type { ApiClient } from '@/lib/kube/api/types';
import type {
  Condition,
  Deployment,
  KubeObject,
  LabelSelector,
  Pod,
  PodTemplate,
  ReplicaSet,
} from '@/lib/kube/types';
import { Cell } from './memory';
import {
  conditionOf,
  controllerOf,
  controllerRef,
  equalJson,
  isPodReady,
  selects,
  type Labels,
} from './objects';

export interface WorkloadCondition extends Condition {
  readonly lastUpdateTime?: string;
}

export interface WorkloadStatus {
  readonly observedGeneration?: number;
  readonly replicas?: number;
  readonly updatedReplicas?: number;
  readonly readyReplicas?: number;
  readonly availableReplicas?: number;
  readonly unavailableReplicas?: number;
  readonly fullyLabeledReplicas?: number;
  readonly conditions?: readonly WorkloadCondition[];
}

export const statusOf = (object: Deployment | ReplicaSet): WorkloadStatus =>
  (object.status ?? {}) as WorkloadStatus;
export const replicasOf = ({ spec }: Deployment | ReplicaSet): number => spec.replicas ?? 1;

/** Writes a status if it says something new. */
export function writeStatus<T extends KubeObject>(api: ApiClient, object: T, status: object): void {
  if (!equalJson(object.status ?? {}, status)) api.update({ ...object, status }, { subresource: 'status' });
}

/** The status without fields that are 0 or empty, as the server writes it (omitempty). */
export function omitEmpty(
  status: WorkloadStatus,
  always: readonly (keyof WorkloadStatus)[] = [],
): WorkloadStatus {
  const isEmpty = (v: unknown): boolean => v === undefined || v === 0 || (Array.isArray(v) && v.length === 0);
  return Object.fromEntries(
    Object.entries(status).filter(([k, v]) => always.some((a) => a === k) || !isEmpty(v)),
  );
}

/** A Pod of a template, managed by `owner`, without a name yet. */
export function podFromTemplate(owner: KubeObject, template: PodTemplate, labels: Labels = {}): Pod {
  const { labels: own, annotations } = template.metadata ?? {};
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      generateName: `${owner.metadata.name ?? ''}-`,
      namespace: owner.metadata.namespace ?? '',
      labels: { ...own, ...labels },
      ...(annotations ? { annotations } : {}),
      ownerReferences: [controllerRef(owner)],
    },
    spec: template.spec,
  };
}

/**
 * The objects of a kind that `owner` manages; own ones that lost the labels are released. With `adopt`, such with the right labels and
 * no manager are adopted: a search through the namespace that is made only when there may be any.
 */
export function claim<T extends KubeObject>(
  api: ApiClient,
  kind: T['kind'],
  owner: KubeObject,
  selector: LabelSelector,
  adopt: boolean,
): readonly T[] {
  const { uid = '', namespace = '' } = owner.metadata;
  const mine: T[] = [];
  for (const object of api.ownedBy<T>(kind, uid)) {
    if (selects(selector, object.metadata.labels)) mine.push(object);
    else if (object.metadata.deletionTimestamp === undefined) release(api, object, uid);
  }
  if (!adopt || owner.metadata.deletionTimestamp !== undefined) return mine;
  for (const object of api.labelled<T>(kind, namespace, selector.matchLabels ?? {})) {
    if (controllerOf(object) || object.metadata.deletionTimestamp !== undefined) continue;
    if (!selects(selector, object.metadata.labels)) continue;
    const ownerReferences = [...(object.metadata.ownerReferences ?? []), controllerRef(owner)];
    const adopted = api.update<T>({ ...object, metadata: { ...object.metadata, ownerReferences } });
    if (adopted.ok) mine.push(adopted.value);
  }
  return mine;
}

/** Owners that may have something to adopt, by key: those that are new, and those whose selector meets an object without a manager. */
export class Adoption extends Cell<PersistentMap<true>> {
  constructor() {
    super(PersistentMap.empty());
  }

  expect(key: string): void {
    this.value = this.value.set(key, true);
  }

  /** Whether to search now; not again until something new comes. */
  due(key: string): boolean {
    const due = this.value.has(key);
    if (due) this.value = this.value.delete(key);
    return due;
  }
}

function release(api: ApiClient, object: KubeObject, uid: string): void {
  const { ownerReferences, ...metadata } = object.metadata;
  const rest = (ownerReferences ?? []).filter((o) => o.uid !== uid);
  api.update({ ...object, metadata: rest.length > 0 ? { ...metadata, ownerReferences: rest } : metadata });
}

/** Ready for at least minReadySeconds. Otherwise: how many ms are missing, or undefined if the Pod is not ready. */
export function availability(
  pod: Pod,
  minReadySeconds: number,
  now: number,
): { readonly available: boolean; readonly inMs?: number } {
  if (!isPodReady(pod)) return { available: false };
  const since = conditionOf(pod.status?.conditions, 'Ready')?.lastTransitionTime;
  const left =
    minReadySeconds === 0 || since === undefined ? 0 : Date.parse(since) + minReadySeconds * 1000 - now;
  return left <= 0 ? { available: true } : { available: false, inMs: left };
}
