// Words of the shell language: quotes, parameters, command and arithmetic substitution (POSIX.1-2017, 2.2 and 2.6; bash(1), QUOTING
// and EXPANSION).
import { noClosing, ScriptError, type Cursor } from './cursor';
import type { ParameterUse, Script, Word, WordPart } from './syntax';

const NAME = /[A-Za-z_]\w*/y;
const SPECIAL = /[?#@*$!\-0-9]/y;
const WORD_END = /[ \t\n|&;()<>]/;

/** Reads the script of a substitution; given by the parser of commands. */
export type ReadScript = (cursor: Cursor, end: ')') => Script;

export class WordReader {
  constructor(
    private readonly cursor: Cursor,
    private readonly readScript: ReadScript,
    /** The script of `…` is parsed on its own. */
    private readonly parseText: (text: string) => Script,
  ) {}

  /** A word up to a blank or an operator; undefined if there is none here. */
  word(): Word | undefined {
    const parts = this.#parts((c) => WORD_END.test(c));
    return parts.length ? { parts } : undefined;
  }

  /** Everything up to an unquoted character (which stays), as one word. */
  upTo(ends: string): Word {
    return { parts: this.#parts((c) => ends.includes(c)) };
  }

  /** The text of a here-document whose delimiter was not quoted: parameters and substitutions, but no quotes. */
  document(): Word {
    return { parts: this.#quotedParts('') };
  }

  #parts(isEnd: (char: string) => boolean): WordPart[] {
    const { cursor } = this;
    const parts: WordPart[] = [];
    let text = '';
    const flush = (): void => {
      if (text !== '') parts.push({ kind: 'text', text, quoted: false });
      text = '';
    };
    while (!cursor.ended && !isEnd(cursor.char)) {
      const c = cursor.char;
      if (c === '\\') {
        cursor.at++;
        const next = cursor.char;
        cursor.at++;
        if (next === '\n') continue;
        flush();
        parts.push({ kind: 'text', text: next === '' ? '\\' : next, quoted: true });
      } else if (c === "'") {
        flush();
        parts.push({ kind: 'text', text: this.#single(), quoted: true });
      } else if (c === '"' || cursor.startsWith('$"')) {
        flush();
        cursor.at += c === '$' ? 2 : 1;
        parts.push({ kind: 'text', text: '', quoted: true }, ...this.#quotedParts('"'));
      } else if (cursor.startsWith("$'")) {
        flush();
        cursor.at++;
        parts.push({ kind: 'text', text: ansiC(this.#ansiQuoted()), quoted: true });
      } else {
        const part = c === '$' || c === '`' ? this.#substitution(false) : undefined;
        if (part) {
          flush();
          parts.push(part);
        } else {
          text += c;
          cursor.at++;
        }
      }
    }
    flush();
    return parts;
  }

  #single(): string {
    const { cursor } = this;
    const close = cursor.text.indexOf("'", cursor.at + 1);
    if (close < 0) throw noClosing("'");
    const text = cursor.text.slice(cursor.at + 1, close);
    cursor.at = close + 1;
    return text;
  }

  #ansiQuoted(): string {
    const quoted = this.cursor.match(/'(?:[^'\\]|\\[^])*'/y);
    if (quoted === '') throw noClosing("'");
    return quoted.slice(1, -1);
  }

  /** Inside double quotes, up to and with the closing one ('' means: up to the end of the text). */
  #quotedParts(close: '"' | ''): WordPart[] {
    const { cursor } = this;
    const parts: WordPart[] = [];
    let text = '';
    const flush = (): void => {
      if (text !== '') parts.push({ kind: 'text', text, quoted: true });
      text = '';
    };
    for (;;) {
      if (cursor.ended) {
        if (close !== '') throw noClosing(close);
        break;
      }
      const c = cursor.char;
      if (close !== '' && cursor.took(close)) break;
      if (c === '\\') {
        const next = cursor.text[cursor.at + 1] ?? '';
        cursor.at += 2;
        if (next === '\n') continue;
        text += '$`\\'.includes(next) || (close !== '' && next === close) ? next : c + next;
        continue;
      }
      const part = c === '$' || c === '`' ? this.#substitution(true) : undefined;
      if (part) {
        flush();
        parts.push(part);
      } else {
        text += c;
        cursor.at++;
      }
    }
    flush();
    return parts;
  }

  /** What begins with $ or `; undefined: the character stands for itself. */
  #substitution(quoted: boolean): WordPart | undefined {
    const { cursor } = this;
    return cursor.nested(() => {
      if (cursor.char === '`') return { kind: 'command', script: this.parseText(this.#backquoted()), quoted };
      if (cursor.startsWith('$((')) {
        const expression = this.#arithmetic();
        if (expression) return { kind: 'arithmetic', expression, quoted };
      }
      if (cursor.took('$(')) return { kind: 'command', script: this.readScript(cursor, ')'), quoted };
      if (cursor.took('${')) return this.#braced(quoted);
      cursor.at++;
      const name = cursor.match(NAME) || cursor.match(SPECIAL);
      if (name !== '') return { kind: 'parameter', name, quoted };
      cursor.at--;
      return undefined;
    });
  }

  #backquoted(): string {
    const { cursor } = this;
    const found = cursor.match(/`(?:[^`\\]|\\[^])*`/y);
    if (found === '') throw noClosing('`');
    return found.slice(1, -1).replace(/\\([$`\\])/g, '$1');
  }

  /** $(( … )); undefined if it is a command substitution that begins with a subshell. */
  #arithmetic(): Word | undefined {
    const { cursor } = this;
    const start = cursor.at;
    cursor.at += 3;
    const expression = this.arithmeticUpTo();
    if (cursor.took('))')) return expression;
    cursor.at = start;
    return undefined;
  }

  /** An arithmetic expression up to its unbalanced closing parenthesis. */
  arithmeticUpTo(ends = ')'): Word {
    const parts: WordPart[] = [];
    for (let open = 0; ;) {
      parts.push(...this.#parts((c) => c === '(' || c === ')' || (open === 0 && ends.includes(c))));
      const c = this.cursor.char;
      if (c === '' || (open === 0 && ends.includes(c))) return { parts };
      open += c === '(' ? 1 : -1;
      parts.push({ kind: 'text', text: c, quoted: false });
      this.cursor.at++;
    }
  }

  #braced(quoted: boolean): WordPart {
    const { cursor } = this;
    const start = cursor.at;
    const bad = (): ScriptError => {
      const close = cursor.text.indexOf('}', start);
      return close < 0
        ? noClosing('}')
        : new ScriptError(`\${${cursor.text.slice(start, close + 1)}: bad substitution`);
    };
    const length = cursor.char === '#' && cursor.text[cursor.at + 1] !== '}' && cursor.took('#');
    const name = cursor.match(NAME) || cursor.match(/\d+/y) || cursor.match(SPECIAL);
    if (name === '') throw bad();
    const use = length ? ({ kind: 'length' } as const) : this.#use();
    if (!cursor.took('}')) throw bad();
    return { kind: 'parameter', name, quoted, ...(use ? { use } : {}) };
  }

  #use(): ParameterUse | undefined {
    const { cursor } = this;
    const op = cursor.match(/:?[-=?+]|##?|%%?|\/\/?|\^\^?|,,?|:/y);
    const colon = op.length === 2 && op.startsWith(':');
    const rest = (): Word => this.upTo('}');
    switch (op) {
      case '':
        return undefined;
      case '-':
      case ':-':
        return { kind: 'default', colon, word: rest() };
      case '=':
      case ':=':
        return { kind: 'assign', colon, word: rest() };
      case '?':
      case ':?':
        return { kind: 'error', colon, word: rest() };
      case '+':
      case ':+':
        return { kind: 'alternative', colon, word: rest() };
      case '#':
      case '##':
        return { kind: 'trim', end: 'start', longest: op.length === 2, pattern: rest() };
      case '%':
      case '%%':
        return { kind: 'trim', end: 'end', longest: op.length === 2, pattern: rest() };
      case '/':
      case '//': {
        const pattern = this.upTo('/}');
        return {
          kind: 'replace',
          all: op.length === 2,
          pattern,
          word: cursor.took('/') ? rest() : { parts: [] },
        };
      }
      case ':': {
        const offset = this.upTo(':}');
        return { kind: 'slice', offset, ...(cursor.took(':') ? { length: rest() } : {}) };
      }
      default:
        return { kind: 'case', upper: op.startsWith('^'), all: op.length === 2 };
    }
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  E: '\x1b',
  f: '\f',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '?': '?',
};

/** The escapes of $'…', and of printf and echo -e. */
export function ansiC(text: string): string {
  return text.replace(
    /\\(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|(0?[0-7]{1,3})|([^]))/g,
    (all, hex?: string, unicode?: string, octal?: string, letter?: string) => {
      if (hex ?? unicode) return String.fromCharCode(parseInt(hex ?? unicode ?? '', 16));
      if (octal) return String.fromCharCode(parseInt(octal, 8) & 0xff);
      return ESCAPES[letter ?? ''] ?? all;
    },
  );
}
