// Lists of xt_recent (net/netfilter/xt_recent.c), which kube-proxy uses for session affinity in iptables mode: who was last seen when.
import { PersistentMap } from '@/lib/core/persistent-map';

/** ip_list_tot: a list holds so many addresses; the one not seen for longest gives way. */
const LIST_LIMIT = 100;

type List = ReadonlyMap<string, number>;

/** All lists of a node; an immutable value. */
export class RecentLists {
  static readonly empty = new RecentLists(PersistentMap.empty());

  private constructor(private readonly lists: PersistentMap<List>) {}

  /** When a client was last seen in a list, ms. */
  lastSeen(list: string, client: string): number | undefined {
    return this.lists.get(list)?.get(client);
  }

  /** The lists with a client noted (or renewed) at a time. */
  with(list: string, client: string, now: number, limit = LIST_LIMIT): RecentLists {
    const entries = new Map(this.lists.get(list) ?? []);
    entries.delete(client);
    entries.set(client, now);
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

  /** Names of the lists, sorted (/proc/net/xt_recent). */
  get names(): readonly string[] {
    return [...this.lists.keys()].sort();
  }

  /** A list's clients, least recently seen first. */
  clients(list: string): readonly (readonly [client: string, seen: number])[] {
    return [...(this.lists.get(list) ?? [])];
  }
}
