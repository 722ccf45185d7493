// The conntrack hook (net/netfilter/nf_conntrack_core.c nf_conntrack_in): which connection a packet belongs to, and its state.
import { Connection } from '@/lib/net/conntrack/connection';
import { inverse } from '@/lib/net/conntrack/tuple';
import type { Found, NodeScratch } from './node-state';
import type { Packet, Tracking } from './packet';

const INVALID: Tracking = { state: 'INVALID', direction: 'original' };

/** The tracking of a packet; 'full' if a new connection finds no room in the table. */
export function track(packet: Packet, node: NodeScratch): Tracking | 'full' {
  if (packet.role === 'error') return trackError(packet, node);
  const found = node.find(packet.tuple);
  if (found && reopens(packet, found)) node.forget(found.connection);
  else if (found) {
    const { connection, direction } = found;
    if (direction === 'reply') connection.seenReply = true;
    return { connection, direction, state: connection.seenReply ? 'ESTABLISHED' : 'NEW' };
  }
  if (!mayBegin(packet)) return INVALID;
  if (node.full) {
    node.refusedForSpace++;
    return 'full';
  }
  return { connection: new Connection(packet.tuple), direction: 'original', state: 'NEW' };
}

/** A SYN takes the place of a connection that is over (nf_conntrack_proto_tcp.c, the NF_REPEAT of a SYN in TIME_WAIT). */
const reopens = ({ tuple, role }: Packet, { connection, direction }: Found): boolean =>
  tuple.protocol === 'tcp' && role === 'open' && direction === 'original' && connection.over;

/** An error about a packet of a known connection, in either direction (nf_conntrack_inet_error). */
function trackError(packet: Packet, node: NodeScratch): Tracking {
  const about = packet.inner && node.find(inverse(packet.inner));
  if (!about) return INVALID;
  return { connection: about.connection, direction: about.direction, state: 'RELATED' };
}

/**
 * Packets that may open an entry: nf_conntrack_proto_tcp.c tcp_new (SYN; with nf_conntrack_tcp_loose also a later packet, but no
 * SYN-ACK and no RST), proto_sctp.c sctp_new, proto_icmp.c (requests only); any UDP packet.
 */
function mayBegin({ tuple, role }: Packet): boolean {
  switch (tuple.protocol) {
    case 'tcp':
      return role === 'open' || role === 'later';
    case 'icmp':
      return role === 'open';
    case 'sctp':
      return role !== 'refusal';
    case 'udp':
      return true;
  }
}
