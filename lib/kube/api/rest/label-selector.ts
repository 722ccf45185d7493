// Label selectors as text: k8s.io/apimachinery pkg/labels/selector.go (lexer, parser, and their messages).
import { err, ok, type Result } from '@/lib/core/result';
import { qualifiedName, validLabelValue } from '@/lib/kube/api/validation/texts';

type Labels = Readonly<Record<string, string>>;
export type LabelTest = (labels: Labels) => boolean;

type Operator = '=' | '==' | '!=' | 'in' | 'notin' | 'exists' | '!' | '>' | '<';

interface Token {
  readonly type: 'end' | 'identifier' | '(' | ')' | ',' | Operator;
  readonly text: string;
}

const SPECIAL = '=!(),><';

function tokens(text: string): Token[] {
  const found: Token[] = [];
  for (let at = 0; at < text.length;) {
    const char = text[at] ?? '';
    if (/\s/.test(char)) at++;
    else if (SPECIAL.includes(char)) {
      const two = text.slice(at, at + 2);
      const symbol = two === '==' || two === '!=' ? two : char;
      found.push({ type: symbol as Token['type'], text: symbol });
      at += symbol.length;
    } else {
      const start = at;
      while (at < text.length && !/\s/.test(text[at] ?? '') && !SPECIAL.includes(text[at] ?? '')) at++;
      const word = text.slice(start, at);
      found.push({ type: word === 'in' || word === 'notin' ? word : 'identifier', text: word });
    }
  }
  return found;
}

class SyntaxFault extends Error {}

class Parser {
  #at = 0;

  constructor(readonly tokens: readonly Token[]) {}

  parse(): LabelTest[] {
    const tests: LabelTest[] = [];
    for (;;) {
      const token = this.#peek();
      if (token.type === 'end') return tests;
      if (token.type !== 'identifier' && token.type !== '!')
        throw new SyntaxFault(`found '${token.text}', expected: !, identifier, or 'end of string'`);
      try {
        tests.push(this.#requirement());
      } catch (fault) {
        if (fault instanceof SyntaxFault)
          throw new SyntaxFault(`unable to parse requirement: ${fault.message}`);
        throw fault;
      }
      const next = this.#next();
      if (next.type === 'end') return tests;
      if (next.type !== ',') throw new SyntaxFault(`found '${next.text}', expected: ',' or 'end of string'`);
      const after = this.#peek();
      if (after.type !== 'identifier' && after.type !== '!')
        throw new SyntaxFault(`found '${after.text}', expected: identifier after ','`);
    }
  }

  #requirement(): LabelTest {
    let negated = false;
    if (this.#peek().type === '!') {
      this.#next();
      negated = true;
    }
    const key = this.#next();
    if (key.type !== 'identifier') throw new SyntaxFault(`found '${key.text}', expected: identifier`);
    checkKey(key.text);
    const after = this.#peek();
    if (negated || after.type === 'end' || after.type === ',')
      return (labels) => key.text in labels !== negated;
    return this.#comparison(key.text);
  }

  #comparison(key: string): LabelTest {
    const token = this.#next(true);
    switch (token.type) {
      case 'in':
      case 'notin': {
        const values = this.#values();
        checkValues(key, values);
        return token.type === 'in'
          ? (labels) => key in labels && values.includes(labels[key] ?? '')
          : (labels) => !(key in labels) || !values.includes(labels[key] ?? '');
      }
      case '=':
      case '==': {
        const value = this.#exactValue();
        checkValues(key, [value]);
        return (labels) => labels[key] === value;
      }
      case '!=': {
        const value = this.#exactValue();
        checkValues(key, [value]);
        return (labels) => labels[key] !== value;
      }
      case '>':
      case '<':
        return this.#order(key, token.type);
      default:
        throw new SyntaxFault(`found '${token.text}', expected: in, notin, =, ==, !=, gt, lt`);
    }
  }

  #order(key: string, operator: '>' | '<'): LabelTest {
    const value = this.#exactValue();
    if (!/^[+-]?\d+$/.test(value))
      throw new SyntaxFault(
        `values[0][${key}]: Invalid value: ${JSON.stringify(value)}: for 'Gt', 'Lt' operators, the value must be an integer`,
      );
    const limit = Number(value);
    return (labels) => {
      const text = labels[key] ?? '';
      if (!/^[+-]?\d+$/.test(text)) return false;
      return operator === '>' ? Number(text) > limit : Number(text) < limit;
    };
  }

  #values(): string[] {
    const open = this.#next();
    if (open.type !== '(') throw new SyntaxFault(`found '${open.text}' expected: '('`);
    const first = this.#peek();
    if (first.type === ')') {
      this.#next();
      return [''];
    }
    if (first.type !== 'identifier' && first.type !== ',')
      throw new SyntaxFault(`found '${first.text}', expected: ',', ')' or identifier`);
    const values = this.#list();
    const close = this.#next();
    if (close.type !== ')') throw new SyntaxFault(`found '${close.text}', expected: ')'`);
    return [...new Set(values)].sort();
  }

  #list(): string[] {
    const values: string[] = [];
    for (;;) {
      const token = this.#next();
      if (token.type === 'identifier') {
        values.push(token.text);
        const next = this.#peek();
        if (next.type === ',') continue;
        if (next.type === ')') return values;
        throw new SyntaxFault(`found '${next.text}', expected: ',' or ')'`);
      }
      if (token.type !== ',') throw new SyntaxFault(`found '${token.text}', expected: ',', or identifier`);
      if (values.length === 0) values.push('');
      const next = this.#peek();
      if (next.type === ')') {
        values.push('');
        return values;
      }
      if (next.type === ',') {
        this.#next();
        values.push('');
      }
    }
  }

  #exactValue(): string {
    const token = this.#peek();
    if (token.type === 'end' || token.type === ',') return '';
    this.#next();
    if (token.type === 'identifier') return token.text;
    throw new SyntaxFault(`found '${token.text}', expected: identifier`);
  }

  /** `in` and `notin` are operators only where one is due. */
  #peek(operatorIsDue = false): Token {
    const token = this.tokens[this.#at] ?? { type: 'end', text: '' };
    const isWord = token.type === 'in' || token.type === 'notin';
    return isWord && !operatorIsDue ? { ...token, type: 'identifier' } : token;
  }

  #next(operatorIsDue = false): Token {
    const token = this.#peek(operatorIsDue);
    this.#at++;
    return token;
  }
}

function checkKey(key: string): void {
  const faults = qualifiedName(key);
  if (faults.length > 0)
    throw new SyntaxFault(`key: Invalid value: ${JSON.stringify(key)}: ${faults.join('; ')}`);
}

function checkValues(key: string, values: readonly string[]): void {
  for (const [i, value] of values.entries()) {
    const faults = validLabelValue(value);
    if (faults.length > 0)
      throw new SyntaxFault(
        `values[${i}][${key}]: Invalid value: ${JSON.stringify(value)}: ${faults.join('; ')}`,
      );
  }
}

/** The test of a selector; "" selects everything. The error is the server's message. */
export function parseLabelSelector(text: string): Result<LabelTest, string> {
  try {
    const tests = new Parser(tokens(text)).parse();
    return ok((labels) => tests.every((test) => test(labels)));
  } catch (fault) {
    if (fault instanceof SyntaxFault) return err(fault.message);
    throw fault;
  }
}
