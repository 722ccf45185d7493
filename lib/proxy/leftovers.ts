// What a kube-proxy takes away at its start of another mode's rules. Models cmd/kube-proxy/app/server_linux.go platformCleanup (v1.29 on),
// which calls CleanupLeftovers of pkg/proxy/iptables and pkg/proxy/ipvs when the mode is nftables, and of pkg/proxy/nftables in the
// other modes if the gate NFTablesProxyMode is on. The canary chains stay in the versions modelled here.
import { gateEnabled, type K8sVersion } from '@/lib/kube/versions';
import type { TableName } from '@/lib/net/ruleset/types';
import type { NodeTables } from '@/lib/net/ruleset/tables';
import type { ProxyConfig } from './config';

/** Chains by table; those of Services are known by their prefixes. */
const CHAINS: Readonly<Partial<Record<TableName, readonly string[]>>> = {
  nat: ['KUBE-SERVICES', 'KUBE-NODEPORTS', 'KUBE-POSTROUTING', 'KUBE-MARK-MASQ'],
  filter: [
    'KUBE-SERVICES',
    'KUBE-EXTERNAL-SERVICES',
    'KUBE-FORWARD',
    'KUBE-NODEPORTS',
    'KUBE-PROXY-FIREWALL',
  ],
};
const OF_SERVICES = /^KUBE-(?:SVC|SVL|SEP|EXT|FW)-/;

/** A node's iptables tables without kube-proxy's chains and the jumps to them. */
export function withoutIptablesLeftovers(tables: NodeTables): NodeTables {
  let next = tables;
  for (const name of ['nat', 'filter'] as const) {
    const chains = next.chains(name);
    const isOwn = (chain: string): boolean =>
      CHAINS[name]?.includes(chain) === true || OF_SERVICES.test(chain);
    const own = new Set(chains.map((c) => c.name).filter(isOwn));
    if (own.size === 0) continue;
    for (const chain of chains) {
      if (own.has(chain.name)) continue;
      const rules = chain.rules.filter(({ target }) => target?.kind !== 'jump' || !own.has(target.chain));
      if (rules.length < chain.rules.length) next = next.with(name, { ...chain, rules });
    }
    next = next.restored({ tables: [{ name, chains: [], appended: [], deleted: [...own] }] });
  }
  return next;
}

/** Whether a kube-proxy in another mode deletes the nftables tables that it finds. */
export const deletesNftables = (version: K8sVersion, { featureGates }: ProxyConfig): boolean =>
  gateEnabled(version, 'NFTablesProxyMode', featureGates);
