// The grammar of the shell language (POSIX.1-2017, 2.10): lists, pipelines, compound commands, redirections, here-documents.
import { Cursor, noClosing, ScriptError, unexpectedEnd, unexpectedToken } from './cursor';
import { putBehind } from './behind';
import { expandBraces } from './braces';
import { WordReader } from './parse-word';
import { Tokens } from './tokens';
import {
  literal,
  textWord,
  type Assignment,
  type Branch,
  type CaseItem,
  type Pipeline,
  type Redirect,
  type Script,
  type ShellCommand,
  type Word,
} from './syntax';

export type ParsedScript =
  | { readonly ok: true; readonly script: Script }
  /** `incomplete`: more lines could complete it (an open quote, a loop without `done`, a here-document). */
  | { readonly ok: false; readonly message: string; readonly incomplete: boolean };

const LONGEST = 256 * 1024;

/** Reads a script. Messages are bash's. */
export function parseScript(text: string): ParsedScript {
  if (text.length > LONGEST)
    return {
      ok: false,
      message: `a command line of more than ${LONGEST / 1024} KB is not read`,
      incomplete: false,
    };
  try {
    return { ok: true, script: new Parser(text).whole() };
  } catch (error) {
    if (!(error instanceof ScriptError)) throw error;
    return { ok: false, message: error.message, incomplete: error.incomplete };
  }
}

const RESERVED = [
  'if',
  'then',
  'elif',
  'else',
  'fi',
  'for',
  'do',
  'done',
  'while',
  'until',
  'case',
  'esac',
  '}',
  'in',
];
const CLOSING = ['then', 'elif', 'else', 'fi', 'do', 'done', 'esac', '}', 'in'];
class Parser {
  readonly #cursor: Cursor;
  readonly #words: WordReader;
  readonly #tokens: Tokens;

  constructor(text: string) {
    this.#cursor = new Cursor(text);
    this.#words = new WordReader(
      this.#cursor,
      () => this.#untilParenthesis(),
      (own) => new Parser(own).whole(),
    );
    this.#tokens = new Tokens(this.#cursor, this.#words, documentWord);
  }

  whole(): Script {
    const script = this.#list([]);
    if (!this.#cursor.ended) throw unexpectedToken(this.#tokens.peekOperator() || this.#cursor.char);
    if (this.#tokens.awaitsDocument) throw new ScriptError('here-document delimited by end-of-file', true);
    return script;
  }

  /** The script of $(…) and (…), whose parenthesis was taken. */
  #untilParenthesis(): Script {
    const script = this.#list([]);
    if (!this.#cursor.took(')'))
      throw this.#cursor.ended ? noClosing(')') : unexpectedToken(this.#tokens.peekOperator());
    return script;
  }

  /** Pipelines up to a reserved word that ends the list (which stays), `)`, `;;` or the end. */
  #list(ends: readonly string[]): Script {
    return this.#cursor.nested(() => {
      const pipelines: Pipeline[] = [];
      let after: Pipeline['after'] = 'always';
      let begun = 0;
      for (;;) {
        this.#tokens.newlines();
        if (this.#atEnd(ends)) break;
        const from = this.#cursor.at;
        const pipeline = this.#pipeline(after);
        const to = this.#cursor.at;
        const operator = this.#tokens.peekOperator();
        if (after === 'always') begun = from;
        pipelines.push(pipeline);
        if (operator === '&') putBehind(pipelines, this.#cursor.text.slice(begun, to));
        after = operator === '&&' ? 'success' : operator === '||' ? 'failure' : 'always';
        if (!['&&', '||', ';', '&', '\n'].includes(operator)) break;
        this.#tokens.takeOperator();
        if (after === 'always') continue;
        this.#tokens.newlines();
        if (this.#cursor.ended) throw unexpectedEnd();
      }
      return { pipelines };
    });
  }

  #atEnd(ends: readonly string[]): boolean {
    if (this.#cursor.ended) return true;
    const operator = this.#tokens.peekOperator();
    if (operator === ')' || operator === ';;') return true;
    return ends.includes(this.#tokens.peekWord());
  }

  #pipeline(after: Pipeline['after']): Pipeline {
    const commands: ShellCommand[] = [];
    const negated = this.#tokens.peekWord() === '!' && this.#tokens.takeWord() !== undefined;
    for (;;) {
      const command = this.#command();
      const operator = this.#tokens.peekOperator();
      if (operator !== '|' && operator !== '|&') {
        commands.push(command);
        return { negated, commands, after, background: undefined };
      }
      const both: Redirect = { fd: 2, op: '>&', target: textWord('1') };
      commands.push(operator === '|' ? command : { ...command, redirects: [...command.redirects, both] });
      this.#tokens.takeOperator();
      this.#tokens.newlines();
      if (this.#cursor.ended) throw unexpectedEnd();
    }
  }

  #command(): ShellCommand {
    const compound = this.#compound();
    if (!compound) return this.#simple();
    const redirects: Redirect[] = [];
    for (let r = this.#tokens.redirect(); r; r = this.#tokens.redirect()) redirects.push(r);
    const next = this.#tokens.peekOperator();
    if (!this.#cursor.ended && next === '')
      throw unexpectedToken(this.#tokens.peekWord() || this.#cursor.char);
    return { ...compound, redirects };
  }

  #compound(): ShellCommand | undefined {
    const redirects: readonly Redirect[] = [];
    const cursor = this.#cursor;
    if (this.#tokens.peekOperator() === '(') {
      const arithmetic = cursor.startsWith('((') ? this.#arithmeticCommand() : undefined;
      if (arithmetic) return arithmetic;
      this.#tokens.takeOperator();
      return { kind: 'subshell', body: this.#nonEmpty(this.#untilParenthesis(), ')'), redirects };
    }
    const word = this.#tokens.peekWord();
    switch (word) {
      case 'if':
        return this.#if();
      case 'for':
        return this.#for();
      case 'while':
      case 'until': {
        this.#tokens.takeWord();
        const condition = this.#body(['do']);
        this.#tokens.expect('do');
        const body = this.#body(['done']);
        this.#tokens.expect('done');
        return { kind: 'while', until: word === 'until', condition, body, redirects };
      }
      case 'case':
        return this.#case();
      case '{': {
        this.#tokens.takeWord();
        const body = this.#body(['}']);
        this.#tokens.expect('}');
        return { kind: 'group', body, redirects };
      }
      case '[[':
        return this.#conditional();
      case 'function':
        this.#tokens.takeWord();
        return this.#function(this.#tokens.takeName());
      default:
        if (CLOSING.includes(word) && RESERVED.includes(word)) throw unexpectedToken(word);
        return this.#isFunction() ? this.#function(this.#tokens.takeName()) : undefined;
    }
  }

  /** (( … )); undefined: it is a subshell in a subshell. */
  #arithmeticCommand(): ShellCommand | undefined {
    const start = this.#cursor.at;
    this.#cursor.at += 2;
    const expression = this.#words.arithmeticUpTo();
    if (this.#cursor.took('))')) return { kind: 'arithmetic', expression, redirects: [] };
    this.#cursor.at = start;
    return undefined;
  }

  #if(): ShellCommand {
    const branches: Branch[] = [];
    let otherwise: Script | undefined;
    for (;;) {
      this.#tokens.takeWord();
      const condition = this.#body(['then']);
      this.#tokens.expect('then');
      branches.push({ condition, body: this.#body(['elif', 'else', 'fi']) });
      if (this.#tokens.peekWord() !== 'elif') break;
    }
    if (this.#tokens.peekWord() === 'else') {
      this.#tokens.takeWord();
      otherwise = this.#body(['fi']);
    }
    this.#tokens.expect('fi');
    return { kind: 'if', branches, otherwise, redirects: [] };
  }

  #for(): ShellCommand {
    this.#tokens.takeWord();
    this.#tokens.blanks();
    if (this.#cursor.startsWith('((')) return this.#countingFor();
    const name = this.#tokens.takeName();
    this.#tokens.newlines();
    let words: Word[] | undefined;
    if (this.#tokens.peekWord() === 'in') {
      this.#tokens.takeWord();
      words = [];
      for (let w = this.#tokens.nextWord(); w; w = this.#tokens.nextWord()) words.push(...expandBraces(w));
    }
    return { kind: 'for', name, words, body: this.#doBody(), redirects: [] };
  }

  #countingFor(): ShellCommand {
    const cursor = this.#cursor;
    cursor.at += 2;
    const clause = (ends: string): Word => this.#words.arithmeticUpTo(ends);
    const init = clause(';');
    if (!cursor.took(';')) throw cursor.ended ? unexpectedEnd() : unexpectedToken(cursor.char);
    const test = clause(';');
    if (!cursor.took(';')) throw cursor.ended ? unexpectedEnd() : unexpectedToken(cursor.char);
    const step = clause(')');
    if (!cursor.took('))')) throw cursor.ended ? unexpectedEnd() : unexpectedToken(cursor.char);
    return { kind: 'counting-for', clauses: [init, test, step], body: this.#doBody(), redirects: [] };
  }

  #doBody(): Script {
    if (this.#tokens.peekOperator() === ';') this.#tokens.takeOperator();
    this.#tokens.newlines();
    this.#tokens.expect('do');
    const body = this.#body(['done']);
    this.#tokens.expect('done');
    return body;
  }

  #case(): ShellCommand {
    this.#tokens.takeWord();
    const word = this.#tokens.nextWord();
    if (!word) throw this.#tokens.unexpected();
    this.#tokens.newlines();
    this.#tokens.expect('in');
    const items: CaseItem[] = [];
    for (;;) {
      this.#tokens.newlines();
      if (this.#tokens.peekWord() === 'esac') break;
      if (this.#tokens.peekOperator() === '(') this.#tokens.takeOperator();
      const patterns: Word[] = [];
      do {
        const pattern = this.#tokens.nextWord();
        if (!pattern) throw this.#tokens.unexpected();
        patterns.push(pattern);
      } while (this.#tokens.peekOperator() === '|' && this.#tokens.takeOperator());
      if (this.#tokens.peekOperator() !== ')') throw this.#tokens.unexpected();
      this.#tokens.takeOperator();
      items.push({ patterns, body: this.#list(['esac']) });
      if (this.#tokens.peekOperator() === ';;') this.#tokens.takeOperator();
    }
    this.#tokens.expect('esac');
    return { kind: 'case', word, items, redirects: [] };
  }

  #conditional(): ShellCommand {
    this.#tokens.takeWord();
    const words: Word[] = [];
    for (;;) {
      this.#tokens.blanks();
      if (this.#cursor.ended) throw unexpectedEnd();
      const operator = this.#tokens.peekOperator();
      if (operator !== '') {
        this.#tokens.takeOperator();
        words.push({ parts: [{ kind: 'text', text: operator, quoted: false }] });
        continue;
      }
      // Behind =~ stands a regular expression, whose parentheses and bars are its own.
      const word = literal(words.at(-1)) === '=~' ? this.#words.upTo(' \t\n') : this.#words.word();
      if (!word) throw this.#tokens.unexpected();
      if (literal(word) === ']]') return { kind: 'conditional', words, redirects: [] };
      words.push(word);
    }
  }

  #isFunction(): boolean {
    this.#tokens.blanks();
    const start = this.#cursor.at;
    const found = this.#cursor.match(/[A-Za-z_][\w-]*[ \t]*\([ \t]*\)/y) !== '';
    this.#cursor.at = start;
    return found;
  }

  #function(name: string): ShellCommand {
    this.#cursor.match(/[ \t]*\([ \t]*\)/y);
    this.#tokens.newlines();
    const body = this.#compound();
    if (!body) throw this.#tokens.unexpected();
    return { kind: 'function', name, body, redirects: [] };
  }

  #simple(): ShellCommand {
    const assignments: Assignment[] = [];
    const words: Word[] = [];
    const redirects: Redirect[] = [];
    for (;;) {
      const redirect = this.#tokens.redirect();
      if (redirect) {
        redirects.push(redirect);
        continue;
      }
      const word = this.#tokens.nextWord();
      if (!word) break;
      const assignment = words.length === 0 ? assignmentOf(word) : undefined;
      if (assignment) assignments.push(assignment);
      else words.push(...expandBraces(word));
    }
    if (assignments.length + words.length + redirects.length === 0) throw this.#tokens.unexpected();
    const operator = this.#tokens.peekOperator();
    if (operator === '(') throw unexpectedToken('(');
    return { kind: 'simple', assignments, words, redirects };
  }

  #body(ends: readonly string[]): Script {
    return this.#nonEmpty(this.#list(ends), ends[0] ?? '');
  }

  #nonEmpty(script: Script, end: string): Script {
    if (script.pipelines.length > 0) return script;
    throw this.#cursor.ended
      ? unexpectedEnd()
      : unexpectedToken(this.#tokens.peekWord() || this.#tokens.peekOperator() || end);
  }
}

/** A here-document's text, with its parameters and substitutions. */
function documentWord(text: string): Word {
  return new WordReader(
    new Cursor(text),
    (cursor) => readNested(cursor),
    (own) => new Parser(own).whole(),
  ).document();
}

/** The script of $(…) inside a here-document: read by a parser of its own up to the closing parenthesis. */
function readNested(cursor: Cursor): Script {
  for (
    let close = cursor.text.indexOf(')', cursor.at);
    close >= 0;
    close = cursor.text.indexOf(')', close + 1)
  ) {
    const parsed = parseScript(cursor.text.slice(cursor.at, close));
    if (!parsed.ok) continue;
    cursor.at = close + 1;
    return parsed.script;
  }
  throw noClosing(')');
}

function assignmentOf(word: Word): Assignment | undefined {
  const [first, ...rest] = word.parts;
  if (first?.kind !== 'text' || first.quoted) return undefined;
  const found = /^([A-Za-z_]\w*)(\+?)=/.exec(first.text);
  if (!found) return undefined;
  const text = first.text.slice(found[0].length);
  return {
    name: found[1] ?? '',
    append: found[2] === '+',
    value: { parts: [...(text === '' ? [] : [{ ...first, text }]), ...rest] },
  };
}
