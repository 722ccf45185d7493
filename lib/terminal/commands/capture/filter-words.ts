// The words of a capture filter, and its arithmetic: "tcp[tcpflags] & (tcp-syn|tcp-fin) != 0".
import type { Frame } from './frame';

/** The filter cannot be parsed; the message of tcpdump, if it has one of its own. */
export class Syntax extends Error {}

const WORD = /\s*(&&|\|\||!=|>=|<=|==|<<|>>|[()[\]!=<>&|+*]|-(?=\s)|[\w.:/-]+)/y;

export class Words {
  readonly #words: string[] = [];
  #at = 0;

  constructor(text: string) {
    const pattern = new RegExp(WORD);
    while (pattern.lastIndex < text.trimEnd().length) {
      const found = pattern.exec(text)?.[1];
      this.#words.push(found ?? '\0');
      if (found === undefined) break;
    }
  }

  get done(): boolean {
    return this.#at >= this.#words.length;
  }
  get peek(): string | undefined {
    return this.#words[this.#at];
  }
  /** As `peek`, after something was taken. */
  peekNow(): string | undefined {
    return this.#words[this.#at];
  }
  get peekAfter(): string | undefined {
    return this.#words[this.#at + 1];
  }
  next(): string | undefined {
    return this.#words[this.#at++];
  }
  /** Takes the next word if it is one of these. */
  take(...wanted: readonly string[]): string | undefined {
    const word = this.peek;
    if (word === undefined || !wanted.includes(word)) return undefined;
    this.#at++;
    return word;
  }
  /** Puts back what was read since `mark`. */
  get mark(): number {
    return this.#at;
  }
  back(mark: number): void {
    this.#at = mark;
  }
}

type Value = (frame: Frame) => number | undefined;

/** A comparison of two expressions; undefined, and nothing taken, if the words are none. */
export function parseArithmetic(words: Words): ((frame: Frame) => boolean) | undefined {
  const mark = words.mark;
  if (!startsArithmetic(words)) return undefined;
  const left = sum(words);
  const operator = words.take('=', '==', '!=', '>', '<', '>=', '<=');
  if (!left || operator === undefined) {
    words.back(mark);
    return undefined;
  }
  const right = sum(words);
  if (!right) throw new Syntax();
  return (frame) => {
    const [a, b] = [left(frame), right(frame)];
    return a !== undefined && b !== undefined && compare(operator, a, b);
  };
}

/** "tcp[", a number, or parentheses around either. */
function startsArithmetic(words: Words): boolean {
  const mark = words.mark;
  while (words.take('('));
  const starts =
    words.peekAfter === '[' ||
    /^(0x[\da-f]+|\d+)$/i.test(words.peek ?? '') ||
    NAMES[words.peek ?? ''] !== undefined;
  words.back(mark);
  return starts;
}

function compare(operator: string, a: number, b: number): boolean {
  switch (operator) {
    case '!=':
      return a !== b;
    case '>':
      return a > b;
    case '<':
      return a < b;
    case '>=':
      return a >= b;
    case '<=':
      return a <= b;
    default:
      return a === b;
  }
}

function sum(words: Words): Value | undefined {
  let left = term(words);
  for (;;) {
    const operator = left && words.take('&', '|', '+', '-', '*', '<<', '>>');
    if (operator === undefined) return left;
    const [a, b] = [left, term(words)];
    if (!a || !b) throw new Syntax();
    left = (frame) => {
      const [x, y] = [a(frame), b(frame)];
      return x === undefined || y === undefined ? undefined : calculate(operator, x, y);
    };
  }
}

function calculate(operator: string, x: number, y: number): number {
  switch (operator) {
    case '&':
      return x & y;
    case '|':
      return x | y;
    case '+':
      return x + y;
    case '-':
      return x - y;
    case '*':
      return x * y;
    case '<<':
      return x << y;
    default:
      return x >> y;
  }
}

function term(words: Words): Value | undefined {
  if (words.take('(')) {
    const inner = sum(words);
    return inner && words.take(')') ? inner : undefined;
  }
  const word = words.next();
  if (word === undefined) return undefined;
  if (words.take('[')) {
    const field = words.next() ?? '';
    if (!words.take(']')) throw new Syntax();
    return fieldOf(word, field);
  }
  const known = NAMES[word] ?? (/^(0x[\da-f]+|\d+)$/i.test(word) ? Number(word) : undefined);
  return known === undefined ? undefined : () => known;
}

/** A byte of a header; undefined for a packet that has no such header. */
function fieldOf(protocol: string, field: string): Value {
  const six = protocol === 'icmp6';
  if (protocol === 'tcp' && /^(tcpflags|13)$/.test(field)) return ({ tcp }) => tcp && flagBits(tcp.flags);
  if (/^icmp6?$/.test(protocol) && /^(icmp6?type|0)$/.test(field))
    return (frame) => (frame.kind === 'icmp' && frame.six === six ? frame.icmpType : undefined);
  throw new Syntax(`${protocol}[${field}] is not simulated here; tcp[tcpflags] and icmp[icmptype] are`);
}

const FLAG_BITS: Readonly<Record<string, number>> = { F: 1, S: 2, R: 4, P: 8, '.': 16 };
const flagBits = (flags: string): number =>
  [...flags].reduce((bits, flag) => bits | (FLAG_BITS[flag] ?? 0), 0);

const NAMES: Readonly<Record<string, number>> = {
  'tcp-fin': 1,
  'tcp-syn': 2,
  'tcp-rst': 4,
  'tcp-push': 8,
  'tcp-ack': 16,
  'tcp-urg': 32,
  'icmp-echoreply': 0,
  'icmp-unreach': 3,
  'icmp-echo': 8,
  'icmp6-destinationunreach': 1,
  'icmp6-echo': 128,
  'icmp6-echoreply': 129,
};
