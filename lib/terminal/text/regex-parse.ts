// POSIX regular expressions, basic and extended, with GNU's additions (regex(7), grep(1)): text to syntax tree.

export type RegexNode =
  | { readonly kind: 'char'; readonly test: (code: number) => boolean; readonly literal?: string }
  | {
      readonly kind: 'assert';
      readonly what: 'start' | 'end' | 'boundary' | 'inside' | 'word-start' | 'word-end';
    }
  | { readonly kind: 'group'; readonly index: number; readonly node: RegexNode }
  | { readonly kind: 'sequence' | 'choice'; readonly nodes: readonly RegexNode[] }
  | { readonly kind: 'repeat'; readonly node: RegexNode; readonly min: number; readonly max: number };

export interface RegexSyntax {
  readonly extended?: boolean;
  readonly ignoreCase?: boolean;
  /** Also \d and the lazy forms' `?`, for `grep -P`. */
  readonly perl?: boolean;
}

/** Thrown with the message of GNU's regcomp. */
export class RegexError extends Error {}

const CLASSES: Readonly<Record<string, RegExp>> = {
  alpha: /[A-Za-z\u00aa-\uffff]/,
  digit: /[0-9]/,
  alnum: /[A-Za-z0-9\u00aa-\uffff]/,
  upper: /[A-Z]/,
  lower: /[a-z]/,
  space: /\s/,
  blank: /[ \t]/,
  punct: /[!-/:-@[-`{-~]/,
  print: /[^\x00-\x1f\x7f]/,
  graph: /[^\x00-\x20\x7f]/,
  cntrl: /[\x00-\x1f\x7f]/,
  xdigit: /[0-9A-Fa-f]/,
};
const LARGEST_COUNT = 32_767;
const DEEPEST = 250;

export const isWord = (code: number): boolean =>
  (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || code === 95 || (code >= 97 && code <= 122);
const isSpace = (code: number): boolean => code === 32 || (code >= 9 && code <= 13);

/** The tree of a pattern and the number of its groups. */
export function parseRegex(
  source: string,
  syntax: RegexSyntax,
): { readonly node: RegexNode; readonly groups: number } {
  const parser = new RegexParser(source, syntax);
  return { node: parser.whole(), groups: parser.groups };
}

class RegexParser {
  groups = 0;
  #at = 0;
  #depth = 0;

  constructor(
    private readonly source: string,
    private readonly syntax: RegexSyntax,
  ) {}

  whole(): RegexNode {
    const node = this.#choice();
    if (this.#at < this.source.length) throw new RegexError('Unmatched ) or \\)');
    return node;
  }

  /** Whether an operator stands here: bare in an extended pattern, behind a backslash in a basic one. */
  #operator(char: string): boolean {
    const { extended } = this.syntax;
    return this.source.startsWith(extended ? char : `\\${char}`, this.#at);
  }
  #takeOperator(char: string): boolean {
    if (!this.#operator(char)) return false;
    this.#at += this.syntax.extended ? 1 : 2;
    return true;
  }

  #choice(): RegexNode {
    if (++this.#depth > DEEPEST) throw new RegexError('Regular expression too big');
    const nodes = [this.#sequence()];
    while (this.#takeOperator('|')) nodes.push(this.#sequence());
    this.#depth--;
    const [only] = nodes;
    return only && nodes.length === 1 ? only : { kind: 'choice', nodes };
  }

  #sequence(): RegexNode {
    const nodes: RegexNode[] = [];
    for (;;) {
      const first = nodes.length === 0;
      if (this.#at >= this.source.length || this.#operator('|')) break;
      if (this.#operator(')') && (this.#depth > 1 || !this.syntax.extended)) break;
      let node = this.#atom(first);
      for (let r = this.#repeat(); r; r = this.#repeat()) node = { kind: 'repeat', node, ...r };
      nodes.push(node);
    }
    return { kind: 'sequence', nodes };
  }

  #repeat(): { readonly min: number; readonly max: number } | undefined {
    const lazy = (found: { min: number; max: number }): { min: number; max: number } => {
      if (this.syntax.perl && this.source[this.#at] === '?') this.#at++;
      return found;
    };
    if (this.source[this.#at] === '*') {
      this.#at++;
      return lazy({ min: 0, max: Infinity });
    }
    if (this.#takeOperator('+')) return lazy({ min: 1, max: Infinity });
    if (this.#takeOperator('?')) return lazy({ min: 0, max: 1 });
    if (!this.#operator('{')) return undefined;
    const start = this.#at;
    this.#takeOperator('{');
    const found = /^(\d*)(,?)(\d*)/.exec(this.source.slice(this.#at, this.#at + 20));
    const [all = '', min = '', comma = '', max = ''] = found ?? [];
    this.#at += all.length;
    if (!this.#takeOperator('}') || (min === '' && comma === '')) {
      if (!this.syntax.extended) throw new RegexError('Invalid preceding regular expression');
      this.#at = start;
      return undefined;
    }
    const from = Number(min || 0);
    const to = comma === '' ? from : max === '' ? Infinity : Number(max);
    if (from > LARGEST_COUNT || (to !== Infinity && to > LARGEST_COUNT))
      throw new RegexError('Regular expression too big');
    if (from > to) throw new RegexError('Invalid content of \\{\\}');
    return lazy({ min: from, max: to });
  }

  #atom(first: boolean): RegexNode {
    const { extended, perl } = this.syntax;
    if (this.#takeOperator('(')) {
      const grouped = !(perl && this.source.startsWith('?:', this.#at));
      if (!grouped) this.#at += 2;
      const index = grouped ? ++this.groups : 0;
      const node = this.#choice();
      if (!this.#takeOperator(')')) throw new RegexError('Unmatched ( or \\(');
      return grouped ? { kind: 'group', index, node } : node;
    }
    const char = this.source[this.#at++] ?? '';
    switch (char) {
      case '.':
        return { kind: 'char', test: (code) => code !== 10 };
      case '[':
        return this.#set();
      case '\\':
        return this.#escaped();
      case '^':
        return extended || first ? { kind: 'assert', what: 'start' } : this.#char(char);
      case '$': {
        const last = this.#at >= this.source.length || this.#operator(')') || this.#operator('|');
        return extended || last ? { kind: 'assert', what: 'end' } : this.#char(char);
      }
      default:
        return this.#char(char);
    }
  }

  #char(char: string): RegexNode {
    const code = char.charCodeAt(0);
    if (!this.syntax.ignoreCase || char.toLowerCase() === char.toUpperCase())
      return { kind: 'char', test: (c) => c === code, literal: char };
    const lower = char.toLowerCase().charCodeAt(0);
    const upper = char.toUpperCase().charCodeAt(0);
    return { kind: 'char', test: (c) => c === lower || c === upper };
  }

  #escaped(): RegexNode {
    const char = this.source[this.#at++];
    const test = (of: (code: number) => boolean): RegexNode => ({ kind: 'char', test: of });
    switch (char) {
      case undefined:
        throw new RegexError('Trailing backslash');
      case 'w':
        return test(isWord);
      case 'W':
        return test((c) => !isWord(c));
      case 's':
        return test(isSpace);
      case 'S':
        return test((c) => !isSpace(c));
      case 'b':
        return { kind: 'assert', what: 'boundary' };
      case 'B':
        return { kind: 'assert', what: 'inside' };
      case '<':
        return { kind: 'assert', what: 'word-start' };
      case '>':
        return { kind: 'assert', what: 'word-end' };
      case 'n':
        return this.#char('\n');
      case 't':
        return this.#char('\t');
      default:
        if (this.syntax.perl && char === 'd') return test((c) => c >= 48 && c <= 57);
        if (/[1-9]/.test(char))
          throw new RegexError('back-references (\\1) in a pattern are not supported here');
        return this.#char(char);
    }
  }

  #set(): RegexNode {
    const negated = this.source[this.#at] === '^';
    if (negated) this.#at++;
    const tests: ((code: number) => boolean)[] = [];
    for (let first = true; first || this.source[this.#at] !== ']'; first = false) {
      const char = this.source[this.#at];
      if (char === undefined) throw new RegexError('Unmatched [, [^, [:, [., or [=');
      const named = /^\[:(\w*):\]/.exec(this.source.slice(this.#at, this.#at + 12));
      if (named) {
        const pattern = CLASSES[named[1] ?? ''];
        if (!pattern) throw new RegexError('Invalid character class name');
        tests.push((code) => pattern.test(String.fromCharCode(code)));
        this.#at += named[0].length;
        continue;
      }
      this.#at++;
      if (this.syntax.perl && char === '\\') {
        const node = this.#escaped();
        if (node.kind === 'char') tests.push(node.test);
        continue;
      }
      const from = char.charCodeAt(0);
      const end = this.source[this.#at + 1];
      if (this.source[this.#at] !== '-' || end === undefined || end === ']') {
        tests.push((code) => code === from);
        continue;
      }
      this.#at += 2;
      const to = end.charCodeAt(0);
      if (to < from) throw new RegexError('Invalid range end');
      tests.push((code) => code >= from && code <= to);
    }
    this.#at++;
    const inSet = (code: number): boolean => tests.some((t) => t(code));
    if (!this.syntax.ignoreCase) return { kind: 'char', test: (code) => inSet(code) !== negated };
    return {
      kind: 'char',
      test: (code) => {
        const char = String.fromCharCode(code);
        return (
          (inSet(char.toLowerCase().charCodeAt(0)) || inSet(char.toUpperCase().charCodeAt(0))) !== negated
        );
      },
    };
  }
}
