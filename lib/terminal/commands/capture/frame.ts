// A packet as tcpdump reads it off an interface, after decoding.
import type { Tap } from '@/lib/net/datapath/wire';

export type FrameKind = 'tcp' | 'udp' | 'icmp' | 'sctp' | 'arp';

export interface TcpPart {
  /** As tcpdump writes them: "S", "S.", ".", "P.", "F.", "R.". */
  readonly flags: string;
  readonly seq: number;
  readonly ack: number | undefined;
  readonly win: number;
  readonly options: string;
}

export interface Frame {
  /** Microseconds since 1970 of virtual time. */
  readonly at: number;
  /** When it is there for whoever listens, ms of virtual time: an exchange takes none, what is sent again comes later. */
  readonly due: number;
  readonly tap: Tap;
  readonly kind: FrameKind;
  readonly six: boolean;
  readonly source: string;
  readonly sourcePort: number;
  readonly destination: string;
  readonly destinationPort: number;
  readonly ttl: number;
  /** Bytes of the IP packet; of an ARP message its own. */
  readonly length: number;
  /** Bytes behind the transport header. */
  readonly data: number;
  readonly tcp?: TcpPart;
  /** What is printed behind the addresses for other protocols; the second for -v. */
  readonly text?: string;
  readonly longText?: string;
  /** HTTP, as text. */
  readonly payload?: string;
  readonly icmpType?: number;
  /** IP identification. */
  readonly id: number;
}

/** A number that belongs to a text, below 2^32: where a real host has a random or a running one. */
export function numberOf(text: string): number {
  let value = 0x811c9dc5;
  for (const c of text) value = Math.imul(value ^ c.charCodeAt(0), 0x01000193) >>> 0;
  return value;
}

export const bytesOf = (text: string): number => new TextEncoder().encode(text).length;
