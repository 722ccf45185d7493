// Rules made ready to be asked many times: each match as a function of the packet. The kernel looks at addresses, interfaces and
// protocol first (ip_packet_match), then at the extensions in their order.
import type { Match, Rule } from '@/lib/net/ruleset/types';
import { within, type Address } from '@/lib/net/routing/address';
import { otherMatch, otherPortMatch } from './match-other';
import type { Packet } from './packet';
import type { Test, WalkEnv } from './walk-env';

const HEADER = new Set<Match['kind']>([
  'source',
  'destination',
  'in-interface',
  'out-interface',
  'protocol',
  'transport',
]);
const NEVER: Test = () => false;
const compiled = new WeakMap<Rule, readonly Test[]>();

/** The tests of a rule in the order in which the kernel makes them; all must hold. */
export function testsOf(rule: Rule): readonly Test[] {
  let tests = compiled.get(rule);
  if (!tests) {
    const own = (header: boolean) => rule.matches.filter((m) => HEADER.has(m.kind) === header);
    tests = [...own(true), ...own(false)].flatMap((m) => testOf(m) ?? []);
    compiled.set(rule, tests);
  }
  return tests;
}

/** Whether a rule matches. Lots are drawn and lists looked up only when all before them has matched. */
export function ruleMatches(rule: Rule, packet: Packet, env: WalkEnv): boolean {
  for (const test of testsOf(rule)) if (!test(packet, env)) return false;
  return true;
}

const unless = (not: boolean | undefined, test: Test): Test =>
  not ? (packet, env) => !test(packet, env) : test;

/** undefined: always holds. */
function testOf(m: Match): Test | undefined {
  switch (m.kind) {
    case 'comment':
    case 'nfacct':
    case 'module':
      return undefined;
    case 'source':
    case 'destination':
      return addressTest(m.kind, m.cidr, m.not);
    case 'in-interface':
      return interfaceTest((p) => p.inDevice, m.name, m.not);
    case 'out-interface':
      return interfaceTest((p) => p.outDevice, m.name, m.not);
    case 'protocol':
      return unless(m.not, protocolTest(m.protocol));
    case 'transport':
      return protocolTest(m.protocol);
    case 'dport':
      return unless(
        m.not,
        portTest((p) => p.tuple.destinationPort, m.port),
      );
    case 'sport':
      return unless(
        m.not,
        portTest((p) => p.tuple.sourcePort, m.port),
      );
    case 'mark':
      return unless(m.not, (p) => (p.mark & m.mask) >>> 0 === m.value >>> 0);
    case 'addrtype':
      return addressTypeTest(m);
    case 'conntrack':
      return unless(m.not, stateTest(m.states));
    case 'statistic': {
      const probability = Number(m.probability);
      return (_, env) => env.chance(probability);
    }
    case 'recent':
      return recentTest(m);
    case 'other':
      return otherMatch(m.words);
  }
}

function addressTest(side: 'source' | 'destination', cidr: string, not: boolean | undefined): Test {
  const inside = within(cidr);
  if (!inside) return NEVER;
  return unless(not, side === 'source' ? (p) => inside(p.tuple.source) : (p) => inside(p.tuple.destination));
}

function interfaceTest(device: (p: Packet) => string, name: string, not: boolean | undefined): Test {
  const prefix = name.endsWith('+') ? name.slice(0, -1) : undefined;
  return unless(
    not,
    prefix === undefined
      ? (p) => device(p) === name
      : (p) => device(p) !== '' && device(p).startsWith(prefix),
  );
}

const PROTOCOL_NAMES: Readonly<Record<string, string>> = {
  '6': 'tcp',
  '17': 'udp',
  '132': 'sctp',
  '1': 'icmp',
  '58': 'icmp',
  icmpv6: 'icmp',
  'ipv6-icmp': 'icmp',
};

function protocolTest(name: string): Test {
  if (name === 'all' || name === '0') return () => true;
  const protocol = PROTOCOL_NAMES[name] ?? name;
  return (p) => p.tuple.protocol === protocol;
}

function portTest(port: (p: Packet) => number, text: string): Test {
  const inRange = otherPortMatch(text);
  return (p) => p.tuple.protocol !== 'icmp' && inRange(port(p));
}

/** Only LOCAL and UNICAST are told apart: nothing here sends broadcasts or multicasts. */
function addressTypeTest(m: Extract<Match, { kind: 'addrtype' }>): Test {
  const test = (types: string, address: Address, env: WalkEnv): boolean =>
    types.split(',').includes(env.isLocal(address) ? 'LOCAL' : 'UNICAST');
  const { src, dst } = m;
  return (p, env) =>
    (src === undefined || test(src, p.tuple.source, env) !== (m.notSrc === true)) &&
    (dst === undefined || test(dst, p.tuple.destination, env) !== (m.notDst === true));
}

function stateTest(states: readonly string[]): Test {
  const wanted = new Set(states);
  return ({ tracking }) =>
    wanted.has(tracking?.state ?? 'UNTRACKED') ||
    (wanted.has('DNAT') && tracking?.connection?.destinationTranslated === true) ||
    (wanted.has('SNAT') && tracking?.connection?.sourceTranslated === true);
}

function recentTest(m: Extract<Match, { kind: 'recent' }>): Test {
  if (m.op === 'rcheck')
    return (p, env) => env.recalls(m.name, p.tuple.source, m.seconds ?? 0, m.reap === true);
  return (p, env) => {
    env.remember(m.name, p.tuple.source);
    return true;
  };
}
