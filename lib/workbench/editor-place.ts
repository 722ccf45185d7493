// Where the cursor is in a manifest, found by indentation alone: it works in text that is half typed and cannot be parsed yet.
// Block style only; inside [ ] and { } the field around them is meant.

export interface EditorPlace {
  /** The kind of the object that the cursor is in, as far as it is written. */
  readonly kind: string | undefined;
  readonly namespace: string | undefined;
  /** spec, ports, 0, port: the field whose key or value the cursor is at. List positions are counted from 0. */
  readonly path: readonly string[];
  /** Whether the cursor is in the value (behind the colon or the dash) and not in the key. */
  readonly inValue: boolean;
  /** What is written of the key or value up to the cursor. */
  readonly typed: string;
  /** Columns (1-based, the end exclusive) of the key or value that the cursor is in. */
  readonly start: number;
  readonly end: number;
  /** Whether the key or value stands behind "key: " or "- " on its line. */
  readonly quoted: boolean;
}

interface Line {
  /** Column (0-based) of the first dash, or of the key or value if there is none. */
  readonly indent: number;
  /** Columns of the dashes. */
  readonly dashes: readonly number[];
  /** Column of what follows the dashes. */
  readonly column: number;
  readonly key: string | undefined;
  /** What follows the colon, or the dashes if there is no key; without a comment. */
  readonly value: string;
  readonly valueColumn: number;
}

const LINE = /^( *)((?:-(?: +|$))*)(.*)$/;
const KEY = /^("(?:[^"\\]|\\.)*"|'[^']*'|[^\s#:"'[\]{},&*!|>%@`][^#:]*?|[^\s#:"'[\]{},][^\s]*?)\s*:(?=\s|$)/;

function read(text: string): Line {
  const [, blank = '', dashText = '', rest = ''] = LINE.exec(text) ?? [];
  const dashes = [...dashText.matchAll(/-/g)].map((m) => blank.length + m.index);
  const column = blank.length + dashText.length;
  const found = KEY.exec(rest);
  const key = found?.[1];
  const behind = found ? rest.slice(found[0].length) : rest;
  const trimmed = behind.trimStart();
  return {
    indent: dashes[0] ?? column,
    dashes,
    column,
    key: key === undefined ? undefined : bare(key),
    value: withoutComment(trimmed),
    valueColumn: column + (found ? found[0].length : 0) + behind.length - trimmed.length,
  };
}

/** A word without its quotation marks. */
export const bare = (word: string): string => /^(["'])(.*)\1$/.exec(word)?.[2] ?? word;

const withoutComment = (value: string): string => {
  if (value.startsWith('#')) return '';
  return value.replace(/\s+#.*$/, '').trimEnd();
};

const isMark = (line: string): boolean => /^(---|\.\.\.)(\s|$)/.test(line);
const isBlank = (line: string): boolean => /^\s*(#.*)?$/.test(line);

/** Lines that a place is looked for in, above it and below: more would cost too much at every keystroke. */
const REACH = 5_000;

/** The place at a line and column (1-based); undefined in a comment, a block of text, or outside the text. */
export function placeAt(text: string, line: number, column: number): EditorPlace | undefined {
  const lines = text.split(/\r?\n/);
  const at = line - 1;
  const raw = lines[at];
  if (raw === undefined || isMark(raw)) return undefined;
  const before = raw.slice(0, column - 1);
  if (/(^|\s)#/.test(before.replace(/"[^"]*"|'[^']*'/g, (quoted) => '_'.repeat(quoted.length))))
    return undefined;
  const here = read(raw);
  const cursor = column - 1;
  const blank = raw.trim() === '';
  const indent = blank ? cursor : here.indent;
  const around = parents(lines, at, indent, here.dashes.length > 0);
  if (!around) return undefined;
  const items = here.dashes.map(() => '0');
  const inKey = here.key !== undefined && cursor <= here.column + (raw.slice(here.column).indexOf(':') ?? 0);
  const path = [...around, ...items, ...(here.key === undefined ? [] : [here.key])];
  const head = headOf(lines, at);
  const start = blank ? cursor : inKey || here.key === undefined ? here.column : here.valueColumn;
  const written = inKey ? (raw.slice(here.column).split(':')[0]?.trimEnd() ?? '') : here.value;
  return {
    ...head,
    path,
    inValue: here.key !== undefined ? !inKey : here.dashes.length > 0,
    typed: raw.slice(start, Math.max(start, cursor)).replace(/^["']/, ''),
    start: start + 1,
    end: start + 1 + (blank ? 0 : written.length),
    quoted: /^["']/.test(raw.slice(start)),
  };
}

/** Keys and list positions around a line, outermost first; undefined inside a block of text. */
function parents(
  lines: readonly string[],
  at: number,
  indent: number,
  isItem: boolean,
): string[] | undefined {
  const found: string[] = [];
  let [limit, item] = [indent, isItem];
  for (let i = at - 1; i >= 0 && i > at - REACH; i--) {
    const raw = lines[i] ?? '';
    if (isMark(raw)) break;
    if (isBlank(raw)) continue;
    const line = read(raw);
    // A list may stand as far left as the key that holds it.
    const holds = line.key !== undefined && (line.column < limit || (item && line.column === limit));
    if (holds) {
      if (/^[|>][-+0-9]*$/.test(line.value)) return undefined;
      found.unshift(line.key ?? '');
    } else if (!(line.dashes.some((dash) => dash < limit) && line.column <= limit)) continue;
    // The line's own dashes, from the inside out.
    const dashes = line.dashes.filter((dash) => dash < (holds ? line.column : limit));
    for (const _ of dashes) found.unshift('0');
    if (dashes.length > 0) [limit, item] = [dashes[0] ?? 0, true];
    else if (holds) [limit, item] = [line.column, false];
    if (limit === 0 && !item) break;
  }
  return found;
}

/** Kind and namespace of the object around a line: at the left edge of the document, or of the item of a List. */
function headOf(lines: readonly string[], at: number): Pick<EditorPlace, 'kind' | 'namespace'> {
  let [start, end] = [at, at];
  while (start > 0 && start > at - REACH && !isMark(lines[start - 1] ?? '')) start--;
  while (end < lines.length - 1 && end < at + REACH && !isMark(lines[end + 1] ?? '')) end++;
  const document = lines.slice(start, end + 1);
  const head = headIn(document, 0);
  if (!head.kind?.endsWith('List')) return head;
  // The item: from the nearest dash above at the items' indentation to the next one below.
  const items = document.findIndex((line) => line.startsWith('items:'));
  const dash = document.slice(items + 1).find((line) => /^ *- /.test(line));
  if (items < 0 || dash === undefined) return head;
  const column = dash.indexOf('-');
  const opens = (line: string): boolean => line.startsWith(`${' '.repeat(column)}- `);
  let first = at - start;
  while (first > items && !opens(document[first] ?? '')) first--;
  let last = at - start + 1;
  while (last < document.length && !opens(document[last] ?? '')) last++;
  const lead = document[first]?.replace('- ', '  ') ?? '';
  return headIn([lead, ...document.slice(first + 1, last)], column + 2);
}

function headIn(lines: readonly string[], column: number): Pick<EditorPlace, 'kind' | 'namespace'> {
  let [kind, namespace, inMeta]: [string | undefined, string | undefined, boolean] = [
    undefined,
    undefined,
    false,
  ];
  for (const raw of lines) {
    if (isBlank(raw)) continue;
    const line = read(raw);
    if (line.column === column && line.key !== undefined) {
      inMeta = line.key === 'metadata';
      if (line.key === 'kind') kind ??= bare(line.value);
    } else if (inMeta && line.key === 'namespace' && namespace === undefined) namespace = bare(line.value);
  }
  return { kind: kind === '' ? undefined : kind, namespace: namespace === '' ? undefined : namespace };
}
