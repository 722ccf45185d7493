// JSON Schema (draft-07) for the editor's completion and hover, made from the tree of fields by which the simulated API
// server decodes, so that the editor never offers a field that the server of this version does not know.
import { kinds } from '@/lib/kube/api/kinds';
import { schemaOf, type FieldSchema } from '@/lib/kube/api/schema';
import type { K8sVersion } from '@/lib/kube/versions';

export interface JsonSchema {
  readonly $schema?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly const?: string;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly items?: JsonSchema;
  readonly allOf?: readonly JsonSchema[];
  readonly if?: JsonSchema;
  readonly then?: JsonSchema;
  readonly else?: JsonSchema;
  /** Of yaml-language-server: a field that is explained where it stands, but not proposed. */
  readonly doNotSuggest?: boolean;
}

/** The sentence that explains a field, by Go's name of its object and its own ("v1.ServicePort", "nodePort"), if there is one. */
export type Describe = (object: string, field: string) => string | undefined;

/** Metadata that the server or a controller writes: never proposed to a learner. */
const SERVER_SIDE: ReadonlySet<string> = new Set([
  'creationTimestamp',
  'deletionGracePeriodSeconds',
  'deletionTimestamp',
  'generation',
  'managedFields',
  'resourceVersion',
  'selfLink',
  'uid',
]);

/** One schema for all kinds: `kind` decides which fields there are; before it is known, apiVersion and kind are offered. */
export function jsonSchemaOf(k8s: K8sVersion, describe: Describe = () => undefined): JsonSchema {
  const convert = converter(describe);
  const known = kinds().flatMap(({ kind, apiVersion }) => {
    const schema = schemaOf(kind, k8s);
    return schema ? [{ kind, apiVersion, schema }] : [];
  });
  const apiVersions = [...new Set(known.map(({ apiVersion }) => apiVersion))];
  const names = (apiVersion?: string): readonly string[] =>
    known
      .filter((info) => apiVersion === undefined || info.apiVersion === apiVersion)
      .map(({ kind }) => kind);
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    type: 'object',
    properties: { apiVersion: { type: 'string', enum: apiVersions } },
    allOf: [
      { if: { required: ['apiVersion'] }, else: kindEnum(names()) },
      ...apiVersions.map((apiVersion) => ({
        if: isValue('apiVersion', apiVersion),
        then: kindEnum(names(apiVersion)),
      })),
      ...known.map(({ kind, apiVersion, schema }) => ({
        if: isValue('kind', kind),
        then: ofKind(convert(schema), kind, apiVersion),
      })),
    ],
  };
}

const kindEnum = (names: readonly string[]): JsonSchema => ({
  properties: { kind: { type: 'string', enum: names } },
});

/** A pattern: while it completes, yaml-language-server takes the beginning of a const for the whole, Service for ServiceAccount. */
const isValue = (field: string, value: string): JsonSchema => ({
  properties: { [field]: { type: 'string', pattern: `^${value.replaceAll('.', '\\.')}$` } },
  required: [field],
});

/** A kind's schema, with the only apiVersion and kind that it can have; its status is explained but not proposed. */
function ofKind(schema: JsonSchema, kind: string, apiVersion: string): JsonSchema {
  const { status, ...properties } = schema.properties ?? {};
  return {
    ...schema,
    properties: {
      ...properties,
      apiVersion: { const: apiVersion },
      kind: { const: kind },
      ...(status ? { status: { ...status, doNotSuggest: true } } : {}),
    },
  };
}

/** Types that occur twice in the tree are one object in the result, too: a Pod's fields are in four kinds. */
function converter(describe: Describe): (schema: FieldSchema) => JsonSchema {
  const done = new Map<FieldSchema, JsonSchema>();
  const convert = (schema: FieldSchema): JsonSchema => {
    const before = done.get(schema);
    if (before) return before;
    const converted = {
      ...shapeOf(schema, convert, describe),
      ...(schema.enum ? { enum: schema.enum } : {}),
    };
    done.set(schema, converted);
    return converted;
  };
  return convert;
}

function shapeOf(
  schema: FieldSchema,
  convert: (schema: FieldSchema) => JsonSchema,
  describe: Describe,
): JsonSchema {
  switch (schema.type) {
    case 'object':
      return fieldsOf(schema, convert, describe);
    case 'array':
      return { type: 'array', ...(schema.items ? { items: convert(schema.items) } : {}) };
    case 'map':
      return { type: 'object', ...(schema.items ? { additionalProperties: convert(schema.items) } : {}) };
    case 'int-or-string':
      return { type: ['integer', 'string'] };
    case 'quantity':
      return { type: ['string', 'number'] };
    case 'any':
      return {};
    default:
      return { type: schema.type };
  }
}

function fieldsOf(
  schema: FieldSchema,
  convert: (schema: FieldSchema) => JsonSchema,
  describe: Describe,
): JsonSchema {
  const entries = Object.entries(schema.properties ?? {}).map(([name, field]): [string, JsonSchema] => {
    const description = describe(schema.go, name);
    const hidden = schema.go === 'v1.ObjectMeta' && SERVER_SIDE.has(name);
    if (description === undefined && !hidden) return [name, convert(field)];
    return [
      name,
      {
        ...convert(field),
        ...(description === undefined ? {} : { description }),
        ...(hidden ? { doNotSuggest: true } : {}),
      },
    ];
  });
  return {
    type: 'object',
    properties: Object.fromEntries(entries),
    ...(schema.required ? { required: schema.required } : {}),
  };
}
