// Which lists of xt_recent a node's rules refer to: those are the ones that the kernel keeps, and shows in /proc/net/xt_recent.
import type { RuleSet, TableName } from '@/lib/net/ruleset/types';

const TABLES: readonly TableName[] = ['nat', 'filter', 'mangle'];
/** Rule sets are immutable, and walked once. */
const known = new WeakMap<RuleSet, ReadonlySet<string>>();

/** Names of the lists that a family's rules refer to. */
export function recentNames(rules: RuleSet): ReadonlySet<string> {
  let names = known.get(rules);
  if (!names) {
    names = new Set(
      TABLES.flatMap((table) => rules.chains(table))
        .flatMap((chain) => chain.rules)
        .flatMap(({ matches }) => matches)
        .flatMap((m) => (m.kind === 'recent' ? [m.name] : [])),
    );
    known.set(rules, names);
  }
  return names;
}

/** Whether a list's name still stands in a rule; kube-proxy names a list like the chain that fills it, so that one is asked first. */
export const isReferred = (rules: RuleSet, list: string): boolean =>
  rules
    .chain('nat', list)
    ?.rules.some(({ matches }) => matches.some((m) => m.kind === 'recent' && m.name === list)) === true ||
  recentNames(rules).has(list);
