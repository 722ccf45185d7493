// Values with their schema: which fields they set, how two differ, merging and removing. Follows
// sigs.k8s.io/structured-merge-diff/v4/typed (ToFieldSet, Compare, Merge, RemoveItems).
import { isObject, sameJson, type JsonObject } from '@/lib/kube/api/json';
import type { FieldSchema } from '@/lib/kube/api/schema';
import { LEAF, NO_FIELDS, setOf, union, type FieldSet } from './field-set';
import { itemStep, shapeOf, valueStep, type Shape } from './topology';

/** The fields that a value sets. */
export function fieldSetOf(
  value: unknown,
  schema: FieldSchema | undefined,
  parent = '',
  name = '',
): FieldSet {
  const shape = shapeOf(schema, parent, name);
  if (shape.form === 'fields' && isObject(value)) {
    const entries = Object.entries(value).filter(([, v]) => v !== undefined);
    if (entries.length === 0) return LEAF;
    return setOf(
      false,
      entries.map(([field, v]) => [`f:${field}`, fieldSetOf(v, shape.child(field), schema?.go, field)]),
    );
  }
  if (shape.form === 'keyed' && Array.isArray(value)) {
    if (value.length === 0) return LEAF;
    return setOf(
      false,
      value.map((item: unknown) => [itemStep(item, shape.keys), union(LEAF, fieldSetOf(item, shape.items))]),
    );
  }
  if (shape.form === 'set' && Array.isArray(value))
    return value.length === 0
      ? LEAF
      : setOf(
          false,
          value.map((item: unknown) => [valueStep(item), LEAF]),
        );
  return LEAF;
}

export interface Comparison {
  readonly added: FieldSet;
  readonly modified: FieldSet;
  readonly removed: FieldSet;
}

const NOTHING: Comparison = { added: NO_FIELDS, modified: NO_FIELDS, removed: NO_FIELDS };

/** How `now` differs from `old`. Undefined is absence; null is there, empty. */
export function compare(
  old: unknown,
  now: unknown,
  schema: FieldSchema | undefined,
  parent = '',
  name = '',
): Comparison {
  if (old === now) return NOTHING;
  const shape = shapeOf(schema, parent, name);
  const parts = shape.form === 'leaf' ? undefined : pairs(old, now, shape, schema);
  if (!parts) {
    if (old === undefined) return { ...NOTHING, added: LEAF };
    if (now === undefined) return { ...NOTHING, removed: LEAF };
    return sameJson(old, now) ? NOTHING : { ...NOTHING, modified: LEAF };
  }
  const below = parts.map(([step, comparison]) => [step, comparison] as const);
  const of = (part: keyof Comparison, member: boolean): FieldSet =>
    setOf(
      member,
      below.map(([step, comparison]) => [step, comparison[part]]),
    );
  return {
    added: of('added', old === undefined),
    modified: of('modified', false),
    removed: of('removed', now === undefined),
  };
}

/** The parts of two values side by side; undefined if one of them cannot be taken apart. */
function pairs(
  old: unknown,
  now: unknown,
  shape: Exclude<Shape, { form: 'leaf' }>,
  schema: FieldSchema | undefined,
): readonly (readonly [string, Comparison])[] | undefined {
  const fits = (value: unknown): boolean =>
    value === undefined ||
    value === null ||
    (shape.form === 'fields' ? isObject(value) : Array.isArray(value));
  if (!fits(old) || !fits(now)) return undefined;
  if (shape.form === 'fields') {
    const [a, b] = [fieldsOf(old), fieldsOf(now)];
    const names = [...new Set([...Object.keys(a), ...Object.keys(b)])];
    return names.map((field) => [
      `f:${field}`,
      compare(a[field], b[field], shape.child(field), schema?.go, field),
    ]);
  }
  const stepOf = (item: unknown): string =>
    shape.form === 'keyed' ? itemStep(item, shape.keys) : valueStep(item);
  const items = shape.form === 'keyed' ? shape.items : undefined;
  const [a, b] = [byStep(old, stepOf), byStep(now, stepOf)];
  const steps = [...new Set([...a.keys(), ...b.keys()])];
  return steps.map((step) => [step, compare(a.get(step), b.get(step), items)]);
}

const fieldsOf = (value: unknown): JsonObject => (isObject(value) ? value : {});

function byStep(value: unknown, stepOf: (item: unknown) => string): Map<string, unknown> {
  const items = new Map<string, unknown>();
  if (Array.isArray(value)) for (const item of value as readonly unknown[]) items.set(stepOf(item), item);
  return items;
}

/** The live value with what a configuration sets. */
export function merged(
  live: unknown,
  config: unknown,
  schema: FieldSchema | undefined,
  parent = '',
  name = '',
): unknown {
  const shape = shapeOf(schema, parent, name);
  if (shape.form === 'fields' && isObject(config)) {
    const result: Record<string, unknown> = { ...fieldsOf(live) };
    for (const [field, value] of Object.entries(config))
      result[field] = merged(result[field], value, shape.child(field), schema?.go, field);
    return result;
  }
  if (shape.form === 'leaf' || !Array.isArray(config)) return config;
  const stepOf = (item: unknown): string =>
    shape.form === 'keyed' ? itemStep(item, shape.keys) : valueStep(item);
  const items = shape.form === 'keyed' ? shape.items : undefined;
  const now = byStep(live, stepOf);
  const wanted = byStep(config, stepOf);
  const inOrder = config.map((item: unknown) => merged(now.get(stepOf(item)), item, items));
  return interleaved(live, inOrder, stepOf, wanted);
}

/** The items of the configuration in its order; the others keep their place before what follows them in the live list. */
function interleaved(
  live: unknown,
  wanted: readonly unknown[],
  stepOf: (item: unknown) => string,
  configured: ReadonlyMap<string, unknown>,
): readonly unknown[] {
  const others = (Array.isArray(live) ? (live as readonly unknown[]) : []).map((item, place) => ({
    item,
    place,
  }));
  const places = new Map(others.map(({ item, place }) => [stepOf(item), place]));
  const rest = others.filter(({ item }) => !configured.has(stepOf(item)));
  const result: unknown[] = [];
  for (const item of wanted) {
    const place = places.get(stepOf(item));
    while (place !== undefined && rest[0] && rest[0].place < place) result.push(rest.shift()?.item);
    result.push(item);
  }
  return [...result, ...rest.map(({ item }) => item)];
}

/** The value without the fields of a set; undefined if nothing is left of it and it is in the set itself. */
export function withoutFields(
  value: unknown,
  set: FieldSet,
  schema: FieldSchema | undefined,
  parent = '',
  name = '',
): unknown {
  if (set.member) return undefined;
  const shape = shapeOf(schema, parent, name);
  if (shape.form === 'fields' && isObject(value)) {
    const kept = Object.entries(value).flatMap(([field, v]): [string, unknown][] => {
      const below = set.children.get(`f:${field}`);
      const left = below ? withoutFields(v, below, shape.child(field), schema?.go, field) : v;
      return left === undefined ? [] : [[field, left]];
    });
    return kept.length === 0 && Object.keys(value).length > 0 && shape.open
      ? undefined
      : Object.fromEntries(kept);
  }
  if (shape.form === 'leaf' || !Array.isArray(value)) return value;
  const stepOf = (item: unknown): string =>
    shape.form === 'keyed' ? itemStep(item, shape.keys) : valueStep(item);
  const items = shape.form === 'keyed' ? shape.items : undefined;
  const kept = (value as readonly unknown[]).flatMap((item) => {
    const below = set.children.get(stepOf(item));
    const left = below ? withoutFields(item, below, items) : item;
    return left === undefined ? [] : [left];
  });
  return kept.length === 0 && value.length > 0 ? undefined : kept;
}
