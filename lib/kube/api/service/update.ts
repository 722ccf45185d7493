// What an update of a Service takes over from before, and what a change of type clears: patchAllocatedValues and
// normalizeClusterIPs of pkg/registry/core/service/storage/storage.go, dropTypeDependentFields of its strategy.go.
import type { Service } from '@/lib/kube/types';
import {
  externallyAccessible,
  needsClusterIP,
  needsHealthCheckPort,
  needsNodePort,
  sameList,
  withSpec,
} from './service-facts';

/** Keeps clusterIPs in step with clusterIP. Clients of old know the singular only. */
export function normaliseClusterIPs(service: Service, old?: Service): Service {
  const { clusterIP = '', clusterIPs = [] } = service.spec;
  if (!old)
    return clusterIP !== '' && clusterIPs.length === 0
      ? withSpec(service, { clusterIPs: [clusterIP] })
      : service;
  const before = old.spec.clusterIP ?? '';
  if (before === clusterIP) {
    const isLeftOut = clusterIPs.length === 0 && (old.spec.clusterIPs?.length ?? 0) > 0;
    return isLeftOut ? withSpec(service, { clusterIPs: old.spec.clusterIPs }) : service;
  }
  if (!sameList(clusterIPs, old.spec.clusterIPs)) return service;
  return withSpec(service, { clusterIPs: clusterIP === '' ? undefined : [clusterIP] });
}

/** Values that the server had allocated and the request leaves out. */
export function patchAllocatedValues(given: Service, old: Service): Service {
  let service = given;
  if (needsClusterIP(old.spec) && needsClusterIP(service.spec)) {
    if (!service.spec.clusterIP && old.spec.clusterIP)
      service = withSpec(service, { clusterIP: old.spec.clusterIP });
    if (!service.spec.clusterIPs?.length && old.spec.clusterIPs?.length)
      service = withSpec(service, { clusterIPs: old.spec.clusterIPs });
  }
  if (needsNodePort(old.spec) && needsNodePort(service.spec)) service = patchNodePorts(service, old);
  if (
    needsHealthCheckPort(old.spec) &&
    needsHealthCheckPort(service.spec) &&
    !service.spec.healthCheckNodePort
  )
    service = withSpec(service, { healthCheckNodePort: old.spec.healthCheckNodePort });
  return service;
}

/** By the ports' names; a node port that another port of the request has is not used again. */
function patchNodePorts(service: Service, old: Service): Service {
  const ports = service.spec.ports ?? [];
  const given = new Set(ports.flatMap((p) => p.nodePort || []));
  const byName = new Map((old.spec.ports ?? []).map((p) => [p.name ?? '', p.nodePort]));
  let isPatched = false;
  const patched = ports.map((port) => {
    const before = byName.get(port.name ?? '');
    if (port.nodePort || !before || given.has(before)) return port;
    isPatched = true;
    return { ...port, nodePort: before };
  });
  return isPatched ? withSpec(service, { ports: patched }) : service;
}

/** Fields that do not belong to the new type, as long as the request did not change them, too. */
export function dropTypeDependentFields(given: Service, old: Service): Service {
  let service = given;
  const before = old.spec;
  const now = given.spec;
  if (needsClusterIP(before) && !needsClusterIP(now)) {
    if (before.clusterIP === now.clusterIP && sameList(before.clusterIPs, now.clusterIPs))
      service = withSpec(service, { clusterIP: undefined, clusterIPs: undefined });
    if (sameList(before.ipFamilies, now.ipFamilies)) service = withSpec(service, { ipFamilies: undefined });
    if (before.ipFamilyPolicy === now.ipFamilyPolicy)
      service = withSpec(service, { ipFamilyPolicy: undefined });
  }
  if (needsNodePort(before) && !needsNodePort(now) && addsNoNodePort(given, old))
    service = withSpec(service, { ports: now.ports?.map(({ nodePort: _nodePort, ...port }) => port) });
  if (
    needsHealthCheckPort(before) &&
    !needsHealthCheckPort(now) &&
    before.healthCheckNodePort === now.healthCheckNodePort
  )
    service = withSpec(service, { healthCheckNodePort: undefined });
  if (before.type === 'LoadBalancer' && now.type !== 'LoadBalancer') {
    if (before.allocateLoadBalancerNodePorts === now.allocateLoadBalancerNodePorts)
      service = withSpec(service, { allocateLoadBalancerNodePorts: undefined });
    if (before.loadBalancerClass === now.loadBalancerClass)
      service = withSpec(service, { loadBalancerClass: undefined });
  }
  if (
    externallyAccessible(before) &&
    !externallyAccessible(now) &&
    before.externalTrafficPolicy === now.externalTrafficPolicy
  )
    service = withSpec(service, { externalTrafficPolicy: undefined });
  return now.type === 'LoadBalancer'
    ? service
    : { ...service, status: { ...service.status, loadBalancer: {} } };
}

function addsNoNodePort(service: Service, old: Service): boolean {
  const before = new Set((old.spec.ports ?? []).map((p) => p.nodePort));
  return (service.spec.ports ?? []).every((p) => !p.nodePort || before.has(p.nodePort));
}
