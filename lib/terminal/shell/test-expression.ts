// `test` and `[`: expressions over files, texts and numbers (POSIX.1-2017, test; bash(1), CONDITIONAL EXPRESSIONS).
import type { Files } from '../types';

/** An expression that cannot be read; the message is bash's. */
export class TestError extends Error {}

const UNARY = ['-e', '-f', '-d', '-r', '-w', '-x', '-s', '-L', '-h', '-z', '-n', '-v', '-p', '-t'];
const NUMBERS: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '-eq': (a, b) => a === b,
  '-ne': (a, b) => a !== b,
  '-lt': (a, b) => a < b,
  '-le': (a, b) => a <= b,
  '-gt': (a, b) => a > b,
  '-ge': (a, b) => a >= b,
};

export interface TestContext {
  readonly files: Files;
  isSet(name: string): boolean;
}

/** The value of the words between `[` and `]`. */
export function testExpression(words: readonly string[], context: TestContext): boolean {
  const [a = '', b = '', c = ''] = words;
  if (words.length === 0) return false;
  if (words.length === 1) return a !== '';
  if (words.length === 2) {
    if (a === '!') return b === '';
    if (UNARY.includes(a)) return unary(a, b, context);
    throw new TestError(`${a}: unary operator expected`);
  }
  if (words.length === 3 && isBinary(b)) return binary(a, b, c);
  return new Reader(words, context).value();
}

const isBinary = (word: string): boolean =>
  ['=', '==', '!=', '<', '>', '-nt', '-ot', '-ef'].includes(word) || Object.hasOwn(NUMBERS, word);

/** One operator before a word. */
export function unary(operator: string, word: string, { files, isSet }: TestContext): boolean {
  switch (operator) {
    case '-z':
      return word === '';
    case '-n':
      return word !== '';
    case '-v':
      return isSet(word);
    case '-d':
      return files.kind(word) === 'folder';
    case '-f':
      return files.kind(word) === 'file';
    case '-s':
      return (files.read(word) ?? '') !== '';
    case '-L':
    case '-h':
    case '-p':
    case '-t':
      return false;
    case '-x':
      return files.kind(word) === 'folder' || word.endsWith('.sh');
    default:
      return files.kind(word) !== undefined;
  }
}

/** One operator between two words, but for patterns. */
export function binary(a: string, operator: string, b: string): boolean {
  const compare = NUMBERS[operator];
  if (compare) return compare(whole(a), whole(b));
  switch (operator) {
    case '=':
    case '==':
      return a === b;
    case '!=':
      return a !== b;
    case '<':
      return a < b;
    case '>':
      return a > b;
    default:
      return false;
  }
}

function whole(text: string): number {
  if (/^\s*[-+]?\d+\s*$/.test(text)) return Number(text);
  throw new TestError(`${text}: integer expression expected`);
}

/** `!`, `-a`, `-o` and parentheses around the simple ones. */
class Reader {
  #at = 0;
  #depth = 0;

  constructor(
    private readonly words: readonly string[],
    private readonly context: TestContext,
  ) {}

  value(): boolean {
    const value = this.#or();
    if (this.#at < this.words.length) throw new TestError('too many arguments');
    return value;
  }

  #or(): boolean {
    if (++this.#depth > 100) throw new TestError('too many arguments');
    let value = this.#and();
    while (this.words[this.#at] === '-o') {
      this.#at++;
      const right = this.#and();
      value ||= right;
    }
    this.#depth--;
    return value;
  }

  #and(): boolean {
    let value = this.#not();
    while (this.words[this.#at] === '-a') {
      this.#at++;
      const right = this.#not();
      value &&= right;
    }
    return value;
  }

  #not(): boolean {
    if (this.words[this.#at] !== '!') return this.#primary();
    this.#at++;
    return !this.#not();
  }

  #primary(): boolean {
    const [a, b, c] = this.words.slice(this.#at, this.#at + 3);
    if (a === undefined) throw new TestError('argument expected');
    if (a === '(') {
      this.#at++;
      const value = this.#or();
      if (this.words[this.#at++] !== ')') throw new TestError("`)' expected");
      return value;
    }
    if (b !== undefined && c !== undefined && isBinary(b)) {
      this.#at += 3;
      return binary(a, b, c);
    }
    if (UNARY.includes(a) && b !== undefined) {
      this.#at += 2;
      return unary(a, b, this.context);
    }
    this.#at++;
    return a !== '';
  }
}
