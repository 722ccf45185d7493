// `diff -u`: hunks with three lines around.

interface Edit {
  readonly sign: ' ' | '-' | '+';
  readonly line: string;
}

const CONTEXT = 3;

/** The hunks between two texts; "" if they are equal. */
export function unifiedDiff(before: string, after: string): string {
  const edits = editsOf(linesOf(before), linesOf(after));
  let out = '';
  let at = 0;
  let [oldLine, newLine] = [1, 1];
  while (at < edits.length) {
    const first = edits.findIndex((e, i) => i >= at && e.sign !== ' ');
    if (first < 0) break;
    const start = Math.max(at, first - CONTEXT);
    for (const e of edits.slice(at, start)) [oldLine, newLine] = advanced(e, oldLine, newLine);
    const end = endOf(edits, first);
    const hunk = edits.slice(start, end);
    const [olds, news] = [
      hunk.filter((e) => e.sign !== '+').length,
      hunk.filter((e) => e.sign !== '-').length,
    ];
    out += `@@ -${range(oldLine, olds)} +${range(newLine, news)} @@\n${hunk.map((e) => `${e.sign}${e.line}\n`).join('')}`;
    for (const e of hunk) [oldLine, newLine] = advanced(e, oldLine, newLine);
    at = end;
  }
  return out;
}

const linesOf = (text: string): readonly string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'));
const range = (line: number, count: number): string =>
  count === 1 ? String(line) : `${count === 0 ? line - 1 : line},${count}`;
const advanced = ({ sign }: Edit, o: number, n: number): [number, number] => [
  o + (sign === '+' ? 0 : 1),
  n + (sign === '-' ? 0 : 1),
];

function endOf(edits: readonly Edit[], first: number): number {
  let last = first;
  for (let i = first; i < edits.length && i - last <= 2 * CONTEXT; i++) if (edits[i]?.sign !== ' ') last = i;
  return Math.min(edits.length, last + 1 + CONTEXT);
}

/** The longest common subsequence; deletions before insertions. */
function editsOf(a: readonly string[], b: readonly string[]): readonly Edit[] {
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (
    tail < a.length - head &&
    tail < b.length - head &&
    a[a.length - 1 - tail] === b[b.length - 1 - tail]
  )
    tail++;
  const same = (list: readonly string[]): readonly Edit[] => list.map((line) => ({ sign: ' ', line }));
  const middle = lcs(a.slice(head, a.length - tail), b.slice(head, b.length - tail));
  return [...same(a.slice(0, head)), ...middle, ...same(a.slice(a.length - tail))];
}

function lcs(a: readonly string[], b: readonly string[]): readonly Edit[] {
  const lengths = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1));
  const at = (i: number, j: number): number => lengths[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--) {
      const row = lengths[i];
      if (row) row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  const edits: Edit[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [x, y] = [a[i], b[j]];
    if (x !== undefined && x === y) {
      edits.push({ sign: ' ', line: x });
      i++;
      j++;
    } else if (x !== undefined && (y === undefined || at(i + 1, j) >= at(i, j + 1))) {
      edits.push({ sign: '-', line: x });
      i++;
    } else {
      edits.push({ sign: '+', line: y ?? '' });
      j++;
    }
  }
  return edits;
}
