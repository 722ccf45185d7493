// What a node's kernel remembers from packet to packet, as one immutable value, and how an exchange changes it.
import { ConntrackTable } from '@/lib/net/conntrack/table';
import { Connection } from '@/lib/net/conntrack/connection';
import type { Entry } from '@/lib/net/conntrack/entry';
import { conntrackSetting, type Sysctls } from '@/lib/net/conntrack/timeouts';
import type { Chain, RuleFamily, RuleSet, TableName } from '@/lib/net/ruleset/types';
import { RuleCounters } from './counters';
import type { NodeMemory } from './node-state';
import { RecentLists } from './recent';
import type { Hit } from './run';

export interface KernelState {
  readonly conntrack: ConntrackTable;
  readonly recent: RecentLists;
  readonly counters: Readonly<Record<RuleFamily, RuleCounters>>;
  /** Packets that found no room in the conntrack table, and entries that were dropped early for others. */
  readonly refusedForSpace: number;
  readonly droppedEarly: number;
}

export const FRESH_KERNEL: KernelState = {
  conntrack: ConntrackTable.empty,
  recent: RecentLists.empty,
  counters: { IPv4: RuleCounters.zero, IPv6: RuleCounters.zero },
  refusedForSpace: 0,
  droppedEarly: 0,
};

/** nf_conntrack_max of a node with 4 GB or more of memory. */
const DEFAULT_MAX = 262_144;

export const conntrackMax = (sysctls: Sysctls): number => conntrackSetting(sysctls, 'max', DEFAULT_MAX);

/** The state as one exchange sees it. */
export function memoryOf(state: KernelState, now: number, sysctls: Sysctls): NodeMemory {
  const { conntrack, recent } = state;
  const max = conntrackMax(sysctls);
  return {
    find(tuple) {
      const found = conntrack.find(tuple, now);
      return found && { connection: connectionOf(found.entry), direction: found.direction };
    },
    // Counting is dear; most tables are far from full even with the ended entries.
    full: max > 0 && conntrack.size >= max && isFull(conntrack, now, max),
    lastSeen: (list, client) => recent.lastSeen(list, client),
  };
}

/** Full, and no entry may be dropped early (nf_conntrack_core.c early_drop takes those that are not ASSURED). */
function isFull(conntrack: ConntrackTable, now: number, max: number): boolean {
  const live = conntrack.list(now);
  return live.length >= max && live.every((e) => e.assured);
}

function connectionOf(entry: Entry): Connection {
  const connection = new Connection(entry.original);
  connection.reply = entry.reply;
  connection.destinationSettled = true;
  connection.sourceSettled = true;
  connection.seenReply = entry.seenReply;
  connection.confirmed = true;
  return connection;
}

/** Adds what rules of a node have met. */
export function counted(counters: RuleCounters, rules: RuleSet, hits: readonly Hit[]): RuleCounters {
  let next = counters;
  for (const { table, chain, index, bytes } of hits) {
    const name = table as TableName;
    const own: Chain | undefined = rules.tables.includes(name) ? rules.chain(name, chain) : undefined;
    if (own) next = next.hit(name, own, index, 1, bytes);
  }
  return next;
}
