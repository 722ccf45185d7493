// Where many new connections go, made a part at a time: between two parts the worker answers whoever else asks, so typing never waits for
// ten thousand packets. What one part makes the kernels remember (session affinity, conntrack) the next part finds.
import { err, ok, type Result } from '@/lib/core/result';
import type { Call } from '@/lib/net/datapath/connect';
import type { Trace } from '@/lib/net/datapath/trace';
import type { Reason } from '@/lib/net/ruleset/types';
import type { Cluster } from '@/lib/sim';
import { ownLots, type PacketFrom, type PacketTo } from './packet';

/** Connections that ended alike: the same verdict, the same answerer. */
export interface SpreadRow {
  readonly verdict: Trace['verdict'];
  readonly reason: Reason;
  readonly endpoint?: string;
  readonly pod?: string;
  /** As the rules have it, 0 … 1. */
  readonly probability: number;
  readonly counted: number;
}

export interface Spread {
  /** So many were sent up to now. */
  readonly sent: number;
  readonly rows: readonly SpreadRow[];
}

export interface SpreadQuestion {
  readonly from: PacketFrom;
  readonly to: PacketTo;
  /** Counts the sendings: each draws lots of its own. */
  readonly turn: number;
  /** How many are to be sent in all. */
  readonly count: number;
  /** How many the asker knows of; 0 begins anew. */
  readonly sent: number;
}

type World = Pick<Cluster, 'network' | 'snapshot' | 'restore'>;
type Kept = Pick<ReturnType<Cluster['snapshot']>, 'network' | 'random'>;

export const MOST_SENT = 10_000;
/** Connections of one part: some 50 ms of work in a cluster of ten thousand Services. */
export const PART = 250;

/** The sending that is under way. An answer tells how far it is; the asker asks on until all are sent. */
export class SpreadDesk {
  #trial: { readonly key: string; readonly trial: SpreadTrial } | undefined;

  next(cluster: World, { from, to, turn, count, sent }: SpreadQuestion): Result<Spread, Reason> {
    const key = JSON.stringify([from, to, turn, count]);
    const known = this.#trial?.key === key && this.#trial.trial.sent === sent ? this.#trial : undefined;
    const current =
      sent > 0 && known ? known : { key, trial: new SpreadTrial(cluster, { from, ...to }, turn) };
    const wanted = Math.min(MOST_SENT, Math.max(1, Math.floor(count)));
    const spread = current.trial.send(Math.min(PART, wanted - current.trial.sent));
    this.#trial = spread.ok && spread.value.sent < wanted ? current : undefined;
    return spread;
  }
}

/** Connections that are made beside the cluster: it is put back as it was after each part. */
export class SpreadTrial {
  readonly #rows = new Map<string, SpreadRow>();
  #kept: Kept | undefined;
  #sent = 0;

  constructor(
    private readonly cluster: World,
    private readonly call: Call,
    private readonly turn: number,
  ) {}

  get sent(): number {
    return this.#sent;
  }

  /** So many more, one after the other, as one client makes them. */
  send(count: number): Result<Spread, Reason> {
    const { cluster, call } = this;
    const before = cluster.snapshot();
    try {
      if (this.#kept) cluster.restore({ ...before, ...this.#kept });
      else {
        ownLots(cluster, call, this.turn);
        const outcomes = cluster.network.outcomes(call);
        if (!outcomes.ok) return outcomes;
        for (const outcome of outcomes.value) this.#add(outcome, outcome.probability, 0);
      }
      for (let i = 0; i < count; i++) {
        const made = cluster.network.connect(call);
        if (!made.ok) return err(made.error);
        this.#add(made.value, 0, 1);
        this.#sent++;
      }
      const { network, random } = cluster.snapshot();
      this.#kept = { network, random };
      const order = (row: SpreadRow): string => `${row.verdict === 'delivered' ? 0 : 1}${row.endpoint ?? ''}`;
      const rows = [...this.#rows.values()].toSorted((a, b) => (order(a) < order(b) ? -1 : 1));
      return ok({ sent: this.#sent, rows });
    } finally {
      cluster.restore(before);
    }
  }

  #add({ verdict, reason, endpoint, endpointPod }: Trace, probability: number, counted: number): void {
    const key = `${verdict} ${endpoint ?? reason.code}`;
    const before = this.#rows.get(key) ?? {
      verdict,
      reason,
      ...(endpoint === undefined ? {} : { endpoint }),
      ...(endpointPod === undefined ? {} : { pod: endpointPod }),
      probability: 0,
      counted: 0,
    };
    this.#rows.set(key, {
      ...before,
      probability: before.probability + probability,
      counted: before.counted + counted,
    });
  }
}
