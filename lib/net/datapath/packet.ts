// A packet on its way through a node: what struct sk_buff carries and netfilter may read or change. Connections are simulated by their
// first packet, the answer to it and the errors it may cause; later packets follow the same conntrack entry.
import type { Connection } from '@/lib/net/conntrack/connection';
import type { Tuple } from '@/lib/net/conntrack/tuple';

/**
 * What a packet is to its connection. TCP: SYN, SYN-ACK, RST, anything later; SCTP: INIT, INIT-ACK, ABORT, DATA; UDP and ICMP echo: request
 * and answer. An error is an ICMP message about the packet `inner`.
 */
export type PacketRole = 'open' | 'answer' | 'refusal' | 'later' | 'error';

export type CtState = 'NEW' | 'ESTABLISHED' | 'RELATED' | 'INVALID' | 'UNTRACKED';
export type Direction = 'original' | 'reply';

/** What conntrack says of a packet on one node. */
export interface Tracking {
  readonly state: CtState;
  readonly direction: Direction;
  /** Absent for INVALID and UNTRACKED packets. */
  readonly connection?: Connection;
}

/** One packet, changed as it goes. */
export interface Packet {
  tuple: Tuple;
  readonly role: PacketRole;
  /** Bytes of the IP packet. */
  readonly length: number;
  /** The packet that an ICMP error is about, as the addressee of the error knows it. */
  inner?: Tuple;
  /** The error's name in iptables' --reject-with. */
  readonly error?: string;
  mark: number;
  inDevice: string;
  outDevice: string;
  tracking: Tracking | undefined;
}

/** A packet as it leaves its sender. */
export function packetOf(
  tuple: Tuple,
  role: PacketRole,
  length: number,
  about?: { readonly inner: Tuple; readonly error: string },
): Packet {
  return { tuple, role, length, ...about, mark: 0, inDevice: '', outDevice: '', tracking: undefined };
}

/** The packet as the next host receives it: marks and conntrack stay behind on the node. */
export const onTheWire = (packet: Packet): Packet => ({
  ...packet,
  mark: 0,
  inDevice: '',
  outDevice: '',
  tracking: undefined,
});
