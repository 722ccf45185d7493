// `iptables -L` as iptables 1.8.9 (nf_tables) prints it: iptables/nft-shared.c, xshared.c print_rule_details, print_header, and the
// print functions of extensions/libxt_*.c.
import { extensions, targetDetails } from './list-extensions';
import type { Chain, Rule, RuleFamily, RuleSet, TableName, Target } from './types';

export interface ListOptions {
  readonly table: TableName;
  /** One chain only. */
  readonly chain?: string;
  /** `-L CHAIN NUM`: this rule only, counted from 1, without headings. */
  readonly number?: number;
  /** -n */
  readonly numeric?: boolean;
  /** -v */
  readonly verbose?: boolean;
  /** -x: counters in full. */
  readonly exact?: boolean;
  /** --line-numbers */
  readonly lineNumbers?: boolean;
  /** Counters of a chain, if they are not in its rules. */
  readonly counts?: (chain: Chain) => Counts;
}

/** [packets, bytes] of a chain's policy and of each of its rules. */
export interface Counts {
  readonly policy: readonly [number, number];
  readonly rules: readonly (readonly [number, number])[];
}

/** The chains of a table; undefined if the chain that was asked for is not there. */
export function printList(rules: RuleSet, options: ListOptions): string | undefined {
  const { table, chain: name, number } = options;
  const only = name === undefined ? undefined : rules.chain(table, name);
  if (name !== undefined && !only) return undefined;
  const chains = only ? [only] : rules.chains(table);
  if (number !== undefined) {
    const rule = only?.rules[number - 1];
    const count = only && options.counts?.(only).rules[number - 1];
    return rule ? ruleLine(rule, number, options, rules.family, count) + '\n' : '';
  }
  const references = referenceCounts(only ? rules.chains(table) : chains, only);
  const lines: string[] = [];
  const head = headings(options);
  for (const chain of chains) {
    const counts = options.counts?.(chain);
    if (lines.length > 0) lines.push('');
    lines.push(chainLine(chain, references.get(chain.name) ?? 0, options, counts), head);
    let number = 0;
    for (const rule of chain.rules)
      lines.push(ruleLine(rule, ++number, options, rules.family, counts?.rules[number - 1]));
  }
  return lines.length > 0 ? lines.join('\n') + '\n' : '';
}

/** How many rules jump to each chain (or to one). */
function referenceCounts(chains: readonly Chain[], only: Chain | undefined): Map<string, number> {
  const counts = new Map<string, number>();
  if (only?.policy) return counts;
  for (const chain of chains)
    for (const { target } of chain.rules)
      if (target?.kind === 'jump' || target?.kind === 'goto')
        counts.set(target.chain, (counts.get(target.chain) ?? 0) + 1);
  return counts;
}

function chainLine(
  { name, policy, counters }: Chain,
  references: number,
  options: ListOptions,
  counts: Counts | undefined,
): string {
  if (!policy) return `Chain ${name} (${references} references)`;
  if (!options.verbose) return `Chain ${name} (policy ${policy})`;
  const [packets, bytes] = counts?.policy ?? counters ?? [0, 0];
  const count = (n: number): string => shortCount(n, options.exact === true, 0);
  return `Chain ${name} (policy ${policy} ${count(packets)} packets, ${count(bytes)} bytes)`;
}

function headings({ lineNumbers, verbose, exact }: ListOptions): string {
  const count = exact ? '    pkts      bytes ' : ' pkts bytes ';
  return `${lineNumbers ? 'num  ' : ''}${verbose ? count : ''}target     prot opt ${verbose ? 'in     out    ' : ''}${verbose ? ' ' : ''}source               destination         `;
}

/** xtables_print_num: five digits, then thousands, millions, … of them. */
export function shortCount(n: number, exact: boolean, width: number): string {
  if (exact) return String(n).padStart(width && 8);
  if (n <= 99_999) return String(n).padStart(width);
  let value = n;
  for (const unit of ['K', 'M', 'G', 'T']) {
    value = Math.floor((value + 500) / 1000);
    if (value <= 9_999 || unit === 'T') return String(value).padStart(width && width - 1) + unit;
  }
  return String(n);
}

function ruleLine(
  rule: Rule,
  number: number,
  { verbose, numeric = false, exact = false, lineNumbers }: ListOptions,
  family: RuleFamily,
  counted: readonly [number, number] | undefined,
): string {
  const header = headerOf(rule);
  const anywhere = numeric ? (family === 'IPv6' ? '::/0' : '0.0.0.0/0') : 'anywhere';
  let line = lineNumbers ? String(number).padEnd(4) + ' ' : '';
  if (verbose) {
    const [packets, bytes] = counted ?? rule.counters ?? [0, 0];
    line += `${shortCount(packets, exact, 5)} ${shortCount(bytes, exact, 5)} `;
  }
  const protocol = numeric ? protocolNumber(header.protocol) : (header.protocol ?? 'all');
  line += `${targetName(rule.target).padEnd(9)} ${header.notProtocol ? '!' : ' '}${protocol.padEnd(4)} ${header.fragment ?? '--'} `;
  if (verbose) {
    const any = numeric ? '*' : 'any';
    line += ` ${(header.input ?? any).padEnd(6)} ${(header.output ?? any).padEnd(6)} `;
  }
  line += `${header.notSource ? '!' : ' '}${address(header.source, anywhere, numeric).padEnd(19)} `;
  line += `${header.notDestination ? '!' : ' '}${address(header.destination, anywhere, numeric).padEnd(19)} `;
  if (rule.target?.kind === 'goto') line += '[goto] ';
  return (
    line + extensions(rule, numeric, family, header.protocol) + targetDetails(rule.target, family, numeric)
  );
}

interface Header {
  protocol?: string;
  notProtocol: boolean;
  input?: string;
  output?: string;
  source?: string;
  notSource: boolean;
  destination?: string;
  notDestination: boolean;
  fragment?: string;
}

function headerOf(rule: Rule): Header {
  const header: Header = { notProtocol: false, notSource: false, notDestination: false };
  const named = (m: { readonly name: string; readonly not?: boolean }): string => (m.not ? '!' : '') + m.name;
  for (const m of rule.matches)
    switch (m.kind) {
      case 'protocol':
        header.protocol = m.protocol;
        header.notProtocol = m.not === true;
        break;
      case 'transport':
        header.protocol = m.protocol;
        break;
      case 'in-interface':
        header.input = named(m);
        break;
      case 'out-interface':
        header.output = named(m);
        break;
      case 'source':
        header.source = m.cidr;
        header.notSource = m.not === true;
        break;
      case 'destination':
        header.destination = m.cidr;
        header.notDestination = m.not === true;
        break;
      case 'other':
        if (m.words[0] === '-f') header.fragment = '-f';
        if (m.words[0] === '!' && m.words[1] === '-f') header.fragment = '!f';
        break;
      default:
    }
  return header;
}

const PROTOCOLS: Readonly<Record<string, string>> = {
  icmp: '1',
  igmp: '2',
  tcp: '6',
  udp: '17',
  dccp: '33',
  gre: '47',
  esp: '50',
  ah: '51',
  'ipv6-icmp': '58',
  icmpv6: '58',
  sctp: '132',
  udplite: '136',
};
const protocolNumber = (name: string | undefined): string =>
  name === undefined || name === 'all' ? '0' : (PROTOCOLS[name] ?? name);

/** Host prefixes are left out; without -n the loopback network and "any" have names. */
function address(text: string | undefined, anywhere: string, numeric: boolean): string {
  if (text === undefined || text === '0.0.0.0/0' || text === '::/0') return anywhere;
  const host =
    text.endsWith('/32') && !text.includes(':')
      ? text.slice(0, -3)
      : text.endsWith('/128')
        ? text.slice(0, -4)
        : text;
  if (numeric) return host;
  return host === '127.0.0.0/8' ? 'loopback/8' : host === '127.0.0.1' ? 'localhost' : host;
}

function targetName(target: Target | null): string {
  if (!target) return '';
  switch (target.kind) {
    case 'jump':
    case 'goto':
      return target.chain;
    case 'other':
      return target.words[1] ?? '';
    default:
      return target.kind.toUpperCase();
  }
}
