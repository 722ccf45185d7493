// Waits until an object is gone: k8s.io/kubectl pkg/cmd/wait/delete.go IsDeleted.
import type { Steps } from '../../../types';
import type { KubeJson } from '../api/client';
import { pathOf } from '../api/mapper';
import { Failure, isNotFound } from './errors';
import type { Session } from './session';
import { events } from './watch';
import type { Target } from '../resources/info';

/** Ends when it is gone or another object has its name. Throws kubectl's timeout. */
export function* waitUntilDeleted(
  k: Session,
  target: Target & { readonly name: string },
  uid: string | undefined,
  timeoutMs: number,
): Steps<void> {
  const { mapping, namespace, name } = target;
  const deadline = k.now + timeoutMs;
  let object: KubeJson;
  try {
    object = k.client.get(pathOf(mapping, namespace, name));
  } catch (error) {
    if (isNotFound(error)) return;
    throw error;
  }
  const first = uid ?? object.metadata.uid;
  if (object.metadata.uid !== first) return;
  const query = {
    fieldSelector: `metadata.name=${name}`,
    resourceVersion: object.metadata.resourceVersion,
    watch: 'true',
    allowWatchBookmarks: 'true',
  };
  const watch = events(k, pathOf(mapping, namespace), query, undefined, deadline);
  for (let event = yield* watch.next(); event; event = yield* watch.next())
    if (event.type === 'DELETED' && event.object.metadata.uid === first) {
      watch.close();
      return;
    }
  throw new Failure(`timed out waiting for the condition on ${mapping.resource}/${name}`);
}
