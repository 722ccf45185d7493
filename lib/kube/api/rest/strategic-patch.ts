// Strategic merge patch, the server's side: a patch with its directives applied to an object. Follows
// k8s.io/apimachinery pkg/util/strategicpatch/patch.go (mergeMap, mergeSlice, normalizeElementOrder).
import { err, ok, type Result } from '@/lib/core/result';
import { asList, isObject, sameJson, type JsonObject } from '@/lib/kube/api/json';
import type { FieldSchema } from '@/lib/kube/api/schema';

const DIRECTIVE = '$patch';
const RETAIN = '$retainKeys';
const DELETE_FROM = '$deleteFromPrimitiveList/';
const ORDER = '$setElementOrder/';

class Fault extends Error {}

/** The object after the patch; or what is wrong with the patch. */
export function strategicPatched(
  original: JsonObject,
  patch: JsonObject,
  schema: FieldSchema,
): Result<JsonObject, string> {
  try {
    return ok(mergeMap(original, patch, schema));
  } catch (fault) {
    if (fault instanceof Fault) return err(fault.message);
    throw fault;
  }
}

const fieldOf = (schema: FieldSchema | undefined, name: string): FieldSchema | undefined =>
  schema?.type === 'map' ? schema.items : schema?.properties?.[name];

function mergeMap(original: JsonObject, patch: JsonObject, schema: FieldSchema | undefined): JsonObject {
  const directive = patch[DIRECTIVE];
  if (directive === 'replace') return withoutDirectives(without(patch, DIRECTIVE)) as JsonObject;
  if (directive === 'delete') return {};
  if (directive !== undefined && directive !== 'merge')
    throw new Fault(`unknown patch type: ${goMap(directive)} found in map: ${goMap(patch)}`);
  const merged: Record<string, unknown> = retained(original, patch);
  for (const [name, value] of Object.entries(patch)) {
    if (name === DIRECTIVE || name === RETAIN) continue;
    if (name.startsWith(DELETE_FROM)) {
      const field = name.slice(DELETE_FROM.length);
      const gone = asList(value);
      // What the same patch adds comes later, or has come: it stays.
      const kept = asList(merged[field]).filter((item) => !gone.includes(item));
      merged[field] = patch[field] === undefined ? kept : merged[field];
      continue;
    }
    if (name.startsWith(ORDER)) continue;
    if (value === null) {
      delete merged[name];
      continue;
    }
    merged[name] = mergeField(merged[name], value, name, patch, fieldOf(schema, name));
  }
  orderOnly(merged, original, patch, schema);
  return merged;
}

/** $retainKeys: of a union only the named fields stay. */
function retained(original: JsonObject, patch: JsonObject): Record<string, unknown> {
  const keep = patch[RETAIN];
  if (!Array.isArray(keep)) return { ...original };
  return Object.fromEntries(Object.entries(original).filter(([name]) => keep.includes(name)));
}

/** A patch may order a list without a change of its items. */
function orderOnly(
  merged: Record<string, unknown>,
  original: JsonObject,
  patch: JsonObject,
  schema: FieldSchema | undefined,
): void {
  for (const name of Object.keys(patch)) {
    if (!name.startsWith(ORDER)) continue;
    const field = name.slice(ORDER.length);
    if (patch[field] !== undefined || !Array.isArray(merged[field])) continue;
    const list = asList(merged[field]);
    const key = fieldOf(schema, field)?.mergeKey ?? '';
    merged[field] = ordered(list, asList(patch[name]), asList(original[field]), key);
  }
}

function mergeField(
  original: unknown,
  patch: unknown,
  name: string,
  parent: JsonObject,
  schema: FieldSchema | undefined,
): unknown {
  if (isObject(patch))
    return isObject(original)
      ? mergeMap(original, patch, schema)
      : mergeMap({}, without(patch, DIRECTIVE), schema);
  if (!Array.isArray(patch)) return patch;
  if (schema?.mergeKey === undefined) return withoutDirectives(patch);
  const live = asList(original);
  const order = parent[ORDER + name];
  const gone = asList(parent[DELETE_FROM + name]);
  const merged =
    schema.mergeKey === ''
      ? union(
          live.filter((item) => !gone.includes(item)),
          patch,
        )
      : mergeSlice(live, patch, schema.mergeKey, schema.items);
  return Array.isArray(order) ? ordered(merged, order, live, schema.mergeKey) : merged;
}

const union = (live: readonly unknown[], added: readonly unknown[]): readonly unknown[] => [
  ...live,
  ...added.filter((item, i) => !live.includes(item) && added.indexOf(item) === i),
];

function mergeSlice(
  live: readonly unknown[],
  patch: readonly unknown[],
  key: string,
  schema: FieldSchema | undefined,
): readonly unknown[] {
  const items = patch.filter(isObject);
  const replaces = items.some((item) => item[DIRECTIVE] === 'replace');
  let merged: unknown[] = replaces ? [] : [...live];
  for (const item of items) {
    const directive = item[DIRECTIVE];
    if (directive === 'replace') continue;
    const id = item[key];
    if (id === undefined) throw new Fault(`map: ${goMap(item)} does not contain declared merge key: ${key}`);
    const at = merged.findIndex((m) => isObject(m) && sameJson(m[key], id));
    if (directive === 'delete') merged = merged.filter((m) => !(isObject(m) && sameJson(m[key], id)));
    else if (at >= 0) merged[at] = mergeMap(merged[at] as JsonObject, item, schema);
    else merged.push(mergeMap({}, item, schema));
  }
  return merged;
}

/** Items in the order that the patch sets; those that it does not name keep their place among the server's. */
function ordered(
  merged: readonly unknown[],
  order: readonly unknown[],
  live: readonly unknown[],
  key: string,
): readonly unknown[] {
  const idOf = (item: unknown): unknown => (key !== '' && isObject(item) ? item[key] : item);
  const ids = order.map(idOf);
  const serverIds = live.map(idOf);
  const place = (list: readonly unknown[], item: unknown): number =>
    list.findIndex((id) => sameJson(id, idOf(item)));
  const named = merged
    .filter((item) => place(ids, item) >= 0)
    .toSorted((a, b) => place(ids, a) - place(ids, b));
  const others = merged.filter((item) => place(ids, item) < 0);
  const result: unknown[] = [];
  let i = 0;
  let j = 0;
  while (i < others.length || j < named.length) {
    if (i >= others.length) result.push(named[j++]);
    else if (j >= named.length) result.push(others[i++]);
    else {
      const left = place(serverIds, others[i]);
      const right = place(serverIds, named[j]);
      if (left >= 0 && right >= 0 && left < right) result.push(others[i++]);
      else result.push(named[j++]);
    }
  }
  return result;
}

function without(object: JsonObject, name: string): JsonObject {
  const { [name]: _, ...rest } = object;
  return rest;
}

/** A value that is taken as it is: nulls and directives in it mean nothing. */
function withoutDirectives(value: unknown): unknown {
  if (Array.isArray(value))
    return value.filter((v) => !(isObject(v) && v[DIRECTIVE] !== undefined)).map(withoutDirectives);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([k, v]) =>
      v === null || k === DIRECTIVE || k === RETAIN || k.startsWith(ORDER) || k.startsWith(DELETE_FROM)
        ? []
        : [[k, withoutDirectives(v)]],
    ),
  );
}

/** map[a:1 b:map[c:2]]: a value as Go's %v prints it, keys sorted. */
export function goMap(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(goMap).join(' ')}]`;
  if (value === null || value === undefined) return '<nil>';
  if (!isObject(value)) return String(value as string | number | boolean);
  const fields = Object.keys(value)
    .sort()
    .map((key) => `${key}:${goMap(value[key])}`);
  return `map[${fields.join(' ')}]`;
}
