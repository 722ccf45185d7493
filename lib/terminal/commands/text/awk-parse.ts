// awk programs: text to syntax tree (POSIX.1-2017, awk; without functions of one's own and getline).
import { compileRegex } from '../../text/regex';
import {
  AwkError,
  FUNCTIONS,
  LEVELS,
  unescaped,
  type Expression,
  type Rule,
  type Statement,
} from './awk-syntax';

const TOKEN =
  /[ \t\r]*(?:\\\n)?[ \t]*(?:(#[^\n]*)|(\n)|(\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+)|([A-Za-z_]\w*)|"((?:[^"\\\n]|\\[^])*)"|(\+\+|--|\+=|-=|\*=|\/=|%=|\^=|==|<=|>=|!=|!~|&&|\|\||>>|[-+*/%^!<>=~?:,;{}()[\]$|]))/y;

interface Token {
  readonly kind: 'number' | 'name' | 'string' | 'operator' | 'regex' | 'end';
  readonly text: string;
}

export class AwkParser {
  #at = 0;
  #depth = 0;
  #token: Token = { kind: 'end', text: '' };

  constructor(private readonly text: string) {
    this.#next(true);
  }

  program(): readonly Rule[] {
    const rules: Rule[] = [];
    this.#newlines();
    while (this.#token.kind !== 'end') {
      rules.push(this.#rule());
      this.#newlines();
    }
    return rules;
  }

  #error(): AwkError {
    const near = this.#token.kind === 'end' ? 'end of program' : this.#token.text;
    return new AwkError(`syntax error at or near ${near === '\n' ? 'end of line' : near}`);
  }

  /** Reads the next token. `operand`: a slash begins a regular expression. */
  #next(operand: boolean): void {
    for (;;) {
      const start = this.#at;
      const slash = operand ? /[ \t]*\/((?:[^/\\\n[]|\\[^]|\[\^?\]?[^\]\n]*\])*)\//y : undefined;
      if (slash) {
        slash.lastIndex = start;
        const found = slash.exec(this.text);
        if (found) {
          this.#at = slash.lastIndex;
          this.#token = { kind: 'regex', text: (found[1] ?? '').replaceAll('\\/', '/') };
          return;
        }
      }
      TOKEN.lastIndex = start;
      const found = TOKEN.exec(this.text);
      if (!found) {
        if (this.text.slice(start).trim() !== '')
          throw new AwkError(`unexpected character '${this.text.slice(start).trim()[0] ?? ''}'`);
        this.#token = { kind: 'end', text: '' };
        this.#at = this.text.length;
        return;
      }
      this.#at = TOKEN.lastIndex;
      const [, comment, newline, number, name, string, operator] = found;
      if (comment !== undefined) continue;
      if (newline !== undefined) this.#token = { kind: 'operator', text: '\n' };
      else if (number !== undefined) this.#token = { kind: 'number', text: number };
      else if (name !== undefined) this.#token = { kind: 'name', text: name };
      else if (string !== undefined) this.#token = { kind: 'string', text: string };
      else this.#token = { kind: 'operator', text: operator ?? '' };
      return;
    }
  }

  #is(text: string): boolean {
    return (this.#token.kind === 'operator' || this.#token.kind === 'name') && this.#token.text === text;
  }
  #take(text: string, operand = true): boolean {
    if (!this.#is(text)) return false;
    this.#next(operand);
    return true;
  }
  #expect(text: string, operand = true): void {
    if (!this.#take(text, operand)) throw this.#error();
  }
  #newlines(): void {
    while (this.#take('\n') || this.#take(';'));
  }

  #rule(): Rule {
    if (this.#take('BEGIN')) return { when: 'BEGIN', action: this.#block() };
    if (this.#take('END')) return { when: 'END', action: this.#block() };
    const pattern = this.#is('{') ? undefined : this.#expression();
    const until = pattern && this.#take(',') ? this.#expression() : undefined;
    const action: Statement = this.#is('{') ? this.#block() : { kind: 'print', args: [], formatted: false };
    return { when: 'line', ...(pattern ? { pattern } : {}), ...(until ? { until } : {}), action };
  }

  #block(): Statement {
    this.#newlinesOnly();
    this.#expect('{');
    const statements: Statement[] = [];
    this.#newlines();
    while (!this.#is('}')) {
      if (this.#token.kind === 'end') throw this.#error();
      statements.push(this.#statement());
      this.#newlines();
    }
    this.#next(true);
    return { kind: 'block', statements };
  }
  #newlinesOnly(): void {
    while (this.#take('\n'));
  }

  #statement(): Statement {
    if (++this.#depth > 60) throw new AwkError('nested too deeply');
    const statement = this.#oneStatement();
    this.#depth--;
    return statement;
  }

  #oneStatement(): Statement {
    if (this.#is('{')) return this.#block();
    if (this.#take('if')) {
      this.#expect('(');
      const test = this.#expression();
      this.#expect(')');
      this.#newlinesOnly();
      const yes = this.#statement();
      this.#newlines();
      if (!this.#take('else')) return { kind: 'if', test, yes };
      this.#newlinesOnly();
      return { kind: 'if', test, yes, no: this.#statement() };
    }
    if (this.#take('while')) {
      this.#expect('(');
      const test = this.#expression();
      this.#expect(')');
      this.#newlinesOnly();
      return { kind: 'while', test, body: this.#statement(), first: true };
    }
    if (this.#take('do')) {
      this.#newlinesOnly();
      const body = this.#statement();
      this.#newlines();
      this.#expect('while');
      this.#expect('(');
      const test = this.#expression();
      this.#expect(')');
      return { kind: 'while', test, body, first: false };
    }
    return this.#take('for') ? this.#for() : this.#simple();
  }

  #for(): Statement {
    this.#expect('(');
    const init = this.#is(';') ? undefined : this.#simple();
    if (init?.kind === 'expression' && init.expression.kind === 'in' && this.#take(')')) {
      const [variable] = init.expression.index;
      if (variable?.kind !== 'variable') throw this.#error();
      this.#newlinesOnly();
      return { kind: 'for-in', variable: variable.name, name: init.expression.name, body: this.#statement() };
    }
    this.#expect(';');
    const test = this.#is(';') ? undefined : this.#expression();
    this.#expect(';');
    const step = this.#is(')') ? undefined : this.#simple();
    this.#expect(')');
    this.#newlinesOnly();
    const body = this.#is(';') ? ({ kind: 'block', statements: [] } as const) : this.#statement();
    return {
      kind: 'for',
      ...(init ? { init } : {}),
      ...(test ? { test } : {}),
      ...(step ? { step } : {}),
      body,
    };
  }

  #simple(): Statement {
    for (const kind of ['next', 'break', 'continue'] as const) if (this.#take(kind)) return { kind };
    if (this.#take('exit'))
      return this.#atEnd() ? { kind: 'exit' } : { kind: 'exit', code: this.#expression() };
    if (this.#take('delete')) {
      const name = this.#token.text;
      this.#next(false);
      if (!this.#take('[')) return { kind: 'delete', name };
      const index = this.#list(']');
      return { kind: 'delete', name, index };
    }
    const formatted = this.#is('printf');
    if (formatted || this.#is('print')) {
      this.#next(true);
      return { kind: 'print', formatted, args: this.#printArguments() };
    }
    return { kind: 'expression', expression: this.#expression() };
  }

  #atEnd(): boolean {
    return (
      this.#token.kind === 'end' ||
      ['\n', ';', '}', ')'].includes(this.#token.kind === 'operator' ? this.#token.text : '')
    );
  }

  #printing = false;

  #printArguments(): Expression[] {
    if (this.#atEnd()) return [];
    this.#printing = true;
    const args = [this.#expression()];
    while (this.#take(',')) args.push(this.#expression());
    this.#printing = false;
    if (this.#is('>') || this.#is('>>') || this.#is('|'))
      throw new AwkError('output into files and commands is not supported here; redirect in the shell');
    const [only] = args;
    return only?.kind === 'call' && only.name === '' && args.length === 1 ? [...only.args] : args;
  }

  #list(end: string): Expression[] {
    const list: Expression[] = [];
    this.#newlinesOnly();
    while (!this.#is(end)) {
      list.push(this.#expression());
      this.#newlinesOnly();
      if (!this.#take(',')) break;
      this.#newlinesOnly();
    }
    this.#expect(end, false);
    return list;
  }

  #expression(): Expression {
    if (++this.#depth > 200) throw new AwkError('nested too deeply');
    const value = this.#assignment();
    this.#depth--;
    return value;
  }

  #assignment(): Expression {
    const left = this.#conditional();
    const op = this.#token.kind === 'operator' ? this.#token.text : '';
    if (!/^[-+*/%^]?=$/.test(op) || !['variable', 'field', 'element'].includes(left.kind)) return left;
    this.#next(true);
    return { kind: 'assign', op: op.slice(0, -1), target: left, value: this.#assignment() };
  }

  #conditional(): Expression {
    const test = this.#binary(0);
    if (!this.#take('?')) return test;
    const yes = this.#assignment();
    this.#expect(':');
    return { kind: 'condition', test, yes, no: this.#assignment() };
  }

  #binary(level: number): Expression {
    const operators = LEVELS[level];
    if (!operators) return this.#unary();
    let left = this.#binary(level + 1);
    for (;;) {
      const { kind, text } = this.#token;
      if (operators[0] === ' ') {
        // Juxtaposition: the next thing begins an operand.
        const begins =
          kind === 'number' ||
          kind === 'string' ||
          (kind === 'name' && text !== 'in') ||
          (kind === 'operator' && ['$', '!', '(', '-', '+'].includes(text) && text !== '-' && text !== '+');
        if (!begins) return left;
        left = { kind: 'binary', op: ' ', left, right: this.#binary(level + 1) };
      } else if (operators[0] === 'in') {
        if (!this.#is('in')) return left;
        this.#next(false);
        const name = this.#token.text;
        this.#next(false);
        left = { kind: 'in', index: left.kind === 'call' && left.name === '' ? left.args : [left], name };
      } else {
        if (kind !== 'operator' || !operators.includes(text) || (this.#printing && text === '>')) return left;
        this.#next(true);
        this.#newlinesAfter(text);
        left = { kind: 'binary', op: text, left, right: this.#binary(level + 1) };
      }
    }
  }

  #newlinesAfter(operator: string): void {
    if (operator === '&&' || operator === '||') this.#newlinesOnly();
  }

  #unary(): Expression {
    for (const op of ['!', '-', '+'])
      if (this.#take(op)) return { kind: 'unary', op, operand: this.#unary() };
    const base = this.#postfix();
    return this.#take('^') ? { kind: 'binary', op: '^', left: base, right: this.#unary() } : base;
  }

  #postfix(): Expression {
    for (const [op, by] of [
      ['++', 1],
      ['--', -1],
    ] as const)
      if (this.#take(op)) return { kind: 'step', target: this.#postfix(), by, after: false };
    const value = this.#primary();
    if (!['variable', 'field', 'element'].includes(value.kind)) return value;
    for (const [op, by] of [
      ['++', 1],
      ['--', -1],
    ] as const)
      if (this.#take(op, false)) return { kind: 'step', target: value, by, after: true };
    return value;
  }

  #primary(): Expression {
    const { kind, text } = this.#token;
    if (kind === 'number') {
      this.#next(false);
      return { kind: 'number', value: Number(text) };
    }
    if (kind === 'string') {
      this.#next(false);
      return { kind: 'string', value: unescaped(text) };
    }
    if (kind === 'regex') {
      this.#next(false);
      const regex = compileRegex(text, { extended: true });
      if ('error' in regex) throw new AwkError(`regular expression compile failed (${regex.error}): ${text}`);
      return { kind: 'regex', regex };
    }
    if (kind === 'name') return this.#named(text);
    if (this.#take('$')) return { kind: 'field', index: this.#fieldIndex() };
    if (this.#take('(')) {
      const printing = this.#printing;
      this.#printing = false;
      const list = this.#list(')');
      this.#printing = printing;
      const [only] = list;
      return only && list.length === 1 ? only : { kind: 'call', name: '', args: list };
    }
    throw this.#error();
  }

  #fieldIndex(): Expression {
    for (const [op, by] of [
      ['++', 1],
      ['--', -1],
    ] as const)
      if (this.#take(op)) return { kind: 'step', target: this.#primary(), by, after: false };
    return this.#primary();
  }

  #named(name: string): Expression {
    this.#next(false);
    if (FUNCTIONS.includes(name)) {
      if (!this.#is('(')) return { kind: 'call', name, args: [] };
      this.#next(true);
      const printing = this.#printing;
      this.#printing = false;
      const args = this.#list(')');
      this.#printing = printing;
      return { kind: 'call', name, args };
    }
    if (['function', 'func', 'getline'].includes(name)) throw new AwkError(`${name} is not supported here`);
    if (this.#is('(') && this.text[this.#at - 2] !== ' ')
      throw new AwkError(`function ${name} never defined`);
    if (!this.#is('[')) return { kind: 'variable', name };
    this.#next(true);
    return { kind: 'element', name, index: this.#list(']') };
  }
}
