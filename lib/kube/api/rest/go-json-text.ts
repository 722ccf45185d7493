// JSON as Go's encoding/json writes it: keys of maps sorted, <, > and & escaped.
import { byText, isObject } from '@/lib/kube/api/json';

export function goJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(goJson).join(',')}]`;
  if (!isObject(value)) return escaped(JSON.stringify(value ?? null));
  const fields = Object.keys(value).sort(byText);
  const written = fields.flatMap((key) =>
    value[key] === undefined ? [] : [`${escaped(JSON.stringify(key))}:${goJson(value[key])}`],
  );
  return `{${written.join(',')}}`;
}

const escaped = (json: string): string =>
  json.replace(/[<>&\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
