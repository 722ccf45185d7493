// A node's connection tracking table as an immutable value. Entries end by the virtual clock: nothing runs for that, an entry whose time
// is over is not found any more and is swept away when the table is written to.
import { PersistentMap } from '@/lib/core/persistent-map';
import type { Entry } from './entry';
import { tupleKey, type Tuple } from './tuple';

export type EntryDirection = 'original' | 'reply';

export interface FoundEntry {
  readonly entry: Entry;
  readonly direction: EntryDirection;
}

const NONE: PersistentMap<Entry> = PersistentMap.empty();
/** Writes between two sweeps for entries that have ended. */
const SWEEP_EVERY = 256;

export class ConntrackTable {
  static readonly empty = new ConntrackTable(NONE, PersistentMap.empty(), 1);

  private constructor(
    private readonly entries: PersistentMap<Entry>,
    /** Tuple → id; both directions. */
    private readonly tuples: PersistentMap<number>,
    /** The next entry's id. */
    readonly nextId: number,
  ) {}

  /** The live entry that a packet with this tuple belongs to. */
  find(tuple: Tuple, now: number): FoundEntry | undefined {
    const key = tupleKey(tuple);
    const id = this.tuples.get(key);
    const entry = id === undefined ? undefined : this.entries.get(String(id));
    if (!entry || entry.expiresAt <= now) return undefined;
    return { entry, direction: tupleKey(entry.original) === key ? 'original' : 'reply' };
  }

  /** Live entries, oldest first. */
  list(now: number): readonly Entry[] {
    return [...this.entries.values()].filter((e) => e.expiresAt > now).sort((a, b) => a.id - b.id);
  }

  count(now: number): number {
    let live = 0;
    for (const entry of this.entries.values()) if (entry.expiresAt > now) live++;
    return live;
  }

  /** At most as many entries as the table holds, ended ones included: cheap. */
  get size(): number {
    return this.entries.size;
  }

  /** The table with a new entry. */
  with(entry: Omit<Entry, 'id'>, now: number): ConntrackTable {
    const base = this.nextId % SWEEP_EVERY === 0 ? this.swept(now) : this;
    return base.put({ ...entry, id: base.nextId }, base.nextId + 1);
  }

  /** The table with an entry in another condition; tuples stay. */
  changed(entry: Entry): ConntrackTable {
    return this.put(entry, this.nextId);
  }

  without(entry: Entry): ConntrackTable {
    let { tuples } = this;
    for (const tuple of [entry.original, entry.reply]) {
      const key = tupleKey(tuple);
      if (tuples.get(key) === entry.id) tuples = tuples.delete(key);
    }
    return new ConntrackTable(this.entries.delete(String(entry.id)), tuples, this.nextId);
  }

  /** The table without the entries that have ended. */
  swept(now: number): ConntrackTable {
    const over = [...this.entries.values()].filter((e) => e.expiresAt <= now);
    return over.reduce<ConntrackTable>((table, entry) => table.without(entry), this);
  }

  private put(entry: Entry, nextId: number): ConntrackTable {
    const tuples = this.tuples.set(tupleKey(entry.reply), entry.id).set(tupleKey(entry.original), entry.id);
    return new ConntrackTable(this.entries.set(String(entry.id), entry), tuples, nextId);
  }
}
