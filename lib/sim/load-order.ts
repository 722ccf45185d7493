// Objects of a file on their way into a cluster: in which order, and what an Event needs to be found again.
import type { ApiReader } from '@/lib/kube/api/types';
import type { KubeObject, ObjectReference } from '@/lib/kube/types';

/** What others build on comes first: namespaces, then the configuration of kube-proxy, then the nodes that run it. */
const LOAD_ORDER = ['Namespace', 'ConfigMap', 'Node'];
const rank = ({ kind }: KubeObject): number =>
  kind === 'Event'
    ? LOAD_ORDER.length + 1
    : (LOAD_ORDER.indexOf(kind) + LOAD_ORDER.length + 1) % (LOAD_ORDER.length + 1);

/** The objects in the order in which they are loaded. */
export const inLoadOrder = (objects: readonly KubeObject[]): readonly KubeObject[] =>
  objects.toSorted((a, b) => rank(a) - rank(b));

/** An Event of a file names its object; the uid that kubectl asks by may be missing. */
export function aboutStored(api: ApiReader, object: KubeObject): KubeObject {
  const about = (object as KubeObject & { readonly involvedObject?: ObjectReference }).involvedObject;
  if (object.kind !== 'Event' || !about || about.uid !== undefined) return object;
  const found = api.get(about.kind ?? '', about.namespace ?? '', about.name ?? '');
  const uid = found?.metadata.uid;
  return uid === undefined ? object : ({ ...object, involvedObject: { ...about, uid } } as KubeObject);
}
