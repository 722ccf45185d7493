// Messages with values: the part of ICU MessageFormat that our catalogues use — {name}, {n, number}, {n, number, percent},
// {n, plural, =0 {…} one {# …} other {# …}}, {x, select, a {…} other {…}} and '' '{' quoting. intl-messageformat does all of
// it and much more for 10 KB gzip on every page; a test holds this to the same output for every message of both languages.
import { HTML_LANG, type Locale } from './locales';

export type Params = Readonly<Record<string, string | number>>;

type Part =
  | string
  | { readonly kind: 'value'; readonly name: string }
  | { readonly kind: 'number'; readonly name: string; readonly style: string }
  | { readonly kind: 'hash' }
  | {
      readonly kind: 'choice';
      readonly name: string;
      readonly plural: boolean;
      readonly cases: ReadonlyMap<string, Message>;
    };
type Message = readonly Part[];

const parsed = new Map<string, Message>();

/** The message with its values filled in, in the manner of the language. Throws on a message that is not well formed. */
export function formatMessage(locale: Locale, text: string, params: Params = {}): string {
  if (!/[{}']/.test(text)) return text;
  let message = parsed.get(text);
  if (!message) {
    message = new Parser(text).message(false);
    parsed.set(text, message);
  }
  return print(locale, message, params, undefined);
}

/** Names of the values that a message asks for, sorted. */
export function placeholders(text: string): readonly string[] {
  const names = new Set<string>();
  const visit = (message: Message): void => {
    for (const part of message) {
      if (typeof part === 'string' || part.kind === 'hash') continue;
      names.add(part.name);
      if (part.kind === 'choice') for (const branch of part.cases.values()) visit(branch);
    }
  };
  visit(new Parser(text).message(false));
  return [...names].sort();
}

function print(locale: Locale, message: Message, params: Params, hash: number | undefined): string {
  let out = '';
  for (const part of message) {
    if (typeof part === 'string') out += part;
    else if (part.kind === 'hash') out += hash === undefined ? '#' : numberText(locale, hash, '');
    else out += printValue(locale, part, params, hash);
  }
  return out;
}

function printValue(
  locale: Locale,
  part: Exclude<Part, string | { readonly kind: 'hash' }>,
  params: Params,
  hash: number | undefined,
): string {
  const value = params[part.name];
  // A missing value is a bug of the caller; the reader still gets the sentence, with the gap marked.
  if (value === undefined) return `{${part.name}}`;
  if (part.kind === 'value') return String(value); // never grouped: ports are numbers too
  if (part.kind === 'number') return numberText(locale, Number(value), part.style);
  if (!part.plural)
    return print(locale, part.cases.get(String(value)) ?? part.cases.get('other') ?? [], params, hash);
  const n = Number(value);
  const branch =
    part.cases.get(`=${n}`) ?? part.cases.get(pluralRules(locale).select(n)) ?? part.cases.get('other');
  return print(locale, branch ?? [], params, n);
}

const rules = new Map<Locale, Intl.PluralRules>();
function pluralRules(locale: Locale): Intl.PluralRules {
  const known = rules.get(locale) ?? new Intl.PluralRules(HTML_LANG[locale]);
  rules.set(locale, known);
  return known;
}

const numbers = new Map<string, Intl.NumberFormat>();
function numberText(locale: Locale, value: number, style: string): string {
  const key = `${locale} ${style}`;
  const known =
    numbers.get(key) ??
    new Intl.NumberFormat(HTML_LANG[locale], style === 'percent' ? { style: 'percent' } : {});
  numbers.set(key, known);
  return known.format(value);
}

class Parser {
  #at = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** Parts up to the end of the text, or of the branch if the message stands inside a choice. */
  message(inBranch: boolean, inPlural = false): Message {
    const parts: Part[] = [];
    let plain = '';
    const flush = (): void => {
      if (plain) parts.push(plain);
      plain = '';
    };
    for (;;) {
      const char = this.#text[this.#at];
      if (char === undefined || char === '}') {
        if ((char === '}') !== inBranch) throw this.#error('unbalanced brace');
        flush();
        return parts;
      }
      if (char === "'") plain += this.#quoted();
      else if (char === '{') {
        flush();
        parts.push(this.#argument());
      } else if (char === '#' && inPlural) {
        flush();
        parts.push({ kind: 'hash' });
        this.#at++;
      } else {
        plain += char;
        this.#at++;
      }
    }
  }

  /** '' is an apostrophe; '{ and '} begin quoted text up to the next apostrophe; any other apostrophe is itself. */
  #quoted(): string {
    const next = this.#text[this.#at + 1];
    if (next === "'") {
      this.#at += 2;
      return "'";
    }
    if (next !== '{' && next !== '}') {
      this.#at++;
      return "'";
    }
    const end = this.#text.indexOf("'", this.#at + 1);
    const quoted = this.#text.slice(this.#at + 1, end < 0 ? undefined : end);
    this.#at = end < 0 ? this.#text.length : end + 1;
    return quoted;
  }

  #argument(): Part {
    this.#at++;
    const name = this.#word();
    if (this.#take('}')) return { kind: 'value', name };
    this.#expect(',');
    const type = this.#word();
    if (type === 'number') {
      const style = this.#take(',') ? this.#word() : '';
      this.#expect('}');
      return { kind: 'number', name, style };
    }
    if (type !== 'plural' && type !== 'select') throw this.#error(`unknown type ${type}`);
    this.#expect(',');
    return { kind: 'choice', name, plural: type === 'plural', cases: this.#cases(type === 'plural') };
  }

  #cases(plural: boolean): ReadonlyMap<string, Message> {
    const cases = new Map<string, Message>();
    while (!this.#take('}')) {
      const key = this.#word();
      this.#expect('{');
      cases.set(key, this.message(true, plural));
      this.#expect('}');
    }
    if (!cases.has('other')) throw this.#error('no "other" case');
    return cases;
  }

  #word(): string {
    this.#space();
    const word = /^[=\w.-]+/.exec(this.#text.slice(this.#at))?.[0];
    if (!word) throw this.#error('a name expected');
    this.#at += word.length;
    return word;
  }

  #take(char: string): boolean {
    this.#space();
    if (this.#text[this.#at] !== char) return false;
    this.#at++;
    return true;
  }

  #expect(char: string): void {
    if (!this.#take(char)) throw this.#error(`${char} expected`);
  }

  #space(): void {
    while (/\s/.test(this.#text[this.#at] ?? '')) this.#at++;
  }

  #error(what: string): Error {
    return new Error(`message "${this.#text}": ${what} at ${this.#at}`);
  }
}
