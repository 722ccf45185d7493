// Patterns of the shell (POSIX.1-2017, 2.13): * ? [set]. Matching goes back to the last star only, so no pattern takes long.
import type { Files } from '../types';

export interface Segment {
  readonly text: string;
  /** Quoted characters stand for themselves. */
  readonly quoted: boolean;
}

type Token =
  | { readonly kind: 'char'; readonly char: string }
  | { readonly kind: 'one' }
  | { readonly kind: 'star' }
  | { readonly kind: 'set'; readonly negated: boolean; readonly test: (char: string) => boolean };

export type Glob = readonly Token[];

const CLASSES: Readonly<Record<string, RegExp>> = {
  alpha: /[A-Za-z]/,
  digit: /[0-9]/,
  alnum: /[A-Za-z0-9]/,
  upper: /[A-Z]/,
  lower: /[a-z]/,
  space: /\s/,
  punct: /[!-/:-@[-`{-~]/,
  xdigit: /[0-9A-Fa-f]/,
};

/** The pattern of a text with quoted parts. */
export function parseGlob(segments: readonly Segment[]): Glob {
  const tokens: Token[] = [];
  for (const { text, quoted } of segments) {
    if (quoted) {
      for (const char of text) tokens.push({ kind: 'char', char });
      continue;
    }
    for (let i = 0; i < text.length; i++) {
      const char = text[i] ?? '';
      const set = char === '[' ? setAt(text, i) : undefined;
      if (char === '*') {
        if (tokens.at(-1)?.kind !== 'star') tokens.push({ kind: 'star' });
      } else if (char === '?') tokens.push({ kind: 'one' });
      else if (set) {
        tokens.push(set.token);
        i = set.end;
      } else tokens.push({ kind: 'char', char });
    }
  }
  return tokens;
}

export const isPattern = (glob: Glob): boolean => glob.some((t) => t.kind !== 'char');

function setAt(text: string, open: number): { readonly token: Token; readonly end: number } | undefined {
  let i = open + 1;
  const negated = text[i] === '!' || text[i] === '^';
  if (negated) i++;
  const tests: ((char: string) => boolean)[] = [];
  for (let first = true; first || text[i] !== ']'; first = false) {
    const char = text[i];
    if (char === undefined) return undefined;
    const named = /^\[:(\w+):\]/.exec(text.slice(i, i + 12));
    const pattern = CLASSES[named?.[1] ?? ''];
    if (named && pattern) {
      tests.push((c) => pattern.test(c));
      i += named[0].length;
    } else if (text[i + 1] === '-' && text[i + 2] !== undefined && text[i + 2] !== ']') {
      const to = text[i + 2] ?? '';
      tests.push((c) => c >= char && c <= to);
      i += 3;
    } else {
      tests.push((c) => c === char);
      i++;
    }
  }
  return { token: { kind: 'set', negated, test: (c) => tests.some((t) => t(c)) }, end: i };
}

/** Whether a pattern matches a whole text. */
export function matchesGlob(glob: Glob, text: string): boolean {
  let [g, t, star, mark] = [0, 0, -1, 0];
  while (t < text.length) {
    const token = glob[g];
    if (token?.kind === 'star') {
      star = g++;
      mark = t;
    } else if (token && matchesOne(token, text[t] ?? '')) {
      g++;
      t++;
    } else if (star >= 0) {
      g = star + 1;
      t = ++mark;
    } else return false;
  }
  while (glob[g]?.kind === 'star') g++;
  return g === glob.length;
}

function matchesOne(token: Exclude<Token, { kind: 'star' }>, char: string): boolean {
  if (token.kind === 'one') return true;
  return token.kind === 'char' ? token.char === char : token.test(char) !== token.negated;
}

/** Lengths of the shortest and of the longest match that begins at an index; undefined: none. */
export function matchLengths(
  glob: Glob,
  text: string,
  from = 0,
): { readonly shortest: number; readonly longest: number } | undefined {
  let reached = closure(glob, new Set([0]));
  let shortest: number | undefined;
  let longest = 0;
  for (let length = 0; ; length++) {
    if (reached.has(glob.length)) {
      shortest ??= length;
      longest = length;
    }
    const char = text[from + length];
    if (char === undefined || reached.size === 0) break;
    const next = new Set<number>();
    for (const at of reached) {
      const token = glob[at];
      if (token?.kind === 'star') next.add(at);
      else if (token && matchesOne(token, char)) next.add(at + 1);
    }
    reached = closure(glob, next);
  }
  return shortest === undefined ? undefined : { shortest, longest };
}

/** A star may match nothing. */
function closure(glob: Glob, reached: Set<number>): Set<number> {
  for (const at of reached) if (glob[at]?.kind === 'star') reached.add(at + 1);
  return reached;
}

/** The existing paths that a pattern names, sorted; none if it names none. */
export function matchingPaths(segments: readonly Segment[], files: Files): string[] {
  const parts: Segment[][] = [[]];
  for (const { text, quoted } of segments)
    for (const [i, piece] of text.split('/').entries()) {
      if (i > 0) parts.push([]);
      if (piece !== '') parts.at(-1)?.push({ text: piece, quoted });
    }
  const absolute = parts.length > 1 && parts[0]?.length === 0;
  let paths = [absolute ? '/' : ''];
  for (const part of parts.filter((p) => p.length > 0)) {
    const glob = parseGlob(part);
    const name = part.map((s) => s.text).join('');
    paths = paths.flatMap((path) => {
      const join = (entry: string): string => (path === '' || path === '/' ? path : `${path}/`) + entry;
      if (!isPattern(glob)) return files.kind(join(name)) ? [join(name)] : [];
      const hidden = name.startsWith('.');
      return files
        .list(path === '' ? '.' : path)
        .filter((entry) => (hidden || !entry.startsWith('.')) && matchesGlob(glob, entry))
        .map(join);
    });
  }
  return paths.filter((p) => p !== '' && p !== '/').sort();
}
