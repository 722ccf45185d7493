// Functions of Go's text/template, and how it prints values.
import { Failure } from '../run/errors';
import { goQuote } from './go-quote';
import { goString } from './go-value';
import { byBytes } from './json';

/** A value as a template prints it. */
export const templateString = (value: unknown): string =>
  value === undefined || value === null ? '<no value>' : goString(value);

export function isTruthy(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
  return Boolean(value);
}

/** Calls a function by its name. Throws what it says of wrong arguments. */
export function callFunction(name: string, args: readonly unknown[]): unknown {
  const [first, second] = args;
  switch (name) {
    case 'and':
      return args.find((a) => !isTruthy(a)) ?? args.at(-1);
    case 'or':
      return args.find(isTruthy) ?? args.at(-1);
    case 'not':
      return !isTruthy(first);
    case 'len':
      return lengthOf(first);
    case 'index':
      return args.slice(1).reduce(indexed, first);
    case 'exists':
      return exists(first, args.slice(1));
    case 'slice':
      return sliced(args);
    case 'print':
      return args.map(templateString).join('');
    case 'println':
      return `${args.map(templateString).join(' ')}\n`;
    case 'printf':
      return printf(String(first), args.slice(1));
    case 'html':
      return args
        .map(templateString)
        .join('')
        .replaceAll(/[&<>'"]/g, (c) => HTML[c] ?? c);
    case 'urlquery':
      return encodeURIComponent(args.map(templateString).join('')).replaceAll('%20', '+');
    case 'js':
      return args
        .map(templateString)
        .join('')
        .replaceAll(/['"\\<>&=\n]/g, (c) => JS[c] ?? c);
    case 'base64decode':
      return decoded(String(first));
    case 'eq':
      return args.slice(1).some((a) => equal(first, a));
    case 'ne':
      return !equal(first, second);
    case 'lt':
      return less(first, second);
    case 'le':
      return less(first, second) || equal(first, second);
    case 'gt':
      return less(second, first);
    case 'ge':
      return less(second, first) || equal(first, second);
    default:
      throw new Failure(`function "${name}" not defined`);
  }
}

const HTML: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  "'": '&#39;',
  '"': '&#34;',
};
const JS: Readonly<Record<string, string>> = {
  "'": String.raw`\'`,
  '"': String.raw`\"`,
  '\\': '\\\\',
  '<': String.raw`\u003C`,
  '>': String.raw`\u003E`,
  '&': String.raw`\u0026`,
  '=': String.raw`\u003D`,
  '\n': String.raw`\u000A`,
};

function lengthOf(value: unknown): number {
  if (typeof value === 'string') return new TextEncoder().encode(value).length;
  if (Array.isArray(value)) return value.length;
  if (typeof value === 'object' && value !== null) return Object.keys(value).length;
  throw new Failure(
    value === null || value === undefined
      ? 'reflect: call of reflect.Value.Type on zero Value'
      : `len of type ${typeof value}`,
  );
}

function indexed(value: unknown, key: unknown): unknown {
  if (value === null || value === undefined) throw new Failure('index of untyped nil');
  if (Array.isArray(value)) {
    const index = Number(key);
    if (index < 0 || index >= value.length) throw new Failure(`index out of range: ${index}`);
    return value[index] as unknown;
  }
  if (typeof value === 'object')
    return Object.hasOwn(value, String(key)) ? (value as Record<string, unknown>)[String(key)] : undefined;
  throw new Failure(`can't index item of type ${typeof value}`);
}

function exists(value: unknown, keys: readonly unknown[]): boolean {
  try {
    const found = keys.reduce(indexed, value);
    return found !== undefined && found !== null;
  } catch {
    return false;
  }
}

function sliced([value, from, to]: readonly unknown[]): unknown {
  const start = Number(from ?? 0);
  const end = to === undefined ? undefined : Number(to);
  if (typeof value === 'string') return value.slice(start, end);
  if (Array.isArray(value)) return value.slice(start, end);
  throw new Failure(`can't slice item of type ${typeof value}`);
}

function equal(a: unknown, b: unknown): boolean {
  if (a === undefined || a === null || b === undefined || b === null) return (a ?? null) === (b ?? null);
  if (typeof a !== typeof b) throw new Failure('incompatible types for comparison');
  return a === b;
}

function less(a: unknown, b: unknown): boolean {
  if (typeof a === 'number' && typeof b === 'number') return a < b;
  if (typeof a === 'string' && typeof b === 'string') return byBytes(a, b) < 0;
  throw new Failure('incompatible types for comparison');
}

function decoded(text: string): string {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(text), (c) => c.charCodeAt(0)));
  } catch {
    throw new Failure('base64 decode: illegal base64 data at input byte 0');
  }
}

/** fmt.Sprintf for the verbs that templates use. */
function printf(format: string, args: readonly unknown[]): string {
  let next = 0;
  return format.replaceAll(
    /%([-+ 0#]*)(\d*)(?:\.(\d+))?([a-zA-Z%])/g,
    (_, flags: string, width: string, digits: string | undefined, verb: string) => {
      if (verb === '%') return '%';
      if (next >= args.length) return `%!${verb}(MISSING)`;
      const text = formatted(verb, args[next++], digits);
      const size = Number(width || '0');
      if (flags.includes('-')) return text.padEnd(size);
      return text.padStart(size, flags.includes('0') && verb !== 's' ? '0' : ' ');
    },
  );
}

function formatted(verb: string, value: unknown, digits: string | undefined): string {
  switch (verb) {
    case 'q':
      return goQuote(templateString(value));
    case 'd':
      return typeof value === 'number'
        ? String(Math.trunc(value))
        : `%!d(${typeof value}=${templateString(value)})`;
    case 'f':
      return Number(value).toFixed(digits === undefined ? 6 : Number(digits));
    case 'x':
      return typeof value === 'number' ? value.toString(16) : hexOf(templateString(value));
    case 't':
      return String(value);
    case 's': {
      const text = typeof value === 'number' ? `%!s(int64=${value})` : templateString(value);
      return digits === undefined ? text : text.slice(0, Number(digits));
    }
    default:
      return value === undefined || value === null ? '<nil>' : goString(value);
  }
}

const hexOf = (text: string): string =>
  [...new TextEncoder().encode(text)].map((b) => b.toString(16).padStart(2, '0')).join('');
