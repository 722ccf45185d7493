// Values as Go's fmt prints them with %v.
import { byBytes } from './json';

/** fmt.Sprint of a decoded JSON value: maps as `map[a:1 b:2]`, lists as `[a b]`. */
export function goString(value: unknown): string {
  if (value === null || value === undefined) return '<nil>';
  if (Array.isArray(value)) return `[${value.map(goString).join(' ')}]`;
  if (typeof value === 'object') {
    const entries = Object.entries(value).sort(([a], [b]) => byBytes(a, b));
    return `map[${entries.map(([k, v]) => `${k}:${goString(v)}`).join(' ')}]`;
  }
  return String(value as string | number | boolean);
}
