import type { KubeJson } from '../api/client';

/** `kind: List` around objects, as kubectl prints several. */
export function listOfObjects(objects: readonly KubeJson[]): KubeJson {
  return {
    apiVersion: 'v1',
    items: objects,
    kind: 'List',
    metadata: { resourceVersion: '' },
  } as unknown as KubeJson;
}
