// Whether a kube-proxy can run in nftables mode: the gate NFTablesProxyMode, and what kube-proxy says when it is not on
// (pkg/proxy/apis/config/validation/validation.go validateProxyModeLinux).
import { err, ok, type Result } from '@/lib/core/result';
import { nftablesSupport, gateEnabled, type K8sVersion } from '@/lib/kube/versions';

/** Ok, or kube-proxy's own message: it does not start. */
export function nftablesAvailability(
  version: K8sVersion,
  featureGates: Readonly<Record<string, boolean>>,
): Result<true, string> {
  if (gateEnabled(version, 'NFTablesProxyMode', featureGates)) return ok(true);
  return err(
    'KubeProxyConfiguration.Mode.ProxyMode: Invalid value: "nftables": must be iptables, ipvs or blank (blank means the best-available proxy [currently iptables])',
  );
}

/** The version has the mode at all, be it behind a gate. */
export const knowsNftables = (version: K8sVersion): boolean => nftablesSupport(version) !== 'none';
