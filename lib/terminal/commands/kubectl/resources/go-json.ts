// What Go's encoding/json says of a text that is no JSON (scanner.go), with the offset of the fault.

export interface JsonFault {
  readonly message: string;
  readonly offset: number;
  /** The text ends too early. */
  readonly atEnd: boolean;
}

const LITERALS: Readonly<Record<string, string>> = { t: 'true', f: 'false', n: 'null' };

class Fault extends Error {
  constructor(
    readonly at: number,
    readonly what: string,
  ) {
    super(what);
  }
}

/** The first fault of a JSON value; undefined if it is sound. */
export function jsonFault(text: string): JsonFault | undefined {
  const scanner = new Scanner(text);
  try {
    scanner.value(0);
    return undefined;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const c = text[error.at];
    if (c === undefined) return { message: 'unexpected end of JSON input', offset: error.at, atEnd: true };
    const shown = c === "'" ? String.raw`'\''` : c === '"' ? `'"'` : `'${JSON.stringify(c).slice(1, -1)}'`;
    return { message: `invalid character ${shown} ${error.what}`, offset: error.at + 1, atEnd: false };
  }
}

class Scanner {
  #at = 0;

  constructor(readonly text: string) {}

  #space(): string | undefined {
    while (/[ \t\r\n]/.test(this.text[this.#at] ?? '')) this.#at++;
    return this.text[this.#at];
  }

  value(depth: number): void {
    const c = this.#space();
    const wrong = 'looking for beginning of value';
    if (c === undefined || depth > 1000) throw new Fault(this.#at, wrong);
    if (c === '{') this.#object(depth);
    else if (c === '[') this.#array(depth);
    else if (c === '"') this.#string();
    else if (LITERALS[c] !== undefined) this.#literal(LITERALS[c]);
    else {
      const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/.exec(this.text.slice(this.#at));
      if (!number) throw new Fault(this.#at, wrong);
      this.#at += number[0].length;
    }
  }

  #literal(word: string): void {
    for (const [i, letter] of [...word].entries()) {
      if (this.text[this.#at] !== letter)
        throw new Fault(this.#at, `in literal ${word} (expecting '${letter}')`.replace(/^$/, String(i)));
      this.#at++;
    }
  }

  #string(): void {
    this.#at++;
    for (;;) {
      const c = this.text[this.#at];
      if (c === undefined || c < ' ') throw new Fault(this.#at, 'in string literal');
      this.#at++;
      if (c === '"') return;
      if (c !== '\\') continue;
      if (!/["\\/bfnrtu]/.test(this.text[this.#at] ?? ' '))
        throw new Fault(this.#at, 'in string escape code');
      this.#at++;
    }
  }

  #object(depth: number): void {
    this.#at++;
    if (this.#space() === '}') {
      this.#at++;
      return;
    }
    for (;;) {
      if (this.#space() !== '"') throw new Fault(this.#at, 'looking for beginning of object key string');
      this.#string();
      if (this.#space() !== ':') throw new Fault(this.#at, 'after object key');
      this.#at++;
      this.value(depth + 1);
      const c = this.#space();
      if (c !== ',' && c !== '}') throw new Fault(this.#at, 'after object key:value pair');
      this.#at++;
      if (c === '}') return;
    }
  }

  #array(depth: number): void {
    this.#at++;
    if (this.#space() === ']') {
      this.#at++;
      return;
    }
    for (;;) {
      this.value(depth + 1);
      const c = this.#space();
      if (c !== ',' && c !== ']') throw new Fault(this.#at, 'after array element');
      this.#at++;
      if (c === ']') return;
    }
  }
}
