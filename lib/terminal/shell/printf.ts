// printf(1): the format is used again until all arguments are.
import { ansiC } from './parse-word';

const DIRECTIVE = /%(%|([-+ 0#]*)(\*|\d+)?(?:\.(\*|\d+))?([bcdiouxXeEfFgGsq]))/g;
const WIDEST = 10_000;

/** The formatted text; `error` is bash's complaint about an argument, if there is one. */
export function formatPrintf(
  format: string,
  values: readonly string[],
): { readonly text: string; readonly error?: string } {
  let error: string | undefined;
  let at = 0;
  let text = '';
  const next = (): string | undefined => values[at++];
  const number = (value: string | undefined): number => {
    if (value === undefined || value === '') return 0;
    if (/^['"]/.test(value)) return value.codePointAt(1) ?? 0;
    const found = Number(/^0[0-7]+$/.test(value) ? parseInt(value, 8) : value);
    if (!Number.isNaN(found)) return found;
    error ??= `${value}: invalid number`;
    return parseFloat(value) || 0;
  };
  const source = format.replace(/\\./g, (m) => (m === '\\"' ? '"' : ansiC(m)));
  for (let rounds = 0; rounds < 10_000; rounds++) {
    const before = at;
    text += source.replace(
      DIRECTIVE,
      (_, all: string, flags = '', width?: string, precision?: string, kind = '') => {
        if (all === '%') return '%';
        const own = (size: string | undefined): number | undefined =>
          size === undefined ? undefined : Math.min(WIDEST, size === '*' ? number(next()) : Number(size));
        const wide = own(width) ?? 0;
        const exact = own(precision);
        return padded(converted(kind, next(), flags, exact, number), wide, flags, kind);
      },
    );
    if (at >= values.length || at === before) break;
  }
  return { text, ...(error === undefined ? {} : { error }) };
}

function converted(
  kind: string,
  value: string | undefined,
  flags: string,
  precision: number | undefined,
  number: (value: string | undefined) => number,
): string {
  const signed = (text: string, n: number): string =>
    n >= 0 && flags.includes('+') ? `+${text}` : n >= 0 && flags.includes(' ') ? ` ${text}` : text;
  switch (kind) {
    case 's':
      return (value ?? '').slice(0, precision);
    case 'b':
      return ansiC(value ?? '').slice(0, precision);
    case 'c':
      return (value ?? '').slice(0, 1);
    case 'q':
      return /^[\w@%+=:,./-]+$/.test(value ?? '')
        ? (value ?? '')
        : `'${(value ?? '').replaceAll("'", "'\\''")}'`;
    case 'd':
    case 'i': {
      const n = Math.trunc(number(value));
      return signed(n < 0 ? `-${digits(-n, 10, precision)}` : digits(n, 10, precision), n);
    }
    case 'o':
      return digits(Math.trunc(number(value)), 8, precision);
    case 'u':
      return digits(Math.trunc(number(value)), 10, precision);
    case 'x':
    case 'X': {
      const text = (flags.includes('#') ? '0x' : '') + digits(Math.trunc(number(value)), 16, precision);
      return kind === 'X' ? text.toUpperCase() : text;
    }
    default: {
      const n = number(value);
      const places = Math.min(precision ?? 6, 100);
      const lower = kind.toLowerCase();
      const text =
        lower === 'f'
          ? n.toFixed(places)
          : lower === 'e'
            ? n.toExponential(places).replace(/e([+-])(\d)$/, 'e$10$2')
            : String(Number(n.toPrecision(Math.max(1, places))));
      return signed(kind === lower ? text : text.toUpperCase(), n);
    }
  }
}

const digits = (n: number, base: number, precision = 0): string =>
  Math.abs(n).toString(base).padStart(precision, '0');

function padded(text: string, width: number, flags: string, kind: string): string {
  if (flags.includes('-')) return text.padEnd(width);
  if (flags.includes('0') && /[dioxXufFeEgG]/.test(kind)) {
    const sign = /^[-+ ]/.exec(text)?.[0] ?? '';
    return sign + text.slice(sign.length).padStart(width - sign.length, '0');
  }
  return text.padStart(width);
}
