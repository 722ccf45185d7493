// Endpoints that somebody writes by hand, for a Service without selector → EndpointSlices, which is all that kube-proxy reads.
// Models pkg/controller/endpointslicemirroring/endpointslicemirroring_controller.go.
import type { ApiClient } from '@/lib/kube/api/types';
import type { EndpointSlice, KubeObject, ObjectMeta, Service } from '@/lib/kube/types';
import type { Endpoints } from '../endpoints/subsets';
import { MANAGED_BY_LABEL, SERVICE_NAME_LABEL, TRIGGER_TIME_ANNOTATION } from '../endpointslice/slice';
import { LATENCY_MS } from '../latencies';
import { controllerRef, equalJson, keyOf, splitKey, without } from '../objects';
import type { Controller } from '../types';
import { groupKey, mirroredGroups, type MirroredGroup } from './desired';

export const MIRRORING_CONTROLLER = 'endpointslicemirroring-controller.k8s.io';
const SKIP_MIRROR_LABEL = 'endpointslice.kubernetes.io/skip-mirror';
const LEADER_ANNOTATION = 'control-plane.alpha.kubernetes.io/leader';
const LAST_APPLIED_ANNOTATION = 'kubectl.kubernetes.io/last-applied-configuration';

/** The EndpointSliceMirroring controller. */
export function endpointSliceMirroringController(): Controller {
  let writing = false;
  return {
    name: 'endpointslicemirroring-controller',
    watches: ['Endpoints', 'Service', 'EndpointSlice'],
    latencyMs: LATENCY_MS.endpointSlice,
    keysFor({ object, type, old }, { api }) {
      if (object.kind === 'EndpointSlice') return writing ? [] : endpointsOf(object);
      if (object.kind === 'Endpoints') return isManaged(object, api) ? [] : [keyOf(object)];
      // A Service with a selector is the EndpointSlice controller's business, unless it had none before.
      const selecting = (service: KubeObject | undefined): boolean =>
        Boolean((service as Service)?.spec.selector);
      return selecting(object) && (type === 'ADDED' || selecting(old)) ? [] : [keyOf(object)];
    },
    reconcile(key, { api }) {
      const { namespace, name } = splitKey(key);
      const service = api.get<Service>('Service', namespace, name);
      const endpoints = api.get<Endpoints>('Endpoints', namespace, name);
      const existing = mirrorsOf(api, namespace, name);
      writing = true;
      if (!service || !endpoints || service.spec.selector || !shouldMirror(endpoints)) remove(api, existing);
      else write(api, endpoints, existing);
      writing = false;
    },
  };
}

const shouldMirror = ({ metadata }: Endpoints): boolean =>
  metadata.labels?.[SKIP_MIRROR_LABEL] !== 'true' && metadata.annotations?.[LEADER_ANNOTATION] === undefined;

/** The Endpoints controller's own objects are not mirrored, and they change often. */
function isManaged({ metadata }: KubeObject, api: ApiClient): boolean {
  const service = api.get<Service>('Service', metadata.namespace ?? '', metadata.name ?? '');
  return Boolean(service?.spec.selector);
}

/** Somebody else touched a mirrored slice: its Endpoints must be looked at. */
function endpointsOf({ metadata }: KubeObject): readonly string[] {
  const name = metadata.labels?.[SERVICE_NAME_LABEL];
  if (!name || metadata.labels?.[MANAGED_BY_LABEL] !== MIRRORING_CONTROLLER) return [];
  return [`${metadata.namespace ?? ''}/${name}`];
}

const mirrorsOf = (api: ApiClient, namespace: string, name: string): readonly EndpointSlice[] =>
  api.labelled<EndpointSlice>('EndpointSlice', namespace, {
    [SERVICE_NAME_LABEL]: name,
    [MANAGED_BY_LABEL]: MIRRORING_CONTROLLER,
  });

function remove(api: ApiClient, slices: readonly EndpointSlice[]): void {
  for (const { kind, metadata } of slices)
    api.delete({ kind, namespace: metadata.namespace ?? '', name: metadata.name ?? '' });
}

/** One slice a group: an existing one of the same family and ports is kept and updated, what is left over goes. */
function write(api: ApiClient, endpoints: Endpoints, existing: readonly EndpointSlice[]): void {
  const groups = mirroredGroups(endpoints);
  const kept = new Map<string, EndpointSlice>();
  const surplus: EndpointSlice[] = [];
  for (const slice of existing) {
    const key = groupKey(slice.addressType, slice.ports);
    if (groups.has(key) && !kept.has(key)) kept.set(key, slice);
    else surplus.push(slice);
  }
  remove(api, surplus);
  for (const [key, group] of groups) {
    const before = kept.get(key);
    const wanted = sliceOf(endpoints, group);
    if (!before) api.create(wanted);
    else if (!sameSlice(before, wanted))
      api.update<EndpointSlice>({
        ...wanted,
        metadata: { ...before.metadata, ...withoutName(wanted.metadata) },
      });
  }
}

const withoutName = ({ labels, annotations }: ObjectMeta): Partial<ObjectMeta> => ({
  ...(labels ? { labels } : {}),
  ...(annotations ? { annotations } : {}),
});

const sameSlice = (a: EndpointSlice, b: EndpointSlice): boolean =>
  equalJson(a.endpoints ?? [], b.endpoints ?? []) &&
  equalJson(a.metadata.labels ?? {}, b.metadata.labels ?? {}) &&
  equalJson(a.metadata.annotations ?? {}, b.metadata.annotations ?? {});

function sliceOf(
  endpoints: Endpoints,
  { addressType, ports, endpoints: list }: MirroredGroup,
): EndpointSlice {
  const { name = '', namespace = '', labels = {}, annotations = {} } = endpoints.metadata;
  const kept = without(annotations, LAST_APPLIED_ANNOTATION, TRIGGER_TIME_ANNOTATION);
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      generateName: `${name}-`,
      namespace,
      labels: { ...labels, [SERVICE_NAME_LABEL]: name, [MANAGED_BY_LABEL]: MIRRORING_CONTROLLER },
      annotations: kept,
      ownerReferences: [controllerRef(endpoints)],
    },
    addressType,
    endpoints: list,
    ports,
  };
}
