// Tables of the server as kubectl prints them: k8s.io/cli-runtime pkg/printers/tableprinter.go.
import type { KubeJson } from '../api/client';
import { kindName, type Mapping } from '../api/mapper';
import { goString } from './go-value';
import { byBytes } from './json';

export interface TableColumn {
  readonly name: string;
  readonly type: string;
  readonly format: string;
  readonly priority: number;
}

export interface TableRow {
  readonly cells: readonly unknown[];
  readonly object: KubeJson;
}

export interface Table {
  readonly kind: 'Table';
  readonly metadata?: { readonly resourceVersion?: string; readonly continue?: string };
  readonly columnDefinitions: readonly TableColumn[] | null;
  readonly rows: readonly TableRow[] | null;
}

export interface TableOptions {
  readonly wide: boolean;
  readonly noHeaders: boolean;
  readonly showLabels: boolean;
  readonly labelColumns: readonly string[];
  readonly withNamespace: boolean;
  /** Names as `service/x`. */
  readonly withKind: boolean;
}

/** Prints rows as tab-separated lines; what aligns them comes after. One printer for each kind of object. */
export class TablePrinter {
  #columns: readonly TableColumn[] = [];
  #headed = false;

  constructor(
    readonly options: TableOptions,
    readonly mapping: Mapping | undefined,
  ) {}

  /** The lines of a table; with an event, the word stands first. */
  lines(table: Table, event?: string): string {
    if (table.columnDefinitions) this.#columns = table.columnDefinitions;
    const rows = table.rows ?? [];
    if (rows.length === 0 && event === undefined) return '';
    const { noHeaders } = this.options;
    const head = noHeaders || this.#headed ? '' : `${this.#header(event !== undefined).join('\t')}\n`;
    this.#headed = true;
    return head + rows.map((row) => `${this.#row(row, event).join('\t')}\n`).join('');
  }

  #shown(): readonly (readonly [TableColumn, number])[] {
    return this.#columns
      .map((column, i) => [column, i] as const)
      .filter(([column]) => this.options.wide || column.priority === 0);
  }

  #header(withEvent: boolean): readonly string[] {
    const { withNamespace, labelColumns, showLabels } = this.options;
    return [
      ...(withEvent ? ['EVENT'] : []),
      ...(withNamespace ? ['NAMESPACE'] : []),
      ...this.#shown().map(([column]) => column.name.toUpperCase()),
      ...labelColumns.map((label) => (label.split('/').at(-1) ?? '').toUpperCase()),
      ...(showLabels ? ['LABELS'] : []),
    ];
  }

  #row({ cells, object }: TableRow, event: string | undefined): readonly string[] {
    const { withNamespace, withKind, labelColumns, showLabels } = this.options;
    const { metadata } = object ?? {};
    const labels = metadata?.labels ?? {};
    const prefix = withKind && this.mapping ? `${kindName(this.mapping)}/` : '';
    const nameAt = this.#columns.findIndex((c) => c.format === 'name' && c.type === 'string');
    return [
      ...(event === undefined ? [] : [event.padEnd(8)]),
      ...(withNamespace ? [metadata?.namespace ?? ''] : []),
      ...this.#shown().map(([, i]) => (i === nameAt ? prefix : '') + cellText(cells[i])),
      ...labelColumns.map((label) => labels[label] ?? ''),
      ...(showLabels ? [labelsText(labels)] : []),
    ];
  }
}

/** `a=b,c=d`, sorted, or `<none>`. */
export function labelsText(labels: Readonly<Record<string, string>> | undefined): string {
  const pairs = Object.entries(labels ?? {})
    .sort(([a], [b]) => byBytes(a, b))
    .map(([k, v]) => `${k}=${v}`);
  return pairs.length === 0 ? '<none>' : pairs.join(',');
}

function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell !== 'string') return goString(cell);
  const end = cell.search(/[\f\n\r]/);
  return end < 0 ? cell : `${cell.slice(0, end)}...`;
}
