// What kube-proxy's chains, sets and maps are for, as codes that the page words: by name, or by the prefix of a Service's own.
import type { Reason } from '@/lib/net/ruleset/types';
import type { NftBase } from '../types';

/** kube-proxy's base chains of all versions (pkg/proxy/nftables/proxier.go, v1.29–v1.34). */
export const BASE_CHAINS: readonly string[] = [
  'filter-prerouting',
  'filter-prerouting-pre-dnat',
  'filter-input',
  'filter-forward',
  'filter-output',
  'filter-output-pre-dnat',
  'filter-output-post-dnat',
  'nat-prerouting',
  'nat-output',
  'nat-postrouting',
];

export const FIXED: ReadonlySet<string> = new Set([
  'services',
  'service-endpoints-check',
  'nodeport-endpoints-check',
  'endpoints-check',
  'firewall-check',
  'firewall-allow-check',
  'cluster-ips-check',
  'mark-for-masquerade',
  'masquerading',
  'reject-chain',
  '@service-ips',
  '@service-nodeports',
  '@no-endpoint-services',
  '@no-endpoint-nodeports',
  '@firewall-ips',
  '@firewall',
  '@firewall-allow',
  '@cluster-ips',
  '@nodeport-ips',
]);

/** `name` of a set or map begins with @; undefined for what kube-proxy does not make. */
export function aboutOf(name: string, base?: NftBase): Reason | undefined {
  if (base) return { code: 'object.nft.base', params: { hook: base.hook, priority: base.priority } };
  if (FIXED.has(name)) return { code: `object.nft.${name}`, params: {} };
  const [, prefix] = /^@?(service|local|external|firewall|endpoint|affinity)-[A-Z2-7]{8}-/.exec(name) ?? [];
  return prefix === undefined ? undefined : { code: `object.nft.${prefix}-`, params: {} };
}
