// How server-side apply merges the API's types: which lists go by keys, which are sets, what is one value as a whole. From the
// markers of k8s.io/api types.go (+listType, +listMapKey, +structType, +mapType).
import { isObject, type JsonObject } from '@/lib/kube/api/json';
import type { FieldSchema } from '@/lib/kube/api/schema';

/** Objects that are one value. */
const ATOMIC_TYPES = new Set([
  'v1.ConfigMapKeySelector',
  'v1.LabelSelector',
  'v1.LocalObjectReference',
  'v1.NodeSelector',
  'v1.NodeSelectorTerm',
  'v1.ObjectFieldSelector',
  'v1.ObjectReference',
  'v1.ResourceFieldSelector',
  'v1.SecretKeySelector',
  'v1.TypedLocalObjectReference',
  'v2.CrossVersionObjectReference',
]);
/** Maps that are one value, by Go's name of the type around them. */
const ATOMIC_MAPS = new Set([
  'v1.ServiceSpec.selector',
  'v1.PodSpec.nodeSelector',
  'v1.ReplicationControllerSpec.selector',
]);
/** Lists whose items one key does not tell apart. */
const MORE_KEYS: Readonly<Record<string, readonly string[]>> = {
  'v1.ServicePort': ['port', 'protocol'],
  'v1.ContainerPort': ['containerPort', 'protocol'],
  'v1.TopologySpreadConstraint': ['topologyKey', 'whenUnsatisfiable'],
};
const KEY_DEFAULTS: Readonly<Record<string, string>> = { protocol: 'TCP' };

export type Shape =
  | { readonly form: 'leaf' }
  | { readonly form: 'fields'; child(name: string): FieldSchema | undefined; readonly open: boolean }
  | { readonly form: 'keyed'; readonly keys: readonly string[]; readonly items: FieldSchema }
  | { readonly form: 'set' };

const LEAF_SHAPE: Shape = { form: 'leaf' };

/** How values of a schema are taken apart; `parent` and `name` say where it stands. */
export function shapeOf(schema: FieldSchema | undefined, parent = '', name = ''): Shape {
  if (!schema) return LEAF_SHAPE;
  if (schema.type === 'object') {
    if (ATOMIC_TYPES.has(schema.go)) return LEAF_SHAPE;
    return { form: 'fields', child: (field) => schema.properties?.[field], open: false };
  }
  if (schema.type === 'map') {
    if (ATOMIC_MAPS.has(`${parent}.${name}`)) return LEAF_SHAPE;
    return { form: 'fields', child: () => schema.items, open: true };
  }
  if (schema.type !== 'array' || schema.mergeKey === undefined || !schema.items) return LEAF_SHAPE;
  if (schema.mergeKey === '') return { form: 'set' };
  return {
    form: 'keyed',
    keys: MORE_KEYS[schema.items.go] ?? [schema.mergeKey],
    items: schema.items,
  };
}

/** k:{"port":80,"protocol":"TCP"}: what tells an item of a keyed list apart. */
export function itemStep(item: unknown, keys: readonly string[]): string {
  const fields: JsonObject = isObject(item) ? item : {};
  const values = Object.fromEntries(
    keys.toSorted().map((key) => [key, fields[key] ?? KEY_DEFAULTS[key] ?? null]),
  );
  return `k:${JSON.stringify(values)}`;
}

/** The keys of a keyed list that an item must give. */
export const missingKey = (item: unknown, keys: readonly string[]): string | undefined =>
  keys.find((key) => !(isObject(item) && item[key] !== undefined) && KEY_DEFAULTS[key] === undefined);

export const valueStep = (item: unknown): string => `v:${JSON.stringify(item)}`;
