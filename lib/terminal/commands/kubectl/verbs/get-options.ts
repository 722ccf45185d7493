// What the flags of `kubectl get` say, and the printers that they choose (k8s.io/kubectl pkg/cmd/get/get_flags.go).
import type { Mapping } from '../api/mapper';
import { columnsOf, columnsOfFile, customColumnsText } from '../print/custom-columns';
import { noPrinter, printerFor, STANDARD_FORMATS, templateFormat, type Printer } from '../print/printer';
import { TablePrinter } from '../print/tables';
import { Failure } from '../run/errors';
import type { Session } from '../run/session';
import type { SelectOptions } from '../resources/select';

export const GET_FORMATS: readonly string[] = [
  'custom-columns',
  'custom-columns-file',
  ...STANDARD_FORMATS.slice(0, 7),
  'template',
  'templatefile',
  'wide',
  'yaml',
];

/** What the flags of `get` say. */
export interface GetOptions extends SelectOptions {
  readonly format: string;
  readonly table: boolean;
  readonly sortBy: string;
  readonly subresource: string;
  readonly ignoreNotFound: boolean;
  readonly chunkSize: number;
}

/** The options of one run. */
export function getOptions(k: Session): GetOptions {
  const { flags } = k;
  const format = flags.text('output');
  const template = templateFormat(format, flags.text('template'));
  return {
    args: k.args,
    filenames: flags.list('filename'),
    recursive: flags.bool('recursive'),
    selector: flags.text('selector'),
    fieldSelector: flags.text('field-selector'),
    allNamespaces: flags.bool('all-namespaces'),
    all: true,
    format: template ? '' : format,
    table: template === undefined && (format === '' || format === 'wide'),
    sortBy: flags.text('sort-by'),
    subresource: flags.text('subresource'),
    ignoreNotFound: flags.bool('ignore-not-found'),
    chunkSize: flags.int('chunk-size'),
  };
}

/** Are several kinds printed? Then names say their kind. */
export function severalKinds(k: Session, mappings: readonly Mapping[]): boolean {
  return k.flags.bool('show-kind') || new Set(mappings.map((m) => `${m.group}/${m.kind}`)).size > 1;
}

export function tablePrinter(
  k: Session,
  mapping: Mapping,
  options: GetOptions,
  withKind: boolean,
): TablePrinter {
  const { flags } = k;
  return new TablePrinter(
    {
      wide: options.format === 'wide',
      noHeaders: flags.bool('no-headers'),
      showLabels: flags.bool('show-labels'),
      labelColumns: flags.list('label-columns'),
      withNamespace: (options.allNamespaces ?? false) && mapping.namespaced,
      withKind,
    },
    mapping,
  );
}

/** The printer of `get -o`: the standard ones and custom columns. */
export function objectPrinter(k: Session, { format }: GetOptions): Printer {
  const custom = /^custom-columns(-file)?(?:=([\s\S]*))?$/.exec(format);
  if (!custom) {
    if (format !== '' && !GET_FORMATS.includes(format)) throw noPrinter(format, GET_FORMATS);
    return printerFor(k, { allowed: GET_FORMATS });
  }
  const spec = custom[2] ?? k.flags.text('template');
  const columns = custom[1] === undefined ? columnsOf(spec) : columnsOfFile(fileText(k, spec));
  return (object) => {
    const { items } = object;
    const rows = Array.isArray(items) ? (items as readonly unknown[]) : [object];
    k.out(customColumnsText(columns, rows, !k.flags.bool('no-headers')));
  };
}

function fileText(k: Session, path: string): string {
  if (path === '') throw new Failure('custom-columns format specified but no custom columns given');
  const text = k.context.files.read(path);
  if (text === undefined)
    throw new Failure(`error reading template ${path}, open ${path}: no such file or directory\n`);
  return text;
}
