// One rule as the chain view shows it: an id that survives edits, its text, a short form, and the share of new connections
// that it takes. Short forms follow the columns of `iptables -L` (iptables/nft-shared.c, extensions/libxt_*.c).
import type { RuleView } from './graph';
import { printRule } from './print';
import type { Match, Rule, TableName, Target } from './types';

/** Position of a rule in its chain, 1-based, and the chain's length. */
export interface Place {
  readonly table: TableName;
  readonly position: number;
  readonly of: number;
}

/** The chain that a rule jumps or goes to. */
export function targetChain(rule: Rule): string | undefined {
  const { target } = rule;
  return target?.kind === 'jump' || target?.kind === 'goto' ? target.chain : undefined;
}

const isEndpointChain = (name: string | undefined): boolean => name?.startsWith('KUBE-SEP-') ?? false;
const isChoiceChain = (name: string): boolean => name.startsWith('KUBE-SVC-') || name.startsWith('KUBE-SVL-');

/** The text of a rule's probability, if it draws lots. */
export function probabilityOf(rule: Rule): string | undefined {
  for (const m of rule.matches) if (m.kind === 'statistic') return m.probability;
  return undefined;
}

/** A rule that chooses an endpoint for a new client; one with `recent --rcheck` only serves clients that have been here before. */
export function choosesEndpoint(rule: Rule): boolean {
  return isEndpointChain(targetChain(rule)) && !rule.matches.some((m) => m.kind === 'recent');
}

/**
 * For each rule of a chain the share of new connections that match it: its probability of what the rules before it have left.
 * Rules that do not choose an endpoint have none.
 */
export function sharesOf(rules: readonly Rule[]): readonly (number | undefined)[] {
  let left = 1;
  return rules.map((rule) => {
    if (!choosesEndpoint(rule)) return undefined;
    const probability = probabilityOf(rule);
    const share = probability === undefined ? left : left * Number(probability);
    left -= share;
    return share;
  });
}

/** The views of some rules of one chain, with shares counted over all of them. */
export function chainViews(table: TableName, rules: readonly Rule[]): RuleView[] {
  const shares = sharesOf(rules);
  return withoutDoubles(
    rules.map((rule, i) => ruleView(rule, { table, position: i + 1, of: rules.length }, shares[i])),
  );
}

export function ruleView(rule: Rule, { table, position, of }: Place, share?: number): RuleView {
  const probability = probabilityOf(rule);
  const { reason } = rule;
  return {
    id: `${table}/${rule.chain} ${identity(rule)}`,
    table,
    chain: rule.chain,
    position,
    of,
    text: printRule(rule, 'restore'),
    match: shortMatch(rule),
    action: shortAction(rule.target),
    origin: rule.origin ?? [],
    ...(reason ? { reason } : {}),
    ...(rule.matches.some((m) => m.kind === 'recent' && m.op === 'rcheck') ? { returning: true } : {}),
    ...(probability === undefined ? {} : { probability }),
    ...(share === undefined ? {} : { share }),
  };
}

/** Two rules that mean the same can stand in one chain; the later ones get a number. */
export function withoutDoubles(views: readonly RuleView[]): RuleView[] {
  const seen = new Map<string, number>();
  return views.map((view) => {
    const before = seen.get(view.id) ?? 0;
    seen.set(view.id, before + 1);
    return before ? { ...view, id: `${view.id} (${before + 1})` } : view;
  });
}

/**
 * What makes a rule the same rule after an edit. In the chains of one Service port the target tells the rules apart, so that a
 * new probability, timeout or comment (left out in large clusters) is a change of the rule and not another rule.
 */
function identity(rule: Rule): string {
  if (isEndpointChain(rule.chain)) return rule.target?.kind === 'dnat' ? 'DNAT' : shortAction(rule.target);
  const kept = rule.matches.flatMap((m): Match[] => {
    if (m.kind === 'statistic') return [];
    if (m.kind === 'recent') return [{ kind: 'recent', name: m.name, op: m.op }];
    return m.kind === 'comment' && isChoiceChain(rule.chain) ? [] : [m];
  });
  const words = printRule({ chain: '', matches: kept, target: null }, 'restore').slice('-A '.length).trim();
  const to = targetChain(rule);
  return isEndpointChain(to) ? `${words} -j ${to ?? ''}` : words;
}

function shortMatch(rule: Rule): string {
  const own = isChoiceChain(rule.chain) || isEndpointChain(rule.chain);
  const addresses: string[] = [];
  const rest: string[] = [];
  let protocol = '';
  for (const m of rule.matches) {
    // A packet in a Service's own chain has that Service's address and port already.
    if (own && (m.kind === 'destination' || m.kind === 'dport')) continue;
    if (m.kind === 'protocol' || m.kind === 'transport')
      protocol = ('not' in m && m.not ? '! ' : '') + m.protocol;
    else if (m.kind === 'source' || m.kind === 'destination' || m.kind === 'addrtype')
      addresses.push(words(m));
    else if (words(m)) rest.push(words(m));
  }
  const ports = rest.some((word) => /^(! )?[ds]pt:/.test(word));
  if (protocol && (ports || !own)) rest.unshift(protocol);
  return [...addresses, ...rest].join(' ');
}

const not = (m: { readonly not?: boolean }): string => (m.not ? '! ' : '');
const host = (cidr: string): string => cidr.replace(/\/(32|128)$/, '');

function words(m: Match): string {
  switch (m.kind) {
    case 'source':
      return `${not(m)}-s ${host(m.cidr)}`;
    case 'destination':
      return `${not(m)}-d ${host(m.cidr)}`;
    case 'in-interface':
      return `${not(m)}-i ${m.name}`;
    case 'out-interface':
      return `${not(m)}-o ${m.name}`;
    case 'dport':
      return `${not(m)}dpt:${m.port}`;
    case 'sport':
      return `${not(m)}spt:${m.port}`;
    case 'mark':
      return `${not(m)}mark 0x${m.value.toString(16)}`;
    case 'conntrack':
      return `${not(m)}ctstate ${m.states.join(',')}`;
    case 'statistic':
      return `random ${m.probability.slice(0, 6)}`;
    case 'recent':
      return m.op === 'set' ? 'recent set' : `recent < ${m.seconds ?? 0} s`;
    case 'addrtype':
      return [
        m.src ? `${m.notSrc ? '! ' : ''}src ${m.src}` : '',
        m.dst ? `${m.notDst ? '! ' : ''}dst ${m.dst}` : '',
      ]
        .filter(Boolean)
        .join(' ');
    case 'other':
      return m.words.join(' ');
    default:
      return '';
  }
}

function shortAction(target: Target | null): string {
  if (!target) return '';
  switch (target.kind) {
    case 'jump':
    case 'goto':
      return `→ ${target.chain}`;
    case 'dnat':
      return `DNAT ${target.to}`;
    case 'mark':
      return `MARK ${target.op} 0x${target.value.toString(16)}`;
    case 'other':
      return target.words.join(' ');
    default:
      return target.kind.toUpperCase();
  }
}
