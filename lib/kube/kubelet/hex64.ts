import { fnv32a } from '@/lib/kube/controllers/template-hash';

/** 64 hexadecimal digits that look like an id and are always the same for the same text. */
export function hex64(text: string): string {
  let hash = fnv32a(text);
  let digits = '';
  for (let i = 0; i < 8; i++) {
    hash = fnv32a(String(i), hash);
    digits += hash.toString(16).padStart(8, '0');
  }
  return digits;
}
