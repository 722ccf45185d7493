// Go's sort.Sort: what it leaves in which order among equals can be seen in `kubectl get --sort-by` and `kubectl events`.
// Models sort/zsortinterface.go (pattern-defeating quicksort, since Go 1.19).

/** Lengths up to this are sorted by insertion, which keeps the order of equals. */
const MAX_INSERTION = 12;

const bitLength = (n: number): number => 32 - Math.clz32(n);

/** A sorted copy. `less` says whether one item stands before another. */
export function goSorted<T>(items: readonly T[], less: (a: T, b: T) => boolean): T[] {
  const sorter = new Sorter([...items], less);
  if (items.length > 1) sorter.quick(0, items.length, bitLength(items.length));
  return sorter.items;
}

class Sorter<T> {
  constructor(
    readonly items: T[],
    private readonly before: (a: T, b: T) => boolean,
  ) {}

  #less(i: number, j: number): boolean {
    return this.before(this.items[i] as T, this.items[j] as T);
  }
  #swap(i: number, j: number): void {
    const kept = this.items[i] as T;
    this.items[i] = this.items[j] as T;
    this.items[j] = kept;
  }

  /** Sorts from `start` up to `end`; after `limit` bad pivots as a heap. */
  quick(start: number, end: number, limit: number): void {
    let [a, b, left] = [start, end, limit];
    let balanced = true;
    let partitioned = true;
    for (;;) {
      const length = b - a;
      if (length <= MAX_INSERTION) return this.#insertion(a, b);
      if (left === 0) return this.#heap(a, b);
      if (!balanced) {
        this.#breakPatterns(a, b);
        left--;
      }
      let { pivot, order } = this.#choosePivot(a, b);
      if (order === 'decreasing') {
        this.#reverse(a, b);
        pivot = b - 1 - (pivot - a);
        order = 'increasing';
      }
      if (balanced && partitioned && order === 'increasing' && this.#partialInsertion(a, b)) return;
      if (a > 0 && !this.#less(a - 1, pivot)) {
        a = this.#partitionEqual(a, b, pivot);
        continue;
      }
      const { middle, already } = this.#partition(a, b, pivot);
      partitioned = already;
      const [leftLength, rightLength] = [middle - a, b - middle];
      balanced = Math.min(leftLength, rightLength) >= Math.floor(length / 8);
      if (leftLength < rightLength) {
        this.quick(a, middle, left);
        a = middle + 1;
      } else {
        this.quick(middle + 1, b, left);
        b = middle;
      }
    }
  }

  #insertion(a: number, b: number): void {
    for (let i = a + 1; i < b; i++) for (let j = i; j > a && this.#less(j, j - 1); j--) this.#swap(j, j - 1);
  }

  #heap(first: number, end: number): void {
    const length = end - first;
    for (let i = Math.floor((length - 1) / 2); i >= 0; i--) this.#siftDown(i, length, first);
    for (let i = length - 1; i >= 0; i--) {
      this.#swap(first, first + i);
      this.#siftDown(0, i, first);
    }
  }

  #siftDown(low: number, high: number, first: number): void {
    for (let root = low; ;) {
      let child = 2 * root + 1;
      if (child >= high) return;
      if (child + 1 < high && this.#less(first + child, first + child + 1)) child++;
      if (!this.#less(first + root, first + child)) return;
      this.#swap(first + root, first + child);
      root = child;
    }
  }

  #partition(a: number, b: number, pivot: number): { middle: number; already: boolean } {
    this.#swap(a, pivot);
    let [i, j] = [a + 1, b - 1];
    for (let already = true; ; already = false) {
      while (i <= j && this.#less(i, a)) i++;
      while (i <= j && !this.#less(j, a)) j--;
      if (i > j) {
        this.#swap(j, a);
        return { middle: j, already };
      }
      this.#swap(i++, j--);
    }
  }

  /** Those that are no more than the pivot to the left. */
  #partitionEqual(a: number, b: number, pivot: number): number {
    this.#swap(a, pivot);
    let [i, j] = [a + 1, b - 1];
    for (;;) {
      while (i <= j && !this.#less(a, i)) i++;
      while (i <= j && this.#less(a, j)) j--;
      if (i > j) return i;
      this.#swap(i++, j--);
    }
  }

  /** Puts a few items in their places; whether that was enough. */
  #partialInsertion(a: number, b: number): boolean {
    let i = a + 1;
    for (let step = 0; step < 5; step++) {
      while (i < b && !this.#less(i, i - 1)) i++;
      if (i === b) return true;
      if (b - a < 50) return false;
      this.#swap(i, i - 1);
      if (i - a >= 2) for (let j = i - 1; j >= 1 && this.#less(j, j - 1); j--) this.#swap(j, j - 1);
      if (b - i >= 2) for (let j = i + 1; j < b && this.#less(j, j - 1); j++) this.#swap(j, j - 1);
    }
    return false;
  }

  /** Swaps three items at random, the same ones for the same length. */
  #breakPatterns(a: number, b: number): void {
    const length = b - a;
    if (length < 8) return;
    let random = BigInt(length);
    const mask = (1n << BigInt(bitLength(length))) - 1n;
    const at = a + Math.floor(length / 4) * 2 - 1;
    for (let i = 0; i < 3; i++) {
      random ^= BigInt.asUintN(64, random << 13n);
      random ^= random >> 7n;
      random ^= BigInt.asUintN(64, random << 17n);
      const other = Number(random & mask);
      this.#swap(at - 1 + i, a + (other >= length ? other - length : other));
    }
  }

  #choosePivot(a: number, b: number): { pivot: number; order: 'increasing' | 'decreasing' | 'unknown' } {
    const length = b - a;
    const quarter = Math.floor(length / 4);
    let swaps = 0;
    const median = (x: number, y: number, z: number): number => {
      let [p, q, r] = [x, y, z];
      const order = (s: number, t: number): readonly [number, number] => {
        if (!this.#less(t, s)) return [s, t];
        swaps++;
        return [t, s];
      };
      [p, q] = order(p, q);
      [q, r] = order(q, r);
      [p, q] = order(p, q);
      return q;
    };
    let [i, j, k] = [a + quarter, a + quarter * 2, a + quarter * 3];
    if (length >= 50) [i, j, k] = [i, j, k].map((m) => median(m - 1, m, m + 1)) as [number, number, number];
    if (length >= 8) j = median(i, j, k);
    return { pivot: j, order: swaps === 0 ? 'increasing' : swaps === 12 ? 'decreasing' : 'unknown' };
  }

  #reverse(a: number, b: number): void {
    for (let [i, j] = [a, b - 1]; i < j; i++, j--) this.#swap(i, j);
  }
}
