// Packet and byte counters of rules and policies, beside the immutable RuleSet. A chain that was written anew starts at zero, as the
// kernel's does; rules that were kept while others were put in beside them keep their counts.
import { PersistentMap } from '@/lib/core/persistent-map';
import type { Chain, RuleSet, TableName } from '@/lib/net/ruleset/types';

/** [packets, bytes] */
export type Count = readonly [packets: number, bytes: number];

export interface ChainCounts {
  /** Of the policy; built-in chains only. */
  readonly policy: Count;
  /** One for each rule. */
  readonly rules: readonly Count[];
}

interface Kept {
  readonly chain: Chain;
  /** By place; "-1" is the policy. */
  readonly counts: PersistentMap<Count>;
}

const ZERO: Count = [0, 0];
const NO_COUNTS: PersistentMap<Count> = PersistentMap.empty();
const keyOf = (table: string, chain: string): string => `${table} ${chain}`;

/** Counters of one node and family; an immutable value. */
export class RuleCounters {
  static readonly zero = new RuleCounters(PersistentMap.empty());

  private constructor(private readonly chains: PersistentMap<Kept>) {}

  /** The counts of a chain as it is now. */
  of(table: TableName, chain: Chain): ChainCounts {
    const counts = this.current(table, chain);
    return {
      policy: counts.get('-1') ?? chain.counters ?? ZERO,
      rules: chain.rules.map((rule, i) => counts.get(String(i)) ?? rule.counters ?? ZERO),
    };
  }

  /** One more packet that a rule (by place; −1: the policy) has met. */
  hit(table: TableName, chain: Chain, index: number, packets: number, bytes: number): RuleCounters {
    const counts = this.current(table, chain);
    const key = String(index);
    const [p, b] = counts.get(key) ?? (index < 0 ? chain.counters : chain.rules[index]?.counters) ?? ZERO;
    const kept: Kept = { chain, counts: counts.set(key, [p + packets, b + bytes]) };
    return new RuleCounters(this.chains.set(keyOf(table, chain.name), kept));
  }

  /** The counters set to zero (iptables -Z): of a chain, or of a whole table. */
  zeroed(table: TableName, chain?: string): RuleCounters {
    if (chain !== undefined) return new RuleCounters(this.chains.delete(keyOf(table, chain)));
    let { chains } = this;
    for (const key of chains.keys()) if (key.startsWith(`${table} `)) chains = chains.delete(key);
    return new RuleCounters(chains);
  }

  private current(table: string, chain: Chain): PersistentMap<Count> {
    const kept = this.chains.get(keyOf(table, chain.name));
    if (!kept) return NO_COUNTS;
    return kept.chain === chain ? kept.counts : carriedOver(kept, chain);
  }
}

/** Counts of the rules that a changed chain still has, the very same rules; the policy's always. */
function carriedOver({ chain: before, counts }: Kept, after: Chain): PersistentMap<Count> {
  let next = NO_COUNTS;
  const policy = counts.get('-1');
  if (policy && after.policy !== undefined) next = next.set('-1', policy);
  const places = new Map(before.rules.map((rule, i) => [rule, i]));
  for (const [i, rule] of after.rules.entries()) {
    const place = places.get(rule);
    const count = place === undefined ? undefined : counts.get(String(place));
    if (count) next = next.set(String(i), count);
  }
  return next;
}

/** A RuleSet whose chains and rules carry their counters, for printing. */
export function withCounters(rules: RuleSet, counters: RuleCounters): RuleSet {
  const counted = (table: TableName, chain: Chain): Chain => {
    const counts = counters.of(table, chain);
    return {
      name: chain.name,
      ...(chain.policy && { policy: chain.policy }),
      counters: counts.policy,
      rules: chain.rules.map((rule, i) => ({
        chain: rule.chain,
        matches: rule.matches,
        target: rule.target,
        counters: counts.rules[i] ?? ZERO,
      })),
    };
  };
  return {
    family: rules.family,
    tables: rules.tables,
    chain: (table, name) => {
      const chain = rules.chain(table, name);
      return chain && counted(table, chain);
    },
    chains: (table) => rules.chains(table).map((chain) => counted(table, chain)),
  };
}
