// Subresources: scale, eviction, log, binding and the like.
import { base64OfText } from '@/lib/kube/api/base64';
import { asObject } from '@/lib/kube/api/json';
import { timestamp } from '@/lib/kube/api/object-meta';
import { age } from '@/lib/kube/api/tables';
import { groupResource, infoOf } from '@/lib/kube/api/kinds';
import { badRequest, conflict, notFound } from '@/lib/kube/api/status';
import type { KubeObject, Pod } from '@/lib/kube/types';
import { contentTypeOf, rawBody } from './body';
import type { Call } from './call';
import { evict } from './eviction';
import { writeQuery } from './options';
import { patchedObject } from './patch';
import { podLog } from './pod-log';
import { podStreams } from './pod-streams';
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
      return scaled(call, route, object);
    case 'log':
      return method === 'GET' ? podLog(call, object as Pod) : call.fail(methodNotAllowed());
    case 'eviction':
      return method === 'POST' ? evict(call, route, object as Pod) : call.fail(methodNotAllowed());
    case 'binding':
      return method === 'POST' ? bind(call, object as Pod) : call.fail(methodNotAllowed());
    case 'token':
      return method === 'POST' ? tokenFor(call, object) : call.fail(methodNotAllowed());
    case 'exec':
    case 'attach':
    case 'portforward':
      return podStreams(call, route.subresource, object as Pod);
    case 'finalize':
      return call.fail(methodNotAllowed());
    default:
      return call.fail(badRequest(NOT_FORWARDED));
  }
}

/** What is left: proxy, ephemeralcontainers. */
const NOT_FORWARDED =
  'this cluster is simulated: its API server forwards no requests to Pods, Services and nodes';

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

const TOKEN_SECONDS = 3600;

/** serviceaccounts/token: a token that nobody checks here (pkg/registry/core/serviceaccount/storage/token.go). */
function tokenFor(call: Call, { metadata }: KubeObject): ApiResponse {
  const body = rawBody(call, 'TokenRequest');
  if (!body.ok) return call.fail(body.error);
  const { expirationSeconds = TOKEN_SECONDS, audiences } = asObject(asObject(body.value.value)['spec']) as {
    expirationSeconds?: number;
    audiences?: readonly string[];
  };
  const audience = audiences?.length ? audiences : ['https://kubernetes.default.svc.cluster.local'];
  const now = Math.floor(call.backend.now() / 1000);
  const { name = '', namespace = '' } = metadata;
  const claims = {
    aud: audience,
    exp: now + expirationSeconds,
    iat: now,
    iss: audience[0],
    sub: `system:serviceaccount:${namespace}:${name}`,
  };
  const part = (value: unknown): string =>
    base64OfText(JSON.stringify(value)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  const token = `${part({ alg: 'none' })}.${part(claims)}.simulated`;
  const status = { token, expirationTimestamp: timestamp((now + expirationSeconds) * 1000) };
  return call.json(
    201,
    JSON.stringify({
      kind: 'TokenRequest',
      apiVersion: 'authentication.k8s.io/v1',
      metadata: { name, namespace, creationTimestamp: timestamp(now * 1000) },
      spec: { audiences: audience, expirationSeconds, boundObjectRef: null },
      status,
    }),
  );
}

/** The Table of a Scale: its columns are its own. */
function scaleTable(call: Call, scale: KubeObject): string {
  const column = (name: string, type = 'string'): object => ({
    name,
    type,
    format: name === 'Name' ? 'name' : '',
    description: name,
    priority: 0,
  });
  const { name = '', creationTimestamp } = scale.metadata;
  const wanted = asObject(scale.spec)['replicas'];
  const cells = [
    name,
    wanted,
    asObject(scale.status)['replicas'],
    age(creationTimestamp, call.backend.now()),
  ];
  return JSON.stringify({
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata: { resourceVersion: scale.metadata.resourceVersion },
    columnDefinitions: [
      column('Name'),
      column('Desired', 'integer'),
      column('Available', 'integer'),
      column('Age'),
    ],
    rows: [
      {
        cells,
        object: { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: scale.metadata },
      },
    ],
  });
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

function scaled(call: Call, route: ResourceRoute, object: KubeObject): ApiResponse {
  const { method } = call.request;
  if (method === 'GET') {
    const scale = scaleOf(object);
    return call.json(200, call.accepted?.as === 'Table' ? scaleTable(call, scale) : JSON.stringify(scale));
  }
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
