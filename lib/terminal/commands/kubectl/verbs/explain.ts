// kubectl explain: k8s.io/kubectl pkg/explain/v2, its plaintext template.
import type { Mapping } from '../api/mapper';
import { byBytes } from '../print/json';
import { Exit, Failure } from '../run/errors';
import type { Session } from '../run/session';

interface Schema {
  readonly description?: string;
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly items?: Schema;
  readonly additionalProperties?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly 'x-kubernetes-group-version-kind'?: readonly {
    readonly group: string;
    readonly version: string;
    readonly kind: string;
  }[];
}

interface Document {
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> };
}

/** Columns of text behind its indent of four. */
const WIDTH = 76;

export function explain(k: Session): number {
  const { args, flags } = k;
  const [text] = args;
  if (text === undefined)
    throw new Failure(
      'You must specify the type of resource to explain. Use "kubectl api-resources" for a complete list of supported resources.',
    );
  if (args.length > 1) throw new Failure('We accept only this format: explain RESOURCE');
  const output = flags.text('output');
  if (output !== 'plaintext' && output !== 'plaintext-openapiv2')
    throw new Failure(`unrecognized format: ${output}`);
  const { mapping, path } = resourceAndPath(k, text);
  const documentPath =
    mapping.group === ''
      ? `/openapi/v3/api/${mapping.version}`
      : `/openapi/v3/apis/${mapping.group}/${mapping.version}`;
  const document = k.client.get<Document>(documentPath);
  const book = new Book(document, k.differences.explainEnums, k.differences.explainFieldGap);
  const top = book.ofKind(mapping);
  if (!top)
    throw new Failure(
      `GVR (${mapping.group}/${mapping.version}, Resource=${mapping.resource}) not found in OpenAPI schema`,
    );
  if (mapping.group !== '') k.out(`GROUP:      ${mapping.group}\n`);
  k.out(`KIND:       ${mapping.kind}\nVERSION:    ${mapping.version}\n\n`);
  let schema = top;
  for (const name of path) {
    const next = book.propertiesOf(schema)?.[name];
    if (!next) throw new Failure(`field "${name}" does not exist`);
    schema = next;
  }
  const field = path.at(-1);
  if (field !== undefined) k.out(book.fieldHead(field, schema));
  k.out(`DESCRIPTION:\n${book.description(schema)}`);
  const fields = book.fields(schema, flags.bool('recursive'));
  k.out(fields === '' ? '\n' : `FIELDS:\n${fields}\n`);
  return 0;
}

function resourceAndPath(
  k: Session,
  text: string,
): { readonly mapping: Mapping; readonly path: readonly string[] } {
  const [type = '', ...path] = text.replace(/\.$/, '').split('.');
  const wanted = k.flags.text('api-version');
  const whole = path.length > 0 ? k.mapper.find(text) : undefined;
  const [mapping, rest] = whole && !k.mapper.find(type) ? [whole, []] : [k.mapper.find(type), path];
  if (!mapping) throw new Exit(`the server doesn't have a resource type "${type}"\n`);
  if (wanted === '') return { mapping, path: rest };
  const [group, version] = wanted.includes('/') ? (wanted.split('/') as [string, string]) : ['', wanted];
  const other = k.mapper.all.find(
    (m) => m.group === group && m.version === version && m.resource === mapping.resource,
  );
  if (!other)
    throw new Failure(`couldn't find resource for "${group}/${version}, Resource=${mapping.resource}"`);
  return { mapping: other, path: rest };
}

/** The schemas of one group version. */
class Book {
  readonly #schemas: Readonly<Record<string, Schema>>;

  constructor(
    document: Document,
    readonly enums: boolean,
    readonly gap: boolean,
  ) {
    this.#schemas = document.components?.schemas ?? {};
  }

  ofKind({ group, version, kind }: Mapping): Schema | undefined {
    return Object.values(this.#schemas).find((s) =>
      s['x-kubernetes-group-version-kind']?.some(
        (g) => g.group === group && g.version === version && g.kind === kind,
      ),
    );
  }

  #resolved(ref: string): Schema | undefined {
    return this.#schemas[ref.split('/').at(-1) ?? ''];
  }

  /** Schemas that a schema leads to: what it refers to, its items, its values. */
  #inner(schema: Schema): readonly Schema[] {
    const target = schema.$ref === undefined ? undefined : this.#resolved(schema.$ref);
    return [...(schema.allOf ?? []), target, schema.items, schema.additionalProperties].filter(
      (s) => s !== undefined,
    );
  }

  propertiesOf(schema: Schema): Readonly<Record<string, Schema>> | undefined {
    if (schema.properties) return schema.properties;
    for (const inner of this.#inner(schema)) {
      const found = this.propertiesOf(inner);
      if (found) return found;
    }
    return undefined;
  }

  #requiredOf(schema: Schema): readonly string[] {
    if (schema.properties) return schema.required ?? [];
    return this.#inner(schema).flatMap((inner) => this.#requiredOf(inner));
  }

  typeOf(schema: Schema): string {
    if (schema.items) return `[]${this.typeOf(schema.items)}`;
    if (schema.additionalProperties) return `map[string]${this.typeOf(schema.additionalProperties)}`;
    if (schema.type !== undefined && schema.type !== 'object' && schema.$ref === undefined)
      return schema.type;
    const ref = schema.$ref ?? schema.allOf?.find((s) => s.$ref !== undefined)?.$ref;
    if (ref !== undefined) {
      const plain = this.#resolved(ref)?.type;
      return plain !== undefined && plain !== 'object' ? plain : (ref.split('.').at(-1) ?? '');
    }
    return schema.type === undefined || schema.type === 'object' ? 'Object' : schema.type;
  }

  fieldHead(name: string, schema: Schema): string {
    const head = `FIELD: ${name} <${this.typeOf(schema)}>\n`;
    const values = this.enums ? (schema.enum ?? []) : [];
    if (values.length > 0) return `${head}ENUM:\n${values.map((v) => `    ${enumValue(v)}\n`).join('')}\n`;
    return `${head}${this.gap ? '\n\n' : '\n'}`;
  }

  /** All that is said of a schema and what it leads to. */
  description(schema: Schema): string {
    const texts = this.#descriptions(schema);
    if (texts.length === 0) return '    <empty>\n';
    return `${texts.map(wrapped).join('')}    \n`;
  }

  #descriptions(schema: Schema): readonly string[] {
    const own = schema.description ? [schema.description] : [];
    return [...own, ...this.#inner(schema).flatMap((inner) => this.#descriptions(inner))];
  }

  fields(schema: Schema, recursive: boolean, indent = '  ', above: readonly object[] = []): string {
    const properties = this.propertiesOf(schema);
    if (!properties || above.includes(properties)) return '';
    const required = this.#requiredOf(schema);
    return Object.keys(properties)
      .sort(byBytes)
      .map((name) => {
        const field = properties[name] ?? {};
        const mark = required.includes(name) ? ' -required-' : '';
        let text = `${indent}${name}\t<${this.typeOf(field)}>${mark}\n`;
        if (this.enums && field.enum?.length) text += `${indent}enum: ${enumText(field.enum)}\n`;
        if (recursive) return text + this.fields(field, true, `${indent}  `, [...above, properties]);
        const [first = '<no description>'] = this.#descriptions(field);
        return `${text}${wrapped(first)}\n`;
      })
      .join('');
  }
}

/** Four values at most. */
function enumText(values: readonly string[]): string {
  const shown = values.map(enumValue);
  return shown.length > 4 ? `${shown.slice(0, 4).join(', ')}, ....` : shown.join(', ');
}

const enumValue = (value: string): string => (value === '' ? '""' : value);

/** Words filled into lines. */
function wrapped(text: string): string {
  return text
    .split('\n')
    .flatMap((paragraph) => {
      const lines: string[] = [''];
      for (const word of paragraph.split(' ')) {
        const last = lines.at(-1) ?? '';
        if (last === '') lines[lines.length - 1] = word;
        else if ([...last].length + 1 + [...word].length <= WIDTH)
          lines[lines.length - 1] = `${last} ${word}`;
        else lines.push(word);
      }
      return lines;
    })
    .map((line) => `    ${line}\n`)
    .join('');
}
