// What happened in the cluster, one entry a write: who, when, which object, and field by field what is different. The list is
// immutable, so that a snapshot holds it and rewinding forgets what has not happened yet.
import type { WatchEvent } from '@/lib/kube/api/types';
import type { KubeObject } from '@/lib/kube/types';
import type { ClusterTurn } from './cluster-turn';

/** A write to an object, or kube-proxy's write to a node's rules. */
export type Change =
  | {
      readonly at: number;
      /** Who wrote: "editor", a client's field manager ("kubectl-edit"), "request", or a controller's name. */
      readonly by: string;
      readonly type: WatchEvent['type'];
      readonly object: KubeObject;
      readonly old?: KubeObject;
    }
  | { readonly at: number; readonly by: 'kube-proxy'; readonly type: 'RULES'; readonly node: string };

/** The last turn of a component, and how many writes there had been before it. */
export interface TurnTaken extends ClusterTurn {
  readonly from: number;
}

interface Link {
  readonly change: Change;
  readonly before: Link | null;
}

const KEPT = 500;
const TRIMMED_AT = 1000;

export class ChangeLog {
  readonly #last: Link | null;
  readonly #length: number;
  /** How many changes there have been in all. */
  readonly total: number;
  /** undefined: nobody has had a turn yet. */
  readonly turn: TurnTaken | undefined;

  private constructor(last: Link | null, length: number, total: number, turn?: TurnTaken) {
    this.#last = last;
    this.#length = length;
    this.total = total;
    this.turn = turn;
  }

  static readonly empty = new ChangeLog(null, 0, 0);

  with(change: Change): ChangeLog {
    const last: Link = { change, before: this.#last };
    const grown = new ChangeLog(last, this.#length + 1, this.total + 1, this.turn);
    return grown.#length > TRIMMED_AT ? grown.#trimmed() : grown;
  }

  /** A component begins its turn; it may find nothing to write. */
  began(turn: ClusterTurn): ChangeLog {
    return new ChangeLog(this.#last, this.#length, this.total, { ...turn, from: this.total });
  }

  /** The newest first; at most so many. */
  newest(limit = KEPT): readonly Change[] {
    const found: Change[] = [];
    for (let link = this.#last; link && found.length < limit; link = link.before) found.push(link.change);
    return found;
  }

  /** The changes that came after so many, oldest first, as far as they are kept. */
  since(total: number): readonly Change[] {
    return this.newest(this.total - total).toReversed();
  }

  #trimmed(): ChangeLog {
    let last: Link | null = null;
    for (const change of this.newest(KEPT).toReversed()) last = { change, before: last };
    return new ChangeLog(last, KEPT, this.total, this.turn);
  }
}

export interface FieldChange {
  /** spec.ports[0].nodePort */
  readonly path: string;
  /** undefined: there was none. */
  readonly before?: unknown;
  readonly after?: unknown;
}

/** Bookkeeping of the API server, in every write. */
const UNTOLD = new Set(['metadata.resourceVersion', 'metadata.managedFields', 'metadata.generation']);

/** Field by field what a write changed; lists are compared item by item. At most `limit` fields. */
export function fieldChanges(before: unknown, after: unknown, limit = 40): readonly FieldChange[] {
  const found: FieldChange[] = [];
  const walk = (path: string, a: unknown, b: unknown): void => {
    if (a === b || found.length >= limit || UNTOLD.has(path)) return;
    if (isRecord(a) && isRecord(b)) {
      for (const key of new Set([...Object.keys(a), ...Object.keys(b)]))
        walk(path === '' ? key : `${path}.${key}`, a[key], b[key]);
      return;
    }
    if (Array.isArray(a) && Array.isArray(b)) {
      for (let i = 0; i < Math.max(a.length, b.length); i++) walk(`${path}[${i}]`, a[i], b[i]);
      return;
    }
    if (JSON.stringify(a) === JSON.stringify(b)) return;
    found.push({
      path,
      ...(a === undefined ? {} : { before: a }),
      ...(b === undefined ? {} : { after: b }),
    });
  };
  walk('', before, after);
  return found;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
