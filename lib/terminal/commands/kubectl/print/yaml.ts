// Objects as YAML, to the byte as sigs.k8s.io/yaml prints them: keys in go-yaml's order, lists at the column of their key.
import { OrderedMap } from './json';
import { yamlString, type ScalarPlace } from './yaml-scalar';

const isLetter = (c: string): boolean => /\p{L}/u.test(c);
const isDigit = (c: string): boolean => /\p{Nd}/u.test(c);

/** go-yaml v2 keyList.Less: numbers within keys in their order. */
export function compareKeys(a: string, b: string): number {
  const [ar, br] = [[...a], [...b]];
  for (let i = 0; i < ar.length && i < br.length; i++) {
    const [ac, bc] = [ar[i] ?? '', br[i] ?? ''];
    if (ac === bc) continue;
    const [al, bl] = [isLetter(ac), isLetter(bc)];
    if (al && bl) return (ac.codePointAt(0) ?? 0) - (bc.codePointAt(0) ?? 0);
    if (al || bl) return bl ? -1 : 1;
    let start = 0;
    if (ac === '0' || bc === '0')
      for (let j = i - 1; j >= 0 && isDigit(ar[j] ?? ''); j--)
        if (ar[j] !== '0') {
          start = 1;
          break;
        }
    const [an, aEnd] = numberAt(ar, i, start);
    const [bn, bEnd] = numberAt(br, i, start);
    if (an !== bn) return an - bn;
    if (aEnd !== bEnd) return aEnd - bEnd;
    return (ac.codePointAt(0) ?? 0) - (bc.codePointAt(0) ?? 0);
  }
  return ar.length - br.length;
}

function numberAt(chars: readonly string[], from: number, start: number): readonly [number, number] {
  let value = start;
  let at = from;
  for (; at < chars.length && isDigit(chars[at] ?? ''); at++) value = value * 10 + Number(chars[at]);
  return [value, at];
}

/** One document, with a line end. */
export function yamlText(value: unknown): string {
  return `${node(value, { indent: 2, column: -1 }, 0).replace(/^\n/, '')}\n`;
}

/** What follows `key:` or `-`: on the same line, or (with a line end first) on lines of its own, from `indent` on. */
function node(value: unknown, place: ScalarPlace, indent: number): string {
  if (Array.isArray(value)) return value.length === 0 ? '[]' : sequence(value, indent);
  if (typeof value === 'object' && value !== null) {
    const entries = entriesOf(value);
    return entries.length === 0 ? '{}' : mapping(entries, indent);
  }
  if (typeof value === 'string') return yamlString(value, place);
  if (typeof value === 'number') return numberText(value);
  return value === null || value === undefined ? 'null' : String(value as boolean);
}

const entriesOf = (value: object): (readonly [string, unknown])[] =>
  (value instanceof OrderedMap ? [...value.entries] : Object.entries(value)).filter(
    ([, v]) => v !== undefined,
  );

const pad = (indent: number): string => ' '.repeat(indent);

function mapping(entries: (readonly [string, unknown])[], indent: number): string {
  return entries
    .sort(([a], [b]) => compareKeys(a, b))
    .map(([key, child]) => {
      const name = `${pad(indent)}${yamlString(key, 'key')}:`;
      const place = { indent: indent + 2, column: [...name].length };
      const text = node(child, place, Array.isArray(child) ? indent : indent + 2);
      return `\n${name}${text.startsWith('\n') ? '' : ' '}${text}`;
    })
    .join('');
}

function sequence(values: readonly unknown[], indent: number): string {
  return values
    .map((value) => {
      const text = node(value, { indent: indent + 2, column: indent + 1 }, indent + 2);
      return `\n${pad(indent)}- ${text.startsWith('\n') ? text.slice(1 + indent + 2) : text}`;
    })
    .join('');
}

/** Go's float format 'g' with the shortest digits; whole numbers as they are. */
function numberText(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e21) return String(value);
  const [digits = '', exponent] = value.toExponential().split('e');
  const power = Number(exponent);
  if (power < -4 || power >= 21)
    return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
  return String(value);
}
