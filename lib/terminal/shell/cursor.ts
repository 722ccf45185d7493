// The text of a script being read, with bash's words for what is wrong in it.

/** Thrown by the parser and caught in parse.ts: what bash prints, and whether more lines could mend it. */
export class ScriptError extends Error {
  constructor(
    message: string,
    readonly incomplete = false,
  ) {
    super(message);
  }
}

export const unexpectedToken = (token: string): ScriptError =>
  new ScriptError(`syntax error near unexpected token \`${token === '\n' ? 'newline' : token}'`);
export const unexpectedEnd = (): ScriptError => new ScriptError('syntax error: unexpected end of file', true);
export const noClosing = (quote: string): ScriptError =>
  new ScriptError(`unexpected EOF while looking for matching \`${quote}'`, true);

const DEEPEST = 100;

export class Cursor {
  at = 0;
  #depth = 0;

  constructor(readonly text: string) {}

  get char(): string {
    return this.text[this.at] ?? '';
  }
  get ended(): boolean {
    return this.at >= this.text.length;
  }
  startsWith(text: string): boolean {
    return this.text.startsWith(text, this.at);
  }
  /** Takes a text if it stands here. */
  took(text: string): boolean {
    if (!this.startsWith(text)) return false;
    this.at += text.length;
    return true;
  }
  /** Takes what a sticky pattern matches here; '' if nothing. */
  match(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const [found = ''] = pattern.exec(this.text) ?? [];
    this.at += found.length;
    return found;
  }
  /** Reads something nested, but not deeper than a person would write it. */
  nested<T>(read: () => T): T {
    if (++this.#depth > DEEPEST)
      throw new ScriptError(`nested deeper than ${DEEPEST} levels; write it simpler`);
    const value = read();
    this.#depth--;
    return value;
  }
}
