// Two texts line by line, as a unified diff shows them: equal lines, lines of the one only, lines of the other only.
import { lineHunks } from './minimal-edits';

export type DiffRow =
  | { readonly kind: 'same'; readonly text: string; readonly left: number; readonly right: number }
  | { readonly kind: 'left'; readonly text: string; readonly left: number }
  | { readonly kind: 'right'; readonly text: string; readonly right: number }
  /** A run of equal lines that is not shown. */
  | { readonly kind: 'folded'; readonly lines: number; readonly left: number };

/** So many equal lines are shown around a difference. */
const CONTEXT = 3;

/** The rows of a diff; empty if the texts are equal. Line ends do not count. */
export function diffRows(left: string, right: string): readonly DiffRow[] {
  const [a, b] = [normal(left), normal(right)];
  if (a === b) return [];
  return folded(rowsOf(a, b));
}

const normal = (text: string): string => text.replace(/\r\n?/g, '\n').replace(/\n*$/, '\n');

function rowsOf(a: string, b: string): readonly DiffRow[] {
  const rows: DiffRow[] = [];
  let [offset, left, right] = [0, 1, 1];
  const same = (upTo: number): void => {
    for (const text of linesIn(a.slice(offset, upTo)))
      rows.push({ kind: 'same', text, left: left++, right: right++ });
    offset = upTo;
  };
  for (const { offset: start, removed, inserted } of lineHunks(a, b)) {
    same(start);
    for (const text of linesIn(removed)) rows.push({ kind: 'left', text, left: left++ });
    for (const text of linesIn(inserted)) rows.push({ kind: 'right', text, right: right++ });
    offset = start + removed.length;
  }
  same(a.length);
  return rows;
}

const linesIn = (text: string): readonly string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'));

/** Long runs of equal lines become one row. */
function folded(rows: readonly DiffRow[]): readonly DiffRow[] {
  const result: DiffRow[] = [];
  let run: DiffRow[] = [];
  const close = (isLast: boolean): void => {
    const head = result.length === 0 ? 0 : CONTEXT;
    const tail = isLast ? 0 : CONTEXT;
    const lines = run.length - head - tail;
    const first = run[head];
    if (lines > 1 && first?.kind === 'same')
      result.push(
        ...run.slice(0, head),
        { kind: 'folded', lines, left: first.left },
        ...run.slice(head + lines),
      );
    else result.push(...run);
    run = [];
  };
  for (const row of rows) {
    if (row.kind === 'same') run.push(row);
    else {
      if (run.length > 0) close(false);
      result.push(row);
    }
  }
  if (run.length > 0) close(true);
  return result;
}
