// The patch of client-side apply: k8s.io/apimachinery pkg/util/strategicpatch CreateThreeWayMergePatch and CreateTwoWayMergePatch.
import { isObject, sameJson, type JsonObject } from '@/lib/kube/api/json';
import type { FieldSchema } from '@/lib/kube/api/schema';

interface Mode {
  /** Only what is set or changed. */
  readonly deletions: boolean;
  readonly changes: boolean;
  readonly order: boolean;
}

/** Sets what the file gives, removes what the file of before gave and this one does not. */
export function threeWayPatch(
  original: JsonObject,
  modified: JsonObject,
  current: JsonObject,
  schema: FieldSchema | undefined,
): JsonObject {
  const delta = diffMaps(current, modified, schema, { deletions: false, changes: true, order: true });
  const deleted = diffMaps(original, modified, schema, { deletions: true, changes: false, order: false });
  return mergePatches(deleted, delta, schema);
}

/** From one object to another. */
export const twoWayPatch = (
  original: JsonObject,
  modified: JsonObject,
  schema: FieldSchema | undefined,
): JsonObject => diffMaps(original, modified, schema, { deletions: true, changes: true, order: true });

/** A JSON merge patch from one object to another. */
export function mergePatchOf(original: JsonObject, modified: JsonObject): JsonObject {
  const patch: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(modified)) {
    const before = original[name];
    if (isObject(value) && isObject(before)) {
      const inner = mergePatchOf(before, value);
      if (Object.keys(inner).length > 0) patch[name] = inner;
    } else if (value !== undefined && !sameJson(value, before)) patch[name] = value;
  }
  for (const name of Object.keys(original)) if (modified[name] === undefined) patch[name] = null;
  return patch;
}

const fieldOf = (schema: FieldSchema | undefined, name: string): FieldSchema | undefined =>
  schema?.type === 'map' ? schema.items : schema?.properties?.[name];

function diffMaps(
  original: JsonObject,
  modified: JsonObject,
  schema: FieldSchema | undefined,
  mode: Mode,
): Record<string, unknown> {
  const patch: Record<string, unknown> = {};
  for (const [name, before] of Object.entries(original)) {
    const after = modified[name];
    if (after === undefined) {
      if (mode.deletions) patch[name] = null;
    } else if (isObject(before) && isObject(after))
      diffMapField(patch, name, before, after, fieldOf(schema, name), mode);
    else if (Array.isArray(before) && Array.isArray(after))
      diffListField(patch, name, before, after, fieldOf(schema, name), mode);
    else if (mode.changes && !sameJson(before, after)) patch[name] = after;
  }
  if (mode.changes)
    for (const [name, after] of Object.entries(modified))
      if (original[name] === undefined && after !== undefined) patch[name] = after;
  return patch;
}

function diffMapField(
  patch: Record<string, unknown>,
  name: string,
  before: JsonObject,
  after: JsonObject,
  schema: FieldSchema | undefined,
  mode: Mode,
): void {
  const inner = diffMaps(before, after, schema, mode);
  if (Object.keys(inner).length === 0) return;
  if (schema?.retainKeys && mode.changes) inner['$retainKeys'] = Object.keys(after).sort();
  patch[name] = inner;
}

function diffListField(
  patch: Record<string, unknown>,
  name: string,
  before: readonly unknown[],
  after: readonly unknown[],
  schema: FieldSchema | undefined,
  mode: Mode,
): void {
  const key = schema?.mergeKey;
  if (key === undefined) {
    if (mode.changes && !sameJson(before, after)) patch[name] = after;
    return;
  }
  if (before.length === 0) {
    if (after.length > 0 && mode.changes) patch[name] = after;
    return;
  }
  if (key === '') {
    diffSet(patch, name, before, after, mode);
    return;
  }
  const keyOf = (item: unknown): unknown => (isObject(item) ? item[key] : undefined);
  const changed = changedItems(before, after, key, schema?.items, mode);
  const sameOrder = sameJson(
    after.map(keyOf).filter((k) => before.some((b) => sameJson(keyOf(b), k))),
    before.map(keyOf).filter((k) => after.some((a) => sameJson(keyOf(a), k))),
  );
  if (changed.length > 0) patch[name] = changed;
  if (mode.order && (changed.length > 0 || !sameOrder))
    patch[`$setElementOrder/${name}`] = after.map((item) => ({ [key]: keyOf(item) }));
}

function changedItems(
  before: readonly unknown[],
  after: readonly unknown[],
  key: string,
  schema: FieldSchema | undefined,
  mode: Mode,
): unknown[] {
  const find = (list: readonly unknown[], value: unknown): JsonObject | undefined =>
    list.filter(isObject).find((item) => sameJson(item[key], value));
  const changed: unknown[] = [];
  for (const item of after.filter(isObject)) {
    const old = find(before, item[key]);
    if (!old) {
      if (mode.changes) changed.push(item);
      continue;
    }
    const inner = diffMaps(old, item, schema, mode);
    if (Object.keys(inner).length > 0) changed.push({ ...inner, [key]: item[key] });
  }
  if (mode.deletions)
    for (const item of before.filter(isObject))
      if (!find(after, item[key])) changed.push({ $patch: 'delete', [key]: item[key] });
  return changed;
}

function diffSet(
  patch: Record<string, unknown>,
  name: string,
  before: readonly unknown[],
  after: readonly unknown[],
  mode: Mode,
): void {
  const added = after.filter((v) => !before.includes(v));
  const gone = before.filter((v) => !after.includes(v));
  if (mode.changes && added.length > 0) patch[name] = added;
  if (mode.deletions && gone.length > 0) patch[`$deleteFromPrimitiveList/${name}`] = gone;
  if (mode.order && (added.length > 0 || gone.length > 0)) patch[`$setElementOrder/${name}`] = after;
}

/** Two patches as one. */
function mergePatches(first: JsonObject, second: JsonObject, schema: FieldSchema | undefined): JsonObject {
  const merged: Record<string, unknown> = { ...first };
  for (const [name, value] of Object.entries(second)) {
    const before = merged[name];
    const field = fieldOf(schema, name);
    if (isObject(before) && isObject(value)) merged[name] = mergePatches(before, value, field);
    else if (Array.isArray(before) && Array.isArray(value) && field?.mergeKey)
      merged[name] = mergeItems(before, value, field.mergeKey, field.items);
    else merged[name] = value;
  }
  return merged;
}

function mergeItems(
  first: readonly unknown[],
  second: readonly unknown[],
  key: string,
  schema: FieldSchema | undefined,
): readonly unknown[] {
  const merged = [...second];
  for (const item of first.filter(isObject)) {
    const at = merged.findIndex((other) => isObject(other) && sameJson(other[key], item[key]));
    const other = merged[at];
    if (isObject(other)) merged[at] = mergePatches(item, other, schema);
    else merged.push(item);
  }
  return merged;
}
