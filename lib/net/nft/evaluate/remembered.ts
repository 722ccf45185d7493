// Sets that rules write to (session affinity) are kept in the node's memory; here they become elements for being listed, and back.
import { lastStamp, type RecentLists } from '@/lib/net/datapath/recent';
import { elementKey, type NftElement, type NftRuleset, type NftSet, type NftTable } from '../types';
import { isDynamic, memoryOfSet } from './sets';

/** The tables with what the node remembers in their sets. `now`: virtual milliseconds. */
export function withRemembered(tables: NftRuleset, memory: RecentLists, now: number): NftRuleset {
  if (memory.names.length === 0) return tables;
  return tables.map((table) => changedSets(table, (set) => filled(table, set, memory, now)));
}

/** The tables without it, as they are kept. */
export function withoutRemembered(tables: NftRuleset): NftRuleset {
  return tables.map((table) =>
    changedSets(table, (set) => {
      let { elements } = set;
      for (const [key, element] of elements.entries())
        if (element.expiresAt !== undefined) elements = elements.delete(key);
      return elements === set.elements ? set : { ...set, elements };
    }),
  );
}

/** What the node must forget after its tables were changed from `before` (as listed) to `after`. */
export function forgotten(before: NftRuleset, after: NftRuleset): { list: string; client: string }[] {
  return before.flatMap((table) => {
    const next = after.find((t) => t.family === table.family && t.name === table.name);
    return [...table.sets.values()].flatMap((set) => {
      const kept = next?.sets.get(set.name);
      return remembered(set).flatMap((e) => {
        const key = elementKey(e.key);
        return kept?.elements.has(key) ? [] : [{ list: memoryOfSet(table, set), client: key }];
      });
    });
  });
}

const remembered = (set: NftSet): NftElement[] =>
  isDynamic(set) ? [...set.elements.values()].filter((e) => e.expiresAt !== undefined) : [];

function changedSets(table: NftTable, change: (set: NftSet) => NftSet): NftTable {
  let { sets } = table;
  for (const set of table.sets.values()) {
    const next = isDynamic(set) ? change(set) : set;
    if (next !== set) sets = sets.set(set.name, next);
  }
  return sets === table.sets ? table : { ...table, sets };
}

function filled(table: NftTable, set: NftSet, memory: RecentLists, now: number): NftSet {
  let { elements } = set;
  const timeout = (set.timeoutSeconds ?? 0) * 1000;
  for (const [client, seen] of memory.clients(memoryOfSet(table, set))) {
    const expiresAt = lastStamp(seen) + timeout;
    if (timeout > 0 && expiresAt <= now) continue;
    elements = elements.set(client, { key: [client], expiresAt });
  }
  return elements === set.elements ? set : { ...set, elements };
}
