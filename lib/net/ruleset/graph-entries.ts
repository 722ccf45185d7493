// Where a Service enters a node's rules: its rules in the chains that all Services share. Rules of the simulated kube-proxy know
// their Service; those of a real node are told by the comment that kube-proxy writes on them ("ns/name:port cluster IP").
import type { Rule, RuleSet, TableName } from './types';

/** A rule of a shared chain, with its place there. */
export interface EntryRule {
  readonly table: TableName;
  readonly rule: Rule;
  readonly position: number;
  readonly of: number;
}

/** The chains that name every Service (pkg/proxy/iptables/proxier.go), in the order in which a packet meets them. */
export const SHARED_CHAINS: readonly { readonly table: TableName; readonly chain: string }[] = [
  { table: 'nat', chain: 'KUBE-SERVICES' },
  { table: 'nat', chain: 'KUBE-NODEPORTS' },
  { table: 'filter', chain: 'KUBE-PROXY-FIREWALL' },
  { table: 'filter', chain: 'KUBE-NODEPORTS' },
  { table: 'filter', chain: 'KUBE-SERVICES' },
  { table: 'filter', chain: 'KUBE-EXTERNAL-SERVICES' },
];

/**
 * Whether a rule of a shared chain is there for the Service "namespace/name". The comment is looked at first, because the origin of
 * a rule is worked out when asked for and there may be ten thousand; then the origin, if there is one, decides.
 */
export function belongsTo(rule: Rule, service: string): boolean {
  const comment = rule.matches.find((m) => m.kind === 'comment')?.text;
  if (comment !== undefined && !names(comment, service)) return false;
  const { origin } = rule;
  if (origin?.length)
    return origin.some((ref) => ref.kind === 'Service' && `${ref.namespace}/${ref.name}` === service);
  return comment !== undefined;
}

/** "ns/name", "ns/name:port …" or "ns/name …" */
function names(comment: string, service: string): boolean {
  if (!comment.startsWith(service)) return false;
  const next = comment[service.length];
  return next === undefined || next === ':' || next === ' ';
}

/** One pass over the shared chains. */
export function findEntryRules(rules: RuleSet, service: string): readonly EntryRule[] {
  const found: EntryRule[] = [];
  for (const { table, chain } of SHARED_CHAINS) {
    const all = rules.chain(table, chain)?.rules ?? [];
    for (const [i, rule] of all.entries())
      if (belongsTo(rule, service)) found.push({ table, rule, position: i + 1, of: all.length });
  }
  return found;
}

/** The rules at the end of KUBE-SERVICES that send node-local addresses on to KUBE-NODEPORTS. */
export function nodePortTail(rules: RuleSet): readonly EntryRule[] {
  const all = rules.chain('nat', 'KUBE-SERVICES')?.rules ?? [];
  const tail: EntryRule[] = [];
  for (let i = all.length - 1; i >= 0; i--) {
    const rule = all[i];
    if (rule?.target?.kind !== 'jump' || rule.target.chain !== 'KUBE-NODEPORTS') break;
    tail.unshift({ table: 'nat', rule, position: i + 1, of: all.length });
  }
  return tail;
}
