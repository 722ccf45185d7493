// One Pod as an endpoint of one Service. Models staging/src/k8s.io/endpointslice/utils.go and util/controller_utils.go.
import { familyOfText } from '@/lib/core/ip';
import type { Endpoint, EndpointPort, IPFamily, Node, Pod, Service, ServicePort } from '@/lib/kube/types';
import { isPodReady, isPodTerminal } from '../objects';
import { canonicalJson } from '../template-hash';

export const ZONE_LABEL = 'topology.kubernetes.io/zone';

/** Whether a Pod belongs into Endpoints or EndpointSlices at all: it has an address and has not ended. */
export function shouldBeInEndpoints(pod: Pod, includeTerminating: boolean): boolean {
  if (isPodTerminal(pod)) return false;
  if (!pod.status?.podIP && !pod.status?.podIPs?.length) return false;
  return includeTerminating || pod.metadata.deletionTimestamp === undefined;
}

/** The Pod's hostname counts if its subdomain names this headless Service. */
export const shouldSetHostname = (pod: Pod, service: Service): boolean =>
  Boolean(pod.spec.hostname) &&
  pod.spec.subdomain === service.metadata.name &&
  pod.metadata.namespace === service.metadata.namespace;

/** The address families of a Service: spec.ipFamilies, else that of the clusterIP, else both. */
export function addressTypes({ spec }: Service): readonly IPFamily[] {
  const families = (['IPv4', 'IPv6'] as const).filter((f) => spec.ipFamilies?.includes(f));
  if (families.length > 0) return families;
  if (spec.clusterIP && spec.clusterIP !== 'None') return [familyOfText(spec.clusterIP)];
  return ['IPv4', 'IPv6'];
}

export function podToEndpoint(
  pod: Pod,
  node: Node | undefined,
  service: Service,
  family: IPFamily,
): Endpoint {
  const serving = isPodReady(pod);
  const terminating = pod.metadata.deletionTimestamp !== undefined;
  const ready = service.spec.publishNotReadyAddresses === true || (serving && !terminating);
  const zone = node?.metadata.labels?.[ZONE_LABEL];
  const { namespace, name, uid } = pod.metadata;
  return {
    addresses: (pod.status?.podIPs ?? []).map(({ ip }) => ip).filter((ip) => familyOfText(ip) === family),
    conditions: { ready, serving, terminating },
    ...(shouldSetHostname(pod, service) && pod.spec.hostname ? { hostname: pod.spec.hostname } : {}),
    ...(pod.spec.nodeName ? { nodeName: pod.spec.nodeName } : {}),
    targetRef: {
      kind: 'Pod',
      ...(namespace === undefined ? {} : { namespace }),
      ...(name === undefined ? {} : { name }),
      ...(uid === undefined ? {} : { uid }),
    },
    ...(zone ? { zone } : {}),
  };
}

/** The container port that a Service port leads to in this Pod; undefined if a named port is not there. */
export function findPort(pod: Pod, { targetPort, port, protocol = 'TCP' }: ServicePort): number | undefined {
  const target = targetPort ?? port;
  if (typeof target === 'number') return target;
  for (const container of pod.spec.containers)
    for (const own of container.ports ?? [])
      if (own.name === target && (own.protocol ?? 'TCP') === protocol) return own.containerPort;
  return undefined;
}

/** The ports that this Pod offers for a Service; a named port that it lacks is left out. */
export function endpointPorts(service: Service, pod: Pod): readonly EndpointPort[] {
  return (service.spec.ports ?? []).flatMap((servicePort) => {
    const port = findPort(pod, servicePort);
    if (port === undefined) return [];
    const { name = '', protocol = 'TCP', appProtocol } = servicePort;
    return [{ name, port, protocol, ...(appProtocol === undefined ? {} : { appProtocol }) }];
  });
}

/** What groups endpoints into slices: a set of ports, whatever their order. */
export function portsKey(ports: readonly EndpointPort[] | null): string {
  if (!ports || ports.length === 0) return '';
  return ports.length === 1 ? canonicalJson(ports[0]) : ports.map(canonicalJson).sort().join();
}

/** What makes two endpoints the same one: addresses, hostname and the Pod's name (util/endpointset.go). */
export function identityOf({ addresses, hostname = '', targetRef }: Endpoint): string {
  return `${[...addresses].sort().join()}|${hostname}|${targetRef?.namespace ?? ''}/${targetRef?.name ?? ''}`;
}

/** Whether endpoints with the same identity say the same (util.EndpointsEqualBeyondHash). Hints are not compared. */
export function sameEndpoint(a: Endpoint, b: Endpoint): boolean {
  return (
    a.nodeName === b.nodeName &&
    a.zone === b.zone &&
    a.conditions?.ready === b.conditions?.ready &&
    a.conditions?.serving === b.conditions?.serving &&
    a.conditions?.terminating === b.conditions?.terminating &&
    a.targetRef?.kind === b.targetRef?.kind &&
    a.targetRef?.uid === b.targetRef?.uid
  );
}
