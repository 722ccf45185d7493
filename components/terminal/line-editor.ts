// The line that is being typed, as GNU readline edits it in its emacs mode: pure, one key at a time.
import { after, before } from './cells';
import type { KeyName } from './keys';
import { searchBack, type Line, type Search } from './line-search';

export type { Line };

/** What the line asks of the terminal. */
export type Effect = 'submit' | 'interrupt' | 'end-of-file' | 'complete' | 'clear' | 'bell';

export interface Edit {
  readonly line: Line;
  readonly effect?: Effect;
}

export const emptyLine = (history: readonly string[], kill = ''): Line => ({
  text: '',
  cursor: 0,
  kill,
  history,
  at: history.length,
  draft: '',
  search: null,
});

/** The longest line that is taken; what is typed or pasted beyond is left out. */
export const MAX_LINE = 8192;

/** Typed or pasted text at the cursor. */
export function insert(line: Line, text: string): Line {
  if (line.search) return [...text].reduce(widen, line);
  const room = text.slice(0, Math.max(0, MAX_LINE - line.text.length));
  const { text: whole, cursor } = line;
  return {
    ...line,
    text: whole.slice(0, cursor) + room + whole.slice(cursor),
    cursor: cursor + room.length,
  };
}

/** A search for one character more: from where it stands, a longer query may still be found in the same line. */
const widen = (line: Line, char: string): Line =>
  searchBack(line, (line.search?.query ?? '') + char, Math.min(line.at, line.history.length - 1));

/** One key. */
export function press(line: Line, key: KeyName): Edit {
  if (line.search) return pressInSearch(line, line.search, key);
  const effect = EFFECTS[key];
  if (effect) return { line, effect };
  if (key === 'end-of-file')
    return line.text === ''
      ? { line, effect: 'end-of-file' }
      : { line: erase(line, line.cursor, after(line.text, line.cursor)) };
  if (key === 'search')
    return { line: { ...line, search: { query: '', at: line.at, found: true, before: line.text } } };
  const edit = EDITS[key];
  const edited = edit ? edit(line) : line;
  return edited === line ? { line, ...(edit ? { effect: 'bell' as const } : {}) } : { line: edited };
}

const EFFECTS: Partial<Record<KeyName, Effect>> = {
  enter: 'submit',
  interrupt: 'interrupt',
  tab: 'complete',
  clear: 'clear',
};

const EDITS: Partial<Record<KeyName, (line: Line) => Line>> = {
  left: (line) => moved(line, before(line.text, line.cursor)),
  right: (line) => moved(line, after(line.text, line.cursor)),
  home: (line) => ({ ...line, cursor: 0 }),
  end: (line) => ({ ...line, cursor: line.text.length }),
  'word-left': (line) => moved(line, wordLeft(line)),
  'word-right': (line) => moved(line, wordRight(line)),
  backspace: (line) => erase(line, before(line.text, line.cursor), line.cursor),
  delete: (line) => erase(line, line.cursor, after(line.text, line.cursor)),
  'kill-left': (line) => kill(line, 0, line.cursor),
  'kill-right': (line) => kill(line, line.cursor, line.text.length),
  'kill-word-left': (line) => kill(line, wordLeft(line), line.cursor),
  'kill-word-right': (line) => kill(line, line.cursor, wordRight(line)),
  'rub-word': (line) => kill(line, line.text.slice(0, line.cursor).search(/\S*\s*$/), line.cursor),
  yank: (line) => (line.kill === '' ? line : insert(line, line.kill)),
  'last-argument': (line) => {
    const word = /(\S+)\s*$/.exec(line.history.at(-1) ?? '')?.[1];
    return word === undefined ? line : insert(line, word);
  },
  transpose,
  up: (line) => recall(line, line.at - 1),
  down: (line) => recall(line, line.at + 1),
};

const moved = (line: Line, cursor: number): Line => (cursor === line.cursor ? line : { ...line, cursor });

function erase(line: Line, from: number, to: number): Line {
  if (from === to) return line;
  return { ...line, text: line.text.slice(0, from) + line.text.slice(to), cursor: from };
}

const kill = (line: Line, from: number, to: number): Line =>
  from === to ? line : { ...erase(line, from, to), kill: line.text.slice(from, to) };

const WORD = String.raw`[\p{L}\p{N}_]`;

function wordLeft({ text, cursor }: Line): number {
  return new RegExp(`(?:${WORD}+)?[^\\p{L}\\p{N}_]*$`, 'u').exec(text.slice(0, cursor))?.index ?? 0;
}

function wordRight({ text, cursor }: Line): number {
  return cursor + (new RegExp(`^[^\\p{L}\\p{N}_]*${WORD}*`, 'u').exec(text.slice(cursor))?.[0].length ?? 0);
}

/** The character before the cursor changes places with the one under it. */
function transpose(line: Line): Line {
  const { text } = line;
  const middle = line.cursor === text.length ? before(text, line.cursor) : line.cursor;
  const start = before(text, middle);
  const end = after(text, middle);
  if (start === middle || middle === end) return line;
  const swapped = text.slice(middle, end) + text.slice(start, middle);
  return { ...line, text: text.slice(0, start) + swapped + text.slice(end), cursor: end };
}

function recall(line: Line, at: number): Line {
  if (at < 0 || at > line.history.length) return line;
  const draft = line.at === line.history.length ? line.text : line.draft;
  const text = at === line.history.length ? draft : (line.history[at] ?? '');
  return { ...line, at, draft, text, cursor: text.length };
}

/** Ctrl-R again looks further back; Enter runs what was found; any other key leaves the search and edits the line. */
function pressInSearch(line: Line, search: Search, key: KeyName): Edit {
  const left: Line = { ...line, search: null };
  switch (key) {
    case 'search':
      return { line: searchBack(line, search.query, search.found ? line.at - 1 : line.at) };
    case 'backspace':
      return { line: searchBack(line, search.query.slice(0, -1), line.history.length - 1) };
    case 'cancel':
      return {
        line: { ...left, text: search.before, cursor: search.before.length, at: line.history.length },
      };
    case 'interrupt':
      return { line: left, effect: 'interrupt' };
    case 'escape':
      return { line: left };
    default:
      return press(left, key);
  }
}
