// Deletes what a deleted owner leaves behind, orphans it, or holds the owner until it has gone. Models pkg/controller/garbagecollector:
// only owners that were seen to go count, so that a dump of Pods without their ReplicaSets stays as it is.
import { kinds } from '@/lib/kube/api/kinds';
import type { ApiClient, WatchEvent } from '@/lib/kube/api/types';
import type { KubeObject } from '@/lib/kube/types';
import { LATENCY_MS } from './latencies';
import type { Controller } from './types';

const ORPHAN = 'orphan';
const FOREGROUND = 'foregroundDeletion';

/** The garbage collector; its keys are "gone|UID" of deleted owners and "going|KIND|NAMESPACE|NAME" of owners that wait. */
export function garbageCollector(): Controller {
  return {
    name: 'garbage-collector',
    watches: kinds().map((info) => info.kind),
    latencyMs: LATENCY_MS.garbageCollector,
    keysFor: (event, { api }) => keysOf(event, api),
    reconcile(key, { api }) {
      const [what, ...rest] = key.split('|');
      const [first = '', namespace = '', name = ''] = rest;
      if (what === 'gone') return collect(first, api);
      const owner = api.get(first, namespace, name);
      if (owner?.metadata.deletionTimestamp) release(owner, api);
    },
  };
}

const waits = ({ metadata }: KubeObject): boolean =>
  metadata.deletionTimestamp !== undefined &&
  (metadata.finalizers ?? []).some((f) => f === ORPHAN || f === FOREGROUND);

const goingKey = ({ kind, metadata }: KubeObject): string =>
  `going|${kind}|${metadata.namespace ?? ''}|${metadata.name ?? ''}`;

function keysOf({ type, object, old }: WatchEvent, api: ApiClient): readonly string[] {
  if (type !== 'DELETED') return waits(object) && !(old && waits(old)) ? [goingKey(object)] : [];
  const { uid = '', ownerReferences = [], namespace = '' } = object.metadata;
  const waiting = ownerReferences.flatMap((owner) => {
    const found = api.get(owner.kind, namespace, owner.name);
    return found?.metadata.uid === owner.uid && waits(found) ? [goingKey(found)] : [];
  });
  return api.dependents(uid).length > 0 ? [`gone|${uid}`, ...waiting] : waiting;
}

/** Dependents of an owner that has gone: they go too, unless another owner is still there. */
function collect(uid: string, api: ApiClient): void {
  for (const object of api.dependents(uid)) {
    const { namespace = '', ownerReferences = [] } = object.metadata;
    const others = ownerReferences.filter((o) => o.uid !== uid);
    const isHeld = others.some((o) => api.get(o.kind, namespace, o.name)?.metadata.uid === o.uid);
    if (isHeld) api.update({ ...object, metadata: { ...object.metadata, ownerReferences: others } });
    else remove(object, api, 'Background');
  }
}

function remove(
  { kind, metadata }: KubeObject,
  api: ApiClient,
  propagation: 'Background' | 'Foreground',
): void {
  const { namespace = '', name = '', deletionTimestamp } = metadata;
  if (deletionTimestamp === undefined)
    api.delete({ kind, namespace, name }, propagation === 'Foreground' ? { propagation } : {});
}

/** An owner that waits: its dependents are orphaned, or deleted and waited for. */
function release(owner: KubeObject, api: ApiClient): void {
  const { uid = '', finalizers = [] } = owner.metadata;
  const dependents = api.dependents(uid);
  if (finalizers.includes(ORPHAN)) {
    for (const object of dependents) {
      const ownerReferences = (object.metadata.ownerReferences ?? []).filter((o) => o.uid !== uid);
      api.update({ ...object, metadata: { ...object.metadata, ownerReferences } });
    }
    return finish(owner, ORPHAN, api);
  }
  const blocking = dependents.filter((d) =>
    d.metadata.ownerReferences?.some((o) => o.uid === uid && o.blockOwnerDeletion),
  );
  for (const object of dependents) remove(object, api, 'Foreground');
  if (blocking.length === 0) finish(owner, FOREGROUND, api);
}

/** The finalizer is done with; without any other the owner goes. */
function finish({ kind, metadata }: KubeObject, finalizer: string, api: ApiClient): void {
  const now = api.get(kind, metadata.namespace ?? '', metadata.name ?? '');
  if (!now) return;
  const finalizers = (now.metadata.finalizers ?? []).filter((f) => f !== finalizer);
  api.update({ ...now, metadata: { ...now.metadata, finalizers } });
}
