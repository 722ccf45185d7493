// `-o`: which printer prints an object (k8s.io/cli-runtime pkg/genericclioptions PrintFlags), for all commands but `get`.
import type { KubeJson } from '../api/client';
import type { Mapper } from '../api/mapper';
import { kindName } from '../api/mapper';
import { Failure } from '../run/errors';
import type { Session } from '../run/session';
import { goQuote } from './go-quote';
import { goTemplate } from './go-template';
import { jsonText, sortedKeys } from './json';
import { JsonPath, resultsText } from './jsonpath';
import { goString } from './go-value';
import { typedOrder } from './typed';
import { yamlText } from './yaml';

/** Prints one object (a list is one). */
export type Printer = (object: KubeJson) => void;

export const STANDARD_FORMATS: readonly string[] = [
  'go-template',
  'go-template-file',
  'json',
  'jsonpath',
  'jsonpath-as-json',
  'jsonpath-file',
  'name',
  'template',
  'templatefile',
  'yaml',
];

const TEMPLATES = [
  'go-template-file',
  'go-template',
  'templatefile',
  'template',
  'jsonpath-as-json',
  'jsonpath-file',
  'jsonpath',
];

export const noPrinter = (format: string, allowed: readonly string[]): Failure =>
  new Failure(
    `unable to match a printer suitable for the output format "${format}", allowed formats are: ${allowed.join(',')}`,
  );

export interface PrinterOptions {
  /** `created`, `configured (dry run)`: printed behind the name. */
  readonly operation?: string;
  /** Typed objects keep the order of their fields in JSON. */
  readonly typed?: boolean;
  readonly allowed?: readonly string[];
}

/** The printer for -o and --template. Without -o: `service/x created`. */
export function printerFor(k: Session, options: PrinterOptions = {}): Printer {
  const format = k.flags.text('output');
  const template = k.flags.text('template');
  const allowed = options.allowed ?? STANDARD_FORMATS;
  const found = templateFormat(format, template);
  if (found) return templatePrinter(k, found.name, found.text);
  switch (format) {
    case '':
      return namePrinter(k, options.operation ?? '');
    case 'name':
      return namePrinter(k, '');
    case 'yaml':
      return yamlPrinter(k);
    case 'json':
      return (object) => {
        const shown = withoutManaged(k, object);
        k.out(`${jsonText(options.typed ? typedOrder(shown, k.context.cluster.k8s) : sortedKeys(shown))}\n`);
      };
    default:
      throw noPrinter(format, allowed);
  }
}

/** "jsonpath={.x}" → jsonpath with its text. */
export function templateFormat(
  format: string,
  template: string,
): { readonly name: string; readonly text: string } | undefined {
  if (format === '' && template !== '') return { name: 'go-template', text: template };
  for (const name of TEMPLATES) {
    if (format === name && template !== '') return { name, text: template };
    if (format === name) return { name, text: '' };
    if (format.startsWith(`${name}=`)) return { name, text: format.slice(name.length + 1) };
  }
  return undefined;
}

/** A printer for one of the template formats. */
export function templatePrinter(k: Session, name: string, given: string): Printer {
  if (given === '') throw new Failure(`template format specified but no template given`);
  let text = given;
  if (name.endsWith('file')) {
    const read = k.context.files.read(given);
    if (read === undefined)
      throw new Failure(`error reading --template ${given}, open ${given}: no such file or directory\n`);
    text = read;
  }
  const missing = k.flags.bool('allow-missing-template-keys');
  if (name.startsWith('jsonpath')) return jsonPathPrinter(k, text, name === 'jsonpath-as-json', missing);
  const run = goTemplate(text, missing);
  return (object) => {
    const { output, error } = run(withoutManaged(k, object));
    k.out(output);
    if (error === undefined) return;
    k.out(
      `Error executing template: ${error}. Printing more information for debugging the template:\n\ttemplate was:\n\t\t${text}\n\traw data was:\n\t\t${jsonText(sortedKeys(object), '')}\n\tobject given to template engine was:\n\t\t${goString(object)}\n\n`,
    );
    throw new Failure(`error executing template ${goQuote(text)}: ${error}`);
  };
}

function jsonPathPrinter(k: Session, text: string, asJson: boolean, missing: boolean): Printer {
  let path: JsonPath;
  try {
    path = new JsonPath(text, { allowMissingKeys: missing });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw new Failure(`error parsing jsonpath ${text}, ${error.message}`);
  }
  return (object) => {
    const shown = withoutManaged(k, object);
    try {
      k.out(resultsText(path.find(shown), asJson));
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      throw new Failure(`error executing jsonpath "${text}": ${debugText(error.message, text, shown)}\n`);
    }
  };
}

const debugText = (message: string, template: string, object: unknown): string =>
  `Error executing template: ${message}. Printing more information for debugging the template:\n\ttemplate was:\n\t\t${template}\n\tobject given to jsonpath engine was:\n\t\t${goDetail(object)}\n\n`;

/** fmt's %#v of decoded JSON. */
export function goDetail(value: unknown): string {
  if (value === null || value === undefined) return 'interface {}(nil)';
  if (Array.isArray(value)) return `[]interface {}{${value.map(goDetail).join(', ')}}`;
  if (typeof value === 'object') {
    const pairs = Object.entries(sortedObject(value)).map(([k, v]) => `${JSON.stringify(k)}:${goDetail(v)}`);
    return `map[string]interface {}{${pairs.join(', ')}}`;
  }
  return typeof value === 'string' ? JSON.stringify(value) : String(value as number | boolean);
}

const sortedObject = (value: object): object =>
  Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));

/** YAML documents; from the second on with `---` between them. */
export function yamlPrinter(k: Session): Printer {
  let printed = 0;
  return (object) => {
    if (printed++ > 0) k.out('---\n');
    k.out(yamlText(withoutManaged(k, object)));
  };
}

/** `service/x created`; each item of a list on a line. */
export function namePrinter(k: Session, operation: string): Printer {
  return (object) => {
    const items = object['items'];
    for (const item of Array.isArray(items) ? (items as KubeJson[]) : [object]) {
      const name = `${nameOf(k.mapper, item)}/${item.metadata?.name || '<unknown>'}`;
      k.out(operation === '' ? `${name}\n` : `${name} ${operation}\n`);
    }
  };
}

function nameOf(_: Mapper, { apiVersion, kind }: KubeJson): string {
  const group = apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';
  return kindName({ group, kind });
}

/** managedFields are left out unless asked for (json and yaml; templates too). */
export function withoutManaged(k: Session, object: KubeJson): KubeJson {
  if (k.flags.bool('show-managed-fields')) return object;
  return stripManaged(object);
}

function stripManaged(object: KubeJson): KubeJson {
  const items = object['items'];
  if (Array.isArray(items)) return { ...object, items: (items as KubeJson[]).map(stripManaged) };
  if (object.metadata?.managedFields === undefined) return object;
  const { managedFields: _, ...metadata } = object.metadata;
  return { ...object, metadata };
}
