// Deletes what a deleted owner leaves behind (background propagation). Models pkg/controller/garbagecollector: only owners that were
// seen to go count, so that a dump of Pods without their ReplicaSets stays as it is.
import type { KubeObject } from '@/lib/kube/types';
import { LATENCY_MS } from './latencies';
import { controllerOf } from './objects';
import type { Controller } from './types';

/** What each kind of owner makes. */
const DEPENDENTS: Readonly<Record<string, readonly string[]>> = {
  Deployment: ['ReplicaSet'],
  ReplicaSet: ['Pod'],
  DaemonSet: ['Pod'],
  Service: ['EndpointSlice'],
  Endpoints: ['EndpointSlice'],
};

/** The garbage collector; its keys are "Kind/uid" of deleted owners. */
export function garbageCollector(): Controller {
  return {
    name: 'garbage-collector',
    watches: Object.keys(DEPENDENTS),
    latencyMs: LATENCY_MS.garbageCollector,
    keysFor: ({ type, object }) =>
      type === 'DELETED' ? [`${object.kind}/${object.metadata.uid ?? ''}`] : [],
    reconcile(key, { api }) {
      const [kind = '', uid = ''] = key.split('/');
      for (const dependent of DEPENDENTS[kind] ?? [])
        for (const object of api.ownedBy<KubeObject>(dependent, uid)) {
          const { namespace = '', name = '', deletionTimestamp } = object.metadata;
          if (deletionTimestamp === undefined && controllerOf(object)?.uid === uid)
            api.delete({ kind: dependent, namespace, name });
        }
    },
  };
}
