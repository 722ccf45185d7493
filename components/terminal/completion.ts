// Tab: as much as all candidates share is put in; where nothing is left to put in, the candidates are listed, as a shell does.
import { textWidth } from './cells';
import { insert, type Line } from './line-editor';

export interface Completion {
  /** Where the word begins that the candidates replace. */
  readonly from: number;
  readonly candidates: readonly string[];
}

export interface Completed {
  readonly line: Line;
  /** Candidates to show below the line. */
  readonly list: readonly string[];
}

/** A candidate that something may follow at once: a folder, `--selector=`. */
const isOpen = (word: string): boolean => /[/=:,]$/.test(word);

export function complete(line: Line, { from, candidates }: Completion): Completed {
  const [only = ''] = candidates;
  const word = line.text.slice(from, line.cursor);
  if (!candidates.length) return { line, list: [] };
  const shared = candidates.reduce(sharedPrefix);
  const whole = candidates.length === 1 && !isOpen(only) ? `${only} ` : shared;
  if (whole.length > word.length && whole.startsWith(word))
    return { line: insert(line, whole.slice(word.length)), list: [] };
  return { line, list: candidates.length > 1 ? candidates : [] };
}

function sharedPrefix(a: string, b: string): string {
  let end = 0;
  while (end < a.length && a[end] === b[end]) end++;
  return a.slice(0, end);
}

const GAP = 2;
const MOST = 200;

/** Candidates in columns, read downwards, as bash lists them; a long list ends with how many are left out. */
export function listed(candidates: readonly string[], columns: number): string {
  const shown = candidates.slice(0, MOST);
  const width = Math.max(...shown.map(textWidth)) + GAP;
  const across = Math.max(1, Math.floor(columns / width));
  const rows = Math.ceil(shown.length / across);
  const lines = Array.from({ length: rows }, (_, row) =>
    shown
      .filter((_candidate, i) => i % rows === row)
      .map((text, i, all) => (i < all.length - 1 ? text + ' '.repeat(width - textWidth(text)) : text))
      .join(''),
  );
  const left = candidates.length - shown.length;
  return [...lines, ...(left > 0 ? [`… +${left}`] : [])].map((text) => `${text}\r\n`).join('');
}
