// Addresses and prefixes of packets, made for being compared many times: IPv4 as a 32-bit number, IPv6 as a bigint.
import { formatIp, parseCidr, parseIp, type Ip } from '@/lib/core/ip';
import type { IPFamily } from '@/lib/kube/types';

export interface Address {
  /** Canonical text. */
  readonly text: string;
  readonly family: IPFamily;
  /** The 32 bits of an IPv4 address; 0 for IPv6. */
  readonly v4: number;
  readonly value: bigint;
}

const KEPT = 50_000;
const known = new Map<string, Address>();

/** The address of a text; undefined if it is none. Equal addresses read from equal texts are the same object. */
export function addressOf(text: string): Address | undefined {
  const kept = known.get(text);
  if (kept) return kept;
  const ip = parseIp(text);
  if (!ip) return undefined;
  const address = fromIp(ip);
  if (known.size >= KEPT) known.clear();
  known.set(text, address);
  return address;
}

export function fromIp(ip: Ip): Address {
  const v4 = ip.family === 'IPv4' ? Number(ip.value) : 0;
  return { text: formatIp(ip), family: ip.family, v4, value: ip.value };
}

/** Whether addresses lie in a prefix, as a function; undefined if the text is neither an address nor a CIDR. */
export function within(text: string): ((address: Address) => boolean) | undefined {
  if (!text.includes('/')) {
    const host = addressOf(text);
    return host && ((a) => a.family === host.family && a.value === host.value);
  }
  const cidr = parseCidr(text);
  if (!cidr) return undefined;
  if (cidr.family === 'IPv4') {
    const mask = cidr.prefix === 0 ? 0 : (0xffffffff << (32 - cidr.prefix)) >>> 0;
    const base = Number(cidr.base);
    return (a) => a.family === 'IPv4' && (a.v4 & mask) >>> 0 === base;
  }
  const host = BigInt(128 - cidr.prefix);
  const base = cidr.base >> host;
  return (a) => a.family === 'IPv6' && a.value >> host === base;
}

export const isLoopback = (a: Address): boolean =>
  a.family === 'IPv4' ? a.v4 >>> 24 === 127 : a.value === 1n;

/** How many leading bits two addresses of one family share. */
export function commonBits(a: Address, b: Address): number {
  const bits = a.family === 'IPv4' ? 32 : 128;
  const differing = a.value ^ b.value;
  return differing === 0n ? bits : bits - differing.toString(2).length;
}
