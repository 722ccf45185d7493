// What server-side apply says of a configuration that does not fit the types (typed/validate.go).
import { isObject } from '@/lib/kube/api/json';
import type { FieldSchema } from '@/lib/kube/api/schema';
import { itemStep, missingKey, shapeOf } from './topology';
import { pathsOf, setOf, LEAF } from './field-set';

/** One text for each fault, with its path. */
export function typeFaults(value: unknown, schema: FieldSchema, path = '', parent = '', name = ''): string[] {
  if (value === null || value === undefined) return [];
  switch (schema.type) {
    case 'object':
    case 'map': {
      if (!isObject(value)) return [`${path}: expected map, got ${goValue(value)}`];
      const shape = shapeOf(schema, parent, name);
      return Object.keys(value)
        .sort()
        .flatMap((field) => {
          const child =
            shape.form === 'fields' ? shape.child(field) : (schema.properties?.[field] ?? schema.items);
          const at = `${path}.${field}`;
          return child
            ? typeFaults(value[field], child, at, schema.go, field)
            : [`${at}: field not declared in schema`];
        });
    }
    case 'array':
      return Array.isArray(value)
        ? listFaults(value, schema, path)
        : [`${path}: expected list, got ${goValue(value)}`];
    case 'integer':
      return typeof value === 'number'
        ? []
        : [`${path}: expected numeric (int or float), got ${goValue(value)}`];
    case 'boolean':
      return typeof value === 'boolean' ? [] : [`${path}: expected boolean, got ${goValue(value)}`];
    case 'string':
      return typeof value === 'string' ? [] : [`${path}: expected string, got ${goValue(value)}`];
    default:
      return [];
  }
}

function listFaults(list: readonly unknown[], schema: FieldSchema, path: string): string[] {
  const shape = shapeOf(schema);
  const { items } = schema;
  if (!items) return [];
  return list.flatMap((item, i) => {
    if (shape.form !== 'keyed') return typeFaults(item, items, `${path}[${i}]`);
    const missing = missingKey(item, shape.keys);
    if (missing !== undefined)
      return [
        `${path}: element ${i}: associative list with keys has an element that omits key field ${JSON.stringify(missing)} (and doesn't have default value)`,
      ];
    const [at = path] = pathsOf(setOf(false, [[itemStep(item, shape.keys), LEAF]]));
    return typeFaults(item, items, `${path}${at}`);
  });
}

function goValue(value: unknown): string {
  if (typeof value === 'string') return `&{${value}}`;
  if (typeof value === 'number' || typeof value === 'boolean') return `&{${String(value)}}`;
  return Array.isArray(value) ? '&{[]}' : '&{map[]}';
}
