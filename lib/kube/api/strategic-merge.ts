// Three-way strategic merge: what kubectl's client-side apply sends and the server applies, in one step. Fields that the manifest
// gives are set, fields that the manifest of before gave and this one does not are removed, all others stay.
// Follows k8s.io/apimachinery pkg/util/strategicpatch CreateThreeWayMergePatch and its list handling.
import { isObject, sameJson, type JsonObject } from './json';
import type { FieldSchema } from './schema';

/** The live object with the changes from `original` (last applied) to `modified` (the manifest). */
export function threeWayMerge(
  original: JsonObject,
  modified: JsonObject,
  live: JsonObject,
  schema: FieldSchema | undefined,
): JsonObject {
  const merged: Record<string, unknown> = { ...live };
  for (const [name, value] of Object.entries(modified)) {
    if (value === undefined) continue;
    if (value === null) delete merged[name];
    else merged[name] = mergeField(original[name], value, live[name], fieldOf(schema, name));
  }
  for (const name of Object.keys(original)) if (modified[name] === undefined) delete merged[name];
  if (schema?.retainKeys) retainKeys(merged, modified, live);
  return sameJson(merged, live) ? live : merged;
}

const fieldOf = (schema: FieldSchema | undefined, name: string): FieldSchema | undefined =>
  schema?.type === 'map' ? schema.items : schema?.properties?.[name];

/** A union: as soon as one of its fields changes, those that the manifest does not give go. */
function retainKeys(merged: Record<string, unknown>, modified: JsonObject, live: JsonObject): void {
  const changes = Object.keys(modified).some((name) => !sameJson(merged[name], live[name]));
  if (!changes) return;
  for (const name of Object.keys(merged)) if (modified[name] === undefined) delete merged[name];
}

function mergeField(
  original: unknown,
  modified: unknown,
  live: unknown,
  schema: FieldSchema | undefined,
): unknown {
  if (isObject(modified))
    return isObject(live)
      ? threeWayMerge(isObject(original) ? original : {}, modified, live, schema)
      : withoutNulls(modified);
  if (!Array.isArray(modified)) return modified;
  const before: readonly unknown[] = Array.isArray(original) ? original : [];
  const now: readonly unknown[] = Array.isArray(live) ? live : [];
  if (schema?.mergeKey === undefined) return sameJson(modified, now) ? now : modified.map(withoutNulls);
  if (schema.mergeKey === '') return mergeSet(before, modified, now);
  return mergeByKey(before, modified, now, schema.mergeKey, schema.items);
}

/** A value that is new: null means absence in it. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([k, v]) => (v === null ? [] : [[k, withoutNulls(v)]])),
  );
}

function mergeSet(
  original: readonly unknown[],
  modified: readonly unknown[],
  live: readonly unknown[],
): readonly unknown[] {
  const serverOnly = live.filter((item) => !modified.includes(item) && !original.includes(item));
  return interleaved(modified, serverOnly, live, (item) => live.indexOf(item));
}

function mergeByKey(
  original: readonly unknown[],
  modified: readonly unknown[],
  live: readonly unknown[],
  key: string,
  schema: FieldSchema | undefined,
): readonly unknown[] {
  const keyed = (list: readonly unknown[]): Map<string, JsonObject> => keyedItems(list, key);
  const before = keyed(original);
  const now = keyed(live);
  const wanted = keyed(modified);
  const places = new Map([...now.keys()].map((id, i) => [id, i]));
  const items = [...wanted].map(([id, item]) => {
    const old = now.get(id);
    return [id, old ? threeWayMerge(before.get(id) ?? {}, item, old, schema) : withoutNulls(item)] as const;
  });
  const serverOnly = [...now].filter(([id]) => !wanted.has(id) && !before.has(id));
  const all = interleaved<readonly [string, unknown]>(
    items,
    serverOnly,
    live,
    ([id]) => places.get(id) ?? -1,
  );
  return all.map(([, item]) => item);
}

/** Items by the value of their merge key; of several with the same value the second is "80 #2" and so on. */
function keyedItems(list: readonly unknown[], key: string): Map<string, JsonObject> {
  const items = new Map<string, JsonObject>();
  for (const item of list) {
    if (!isObject(item)) continue;
    const value = String(item[key]);
    let id = value;
    for (let n = 2; items.has(id); n++) id = `${value} #${n}`;
    items.set(id, item);
  }
  return items;
}

/** The manifest's items in its order; those of the server keep their place among the ones that the live list has, too. */
function interleaved<T>(
  wanted: readonly T[],
  serverOnly: readonly T[],
  live: readonly unknown[],
  placeOf: (item: T) => number,
): readonly T[] {
  if (serverOnly.length === 0 || live.length === 0) return wanted;
  const result: T[] = [];
  let next = 0;
  for (const item of wanted) {
    const place = placeOf(item);
    while (place >= 0 && next < serverOnly.length && placeOf(serverOnly[next] as T) < place)
      result.push(serverOnly[next++] as T);
    result.push(item);
  }
  return [...result, ...serverOnly.slice(next)];
}
