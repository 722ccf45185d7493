// Go's text/tabwriter as kubectl uses it (spaces, left-aligned): a column is a run of consecutive lines that have a tab-ended cell
// in it, and is as wide as its widest cell plus padding.

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
  const lines = text.split('\n').map((line) => line.split('\t'));
  const out: string[] = [];
  format(lines, 0, lines.length, [], options, out);
  return out.join('\n');
}

function format(
  lines: readonly (readonly string[])[],
  start: number,
  end: number,
  widths: readonly number[],
  options: TabWriterOptions,
  out: string[],
): void {
  const column = widths.length;
  let printed = start;
  for (let at = start; at < end; at++) {
    if (!hasCell(lines[at], column)) continue;
    for (; printed < at; printed++) out.push(writeLine(lines[printed] ?? [], widths));
    let width = options.minWidth;
    let last = at;
    for (; last < end && hasCell(lines[last], column); last++)
      width = Math.max(width, widthOf(lines[last]?.[column] ?? '') + options.padding);
    format(lines, at, last, [...widths, width], options, out);
    printed = last;
    at = last - 1;
  }
  for (; printed < end; printed++) out.push(writeLine(lines[printed] ?? [], widths));
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
