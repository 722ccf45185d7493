// Pod addresses of one node. Models the CNI plugin host-local (plugins/ipam/host-local/backend/allocator): each address after the
// last one given, around the range; .1 is the bridge's.
import { formatIp, parseCidr } from '@/lib/core/ip';
import { PersistentMap } from '@/lib/core/persistent-map';

export interface AddressRange {
  /** The offset that was given last, by CIDR: a node has one a family. */
  readonly last: Readonly<Record<string, number>>;
  readonly used: PersistentMap<true>;
}

export const EMPTY_RANGE: AddressRange = { last: {}, used: PersistentMap.empty() };

const FIRST_OFFSET = 2;
/** A larger CIDR is used up to here. */
const LAST_OFFSET = 1_000_000;

/** The next free address of a CIDR; undefined if all are taken. */
export function allocate(
  range: AddressRange,
  cidr: string,
): { readonly ip: string; readonly range: AddressRange } | undefined {
  const net = parseCidr(cidr);
  if (!net) return undefined;
  const hostBits = (net.family === 'IPv4' ? 32 : 128) - net.prefix;
  const end = hostBits > 20 ? LAST_OFFSET : 2 ** hostBits - (net.family === 'IPv4' ? 2 : 1);
  const size = end - FIRST_OFFSET + 1;
  const last = range.last[cidr] ?? FIRST_OFFSET - 1;
  for (let step = 1; step <= size; step++) {
    const offset = FIRST_OFFSET + ((last - FIRST_OFFSET + step) % size);
    const ip = formatIp({ family: net.family, value: net.base + BigInt(offset) });
    if (!range.used.has(ip))
      return { ip, range: { last: { ...range.last, [cidr]: offset }, used: range.used.set(ip, true) } };
  }
  return undefined;
}

export const reserve = (range: AddressRange, ip: string): AddressRange => ({
  ...range,
  used: range.used.set(ip, true),
});
export const free = (range: AddressRange, ip: string): AddressRange => ({
  ...range,
  used: range.used.delete(ip),
});
