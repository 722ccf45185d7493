// Picking cluster IPs and node ports: pkg/registry/core/service/ipallocator and portallocator. A range has a lower part that is
// left to values given by hand as long as the upper part has room (KEP-3070, KEP-3668).
import { contains, formatIp, parseCidr, parseIp, type Cidr } from '@/lib/core/ip';
import type { Random } from '@/lib/core/random';

/** A free number in [0, size), the part from `reserved` on first; undefined if all are taken. */
export function pickFree(
  size: number,
  reserved: number,
  random: Random,
  taken: (n: number) => boolean,
): number | undefined {
  return scan(reserved, size, random, taken) ?? scan(0, reserved, random, taken);
}

function scan(from: number, to: number, random: Random, taken: (n: number) => boolean): number | undefined {
  const size = to - from;
  if (size <= 0) return undefined;
  const start = random.integer(size);
  for (let i = 0; i < size; i++) {
    const at = from + ((start + i) % size);
    if (!taken(at)) return at;
  }
  return undefined;
}

/** How much of a range is left to values given by hand. */
function reservedPart(size: number, divisor: number, most: number): number {
  if (size <= 16) return 0;
  return Math.min(Math.max(16, Math.floor(size / divisor)), most);
}

/** A range of cluster IPs of one family. */
export class ClusterIPRange {
  readonly #cidr: Cidr;
  /** Addresses that can be given out: neither the network's first nor, in IPv4, its last. */
  readonly #size: number;
  readonly #reserved: number;

  constructor(readonly text: string) {
    const cidr = parseCidr(text);
    if (!cidr) throw new Error(`no CIDR: ${text}`);
    this.#cidr = cidr;
    const bits = (cidr.family === 'IPv4' ? 32 : 128) - cidr.prefix;
    const all = bits >= 16 ? (cidr.family === 'IPv6' ? 65_536 : 2 ** bits) : 2 ** bits;
    this.#size = Math.max(0, all - (cidr.family === 'IPv4' ? 2 : 1));
    this.#reserved = reservedPart(all, 16, 256);
  }

  get family(): 'IPv4' | 'IPv6' {
    return this.#cidr.family;
  }

  next(random: Random, taken: (ip: string) => boolean): string | undefined {
    const free = pickFree(this.#size, this.#reserved, random, (n) => taken(this.#at(n)));
    return free === undefined ? undefined : this.#at(free);
  }

  /** Why this address cannot be had; undefined if it can. */
  refusal(text: string, taken: (ip: string) => boolean): string | undefined {
    const ip = parseIp(text);
    const offset = ip && contains(this.#cidr, ip) ? Number(ip.value - this.#cidr.base) - 1 : -1;
    if (!ip || offset < 0 || offset >= this.#size)
      return `the provided IP (${text}) is not in the valid range. The range of valid IPs is ${this.text}`;
    return taken(formatIp(ip)) ? 'provided IP is already allocated' : undefined;
  }

  #at(offset: number): string {
    return formatIp({ family: this.#cidr.family, value: this.#cidr.base + BigInt(offset) + 1n });
  }
}

/** The range of node ports, both ends included. */
export class NodePortRange {
  readonly #reserved: number;

  constructor(
    readonly first: number,
    readonly last: number,
    staticSubrange: boolean,
  ) {
    this.#reserved = staticSubrange ? reservedPart(last - first + 1, 32, 128) : 0;
  }

  next(random: Random, taken: (port: number) => boolean): number | undefined {
    const free = pickFree(this.last - this.first + 1, this.#reserved, random, (n) => taken(this.first + n));
    return free === undefined ? undefined : this.first + free;
  }

  /** Why this port cannot be had; undefined if it can. */
  refusal(port: number, taken: (port: number) => boolean): string | undefined {
    if (port < this.first || port > this.last)
      return `provided port is not in the valid range. The range of valid ports is ${this.first}-${this.last}`;
    return taken(port) ? 'provided port is already allocated' : undefined;
  }
}
