// metadata as the server keeps it: what it sets on create, what an update may not touch, when the generation counts up.
// k8s.io/apiserver pkg/registry/rest/{create,update}.go and the strategies of the kinds.
import type { Random } from '@/lib/core/random';
import type { Deployment, KubeObject, ObjectMeta } from '@/lib/kube/types';
import type { K8sVersion } from '@/lib/kube/versions';
import { sameJson, withFields } from './json';
import { countsGeneration, type KindInfo } from './kinds';

const MOST_GENERATED = 58;

/** RFC 3339 with seconds, as all times of the API. */
export const timestamp = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;

/** metadata of a new object. */
export function createdMeta(
  meta: ObjectMeta,
  info: KindInfo,
  uid: string,
  now: number,
  k8s: K8sVersion,
): ObjectMeta {
  const created = {
    ...meta,
    uid,
    creationTimestamp: timestamp(now),
    ...(countsGeneration(info, k8s) ? { generation: 1 } : {}),
  };
  return withFields<ObjectMeta>(created, {
    namespace: info.namespaced ? (meta.namespace ?? 'default') : undefined,
    deletionTimestamp: undefined,
    deletionGracePeriodSeconds: undefined,
    resourceVersion: undefined,
  });
}

/** metadata of an object that was stored before: it keeps all that it has. */
export function loadedMeta(
  meta: ObjectMeta,
  info: KindInfo,
  uid: string,
  now: number,
  k8s: K8sVersion,
): ObjectMeta {
  const { generation, deletionTimestamp, deletionGracePeriodSeconds } = meta;
  return withFields<ObjectMeta>(createdMeta(meta, info, meta.uid ?? uid, now, k8s), {
    ...(meta.creationTimestamp ? { creationTimestamp: meta.creationTimestamp } : {}),
    ...(generation === undefined ? {} : { generation }),
    ...(deletionTimestamp ? { deletionTimestamp, deletionGracePeriodSeconds } : {}),
  });
}

/** A name from generateName: the prefix and five random characters. */
export const generatedName = (prefix: string, random: Random): string =>
  prefix.slice(0, MOST_GENERATED) + random.suffix(5);

/** metadata after an update: what only the server sets stays. */
export function updatedMeta(meta: ObjectMeta, old: ObjectMeta): ObjectMeta {
  const kept = withFields(meta, {
    uid: old.uid,
    creationTimestamp: old.creationTimestamp,
    deletionTimestamp: old.deletionTimestamp,
    deletionGracePeriodSeconds: old.deletionGracePeriodSeconds,
    generation: old.generation,
    resourceVersion: old.resourceVersion,
    namespace: old.namespace,
    generateName: meta.generateName ?? old.generateName,
    managedFields: meta.managedFields ?? old.managedFields,
  });
  return sameJson(kept, old) ? old : kept;
}

/** metadata after a write to the status: labels and annotations may change with it. */
export function statusMeta(kind: string, meta: ObjectMeta, old: ObjectMeta): ObjectMeta {
  const labels = kind === 'Deployment' ? old.labels : meta.labels;
  const { annotations, managedFields = old.managedFields } = meta;
  const kept = withFields(old, { labels, annotations, managedFields });
  return sameJson(kept, old) ? old : kept;
}

/** The object with the next generation if the write changed what generations count. */
export function withGeneration(
  object: KubeObject,
  old: KubeObject,
  info: KindInfo,
  k8s: K8sVersion,
): KubeObject {
  if (!countsGeneration(info, k8s) || !countsAsChange(object, old)) return object;
  return { ...object, metadata: { ...object.metadata, generation: (old.metadata.generation ?? 0) + 1 } };
}

function countsAsChange(object: KubeObject, old: KubeObject): boolean {
  if (object.kind === 'EndpointSlice') {
    const { metadata: meta, ...content } = object;
    const { metadata: oldMeta, ...oldContent } = old;
    return !sameJson(content, oldContent) || !sameJson(meta.labels, oldMeta.labels);
  }
  if (!sameJson(object.spec, old.spec)) return true;
  return (
    object.kind === 'Deployment' &&
    !sameJson((object as Deployment).metadata.annotations, old.metadata.annotations)
  );
}
