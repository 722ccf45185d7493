// A persistent map with text keys: a hash array mapped trie (Bagwell 2001), 32 ways. `set` and `delete` share all but the
// path they touch, so every version of the cluster's state is a pointer. The order of iteration depends on the keys alone.

interface Leaf<V> {
  readonly hash: number;
  readonly entries: readonly (readonly [string, V])[];
}
interface Branch<V> {
  readonly bitmap: number;
  readonly slots: readonly Node<V>[];
}
type Node<V> = Leaf<V> | Branch<V>;

export class PersistentMap<V> {
  static readonly #empty = new PersistentMap<never>(null, 0);

  static empty<V>(): PersistentMap<V> {
    return PersistentMap.#empty as PersistentMap<V>;
  }

  static from<V>(entries: Iterable<readonly [string, V]>): PersistentMap<V> {
    let map = PersistentMap.empty<V>();
    for (const [key, value] of entries) map = map.set(key, value);
    return map;
  }

  private constructor(
    private readonly root: Node<V> | null,
    readonly size: number,
  ) {}

  get(key: string): V | undefined {
    const hash = hashOf(key);
    let node = this.root;
    for (let shift = 0; node; shift += 5) {
      if (isLeaf(node)) {
        if (node.hash !== hash) return undefined;
        for (const [k, v] of node.entries) if (k === key) return v;
        return undefined;
      }
      const bit = 1 << ((hash >>> shift) & 31);
      if (!(node.bitmap & bit)) return undefined;
      node = node.slots[slotOf(node.bitmap, bit)] ?? null;
    }
    return undefined;
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  set(key: string, value: V): PersistentMap<V> {
    const grown = { by: 0 };
    const root = insert(this.root, 0, hashOf(key), key, value, grown);
    return root === this.root ? this : new PersistentMap(root, this.size + grown.by);
  }

  delete(key: string): PersistentMap<V> {
    const root = remove(this.root, 0, hashOf(key), key);
    return root === this.root ? this : new PersistentMap(root, this.size - 1);
  }

  *entries(): IterableIterator<readonly [string, V]> {
    const stack: Node<V>[] = this.root ? [this.root] : [];
    for (let node = stack.pop(); node; node = stack.pop()) {
      if (isLeaf(node)) yield* node.entries;
      else for (let i = node.slots.length - 1; i >= 0; i--) stack.push(node.slots[i] as Node<V>);
    }
  }

  *values(): IterableIterator<V> {
    for (const [, value] of this.entries()) yield value;
  }

  *keys(): IterableIterator<string> {
    for (const [key] of this.entries()) yield key;
  }
}

const isLeaf = <V>(node: Node<V>): node is Leaf<V> => 'entries' in node;

/** FNV-1a, 32 bits, over UTF-16 code units. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

function slotOf(bitmap: number, bit: number): number {
  let n = bitmap & (bit - 1);
  n -= (n >>> 1) & 0x55555555;
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

function insert<V>(
  node: Node<V> | null,
  shift: number,
  hash: number,
  key: string,
  value: V,
  grown: { by: number },
): Node<V> {
  if (!node) {
    grown.by = 1;
    return { hash, entries: [[key, value]] };
  }
  if (isLeaf(node)) {
    if (node.hash !== hash) return insert(split(node, shift), shift, hash, key, value, grown);
    const at = node.entries.findIndex(([k]) => k === key);
    if (at >= 0 && node.entries[at]?.[1] === value) return node;
    if (at < 0) grown.by = 1;
    return { hash, entries: at < 0 ? [...node.entries, [key, value]] : node.entries.with(at, [key, value]) };
  }
  const bit = 1 << ((hash >>> shift) & 31);
  const slot = slotOf(node.bitmap, bit);
  if (!(node.bitmap & bit)) {
    grown.by = 1;
    const leaf: Leaf<V> = { hash, entries: [[key, value]] };
    return { bitmap: node.bitmap | bit, slots: node.slots.toSpliced(slot, 0, leaf) };
  }
  const child = node.slots[slot] as Node<V>;
  const next = insert(child, shift + 5, hash, key, value, grown);
  return next === child ? node : { bitmap: node.bitmap, slots: node.slots.with(slot, next) };
}

const split = <V>(leaf: Leaf<V>, shift: number): Branch<V> => ({
  bitmap: 1 << ((leaf.hash >>> shift) & 31),
  slots: [leaf],
});

function remove<V>(node: Node<V> | null, shift: number, hash: number, key: string): Node<V> | null {
  if (!node) return node;
  if (isLeaf(node)) {
    if (node.hash !== hash || !node.entries.some(([k]) => k === key)) return node;
    const entries = node.entries.filter(([k]) => k !== key);
    return entries.length ? { hash, entries } : null;
  }
  const bit = 1 << ((hash >>> shift) & 31);
  if (!(node.bitmap & bit)) return node;
  const slot = slotOf(node.bitmap, bit);
  const child = node.slots[slot] as Node<V>;
  const next = remove(child, shift + 5, hash, key);
  if (next === child) return node;
  if (next) return { bitmap: node.bitmap, slots: node.slots.with(slot, next) };
  if (node.slots.length === 1) return null;
  return { bitmap: node.bitmap & ~bit, slots: node.slots.toSpliced(slot, 1) };
}
