// Templates of Go's text/template as a tree: text/template/parse.
import { Failure } from '../run/errors';

/** `at`: the offset in the template at which Go says an error is. */
export type Operand =
  | { readonly kind: 'dot' | 'nil' }
  | { readonly kind: 'field'; readonly of?: Operand; readonly path: readonly string[]; readonly at: number }
  | {
      readonly kind: 'variable';
      readonly name: string;
      readonly path: readonly string[];
      readonly at: number;
    }
  | { readonly kind: 'function'; readonly name: string; readonly at: number }
  | { readonly kind: 'constant'; readonly value: string | number | boolean }
  | { readonly kind: 'pipeline'; readonly pipeline: Pipeline };

export interface Pipeline {
  /** `$i, $x :=` or `$x =` */
  readonly declares: readonly string[];
  readonly assigns: boolean;
  readonly commands: readonly (readonly Operand[])[];
}

export type TemplateNode =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'action'; readonly pipeline: Pipeline; readonly source: string }
  | {
      readonly kind: 'if' | 'range' | 'with';
      readonly pipeline: Pipeline;
      readonly body: readonly TemplateNode[];
      readonly otherwise: readonly TemplateNode[];
      readonly source: string;
    }
  | { readonly kind: 'break' | 'continue' };

interface Action {
  readonly text?: string;
  readonly action?: string;
  readonly line: number;
  /** Offset of the action's first word in the template. */
  readonly at: number;
}

/** Splits at the delimiters; "{{-" and "-}}" trim. */
function split(source: string): readonly Action[] {
  const parts: Action[] = [];
  let at = 0;
  let trimNext = false;
  const lineAt = (offset: number): number => source.slice(0, offset).split('\n').length;
  while (at < source.length) {
    const open = source.indexOf('{{', at);
    let text = source.slice(at, open < 0 ? undefined : open);
    if (trimNext) text = text.trimStart();
    trimNext = false;
    if (open >= 0 && /^\{\{-\s/.test(source.slice(open))) text = text.trimEnd();
    if (text !== '') parts.push({ text, line: lineAt(at), at });
    if (open < 0) break;
    const close = closing(source, open + 2);
    if (close < 0) throw new Failure(`${lineAt(open)}: unclosed action`);
    let inside = source.slice(open + 2, close);
    if (/^-\s/.test(inside)) inside = inside.slice(1);
    if (/\s-$/.test(inside)) {
      inside = inside.slice(0, -1);
      trimNext = true;
    }
    if (!/^\s*\/\*/.test(inside)) {
      const action = inside.trim();
      parts.push({ action, line: lineAt(open), at: Math.max(open, source.indexOf(action, open + 2)) });
    }
    at = close + 2;
  }
  return parts;
}

function closing(source: string, from: number): number {
  let quote = '';
  for (let i = from; i < source.length; i++) {
    const c = source[i] ?? '';
    if (quote !== '') {
      if (c === '\\' && quote === '"') i++;
      else if (c === quote) quote = '';
    } else if (c === '"' || c === '`') quote = c;
    else if (source.startsWith('}}', i)) return i;
  }
  return -1;
}

/** The nodes of a template. Throws "LINE: message". */
export function parseTemplate(source: string): readonly TemplateNode[] {
  return new TreeParser(split(source)).tree();
}

class TreeParser {
  #at = 0;

  constructor(readonly parts: readonly Action[]) {}

  tree(): readonly TemplateNode[] {
    const { nodes, end } = this.#block(1);
    if (end !== undefined) throw new Failure(`${end.line}: unexpected {{${end.word}}}`);
    return nodes;
  }

  #block(depth: number): {
    nodes: TemplateNode[];
    end?: { word: string; rest: string; line: number; at: number };
  } {
    if (depth > 100) throw new Failure('1: template is nested too deeply');
    const nodes: TemplateNode[] = [];
    while (this.#at < this.parts.length) {
      const part = this.parts[this.#at++];
      if (!part) break;
      if (part.text !== undefined) {
        nodes.push({ kind: 'text', text: part.text });
        continue;
      }
      const source = part.action ?? '';
      const [, word = '', rest = ''] = /^(\w+)?\s*([\s\S]*)$/.exec(source) ?? [];
      if (word === 'end' || word === 'else') {
        return { nodes, end: { word, rest, line: part.line, at: part.at + source.length - rest.length } };
      }
      if (word === 'break' || word === 'continue') nodes.push({ kind: word });
      else if (word === 'if' || word === 'range' || word === 'with')
        nodes.push(this.#control(word, rest, part.line, depth, part.at + source.length - rest.length));
      else if (['template', 'define', 'block'].includes(word))
        throw new Failure(`${part.line}: {{${word}}} is not available in this terminal`);
      else nodes.push({ kind: 'action', pipeline: parsePipeline(source, part.line, part.at), source });
    }
    return { nodes };
  }

  #control(
    kind: 'if' | 'range' | 'with',
    source: string,
    line: number,
    depth: number,
    at: number,
  ): TemplateNode {
    if (source === '') throw new Failure(`${line}: missing value for ${kind}`);
    const pipeline = parsePipeline(source, line, at);
    const { nodes: body, end } = this.#block(depth + 1);
    if (!end) throw new Failure(`${this.parts.at(-1)?.line ?? line}: unexpected EOF`);
    if (end.word === 'end') return { kind, pipeline, body, otherwise: [], source };
    const [, word = '', rest = ''] = /^(\w+)?\s*([\s\S]*)$/.exec(end.rest) ?? [];
    if (word === 'if' || word === 'with') {
      const inner = this.#control(word, rest, end.line, depth + 1, end.at + end.rest.length - rest.length);
      return { kind, pipeline, body, otherwise: [inner], source };
    }
    const { nodes: otherwise, end: last } = this.#block(depth + 1);
    if (last?.word !== 'end') throw new Failure(`${end.line}: unexpected EOF`);
    return { kind, pipeline, body, otherwise, source };
  }
}

const TOKEN =
  /\s*(?:("(?:[^"\\]|\\.)*"|`[^`]*`|'(?:[^'\\]|\\.)*')|(:=|=|\||\(|\)|,)|(\$?[\p{L}_\d]*(?:\.[\p{L}_\d]+)+|\$[\p{L}_\d]*|\.|[\p{L}_][\p{L}_\d]*|[-+]?\d[\w.]*))/uy;

interface Token {
  readonly text: string;
  readonly at: number;
}

function tokens(source: string, line: number, start: number): readonly Token[] {
  const out: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < source.trimEnd().length) {
    const from = TOKEN.lastIndex;
    const match = TOKEN.exec(source);
    if (!match) {
      const bad = source.slice(from).trimStart()[0] ?? '';
      const code = (bad.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
      if (bad === '"') throw new Failure(`${line}: unterminated quoted string`);
      throw new Failure(`${line}: unexpected bad character U+${code} '${bad}' in command`);
    }
    const text = match[1] ?? match[2] ?? match[3] ?? '';
    out.push({ text, at: start + match.index + match[0].length - text.length });
  }
  return out;
}

function parsePipeline(source: string, line: number, at: number): Pipeline {
  const words = [...tokens(source, line, at)];
  const declares: string[] = [];
  let assigns = false;
  const sign = words.findIndex((w) => w.text === ':=' || w.text === '=');
  const names = words.slice(0, Math.max(sign, 0)).map((w) => w.text);
  if (sign > 0 && names.every((w) => w.startsWith('$') || w === ',')) {
    declares.push(...names.filter((w) => w !== ','));
    assigns = words[sign]?.text === '=';
    words.splice(0, sign + 1);
  }
  const state = { at: 0 };
  const commands = commandsOf(words, state, line, false);
  if (commands.length === 0 || commands.some((c) => c.length === 0))
    throw new Failure(`${line}: missing value for command`);
  return { declares, assigns, commands };
}

function commandsOf(
  words: readonly Token[],
  state: { at: number },
  line: number,
  inParens: boolean,
): readonly (readonly Operand[])[] {
  const commands: Operand[][] = [[]];
  for (; state.at < words.length; state.at++) {
    const { text: word = '', at = 0 } = words[state.at] ?? {};
    const command = commands.at(-1) ?? [];
    if (word === '|') commands.push([]);
    else if (word === '(') {
      state.at++;
      command.push({
        kind: 'pipeline',
        pipeline: { declares: [], assigns: false, commands: commandsOf(words, state, line, true) },
      });
    } else if (word === ')') {
      if (inParens) return commands;
      throw new Failure(`${line}: unexpected right paren`);
    } else {
      const before = command.at(-1);
      if (
        word.startsWith('.') &&
        word !== '.' &&
        before?.kind === 'pipeline' &&
        words[state.at - 1]?.text === ')'
      )
        command.splice(-1, 1, { kind: 'field', of: before, path: word.slice(1).split('.'), at });
      else command.push(operandOf(word, line, at));
    }
  }
  if (inParens) throw new Failure(`${line}: unclosed left paren`);
  return commands;
}

function operandOf(word: string, line: number, at: number): Operand {
  if (word === '.') return { kind: 'dot' };
  if (word === 'nil') return { kind: 'nil' };
  if (word === 'true' || word === 'false') return { kind: 'constant', value: word === 'true' };
  if (word.startsWith('"')) return { kind: 'constant', value: unquote(word) };
  if (word.startsWith('`')) return { kind: 'constant', value: word.slice(1, -1) };
  if (word.startsWith("'"))
    return { kind: 'constant', value: unquote(`"${word.slice(1, -1)}"`).codePointAt(0) ?? 0 };
  if (/^[-+]?\d/.test(word)) return { kind: 'constant', value: Number(word.replaceAll('_', '')) };
  if (word.startsWith('.')) {
    // A chain of fields is where its second one is.
    const second = word.indexOf('.', 1);
    return { kind: 'field', path: word.slice(1).split('.'), at: at + Math.max(0, second) };
  }
  if (word.startsWith('$')) {
    const [name = '', ...path] = word.split('.');
    return { kind: 'variable', name, path, at };
  }
  if (!FUNCTIONS.has(word)) throw new Failure(`${line}: function "${word}" not defined`);
  return { kind: 'function', name: word, at };
}

const FUNCTIONS = new Set(
  'and or not len index slice print printf println html js urlquery eq ne lt le gt ge call exists base64decode'.split(
    ' ',
  ),
);

function unquote(text: string): string {
  const escapes: Readonly<Record<string, string>> = {
    n: '\n',
    t: '\t',
    r: '\r',
    a: '\u0007',
    b: '\b',
    f: '\f',
    v: '\v',
  };
  return text
    .slice(1, -1)
    .replaceAll(/\\(x[\da-f]{2}|u[\da-f]{4}|.)/gi, (_, e: string) =>
      e.length > 1 ? String.fromCodePoint(Number.parseInt(e.slice(1), 16)) : (escapes[e] ?? e),
    );
}
