// The smallest set of edits that turns one text into another, so that a change from outside (reset, "show me", a link
// of the lesson) leaves the cursor, the folding and the undo stack where they are.

/** Replaces [start, end) of the old text, in UTF-16 offsets. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Above this many line pairs a comparison line by line costs more than it saves. */
const MAX_PAIRS = 250_000;

/** Edits from `before` to `after`: ascending, not overlapping, empty if the texts are equal. */
export function minimalEdits(before: string, after: string): readonly TextEdit[] {
  return lineHunks(before, after)
    .map((hunk) => trimmed(hunk.offset, hunk.removed, hunk.inserted))
    .filter((edit) => edit.start < edit.end || edit.text !== '');
}

/** Runs of whole lines that differ, in the order of the texts; offsets count in `before`. */
export function lineHunks(before: string, after: string): readonly Hunk[] {
  if (before === after) return [];
  const a = linesOf(before);
  const b = linesOf(after);
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (
    tail < a.length - head &&
    tail < b.length - head &&
    a[a.length - 1 - tail] === b[b.length - 1 - tail]
  )
    tail++;
  const start = lengthOf(a.slice(0, head));
  return hunksOf(a.slice(head, a.length - tail), b.slice(head, b.length - tail)).map((hunk) => ({
    ...hunk,
    offset: start + hunk.offset,
  }));
}

/** The text after the edits. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let at = 0;
  for (const edit of edits) {
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at);
}

export interface Hunk {
  readonly offset: number;
  readonly removed: string;
  readonly inserted: string;
}

/** Lines with their ends, so that joining them gives the text back. */
const linesOf = (text: string): readonly string[] => text.split(/(?<=\n)/);

const lengthOf = (lines: readonly string[]): number => lines.reduce((sum, line) => sum + line.length, 0);

/** Runs of differing lines between the lines that both texts share (longest common subsequence). */
function hunksOf(a: readonly string[], b: readonly string[]): readonly Hunk[] {
  if (a.length * b.length > MAX_PAIRS) return [{ offset: 0, removed: a.join(''), inserted: b.join('') }];
  const lcs = commonLengths(a, b);
  const width = b.length + 1;
  const at = (i: number, j: number): number => lcs[i * width + j] ?? 0;
  const hunks: Hunk[] = [];
  let [i, j, offset] = [0, 0, 0];
  while (i < a.length || j < b.length) {
    const from = offset;
    let [removed, inserted] = ['', ''];
    while ((i < a.length || j < b.length) && !(i < a.length && j < b.length && a[i] === b[j])) {
      if (j >= b.length || (i < a.length && at(i + 1, j) >= at(i, j + 1))) removed += a[i++] ?? '';
      else inserted += b[j++] ?? '';
    }
    offset += removed.length;
    if (removed !== '' || inserted !== '') hunks.push({ offset: from, removed, inserted });
    while (i < a.length && j < b.length && a[i] === b[j]) {
      offset += (a[i] ?? '').length;
      i++;
      j++;
    }
  }
  return hunks;
}

/** [i][j] (flat): how many lines a[i…] and b[j…] share in order. */
function commonLengths(a: readonly string[], b: readonly string[]): Uint32Array {
  const width = b.length + 1;
  const table = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const skip = Math.max(table[(i + 1) * width + j] ?? 0, table[i * width + j + 1] ?? 0);
      table[i * width + j] = a[i] === b[j] ? (table[(i + 1) * width + j + 1] ?? 0) + 1 : skip;
    }
  }
  return table;
}

/** One hunk without the characters that it leaves alone at both ends. */
function trimmed(offset: number, removed: string, inserted: string): TextEdit {
  const max = Math.min(removed.length, inserted.length);
  let head = 0;
  while (head < max && removed[head] === inserted[head]) head++;
  let tail = 0;
  while (tail < max - head && removed[removed.length - 1 - tail] === inserted[inserted.length - 1 - tail])
    tail++;
  // Half of a surrogate pair is no character: give the whole pair to the edit.
  if (head > 0 && isHighSurrogate(removed.charCodeAt(head - 1))) head--;
  if (tail > 0 && isLowSurrogate(removed.charCodeAt(removed.length - tail))) tail--;
  return {
    start: offset + head,
    end: offset + removed.length - tail,
    text: inserted.slice(head, inserted.length - tail),
  };
}

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
const isLowSurrogate = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;
