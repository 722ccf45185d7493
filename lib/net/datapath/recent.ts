// Lists of xt_recent (net/netfilter/xt_recent.c), which kube-proxy uses for session affinity in iptables mode: who was seen when. What
// rules put in nftables sets is kept in the same way.
import { PersistentMap } from '@/lib/core/persistent-map';

/** ip_list_tot: a list holds so many addresses; the one not seen for longest gives way. */
const LIST_LIMIT = 100;
/** An entry keeps so many times: a ring of the smallest size that recent_mt_check makes for rules without --hitcount. */
const STAMPS = 32;

/** What a list knows of one client. */
export interface Seen {
  /** Times, ms, as the ring holds them. */
  readonly stamps: readonly number[];
  /** Where the next one goes. */
  readonly index: number;
  /** Of the packet seen last. */
  readonly ttl: number;
}

export const lastStamp = ({ stamps, index }: Seen): number => stamps[(index + STAMPS - 1) % STAMPS] ?? 0;

/** In the order of the kernel's LRU list: least recently seen first. */
type List = ReadonlyMap<string, Seen>;

export interface Sight {
  readonly now: number;
  readonly ttl: number;
  /** How many clients the list takes. */
  readonly limit?: number;
}

/** All lists of a node; an immutable value. */
export class RecentLists {
  static readonly empty = new RecentLists(PersistentMap.empty());

  private constructor(private readonly lists: PersistentMap<List>) {}

  /** When a client was last seen in a list, ms. */
  lastSeen(list: string, client: string): number | undefined {
    const seen = this.lists.get(list)?.get(client);
    return seen && lastStamp(seen);
  }

  /** The lists with a client noted (or renewed) at a time (recent_entry_init, recent_entry_update). */
  with(list: string, client: string, { now, ttl, limit = LIST_LIMIT }: Sight): RecentLists {
    const entries = new Map(this.lists.get(list) ?? []);
    const before = entries.get(client);
    const { stamps, index }: Omit<Seen, 'ttl'> = before ?? { stamps: [], index: 0 };
    entries.delete(client);
    entries.set(client, {
      stamps: index < stamps.length ? stamps.with(index, now) : [...stamps, now],
      index: (index + 1) % STAMPS,
      ttl,
    });
    const [oldest] = entries.keys();
    if (entries.size > limit && oldest !== undefined) entries.delete(oldest);
    return new RecentLists(this.lists.set(list, entries));
  }

  /** The lists without a client. */
  without(list: string, client: string): RecentLists {
    const entries = new Map(this.lists.get(list) ?? []);
    if (!entries.delete(client)) return this;
    return new RecentLists(entries.size ? this.lists.set(list, entries) : this.lists.delete(list));
  }

  /** --reap (recent_entry_reap): of a list's clients only the one not seen for longest goes, if that was before `time`. */
  reaped(list: string, time: number): RecentLists {
    const [oldest] = this.lists.get(list) ?? [];
    return oldest && lastStamp(oldest[1]) < time ? this.without(list, oldest[0]) : this;
  }

  /** Without the lists that no rule names any more: the kernel keeps a list as long as a rule refers to it. */
  keeping(isReferred: (list: string) => boolean): RecentLists {
    const dead = this.names.filter((name) => !isReferred(name));
    return dead.length === 0 ? this : new RecentLists(dead.reduce((l, name) => l.delete(name), this.lists));
  }

  /** Names of the lists, sorted. */
  get names(): readonly string[] {
    return [...this.lists.keys()].sort();
  }

  /** A list's clients, least recently seen first. */
  clients(list: string): readonly (readonly [client: string, seen: Seen])[] {
    return [...(this.lists.get(list) ?? [])];
  }
}
