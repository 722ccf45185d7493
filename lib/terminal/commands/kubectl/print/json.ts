// Objects as JSON: encoding/json's MarshalIndent with kubectl's four spaces. Maps come with sorted keys, <, > and & escaped.

/** The keys of objects in the order of their bytes, at every depth. */
export function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys);
  if (typeof value !== 'object' || value === null) return value;
  return new OrderedMap(
    Object.entries(value)
      .filter(([, v]) => v !== undefined)
      .sort(([a], [b]) => byBytes(a, b))
      .map(([k, v]) => [k, sortedKeys(v)] as const),
  );
}

/** An object whose keys keep their order, numbers too. */
export class OrderedMap {
  constructor(readonly entries: readonly (readonly [string, unknown])[]) {}
}

export function byBytes(a: string, b: string): number {
  if (a === b) return 0;
  for (let i = 0; i < a.length && i < b.length; i++) {
    const [x, y] = [a.codePointAt(i) ?? 0, b.codePointAt(i) ?? 0];
    if (x !== y) return x - y;
  }
  return a.length - b.length;
}

/** encoding/json's string: HTML characters and line separators escaped. */
export function jsonString(text: string): string {
  return JSON.stringify(text).replaceAll(
    /[<>&\u2028\u2029]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** With an indent, many lines; without, one. */
export function jsonText(value: unknown, indent = '    ', at = ''): string {
  if (typeof value === 'string') return jsonString(value);
  if (typeof value !== 'object' || value === null)
    return value === null || value === undefined ? 'null' : String(value as number | boolean);
  const inner = at + indent;
  const [open, close, parts] = Array.isArray(value)
    ? ['[', ']', value.map((v) => jsonText(v, indent, inner))]
    : [
        '{',
        '}',
        entriesOf(value).map(
          ([k, v]) => `${jsonString(k)}:${indent === '' ? '' : ' '}${jsonText(v, indent, inner)}`,
        ),
      ];
  if (parts.length === 0) return open + close;
  if (indent === '') return open + parts.join(',') + close;
  return `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${at}${close}`;
}

const entriesOf = (value: object): readonly (readonly [string, unknown])[] =>
  (value instanceof OrderedMap ? value.entries : Object.entries(value)).filter(([, v]) => v !== undefined);

/** Compact JSON with sorted keys, as the last-applied annotation holds it. */
export const compactJson = (value: unknown): string => jsonText(sortedKeys(value), '');
