// Subresources: scale, eviction, log, binding and the like.
import { asObject } from '@/lib/kube/api/json';
import { notFound } from '@/lib/kube/api/status';
import type { KubeObject } from '@/lib/kube/types';
import { contentTypeOf, rawBody } from './body';
import type { Call } from './call';
import { writeQuery } from './options';
import { patchedObject } from './patch';
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
  if (route.subresource === 'scale') return scale(call, route, object);
  return call.fail(methodNotAllowed());
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
  const options = writeQuery(call, method === 'PUT' ? 'UpdateOptions' : 'PatchOptions');
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
