// The annotation in which client-side apply keeps what was applied (k8s.io/kubectl pkg/util/apply.go).
import type { KubeJson } from '../api/client';
import { compactJson } from '../print/json';

export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** The object with the annotation that holds what was applied. */
export function withLastApplied(object: KubeJson): KubeJson {
  const { [LAST_APPLIED]: _, ...annotations } = object.metadata.annotations ?? {};
  const bare = { ...object, metadata: { ...object.metadata, annotations } };
  const text = `${compactJson(bare)}\n`;
  return {
    ...bare,
    metadata: { ...bare.metadata, annotations: { ...annotations, [LAST_APPLIED]: text } },
  };
}
