// What a node's kernel remembers from packet to packet, as one immutable value, and how an exchange changes it.
import { ConntrackTable } from '@/lib/net/conntrack/table';
import type { Entry } from '@/lib/net/conntrack/entry';
import { refreshed } from '@/lib/net/conntrack/refresh';
import { settledEntry, type Ended } from '@/lib/net/conntrack/settle';
import { conntrackSetting, type Sysctls } from '@/lib/net/conntrack/timeouts';
import type { Chain, RuleFamily, RuleSet, TableName } from '@/lib/net/ruleset/types';
import { RuleCounters } from './counters';
import type { NodeMemory, NodeScratch } from './node-state';
import { RecentLists } from './recent';
import type { Hit } from './run';

export interface KernelState {
  readonly conntrack: ConntrackTable;
  readonly recent: RecentLists;
  readonly counters: Readonly<Record<RuleFamily, RuleCounters>>;
  /** Packets that found no room in the conntrack table, and entries that were dropped early for others. */
  readonly refusedForSpace: number;
  readonly droppedEarly: number;
  /** Sysctls that were set by hand, by name with dots. */
  readonly sysctls: Sysctls;
}

export const FRESH_KERNEL: KernelState = {
  conntrack: ConntrackTable.empty,
  recent: RecentLists.empty,
  counters: { IPv4: RuleCounters.zero, IPv6: RuleCounters.zero },
  refusedForSpace: 0,
  droppedEarly: 0,
  sysctls: {},
};

/** nf_conntrack_max of a node with 4 GB or more of memory. */
const DEFAULT_MAX = 262_144;

export const conntrackMax = (sysctls: Sysctls): number => conntrackSetting(sysctls, 'max', DEFAULT_MAX);

/** The state as one exchange sees it. */
export function memoryOf(state: KernelState, now: number, sysctls: Sysctls): NodeMemory {
  const { conntrack, recent } = state;
  const max = conntrackMax(sysctls);
  return {
    find: (tuple) => conntrack.find(tuple, now),
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

/** What an exchange leaves behind in conntrack and in lists. */
export function afterExchange(
  state: KernelState,
  scratch: NodeScratch,
  { ended, now, sysctls }: { readonly ended: Ended; readonly now: number; readonly sysctls: Sysctls },
): KernelState {
  let { conntrack, recent, droppedEarly } = state;
  const answered = ended === 'closed' || ended === 'open';
  for (const { entry, connection } of scratch.met.values())
    conntrack = conntrack.changed(refreshed(entry, answered && connection.seenReply, now, sysctls));
  for (const connection of scratch.connections) {
    const entry = settledEntry(connection, ended, now, sysctls);
    if (!entry) continue;
    const old = conntrack.find(entry.original, now);
    if (old) conntrack = conntrack.without(old.entry);
    const victim = earlyDropped(conntrack, now, sysctls);
    if (victim) {
      conntrack = conntrack.without(victim);
      droppedEarly++;
    }
    conntrack = conntrack.with(entry, now);
  }
  for (const [list, time] of scratch.reaped) recent = recent.reaped(list, time);
  for (const { list, client, limit, ttl } of scratch.remembered.values())
    recent = recent.with(list, client.text, { now, ttl, ...(limit === undefined ? {} : { limit }) });
  const refusedForSpace = state.refusedForSpace + scratch.refusedForSpace;
  return { ...state, conntrack, recent, droppedEarly, refusedForSpace };
}

/** The entry that gives way to a new one in a full table: the oldest that is not ASSURED. */
function earlyDropped(conntrack: ConntrackTable, now: number, sysctls: Sysctls): Entry | undefined {
  const max = conntrackMax(sysctls);
  if (max === 0 || conntrack.size < max) return undefined;
  const live = conntrack.list(now);
  return live.length < max ? undefined : live.find((e) => !e.assured);
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
