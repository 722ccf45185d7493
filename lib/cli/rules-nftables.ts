// The nftables side of `ksvc rules`: the transactions of a first sync, or the table that they leave.
import type { IPFamily, KubeObject } from '@/lib/kube/types';
import type { K8sVersion } from '@/lib/kube/versions';
import { listRuleset } from '@/lib/net/nft/list';
import { printTransactions } from '@/lib/net/nft/operations';
import { proxyConfig } from '@/lib/proxy/config';
import { nftablesAvailability } from '@/lib/proxy/nftables/availability';
import { NftablesProxier } from '@/lib/proxy/nftables/proxier';
import type { NodeFacts } from '@/lib/proxy/node-facts';
import { knownServiceCIDRs } from '@/lib/proxy/service-cidrs';
import { feed } from '@/lib/sim/feed';
import { UsageError } from './io';

interface NftablesRules {
  readonly objects: readonly KubeObject[];
  readonly config: unknown;
  readonly facts: NodeFacts;
  readonly version: K8sVersion;
  readonly family: IPFamily;
  /** As `nft list ruleset` prints the node afterwards. */
  readonly save: boolean;
}

export function nftablesRulesText({ objects, config, facts, version, family, save }: NftablesRules): string {
  const read = proxyConfig(config, 'nftables');
  const { featureGates } = read;
  if (featureGates['NFTablesProxyMode'] === false) {
    const refusal = nftablesAvailability(version, featureGates);
    if (!refusal.ok) throw new UsageError(refusal.error);
  }
  const serviceCIDRs = knownServiceCIDRs(objects, version, featureGates);
  const proxier = new NftablesProxier({ config: read, facts, version, family, serviceCIDRs });
  feed(proxier, objects);
  const result = proxier.sync({ now: 0, table: undefined });
  if (!save) return printTransactions(result.transactions);
  const { table, error } = proxier.apply(result);
  if (error !== undefined)
    throw new UsageError(`nft refuses what kube-proxy writes: ${error.split('\n').join(': ')}`);
  return table ? listRuleset([table]) : '';
}
