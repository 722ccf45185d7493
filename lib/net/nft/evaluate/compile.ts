// Rules made ready to be asked many times: each statement as a function of the packet (net/netfilter/nft_*.c).
import { masquerade, translateDestination } from '@/lib/net/datapath/nat-target';
import type { Packet } from '@/lib/net/datapath/packet';
import { ACCEPT, DROP, type Verdict, type WalkEnv } from '@/lib/net/datapath/walk-env';
import type { Reason } from '@/lib/net/ruleset/types';
import type { NftRule, NftSet, NftStatement, NftTable, NftVerdict } from '../types';
import { isDynamic, lookupIn, memoryOfSet, sizeOf } from './sets';
import { addressReader, ctHas, numberReader, readerOf } from './values';
import { partsTest, valueTest } from './value-test';

/** What a statement made of a packet. `break`: it does not match, the rule ends. */
export type Effect =
  | { readonly kind: 'next' }
  | { readonly kind: 'break' }
  | { readonly kind: 'chain'; readonly verdict: Extract<NftVerdict, { readonly chain: string }> }
  | { readonly kind: 'return' }
  | { readonly kind: 'verdict'; readonly verdict: Verdict };

/** Tells what a statement did, as a step.… code without that word. */
export type Tell = (code: string, params?: Reason['params']) => void;
export type Op = (packet: Packet, env: WalkEnv, tell: Tell) => Effect;

const NEXT: Effect = { kind: 'next' };
const BREAK: Effect = { kind: 'break' };
const RETURN: Effect = { kind: 'return' };
const ACCEPTED: Effect = { kind: 'verdict', verdict: ACCEPT };
const DROPPED: Effect = { kind: 'verdict', verdict: DROP };
const NEVER: Op = () => BREAK;
const ALWAYS: Op = () => NEXT;

/** Statements without effect on where a packet goes. */
const IDLE_WORDS = new Set(['log', 'limit', 'quota', 'counter']);

/** The operations of a rule in one state of its table. */
export const compileRule = (rule: NftRule, table: NftTable): readonly Op[] =>
  rule.statements.map((s) => compile(s, table));

function compile(s: NftStatement, table: NftTable): Op {
  switch (s.kind) {
    case 'match':
      return compileMatch(s, table);
    case 'vmap':
      return compileVmap(s, table);
    case 'vmap-literal':
      return compileLiteralVmap(s);
    case 'verdict': {
      const { verdict } = s;
      return (_packet, _env, tell) => act(verdict, tell);
    }
    case 'reject':
      return compileReject(s.with, table);
    case 'mark':
      return compileMark(s);
    case 'dnat':
    case 'snat':
    case 'masquerade':
      return compileNat(s);
    case 'dynset':
      return compileDynset(s, table);
    case 'counter':
      return ALWAYS;
    case 'other':
      // A match that is not understood never holds; its rule then does nothing, which a trace shows by not naming it.
      return IDLE_WORDS.has(s.words[0] ?? '') ? ALWAYS : NEVER;
  }
}

function act(verdict: NftVerdict, tell: Tell): Effect {
  switch (verdict.kind) {
    case 'jump':
    case 'goto':
      tell(verdict.kind, { chain: verdict.chain });
      return { kind: 'chain', verdict };
    case 'return':
      tell('return');
      return RETURN;
    case 'continue':
      return BREAK;
    case 'accept':
      tell('accept');
      return ACCEPTED;
    case 'drop':
      tell('drop');
      return DROPPED;
  }
}

function compileMatch(s: NftStatement & { kind: 'match' }, table: NftTable): Op {
  const holds = holdsTest(s, table);
  if (!holds) return NEVER;
  const wanted = s.op !== '!=';
  return (packet, env) => {
    const held = holds(packet, env);
    return held === undefined || held !== wanted ? BREAK : NEXT;
  };
}

type Holds = (packet: Packet, env: WalkEnv) => boolean | undefined;

/** Whether the values are equal; undefined: the packet has no such value. */
function holdsTest(
  { left, op, right }: NftStatement & { kind: 'match' },
  table: NftTable,
): Holds | undefined {
  if (op !== '==' && op !== '!=') return orderTest({ left, op, right });
  if (right.kind === 'mark') {
    const number = numberReader(left);
    return number && ((packet) => number(packet) === right.value >>> 0);
  }
  if (right.kind === 'flags') return left.kind === 'ct' ? ctHas(left.key, right.names) : undefined;
  if (right.kind === 'set') {
    const set = table.sets.get(right.name);
    return set && setTest(left, set, table);
  }
  if (left.kind === 'ct' && right.kind === 'value') return ctHas(left.key, [right.text]);
  const read = readerOf(left);
  const tests = (right.kind === 'value' ? [right.text] : right.elements).map(partsTest);
  return (packet, env) => {
    const value = read(packet, env);
    return value === undefined ? undefined : tests.some((test) => test(value));
  };
}

function orderTest({ left, op, right }: Omit<NftStatement & { kind: 'match' }, 'kind'>): Holds | undefined {
  const bound = right.kind === 'value' ? Number(right.text) : NaN;
  if (Number.isNaN(bound)) return undefined;
  const read = readerOf(left);
  return (packet, env) => {
    const value = Number(read(packet, env) ?? NaN);
    if (Number.isNaN(value)) return undefined;
    return op === '<'
      ? value < bound
      : op === '>'
        ? value > bound
        : op === '<='
          ? value <= bound
          : value >= bound;
  };
}

function setTest(left: Parameters<typeof readerOf>[0], set: NftSet, table: NftTable): Holds {
  const find = lookupIn(set, left);
  const address = isDynamic(set) ? addressReader(left) : undefined;
  if (!address) return (packet, env) => find(packet, env) !== undefined;
  const memory = memoryOfSet(table, set);
  const seconds = set.timeoutSeconds ?? 0;
  return (packet, env) => {
    const client = address(packet);
    return client && (env.holds(memory, client, seconds) || find(packet, env) !== undefined);
  };
}

function compileVmap(s: NftStatement & { kind: 'vmap' }, table: NftTable): Op {
  const map = table.sets.get(s.map);
  if (!map) return NEVER;
  const find = lookupIn(map, s.key);
  return (packet, env, tell) => {
    const verdict = find(packet, env)?.verdict;
    return verdict ? act(verdict, tell) : BREAK;
  };
}

function compileLiteralVmap(s: NftStatement & { kind: 'vmap-literal' }): Op {
  const read = readerOf(s.key);
  const byKey = new Map(s.entries.map((e) => [e.key, e.verdict]));
  const tests = s.entries.map((e) => ({ holds: valueTest(e.key), verdict: e.verdict }));
  return (packet, env, tell) => {
    const value = read(packet, env);
    if (value === undefined) return BREAK;
    const verdict = byKey.get(value) ?? tests.find((t) => t.holds(value))?.verdict;
    return verdict ? act(verdict, tell) : BREAK;
  };
}

/** Answers in the words of iptables' --reject-with, which the way back understands. */
function compileReject(given: string | undefined, table: NftTable): Op {
  const usual = table.family === 'ip6' ? 'icmp6-port-unreachable' : 'icmp-port-unreachable';
  const named: Readonly<Record<string, string>> = {
    'tcp reset': 'tcp-reset',
    'icmpv6 no-route': 'icmp6-no-route',
    'icmpv6 admin-prohibited': 'icmp6-adm-prohibited',
    'icmpv6 addr-unreachable': 'icmp6-addr-unreachable',
    'icmp host-unreachable': 'icmp-host-unreachable',
    'icmp net-unreachable': 'icmp-net-unreachable',
    'icmp prot-unreachable': 'icmp-proto-unreachable',
    'icmp host-prohibited': 'icmp-host-prohibited',
    'icmp net-prohibited': 'icmp-net-prohibited',
    'icmp admin-prohibited': 'icmp-admin-prohibited',
  };
  const how = given === undefined ? usual : (named[given] ?? usual);
  const effect: Effect = { kind: 'verdict', verdict: { kind: 'reject', with: how } };
  return (_packet, _env, tell) => {
    tell('reject', { with: how });
    return effect;
  };
}

function compileMark(s: NftStatement & { kind: 'mark' }): Op {
  const number = numberReader(s.value);
  if (!number) return ALWAYS;
  return (packet, _env, tell) => {
    packet.mark = number(packet);
    tell('mark', { mark: `0x${packet.mark.toString(16)}` });
    return NEXT;
  };
}

function compileNat(s: NftStatement & { kind: 'dnat' | 'snat' | 'masquerade' }): Op {
  if (s.kind === 'dnat') return (packet, _env, tell) => verdictOf(translateDestination(packet, s.to, tell));
  if (s.kind === 'snat') return NEVER;
  const fully = s.flags.includes('fully-random') || s.flags.includes('random');
  return (packet, env, tell) => verdictOf(masquerade(packet, env, fully, tell));
}

const verdictOf = (verdict: Verdict): Effect => ({ kind: 'verdict', verdict });

function compileDynset(s: NftStatement & { kind: 'dynset' }, table: NftTable): Op {
  const set = table.sets.get(s.set);
  const address = addressReader(s.key);
  if (!set || !address || s.op === 'delete') return ALWAYS;
  const memory = memoryOfSet(table, set);
  const limit = sizeOf(set);
  return (packet, env, tell) => {
    const client = address(packet);
    if (!client) return BREAK;
    env.remember(memory, client, limit);
    tell('remember');
    return NEXT;
  };
}
