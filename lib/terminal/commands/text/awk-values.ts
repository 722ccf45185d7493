// Values of awk: numbers, texts, and texts from input that may be either (POSIX.1-2017, awk, Expressions).
import type { Regex } from '../../text/regex';
import { AwkError } from './awk-syntax';

/** A value; what came from input and looks like a number is compared as one. */
export type Value = number | string | { readonly input: string };

export const looksNumeric = (text: string): boolean =>
  /^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?\s*$/.test(text);

export function toNumber(value: Value): number {
  if (typeof value === 'number') return value;
  const text = typeof value === 'string' ? value : value.input;
  return parseFloat(/^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/.exec(text)?.[0] ?? '0');
}

export function toText(value: Value): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'number') return value.input;
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6)));
}

export function compared(op: string, a: Value, b: Value): boolean {
  const numeric = (v: Value): boolean =>
    typeof v === 'number' || (typeof v === 'object' && looksNumeric(v.input));
  const both = numeric(a) && numeric(b);
  const order = both ? toNumber(a) - toNumber(b) : toText(a) < toText(b) ? -1 : toText(a) > toText(b) ? 1 : 0;
  switch (op) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    case '==':
      return order === 0;
    default:
      return order !== 0;
  }
}

export function arithmetic(op: string, a: number, b: number): number {
  switch (op) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '^':
      return a ** b;
    default:
      if (b === 0) throw new AwkError(`division by zero${op === '%' ? ' in %' : ''}`);
      return op === '/' ? a / b : a % b;
  }
}

/** Parts between the matches of a pattern. */
export function splitBy(text: string, regex: Regex): string[] {
  const parts: string[] = [];
  for (let from = 0; ;) {
    const match = regex.search(text, from);
    if (!match || match.end === match.start) return text === '' ? [] : [...parts, text.slice(from)];
    parts.push(text.slice(from, match.start));
    from = match.end;
  }
}

/** sub and gsub: & in the replacement is what was found. */
export function substituted(
  text: string,
  regex: Regex,
  by: string,
  global: boolean,
): { readonly result: string; readonly count: number } {
  let out = '';
  let from = 0;
  let count = 0;
  while (from <= text.length) {
    const match = regex.search(text, from);
    if (!match) break;
    count++;
    const found = text.slice(match.start, match.end);
    out += text.slice(from, match.start) + by.replace(/\\&|&/g, (m) => (m === '&' ? found : '&'));
    from = match.end;
    if (match.end === match.start) out += text[from++] ?? '';
    if (!global) break;
  }
  return { result: out + text.slice(from), count };
}
