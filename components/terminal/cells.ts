// How many cells of the terminal a text takes, and where it wraps: the same widths as xterm.js counts (UnicodeV6 of its source,
// after Markus Kuhn's wcwidth), because the line editor moves the cursor over what xterm has drawn.

const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2329, 0x232a],
  [0x2e80, 0x303e],
  [0x3040, 0xa4cf],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x20000, 0x2fffd],
  [0x30000, 0x3fffd],
];
const NONE = /^[\p{Mn}\p{Me}\u200b-\u200f\u202a-\u202e\u2060-\u2063\ufeff]$/u;

/** Cells of one character: 0 for a combining mark, 2 for a wide one, 1 for all others. */
export function cellWidth(char: string): 0 | 1 | 2 {
  const code = char.codePointAt(0) ?? 0;
  if (code < 0x300) return code < 0x20 || (code >= 0x7f && code < 0xa0) ? 0 : 1;
  if (NONE.test(char)) return 0;
  return WIDE.some(([from, to]) => code >= from && code <= to) ? 2 : 1;
}

export const textWidth = (text: string): number =>
  [...text].reduce<number>((sum, char) => sum + cellWidth(char), 0);

export interface Place {
  readonly row: number;
  readonly column: number;
}

/** Where the cursor stands after a text that begins at column 0, in a terminal of so many columns. "\n" begins a new row. */
export function placeAfter(text: string, columns: number): Place {
  let [row, column] = [0, 0];
  for (const char of text) {
    if (char === '\n') {
      row++;
      column = 0;
      continue;
    }
    const width = cellWidth(char);
    // A wide character that does not fit stands whole on the next row.
    if (column + width > columns) {
      row++;
      column = 0;
    }
    column += width;
  }
  return column >= columns ? { row: row + 1, column: 0 } : { row, column };
}

const segments = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The next boundary between characters as people see them. */
export function after(text: string, at: number): number {
  const [first] = segments.segment(text.slice(at, at + 32));
  return Math.min(text.length, at + (first?.segment.length ?? 0));
}

/** The boundary before. */
export function before(text: string, at: number): number {
  const from = Math.max(0, at - 32);
  const last = [...segments.segment(text.slice(from, at))].at(-1);
  return last ? from + last.index : 0;
}
