// Where a Service's rules stand in the chains that all Services share, without a search through ten thousand of them: kube-proxy
// knows which rules it wrote for a Service, and the chains hold the very same objects.
import type { IPFamily } from '@/lib/kube/types';
import type { EntryRule } from '@/lib/net/ruleset/graph-entries';
import type { Rule, RuleSet } from '@/lib/net/ruleset/types';
import type { Cluster } from '@/lib/sim';

export function serviceRuleIndex(
  cluster: Cluster,
  node: string,
  service: string,
  family: IPFamily,
  rules: RuleSet,
): readonly EntryRule[] {
  const place = (table: 'nat' | 'filter', rule: Rule): EntryRule => {
    const all = rules.chain(table, rule.chain)?.rules ?? [];
    return { table, rule, position: all.indexOf(rule) + 1, of: all.length };
  };
  const written = cluster.serviceRules(node, service, family);
  return written.flatMap((port) => [
    ...port.nat.map((rule) => place('nat', rule)),
    ...port.filter.map((rule) => place('filter', rule)),
  ]);
}
