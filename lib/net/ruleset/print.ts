// Prints rules in two styles: `restore`, word for word as kube-proxy writes the input of iptables-restore
// (pkg/util/iptables, pkg/proxy/iptables/proxier.go), and `save`, as the kernel's rules come back out of iptables-save 1.8
// (iptables/xshared.c save_ipv4_header, extensions/libxt_*.c).
import type { Match, Rule, RuleFamily, Target } from './types';

export type PrintStyle = 'restore' | 'save';

/** One rule as an `-A CHAIN …` line without the line end. The family matters to `save` only (host prefixes, REJECT's answer). */
export function printRule(rule: Rule, style: PrintStyle, family: RuleFamily = familyOf(rule)): string {
  const start = `-A ${rule.chain}`;
  return style === 'restore' ? start + restoreWords(rule) : start + saveWords(rule, family);
}

function restoreWords(rule: Rule): string {
  let line = '';
  for (const match of rule.matches) line += restoreMatch(match);
  return rule.target ? line + restoreTarget(rule.target) : line;
}

const negated = (not: boolean | undefined): string => (not ? ' !' : '');

function restoreMatch(m: Match): string {
  switch (m.kind) {
    case 'comment':
      return ` -m comment --comment ${m.bare ? m.text : quoted(m.text)}`;
    case 'protocol':
      return `${negated(m.not)} -p ${m.protocol}`;
    case 'transport':
      return ` -m ${m.protocol} -p ${m.protocol}`;
    case 'module':
      return ` -m ${m.name}`;
    case 'source':
      return `${negated(m.not)} -s ${m.cidr}`;
    case 'destination':
      return `${negated(m.not)} -d ${m.cidr}`;
    case 'in-interface':
      return `${negated(m.not)} -i ${m.name}`;
    case 'out-interface':
      return `${negated(m.not)} -o ${m.name}`;
    case 'dport':
      return `${negated(m.not)} --dport ${m.port}`;
    case 'sport':
      return `${negated(m.not)} --sport ${m.port}`;
    case 'mark':
      return ` -m mark${negated(m.not)} --mark ${mark8(m.value)}/${mark8(m.mask)}`;
    case 'recent':
      return m.op === 'set'
        ? ` -m recent --name ${m.name} --set`
        : ` -m recent --name ${m.name} --rcheck --seconds ${m.seconds ?? 0}${m.reap ? ' --reap' : ''}`;
    case 'statistic':
      return ` -m statistic --mode random --probability ${m.probability}`;
    case 'nfacct':
      return ` -m nfacct --nfacct-name ${m.name}`;
    default:
      return sharedMatch(m);
  }
}

/** Matches that look the same in both styles. */
function sharedMatch(m: Extract<Match, { kind: 'addrtype' | 'conntrack' | 'other' }>): string {
  if (m.kind === 'other') return m.words.map((w) => ' ' + w).join('');
  if (m.kind === 'conntrack') return ` -m conntrack${negated(m.not)} --ctstate ${m.states.join(',')}`;
  const src = m.src ? `${negated(m.notSrc)} --src-type ${m.src}` : '';
  const dst = m.dst ? `${negated(m.notDst)} --dst-type ${m.dst}` : '';
  return ` -m addrtype${src}${dst}`;
}

function restoreTarget(t: Target): string {
  switch (t.kind) {
    case 'reject':
      return t.with ? ` -j REJECT --reject-with ${t.with}` : ' -j REJECT';
    case 'mark':
      return t.op === 'set'
        ? ` -j MARK --set-xmark ${hex(t.value)}/${hex(t.mask ?? 0xffffffff)}`
        : ` -j MARK --${t.op}-mark ${mark8(t.value)}`;
    default:
      return sharedTarget(t);
  }
}

function sharedTarget(t: Exclude<Target, { kind: 'reject' | 'mark' }>): string {
  switch (t.kind) {
    case 'jump':
      return ` -j ${t.chain}`;
    case 'goto':
      return ` -g ${t.chain}`;
    case 'dnat':
      return ` -j DNAT --to-destination ${t.to}`;
    case 'masquerade':
      return t.randomFully ? ' -j MASQUERADE --random-fully' : ' -j MASQUERADE';
    case 'other':
      return t.words.map((w) => ' ' + w).join('');
    default:
      return ` -j ${t.kind.toUpperCase()}`;
  }
}

/** iptables-save puts addresses, interfaces and the protocol first, then the extensions in the order they were loaded. */
function saveWords(rule: Rule, family: RuleFamily): string {
  let source = '';
  let destination = '';
  let interfaces = '';
  let protocol = '';
  let extensions = '';
  for (const m of rule.matches) {
    if (m.kind === 'source') source = `${negated(m.not)} -s ${withPrefix(m.cidr)}`;
    else if (m.kind === 'destination') destination = `${negated(m.not)} -d ${withPrefix(m.cidr)}`;
    else if (m.kind === 'in-interface') interfaces = `${negated(m.not)} -i ${m.name}${interfaces}`;
    else if (m.kind === 'out-interface') interfaces += `${negated(m.not)} -o ${m.name}`;
    else if (m.kind === 'protocol') protocol = `${negated(m.not)} -p ${m.protocol}`;
    else if (m.kind === 'transport') {
      protocol = ` -p ${m.protocol}`;
      extensions += ` -m ${m.protocol}`;
    } else extensions += saveMatch(m, family);
  }
  return (
    source +
    destination +
    interfaces +
    protocol +
    extensions +
    (rule.target ? saveTarget(rule.target, family) : '')
  );
}

function saveMatch(m: Match, family: RuleFamily): string {
  switch (m.kind) {
    case 'comment':
      return ` -m comment --comment ${saveString(m.text)}`;
    case 'mark':
      return ` -m mark${negated(m.not)} --mark ${hex(m.value)}${m.mask === 0xffffffff ? '' : `/${hex(m.mask)}`}`;
    case 'statistic':
      return ` -m statistic --mode random --probability ${kernelProbability(m.probability)}`;
    case 'recent': {
      const op = m.op === 'set' ? '--set' : `--rcheck --seconds ${m.seconds ?? 0}${m.reap ? ' --reap' : ''}`;
      const mask = family === 'IPv6' ? 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff' : '255.255.255.255';
      return ` -m recent ${op} --name ${m.name} --mask ${mask} --rsource`;
    }
    case 'nfacct':
      return ` -m nfacct --nfacct-name  ${m.name}`; // libxt_nfacct.c prints two blanks
    case 'addrtype':
    case 'conntrack':
    case 'other':
      return sharedMatch(m);
    default:
      return restoreMatch(m);
  }
}

function saveTarget(t: Target, family: RuleFamily): string {
  switch (t.kind) {
    case 'reject':
      return ` -j REJECT --reject-with ${t.with ?? (family === 'IPv6' ? 'icmp6-port-unreachable' : 'icmp-port-unreachable')}`;
    case 'mark': {
      // xt_MARK keeps (mark & ~mask) ^ value: "or" is value/value, "xor" is value/0.
      const mask = t.op === 'or' ? t.value : t.op === 'xor' ? 0 : (t.mask ?? 0xffffffff);
      return ` -j MARK --set-xmark ${hex(t.value)}/${hex(mask)}`;
    }
    default:
      return sharedTarget(t);
  }
}

const hex = (n: number): string => '0x' + (n >>> 0).toString(16);
/** kube-proxy's marks: fmt.Sprintf("%#08x"), eight digits. */
const mark8 = (n: number): string => '0x' + (n >>> 0).toString(16).padStart(8, '0');
const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;
/** xtables_save_string: quotes unless every character is a letter, a digit, _ or -. */
const saveString = (text: string): string =>
  /^[\w-]+$/.test(text) ? text : `"${text.replace(/["\\']/g, '\\$&')}"`;
const withPrefix = (cidr: string): string =>
  cidr.includes('/') ? cidr : cidr + (cidr.includes(':') ? '/128' : '/32');

/** xt_statistic keeps a probability as a whole number of 1/2^31; iptables-save prints it with eleven decimals. */
export function kernelProbability(written: string): string {
  return (Math.round(Number(written) * 0x80000000) / 0x80000000).toFixed(11);
}

function familyOf(rule: Rule): RuleFamily {
  const text = (m: Match): string => (m.kind === 'source' || m.kind === 'destination' ? m.cidr : '');
  const dnat = rule.target?.kind === 'dnat' ? rule.target.to : '';
  return dnat.startsWith('[') || rule.matches.some((m) => text(m).includes(':')) ? 'IPv6' : 'IPv4';
}
