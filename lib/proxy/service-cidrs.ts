// The service CIDRs that kube-proxy knows: those of the ServiceCIDR objects, if it watches them (cmd/kube-proxy/app/server.go, gate
// MultiCIDRServiceAllocator).
import type { KubeObject } from '@/lib/kube/types';
import { gateEnabled, type K8sVersion } from '@/lib/kube/versions';

/** CIDRs of both families in the order of the objects; [] if the gate is off. */
export function knownServiceCIDRs(
  objects: readonly KubeObject[],
  version: K8sVersion,
  featureGates: Readonly<Record<string, boolean>>,
): string[] {
  if (!gateEnabled(version, 'MultiCIDRServiceAllocator', featureGates)) return [];
  const cidrs = objects.flatMap((object) => {
    if (object.kind !== 'ServiceCIDR') return [];
    const { spec } = object as KubeObject & { readonly spec?: { readonly cidrs?: unknown } };
    return Array.isArray(spec?.cidrs) ? spec.cidrs.filter((c) => typeof c === 'string') : [];
  });
  return [...new Set(cidrs)];
}
