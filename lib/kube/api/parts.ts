// Parts of an object that a write leaves as they are.
import type { KubeObject } from '@/lib/kube/types';
import { sameJson, withFields } from './json';

/** Parts without a change stay the same value, so that readers can compare by identity. */
export const keepingParts = (object: KubeObject, old: KubeObject): KubeObject =>
  withFields(object, {
    ...(sameJson(object.spec, old.spec) ? { spec: old.spec } : {}),
    ...(sameJson(object.status, old.status) ? { status: old.status } : {}),
  });

/** The object with the replicas that a Scale asks for. */
export function withReplicas<T extends KubeObject>(old: KubeObject, scaled: T): T {
  const { replicas } = (scaled.spec ?? {}) as { readonly replicas?: number };
  return { ...old, spec: { ...(old.spec as object), replicas } } as T;
}
