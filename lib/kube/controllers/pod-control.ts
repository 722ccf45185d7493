// Makes and deletes the Pods of a workload, and says so. Models pkg/controller/controller_utils.go RealPodControl.
import type { KubeObject, Pod } from '@/lib/kube/types';
import type { ControllerContext } from './types';

/** Creates a Pod for its owner; `component` is who says so. */
export function createPod(
  { api, record }: ControllerContext,
  owner: KubeObject,
  pod: Pod,
  component: string,
): void {
  const created = api.create(pod);
  if (created.ok) {
    const message = `Created pod: ${created.value.metadata.name ?? ''}`;
    record(owner, { type: 'Normal', reason: 'SuccessfulCreate', message, component });
  } else {
    const message = `Error creating: ${created.error.message}`;
    record(owner, { type: 'Warning', reason: 'FailedCreate', message, component });
  }
}

/** Deletes a Pod of its owner. */
export function deletePod(
  { api, record }: ControllerContext,
  owner: KubeObject,
  { metadata }: Pod,
  component: string,
): void {
  const { namespace = '', name = '' } = metadata;
  const deleted = api.delete({ kind: 'Pod', namespace, name });
  if (deleted.ok)
    record(owner, { type: 'Normal', reason: 'SuccessfulDelete', message: `Deleted pod: ${name}`, component });
}
