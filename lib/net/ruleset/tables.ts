// The netfilter tables of one node and family, as the kernel holds them: an immutable value. iptables-restore and the `iptables`
// command make a new one; every version is a RuleSet.
import { PersistentMap } from '@/lib/core/persistent-map';
import type { RestoreInput, RestoreTable } from './restore-input';
import type { Chain, Hook, Rule, RuleFamily, RuleSet, TableName } from './types';

/** Built-in chains of each table in the kernel's order (net/ipv4/netfilter/iptable_*.c). */
export const BUILT_IN: Readonly<Record<TableName, readonly Hook[]>> = {
  raw: ['PREROUTING', 'OUTPUT'],
  mangle: ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'],
  nat: ['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING'],
  filter: ['INPUT', 'FORWARD', 'OUTPUT'],
  security: ['INPUT', 'FORWARD', 'OUTPUT'],
};

type Tables = Readonly<Partial<Record<TableName, PersistentMap<Chain>>>>;

export class NodeTables implements RuleSet {
  static empty(family: RuleFamily): NodeTables {
    return new NodeTables(family, {});
  }

  private constructor(
    readonly family: RuleFamily,
    private readonly content: Tables,
  ) {}

  get tables(): readonly TableName[] {
    return (Object.keys(BUILT_IN) as TableName[]).filter((t) => this.content[t]);
  }

  chain(table: TableName, name: string): Chain | undefined {
    return this.content[table]?.get(name);
  }

  chains(table: TableName): readonly Chain[] {
    const all = this.content[table];
    if (!all) return [];
    const builtIn = BUILT_IN[table].map((name) => all.get(name)).filter((c) => c !== undefined);
    const others = [...all.values()].filter((c) => c.policy === undefined);
    return [...builtIn, ...others.sort((a, b) => (a.name < b.name ? -1 : 1))];
  }

  /** `iptables-restore --noflush`: declared chains are replaced, deleted ones go, everything else stays. */
  restored(input: RestoreInput): NodeTables {
    const next: Partial<Record<TableName, PersistentMap<Chain>>> = { ...this.content };
    for (const table of input.tables)
      next[table.name] = restoredTable(next[table.name] ?? builtInChains(table.name), table);
    return new NodeTables(this.family, next);
  }

  /** The tables with one chain replaced (or made). */
  with(table: TableName, chain: Chain): NodeTables {
    const chains = (this.content[table] ?? builtInChains(table)).set(chain.name, chain);
    return new NodeTables(this.family, { ...this.content, [table]: chains });
  }
}

function builtInChains(table: TableName): PersistentMap<Chain> {
  return PersistentMap.from(
    BUILT_IN[table].map((name) => [name, { name, policy: 'ACCEPT', rules: [] } as Chain] as const),
  );
}

function restoredTable(chains: PersistentMap<Chain>, table: RestoreTable): PersistentMap<Chain> {
  let next = chains;
  for (const chain of table.chains) next = next.set(chain.name, chain);
  const appended = new Map<string, Rule[]>();
  for (const rule of table.appended) appended.set(rule.chain, [...(appended.get(rule.chain) ?? []), rule]);
  for (const [name, rules] of appended) {
    const chain = next.get(name) ?? { name, rules: [] };
    next = next.set(name, { ...chain, rules: [...chain.rules, ...rules] });
  }
  for (const name of table.deleted) next = next.delete(name);
  return next;
}
