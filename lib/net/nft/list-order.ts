// The order in which `nft list` prints the elements of a set: sorted by value (nftables src/mergesort.c). The values of a concatenation
// are put side by side as bytes in network order and compared as one little-endian number.
import { parseIp } from '@/lib/core/ip';
import { intervalOf } from './intervals';
import type { NftElement, NftSet } from './types';

const PROTOCOLS: Readonly<Record<string, number>> = { icmp: 1, tcp: 6, udp: 17, 'ipv6-icmp': 58, sctp: 132 };

/** The elements in the order of `nft list`. */
export function listedElements(set: NftSet): NftElement[] {
  const elements = [...set.elements.values()];
  const single = set.types.length === 1;
  const keyed = elements.map((element) => ({ element, value: sortValue(set, element, single) }));
  keyed.sort((a, b) => (a.value < b.value ? -1 : a.value > b.value ? 1 : 0));
  return keyed.map(({ element }) => element);
}

function sortValue(set: NftSet, element: NftElement, single: boolean): bigint {
  const bytes = set.types.map((type, i) => bytesOf(type, element.key[i] ?? ''));
  if (single) return bytes[0]?.value ?? 0n;
  let value = 0n;
  let shift = 0n;
  for (const part of bytes) {
    value |= reversed(part.value, part.length) << shift;
    shift += BigInt(part.length * 8);
  }
  return value;
}

interface Part {
  readonly value: bigint;
  readonly length: number;
}

function bytesOf(type: string, text: string): Part {
  switch (type) {
    case 'ipv4_addr':
      return { value: addressOf(text), length: 4 };
    case 'ipv6_addr':
      return { value: addressOf(text), length: 16 };
    case 'inet_proto':
      return { value: BigInt(PROTOCOLS[text] ?? numberOf(text)), length: 1 };
    case 'inet_service':
      return { value: BigInt(numberOf(text)), length: 2 };
    default:
      return { value: BigInt(numberOf(text)), length: 4 };
  }
}

const addressOf = (text: string): bigint => parseIp(text)?.value ?? intervalOf(text)?.first ?? 0n;

function numberOf(text: string): number {
  const n = Number(/^\d+/.exec(text)?.[0] ?? 0);
  return Number.isSafeInteger(n) ? n : 0;
}

function reversed(value: bigint, length: number): bigint {
  let out = 0n;
  for (let i = 0; i < length; i++) out = (out << 8n) | ((value >> BigInt(8 * i)) & 0xffn);
  return out;
}
