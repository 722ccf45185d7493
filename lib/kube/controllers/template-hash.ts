// Names of template revisions. Models pkg/controller/controller_utils.go ComputeHash and apimachinery's rand.SafeEncodeString; the
// input differs (canonical JSON in place of Go's dump), so hashes look like a real cluster's but are not the same.

const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';

/** FNV-1a, 32 bits, over UTF-16 code units. */
export function fnv32a(text: string, basis = 0x811c9dc5): number {
  let hash = basis;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** JSON with sorted keys: the same text for the same value. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const record = value as Record<string, unknown>;
  const keys = Object.keys(record).filter((k) => record[k] !== undefined);
  return `{${keys
    .sort()
    .map((k) => `${JSON.stringify(k)}:${canonicalJson(record[k])}`)
    .join(',')}}`;
}

/** pod-template-hash and controller-revision-hash: 8 to 10 characters. */
export function templateHash(template: unknown): string {
  let text = '';
  for (const digit of String(fnv32a(canonicalJson(template))))
    text += ALPHABET[digit.charCodeAt(0) % ALPHABET.length];
  return text;
}
