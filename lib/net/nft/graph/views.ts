// Rules, elements and slots of kube-proxy's nftables table as the chain view shows them: an id that survives edits, the text as
// `nft list` prints it, a short form, and the share of new connections.
import type { GraphTable, RuleView } from '@/lib/net/ruleset/graph';
import { withoutDoubles } from '@/lib/net/ruleset/graph-rules';
import type { Reason } from '@/lib/net/ruleset/types';
import { printListedRule, printVerdict } from '../print-rule';
import {
  elementKey,
  type NftElement,
  type NftRule,
  type NftSet,
  type NftStatement,
  type NftVerdict,
} from '../types';

type NumgenMap = NftStatement & { readonly kind: 'vmap-literal' };

/** The chain that a rule jumps or goes to by itself, without a map. */
export function targetOf(rule: NftRule): string | undefined {
  const last = rule.statements.at(-1);
  return last?.kind === 'verdict' && 'chain' in last.verdict ? last.verdict.chain : undefined;
}

/** The sets and maps that a rule looks something up in, in its order. */
export const lookedUp = (rule: NftRule): readonly string[] =>
  rule.statements.flatMap((s) => {
    if (s.kind === 'vmap') return [s.map];
    return s.kind === 'match' && s.right.kind === 'set' ? [s.right.name] : [];
  });

/** The set that a rule writes to. */
export const writtenSet = (rule: NftRule): string | undefined =>
  rule.statements.flatMap((s) => (s.kind === 'dynset' ? [s.set] : []))[0];

/** The map that a rule carries in itself: numgen random mod 3 vmap { … }. */
export const numgenMapOf = (rule: NftRule): NumgenMap | undefined =>
  rule.statements.find((s): s is NumgenMap => s.kind === 'vmap-literal' && s.key.kind === 'numgen');

export const endsIn = (rule: NftRule): 'reject' | 'drop' | undefined => {
  const last = rule.statements.at(-1);
  if (last?.kind === 'reject') return 'reject';
  return last?.kind === 'verdict' && last.verdict.kind === 'drop' ? 'drop' : undefined;
};

/** Views of a chain's rules; those of the slots of a rule's own map come right after it. `shared`: the chain is there for all Services. */
export function chainViews(
  table: GraphTable,
  chain: string,
  rules: readonly NftRule[],
  shared: boolean,
): RuleView[] {
  const views = rules.flatMap((rule, i) => {
    const view = ruleView(table, chain, rule, { position: i + 1, of: rules.length });
    return [shared ? { ...view, shared: true as const } : view, ...slotViews(view, rule)];
  });
  return withoutDoubles(views);
}

interface Place {
  readonly position: number;
  readonly of: number;
}

function ruleView(table: GraphTable, chain: string, rule: NftRule, place: Place): RuleView {
  const text = ruleText(rule);
  const { reason } = rule;
  return {
    id: `${table}/${chain} ${identity(chain, rule)}`,
    table,
    chain,
    ...place,
    text,
    match: matchWords(rule, chain.includes('/')),
    action: actionWords(rule),
    origin: rule.origin ?? [],
    ...(reason ? { reason } : {}),
    ...(isReturning(rule) ? { returning: true } : {}),
  };
}

/** As `nft list` prints it, comment included. */
export const ruleText = ({ statements, comment }: NftRule): string =>
  printListedRule(statements) + (comment === undefined ? '' : ` comment "${comment}"`);

/** The entries of numgen's map: each takes one value (linux net/netfilter/nft_numgen.c: get_random_u32 scaled to the modulus). */
function slotViews(whole: RuleView, rule: NftRule): RuleView[] {
  const numgen = numgenMapOf(rule);
  if (!numgen || numgen.key.kind !== 'numgen') return [];
  const { mod } = numgen.key;
  const { entries } = numgen;
  return entries.map(({ key, verdict }, i): RuleView => {
    const chain = 'chain' in verdict ? verdict.chain : verdict.kind;
    const origin = whole.origin.filter((ref) => ref.kind === 'Service');
    return {
      id: `${whole.table}/${whole.chain} slot ${chain}`,
      table: whole.table,
      chain: whole.chain,
      part: 'slot',
      position: i + 1,
      of: entries.length,
      text: `${key} : ${printVerdict(verdict)}`,
      match: `numgen ${key}`,
      action: actionOf(verdict),
      probability: `${key} :`,
      share: 1 / Math.max(1, mod),
      origin,
      ...(whole.reason ? { reason: slotReason(key, mod, chain) } : {}),
    };
  });
}

const slotReason = (key: string, of: number, chain: string): Reason => ({
  code: 'slot.nft.choice',
  params: { slot: key, of, endpoint: endpointOf(chain) },
});

/** "10.244.1.5:8080" of "endpoint-…__10.244.1.5/8080"; a chain with another name is named as it is. */
export function endpointOf(chain: string): string {
  const [, ip, port] = /__([\d.a-f]+)\/(\d+)$/i.exec(chain) ?? [];
  if (ip === undefined || port === undefined) return chain;
  const isIPv4 = /^\d+\.\d+\.\d+\.\d+$/.test(ip);
  return isIPv4 ? `${ip}:${port}` : `[${ip.replaceAll('.', ':')}]:${port}`;
}

/** Views of some elements of a set, which has `of` in all. */
export function elementViews(table: GraphTable, set: NftSet, elements: readonly NftElement[]): RuleView[] {
  return elements.map((element, i): RuleView => {
    const key = elementKey(element.key);
    const { verdict, value, comment, reason } = element;
    const meaning = verdict ? printVerdict(verdict) : value;
    return {
      id: `${table}/@${set.name} ${key}`,
      table,
      chain: `@${set.name}`,
      part: 'element',
      position: i + 1,
      of: set.elements.size,
      text:
        key +
        (comment === undefined ? '' : ` comment "${comment}"`) +
        (meaning === undefined ? '' : ` : ${meaning}`),
      match: key,
      action: verdict ? actionOf(verdict) : (value ?? ''),
      origin: element.origin ?? [],
      ...(reason ? { reason } : element.expiresAt === undefined ? {} : { reason: REMEMBERED }),
    };
  });
}

const REMEMBERED: Reason = { code: 'element.nft.remembered', params: {} };

const actionOf = (verdict: NftVerdict): string => ('chain' in verdict ? `→ ${verdict.chain}` : verdict.kind);

/** A new modulus, timeout or counter is a change of the rule and not another rule. */
function identity(chain: string, rule: NftRule): string {
  if (numgenMapOf(rule)) return 'numgen';
  if (rule.statements.at(-1)?.kind === 'dnat') return 'dnat';
  const kept = rule.statements.filter((s) => s.kind !== 'counter');
  const ranges = kept.some((s) => s.kind === 'match' && s.op === '!=' && s.right.kind === 'literal');
  // In a Service's own chain the rule stays itself when the Service's address or port changes.
  if (chain.includes('/') && kept.some(looksAtDestination))
    return `${matchWords(rule, true)} ${actionWords(rule)}`;
  return ranges ? `ranges ${actionWords(rule)}` : printListedRule(kept);
}

/** `ip saddr @affinity-… goto endpoint-…`: clients that have been here before. */
const isReturning = (rule: NftRule): boolean =>
  targetOf(rule) !== undefined &&
  rule.statements.some(
    (s) => s.kind === 'match' && s.right.kind === 'set' && s.right.name.startsWith('affinity-'),
  );

const looksAtDestination = (s: NftStatement): boolean =>
  s.kind === 'match' && s.left.kind === 'payload' && (s.left.field === 'daddr' || s.left.field === 'dport');

/** What it matches, in nft's words. */
function matchWords(rule: NftRule, own: boolean): string {
  const numgen = numgenMapOf(rule);
  if (numgen?.key.kind === 'numgen') return `numgen ${numgen.key.mode} mod ${numgen.key.mod} vmap`;
  const shown = rule.statements.filter((s) => s.kind === 'match' || s.kind === 'vmap');
  // A packet in a Service's own chain has that Service's address and port already.
  return printListedRule(own ? shown.filter((s) => !looksAtDestination(s)) : shown);
}

function actionWords(rule: NftRule): string {
  const last = rule.statements.at(-1);
  if (!last || last.kind === 'match' || last.kind === 'vmap' || last.kind === 'vmap-literal') return '';
  if (last.kind === 'verdict') return actionOf(last.verdict);
  return printListedRule([last]);
}
