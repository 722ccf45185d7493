// Validating admission plugins: plugin/pkg/admission/network/denyserviceexternalips.
import type { KubeObject, Service } from '@/lib/kube/types';

/** Why a write is denied; undefined if it is not. `old` is what an update replaces. */
export function admissionRefusal(
  object: KubeObject,
  old: KubeObject | undefined,
  plugins: readonly string[],
): string | undefined {
  if (object.kind !== 'Service' || !plugins.includes('DenyServiceExternalIPs')) return undefined;
  const before = (old as Service | undefined)?.spec.externalIPs ?? [];
  const now = (object as Service).spec.externalIPs ?? [];
  return now.every((ip) => before.includes(ip))
    ? undefined
    : 'Use of external IPs is denied by admission control.';
}
