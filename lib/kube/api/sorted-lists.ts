// Lists in the order of the API (namespace, then name), kept between writes: a write notes its key, the next list merges the
// noted keys into the sorted list of before. So a list after one write costs a copy, not a sort.
import type { PersistentMap } from '@/lib/core/persistent-map';
import type { KubeObject } from '@/lib/kube/types';
import { byText } from './json';

type KindMap = PersistentMap<KubeObject>;

interface Sorted {
  readonly map: KindMap;
  readonly keys: readonly string[];
  readonly objects: readonly KubeObject[];
}

interface Journal {
  readonly base: Sorted;
  /** Writes since `base`, each with the map that it led to. */
  readonly writes: { readonly key: string; readonly map: KindMap }[];
}

/** With more noted writes than this, the next list is sorted anew. */
const JOURNAL_LIMIT = 10_000;

export class SortedLists {
  readonly #journals = new Map<string, Journal>();

  /** Notes a write that led from one map to another. */
  changed(kind: string, before: KindMap, after: KindMap, key: string): void {
    const journal = this.#journals.get(kind);
    if (!journal || !rewind(journal, before) || journal.writes.length >= JOURNAL_LIMIT)
      this.#journals.delete(kind);
    else journal.writes.push({ key, map: after });
  }

  list(kind: string, map: KindMap, namespace?: string): readonly KubeObject[] {
    const journal = this.#journals.get(kind);
    const sorted = journal && rewind(journal, map) ? merged(journal, map) : sortedAnew(map);
    if (journal?.base !== sorted) this.#journals.set(kind, { base: sorted, writes: [] });
    return namespace === undefined ? sorted.objects : ofNamespace(sorted, namespace);
  }
}

/** Forgets the writes after this map; false if the journal does not know the map. */
function rewind(journal: Journal, map: KindMap): boolean {
  const { base, writes } = journal;
  while (writes.length > 0 && writes.at(-1)?.map !== map) writes.pop();
  return writes.length > 0 || base.map === map;
}

function sortedAnew(map: KindMap): Sorted {
  const entries = [...map.entries()].sort((a, b) => byText(a[0], b[0]));
  return { map, keys: entries.map((e) => e[0]), objects: entries.map((e) => e[1]) };
}

function merged({ base, writes }: Journal, map: KindMap): Sorted {
  if (writes.length === 0) return base;
  const changed = [...new Set(writes.map((w) => w.key))].sort(byText);
  const keys: string[] = [];
  const objects: KubeObject[] = [];
  let from = 0;
  for (const key of changed) {
    const at = lowerBound(base.keys, key);
    for (let i = from; i < at; i++) {
      keys.push(base.keys[i] as string);
      objects.push(base.objects[i] as KubeObject);
    }
    from = base.keys[at] === key ? at + 1 : at;
    const object = map.get(key);
    if (!object) continue;
    keys.push(key);
    objects.push(object);
  }
  for (let i = from; i < base.keys.length; i++) {
    keys.push(base.keys[i] as string);
    objects.push(base.objects[i] as KubeObject);
  }
  return { map, keys, objects };
}

function ofNamespace({ keys, objects }: Sorted, namespace: string): readonly KubeObject[] {
  const from = lowerBound(keys, `${namespace}\0`);
  const to = lowerBound(keys, `${namespace}\u0001`);
  return from === 0 && to === keys.length ? objects : objects.slice(from, to);
}

/** Index of the first key that is not before this one. */
function lowerBound(keys: readonly string[], key: string): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((keys[middle] as string) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
