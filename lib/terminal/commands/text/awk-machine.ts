// Runs awk programs: rules over lines and fields, arrays, arithmetic and the usual functions.
import { formatPrintf } from '../../shell/printf';
import { compileRegex, type Regex } from '../../text/regex';
import { AwkError, type Expression, type Rule, type Statement } from './awk-syntax';
import {
  arithmetic,
  compared,
  looksNumeric,
  splitBy,
  substituted,
  toNumber,
  toText,
  type Value,
} from './awk-values';

const MOST_STEPS = 5_000_000;

/** next, break, continue and exit leave what they stand in. */
class Leave extends Error {
  constructor(readonly how: 'next' | 'break' | 'continue' | 'exit') {
    super(how);
  }
}

/** One program with its variables. */
export class Awk {
  exit = 0;
  ended = false;
  readonly #rules: readonly Rule[];
  readonly #variables = new Map<string, Value>([
    ['FS', ' '],
    ['OFS', ' '],
    ['ORS', '\n'],
    ['NR', 0],
    ['NF', 0],
    ['SUBSEP', '\x1c'],
    ['RSTART', 0],
    ['RLENGTH', -1],
  ]);
  readonly #arrays = new Map<string, Map<string, Value>>();
  readonly #open = new Set<Rule>();
  readonly #regexes = new Map<string, Regex>();
  #line = '';
  #fields: string[] = [];
  #output: string[] = [];
  #steps = 0;

  constructor(rules: readonly Rule[]) {
    this.#rules = rules;
  }

  get readsInput(): boolean {
    return !this.ended && this.#rules.some((r) => r.when !== 'BEGIN');
  }
  set separator(text: string) {
    this.#variables.set('FS', text);
  }

  assign(text: string): void {
    const at = text.indexOf('=');
    if (at < 0) throw new AwkError(`improper assignment: -v ${text}`);
    this.#variables.set(text.slice(0, at), { input: text.slice(at + 1) });
  }

  takeOutput(): string {
    const text = this.#output.join('');
    this.#output = [];
    return text;
  }

  begin(): void {
    this.#each('BEGIN');
  }
  end(): void {
    if (!this.ended || this.#rules.every((r) => r.when !== 'BEGIN')) this.#each('END');
  }
  line(text: string): void {
    if (this.ended) return;
    this.#setLine(text);
    this.#variables.set('NR', toNumber(this.#get('NR')) + 1);
    this.#variables.set('FNR', toNumber(this.#get('NR')));
    this.#each('line');
  }

  #each(when: Rule['when']): void {
    try {
      for (const rule of this.#rules) if (rule.when === when && this.#selected(rule)) this.#run(rule.action);
    } catch (error) {
      if (!(error instanceof Leave)) throw error;
      if (error.how === 'exit') this.ended = true;
    }
  }

  #selected(rule: Rule): boolean {
    if (!rule.pattern) return true;
    if (!rule.until) return this.#truth(rule.pattern);
    if (!this.#open.has(rule) && !this.#truth(rule.pattern)) return false;
    this.#open.add(rule);
    if (this.#truth(rule.until)) this.#open.delete(rule);
    return true;
  }

  #setLine(text: string): void {
    this.#line = text;
    this.#fields = this.#split(text, toText(this.#get('FS')));
    this.#variables.set('NF', this.#fields.length);
  }

  #split(text: string, separator: string): string[] {
    if (text === '') return [];
    if (separator === ' ')
      return text
        .trim()
        .split(/[ \t\n]+/)
        .filter((f) => f !== '');
    if (separator.length === 1 && separator !== '\\') return text.split(separator);
    return splitBy(text, this.#regex(separator));
  }

  #regex(source: string): Regex {
    const known = this.#regexes.get(source);
    if (known) return known;
    const made = compileRegex(source, { extended: true });
    if ('error' in made) throw new AwkError(`regular expression compile failed (${made.error}): ${source}`);
    this.#regexes.set(source, made);
    return made;
  }

  #tick(): void {
    if (++this.#steps > MOST_STEPS)
      throw new AwkError('stopped after 5 million steps: the program does not end');
  }

  #run(s: Statement): void {
    this.#tick();
    switch (s.kind) {
      case 'expression':
        this.#value(s.expression);
        break;
      case 'print':
        this.#print(s.args, s.formatted);
        break;
      case 'if':
        if (this.#truth(s.test)) this.#run(s.yes);
        else if (s.no) this.#run(s.no);
        break;
      case 'while':
        if (s.first || this.#round(s.body)) while (this.#truth(s.test) && this.#round(s.body));
        break;
      case 'for':
        if (s.init) this.#run(s.init);
        while (!s.test || this.#truth(s.test)) {
          if (!this.#round(s.body)) break;
          if (s.step) this.#run(s.step);
        }
        break;
      case 'for-in':
        for (const key of this.#keys(s.name)) {
          this.#variables.set(s.variable, { input: key });
          if (!this.#round(s.body)) break;
        }
        break;
      case 'block':
        for (const one of s.statements) this.#run(one);
        break;
      case 'delete':
        if (s.index) this.#array(s.name).delete(this.#key(s.index));
        else this.#array(s.name).clear();
        break;
      case 'exit':
        if (s.code) this.exit = toNumber(this.#value(s.code)) & 255;
        throw new Leave('exit');
      default:
        throw new Leave(s.kind);
    }
  }

  /** Whole numbers first, in order, then texts as they came: a fixed order, as awk promises none. */
  #keys(name: string): string[] {
    const keys = [...this.#array(name).keys()];
    const numbers = keys.filter((k) => /^\d+$/.test(k)).sort((a, b) => Number(a) - Number(b));
    return [...numbers, ...keys.filter((k) => !/^\d+$/.test(k))];
  }

  /** One pass of a loop; false: it was left. */
  #round(body: Statement): boolean {
    try {
      this.#run(body);
      return true;
    } catch (error) {
      if (error instanceof Leave && error.how === 'continue') return true;
      if (error instanceof Leave && error.how === 'break') return false;
      throw error;
    }
  }

  #print(args: readonly Expression[], formatted: boolean): void {
    const values = args.map((a) => toText(this.#value(a)));
    const [format = '', ...rest] = values;
    this.#output.push(
      formatted
        ? formatPrintf(format, rest.length ? rest : ['']).text
        : (args.length ? values.join(toText(this.#get('OFS'))) : this.#line) + toText(this.#get('ORS')),
    );
    if (this.#output.length > 200_000)
      throw new AwkError('stopped: more than 200000 lines were printed for one chunk of input');
  }

  #get(name: string): Value {
    return this.#variables.get(name) ?? '';
  }
  #array(name: string): Map<string, Value> {
    let array = this.#arrays.get(name);
    if (!array) this.#arrays.set(name, (array = new Map()));
    return array;
  }
  #key(index: readonly Expression[]): string {
    return index.map((e) => toText(this.#value(e))).join(toText(this.#get('SUBSEP')));
  }

  #truth(e: Expression): boolean {
    const value = e.kind === 'regex' ? (e.regex.test(this.#line) ? 1 : 0) : this.#value(e);
    if (typeof value === 'number') return value !== 0;
    if (typeof value === 'string') return value !== '';
    return looksNumeric(value.input) ? Number(value.input) !== 0 : value.input !== '';
  }

  #value(e: Expression): Value {
    this.#tick();
    switch (e.kind) {
      case 'number':
      case 'string':
        return e.value;
      case 'regex':
        return e.regex.test(this.#line) ? 1 : 0;
      case 'variable':
        return this.#get(e.name);
      case 'field':
        return this.#field(toNumber(this.#value(e.index)));
      case 'element': {
        const array = this.#array(e.name);
        const key = this.#key(e.index);
        if (!array.has(key)) array.set(key, '');
        return array.get(key) ?? '';
      }
      case 'assign': {
        const right = this.#value(e.value);
        const value =
          e.op === '' ? right : arithmetic(e.op, toNumber(this.#value(e.target)), toNumber(right));
        this.#store(e.target, value);
        return value;
      }
      case 'step': {
        const before = toNumber(this.#value(e.target));
        this.#store(e.target, before + e.by);
        return e.after ? before : before + e.by;
      }
      case 'unary': {
        if (e.op === '!') return this.#truth(e.operand) ? 0 : 1;
        const number = toNumber(this.#value(e.operand));
        return e.op === '-' ? -number : number;
      }
      case 'condition':
        return this.#value(this.#truth(e.test) ? e.yes : e.no);
      case 'in':
        return this.#array(e.name).has(this.#key(e.index)) ? 1 : 0;
      case 'call':
        return this.#call(e.name, e.args);
      default:
        return this.#binary(e);
    }
  }

  #field(index: number): Value {
    if (index < 0) throw new AwkError(`attempt to access field ${index}`);
    return { input: index === 0 ? this.#line : (this.#fields[Math.trunc(index) - 1] ?? '') };
  }

  #store(target: Expression, value: Value): void {
    if (target.kind === 'variable') {
      this.#variables.set(target.name, value);
      if (target.name === 'NF') {
        this.#fields.length = Math.min(10_000, Math.max(0, toNumber(value)));
        this.#line = Array.from(this.#fields, (f) => f ?? '').join(toText(this.#get('OFS')));
      }
    } else if (target.kind === 'element') this.#array(target.name).set(this.#key(target.index), value);
    else if (target.kind === 'field') {
      const index = Math.trunc(toNumber(this.#value(target.index)));
      if (index < 0 || index > 10_000) throw new AwkError(`attempt to access field ${index}`);
      if (index === 0) this.#setLine(toText(value));
      else {
        while (this.#fields.length < index) this.#fields.push('');
        this.#fields[index - 1] = toText(value);
        this.#variables.set('NF', this.#fields.length);
        this.#line = this.#fields.join(toText(this.#get('OFS')));
      }
    }
  }

  #binary({ op, left, right }: Extract<Expression, { kind: 'binary' }>): Value {
    if (op === '&&') return this.#truth(left) && this.#truth(right) ? 1 : 0;
    if (op === '||') return this.#truth(left) || this.#truth(right) ? 1 : 0;
    if (op === '~' || op === '!~') {
      const regex = right.kind === 'regex' ? right.regex : this.#regex(toText(this.#value(right)));
      return regex.test(toText(this.#value(left))) === (op === '~') ? 1 : 0;
    }
    const a = this.#value(left);
    const b = this.#value(right);
    if (op === ' ') return toText(a) + toText(b);
    if (/^[<>=!]/.test(op)) return compared(op, a, b) ? 1 : 0;
    return arithmetic(op, toNumber(a), toNumber(b));
  }

  #call(name: string, args: readonly Expression[]): Value {
    const text = (i: number): string => (args[i] ? toText(this.#value(args[i])) : '');
    const number = (i: number): number => (args[i] ? toNumber(this.#value(args[i])) : 0);
    switch (name) {
      case 'length': {
        const [first] = args;
        if (first?.kind === 'variable' && this.#arrays.has(first.name)) return this.#array(first.name).size;
        return [...(first ? text(0) : this.#line)].length;
      }
      case 'substr': {
        const from = Math.round(number(1));
        const to = args.length > 2 ? from + Math.round(number(2)) : Infinity;
        return [...text(0)].slice(Math.max(0, from - 1), Math.max(0, to - 1)).join('');
      }
      case 'index':
        return text(0).indexOf(text(1)) + 1;
      case 'toupper':
        return text(0).toUpperCase();
      case 'tolower':
        return text(0).toLowerCase();
      case 'int':
        return Math.trunc(number(0));
      case 'sqrt':
        return Math.sqrt(number(0));
      case 'log':
        return Math.log(number(0));
      case 'exp':
        return Math.exp(number(0));
      case 'rand':
        return 0.5;
      case 'srand':
        return 0;
      case 'sprintf':
        return formatPrintf(
          text(0),
          args.slice(1).map((a) => toText(this.#value(a))),
        ).text;
      case 'split':
        return this.#splitInto(args);
      case 'sub':
      case 'gsub':
        return this.#substitute(args, name === 'gsub');
      case 'match': {
        const found = this.#regexOf(args[1]).search(text(0));
        this.#variables.set('RSTART', found ? found.start + 1 : 0);
        this.#variables.set('RLENGTH', found ? found.end - found.start : -1);
        return found ? found.start + 1 : 0;
      }
      default:
        return args.map((a) => toText(this.#value(a))).join(toText(this.#get('SUBSEP')));
    }
  }

  #regexOf(e: Expression | undefined): Regex {
    return e?.kind === 'regex' ? e.regex : this.#regex(e ? toText(this.#value(e)) : '');
  }

  #splitInto([source, target, separator]: readonly Expression[]): number {
    if (!source || target?.kind !== 'variable') throw new AwkError('split needs a text and an array');
    const by = separator?.kind === 'regex' ? separator : undefined;
    const text = toText(this.#value(source));
    const parts = by
      ? splitBy(text, by.regex)
      : this.#split(text, separator ? toText(this.#value(separator)) : toText(this.#get('FS')));
    const array = this.#array(target.name);
    array.clear();
    for (const [i, part] of parts.entries()) array.set(String(i + 1), { input: part });
    return parts.length;
  }

  #substitute(args: readonly Expression[], global: boolean): number {
    const regex = this.#regexOf(args[0]);
    const by = args[1] ? toText(this.#value(args[1])) : '';
    const target: Expression = args[2] ?? { kind: 'field', index: { kind: 'number', value: 0 } };
    const text = toText(this.#value(target));
    const { result, count } = substituted(text, regex, by, global);
    if (count > 0) this.#store(target, result);
    return count;
  }
}
