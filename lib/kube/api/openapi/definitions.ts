// The API's types as OpenAPI schemas, from the tree of fields by which the server decodes.
import type { FieldSchema } from '@/lib/kube/api/schema';
import { describeField, describeType, type Descriptions } from './descriptions';
import type { TypeNames } from './names';

export type Definition = Readonly<Record<string, unknown>>;

/** A kind, where a definition is one. */
export interface Gvk {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** Collects the definitions that some kinds need. `ref` makes the reference to a name. */
export class Definitions {
  readonly all: Record<string, Definition> = {};

  constructor(
    readonly names: TypeNames,
    readonly ref: (name: string) => string,
    readonly descriptions: Descriptions,
  ) {}

  /** Adds a kind with all that it is made of; returns its name. */
  add(schema: FieldSchema, gvk?: Gvk): string {
    const name = this.names.nameOf(schema) ?? schema.go;
    if (!this.all[name]) {
      this.all[name] = {};
      this.all[name] = this.#object(schema);
    }
    if (gvk) this.all[name] = { ...this.all[name], 'x-kubernetes-group-version-kind': [gvk] };
    return name;
  }

  /** The list of a kind. */
  addList(item: string, gvk: Gvk): string {
    const name = `${item}List`;
    const meta = 'io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta';
    this.all[meta] ??= LIST_META;
    this.all[name] = {
      description: `${gvk.kind}List is a list of ${gvk.kind} objects.`,
      type: 'object',
      required: ['items'],
      properties: {
        apiVersion: { description: describeField('', 'apiVersion', this.descriptions), type: 'string' },
        items: { type: 'array', items: { $ref: this.ref(item) } },
        kind: { description: describeField('', 'kind', this.descriptions), type: 'string' },
        metadata: { $ref: this.ref(meta) },
      },
      'x-kubernetes-group-version-kind': [{ ...gvk, kind: `${gvk.kind}List` }],
    };
    return name;
  }

  #object(schema: FieldSchema): Definition {
    const fields = Object.entries(schema.properties ?? {});
    const required = schema.required?.filter((f) => !['apiVersion', 'kind', 'metadata', 'spec'].includes(f));
    return {
      description: describeType(schema.go, this.descriptions),
      type: 'object',
      ...(required?.length ? { required } : {}),
      properties: Object.fromEntries(
        fields.map(([name, field]) => [
          name,
          this.#described(field, describeField(schema.go, name, this.descriptions)),
        ]),
      ),
    };
  }

  #described(schema: FieldSchema, description: string): Definition {
    const type = this.#type(schema);
    if ('$ref' in type) return { description, allOf: [type], default: {} };
    return { description, ...type, ...(schema.enum ? { enum: schema.enum.toSorted() } : {}) };
  }

  #type(schema: FieldSchema): Definition {
    const name = this.names.nameOf(schema);
    if (name !== undefined) {
      if (schema.properties) this.add(schema);
      else this.all[name] ??= SCALARS[schema.type] ?? {};
      return { $ref: this.ref(name) };
    }
    switch (schema.type) {
      case 'array':
        return {
          type: 'array',
          items: schema.items ? this.#type(schema.items) : {},
          'x-kubernetes-list-type': schema.mergeKey ? 'map' : schema.mergeKey === '' ? 'set' : 'atomic',
          ...(schema.mergeKey
            ? {
                'x-kubernetes-patch-merge-key': schema.mergeKey,
                'x-kubernetes-patch-strategy': 'merge',
              }
            : {}),
        };
      case 'map':
        return { type: 'object', additionalProperties: schema.items ? this.#type(schema.items) : {} };
      case 'integer':
        return { type: 'integer', format: schema.go === 'int64' ? 'int64' : 'int32' };
      case 'any':
        return { type: 'object' };
      default:
        return { type: schema.type };
    }
  }
}

const SCALARS: Readonly<Record<string, Definition>> = {
  'int-or-string': {
    description: 'A whole number or a text: a port by its number or by its name, a count or a percentage.',
    format: 'int-or-string',
    oneOf: [{ type: 'integer' }, { type: 'string' }],
  },
  quantity: {
    description: 'An amount as a number with an optional unit, such as 500m, 2 or 128Mi.',
    oneOf: [{ type: 'string' }, { type: 'number' }],
  },
  string: { description: 'An instant, as RFC 3339 writes it.', type: 'string', format: 'date-time' },
};

const LIST_META: Definition = {
  description: 'What a list says of itself.',
  type: 'object',
  properties: {
    continue: { description: 'With this the rest of a list in pieces is asked for.', type: 'string' },
    remainingItemCount: {
      description: 'How many objects follow, if that is known.',
      type: 'integer',
      format: 'int64',
    },
    resourceVersion: { description: 'The state that the list shows.', type: 'string' },
    selfLink: { description: 'No longer used.', type: 'string' },
  },
};
