// What identifies one direction of a connection (struct nf_conntrack_tuple).
import type { Address } from '@/lib/net/routing/address';
import { joinHostPort } from '@/lib/core/ip';

export type Protocol = 'tcp' | 'udp' | 'sctp' | 'icmp';

export interface Tuple {
  /** icmp stands for ICMPv6 too. */
  readonly protocol: Protocol;
  readonly source: Address;
  /** ICMP echo: the identifier, in both places. */
  readonly sourcePort: number;
  readonly destination: Address;
  readonly destinationPort: number;
}

/** The tuple of answers. */
export const inverse = (t: Tuple): Tuple => ({
  protocol: t.protocol,
  source: t.destination,
  sourcePort: t.destinationPort,
  destination: t.source,
  destinationPort: t.sourcePort,
});

export const tupleKey = (t: Tuple): string =>
  `${t.protocol} ${t.source.text} ${t.sourcePort} ${t.destination.text} ${t.destinationPort}`;

export const sameTuple = (a: Tuple, b: Tuple): boolean =>
  a.sourcePort === b.sourcePort &&
  a.destinationPort === b.destinationPort &&
  a.protocol === b.protocol &&
  a.source.text === b.source.text &&
  a.destination.text === b.destination.text;

export const sourceText = (t: Tuple): string => joinHostPort(t.source.text, t.sourcePort);
export const destinationText = (t: Tuple): string => joinHostPort(t.destination.text, t.destinationPort);
