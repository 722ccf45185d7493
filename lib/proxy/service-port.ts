// Models pkg/proxy/serviceport.go: a Service gives one ServicePortInfo per port and address family.
import { canonicalIp, familyOfText, formatCidr, parseCidr } from '@/lib/core/ip';
import type { IPFamily, Protocol, Service, ServicePort } from '@/lib/kube/types';
import { gateEnabled, type K8sVersion } from '@/lib/kube/versions';

export interface ServicePortInfo {
  readonly namespace: string;
  readonly name: string;
  /** "ns/name:port", or "ns/name" when the port has no name: proxy.ServicePortName. */
  readonly portName: string;
  /** spec.ports[].name, "" if none: what joins it to the ports of the slices. */
  readonly servicePort: string;
  /** Position in spec.ports, for the rules' origin. */
  readonly index: number;
  /** Lower case, as in chain names and rules. */
  readonly protocol: Lowercase<Protocol>;
  readonly clusterIP: string;
  readonly port: number;
  readonly nodePort: number;
  readonly externalIPs: readonly string[];
  readonly loadBalancerVIPs: readonly string[];
  readonly sourceRanges: readonly string[];
  readonly externalPolicyLocal: boolean;
  readonly internalPolicyLocal: boolean;
  /** 0: no affinity. */
  readonly stickyMaxAgeSeconds: number;
  readonly healthCheckNodePort: number;
  readonly hintsAnnotation: string;
}

/** Has a destination outside the cluster network. */
export const externallyAccessible = (s: ServicePortInfo): boolean =>
  s.nodePort !== 0 || s.loadBalancerVIPs.length > 0 || s.externalIPs.length > 0;
/** Traffic may go to endpoints on any node (ServicePort.UsesClusterEndpoints). */
export const usesClusterEndpoints = (s: ServicePortInfo): boolean =>
  !s.internalPolicyLocal || externallyAccessible(s);
/** Some traffic must stay on this node (ServicePort.UsesLocalEndpoints). */
export const usesLocalEndpoints = (s: ServicePortInfo): boolean =>
  s.internalPolicyLocal || (s.externalPolicyLocal && externallyAccessible(s));

export interface ServicePortOptions {
  readonly family: IPFamily;
  readonly version: K8sVersion;
  readonly featureGates: Readonly<Record<string, boolean>>;
}

const PROXY_NAME_LABEL = 'service.kubernetes.io/service-proxy-name';
const HEADLESS_LABEL = 'service.kubernetes.io/headless';

/** The ports that kube-proxy of one family serves; none for ExternalName, headless and foreign-proxy Services. */
export function servicePorts(service: Service, options: ServicePortOptions): ServicePortInfo[] {
  const { spec, metadata } = service;
  const clusterIP = clusterIPOf(service, options.family);
  if (!clusterIP || spec.type === 'ExternalName') return [];
  if (metadata.labels && (PROXY_NAME_LABEL in metadata.labels || HEADLESS_LABEL in metadata.labels))
    return [];
  const shared = sharedFields(service, clusterIP, options);
  return (spec.ports ?? []).map((port, index) => ({ ...shared, ...portFields(service, port, index) }));
}

function clusterIPOf({ spec }: Service, family: IPFamily): string {
  if (spec.clusterIP === 'None' || !spec.clusterIP) return '';
  const all = spec.clusterIPs?.length ? spec.clusterIPs : [spec.clusterIP];
  const own = all.find((ip) => familyOfText(ip) === family);
  return own ? canonicalIp(own) : '';
}

function portFields({ metadata }: Service, port: ServicePort, index: number) {
  const owner = `${metadata.namespace ?? ''}/${metadata.name ?? ''}`;
  return {
    portName: port.name ? `${owner}:${port.name}` : owner,
    servicePort: port.name ?? '',
    index,
    protocol: (port.protocol ?? 'TCP').toLowerCase() as Lowercase<Protocol>,
    port: port.port,
    nodePort: port.nodePort ?? 0,
  };
}

function sharedFields(service: Service, clusterIP: string, options: ServicePortOptions) {
  const { spec, metadata } = service;
  const annotations = metadata.annotations ?? {};
  const ofFamily = (ip: string): boolean => familyOfText(ip) === options.family;
  // ExternalPolicyLocal and NeedsHealthCheck: pkg/api/v1/service/util.go.
  const external =
    spec.type === 'NodePort' ||
    spec.type === 'LoadBalancer' ||
    (spec.externalIPs !== undefined && spec.externalIPs.length > 0);
  const externalPolicyLocal = external && spec.externalTrafficPolicy === 'Local';
  return {
    namespace: metadata.namespace ?? '',
    name: metadata.name ?? '',
    clusterIP,
    externalIPs: (spec.externalIPs ?? []).filter(ofFamily).map(canonicalIp),
    loadBalancerVIPs: loadBalancerVIPs(service, options).filter(ofFamily).map(canonicalIp),
    sourceRanges: (spec.loadBalancerSourceRanges ?? [])
      .map((r) => r.trim())
      .filter(ofFamily)
      .map((r) => {
        const cidr = parseCidr(r);
        return cidr ? formatCidr(cidr) : r;
      }),
    externalPolicyLocal,
    internalPolicyLocal: spec.internalTrafficPolicy === 'Local',
    stickyMaxAgeSeconds:
      spec.sessionAffinity === 'ClientIP'
        ? (spec.sessionAffinityConfig?.clientIP?.timeoutSeconds ?? 10800)
        : 0,
    healthCheckNodePort:
      spec.type === 'LoadBalancer' && externalPolicyLocal ? (spec.healthCheckNodePort ?? 0) : 0,
    // The deprecated annotation wins.
    hintsAnnotation:
      annotations['service.kubernetes.io/topology-aware-hints'] ??
      annotations['service.kubernetes.io/topology-mode'] ??
      '',
  };
}

function loadBalancerVIPs(service: Service, { version, featureGates }: ServicePortOptions): string[] {
  const modeCounts = gateEnabled(version, 'LoadBalancerIPMode', featureGates);
  return (service.status?.loadBalancer?.ingress ?? [])
    .filter((i) => i.ip && !(modeCounts && i.ipMode === 'Proxy'))
    .map((i) => i.ip ?? '');
}
