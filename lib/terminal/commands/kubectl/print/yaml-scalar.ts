// How a string is written as a YAML scalar: go-yaml v2's encoder (stringv, resolve) and emitter (analyze_scalar, select_scalar_style),
// which sigs.k8s.io/yaml prints with. Long lines are folded at a space beyond column 80.

const WORDS = new Set(
  'y Y yes Yes YES n N no No NO true True TRUE false False FALSE on On ON off Off OFF ~ null Null NULL .nan .NaN .NAN .inf .Inf .INF +.inf +.Inf +.INF -.inf -.Inf -.INF <<'.split(
    ' ',
  ),
);
const FLOAT = /^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$/;
const INT = /^[-+]?(0x[\da-f]+|0o?[0-7]+|0b[01]+|\d+)$/i;
const BASE60 = /^[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?$/;
const TIMESTAMP =
  /^\d{4}-(\d{1,2})-(\d{1,2})(?:(?:[Tt]\d{1,2}:\d{1,2}:\d{1,2}(?:\.\d+)?(?:Z|[+-]\d\d:\d\d))|(?: \d{1,2}:\d{1,2}:\d{1,2}(?:\.\d+)?))?$/;

/** Would the plain text be read as something else than a string? */
function readsAsOther(text: string): boolean {
  if (text === '' || WORDS.has(text) || BASE60.test(text)) return true;
  if (!/^[-+.\d]/.test(text)) return false;
  const plain = text.replaceAll('_', '');
  if (INT.test(plain) || (FLOAT.test(plain) && Number.isFinite(Number(plain)))) return true;
  const date = TIMESTAMP.exec(text);
  return date !== null && Number(date[1]) <= 12 && Number(date[1]) > 0 && Number(date[2]) <= 31;
}

interface Analysis {
  readonly plain: boolean;
  readonly single: boolean;
  readonly block: boolean;
}

const isBlank = (c: string | undefined): boolean =>
  c === undefined ||
  c === ' ' ||
  c === '\t' ||
  c === '\n' ||
  c === '\r' ||
  c === '\u0085' ||
  c === '\u2028' ||
  c === '\u2029';
const isBreak = (c: string): boolean =>
  c === '\n' || c === '\r' || c === '\u0085' || c === '\u2028' || c === '\u2029';

function isPrintable(c: string): boolean {
  const code = c.codePointAt(0) ?? 0;
  return (
    code === 0x0a ||
    (code >= 0x20 && code <= 0x7e) ||
    (code >= 0xa0 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd && code !== 0xfeff) ||
    code >= 0x10000
  );
}

const FIRST = '#,[]{}&*!|>\'"%@`';

function analyze(chars: readonly string[]): Analysis {
  const text = chars.slice(0, 3).join('');
  let indicators = text === '---' || text === '...';
  let special = false;
  let lineBreaks = false;
  let spaceBreak = false;
  let breakSpace = false;
  let before: 'space' | 'break' | 'other' = 'other';
  for (const [i, c] of chars.entries()) {
    const followed = isBlank(chars[i + 1]);
    const preceded = i === 0 || isBlank(chars[i - 1]);
    if (i === 0) {
      if (FIRST.includes(c) || ('?:-'.includes(c) && followed)) indicators = true;
    } else if ((c === ':' && followed) || (c === '#' && preceded)) indicators = true;
    if (!isPrintable(c)) special = true;
    if (isBreak(c)) lineBreaks = true;
    if (c === ' ') {
      if (before === 'break') breakSpace = true;
      before = 'space';
    } else if (isBreak(c)) {
      if (before === 'space') spaceBreak = true;
      before = 'break';
    } else before = 'other';
  }
  const first = chars[0] ?? '';
  const last = chars.at(-1) ?? '';
  const edge = first === ' ' || last === ' ' || isBreak(first) || isBreak(last);
  const never = spaceBreak || special;
  return {
    plain: !(edge || breakSpace || never || lineBreaks || indicators),
    single: !(breakSpace || never),
    block: !(last === ' ' || never),
  };
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\0': '\\0',
  '\u0007': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '\u001b': '\\e',
  '"': '\\"',
  '\\': '\\\\',
  '\u0085': '\\N',
  '\u2028': '\\L',
  '\u2029': '\\P',
};

const hex = (code: number): string => {
  const digits = code.toString(16).toUpperCase();
  if (code <= 0xff) return `\\x${digits.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${digits.padStart(4, '0')}` : `\\U${digits.padStart(8, '0')}`;
};
const escaped = (c: string): string => ESCAPES[c] ?? (isPrintable(c) ? c : hex(c.codePointAt(0) ?? 0));

/** Where a scalar stands. */
export interface ScalarPlace {
  /** Spaces before the lines that follow. */
  readonly indent: number;
  /** Column behind `key:` or `-`. */
  readonly column: number;
}

/** Best width of go-yaml's emitter: a line is broken at the first space behind it. */
const WIDTH = 80;

/** Writes characters, folding at single spaces. */
function folded(
  chars: readonly string[],
  { indent, column }: ScalarPlace,
  style: 'plain' | 'single' | 'double',
): string {
  const quote = style === 'plain' ? '' : style === 'single' ? "'" : '"';
  let out = quote;
  let at = column + 1 + quote.length;
  let spaces = false;
  for (const [i, c] of chars.entries()) {
    if (c !== ' ') {
      const written = style === 'double' ? escaped(c) : style === 'single' && c === "'" ? "''" : c;
      out += written;
      at += written.length === c.length ? 1 : [...written].length;
      spaces = false;
      continue;
    }
    const nextIsSpace = chars[i + 1] === ' ';
    const inside = style === 'plain' || (i > 0 && i < chars.length - 1);
    if (!spaces && at > WIDTH && inside && (style === 'double' || !nextIsSpace)) {
      out += `\n${' '.repeat(indent)}`;
      at = indent;
      if (nextIsSpace) {
        out += '\\';
        at++;
      }
    } else {
      out += c;
      at++;
    }
    spaces = true;
  }
  return out + quote;
}

/** A string in YAML. Keys are never written as blocks or folded. */
export function yamlString(text: string, place: ScalarPlace | 'key'): string {
  const chars = [...text];
  const analysis = analyze(chars);
  const where = place === 'key' ? { indent: 0, column: -Infinity } : place;
  if (text.includes('\n') && place !== 'key' && analysis.block) return literal(text, place.indent);
  if (text.includes('\n') || readsAsOther(text)) return folded(chars, where, 'double');
  if (analysis.plain) return folded(chars, where, 'plain');
  return folded(chars, where, analysis.single ? 'single' : 'double');
}

function literal(text: string, indent: number): string {
  const hint = /^[ \n]/.test(text) ? '2' : '';
  const chomp = text.endsWith('\n\n') || text === '\n' ? '+' : text.endsWith('\n') ? '' : '-';
  const body = text.replace(/\n$/, '');
  const lines = body.split('\n').map((line) => (line === '' ? '' : ' '.repeat(indent) + line));
  return `|${hint}${chomp}\n${lines.join('\n')}`;
}
