// The piece of a text that shows why it was found, with the words that matched marked.

export interface Piece {
  readonly text: string;
  readonly marked: boolean;
}

const BEFORE = 24;
const LENGTH = 120;

/** Around the first match; from the beginning if there is none. */
export function excerpt(text: string, terms: readonly string[]): readonly Piece[] {
  const spots = spotsOf(text, terms);
  const first = spots[0]?.from ?? 0;
  const from = first <= BEFORE ? 0 : wordStart(text, first - BEFORE);
  const to = from + LENGTH >= text.length ? text.length : wordStart(text, from + LENGTH);
  const pieces: Piece[] = [];
  const add = (piece: string, marked: boolean): void => {
    if (piece !== '') pieces.push({ text: piece, marked });
  };
  let at = from;
  for (const spot of spots) {
    if (spot.from < at || spot.to > to) continue;
    add(text.slice(at, spot.from), false);
    add(text.slice(spot.from, spot.to), true);
    at = spot.to;
  }
  add(text.slice(at, to).trimEnd(), false);
  if (from > 0) pieces.unshift({ text: '… ', marked: false });
  if (to < text.length) pieces.push({ text: ' …', marked: false });
  return pieces;
}

interface Spot {
  readonly from: number;
  readonly to: number;
}

/** Where the words stand, in order; those that touch or overlap are one. */
function spotsOf(text: string, terms: readonly string[]): readonly Spot[] {
  const lower = text.toLowerCase();
  // A letter whose small form is longer would shift all that follows.
  if (lower.length !== text.length) return [];
  const all: Spot[] = [];
  for (const term of terms)
    for (let at = lower.indexOf(term); at >= 0 && term !== ''; at = lower.indexOf(term, at + 1))
      all.push({ from: at, to: at + term.length });
  all.sort((a, b) => a.from - b.from || b.to - a.to);
  const merged: Spot[] = [];
  for (const spot of all) {
    const last = merged.at(-1);
    if (!last || spot.from > last.to) merged.push(spot);
    else merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, spot.to) };
  }
  return merged;
}

/** Not in the middle of a Latin word. */
function wordStart(text: string, at: number): number {
  const rest = /^[\w-]{0,20}/.exec(text.slice(at))?.[0] ?? '';
  const start = /[\w-]$/.test(text.slice(0, at)) ? at + rest.length : at;
  return text[start] === ' ' ? start + 1 : start;
}
