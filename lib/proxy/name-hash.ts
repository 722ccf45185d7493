// Names that kube-proxy makes from a digest: the first characters of base32(sha256(text)), as in pkg/proxy/iptables/proxier.go
// portProtoHash (16) and pkg/proxy/nftables/proxier.go hashAndTruncate (8).
import { sha256 } from '@noble/hashes/sha2.js';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
/** Two characters for each ten bits. */
const PAIRS = Array.from({ length: 1024 }, (_, i) => `${BASE32[i >> 5]}${BASE32[i & 31]}`);

// One hasher for all names: a large cluster has 60 000 of them.
const fresh = sha256.create();
const hasher = sha256.create();
const input = new Uint8Array(1024);
const digest = new Uint8Array(32);

/** First 16 characters of base32(sha256(text)): 80 bits, ten bytes of the digest. */
export function hash16(text: string): string {
  digestOf(text);
  return fiveBytes(0) + fiveBytes(5);
}

/** First 8 characters of base32(sha256(text)). */
export function hash8(text: string): string {
  digestOf(text);
  return fiveBytes(0);
}

function digestOf(text: string): void {
  fresh._cloneInto(hasher);
  hasher.update(bytesOf(text)).digestInto(digest);
}

function bytesOf(text: string): Uint8Array {
  if (text.length > input.length) return new TextEncoder().encode(text);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 127) return new TextEncoder().encode(text);
    input[i] = code;
  }
  return input.subarray(0, text.length);
}

/** Eight base32 characters for five bytes of the digest. */
function fiveBytes(at: number): string {
  const byte = (i: number): number => digest[at + i] ?? 0;
  const high = (byte(0) << 12) | (byte(1) << 4) | (byte(2) >> 4);
  const low = ((byte(2) & 15) << 16) | (byte(3) << 8) | byte(4);
  return `${PAIRS[high >> 10]}${PAIRS[high & 1023]}${PAIRS[low >> 10]}${PAIRS[low & 1023]}`;
}
