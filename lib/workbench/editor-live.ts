// A live object in the shape of the manifest that made it: without what the server, its defaults and the controllers filled in, but
// with whatever somebody else has changed. This is what the editor compares its text with.
import { LAST_APPLIED } from '@/lib/kube/api/apply';
import { withDefaults } from '@/lib/kube/api/defaults';
import { isObject, sameJson, type JsonObject } from '@/lib/kube/api/json';
import { canonicalQuantity } from '@/lib/kube/api/quantity';
import { schemaOf, type FieldSchema } from '@/lib/kube/api/schema';
import type { KubeObject } from '@/lib/kube/types';
import type { K8sVersion } from '@/lib/kube/versions';

/** Fields that the server or a controller sets if the manifest does not; positions in lists are written []. */
const SERVER_SET: ReadonlySet<string> = new Set([
  'status',
  ...['uid', 'resourceVersion', 'generation', 'creationTimestamp', 'deletionTimestamp', 'managedFields'].map(
    (name) => `metadata.${name}`,
  ),
  ...['deletionGracePeriodSeconds', 'selfLink', 'namespace', 'finalizers', 'ownerReferences'].map(
    (name) => `metadata.${name}`,
  ),
  `metadata.annotations.${LAST_APPLIED}`,
  'metadata.annotations.deployment.kubernetes.io/revision',
  'metadata.annotations.deprecated.daemonset.template.generation',
  'metadata.labels.kubernetes.io/metadata.name',
  ...['clusterIP', 'clusterIPs', 'ipFamilies', 'ipFamilyPolicy', 'healthCheckNodePort'].map(
    (n) => `spec.${n}`,
  ),
  'spec.ports[].nodePort',
  ...['nodeName', 'serviceAccountName', 'serviceAccount', 'priority', 'preemptionPolicy', 'tolerations'].map(
    (name) => `spec.${name}`,
  ),
  ...['podCIDR', 'podCIDRs', 'taints', 'finalizers'].map((name) => `spec.${name}`),
]);

/** The live object with the manifest's fields and those that were added since; the manifest's own values where they mean the same. */
export function inShapeOf(manifest: KubeObject, live: KubeObject, k8s: K8sVersion): JsonObject {
  const schema = schemaOf(manifest.kind, k8s);
  const expected = withDefaults(manifest, k8s);
  return shaped(asJson(manifest), asJson(live), asJson(expected), '', schema) as JsonObject;
}

const asJson = (object: KubeObject): JsonObject => object as unknown as JsonObject;

function shaped(
  mine: unknown,
  live: unknown,
  expected: unknown,
  path: string,
  schema: FieldSchema | undefined,
): unknown {
  if (isObject(mine) && isObject(live))
    return shapedObject(mine, live, isObject(expected) ? expected : {}, path, schema);
  if (Array.isArray(mine) && Array.isArray(live))
    return shapedList(mine, live, Array.isArray(expected) ? expected : [], path, schema);
  return means(mine, live, schema) ? mine : live;
}

function shapedObject(
  mine: JsonObject,
  live: JsonObject,
  expected: JsonObject,
  path: string,
  schema: FieldSchema | undefined,
): JsonObject {
  const result: Record<string, unknown> = {};
  const inside = (key: string): FieldSchema | undefined => schema?.properties?.[key] ?? schema?.items;
  for (const [key, value] of Object.entries(mine)) {
    const at = path === '' ? key : `${path}.${key}`;
    if (live[key] !== undefined) result[key] = shaped(value, live[key], expected[key], at, inside(key));
    else if (isNothing(value) || SERVER_SET.has(at)) result[key] = value;
  }
  for (const [key, value] of Object.entries(live)) {
    const at = path === '' ? key : `${path}.${key}`;
    if (Object.hasOwn(mine, key) || SERVER_SET.has(at)) continue;
    if (sameJson(value, expected[key])) continue;
    const rest = isObject(value) ? shapedObject({}, value, asObject(expected[key]), at, inside(key)) : value;
    if (!isNothing(rest)) result[key] = rest;
  }
  return result;
}

function shapedList(
  mine: readonly unknown[],
  live: readonly unknown[],
  expected: readonly unknown[],
  path: string,
  schema: FieldSchema | undefined,
): readonly unknown[] {
  const left = [...live];
  const take = (at: number): unknown => left.splice(at, 1)[0];
  const matches = mine.map((item) => {
    const at = left.findIndex((other) => sameItem(item, other, schema));
    return at < 0 ? undefined : { live: take(at) };
  });
  // What has another key now looks like one gone and one come: then the order tells.
  const kept = mine.flatMap((item, i) => {
    const match = matches[i] ?? (left.length > 0 ? { live: take(0) } : undefined);
    return match ? [shaped(item, match.live, expected[i], `${path}[]`, schema?.items)] : [];
  });
  const bare = (item: unknown): unknown =>
    isObject(item) ? shapedObject({}, item, {}, `${path}[]`, schema?.items) : item;
  return [...kept, ...left.map(bare)];
}

/** Items of a list that stand for the same thing: by the key that patches merge by, else by all that they say. */
function sameItem(mine: unknown, live: unknown, schema: FieldSchema | undefined): boolean {
  const key = schema?.mergeKey;
  if (isObject(mine) && isObject(live)) {
    if (!key)
      return Object.entries(mine).every(([name, value]) => isNothing(value) || sameJson(value, live[name]));
    return sameJson(mine[key], live[key]) && (mine['protocol'] ?? 'TCP') === (live['protocol'] ?? 'TCP');
  }
  return sameJson(mine, live);
}

/** Whether two values mean the same to the server. */
function means(mine: unknown, live: unknown, schema: FieldSchema | undefined): boolean {
  if (sameJson(mine, live)) return true;
  if (schema?.type !== 'quantity') return false;
  const [a, b] = [canonicalQuantity(mine), canonicalQuantity(live)];
  return a !== undefined && a === b;
}

const asObject = (value: unknown): JsonObject => (isObject(value) ? value : {});

/** Null, {} and []: the server drops them. */
const isNothing = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  (Array.isArray(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0);
