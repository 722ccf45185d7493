// Strict decoding of what a request carries: unknown fields and wrong types are refused in the words of the API server, null and
// zero values that Go would not write back are dropped. k8s.io/apiserver pkg/endpoints/handlers/create.go, sigs.k8s.io/json.
import { err, ok, type Result } from '@/lib/core/result';
import type { KubeObject } from '@/lib/kube/types';
import { NEWEST_VERSION } from '@/lib/kube/versions';
import { isObject, type JsonObject } from './json';
import { canonicalQuantity, parseQuantity } from './quantity';
import { schemaOf, type FieldSchema } from './schema';
import { badRequest } from './status';
import type { Status } from './types';

/** The object as the server takes it over, or its refusal. An object without anything to drop is returned as it is. */
export function decode<T extends KubeObject>(object: T, schema: FieldSchema): Result<T, Status> {
  const quick = new Decoder(false);
  const value = quick.value(object, schema, '');
  if (!quick.failed) return ok(value as T);
  // Only now the order of the keys matters: kubectl sends them sorted, and the first wrong type is the one reported.
  const { wrongType, strict } = decodeLoosely(object, schema, { sorted: true });
  const why = wrongType ?? `strict decoding error: ${strict.join(', ')}`;
  return err(cannotBeHandled(object, object.kind, why));
}

/** A stored object may have fields of a newer version: the server of this one drops them. */
export function decodeStored(object: KubeObject, schema: FieldSchema): Result<KubeObject, Status> {
  const decoded = decode(object, schema);
  const newest = decoded.ok ? undefined : schemaOf(object.kind, NEWEST_VERSION);
  if (!newest || !decode(object, newest).ok) return decoded;
  return ok(decodeLoosely(object, schema).value as KubeObject);
}

export interface LooseDecoding {
  /** What is left of the object without the unknown fields. */
  readonly value: unknown;
  /** One for each unknown field. */
  readonly strict: readonly string[];
  /** Why the object is none of its kind. */
  readonly wrongType?: string;
}

/**
 * Decodes and tells what is wrong. `sorted`: keys in sorted order, else as given. `dialect`: the words of the JSON decoder, or those
 * of the converter that strategic merge patches go through (k8s.io/apimachinery pkg/runtime/converter.go).
 */
export function decodeLoosely(
  object: unknown,
  schema: FieldSchema,
  options: { readonly sorted?: boolean; readonly dialect?: Dialect } = {},
): LooseDecoding {
  const careful = new Decoder(true, options.sorted, options.dialect);
  const value = careful.value(object, schema, '');
  const { strict, wrongType } = careful;
  return { value, strict, ...(wrongType === undefined ? {} : { wrongType }) };
}

type Dialect = 'json' | 'converter';

/** The refusal of a body that is no object of its kind. */
export function cannotBeHandled(
  { kind, apiVersion }: { readonly kind: string; readonly apiVersion: string },
  wanted: string,
  why: string,
): Status {
  const version = apiVersion.slice(apiVersion.indexOf('/') + 1);
  return badRequest(`${kind} in version "${version}" cannot be handled as a ${wanted}: ${why}`);
}

class Decoder {
  failed = false;
  wrongType: string | undefined;
  readonly strict: string[] = [];
  /** Names of the fields above, without list indexes, and the struct that the last one belongs to. */
  readonly #fields: string[] = [];
  readonly #structs: string[] = [];

  constructor(
    readonly careful: boolean,
    readonly sorted = true,
    readonly dialect: Dialect = 'json',
  ) {}

  value(value: unknown, schema: FieldSchema, path: string): unknown {
    switch (schema.type) {
      case 'object':
        return isObject(value) ? this.#object(value, schema, path) : this.#wrong(value, schema.go);
      case 'array':
        return Array.isArray(value) ? this.#array(value, schema, path) : this.#wrong(value, schema.go);
      case 'map':
        return isObject(value) ? this.#map(value, schema, path) : this.#wrong(value, schema.go);
      case 'string':
        return typeof value === 'string' ? this.#text(value, schema) : this.#wrong(value, schema.go);
      case 'boolean':
        return typeof value === 'boolean' ? value : this.#wrong(value, schema.go);
      case 'integer':
        return this.#integer(value, schema.go);
      case 'int-or-string':
        return typeof value === 'string' ? value : this.#integer(value, 'int32');
      case 'quantity':
        return this.#quantity(value);
      case 'any':
        return value;
    }
  }

  #object(value: JsonObject, schema: FieldSchema, path: string): JsonObject {
    const properties = schema.properties ?? NONE;
    let result: Record<string, unknown> | undefined;
    this.#structs.push(schema.go);
    for (const name of this.#keys(value)) {
      const given = value[name];
      if (given === undefined) continue;
      // Own fields only: "constructor" is one of every object in JavaScript, and of none in Kubernetes.
      const field = Object.hasOwn(properties, name) ? properties[name] : undefined;
      const decoded = this.#field(name, given, field, schema, path);
      if (decoded === given) continue;
      result ??= { ...value };
      if (decoded === undefined) delete result[name];
      else result[name] = decoded;
    }
    this.#structs.pop();
    return result ?? value;
  }

  /** The field as it is kept; undefined if it is dropped. */
  #field(
    name: string,
    given: unknown,
    field: FieldSchema | undefined,
    parent: FieldSchema,
    path: string,
  ): unknown {
    if (!field) return this.#unknown(path === '' ? name : `${path}.${name}`);
    if (given === null) return field.type === 'array' && field.keepsZero ? null : undefined;
    this.#fields.push(name);
    const at = !this.careful ? '' : path === '' ? name : `${path}.${name}`;
    const decoded = this.value(given, field, at);
    this.#fields.pop();
    return isZero(decoded, field) && !parent.required?.includes(name) ? undefined : decoded;
  }

  /** Sorted only if the order matters. */
  #keys(value: JsonObject): readonly string[] {
    const keys = Object.keys(value);
    return this.careful && this.sorted ? keys.sort() : keys;
  }

  #array(value: readonly unknown[], { items }: FieldSchema, path: string): readonly unknown[] {
    if (!items) return value;
    let result: unknown[] | undefined;
    for (const [i, item] of value.entries()) {
      const decoded = this.value(item ?? zeroOf(items), items, this.careful ? `${path}[${i}]` : '');
      if (decoded !== item) (result ??= [...value])[i] = decoded;
    }
    return result ?? value;
  }

  #map(value: JsonObject, { items }: FieldSchema, path: string): JsonObject {
    if (!items) return value;
    let result: Record<string, unknown> | undefined;
    for (const key of this.#keys(value)) {
      const given = value[key];
      const decoded = this.value(given ?? zeroOf(items), items, path);
      if (decoded !== given) (result ??= { ...value })[key] = decoded;
    }
    return result ?? value;
  }

  #text(value: string, schema: FieldSchema): unknown {
    if (schema.go === 'v1.Time' && value !== '' && Number.isNaN(Date.parse(value)))
      this.#fail(
        `parsing time ${JSON.stringify(value)} as "2006-01-02T15:04:05Z07:00": cannot parse ${JSON.stringify(value)} as "2006"`,
      );
    return value;
  }

  #integer(value: unknown, go: string): unknown {
    if (typeof value !== 'number') return this.#wrong(value, go);
    const limit = go === 'int32' ? 2 ** 31 : 2 ** 63;
    if (!Number.isInteger(value) || value < -limit || value >= limit) this.#mismatch(`number ${value}`, go);
    return value;
  }

  #quantity(value: unknown): unknown {
    if (typeof value !== 'string' && typeof value !== 'number') {
      const parsed = parseQuantity(JSON.stringify(value));
      return this.#fail(typeof parsed === 'string' ? parsed : 'unable to parse numeric part of quantity');
    }
    const canonical = canonicalQuantity(value);
    const parsed = canonical === undefined ? parseQuantity(String(value)) : undefined;
    if (typeof parsed === 'string') this.#fail(parsed);
    return canonical;
  }

  #unknown(path: string): undefined {
    this.failed = true;
    if (this.careful) this.strict.push(`unknown field "${path}"`);
  }

  #wrong(value: unknown, go: string): undefined {
    if (this.dialect === 'converter') return this.#unconvertible(value, go);
    const kind = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value;
    this.#mismatch(kind, go);
  }

  #unconvertible(value: unknown, go: string): undefined {
    const kind = Array.isArray(value)
      ? 'slice'
      : typeof value === 'object'
        ? 'map'
        : typeof value === 'number'
          ? Number.isInteger(value)
            ? 'int64'
            : 'float64'
          : typeof value === 'boolean'
            ? 'bool'
            : 'string';
    if (go.startsWith('[]')) this.#fail(`cannot restore slice from ${kind}`);
    else if (go.startsWith('map[')) this.#fail(`cannot restore map from ${kind}`);
    else if (go === 'bool' || /^int\d+$/.test(go)) this.#fail(`unrecognized type: ${go}`);
    else if (kind === 'int64' || kind === 'float64') this.#fail(`cannot convert ${kind} to string`);
    else this.#fail(`cannot restore struct from: ${kind}`);
  }

  #mismatch(what: string, go: string): void {
    const struct = this.#structs.at(-1)?.replace(/^.*\./, '') ?? '';
    this.#fail(
      `json: cannot unmarshal ${what} into Go struct field ${struct}.${this.#fields.join('.')} of type ${go}`,
    );
  }

  #fail(message: string): void {
    this.failed = true;
    this.wrongType ??= message;
  }
}

const NONE: Readonly<Record<string, FieldSchema>> = {};

/** Whether Go leaves the field out when it writes the object back. */
function isZero(value: unknown, field: FieldSchema): boolean {
  if (value === undefined) return true;
  if (field.type === 'array' || field.type === 'map') {
    if (field.keepsZero) return false;
    return Array.isArray(value) ? value.length === 0 : isEmpty(value as object);
  }
  if (field.keepsZero) return false;
  return value === '' || value === 0 || value === false;
}

function zeroOf({ type }: FieldSchema): unknown {
  if (type === 'object' || type === 'map') return {};
  if (type === 'array') return [];
  if (type === 'integer' || type === 'quantity' || type === 'int-or-string') return 0;
  return type === 'boolean' ? false : '';
}

function isEmpty(object: object): boolean {
  for (const _ in object) return false;
  return true;
}
