// The REST API of the simulated cluster, whole: one function from request to response. What `ksvc serve` shows to a real kubectl and
// what the terminal's kubectl calls.
import { differences } from '@/lib/kube/versions';
import { Call, type Backend } from './call';
import { discovery } from './discovery';
import { openapi } from './openapi-paths';
import { other } from './other-paths';
import { patch } from './patch';
import { read } from './read';
import { routeOf, type ResourceRoute } from './route';
import { methodNotAllowed, noSuchPath } from './status-body';
import { review } from './reviews';
import { subresource } from './subresources';
import type { ApiRequest, ApiResponse } from './types';
import { unauthorized } from './user';
import { create, remove, removeAll, replace } from './write';

export type { Backend } from './call';

/** Answers one request. Never throws for what a client sends. */
export function handle(backend: Backend, request: ApiRequest): ApiResponse {
  const call = new Call(backend, request);
  const routed = routeOf(call.path, backend.k8s);
  if (routed.to === 'nothing') return call.fail(noSuchPath());
  if (routed.to === 'other')
    return discovery(call, routed.segments) ?? openapi(call, routed.segments) ?? other(call, routed.segments);
  const { route } = routed;
  if (route.resource.info?.kind === 'Endpoints' && differences.endpointsDeprecated(backend.k8s))
    call.warn('v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice');
  const refused = unauthorized(call, route);
  if (refused) return call.fail(refused);
  return dispatch(call, route);
}

function dispatch(call: Call, route: ResourceRoute): ApiResponse {
  if (route.subresource !== undefined && route.subresource !== 'status') return subresource(call, route);
  if (!route.resource.info && route.resource.verbs.length === 1) return review(call, route);
  const isNamed = route.name !== undefined;
  switch (call.request.method) {
    case 'GET':
      return read(call, route);
    case 'POST':
      return isNamed ? call.fail(methodNotAllowed()) : create(call, route);
    case 'PUT':
      return isNamed ? replace(call, route) : call.fail(methodNotAllowed());
    case 'PATCH':
      return isNamed ? patch(call, route) : call.fail(methodNotAllowed());
    case 'DELETE':
      return isNamed ? remove(call, route) : removeAll(call, route);
    default:
      return call.fail(methodNotAllowed());
  }
}
