// Defaults of Services, Endpoints and EndpointSlices: pkg/apis/core/v1/defaults.go, pkg/apis/discovery/v1/defaults.go.
import type { EndpointSlice, KubeObject, Service, ServicePort } from '@/lib/kube/types';
import { mapSame, withFields, type JsonObject } from '@/lib/kube/api/json';
import { externallyAccessible } from '@/lib/kube/api/service/service-facts';
import { differences, gateEnabled, type K8sVersion } from '@/lib/kube/versions';

const AFFINITY_SECONDS = 10_800;

/** SetDefaults_Service. */
export function defaultService(service: Service, k8s: K8sVersion): Service {
  const given = service.spec ?? {};
  const sessionAffinity = given.sessionAffinity ?? 'None';
  const type = given.type ?? 'ClusterIP';
  const isReal = type === 'ClusterIP' || type === 'NodePort' || type === 'LoadBalancer';
  const spec = withFields(given, {
    sessionAffinity,
    sessionAffinityConfig: affinityConfig(given, sessionAffinity),
    type,
    ports: given.ports && mapSame(given.ports, defaultPort),
    externalTrafficPolicy:
      given.externalTrafficPolicy ?? (externallyAccessible({ ...given, type }) ? 'Cluster' : undefined),
    internalTrafficPolicy: given.internalTrafficPolicy ?? (isReal ? 'Cluster' : undefined),
    allocateLoadBalancerNodePorts:
      given.allocateLoadBalancerNodePorts ?? (type === 'LoadBalancer' ? true : undefined),
    trafficDistribution: gateEnabled(k8s, 'ServiceTrafficDistribution')
      ? given.trafficDistribution
      : undefined,
  });
  return withFields(service, { spec });
}

function affinityConfig(spec: Service['spec'], affinity: string): Service['spec']['sessionAffinityConfig'] {
  if (affinity === 'None') return undefined;
  const isSet = spec.sessionAffinityConfig?.clientIP?.timeoutSeconds !== undefined;
  if (affinity !== 'ClientIP' || isSet) return spec.sessionAffinityConfig;
  return { clientIP: { timeoutSeconds: AFFINITY_SECONDS } };
}

const defaultPort = (port: ServicePort): ServicePort =>
  withFields(port, { protocol: port.protocol ?? 'TCP', targetPort: port.targetPort || (port.port ?? 0) });

/** Addresses that a load balancer reports are VIPs unless it says otherwise. */
export function defaultServiceStatus(status: Service['status'], k8s: K8sVersion): Service['status'] {
  const ingress = status?.loadBalancer?.ingress;
  if (!ingress || !differences.loadBalancerIPModeField(k8s) || !gateEnabled(k8s, 'LoadBalancerIPMode'))
    return status;
  const defaulted = mapSame(ingress, (i) => (i.ip && !i.ipMode ? { ...i, ipMode: 'VIP' as const } : i));
  return defaulted === ingress
    ? status
    : { ...status, loadBalancer: { ...status?.loadBalancer, ingress: defaulted } };
}

/** SetDefaults_EndpointPort of discovery. */
export function defaultEndpointSlice(slice: EndpointSlice): EndpointSlice {
  if (!slice.ports) return slice;
  const ports = mapSame(slice.ports, (p) =>
    withFields(p, { name: p.name ?? '', protocol: p.protocol ?? 'TCP' }),
  );
  return withFields(slice, { ports });
}

/** SetDefaults_Endpoints. */
export function defaultEndpoints(endpoints: KubeObject): KubeObject {
  const { subsets } = endpoints as KubeObject & { readonly subsets?: readonly JsonObject[] };
  if (!subsets) return endpoints;
  const defaulted = mapSame(subsets, (subset) => {
    const ports = subset['ports'] as readonly JsonObject[] | undefined;
    return ports
      ? withFields(subset, {
          ports: mapSame(ports, (p) => withFields(p, { protocol: p['protocol'] ?? 'TCP' })),
        })
      : subset;
  });
  return defaulted === subsets ? endpoints : ({ ...endpoints, subsets: defaulted } as KubeObject);
}
