// Objects as a typed client prints them in JSON: fields in the order of the Go types, and null for times that are not set.
import { schemaOf, type FieldSchema } from '@/lib/kube/api/schema';
import type { K8sVersion } from '@/lib/kube/versions';
import type { KubeJson } from '../api/client';
import { OrderedMap, sortedKeys } from './json';

/** metav1.ObjectMeta. */
const METADATA = [
  'name',
  'generateName',
  'namespace',
  'selfLink',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'labels',
  'annotations',
  'ownerReferences',
  'finalizers',
  'managedFields',
];

/** The object with its fields in order, for jsonText. */
export function typedOrder(object: KubeJson, k8s: K8sVersion): unknown {
  const { kind, apiVersion, metadata, ...rest } = object;
  const schema = schemaOf(kind, k8s);
  const fields = ordered(rest, schema);
  return new OrderedMap([
    ['kind', kind],
    ['apiVersion', apiVersion],
    ['metadata', metadataOrder(metadata)],
    ...(fields instanceof OrderedMap ? fields.entries : []),
  ]);
}

function metadataOrder(metadata: object): unknown {
  const withTime = { creationTimestamp: null, ...metadata };
  return byOrder(withTime, METADATA, (_, value) => sortedKeys(value));
}

function ordered(value: unknown, schema: FieldSchema | undefined): unknown {
  if (Array.isArray(value)) return value.map((item) => ordered(item, schema?.items));
  if (typeof value !== 'object' || value === null) return value;
  if (!schema?.properties) return sortedKeys(value);
  return byOrder(value, Object.keys(schema.properties), (name, child) =>
    name === 'metadata' ? metadataOrder((child ?? {}) as object) : ordered(child, schema.properties?.[name]),
  );
}

function byOrder(
  value: object,
  order: readonly string[],
  child: (name: string, value: unknown) => unknown,
): OrderedMap {
  const rank = (name: string): number => {
    const at = order.indexOf(name);
    return at < 0 ? order.length : at;
  };
  const entries = Object.entries(value).sort(([a], [b]) => rank(a) - rank(b));
  return new OrderedMap(entries.map(([name, v]) => [name, child(name, v)] as const));
}
