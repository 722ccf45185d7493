// Scripts of sed: text to instructions.
import { compileRegex, type Regex } from '../../text/regex';

export type Address =
  | { readonly kind: 'line'; readonly number: number }
  | { readonly kind: 'last' }
  | { readonly kind: 'match'; readonly regex: Regex }
  | { readonly kind: 'step'; readonly first: number; readonly step: number }
  | { readonly kind: 'plus'; readonly count: number };

export interface Instruction {
  readonly from?: Address;
  readonly to?: Address;
  readonly negated: boolean;
  readonly name: string;
  readonly text: string;
  readonly substitution?: Substitution;
  readonly block?: readonly Instruction[];
  /** Where a range stands: the line on which it ends, 0: it is not open. */
  state: { open: boolean; end: number };
}

export interface Substitution {
  readonly regex: Regex;
  readonly replacement: string;
  readonly global: boolean;
  readonly nth: number;
  readonly print: boolean;
}

/** What is wrong with a script, in GNU sed's words. */
export class SedError extends Error {}

export class SedParser {
  #at = 0;

  constructor(
    private readonly text: string,
    private readonly extended: boolean,
  ) {}

  whole(): readonly Instruction[] {
    const program = this.#list(false, 0);
    if (this.#at < this.text.length) throw this.#error("unexpected `}'");
    return program;
  }

  #error(message: string): SedError {
    return new SedError(`char ${this.#at}: ${message}`);
  }
  #skip(pattern: RegExp): void {
    while (pattern.test(this.text[this.#at] ?? '')) this.#at++;
  }

  #list(inBlock: boolean, depth: number): Instruction[] {
    if (depth > 20) throw this.#error('too many nested blocks');
    const program: Instruction[] = [];
    for (;;) {
      this.#skip(/[\s;]/);
      const c = this.text[this.#at];
      if (c === undefined) {
        if (inBlock) throw new SedError("char 0: unmatched `{'");
        return program;
      }
      if (c === '}') {
        if (inBlock) this.#at++;
        return program;
      }
      if (c === '#') this.#skip(/[^\n]/);
      else program.push(this.#instruction(depth));
    }
  }

  #instruction(depth: number): Instruction {
    const from = this.#address();
    let to: Address | undefined;
    this.#skip(/\s/);
    if (from && this.text[this.#at] === ',') {
      this.#at++;
      this.#skip(/\s/);
      to = this.#address(true);
      if (!to) throw this.#error("unexpected `,'");
    }
    this.#skip(/\s/);
    const negated = this.text[this.#at] === '!';
    if (negated) this.#at++;
    this.#skip(/\s/);
    const name = this.text[this.#at++];
    const base = {
      ...(from ? { from } : {}),
      ...(to ? { to } : {}),
      negated,
      state: { open: false, end: 0 },
    };
    switch (name) {
      case undefined:
        throw this.#error('missing command');
      case '{':
        return { ...base, name, text: '', block: this.#list(true, depth + 1) };
      case 's':
        return { ...base, name, text: '', substitution: this.#substitution() };
      case 'y': {
        const mark = this.text[this.#at++] ?? '';
        const source = this.#delimited(mark, 'y');
        return { ...base, name, text: `${source}\0${this.#delimited(mark, 'y')}` };
      }
      case 'a':
      case 'i':
      case 'c': {
        this.#skip(/[ \t]/);
        if (this.text.startsWith('\\', this.#at)) this.#at++;
        this.#skip(/\s/);
        const end = this.text.indexOf('\n', this.#at);
        const text = this.text.slice(this.#at, end < 0 ? undefined : end);
        this.#at = end < 0 ? this.text.length : end;
        return { ...base, name, text };
      }
      case 'p':
      case 'd':
      case 'q':
      case '=':
        this.#skip(/[ \t]/);
        if (!/^[;\n}#]?$/.test(this.text[this.#at] ?? ''))
          throw this.#error('extra characters after command');
        return { ...base, name, text: '' };
      default:
        throw this.#error(`unknown command: \`${name}'`);
    }
  }

  #address(second = false): Address | undefined {
    const c = this.text[this.#at];
    if (second && c === '+') {
      this.#at++;
      return { kind: 'plus', count: this.#number() };
    }
    if (c === '$') {
      this.#at++;
      return { kind: 'last' };
    }
    if (c !== undefined && /\d/.test(c)) {
      const first = this.#number();
      if (this.text[this.#at] !== '~') return { kind: 'line', number: first };
      this.#at++;
      return { kind: 'step', first, step: this.#number() };
    }
    if (c !== '/' && c !== '\\') return undefined;
    this.#at++;
    const mark = c === '/' ? '/' : (this.text[this.#at++] ?? '');
    const source = this.#delimited(mark, 'address regex');
    const ignoreCase = this.text[this.#at] === 'I';
    if (ignoreCase) this.#at++;
    return { kind: 'match', regex: this.#regex(source, ignoreCase) };
  }

  #number(): number {
    const found = /^\d+/.exec(this.text.slice(this.#at, this.#at + 12))?.[0] ?? '';
    this.#at += found.length;
    return Number(found);
  }

  #delimited(mark: string, what: string): string {
    let out = '';
    for (;;) {
      const c = this.text[this.#at++];
      if (c === undefined || (c === '\n' && what !== 's')) this.#at--;
      if (c === undefined || (c === '\n' && what !== 's'))
        throw this.#error(
          what === 's'
            ? "unterminated `s' command"
            : what === 'y'
              ? "unterminated `y' command"
              : 'unterminated address regex',
        );
      if (c === mark) return out;
      if (c === '\\') {
        const next = this.text[this.#at++] ?? '';
        out += next === mark ? (/[.*+?^$()[\]{}|]/.test(mark) ? c + next : next) : c + next;
      } else out += c;
    }
  }

  #substitution(): Substitution {
    const mark = this.text[this.#at++] ?? '';
    const source = this.#delimited(mark, 's');
    const replacement = this.#delimited(mark, 's');
    let global = false;
    let print = false;
    let ignoreCase = false;
    let nth = 1;
    for (;;) {
      const c = this.text[this.#at] ?? '';
      if (c === 'g') global = true;
      else if (c === 'p') print = true;
      else if (c === 'i' || c === 'I') ignoreCase = true;
      else if (/\d/.test(c)) {
        nth = Math.max(1, this.#number());
        continue;
      } else if (/^[\s;}#]?$/.test(c)) break;
      else throw this.#error("unknown option to `s'");
      this.#at++;
    }
    return { regex: this.#regex(source, ignoreCase), replacement, global, nth, print };
  }

  #regex(source: string, ignoreCase: boolean): Regex {
    const regex = compileRegex(source, { extended: this.extended, ignoreCase });
    if ('error' in regex) throw this.#error(regex.error);
    return regex;
  }
}
