// Arithmetic of the shell: $(( )) and (( )), with C's operators on 64-bit whole numbers (bash(1), ARITHMETIC EVALUATION).

export interface Variables {
  get(name: string): string | undefined;
  set(name: string, value: string): void;
}

/** Thrown with bash's message; the caller prints it. */
export class ArithmeticError extends Error {}

const TOKEN =
  /\s*(?:(0[xX][0-9a-fA-F]+|\d+)|([A-Za-z_]\w*)|(\*\*|<<=|>>=|<<|>>|<=|>=|==|!=|&&|\|\||\+\+|--|[-+*/%&|^]=|[-+*/%<>=!~&|^?:(),]))/y;
/** Binary operators by how tightly they bind. */
const LEVELS: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['|'],
  ['^'],
  ['&'],
  ['==', '!='],
  ['<', '>', '<=', '>='],
  ['<<', '>>'],
  ['+', '-'],
  ['*', '/', '%'],
];
const ASSIGN = /^(?:[-+*/%&|^]|<<|>>)?=$/;

/** The value of an expression. */
export function evaluate(text: string, variables: Variables, depth = 0): bigint {
  if (depth > 20) throw new ArithmeticError(`${text}: expression recursion level exceeded`);
  return new Evaluation(text, variables, depth).value();
}

class Evaluation {
  readonly #tokens: string[] = [];
  #at = 0;
  #depth = 0;

  constructor(
    private readonly text: string,
    private readonly variables: Variables,
    private readonly level: number,
  ) {
    TOKEN.lastIndex = 0;
    const end = text.trimEnd().length;
    while (TOKEN.lastIndex < end) {
      const from = TOKEN.lastIndex;
      const found = TOKEN.exec(text);
      if (!found) throw this.#error('syntax error: operand expected', text.slice(from).trim());
      this.#tokens.push(found[0].trim());
    }
  }

  value(): bigint {
    if (this.#tokens.length === 0) return 0n;
    const value = this.#comma();
    if (this.#peek() !== '') throw this.#error('syntax error in expression', this.#rest());
    return value;
  }

  #error(message: string, token: string): ArithmeticError {
    return new ArithmeticError(`${this.text.trim()}: ${message} (error token is "${token}")`);
  }
  #peek(ahead = 0): string {
    return this.#tokens[this.#at + ahead] ?? '';
  }
  #take(): string {
    return this.#tokens[this.#at++] ?? '';
  }
  #rest(): string {
    return this.#tokens.slice(this.#at).join(' ');
  }

  #comma(): bigint {
    if (++this.#depth > 200) throw new ArithmeticError('expression nested too deeply');
    let value = this.#assignment();
    while (this.#peek() === ',') {
      this.#take();
      value = this.#assignment();
    }
    this.#depth--;
    return value;
  }

  #assignment(): bigint {
    const name = this.#peek();
    const operator = this.#peek(1);
    if (!/^[A-Za-z_]/.test(name) || !ASSIGN.test(operator)) return this.#conditional();
    this.#at += 2;
    const right = this.#assignment();
    const value = operator === '=' ? right : this.#apply(operator.slice(0, -1), this.#variable(name), right);
    this.variables.set(name, String(value));
    return value;
  }

  #conditional(): bigint {
    const test = this.#binary(0);
    if (this.#peek() !== '?') return test;
    this.#take();
    const yes = this.#assignment();
    if (this.#take() !== ':') throw this.#error("`:' expected for conditional expression", this.#rest());
    const no = this.#assignment();
    return test === 0n ? no : yes;
  }

  #binary(level: number): bigint {
    const operators = LEVELS[level];
    if (!operators) return this.#power();
    let left = this.#binary(level + 1);
    while (operators.includes(this.#peek())) left = this.#apply(this.#take(), left, this.#binary(level + 1));
    return left;
  }

  #power(): bigint {
    const base = this.#unary();
    if (this.#peek() !== '**') return base;
    this.#take();
    const exponent = this.#power();
    if (exponent < 0n) throw this.#error('exponent less than 0', String(exponent));
    let value = 1n;
    for (let i = 0n; i < (exponent > 64n ? 64n : exponent); i++) value = BigInt.asIntN(64, value * base);
    return value;
  }

  #unary(): bigint {
    const operator = this.#peek();
    if (operator === '++' || operator === '--') {
      this.#take();
      const name = this.#take();
      if (!/^[A-Za-z_]/.test(name)) throw this.#error('syntax error: operand expected', name);
      return this.#step(name, operator === '++' ? 1n : -1n);
    }
    if (!['!', '~', '+', '-'].includes(operator)) return this.#primary();
    this.#take();
    if (++this.#depth > 200) throw new ArithmeticError('expression nested too deeply');
    const value = this.#unary();
    this.#depth--;
    if (operator === '!') return value === 0n ? 1n : 0n;
    return operator === '~' ? ~value : operator === '-' ? -value : value;
  }

  #primary(): bigint {
    const token = this.#take();
    if (token === '(') {
      const value = this.#comma();
      if (this.#take() !== ')') throw this.#error("missing `)'", this.#rest());
      return value;
    }
    if (/^\d/.test(token)) {
      if (/^0\d*[89]/.test(token)) throw this.#error('value too great for base', token);
      return BigInt.asIntN(64, BigInt(/^0\d+$/.test(token) ? `0o${token.slice(1)}` : token));
    }
    if (!/^[A-Za-z_]/.test(token))
      throw this.#error('syntax error: operand expected', token || this.text.trim());
    const value = this.#variable(token);
    if (this.#peek() !== '++' && this.#peek() !== '--') return value;
    this.#step(token, this.#take() === '++' ? 1n : -1n);
    return value;
  }

  #step(name: string, by: bigint): bigint {
    const value = this.#variable(name) + by;
    this.variables.set(name, String(value));
    return value;
  }

  /** A variable's value is an expression itself. */
  #variable(name: string): bigint {
    const text = this.variables.get(name)?.trim() ?? '';
    if (text === '') return 0n;
    return /^-?(?:0|[1-9]\d*)$/.test(text)
      ? BigInt.asIntN(64, BigInt(text))
      : evaluate(text, this.variables, this.level + 1);
  }

  #apply(operator: string, a: bigint, b: bigint): bigint {
    const truth = (value: boolean): bigint => (value ? 1n : 0n);
    switch (operator) {
      case '+':
        return BigInt.asIntN(64, a + b);
      case '-':
        return BigInt.asIntN(64, a - b);
      case '*':
        return BigInt.asIntN(64, a * b);
      case '/':
      case '%':
        if (b === 0n) throw this.#error('division by 0', '0');
        return operator === '/' ? a / b : a % b;
      case '<<':
        return BigInt.asIntN(64, a << (b & 63n));
      case '>>':
        return a >> (b & 63n);
      case '<':
        return truth(a < b);
      case '>':
        return truth(a > b);
      case '<=':
        return truth(a <= b);
      case '>=':
        return truth(a >= b);
      case '==':
        return truth(a === b);
      case '!=':
        return truth(a !== b);
      case '&':
        return a & b;
      case '|':
        return a | b;
      case '^':
        return a ^ b;
      case '&&':
        return truth(a !== 0n && b !== 0n);
      default:
        return truth(a !== 0n || b !== 0n);
    }
  }
}
