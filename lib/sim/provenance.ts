// From a rule to the fields that made it: kube-proxy's rules name a Service, a slice and a Pod; a learner edits a Service and a
// Deployment. This follows Pod → ReplicaSet → Deployment by owner references.
import type { ApiReader } from '@/lib/kube/api/types';
import type { KubeObject, ObjectRef } from '@/lib/kube/types';
import type { FieldRef } from '@/lib/net/ruleset/types';

/** Fields of a Deployment (or ReplicaSet, or bare Pod) that decide whether and where its Pods are endpoints. */
const POD_TEMPLATE_FIELDS = ['spec.replicas', 'spec.template.metadata.labels'];

/** The origin, with the workload that owns each Pod added. */
export function extendedOrigin(origin: readonly FieldRef[], api: ApiReader): FieldRef[] {
  const extended = [...origin];
  for (const ref of origin) {
    if (ref.kind !== 'Pod') continue;
    const top = topOwner(ref, api);
    if (!top || top.kind === 'Pod') extended.push({ ...ref, path: 'metadata.labels' });
    else for (const path of POD_TEMPLATE_FIELDS) extended.push({ ...top, path });
  }
  return extended;
}

/** The object at the end of the chain of controlling owners. */
export function topOwner(ref: ObjectRef, api: ApiReader): ObjectRef | undefined {
  let object: KubeObject | undefined = api.get(ref.kind, ref.namespace, ref.name);
  for (let hops = 0; object && hops < 5; hops++) {
    const owner = object.metadata.ownerReferences?.find((o) => o.controller);
    const above: KubeObject | undefined = owner && api.get(owner.kind, ref.namespace, owner.name);
    if (!above) break;
    object = above;
  }
  return object && { kind: object.kind, namespace: ref.namespace, name: object.metadata.name ?? '' };
}

/** Whether a rule with this origin follows from the field (or from something inside or around it). */
export function followsFrom(origin: readonly FieldRef[], field: FieldRef): boolean {
  return origin.some(
    (o) =>
      o.kind === field.kind &&
      o.namespace === field.namespace &&
      o.name === field.name &&
      (isWithin(o.path, field.path) || isWithin(field.path, o.path)),
  );
}

/** "spec.ports[0].port" is within "spec.ports[0]" and within "spec", not within "". */
function isWithin(path: string, outer: string): boolean {
  if (outer === '' || path === '') return path === outer;
  return path === outer || (path.startsWith(outer) && /[.[]/.test(path[outer.length] ?? ''));
}
