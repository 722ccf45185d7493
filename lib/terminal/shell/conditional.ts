// [[ … ]]: words are not split, the right side of == is a pattern, that of =~ a regular expression.
import type { Files, Process, Steps } from '../types';
import { compileRegex } from '../text/regex';
import type { Expansion } from './expand';
import { matchesGlob, parseGlob } from './glob';
import type { ShellState } from './state';
import { literal, type Word } from './syntax';
import { binary, TestError, unary, type TestContext } from './test-expression';

/** The words between [[ and ]] as a process: 0 true, 1 false, 2 not to be read. */
export function* conditional(
  words: readonly Word[],
  expansion: Expansion,
  state: ShellState,
  files: Files,
): Process {
  try {
    const reader = new Conditional(words, expansion, state, {
      files,
      isSet: (name) => state.get(name) !== undefined,
    });
    return (yield* reader.value()) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof TestError)) throw error;
    yield { kind: 'stderr', text: `${state.name}: ${error.message}\n` };
    return 2;
  }
}

class Conditional {
  #at = 0;

  constructor(
    private readonly words: readonly Word[],
    private readonly expansion: Expansion,
    private readonly state: ShellState,
    private readonly context: TestContext,
  ) {}

  *value(): Steps<boolean> {
    const value = yield* this.#or(0, true);
    if (this.#at < this.words.length)
      throw new TestError(`syntax error in conditional expression: unexpected token \`${this.#peek()}'`);
    return value;
  }

  #peek(): string {
    return literal(this.words[this.#at]) ?? '';
  }

  *#or(depth: number, live: boolean): Steps<boolean> {
    if (depth > 50) throw new TestError('[[: nested too deeply');
    let value = yield* this.#and(depth, live);
    while (this.#peek() === '||') {
      this.#at++;
      const right = yield* this.#and(depth, live && !value);
      value ||= right;
    }
    return value;
  }

  *#and(depth: number, live: boolean): Steps<boolean> {
    let value = yield* this.#not(depth, live);
    while (this.#peek() === '&&') {
      this.#at++;
      const right = yield* this.#not(depth, live && value);
      value &&= right;
    }
    return value;
  }

  *#not(depth: number, live: boolean): Steps<boolean> {
    let turned = false;
    for (; this.#peek() === '!'; this.#at++) turned = !turned;
    const value = yield* this.#primary(depth, live);
    return value !== turned;
  }

  *#primary(depth: number, live: boolean): Steps<boolean> {
    if (this.#peek() === '(') {
      this.#at++;
      const value = yield* this.#or(depth + 1, live);
      if (this.#peek() !== ')') throw new TestError("syntax error in conditional expression: expected `)'");
      this.#at++;
      return value;
    }
    const [left, middle, right] = this.words.slice(this.#at, this.#at + 3);
    if (!left) throw new TestError('syntax error in conditional expression');
    const first = literal(left) ?? '';
    if (/^-[a-zA-Z]$/.test(first) && middle && !['==', '=', '!=', '=~'].includes(literal(middle) ?? '')) {
      this.#at += 2;
      return live && unary(first, yield* this.expansion.text(middle), this.context);
    }
    const operator = literal(middle) ?? '';
    if (/^(?:==?|!=|=~|<|>|-(?:eq|ne|lt|le|gt|ge|nt|ot|ef))$/.test(operator) && right) {
      this.#at += 3;
      return live && (yield* this.#compare(left, operator, right));
    }
    this.#at++;
    return live && (yield* this.expansion.text(left)) !== '';
  }

  *#compare(left: Word, operator: string, right: Word): Steps<boolean> {
    const text = yield* this.expansion.text(left);
    if (operator === '=~') {
      const source = (yield* this.expansion.pattern(right))
        .map((s) => (s.quoted ? s.text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') : s.text))
        .join('');
      const regex = compileRegex(source, { extended: true });
      if ('error' in regex) throw new TestError(`[[: invalid regular expression: ${source}`);
      const found = regex.search(text);
      this.state.set('BASH_REMATCH', found ? text.slice(found.start, found.end) : '');
      return found !== undefined;
    }
    if (operator.startsWith('-')) {
      const other = String(yield* this.expansion.number(right));
      return binary(String(yield* this.expansion.number(left)), operator, other);
    }
    if (operator === '<' || operator === '>')
      return binary(text, operator, yield* this.expansion.text(right));
    const matches = matchesGlob(parseGlob(yield* this.expansion.pattern(right)), text);
    return matches === (operator !== '!=');
  }
}
