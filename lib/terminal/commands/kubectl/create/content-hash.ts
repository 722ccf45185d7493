// --append-hash: k8s.io/kubectl pkg/util/hash/hash.go.
import { sha256 } from '@noble/hashes/sha2.js';
import { compactJson } from '../print/json';

/** Digits that could make a word are letters instead. */
const INSTEAD: Readonly<Record<string, string>> = { '0': 'g', '1': 'h', '3': 'k', a: 'm', e: 't' };

/** Ten letters for what a ConfigMap or Secret holds: `content` has its kind, name and data (a Secret's type too), keys in order. */
export function contentHash(content: object): string {
  const digest = sha256(new TextEncoder().encode(compactJson(content)));
  const hex = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return Array.from(hex.slice(0, 10), (digit) => INSTEAD[digit] ?? digit).join('');
}
