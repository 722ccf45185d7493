// What a node's kernel remembers between packets, as the walk of one packet sees it: the state at its start, and what it adds.
import { Connection } from '@/lib/net/conntrack/connection';
import type { Entry } from '@/lib/net/conntrack/entry';
import { tupleKey, type Tuple } from '@/lib/net/conntrack/tuple';
import type { Address } from '@/lib/net/routing/address';
import type { Direction } from './packet';

export interface Found {
  readonly connection: Connection;
  readonly direction: Direction;
}

/** An entry of the table and the direction of the packet that meets it. */
export interface KnownEntry {
  readonly entry: Entry;
  readonly direction: Direction;
}

/** The state of a node before the packet; reading changes nothing. */
export interface NodeMemory {
  /** The live entry that a packet with this tuple belongs to. */
  find(tuple: Tuple): KnownEntry | undefined;
  /** No room for another entry (nf_conntrack_max), and none that may be dropped early. */
  readonly full: boolean;
  /** When the client was last seen in an xt_recent list, ms; undefined: it is not in it. */
  lastSeen(list: string, client: string): number | undefined;
}

export const NO_MEMORY: NodeMemory = { find: () => undefined, full: false, lastSeen: () => undefined };

interface Remembered {
  readonly list: string;
  readonly client: Address;
  readonly limit: number | undefined;
  readonly ttl: number;
}

interface Recall {
  readonly seconds: number;
  readonly reap: boolean;
  /** Virtual ms. */
  readonly now: number;
}

/** A node during one exchange: its memory and what came on top. */
export class NodeScratch {
  readonly connections: Connection[] = [];
  /** Entries of before that packets met, by id. */
  readonly met = new Map<number, { readonly entry: Entry; readonly connection: Connection }>();
  /** A new connection found no room. */
  refusedForSpace = 0;
  /** xt_recent: entries made or renewed, by list and client. */
  readonly remembered = new Map<string, Remembered>();
  /** xt_recent: lists of which entries from before a time (ms) are to go (--reap). */
  readonly reaped = new Map<string, number>();
  readonly #own = new Map<string, Found>();

  constructor(private readonly memory: NodeMemory) {}

  get full(): boolean {
    return this.memory.full;
  }

  find(tuple: Tuple): Found | undefined {
    const own = this.#own.get(tupleKey(tuple));
    if (own) return own;
    const known = this.memory.find(tuple);
    if (!known) return undefined;
    const { entry, direction } = known;
    let { connection } = this.met.get(entry.id) ?? {};
    if (!connection) {
      connection = Connection.of(entry);
      this.met.set(entry.id, { entry, connection });
    }
    return { connection, direction };
  }

  /** An entry gives way to a new connection with its tuple. */
  forget(connection: Connection): void {
    for (const [id, known] of this.met) if (known.connection === connection) this.met.delete(id);
    connection.superseded = true;
  }

  /** Puts a connection in the table (nf_conntrack_confirm). */
  confirm(connection: Connection): void {
    if (connection.confirmed) return;
    connection.confirmed = true;
    this.connections.push(connection);
    this.#own.set(tupleKey(connection.reply), { connection, direction: 'reply' });
    this.#own.set(tupleKey(connection.original), { connection, direction: 'original' });
  }

  /** recent_mt: a client that is not in the list ends the look-up before anything is reaped. */
  recalls(list: string, client: Address, { seconds, reap, now }: Recall): boolean {
    if (this.remembered.has(`${list} ${client.text}`)) return true;
    const seen = this.memory.lastSeen(list, client.text);
    if (seen === undefined) return false;
    if (reap) this.reaped.set(list, now - seconds * 1000);
    return seconds === 0 || now - seen <= seconds * 1000;
  }

  /** An element of an nftables set is gone at the very moment at which its time is up (nft_set_elem_expired). */
  holds(set: string, client: Address, seconds: number, now: number): boolean {
    if (this.remembered.has(`${set} ${client.text}`)) return true;
    const seen = this.memory.lastSeen(set, client.text);
    return seen !== undefined && (seconds === 0 || now - seen < seconds * 1000);
  }

  remember(list: string, client: Address, ttl: number, limit?: number): void {
    this.remembered.set(`${list} ${client.text}`, { list, client, limit, ttl });
  }
}
