// The shape of the API's types as plain data: what the decoder checks, what the strategic merge patch needs to know of lists, and
// what the editor turns into JSON schema. Names and tags as in k8s.io/api types.go.
import type { differences } from '@/lib/kube/versions';

export type FieldType =
  | 'string'
  | 'integer'
  | 'boolean'
  | 'object'
  | 'array'
  | 'map'
  | 'int-or-string'
  | 'quantity'
  | 'any';

export interface FieldSchema {
  readonly type: FieldType;
  /** Go's name of the type, for error messages: v1.ServiceSpec, int32. */
  readonly go: string;
  /** Fields of an object. */
  readonly properties?: Readonly<Record<string, FieldSchema>>;
  /** Fields without which the object makes no sense. */
  readonly required?: readonly string[];
  /** What an array or a map holds. */
  readonly items?: FieldSchema;
  readonly enum?: readonly string[];
  /** Zero, "", false or an empty list mean something else than absence (a pointer in Go, or no omitempty). */
  readonly keepsZero?: boolean;
  /** Key by which the items of a list are merged; "" for a list of plain values that is merged as a set. */
  readonly mergeKey?: string;
  /** A change of one field of the object drops the fields that the manifest does not give (patchStrategy retainKeys). */
  readonly retainKeys?: boolean;
  /** Only in versions with this difference. */
  readonly when?: keyof typeof differences;
}

type Properties = Readonly<Record<string, FieldSchema>>;

export const str: FieldSchema = { type: 'string', go: 'string' };
export const int32: FieldSchema = { type: 'integer', go: 'int32' };
export const int64: FieldSchema = { type: 'integer', go: 'int64' };
export const bool: FieldSchema = { type: 'boolean', go: 'bool' };
export const intOrString: FieldSchema = { type: 'int-or-string', go: 'intstr.IntOrString' };
export const quantity: FieldSchema = { type: 'quantity', go: 'resource.Quantity' };
export const time: FieldSchema = { type: 'string', go: 'v1.Time' };
export const anything: FieldSchema = { type: 'any', go: 'interface {}' };

/** A string with a name of its own in Go, and the values that the server knows. */
export const named = (go: string, ...values: readonly string[]): FieldSchema => ({
  type: 'string',
  go,
  ...(values.length > 0 ? { enum: values } : {}),
});
export const obj = (go: string, properties: Properties, required: readonly string[] = []): FieldSchema => ({
  type: 'object',
  go,
  properties,
  ...(required.length > 0 ? { required } : {}),
});
/** A list; with a merge key, a list that strategic merge patches merge item by item. */
export const list = (items: FieldSchema, mergeKey?: string): FieldSchema => ({
  type: 'array',
  go: `[]${items.go}`,
  items,
  ...(mergeKey === undefined ? {} : { mergeKey }),
});
export const map = (items: FieldSchema, go = `map[string]${items.go}`): FieldSchema => ({
  type: 'map',
  go,
  items,
});
/** A field for which zero is a value. */
export const ptr = (schema: FieldSchema): FieldSchema => ({ ...schema, keepsZero: true });
export const retaining = (schema: FieldSchema): FieldSchema => ({ ...schema, retainKeys: true });
export const when = (difference: keyof typeof differences, schema: FieldSchema): FieldSchema => ({
  ...schema,
  when: difference,
});

export const strings = list(str);
export const labels = map(str);
