// What a delete request means for an object: preconditions, grace period, finalizers (k8s.io/apiserver pkg/registry/rest/delete.go,
// pkg/registry/generic/registry/store.go).
import type { KubeObject, Pod } from '@/lib/kube/types';
import { sameJson } from './json';
import { timestamp } from './object-meta';
import type { DeleteOptions } from './types';

/** Finalizers that the garbage collector answers (k8s.io/apimachinery pkg/apis/meta/v1). */
const ORPHAN = 'orphan';
const FOREGROUND = 'foregroundDeletion';

/** Seconds that the kubelet gets to stop a Pod; 0 if nothing runs, and for all other kinds. */
export function graceOf(object: KubeObject, asked: number | undefined): number {
  if (object.kind !== 'Pod') return 0;
  const { spec, status } = object as Pod;
  if (!spec.nodeName || status?.phase === 'Succeeded' || status?.phase === 'Failed') return 0;
  return asked ?? spec.terminationGracePeriodSeconds ?? 30;
}

/** What a delete request asks for and the object is not (k8s.io/apiserver pkg/storage/interfaces.go Preconditions.Check). */
export function unmetPrecondition(
  { metadata }: KubeObject,
  { uid, resourceVersion }: DeleteOptions,
): string | undefined {
  if (uid !== undefined && uid !== metadata.uid)
    return `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${metadata.uid ?? ''}`;
  if (resourceVersion !== undefined && resourceVersion !== metadata.resourceVersion)
    return `Precondition failed: ResourceVersion in precondition: ${resourceVersion}, ResourceVersion in object meta: ${metadata.resourceVersion ?? ''}`;
  return undefined;
}

/** The finalizers after a delete request: how the dependents are to go is a finalizer for the garbage collector. */
export function finalizersOf({ metadata }: KubeObject, { propagation }: DeleteOptions): readonly string[] {
  const own = metadata.finalizers ?? [];
  if (propagation === undefined) return own;
  const kept = own.filter((f) => f !== ORPHAN && f !== FOREGROUND);
  if (propagation === 'Orphan') return [...kept, ORPHAN];
  return propagation === 'Foreground' ? [...kept, FOREGROUND] : kept;
}

/** The object of a deletion that has to wait; itself if the request changes nothing. A second one may shorten the wait. */
export function markedDeleted(
  old: KubeObject,
  grace: number,
  now: number,
  finalizers: readonly string[] = old.metadata.finalizers ?? [],
): KubeObject {
  const { deletionTimestamp, deletionGracePeriodSeconds = 0, generation } = old.metadata;
  const isFirst = deletionTimestamp === undefined;
  const changesFinalizers = !sameJson(finalizers, old.metadata.finalizers ?? []);
  if (!isFirst && grace >= deletionGracePeriodSeconds && !changesFinalizers) return old;
  const metadata = {
    ...old.metadata,
    deletionTimestamp: timestamp(now + grace * 1000),
    deletionGracePeriodSeconds: grace,
    ...(generation === undefined || !isFirst ? {} : { generation: generation + 1 }),
    ...(finalizers.length > 0 ? { finalizers } : {}),
  };
  return { ...old, metadata };
}

/** A namespace that is being emptied. */
export function terminating(namespace: KubeObject, now: number): KubeObject {
  const { deletionTimestamp } = namespace.metadata;
  if (deletionTimestamp !== undefined) return namespace;
  const metadata = { ...namespace.metadata, deletionTimestamp: timestamp(now) };
  return {
    ...namespace,
    metadata,
    status: { ...(namespace.status as object | undefined), phase: 'Terminating' },
  };
}
