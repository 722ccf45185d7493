// The fields of what the REST API takes: those of the stored kinds, and of the kinds that are never stored.
import { schemaOf, type FieldSchema } from '@/lib/kube/api/schema';
import type { K8sVersion } from '@/lib/kube/versions';

/** The schema of a kind in an apiVersion; undefined where anything is taken. */
export function schemaFor(kind: string, apiVersion: string, k8s: K8sVersion): FieldSchema | undefined {
  if (apiVersion === 'autoscaling/v1' || apiVersion === 'events.k8s.io/v1') return undefined;
  return schemaOf(kind, k8s);
}
