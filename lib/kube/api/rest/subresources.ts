// Subresources: scale, eviction, log, binding and the like.
import { asObject } from '@/lib/kube/api/json';
import { groupResource, infoOf } from '@/lib/kube/api/kinds';
import { badRequest, conflict, notFound } from '@/lib/kube/api/status';
import type { KubeObject, Pod } from '@/lib/kube/types';
import { contentTypeOf, rawBody } from './body';
import type { Call } from './call';
import { evict } from './eviction';
import { writeQuery } from './options';
import { patchedObject } from './patch';
import { podLog } from './pod-log';
import type { ResourceRoute } from './route';
import { methodNotAllowed } from './status-body';
import type { ApiResponse } from './types';
import { selectorString } from './selector-text';

/** The answer to a request of a subresource other than status. */
export function subresource(call: Call, route: ResourceRoute): ApiResponse {
  if (!route.resource.info) return call.fail(methodNotAllowed());
  const { namespace, name = '', resource } = route;
  const object = call.backend.api.get(resource.info?.kind ?? '', namespace, name);
  if (!object) return call.fail(notFound(resource, name));
  const { method } = call.request;
  switch (route.subresource) {
    case 'scale':
      return scale(call, route, object);
    case 'log':
      return method === 'GET' ? podLog(call, object as Pod) : call.fail(methodNotAllowed());
    case 'eviction':
      return method === 'POST' ? evict(call, route, object as Pod) : call.fail(methodNotAllowed());
    case 'binding':
      return method === 'POST' ? bind(call, object as Pod) : call.fail(methodNotAllowed());
    case 'finalize':
      return call.fail(methodNotAllowed());
    default:
      return call.fail(badRequest(NO_STREAMS));
  }
}

/** What needs a kubelet's streaming server: exec, attach, port-forward, proxy. */
const NO_STREAMS = 'this cluster is simulated: its API server forwards no streams to containers';

/** pods/binding: what a scheduler does (pkg/registry/core/pod/storage BindingREST). */
function bind(call: Call, pod: Pod): ApiResponse {
  const body = rawBody(call, 'Binding');
  if (!body.ok) return call.fail(body.error);
  const { name, kind } = asObject(asObject(body.value.value)['target']) as { name?: string; kind?: string };
  if (!name || (kind !== undefined && kind !== '' && kind !== 'Node'))
    return call.fail(badRequest('Binding "" is invalid: target.name: Required value'));
  const place = groupResource(infoOf('Pod'));
  if (pod.spec.nodeName)
    return call.fail({
      ...conflict(
        infoOf('Pod'),
        pod.metadata.name ?? '',
        `pod ${pod.metadata.name ?? ''} is already assigned to node "${pod.spec.nodeName}"`,
      ),
      details: { kind: `${place}/binding`, name: pod.metadata.name ?? '' },
    });
  const bound = call.backend.api.update<Pod>({ ...pod, spec: { ...pod.spec, nodeName: name } });
  if (!bound.ok) return call.fail(bound.error);
  return call.json(
    201,
    JSON.stringify({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 }),
  );
}

/** autoscaling/v1 Scale of a workload. */
function scaleOf({ metadata, spec, status, kind }: KubeObject): KubeObject {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = metadata;
  const fields = asObject(spec);
  const selector = selectorString(kind, fields['selector']);
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: { replicas: fields['replicas'] ?? 0 },
    status: { replicas: asObject(status)['replicas'] ?? 0, ...(selector ? { selector } : {}) },
  } as KubeObject;
}

const SCALE_SCHEMA = { type: 'any', go: 'v1.Scale' } as const;

function scale(call: Call, route: ResourceRoute, object: KubeObject): ApiResponse {
  const { method } = call.request;
  if (method === 'GET') return call.json(200, JSON.stringify(scaleOf(object)));
  if (method !== 'PUT' && method !== 'PATCH') return call.fail(methodNotAllowed());
  const options = writeQuery(call, route, method === 'PUT' ? 'UpdateOptions' : 'PatchOptions');
  if (!options.ok) return call.fail(options.error);
  const body =
    method === 'PUT'
      ? rawBody(call, 'Scale')
      : patchedObject(call, contentTypeOf(call), scaleOf(object), SCALE_SCHEMA);
  if (!body.ok) return call.fail(body.error);
  const wanted = asObject(method === 'PUT' ? asObject(body.value)['value'] : body.value);
  const { resourceVersion } = asObject(wanted['metadata']) as { resourceVersion?: string };
  const updated = call.backend.api.update(
    {
      ...object,
      metadata: { ...object.metadata, ...(resourceVersion ? { resourceVersion } : {}) },
      spec: { ...asObject(object.spec), replicas: Number(asObject(wanted['spec'])['replicas'] ?? 0) },
    },
    options.value,
  );
  return updated.ok ? call.json(200, JSON.stringify(scaleOf(updated.value))) : call.fail(updated.error);
}
