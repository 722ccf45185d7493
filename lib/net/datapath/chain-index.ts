// KUBE-SERVICES has a rule for every Service. A packet has one destination, so most rules cannot match it: an index by destination
// address or port gives those that can, in the order of the chain. A rule that demands another destination (or port) than the
// packet's does not match it, whatever else it says, so the walk over the index is the walk over the chain.
import type { Chain, Match, Rule } from '@/lib/net/ruleset/types';
import { addressOf } from '@/lib/net/routing/address';
import type { Packet } from './packet';

/** Shorter chains are walked as they are. */
const INDEXED_FROM = 16;

interface ChainIndex {
  readonly byAddress: ReadonlyMap<string, readonly number[]>;
  readonly byPort: ReadonlyMap<number, readonly number[]>;
  /** Rules that demand neither. */
  readonly always: readonly number[];
}

const known = new WeakMap<Chain, ChainIndex | null>();
const NONE: readonly number[] = [];

/** Places of the rules that a packet can match, rising; null: all of them. */
export function candidates(chain: Chain, packet: Packet): readonly number[] | null {
  let index = known.get(chain);
  if (index === undefined) {
    index = chain.rules.length < INDEXED_FROM ? null : indexOf(chain.rules);
    known.set(chain, index);
  }
  if (!index) return null;
  return merged(
    index.byAddress.get(packet.tuple.destination.text) ?? NONE,
    index.byPort.get(packet.tuple.destinationPort) ?? NONE,
    index.always,
  );
}

function indexOf(rules: readonly Rule[]): ChainIndex {
  const byAddress = new Map<string, number[]>();
  const byPort = new Map<number, number[]>();
  const always: number[] = [];
  for (const [i, { matches }] of rules.entries()) {
    const host = first(matches, hostOf);
    const port = host === undefined ? first(matches, portOf) : undefined;
    if (host !== undefined) put(byAddress, host, i);
    else if (port !== undefined) put(byPort, port, i);
    else always.push(i);
  }
  return { byAddress, byPort, always };
}

function first<T>(matches: readonly Match[], of: (m: Match) => T | undefined): T | undefined {
  for (const m of matches) {
    const found = of(m);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The one destination address that a match demands. */
function hostOf(m: Match): string | undefined {
  if (m.kind !== 'destination' || m.not) return undefined;
  const [address = '', prefix] = m.cidr.split('/');
  if (prefix !== undefined && prefix !== (address.includes(':') ? '128' : '32')) return undefined;
  return addressOf(address)?.text;
}

const portOf = (m: Match): number | undefined =>
  m.kind === 'dport' && !m.not && /^\d+$/.test(m.port) ? Number(m.port) : undefined;

function put<K>(map: Map<K, number[]>, key: K, value: number): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/** Three rising lists as one. */
function merged(a: readonly number[], b: readonly number[], c: readonly number[]): readonly number[] {
  if (a.length + b.length === 0) return c;
  if (b.length + c.length === 0) return a;
  return [...a, ...b, ...c].sort((x, y) => x - y);
}
