// Anonymous sets as `nft list` prints them: sorted, and if a prefix or range is among them, overlapping and adjacent intervals merged
// (nftables src/intervals.c, segtree.c).
import { formatIp, parseIp, type Ip } from '@/lib/core/ip';
import type { NftExpr } from './types';

interface Interval {
  readonly first: bigint;
  readonly last: bigint;
}

const isAddress = (e: NftExpr): boolean =>
  e.kind === 'payload' && (e.field === 'saddr' || e.field === 'daddr') && /^ip6?$/.test(e.protocol);

/** { a, b } as listed for a set that was given these elements; a set of one is printed as the element alone. */
export function joinedLiteral(left: NftExpr, elements: readonly string[], merged = false): string {
  const [only] = elements;
  if (elements.length === 1 && only !== undefined && !merged) return listedValue(left, only);
  if (!isAddress(left)) return `{ ${[...elements].sort(numbersFirst).join(', ')} }`;
  const family = left.kind === 'payload' && left.protocol === 'ip6' ? 'IPv6' : 'IPv4';
  const intervals = elements.map(intervalOf).filter((i) => i !== undefined);
  const sorted = intervals.sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0));
  const hasRange = elements.some((e) => e.includes('/') || e.includes('-'));
  const shown = hasRange ? mergedIntervals(sorted) : sorted;
  return `{ ${shown.map((i) => intervalText(i, family)).join(', ')} }`;
}

/** One value of an expression as listed: 10.1.2.3/8 → 10.0.0.0/8, 10.1.2.3/32 → 10.1.2.3. */
export function listedValue(left: NftExpr, text: string): string {
  if (!isAddress(left)) return text;
  const interval = intervalOf(text);
  if (!interval || text.includes('-')) return text;
  return intervalText(interval, text.includes(':') ? 'IPv6' : 'IPv4');
}

function numbersFirst(a: string, b: string): number {
  const [x, y] = [Number(a), Number(b)];
  return Number.isNaN(x) || Number.isNaN(y) ? 0 : x - y;
}

/** The first and last address of "10.0.0.0/8", "10.0.0.1" or "10.0.0.1-10.0.0.9". */
export function intervalOf(text: string): Interval | undefined {
  const dash = text.indexOf('-');
  if (dash > 0) {
    const [first, last] = [parseIp(text.slice(0, dash)), parseIp(text.slice(dash + 1))];
    return first && last && { first: first.value, last: last.value };
  }
  const [address = '', length] = text.split('/');
  const ip = parseIp(address);
  if (!ip) return undefined;
  const bits = BigInt(
    (ip.family === 'IPv4' ? 32 : 128) - Number(length ?? (ip.family === 'IPv4' ? 32 : 128)),
  );
  const first = (ip.value >> bits) << bits;
  return { first, last: first + (1n << bits) - 1n };
}

function mergedIntervals(sorted: readonly Interval[]): Interval[] {
  const merged: Interval[] = [];
  for (const next of sorted) {
    const last = merged.at(-1);
    if (last && next.first <= last.last + 1n)
      merged[merged.length - 1] = { first: last.first, last: next.last > last.last ? next.last : last.last };
    else merged.push(next);
  }
  return merged;
}

function intervalText({ first, last }: Interval, family: Ip['family']): string {
  const text = (value: bigint): string => formatIp({ family, value });
  const size = last - first + 1n;
  if (size === 1n) return text(first);
  const isPrefix = (size & (size - 1n)) === 0n && first % size === 0n;
  if (!isPrefix) return `${text(first)}-${text(last)}`;
  const bits = size.toString(2).length - 1;
  return `${text(first)}/${(family === 'IPv4' ? 32 : 128) - bits}`;
}
