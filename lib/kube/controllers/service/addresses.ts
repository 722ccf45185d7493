// Addresses for load balancers: the lowest that is free in a list of ranges.
import { formatIp, parseCidr, type Ip } from '@/lib/core/ip';
import type { IPFamily } from '@/lib/kube/types';

/** First and last address, both included. */
export interface AddressRange {
  readonly family: IPFamily;
  readonly first: bigint;
  readonly last: bigint;
}

/** More addresses than any cluster of the course has Services. */
const SEARCHED = 65_536n;

/** The first address of a family that nobody has; undefined: none is left. */
export function firstFree(
  ranges: readonly AddressRange[],
  family: IPFamily,
  taken: ReadonlySet<string>,
): string | undefined {
  for (const range of ranges) {
    if (range.family !== family) continue;
    const last = range.last - range.first > SEARCHED ? range.first + SEARCHED : range.last;
    for (let value = range.first; value <= last; value++) {
      const text = formatIp({ family, value });
      if (!taken.has(text)) return text;
    }
  }
  return undefined;
}

/** The hosts of a CIDR, without the network's own address and, in IPv4, that of its broadcast; undefined: it is no CIDR. */
export function rangeOfCidr(text: string): AddressRange | undefined {
  const cidr = parseCidr(text);
  if (!cidr) return undefined;
  const { family, base, prefix } = cidr;
  const bits = family === 'IPv4' ? 32 : 128;
  const last = base + (1n << BigInt(bits - prefix)) - 1n;
  if (prefix >= bits - 1) return { family, first: base, last };
  return { family, first: base + 1n, last: family === 'IPv4' ? last - 1n : last };
}

/** Whether an address lies in one of the ranges. */
export const inRanges = (ranges: readonly AddressRange[], { family, value }: Ip): boolean =>
  ranges.some((r) => r.family === family && r.first <= value && value <= r.last);
