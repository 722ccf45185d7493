// POST, PUT and DELETE of a resource. Follows k8s.io/apiserver pkg/endpoints/handlers/{create,update,delete}.go.
import { err, ok, type Result } from '@/lib/core/result';
import { badRequest } from '@/lib/kube/api/status';
import type { Status } from '@/lib/kube/api/types';
import type { KubeObject } from '@/lib/kube/types';
import type { Call } from './call';
import { objectBody } from './body';
import { objectWarnings } from './object-warnings';
import { deleteOptions, writeQuery } from './options';
import { objectResponse } from './read';
import type { ResourceRoute } from './route';
import { selectionOf } from './selection';
import { methodNotAllowed } from './status-body';
import type { ApiResponse } from './types';
import { toStored } from './versions';

/** POST. */
export function create(call: Call, route: ResourceRoute): ApiResponse {
  const { resource } = route;
  if (!resource.info) return call.fail(methodNotAllowed());
  const options = writeQuery(call, route, 'CreateOptions');
  if (!options.ok) return call.fail(options.error);
  const body = objectBody(call, resource);
  if (!body.ok) return call.fail(body.error);
  const placed = inNamespace(toStored(body.value, resource), route);
  if (!placed.ok) return call.fail(placed.error);
  const created = call.backend.api.create(placed.value, options.value);
  if (created.ok) warnOf(call, created.value, undefined);
  return created.ok ? objectResponse(call, 201, created.value, resource) : call.fail(created.error);
}

/** PUT. */
export function replace(call: Call, route: ResourceRoute): ApiResponse {
  const { resource, name = '', subresource } = route;
  if (!resource.info) return call.fail(methodNotAllowed());
  const options = writeQuery(call, route, 'UpdateOptions');
  if (!options.ok) return call.fail(options.error);
  const body = objectBody(call, resource);
  if (!body.ok) return call.fail(body.error);
  const placed = inNamespace(toStored(body.value, resource), route);
  if (!placed.ok) return call.fail(placed.error);
  const named = withName(placed.value, name);
  if (!named.ok) return call.fail(named.error);
  const old = call.backend.api.get(resource.info.kind, route.namespace, name);
  const updated = call.backend.api.update(named.value, {
    ...options.value,
    ...(subresource === 'status' ? { subresource } : {}),
  });
  if (updated.ok) warnOf(call, updated.value, old);
  return updated.ok ? objectResponse(call, 200, updated.value, resource) : call.fail(updated.error);
}

/** Notes what the server warns of. */
export function warnOf(call: Call, object: KubeObject, old: KubeObject | undefined): void {
  for (const text of objectWarnings(object, old, call.backend.k8s)) call.warn(text);
}

/** The object in the namespace of the path (rest.EnsureObjectNamespaceMatchesRequestNamespace). */
export function inNamespace(
  object: KubeObject,
  { resource, namespace }: ResourceRoute,
): Result<KubeObject, Status> {
  const { namespace: given, ...metadata } = object.metadata;
  if (!resource.namespaced) {
    if (given) return err(badRequest('namespace may not be set for a cluster-scoped object'));
    return ok(given === undefined ? object : { ...object, metadata });
  }
  if (namespace === '') return err(badRequest('an empty namespace may not be set during creation'));
  if (given && given !== namespace)
    return err(
      badRequest('the namespace of the provided object does not match the namespace sent on the request'),
    );
  return ok({ ...object, metadata: { ...metadata, namespace } });
}

function withName(object: KubeObject, name: string): Result<KubeObject, Status> {
  const given = object.metadata.name;
  if (!given) return err(badRequest('name must be provided'));
  if (given !== name)
    return err(badRequest(`the name of the object (${given}) does not match the name on the URL (${name})`));
  return ok(object);
}

/** Kinds whose deletion answers with the object (ReturnDeletedObject of their stores). */
const RETURNED = [
  'PersistentVolume',
  'PersistentVolumeClaim',
  'Pod',
  'ResourceQuota',
  'Service',
  'ServiceAccount',
];

/** DELETE of one object. */
export function remove(call: Call, { resource, namespace, name = '' }: ResourceRoute): ApiResponse {
  if (!resource.info) return call.fail(methodNotAllowed());
  const options = deleteOptions(call);
  if (!options.ok) return call.fail(options.error);
  const { kind } = resource.info;
  const deleted = call.backend.api.delete({ kind, namespace, name }, options.value);
  if (!deleted.ok) return call.fail(deleted.error);
  const { uid = '', deletionTimestamp } = deleted.value.metadata;
  if (deletionTimestamp !== undefined || RETURNED.includes(kind))
    return objectResponse(call, 200, deleted.value, resource);
  const details = {
    name,
    ...(resource.group ? { group: resource.group } : {}),
    kind: resource.resource,
    uid,
  };
  return call.json(
    200,
    JSON.stringify({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details }),
  );
}

/** DELETE of all that the selectors match. */
export function removeAll(call: Call, route: ResourceRoute): ApiResponse {
  const { resource } = route;
  if (
    !resource.info ||
    !resource.verbs.includes('deletecollection') ||
    (resource.namespaced && route.namespace === '')
  )
    return call.fail(methodNotAllowed());
  const options = deleteOptions(call);
  if (!options.ok) return call.fail(options.error);
  const selected = selectionOf(route, call.query);
  if (!selected.ok) return call.fail(selected.error);
  const { api, store } = call.backend;
  const { kind, apiVersion } = resource.info;
  const doomed = store.list(kind, selected.value.namespace).filter((o) => selected.value.matches(o));
  const items: KubeObject[] = [];
  for (const { metadata } of doomed) {
    const { namespace = '', name = '' } = metadata;
    const deleted = api.delete({ kind, namespace, name }, options.value);
    if (!deleted.ok) return call.fail(deleted.error);
    items.push(deleted.value);
  }
  const metadata = { resourceVersion: String(store.version) };
  return call.json(200, JSON.stringify({ kind: `${kind}List`, apiVersion, metadata, items }));
}
