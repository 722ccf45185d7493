// JSON values as the API server sees them: reading fields of unknown shape, equality, and the order of keys.

export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value as a mapping; an empty one if it is none. */
export const asObject = (value: unknown): JsonObject => (isObject(value) ? value : EMPTY);
/** The value as a list; an empty one if it is none. */
export const asList = <T = unknown>(value: unknown): readonly T[] =>
  Array.isArray(value) ? (value as readonly T[]) : [];

const EMPTY: JsonObject = {};

/** Deep equality; the order of keys does not count, a key with undefined is as good as absent. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b))
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, i) => sameJson(item, b[i]))
    );
  const left = a as JsonObject;
  const right = b as JsonObject;
  for (const key in left) if (!sameJson(left[key], right[key])) return false;
  for (const key in right) if (right[key] !== undefined && left[key] === undefined) return false;
  return true;
}

/** The object with these fields set; fields with undefined are taken away. Returns the object itself if nothing changes. */
export function withFields<T extends object>(
  object: T,
  fields: { readonly [K in keyof T]?: T[K] | undefined },
): T {
  const before = object as Record<string, unknown>;
  let after = before;
  for (const key in fields) {
    const value = fields[key];
    if (before[key] === value) continue;
    if (after === before) after = { ...before };
    if (value === undefined) delete after[key];
    else after[key] = value;
  }
  return after as T;
}

/** `map` over a list that keeps the list itself if no item changes. */
export function mapSame<T>(list: readonly T[], change: (item: T, index: number) => T): readonly T[] {
  let copy: T[] | undefined;
  for (const [i, item] of list.entries()) {
    const changed = change(item, i);
    if (changed !== item) (copy ??= [...list])[i] = changed;
  }
  return copy ?? list;
}

/** Byte-wise order of names. */
export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
