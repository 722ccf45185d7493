// Names of the per-service chains: pkg/proxy/iptables/proxier.go portProtoHash, servicePortPolicyClusterChain and its kin.
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
  fresh._cloneInto(hasher);
  hasher.update(bytesOf(text)).digestInto(digest);
  return fiveBytes(0) + fiveBytes(5);
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

// The hash is a pure function of its text and every node asks for the same ones.
const KEPT = 200_000;
const known = new Map<string, string>();
function keptHash(text: string): string {
  const kept = known.get(text);
  if (kept) return kept;
  if (known.size >= KEPT) known.clear();
  const name = hash16(text);
  known.set(text, name);
  return name;
}

/** The four chains that a service port may have; `portName` is "ns/name:port", `protocol` in lower case. */
export function serviceChains(
  portName: string,
  protocol: string,
): { svc: string; svl: string; ext: string; fw: string } {
  const hash = keptHash(portName + protocol);
  return { svc: `KUBE-SVC-${hash}`, svl: `KUBE-SVL-${hash}`, ext: `KUBE-EXT-${hash}`, fw: `KUBE-FW-${hash}` };
}

/** `endpoint` is "ip:port". */
export const endpointChain = (portName: string, protocol: string, endpoint: string): string =>
  'KUBE-SEP-' + keptHash(portName + protocol + endpoint);

/** Chains of these prefixes belong to Services: kube-proxy deletes those it does not know. */
export const isServiceChain = (chain: string): boolean => /^KUBE-(SVC|SVL|EXT|FW|SEP)-/.test(chain);

/** 1/n as kube-proxy prints it: fmt.Sprintf("%0.10f"). */
export const probability = (n: number): string => (1 / n).toFixed(10);
