// kubectl's JSONPath templates: k8s.io/client-go util/jsonpath/parser.go, with its messages.
import { Failure } from '../run/errors';

export interface SliceBound {
  readonly value: number;
  readonly known: boolean;
  readonly derived?: boolean;
}

export type PathNode =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'wildcard' | 'recursive' }
  | { readonly kind: 'identifier'; readonly name: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'slice'; readonly bounds: readonly [SliceBound, SliceBound, SliceBound] }
  | { readonly kind: 'union'; readonly lists: readonly (readonly PathNode[])[] }
  | {
      readonly kind: 'filter';
      readonly left: readonly PathNode[];
      readonly right: readonly PathNode[];
      readonly operator: string;
    }
  | { readonly kind: 'list'; readonly nodes: readonly PathNode[] };

const TERMINATORS = '.,[]$@{} \t\n\r';

/** The nodes of a template. Throws what the parser says. */
export function parseJsonPath(text: string): readonly PathNode[] {
  return new Parser(text).template();
}

class Parser {
  #at = 0;

  constructor(readonly input: string) {}

  template(): readonly PathNode[] {
    const root: PathNode[] = [];
    while (this.#at < this.input.length) {
      const open = this.input.indexOf('{', this.#at);
      const text = this.input.slice(this.#at, open < 0 ? undefined : open);
      if (text !== '') root.push({ kind: 'text', text });
      if (open < 0) break;
      this.#at = open + 1;
      root.push({ kind: 'list', nodes: this.#action() });
    }
    return root;
  }

  /** Up to the closing brace. */
  #action(): PathNode[] {
    const nodes: PathNode[] = [];
    for (;;) {
      const rest = this.input.slice(this.#at);
      if (rest.startsWith('}')) {
        this.#at++;
        return nodes;
      }
      if (rest.startsWith('[?(')) nodes.push(this.#filter());
      else if (rest.startsWith('..')) this.#recursive(nodes);
      else this.#one(nodes);
    }
  }

  #one(nodes: PathNode[]): void {
    const c = this.input[this.#at];
    if (c === undefined || c === '\n' || c === '\r') throw new Failure('unclosed action');
    this.#at++;
    if (c === ' ' || c === '@' || c === '$') return;
    if (c === '[') this.#array(nodes);
    else if (c === '"' || c === "'") nodes.push(this.#quote(c));
    else if (c === '.') nodes.push(this.#field());
    else if (c === '+' || c === '-' || /\d/.test(c)) nodes.push(this.#number(c));
    else if (/[\p{L}_]/u.test(c)) nodes.push(this.#identifier());
    else {
      const code = (c.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
      throw new Failure(`unrecognized character in action: U+${code} '${c}'`);
    }
  }

  #recursive(nodes: PathNode[]): void {
    if (nodes.at(-1)?.kind === 'recursive') throw new Failure('invalid multiple recursive descent');
    this.#at += 2;
    nodes.push({ kind: 'recursive' });
    if (/[\p{L}\d_]/u.test(this.input[this.#at] ?? '')) nodes.push(this.#field());
  }

  #field(): PathNode {
    const from = this.#at;
    while (this.#at < this.input.length && !TERMINATORS.includes(this.input[this.#at] ?? ''))
      this.#at += this.input[this.#at] === '\\' ? 2 : 1;
    const name = this.input.slice(from, this.#at).replaceAll('\\', '');
    return name === '*' ? { kind: 'wildcard' } : { kind: 'field', name };
  }

  #identifier(): PathNode {
    const from = this.#at - 1;
    while (this.#at < this.input.length && !TERMINATORS.includes(this.input[this.#at] ?? '')) this.#at++;
    const name = this.input.slice(from, this.#at);
    return name === 'true' || name === 'false'
      ? { kind: 'bool', value: name === 'true' }
      : { kind: 'identifier', name };
  }

  #number(first: string): PathNode {
    const rest = /^[\d.]*/.exec(this.input.slice(this.#at))?.[0] ?? '';
    this.#at += rest.length;
    const value = Number(first + rest);
    if (Number.isNaN(value)) throw new Failure(`cannot parse number ${first}${rest}`);
    return { kind: 'number', value };
  }

  #quote(end: string): PathNode {
    const from = this.#at;
    for (;;) {
      const c = this.input[this.#at++];
      if (c === undefined || c === '\n') throw new Failure('unterminated quoted string');
      if (c === end && this.input[this.#at - 2] !== '\\') break;
    }
    return { kind: 'text', text: unquoted(this.input.slice(from, this.#at - 1)) };
  }

  #array(nodes: PathNode[]): void {
    const from = this.#at;
    for (;;) {
      const c = this.input[this.#at++];
      if (c === undefined || c === '\n') throw new Failure('unterminated array');
      if (c === ']') break;
    }
    const inside = this.input.slice(from, this.#at - 1);
    const text = inside === '*' ? ':' : inside;
    const parts = text.split(',');
    if (parts.length > 1) {
      nodes.push({ kind: 'union', lists: parts.map((p) => actionNodes(`[${p.trim()}]`)) });
      return;
    }
    const key = /^'([^']*)'$/.exec(text);
    if (key) nodes.push(...actionNodes(`.${key[1] ?? ''}`));
    else nodes.push(sliceNode(text));
  }

  #filter(): PathNode {
    this.#at += 3;
    const from = this.#at;
    let begin = false;
    let end = false;
    let pair = '';
    for (;;) {
      const c = this.input[this.#at++];
      if (c === undefined || c === '\n') throw new Failure('unterminated filter');
      if (c === '"' || c === "'") {
        if (!begin) {
          begin = true;
          pair = c;
        } else if (this.input[this.#at - 2] !== '\\' && c === pair) end = true;
      } else if (c === ')' && begin === end) break;
    }
    if (this.input[this.#at++] !== ']') throw new Failure('unclosed array expect ]');
    const text = this.input.slice(from, this.#at - 2);
    const parts = /^([^!<>=]+)([!<>=]+)(.+?)$/.exec(text);
    if (!parts) return { kind: 'filter', left: actionNodes(text), right: [], operator: 'exists' };
    const [, left = '', operator = '', right = ''] = parts;
    return { kind: 'filter', left: actionNodes(left), right: actionNodes(right), operator };
  }
}

function actionNodes(text: string): readonly PathNode[] {
  const [first] = parseJsonPath(`{${text}}`);
  return first?.kind === 'list' ? first.nodes : [];
}

function sliceNode(text: string): PathNode {
  const match = /^(-?\d*)(:-?\d*)?(:-?\d*)?$/.exec(text);
  if (!match) throw new Failure(`invalid array index ${text}`);
  const bound = (part: string | undefined, skip: number): SliceBound =>
    part === undefined || part.length <= skip
      ? { value: 0, known: false }
      : { value: Number(part.slice(skip)), known: true };
  const first = bound(match[1], 0);
  const second =
    match[2] === undefined ? { value: first.value + 1, known: true, derived: true } : bound(match[2], 1);
  return { kind: 'slice', bounds: [first, second, bound(match[3], 1)] };
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  f: '\f',
  b: '\b',
  v: '\v',
  a: '\u0007',
};

const unquoted = (text: string): string =>
  text.replaceAll(/\\(x[\da-fA-F]{2}|u[\da-fA-F]{4}|.)/g, (_, e: string) =>
    e.length > 1 ? String.fromCodePoint(Number.parseInt(e.slice(1), 16)) : (ESCAPES[e] ?? e),
  );
