// Matches and targets in the words of `iptables -L`: the print functions of extensions/libxt_*.c of iptables 1.8.9.
import { kernelProbability } from './print';
import { portName } from './service-names';
import type { Match, Rule, RuleFamily, Target } from './types';

/** What stands behind the addresses, match by match. */
export function extensions(
  rule: Rule,
  numeric: boolean,
  family: RuleFamily,
  protocol: string | undefined,
): string {
  let text = '';
  const ports = rule.matches.filter((m) => m.kind === 'dport' || m.kind === 'sport');
  let ported = false;
  for (const m of rule.matches) {
    if (m.kind === 'transport' || m.kind === 'module' || m.kind === 'dport' || m.kind === 'sport') {
      // A module's ports follow it, wherever they were written.
      if (ported) continue;
      ported = true;
      const name = m.kind === 'transport' ? m.protocol : m.kind === 'module' ? m.name : (protocol ?? '');
      text += ` ${name}`;
      for (const kind of ['sport', 'dport'] as const)
        for (const port of ports) if (port.kind === kind) text += portText(port, name, numeric);
    } else if (m.kind === 'other' && m.words[0] === '--tcp-flags') text += flagsText(m.words, numeric);
    else text += extension(m, numeric, family);
  }
  return text;
}

const TCP_FLAGS: Readonly<Record<string, number>> = {
  FIN: 1,
  SYN: 2,
  RST: 4,
  PSH: 8,
  ACK: 16,
  URG: 32,
  ALL: 63,
  NONE: 0,
};

function flagsText([, mask = '', set = '']: readonly string[], numeric: boolean): string {
  const number = (text: string): string =>
    '0x' +
    text
      .split(',')
      .reduce((sum, flag) => sum | (TCP_FLAGS[flag] ?? 0), 0)
      .toString(16)
      .padStart(2, '0');
  return ` flags:${numeric ? `${number(mask)}/${number(set)}` : `${mask}/${set}`}`;
}

function portText(
  m: Extract<Match, { kind: 'dport' | 'sport' }>,
  protocol: string,
  numeric: boolean,
): string {
  const [from = '', to] = m.port.split(':');
  const name = (port: string): string => (numeric ? port : portName(port, protocol));
  const what = m.kind === 'dport' ? 'dpt' : 'spt';
  const not = m.not ? '!' : '';
  return to === undefined || to === from
    ? ` ${what}:${not}${name(from)}`
    : ` ${what}s:${not}${name(from)}:${name(to)}`;
}

const hex = (n: number): string => '0x' + (n >>> 0).toString(16);

function extension(m: Match, numeric: boolean, family: RuleFamily): string {
  switch (m.kind) {
    case 'comment':
      return ` /* ${m.text} */`;
    case 'mark':
      return ` mark match ${m.not ? '! ' : ''}${hex(m.value)}${m.mask === 0xffffffff ? '' : `/${hex(m.mask)}`}`;
    case 'addrtype':
      return ` ADDRTYPE match${m.src ? ` src-type ${m.notSrc ? '!' : ''}${m.src}` : ''}${m.dst ? ` dst-type ${m.notDst ? '!' : ''}${m.dst}` : ''}`;
    case 'conntrack':
      return ` ${m.not ? '! ' : ''}ctstate ${m.states.join(',')}`;
    case 'statistic':
      return ` statistic mode random probability ${kernelProbability(m.probability)}`;
    case 'recent': {
      const mask = family === 'IPv6' ? 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff' : '255.255.255.255';
      const how = m.op === 'set' ? 'SET' : `CHECK seconds: ${m.seconds ?? 0}${m.reap ? ' reap' : ''}`;
      return ` recent: ${how} name: ${m.name} side: source mask: ${mask}`;
    }
    case 'nfacct':
      return ` nfacct-name  ${m.name}`;
    case 'other':
      return otherMatch(m.words, numeric);
    default:
      return '';
  }
}

const LOG_LEVELS = ['emerg', 'alert', 'crit', 'error', 'warn', 'notice', 'info', 'debug'];
const ICMP_NAMES: Readonly<Record<string, string>> = {
  '0': 'echo-reply',
  '3': 'destination-unreachable',
  '8': 'echo-request',
  '11': 'time-exceeded',
};

/** Matches that no rule of kube-proxy has, in the words of their extension. */
function otherMatch(words: readonly string[], numeric: boolean): string {
  if (words.includes('-f')) return '';
  const [, name = '', ...rest] = words;
  const options = rest.join(' ');
  const value = rest.at(-1) ?? '';
  switch (name) {
    case 'multiport': {
      const what = (rest.find((w) => w.startsWith('--')) ?? '').slice(2);
      const ports = numeric
        ? value
        : value
            .split(',')
            .map((p) => portName(p, 'tcp'))
            .join(',');
      return ` multiport ${rest.includes('!') ? '! ' : ''}${what} ${rest.includes('!') ? ' ' : ''}${ports}`;
    }
    case 'limit': {
      const after = (option: string): string => rest[rest.indexOf(option) + 1] ?? '';
      return ` limit: avg ${after('--limit')} burst ${rest.includes('--limit-burst') ? after('--limit-burst') : 5}`;
    }
    case 'icmp':
      return numeric ? ` icmptype ${value}` : ` icmp ${ICMP_NAMES[value] ?? `type ${value}`}`;
    case 'icmp6':
      return numeric ? ` ipv6-icmptype ${value}` : ` ipv6-icmp ${value}`;
    case 'state':
      return ` ${rest.includes('!') ? '! ' : ''}state ${value}`;
    case 'physdev':
      return ` PHYSDEV match ${options}`;
    default:
      return ` ${words.join(' ')}`;
  }
}

/** What stands at the end of the line. */
export function targetDetails(target: Target | null, family: RuleFamily, numeric: boolean): string {
  switch (target?.kind) {
    case 'reject':
      return ` reject-with ${target.with ?? (family === 'IPv6' ? 'icmp6-port-unreachable' : 'icmp-port-unreachable')}`;
    case 'dnat':
      return ` to:${target.to}`;
    case 'masquerade':
      return target.randomFully ? ' random-fully' : '';
    case 'mark':
      return markText(target);
    case 'other':
      return otherTarget(target.words, numeric);
    default:
      return '';
  }
}

function markText(t: Extract<Target, { kind: 'mark' }>): string {
  const value = t.value >>> 0;
  const mask = (t.op === 'or' ? value : t.op === 'xor' ? 0 : (t.mask ?? 0xffffffff)) >>> 0;
  if (value === 0) return ` MARK and ${hex(~mask)}`;
  if (value === mask) return ` MARK or ${hex(value)}`;
  if (mask === 0) return ` MARK xor ${hex(value)}`;
  return mask === 0xffffffff ? ` MARK set ${hex(value)}` : ` MARK xset ${hex(value)}/${hex(mask)}`;
}

function otherTarget(words: readonly string[], numeric: boolean): string {
  const [, name, ...rest] = words;
  const value = (option: string): string | undefined => {
    const at = rest.indexOf(option);
    return at < 0 ? undefined : rest[at + 1];
  };
  switch (name) {
    case 'SNAT':
      return ` to:${value('--to-source') ?? ''}`;
    case 'DNAT':
      return ` to:${value('--to-destination') ?? ''}`;
    case 'REDIRECT':
      return value('--to-ports') === undefined ? '' : ` redir ports ${value('--to-ports') ?? ''}`;
    case 'LOG': {
      const prefix = value('--log-prefix');
      const level = value('--log-level') ?? '4';
      const levels = numeric ? `flags 0 level ${level}` : `level ${LOG_LEVELS[Number(level)] ?? level}`;
      return ` LOG ${levels}${prefix === undefined ? '' : ` prefix "${prefix.replace(/^"|"$/g, '')}"`}`;
    }
    case 'TCPMSS':
      return rest.includes('--clamp-mss-to-pmtu')
        ? ' TCPMSS clamp to PMTU'
        : ` TCPMSS set ${value('--set-mss') ?? ''}`;
    default:
      return rest.length ? ` ${rest.join(' ')}` : '';
  }
}
