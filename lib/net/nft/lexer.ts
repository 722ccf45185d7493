// Words of nft's language: names, addresses and numbers, quoted texts, the signs { } , ; and line ends. Comments are left out.

export interface Token {
  /** A quoted text without its quotes; "\n" is a line end. */
  readonly text: string;
  readonly quoted: boolean;
  /** 1-based. */
  readonly line: number;
  readonly column: number;
}

export interface NftParseError {
  readonly line: number;
  readonly column: number;
  /** One sentence: what is wrong. */
  readonly message: string;
}

/** What the parsers throw among themselves; the exported functions return it. */
export class ParseFailure extends Error {
  constructor(readonly at: NftParseError) {
    super(at.message);
  }
}

const SIGNS = new Set(['{', '}', ',', ';']);
const END = /[\s{},;"#]/;

export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let line = 1;
  let lineStart = 0;
  for (let i = 0; i < text.length;) {
    const c = text[i] ?? '';
    const at = { line, column: i - lineStart + 1 };
    if (c === '\n') {
      tokens.push({ text: '\n', quoted: false, ...at });
      line++;
      lineStart = ++i;
    } else if (c === '\\' && text[i + 1] === '\n') {
      line++;
      lineStart = i += 2;
    } else if (/\s/.test(c)) i++;
    else if (c === '#') i = endOfLine(text, i);
    else if (SIGNS.has(c)) tokens.push({ text: text[i++] ?? '', quoted: false, ...at });
    else if (c === '"') {
      const end = text.indexOf('"', i + 1);
      if (end < 0 || endOfLine(text, i) < end)
        throw new ParseFailure({ ...at, message: 'a quoted text has no end; close it with "' });
      tokens.push({ text: text.slice(i + 1, end), quoted: true, ...at });
      i = end + 1;
    } else {
      const end = wordEnd(text, i);
      pushWord(tokens, text.slice(i, end), at);
      i = end;
    }
  }
  return tokens;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

function wordEnd(text: string, from: number): number {
  let end = from;
  while (end < text.length && !END.test(text[end] ?? ' ')) end++;
  return Math.max(end, from + 1);
}

/** "80:" is a key and the colon of its value; "fd00::" is an address. */
function pushWord(tokens: Token[], word: string, at: { line: number; column: number }): void {
  if (!/^[^:]+:$/.test(word)) {
    tokens.push({ text: word, quoted: false, ...at });
    return;
  }
  tokens.push({ text: word.slice(0, -1), quoted: false, ...at });
  tokens.push({ text: ':', quoted: false, line: at.line, column: at.column + word.length - 1 });
}

/** Reads tokens one by one. */
export class TokenReader {
  /** Inside the braces of a table, as listings are written. */
  inTable = false;
  #at = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  get done(): boolean {
    return this.#at >= this.tokens.length;
  }

  get position(): number {
    return this.#at;
  }

  set position(at: number) {
    this.#at = at;
  }

  peek(ahead = 0): Token | undefined {
    return this.tokens[this.#at + ahead];
  }

  /** The next word's text if it is not quoted; "" at the end. */
  word(ahead = 0): string {
    const token = this.peek(ahead);
    return token && !token.quoted ? token.text : '';
  }

  next(what = 'more'): Token {
    const token = this.tokens[this.#at++];
    if (!token) return this.fail(`the text ends where ${what} is expected`);
    return token;
  }

  /** Takes the word if it comes next. */
  take(text: string): boolean {
    if (this.word() !== text) return false;
    this.#at++;
    return true;
  }

  expect(text: string): void {
    if (!this.take(text)) this.fail(`"${shown(this.peek())}" stands where "${text}" is expected`);
  }

  skipLineEnds(): void {
    while (this.word() === '\n') this.#at++;
  }

  /** Takes line ends and semicolons. */
  skipSeparators(): void {
    while (this.word() === '\n' || this.word() === ';') this.#at++;
  }

  fail(message: string): never {
    const token = this.peek() ?? this.tokens.at(-1);
    throw new ParseFailure({ line: token?.line ?? 1, column: token?.column ?? 1, message });
  }
}

const shown = (token: Token | undefined): string =>
  token?.text === '\n' ? 'the line’s end' : (token?.text ?? '');
