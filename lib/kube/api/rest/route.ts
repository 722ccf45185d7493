// Paths of the API: /api/v1/…, /apis/GROUP/VERSION/… (k8s.io/apiserver pkg/endpoints/request/requestinfo.go).
import { resourcesOf, type RestResource } from './resources';
import type { K8sVersion } from '@/lib/kube/versions';

export interface ResourceRoute {
  readonly resource: RestResource;
  /** "" for all namespaces and for cluster-scoped kinds. */
  readonly namespace: string;
  readonly name?: string;
  readonly subresource?: string;
}

export type Route =
  | { readonly to: 'resource'; readonly route: ResourceRoute }
  /** A path of the API that has no such resource. */
  | { readonly to: 'nothing' }
  | { readonly to: 'other'; readonly segments: readonly string[] };

/** Where a path leads. */
export function routeOf(path: string, k8s: K8sVersion): Route {
  const segments = path
    .split('/')
    .filter((s) => s !== '')
    .map(decoded);
  const other: Route = { to: 'other', segments };
  const [root, second, third] = segments;
  const isCore = root === 'api' && second === 'v1';
  const isGrouped = root === 'apis' && third !== undefined;
  if (!isCore && !isGrouped) return other;
  const [group, version] = isCore ? ['', 'v1'] : [second ?? '', third ?? ''];
  const resources = resourcesOf(k8s).filter((r) => r.group === group && r.version === version);
  const rest = segments.slice(isCore ? 2 : 3);
  if (resources.length === 0 || rest.length === 0) return other;
  return resourceRoute(resources, rest);
}

function resourceRoute(resources: readonly RestResource[], rest: readonly string[]): Route {
  const find = (name: string | undefined): RestResource | undefined =>
    resources.find((r) => r.resource === name);
  const inNamespace = rest[0] === 'namespaces' && rest.length > 2 && !isNamespacePart(rest[2]);
  const [name, ...more] = inNamespace ? rest.slice(2) : rest;
  const resource = find(name);
  if (!resource || more.length > 2) return { to: 'nothing' };
  if (inNamespace && !resource.namespaced) return { to: 'nothing' };
  // A namespaced object cannot be named without its namespace.
  if (!inNamespace && resource.namespaced && more.length > 0) return { to: 'nothing' };
  const [object, subresource] = more;
  if (subresource !== undefined && !resource.subresources.some((s) => s.name === subresource))
    return { to: 'nothing' };
  return {
    to: 'resource',
    route: {
      resource,
      namespace: inNamespace ? (rest[1] ?? '') : '',
      ...(object === undefined ? {} : { name: object }),
      ...(subresource === undefined ? {} : { subresource }),
    },
  };
}

const isNamespacePart = (segment: string | undefined): boolean =>
  segment === 'status' || segment === 'finalize';

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
