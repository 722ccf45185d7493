// The EndpointSlice object: its labels, owner and name. Models staging/src/k8s.io/endpointslice/utils.go newEndpointSlice and
// setEndpointSliceLabels.
import type { EndpointPort, EndpointSlice, IPFamily, Service } from '@/lib/kube/types';
import { controllerRef, equalJson, without, type Labels } from '../objects';

export const SERVICE_NAME_LABEL = 'kubernetes.io/service-name';
export const MANAGED_BY_LABEL = 'endpointslice.kubernetes.io/managed-by';
export const HEADLESS_LABEL = 'service.kubernetes.io/headless';
export const CONTROLLER_NAME = 'endpointslice-controller.k8s.io';
export const TRIGGER_TIME_ANNOTATION = 'endpoints.kubernetes.io/last-change-trigger-time';

const RESERVED = [SERVICE_NAME_LABEL, MANAGED_BY_LABEL, HEADLESS_LABEL];

export const isHeadless = ({ spec }: Service): boolean => !spec.clusterIP || spec.clusterIP === 'None';

/** The labels that a slice should have, and whether those copied from the Service differ from what it has. */
export function sliceLabels(
  slice: EndpointSlice | undefined,
  service: Service,
  controllerName: string,
): { readonly labels: Labels; readonly changed: boolean } {
  const own = without(service.metadata.labels ?? {}, ...RESERVED);
  const name = service.metadata.name ?? '';
  const headless: Labels = isHeadless(service) ? { [HEADLESS_LABEL]: '' } : {};
  return {
    labels: { ...own, ...headless, [MANAGED_BY_LABEL]: controllerName, [SERVICE_NAME_LABEL]: name },
    changed: !equalJson(without(slice?.metadata.labels ?? {}, ...RESERVED), own),
  };
}

/** An empty slice of a Service, without a name yet. No ports and no endpoints are null, as the server stores them. */
export function newSlice(
  service: Service,
  addressType: IPFamily,
  ports: readonly EndpointPort[],
  controllerName: string,
): EndpointSlice {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      generateName: `${service.metadata.name ?? ''}-`,
      namespace: service.metadata.namespace ?? '',
      labels: sliceLabels(undefined, service, controllerName).labels,
      ownerReferences: [controllerRef(service)],
    },
    addressType,
    endpoints: null,
    ports: ports.length > 0 ? ports : null,
  };
}

export const isOwnedBy = (slice: EndpointSlice, service: Service): boolean =>
  (slice.metadata.ownerReferences ?? []).some(
    (o) => o.uid === service.metadata.uid && o.kind === 'Service' && o.apiVersion === 'v1',
  );

/** The slice with endpoints.kubernetes.io/last-change-trigger-time set, or removed. */
export function withTriggerTime(slice: EndpointSlice, time: string | undefined): EndpointSlice {
  const { annotations, ...metadata } = slice.metadata;
  const rest = without(annotations ?? {}, TRIGGER_TIME_ANNOTATION);
  const next = time === undefined ? rest : { ...rest, [TRIGGER_TIME_ANNOTATION]: time };
  return { ...slice, metadata: Object.keys(next).length > 0 ? { ...metadata, annotations: next } : metadata };
}
