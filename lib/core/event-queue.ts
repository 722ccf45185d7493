// The one queue of the simulated cluster: what will happen at which virtual time. Events at the same time keep the
// order in which they were put in. The queue is an immutable value, so a snapshot is a pointer.

export interface QueuedEvent<T> {
  /** Virtual time in milliseconds since the cluster's start instant. */
  readonly at: number;
  readonly sequence: number;
  readonly event: T;
}

/** A persistent pairing heap ordered by time, then by sequence. */
export class EventQueue<T> {
  static empty<T>(): EventQueue<T> {
    return new EventQueue<T>(null, 0, 0);
  }

  private constructor(
    private readonly root: Heap<T> | null,
    private readonly sequence: number,
    readonly size: number,
  ) {}

  /** The event that comes next, or undefined if nothing is waiting. */
  get head(): QueuedEvent<T> | undefined {
    return this.root?.item;
  }

  /** The queue with one more event at the virtual time `at` (ms). */
  with(at: number, event: T): EventQueue<T> {
    const node: Heap<T> = { item: { at, sequence: this.sequence, event }, children: null };
    return new EventQueue(meld(this.root, node), this.sequence + 1, this.size + 1);
  }

  /** The queue without its head. */
  withoutHead(): EventQueue<T> {
    if (!this.root) return this;
    return new EventQueue(meldAll(this.root.children), this.sequence, this.size - 1);
  }
}

interface Heap<T> {
  readonly item: QueuedEvent<T>;
  readonly children: Children<T> | null;
}
interface Children<T> {
  readonly first: Heap<T>;
  readonly rest: Children<T> | null;
}

const before = <T>(a: QueuedEvent<T>, b: QueuedEvent<T>): boolean =>
  a.at < b.at || (a.at === b.at && a.sequence < b.sequence);

function meld<T>(a: Heap<T> | null, b: Heap<T> | null): Heap<T> | null {
  if (!a) return b;
  if (!b) return a;
  return before(a.item, b.item)
    ? { item: a.item, children: { first: b, rest: a.children } }
    : { item: b.item, children: { first: a, rest: b.children } };
}

function meldAll<T>(children: Children<T> | null): Heap<T> | null {
  const pairs: (Heap<T> | null)[] = [];
  for (let c = children; c; c = c.rest?.rest ?? null) pairs.push(meld(c.first, c.rest?.first ?? null));
  let root: Heap<T> | null = null;
  for (let i = pairs.length - 1; i >= 0; i--) root = meld(root, pairs[i] ?? null);
  return root;
}
