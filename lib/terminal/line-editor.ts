// A terminal's line discipline with a shell's line editing: keys in, whole lines out, what is typed is shown (n_tty(4); busybox
// libbb/lineedit.c). For a person whose own terminal is raw: `kubectl exec -it`.

export interface LineSink {
  /** To the screen; line ends are the terminal's own (CR LF). */
  echo(text: string): void;
  /** A whole line, without its end. */
  line(text: string): void;
  /** Ctrl-C */
  interrupt(): void;
  /** Ctrl-D on an empty line */
  end(): void;
}

/** A line may be this long (N_TTY_BUF_SIZE). */
const LONGEST = 4096;
const HISTORY = 200;
/** A key that sends several characters: ESC [ … or ESC O … */
const SEQUENCE = /^\x1b(?:\[[\d;]*[A-Za-z~]|O[A-Za-z])/;
const BEGUN = /^\x1b(?:\[[\d;]*|O)?$/;

export class LineEditor {
  /** The line and the cursor in it, by characters. */
  #line: string[] = [];
  #cursor = 0;
  #history: string[] = [];
  /** How far back in the history the line shown is; 0: the new one. */
  #back = 0;
  /** A sequence of which the rest has not come. */
  #begun = '';
  #afterReturn = false;

  constructor(private readonly sink: LineSink) {}

  /** Keys as a terminal sends them. */
  feed(text: string): void {
    let rest = this.#begun + text;
    this.#begun = '';
    while (rest !== '') {
      if (rest.startsWith('\x1b')) {
        if (BEGUN.test(rest)) {
          this.#begun = rest;
          return;
        }
        const sequence = SEQUENCE.exec(rest)?.[0] ?? '\x1b';
        this.#sequence(sequence);
        rest = rest.slice(sequence.length);
        continue;
      }
      const character = String.fromCodePoint(rest.codePointAt(0) ?? 0);
      this.#key(character);
      rest = rest.slice(character.length);
    }
  }

  #key(key: string): void {
    const afterReturn = this.#afterReturn;
    this.#afterReturn = key === '\r';
    switch (key) {
      case '\n':
        // CR LF is one line end.
        if (!afterReturn) this.#enter();
        return;
      case '\r':
        return this.#enter();
      case '\x03':
        this.#move(this.#line.length);
        this.sink.echo('^C\r\n');
        this.#clear();
        return this.sink.interrupt();
      case '\x04':
        if (this.#line.length === 0) return this.sink.end();
        return this.#remove(this.#cursor, this.#cursor + 1);
      case '\x7f':
      case '\b':
        return this.#remove(this.#cursor - 1, this.#cursor);
      case '\x01':
        return this.#move(0);
      case '\x05':
        return this.#move(this.#line.length);
      case '\x15':
        return this.#remove(0, this.#cursor);
      case '\x0b':
        return this.#remove(this.#cursor, this.#line.length);
      case '\x17':
        return this.#remove(this.#wordStart(), this.#cursor);
      default:
        if (key >= ' ') this.#insert(key);
    }
  }

  #sequence(sequence: string): void {
    const key = sequence.slice(2);
    if (key === 'A') this.#recall(this.#back + 1);
    else if (key === 'B') this.#recall(this.#back - 1);
    else if (key === 'C') this.#move(Math.min(this.#line.length, this.#cursor + 1));
    else if (key === 'D') this.#move(Math.max(0, this.#cursor - 1));
    else if (key === 'H' || key === '1~') this.#move(0);
    else if (key === 'F' || key === '4~') this.#move(this.#line.length);
    else if (key === '3~') this.#remove(this.#cursor, this.#cursor + 1);
  }

  #enter(): void {
    const text = this.#line.join('');
    this.sink.echo('\r\n');
    this.#clear();
    if (text.trim() !== '' && this.#history.at(-1) !== text)
      this.#history = [...this.#history, text].slice(-HISTORY);
    this.sink.line(text);
  }

  #clear(): void {
    this.#line = [];
    this.#cursor = 0;
    this.#back = 0;
  }

  #insert(character: string): void {
    if (this.#line.length >= LONGEST) return;
    this.#line.splice(this.#cursor, 0, character);
    this.#cursor++;
    const after = this.#line.slice(this.#cursor);
    this.sink.echo(character + after.join('') + '\b'.repeat(width(after)));
  }

  #remove(from: number, to: number): void {
    if (from < 0 || from >= to || from >= this.#line.length) return;
    this.#move(from);
    this.#line.splice(from, to - from);
    const after = this.#line.slice(from);
    this.sink.echo(`\x1b[J${after.join('')}${'\b'.repeat(width(after))}`);
  }

  #move(to: number): void {
    const from = this.#cursor;
    this.#cursor = to;
    if (to < from) this.sink.echo('\b'.repeat(width(this.#line.slice(to, from))));
    else if (to > from) this.sink.echo(this.#line.slice(from, to).join(''));
  }

  #wordStart(): number {
    const before = this.#line.slice(0, this.#cursor).join('');
    return [...before.replace(/\S*\s*$/, '')].length;
  }

  #recall(back: number): void {
    if (back < 0 || back > this.#history.length) return;
    const text = back === 0 ? '' : (this.#history.at(-back) ?? '');
    this.#move(0);
    this.sink.echo(`\x1b[J${text}`);
    this.#line = [...text];
    this.#cursor = this.#line.length;
    this.#back = back;
  }
}

/** Columns of characters; those of East Asia take two. */
const width = (characters: readonly string[]): number =>
  characters.reduce((sum, character) => sum + (WIDE.test(character) ? 2 : 1), 0);
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/;
