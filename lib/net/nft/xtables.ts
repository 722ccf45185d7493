// iptables' tables as `nft list` shows them on a node whose iptables keeps them in nf_tables: nft 1.0.6 has libxtables translate each
// extension (src/xt.c xt_stmt_xlate, iptables extensions/libxt_*.c xlate functions of 1.8.9). A comment becomes nothing and leaves its
// blank; what has no translation is printed as `xt match NAME`. Chains are in iptables-save's order (nft lists them as they were made).
import { PersistentMap } from '@/lib/core/persistent-map';
import type {
  Chain,
  Hook,
  Match,
  Rule,
  RuleFamily,
  RuleSet,
  TableName,
  Target,
} from '@/lib/net/ruleset/types';
import { printListedRule } from './print-rule';
import type { NftBase, NftChain, NftHook, NftRule, NftTable } from './types';

/** iptables-save's order, in which a restored node makes them. */
const TABLES: readonly TableName[] = ['mangle', 'security', 'raw', 'filter', 'nat'];

/** A table of iptables in nft's form; its rules are words that were translated. */
export interface XtTable extends NftTable {
  readonly managed: true;
  /** Chains with a rule that is made of an extension of iptables: nft warns of them. */
  readonly translated: ReadonlySet<string>;
}

export const isXtTable = (table: NftTable): table is XtTable => 'managed' in table;

/** All tables of a family. Handles are those of a node whose rules were restored from iptables-save's text. */
export function xtTables(rules: RuleSet): XtTable[] {
  return TABLES.filter((t) => rules.tables.includes(t)).map((name) => xtTable(rules, name));
}

function xtTable(rules: RuleSet, name: TableName): XtTable {
  const translated = new Set<string>();
  const chains = rules.chains(name).map((chain, i): NftChain => {
    const own = chain.rules.map((rule) => translatedRule(rule, rules.family));
    if (own.some((rule) => rule.extended)) translated.add(chain.name);
    const base = chain.policy === undefined ? {} : { base: baseOf(name, chain) };
    return { name: chain.name, ...base, rules: own.map((rule) => rule.rule), handle: i + 1 };
  });
  return {
    family: rules.family === 'IPv4' ? 'ip' : 'ip6',
    name,
    chains: PersistentMap.from(chains.map((chain) => [chain.name, chain] as const)),
    sets: PersistentMap.empty(),
    handles: chains.length,
    managed: true,
    translated,
  };
}

/** iptables/nft.c xtables_ipv4 (builtin_table). */
const PRIORITY: Readonly<Record<TableName, number>> = {
  raw: -300,
  mangle: -150,
  nat: -100,
  filter: 0,
  security: 50,
};

function baseOf(table: TableName, { name, policy }: Chain): NftBase {
  const hook = name as Hook;
  const type = table === 'nat' ? 'nat' : table === 'mangle' && hook === 'OUTPUT' ? 'route' : 'filter';
  const isSource = table === 'nat' && (hook === 'INPUT' || hook === 'POSTROUTING');
  return {
    type,
    hook: hook.toLowerCase() as NftHook,
    priority: isSource ? 100 : PRIORITY[table],
    policy: policy === 'DROP' ? 'drop' : 'accept',
  };
}

/** Words of a rule; `extension`: the kernel runs iptables' own code for it. */
interface Piece {
  readonly text: string;
  readonly extension?: true;
  /** -m NAME, alone so far. */
  readonly module?: string;
  /** A port of this protocol. */
  readonly port?: string;
}

const extension = (text: string): Piece => ({ text, extension: true });

function translatedRule(
  rule: Rule,
  family: RuleFamily,
): { readonly rule: NftRule; readonly extended: boolean } {
  const head: Record<'in' | 'out' | 'protocol' | 'source' | 'destination', string> = {
    in: '',
    out: '',
    protocol: '',
    source: '',
    destination: '',
  };
  const ip = family === 'IPv4' ? 'ip' : 'ip6';
  const pieces: Piece[] = [];
  let protocol = '';
  for (const m of rule.matches) {
    switch (m.kind) {
      case 'in-interface':
        head.in = interfaceWords('iifname', m);
        break;
      case 'out-interface':
        head.out = interfaceWords('oifname', m);
        break;
      case 'source':
        head.source = `${ip} saddr ${negated(m.not)}${address(m.cidr)}`;
        break;
      case 'destination':
        head.destination = `${ip} daddr ${negated(m.not)}${address(m.cidr)}`;
        break;
      case 'protocol':
      case 'transport':
        protocol = m.protocol;
        head.protocol = `meta l4proto ${negated('not' in m && m.not)}${m.protocol}`;
        if (m.kind === 'transport') pieces.push({ text: '', module: m.protocol });
        break;
      default:
        pieces.push(matchPiece(m, protocol));
    }
  }
  const matches = withPorts(pieces);
  const first = matches.findIndex((p) => p.extension);
  const says = (first < 0 ? matches : matches.slice(0, first)).some((p) => p.port === protocol);
  const target = rule.target ? targetPiece(rule.target, family) : undefined;
  const [packets, bytes] = rule.counters ?? [0, 0];
  // A port says the protocol, unless an extension stands between the two (nft src/payload.c payload_dependency_kill).
  const words = [head.in, head.out, says ? '' : head.protocol, head.source, head.destination].filter(Boolean);
  const statements: NftRule['statements'] = [
    ...[...words, ...matches.map((p) => p.text)].map(other),
    { kind: 'counter', packets, bytes },
    ...(target ? [other(target.text)] : []),
  ];
  const extended = [...matches, ...(target ? [target] : [])].some((p) => p.extension === true);
  return { rule: { statements }, extended };
}

const other = (text: string) => ({ kind: 'other', words: [text] }) as const;
const negated = (not: boolean | undefined): string => (not ? '!= ' : '');

/** -m tcp without a port translates to nothing, -m sctp not at all; before a port nft has words for both. */
function withPorts(pieces: readonly Piece[]): readonly Piece[] {
  return pieces.flatMap((piece, i) => {
    if (piece.module === undefined) return [piece];
    if (pieces[i + 1]?.port !== undefined) return [];
    const silent = piece.module === 'tcp' || piece.module === 'udp';
    return [extension(silent ? '' : `xt match ${piece.module}`)];
  });
}

function interfaceWords(key: string, m: { readonly name: string; readonly not?: boolean }): string {
  return `${key} ${negated(m.not)}"${m.name.replace(/\+$/, '*')}"`;
}

const address = (cidr: string): string => cidr.replace(cidr.includes(':') ? /\/128$/ : /\/32$/, '');

type Inner = Exclude<
  Match,
  { kind: 'in-interface' | 'out-interface' | 'source' | 'destination' | 'protocol' | 'transport' }
>;

function matchPiece(m: Inner, protocol: string): Piece {
  switch (m.kind) {
    case 'comment':
      return extension('');
    case 'module':
      return { text: '', module: m.name };
    case 'dport':
    case 'sport': {
      const text = `${protocol} ${m.kind} ${negated(m.not)}${m.port.replace(':', '-')}`;
      return protocol === 'sctp' ? { ...extension(text), port: protocol } : { text, port: protocol };
    }
    case 'mark': {
      const mark = { kind: 'meta', key: 'mark' } as const;
      const left =
        m.mask === 0xffffffff ? mark : ({ kind: 'binary', op: '&', left: mark, right: m.mask } as const);
      const right = { kind: 'mark', value: m.value } as const;
      return { text: printListedRule([{ kind: 'match', left, op: m.not ? '!=' : '==', right }]) };
    }
    case 'conntrack':
      return extension(conntrackWords(m.states, m.not));
    case 'addrtype':
      return extension(addressTypeWords(m));
    case 'statistic': {
      const limit = Math.round(Number(m.probability) * 0x80000000);
      return extension(`meta random & 2147483647 < ${limit}`);
    }
    case 'recent':
      return extension('xt match recent');
    case 'nfacct':
      return extension('xt match nfacct');
    case 'other':
      return extension(`xt match ${m.words[m.words.indexOf('-m') + 1] ?? ''}`);
  }
}

/** libxt_conntrack.c state_xlate_print: SNAT and DNAT are states of another kind, and only one of them is told. */
function conntrackWords(states: readonly string[], not: boolean | undefined): string {
  if (states.includes('SNAT')) return 'ct status snat';
  if (states.includes('DNAT')) return 'ct status dnat';
  const order = ['INVALID', 'NEW', 'RELATED', 'ESTABLISHED', 'UNTRACKED'].filter((s) => states.includes(s));
  return `ct state ${not ? '! ' : ''}${order.join(',').toLowerCase()}`;
}

/** libxt_addrtype.c addrtype_v1_xlate: of two types only the destination's is told. */
function addressTypeWords(m: Match & { kind: 'addrtype' }): string {
  // What it tells of both is "fib saddr type" of the source where there is one.
  if (m.src !== undefined) return `fib saddr type ${negated(m.notSrc)}${types(m.src)}`;
  return `fib daddr type ${negated(m.notDst)}${types(m.dst ?? '')}`;
}

function types(list: string): string {
  const names = list.toLowerCase().split(',');
  return names.length > 1 ? `{ ${names.join(', ')} }` : (names[0] ?? '');
}

const hex = (n: number): string => `0x${(n >>> 0).toString(16)}`;

function targetPiece(t: Target, family: RuleFamily): Piece {
  switch (t.kind) {
    case 'jump':
    case 'goto':
      return { text: `${t.kind} ${t.chain}` };
    case 'accept':
    case 'drop':
    case 'return':
      return { text: t.kind };
    case 'reject':
      return extension(rejectWords(t.with, family));
    case 'dnat':
      return extension(`dnat to ${t.to}`);
    case 'masquerade':
      return extension(t.randomFully ? 'masquerade fully-random' : 'masquerade');
    case 'mark':
      return extension(markWords(t));
    case 'other':
      return extension(otherTarget(t.words));
  }
}

/** libipt_REJECT.c and libip6t_REJECT.c: nft's words for iptables'. */
const REJECT_WORDS: Readonly<Record<string, string>> = {
  'proto-unreachable': 'prot-unreachable',
  'adm-prohibited': 'admin-prohibited',
};

function rejectWords(how: string | undefined, family: RuleFamily): string {
  if (how === undefined || how.endsWith('-port-unreachable')) return 'reject';
  if (how === 'tcp-reset') return 'reject with tcp reset';
  const code = how.replace(/^icmp6?-/, '');
  return `reject with ${family === 'IPv4' ? 'icmp' : 'icmpv6'} type ${REJECT_WORDS[code] ?? code}`;
}

/** libxt_MARK.c mark_tg_xlate: the kernel keeps (mark & ~mask) ^ value. */
function markWords({ op, value, mask: given }: Target & { kind: 'mark' }): string {
  const mask = (op === 'or' ? value : op === 'xor' ? 0 : (given ?? 0xffffffff)) >>> 0;
  if (mask === 0xffffffff) return `meta mark set ${hex(value)}`;
  if (mask === value >>> 0) return `meta mark set mark or ${hex(value)}`;
  if (value === 0) return `meta mark set mark and ${hex(~mask)}`;
  if (mask === 0) return `meta mark set mark xor ${hex(value)}`;
  return `meta mark set mark and ${hex(~mask)} xor ${hex(value)}`;
}

function otherTarget(words: readonly string[]): string {
  const value = (option: string): string | undefined =>
    words.includes(option) ? words[words.indexOf(option) + 1] : undefined;
  const name = words[words.indexOf('-j') + 1] ?? '';
  const prefix = value('--log-prefix');
  if (name === 'LOG' && prefix !== undefined && words.length === 4)
    return `log prefix "${prefix.replace(/^"|"$/g, '')}"`;
  if (name === 'SNAT' && words.length === 4) return `snat to ${value('--to-source') ?? ''}`;
  if (name === 'REDIRECT' && words.length === 4) return `redirect to :${value('--to-ports') ?? ''}`;
  return `xt target ${name}`;
}
