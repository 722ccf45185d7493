// Go's text/tabwriter as kubectl uses it (spaces, left-aligned): a column is a run of consecutive lines that have a tab-ended cell
// in it, and is as wide as its widest cell plus padding. Widths may be remembered from one flush to the next (liggitt/tabwriter).

export interface TabWriterOptions {
  readonly minWidth: number;
  readonly padding: number;
}

/** `describe`: tabwriter.NewWriter(out, 0, 8, 2, ' ', 0). */
export const DESCRIBE: TabWriterOptions = { minWidth: 0, padding: 2 };
/** `get` of several columns: printers.GetNewTabWriter(6, 4, 3, ' '). */
export const GET: TabWriterOptions = { minWidth: 6, padding: 3 };

/** Aligns a text whose cells end in tabs. */
export function alignTabs(text: string, options: TabWriterOptions): string {
  return new TabWriter(options, false).align(text);
}

/** A writer that aligns text piece by piece, no column narrower than it once was (the RememberWidths flag). */
export class TabWriter {
  #maxWidths: number[] = [];

  constructor(
    readonly options: TabWriterOptions,
    readonly remembers = true,
  ) {}

  /** Writes and flushes. */
  align(text: string): string {
    const lines = text.split('\n').map((line) => line.split('\t'));
    const out: string[] = [];
    this.#format(lines, 0, lines.length, [], out);
    return out.join('\n');
  }

  forget(): void {
    this.#maxWidths = [];
  }

  #format(
    lines: readonly (readonly string[])[],
    start: number,
    end: number,
    widths: readonly number[],
    out: string[],
  ): void {
    const column = widths.length;
    let printed = start;
    for (let at = start; at < end; at++) {
      if (!hasCell(lines[at], column)) continue;
      for (; printed < at; printed++) out.push(writeLine(lines[printed] ?? [], widths));
      let width = this.options.minWidth;
      let last = at;
      for (; last < end && hasCell(lines[last], column); last++)
        width = Math.max(width, widthOf(lines[last]?.[column] ?? '') + this.options.padding);
      width = this.#remembered(column, width);
      this.#format(lines, at, last, [...widths, width], out);
      printed = last;
      at = last - 1;
    }
    for (; printed < end; printed++) out.push(writeLine(lines[printed] ?? [], widths));
  }

  #remembered(column: number, width: number): number {
    if (!this.remembers) return width;
    const widest = Math.max(width, this.#maxWidths[column] ?? 0);
    this.#maxWidths[column] = widest;
    return widest;
  }
}

/** The text after the last tab is no cell. */
const hasCell = (line: readonly string[] | undefined, column: number): boolean =>
  column < (line?.length ?? 0) - 1;
/** utf8.RuneCountInString: a character counts one, however wide it is drawn. */
const widthOf = (text: string): number => [...text].length;

function writeLine(cells: readonly string[], widths: readonly number[]): string {
  let line = '';
  for (const [i, cell] of cells.entries()) {
    line += cell;
    const width = widths[i];
    if (width !== undefined && i < cells.length - 1) line += ' '.repeat(Math.max(0, width - widthOf(cell)));
  }
  return line;
}
