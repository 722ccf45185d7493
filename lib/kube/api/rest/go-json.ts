// JSON as Go reads it: encoding/json's messages for malformed text, and the duplicate fields that strict decoding names
// (sigs.k8s.io/json). Values come out as JSON.parse gives them; of duplicates the last one counts.
import { err, ok, type Result } from '@/lib/core/result';

export interface GoJson {
  readonly value: unknown;
  /** Paths of fields that are there twice, in the order of the text. */
  readonly duplicates: readonly string[];
}

/** Go allows 10 000; beyond this depth no API object goes, and the simulated server keeps its stack. */
const MOST_DEEP = 1000;

class Fault extends Error {}

class Reader {
  #at = 0;
  #depth = 0;
  readonly duplicates: string[] = [];

  constructor(readonly text: string) {}

  whole(): unknown {
    const value = this.#value('', 'looking for beginning of value');
    this.#blank();
    if (this.#at < this.text.length) this.#unexpected('after top-level value');
    return value;
  }

  #value(path: string, where: string): unknown {
    this.#blank();
    const char = this.#char();
    if (char === '{') return this.#object(path);
    if (char === '[') return this.#array(path);
    if (char === '"') return this.#string();
    if (char === '-' || (char >= '0' && char <= '9')) return this.#number();
    if (char === 't') return this.#literal('true', true);
    if (char === 'f') return this.#literal('false', false);
    if (char === 'n') return this.#literal('null', null);
    return this.#unexpected(where);
  }

  #object(path: string): unknown {
    this.#enter();
    const object: Record<string, unknown> = {};
    this.#at++;
    this.#blank();
    if (this.#char() === '}') return this.#leave(object);
    for (;;) {
      this.#blank();
      if (this.#char() !== '"') this.#unexpected('looking for beginning of object key string');
      const key = this.#string();
      const at = path === '' ? key : `${path}.${key}`;
      this.#blank();
      if (this.#char() !== ':') this.#unexpected('after object key');
      this.#at++;
      const value = this.#value(at, 'looking for beginning of value');
      if (Object.hasOwn(object, key)) this.duplicates.push(at);
      if (key === '__proto__') Object.defineProperty(object, key, { value, enumerable: true });
      else object[key] = value;
      this.#blank();
      const next = this.#char();
      if (next === '}') return this.#leave(object);
      if (next !== ',') this.#unexpected('after object key:value pair');
      this.#at++;
    }
  }

  #array(path: string): unknown {
    this.#enter();
    const array: unknown[] = [];
    this.#at++;
    this.#blank();
    if (this.#char() === ']') return this.#leave(array);
    for (;;) {
      array.push(this.#value(`${path}[${array.length}]`, 'looking for beginning of value'));
      this.#blank();
      const next = this.#char();
      if (next === ']') return this.#leave(array);
      if (next !== ',') this.#unexpected('after array element');
      this.#at++;
    }
  }

  #string(): string {
    const start = this.#at++;
    for (;;) {
      const char = this.#char();
      if (char === '"') break;
      if (char < ' ') this.#unexpected('in string literal');
      this.#at++;
      if (char !== '\\') continue;
      const escape = this.#char();
      if (!'bfnrt\\/"u'.includes(escape)) this.#unexpected('in string escape code');
      this.#at++;
      if (escape !== 'u') continue;
      for (let i = 0; i < 4; i++, this.#at++)
        if (!/[0-9a-fA-F]/.test(this.#char())) this.#unexpected('in \\u hexadecimal character escape');
    }
    this.#at++;
    return JSON.parse(this.text.slice(start, this.#at)) as string;
  }

  #number(): number {
    const start = this.#at;
    if (this.#char() === '-') this.#at++;
    if (!isDigit(this.#char())) this.#unexpected('in numeric literal');
    if (this.text[this.#at] === '0') this.#at++;
    else this.#digits();
    if (this.text[this.#at] === '.') {
      this.#at++;
      if (!isDigit(this.#char())) this.#unexpected('after decimal point in numeric literal');
      this.#digits();
    }
    if (/[eE]/.test(this.text[this.#at] ?? '')) {
      this.#at++;
      if (/[+-]/.test(this.#char())) this.#at++;
      if (!isDigit(this.#char())) this.#unexpected('in exponent of numeric literal');
      this.#digits();
    }
    return Number(this.text.slice(start, this.#at));
  }

  #digits(): void {
    while (isDigit(this.text[this.#at] ?? '')) this.#at++;
  }

  #literal<T>(word: string, value: T): T {
    for (let i = 0; i < word.length; i++, this.#at++)
      if (this.#char() !== word[i]) this.#unexpected(`in literal ${word} (expecting '${word[i] ?? ''}')`);
    return value;
  }

  #enter(): void {
    if (++this.#depth > MOST_DEEP) throw new Fault('exceeded max depth');
  }

  #leave<T>(value: T): T {
    this.#depth--;
    this.#at++;
    return value;
  }

  #blank(): void {
    while (/[ \t\r\n]/.test(this.text[this.#at] ?? '')) this.#at++;
  }

  #char(): string {
    const char = this.text[this.#at];
    if (char === undefined) throw new Fault('unexpected end of JSON input');
    return char;
  }

  #unexpected(where: string): never {
    throw new Fault(`invalid character ${quoted(this.#char())} ${where}`);
  }
}

const isDigit = (char: string): boolean => char >= '0' && char <= '9';

/** quoteChar of encoding/json/scanner.go. */
function quoted(char: string): string {
  if (char === "'") return `'\\''`;
  if (char === '"') return `'"'`;
  return `'${JSON.stringify(char).slice(1, -1)}'`;
}

/** The value of a text, or Go's complaint. */
export function parseGoJson(text: string): Result<GoJson, string> {
  const reader = new Reader(text);
  try {
    const value = reader.whole();
    return ok({ value, duplicates: reader.duplicates });
  } catch (fault) {
    if (fault instanceof Fault) return err(fault.message);
    throw fault;
  }
}
