// Empties a namespace that is being deleted, then lets it go. Models pkg/controller/namespace/deletion.
import { kinds } from '@/lib/kube/api/kinds';
import type { ApiClient } from '@/lib/kube/api/types';
import type { KubeObject } from '@/lib/kube/types';
import { LATENCY_MS } from '../latencies';
import type { Controller } from '../types';

/** How long it waits for what is left, Pods above all. */
const RETRY_MS = 1000;

/** The namespace controller; its keys are names. */
export function namespaceController(): Controller {
  return {
    name: 'namespace-controller',
    watches: ['Namespace'],
    latencyMs: LATENCY_MS.garbageCollector,
    keysFor: ({ type, object }) =>
      type !== 'DELETED' && object.metadata.deletionTimestamp !== undefined
        ? [object.metadata.name ?? '']
        : [],
    reconcile(name, { api, requeueAfter }) {
      const namespace = api.get('Namespace', '', name);
      if (namespace?.metadata.deletionTimestamp === undefined) return;
      for (const object of contents(name, api)) remove(object, api);
      if (contents(name, api).length > 0) return requeueAfter(name, RETRY_MS);
      api.delete({ kind: 'Namespace', namespace: '', name }, { force: true });
    },
  };
}

const contents = (namespace: string, api: ApiClient): readonly KubeObject[] =>
  kinds().flatMap((info) => (info.namespaced ? api.list(info.kind, namespace) : []));

function remove({ kind, metadata }: KubeObject, api: ApiClient): void {
  const { namespace = '', name = '', deletionTimestamp } = metadata;
  if (deletionTimestamp === undefined) api.delete({ kind, namespace, name });
}
