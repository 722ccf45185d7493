// The tokens of the shell language: words, operators, redirections and here-documents (POSIX.1-2017, 2.3).
import { ScriptError, unexpectedEnd, unexpectedToken, type Cursor } from './cursor';
import type { WordReader } from './parse-word';
import { literal, textWord, type Redirect, type Word } from './syntax';

const OPERATOR = /&&|\|\||;;|&>>|&>|\|&|<<<|<<-|<<|<&|<>|>>|>&|>\||[|&;\n()<>]/y;
const REDIRECTS = ['<', '>', '>>', '>|', '<<', '<<-', '<<<', '>&', '<&', '<>', '&>', '&>>'];
const NAME = /^[A-Za-z_]\w*$/;

interface PendingDocument {
  readonly delimiter: string;
  readonly quoted: boolean;
  readonly stripTabs: boolean;
  fill(body: Word): void;
}

export class Tokens {
  #documents: PendingDocument[] = [];

  constructor(
    readonly cursor: Cursor,
    readonly words: WordReader,
    /** Reads the text of a here-document. */
    private readonly documentWord: (text: string) => Word,
  ) {}

  /** A here-document was named, but its text did not come. */
  get awaitsDocument(): boolean {
    return this.#documents.length > 0;
  }

  expect(word: string): void {
    if (this.peekWord() !== word) throw this.unexpected();
    this.takeWord();
  }

  unexpected(): ScriptError {
    this.blanks();
    if (this.cursor.ended) return unexpectedEnd();
    return unexpectedToken(this.peekOperator() || this.peekWord() || this.cursor.char);
  }

  takeName(): string {
    const text = literal(this.nextWord());
    if (text === undefined) throw this.unexpected();
    const name = text.replace(/\(\)$/, '');
    if (!NAME.test(name.replaceAll('-', '_'))) throw new ScriptError(`\`${name}': not a valid identifier`);
    return name;
  }

  nextWord(): Word | undefined {
    this.blanks();
    return this.peekOperator() === '' && !this.cursor.ended ? this.words.word() : undefined;
  }

  /** The next word if it is a plain text (reserved words are), without taking it. */
  peekWord(): string {
    this.blanks();
    const start = this.cursor.at;
    const text = this.cursor.match(/[^ \t\n|&;()<>'"\\$`]+(?=[ \t\n|&;()<>]|$)/y);
    this.cursor.at = start;
    return text;
  }

  takeWord(): string | undefined {
    return literal(this.nextWord());
  }

  peekOperator(): string {
    this.blanks();
    const start = this.cursor.at;
    const operator = this.cursor.match(OPERATOR);
    this.cursor.at = start;
    return operator;
  }

  takeOperator(): string {
    const operator = this.peekOperator();
    this.cursor.at += operator.length;
    if (operator === '\n') this.#readDocuments();
    return operator;
  }

  newlines(): void {
    while (this.peekOperator() === '\n') this.takeOperator();
  }

  /** Blanks, line continuations and comments. */
  blanks(): void {
    this.cursor.match(/(?:[ \t\r]|\\\n)*/y);
    const before = this.cursor.text[this.cursor.at - 1];
    if (this.cursor.char === '#' && (before === undefined || /[ \t\n;&|()]/.test(before)))
      this.cursor.match(/[^\n]*/y);
  }

  #hereDocument(target: Word, stripTabs: boolean): Redirect {
    const quoted = target.parts.some((p) => p.kind === 'text' && p.quoted);
    const delimiter = target.parts.map((p) => (p.kind === 'text' ? p.text : '')).join('');
    let body: Word = { parts: [] };
    this.#documents.push({ delimiter, quoted, stripTabs, fill: (word) => (body = word) });
    return {
      fd: 0,
      op: '<<',
      get target() {
        return body;
      },
    };
  }

  /** The bodies of here-documents stand after the line that names them. */
  #readDocuments(): void {
    const documents = this.#documents;
    this.#documents = [];
    for (const document of documents) {
      const lines: string[] = [];
      for (;;) {
        if (this.cursor.ended) throw new ScriptError('here-document delimited by end-of-file', true);
        const line = this.cursor.match(/[^\n]*/y);
        this.cursor.took('\n');
        const text = document.stripTabs ? line.replace(/^\t+/, '') : line;
        if (text === document.delimiter) break;
        lines.push(text + '\n');
      }
      const text = lines.join('');
      document.fill(document.quoted ? textWord(text) : this.documentWord(text));
    }
  }

  redirect(): Redirect | undefined {
    this.blanks();
    const cursor = this.cursor;
    const start = cursor.at;
    const digits = cursor.match(/\d+(?=[<>])/y);
    const operator = this.peekOperator();
    if (!REDIRECTS.includes(operator)) {
      cursor.at = start;
      return undefined;
    }
    this.takeOperator();
    const target = this.nextWord();
    if (!target) throw this.unexpected();
    const both = operator.startsWith('&');
    const fd = both ? '&' : digits === '' ? (operator.startsWith('<') ? 0 : 1) : Number(digits);
    if (fd !== '&' && fd !== 0 && fd !== 1 && fd !== 2)
      throw new ScriptError(`${digits}: Bad file descriptor`);
    if (operator === '<<' || operator === '<<-') return this.#hereDocument(target, operator === '<<-');
    const plain = operator.replace('&>', '>').replace('>|', '>').replace('<>', '<');
    const op = operator === '>&' || operator === '<&' ? operator : (plain as Redirect['op']);
    return { fd, op, target };
  }
}
