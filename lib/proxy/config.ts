// KubeProxyConfiguration (kubeproxy.config.k8s.io/v1alpha1) as far as it acts on rules, with the defaults of
// pkg/proxy/apis/config/v1alpha1/defaults.go.

export type DetectLocalMode = 'ClusterCIDR' | 'NodeCIDR' | 'BridgeInterface' | 'InterfaceNamePrefix';
export type ProxyMode = 'iptables' | 'ipvs' | 'nftables';

export interface ProxyConfig {
  readonly mode: ProxyMode;
  /** One CIDR, or one of each family, as given: "10.244.0.0/16,fd00:10:244::/56" gives two. */
  readonly clusterCIDRs: readonly string[];
  readonly detectLocalMode: DetectLocalMode;
  readonly bridgeInterface: string;
  readonly interfaceNamePrefix: string;
  readonly nodePortAddresses: readonly string[];
  readonly featureGates: Readonly<Record<string, boolean>>;
  readonly masqueradeAll: boolean;
  readonly masqueradeBit: number;
  readonly localhostNodePorts: boolean;
  /** Milliseconds. */
  readonly syncPeriodMs: number;
  readonly minSyncPeriodMs: number;
}

type Json = Readonly<Record<string, unknown>>;
const section = (value: unknown): Json =>
  value !== null && typeof value === 'object' ? (value as Json) : {};
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((v) => typeof v === 'string') : [];

/** Reads a configuration (parsed YAML or JSON); what is missing or of the wrong type takes its default. */
export function proxyConfig(given: unknown, mode?: ProxyMode): ProxyConfig {
  const config = section(given);
  const named = text(config['mode']);
  const chosen = mode ?? (named === 'ipvs' || named === 'nftables' ? named : 'iptables');
  const iptables = section(config['iptables']);
  const own = section(config[chosen]);
  const detectLocal = section(config['detectLocal']);
  const bit = (chosen === 'ipvs' ? iptables : own)['masqueradeBit'];
  return {
    mode: chosen,
    clusterCIDRs: text(config['clusterCIDR'])
      .split(',')
      .map((c) => c.trim())
      .filter(Boolean),
    detectLocalMode: detectLocalMode(text(config['detectLocalMode'])),
    bridgeInterface: text(detectLocal['bridgeInterface']),
    interfaceNamePrefix: text(detectLocal['interfaceNamePrefix']),
    nodePortAddresses: texts(config['nodePortAddresses']),
    featureGates: section(config['featureGates']) as Record<string, boolean>,
    masqueradeAll: (chosen === 'ipvs' ? iptables : own)['masqueradeAll'] === true,
    masqueradeBit: typeof bit === 'number' ? bit : 14,
    localhostNodePorts: iptables['localhostNodePorts'] !== false,
    syncPeriodMs: duration(own['syncPeriod']) || 30_000,
    minSyncPeriodMs: duration(own['minSyncPeriod']) || 1_000,
  };
}

function detectLocalMode(given: string): DetectLocalMode {
  return given === 'NodeCIDR' || given === 'BridgeInterface' || given === 'InterfaceNamePrefix'
    ? given
    : 'ClusterCIDR';
}

/** A Go duration ("1m30s", "500ms") in milliseconds; 0 if it is none. */
function duration(value: unknown): number {
  const units: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1_000, ms: 1 };
  let total = 0;
  for (const [, n, unit] of text(value).matchAll(/(\d+(?:\.\d+)?)(ms|h|m|s)/g))
    total += Number(n) * (units[unit ?? ''] ?? 0);
  return total;
}
