// What NAT does to a packet once the chains have settled it (net/netfilter/nf_nat_core.c nf_nat_packet, nf_nat_proto.c
// nf_nat_icmp_reply_translation): destinations at PREROUTING and OUTPUT, sources at POSTROUTING and INPUT.
import { inverse, type Tuple } from '@/lib/net/conntrack/tuple';
import type { Hook } from '@/lib/net/ruleset/types';
import type { Packet } from './packet';

export type Manip = 'destination' | 'source';

export const manipAt = (hook: Hook): Manip | undefined =>
  hook === 'PREROUTING' || hook === 'OUTPUT' ? 'destination' : hook === 'FORWARD' ? undefined : 'source';

/** Rewrites one side of a packet that belongs to a connection; true if anything changed. */
export function rewrite(packet: Packet, manip: Manip): boolean {
  const connection = packet.tracking?.connection;
  if (!connection) return false;
  const wanted = inverse(packet.tracking?.direction === 'original' ? connection.reply : connection.original);
  const { tuple } = packet;
  if (packet.role === 'error') return rewriteError(packet, manip, wanted);
  const next: Tuple =
    manip === 'destination'
      ? { ...tuple, destination: wanted.destination, destinationPort: wanted.destinationPort }
      : { ...tuple, source: wanted.source, sourcePort: wanted.sourcePort };
  const changed =
    next.destination.text !== tuple.destination.text ||
    next.destinationPort !== tuple.destinationPort ||
    next.source.text !== tuple.source.text ||
    next.sourcePort !== tuple.sourcePort;
  if (changed) packet.tuple = next;
  return changed;
}

/** An ICMP error goes back along the connection: its addressee and the packet inside it are translated back. */
function rewriteError(packet: Packet, manip: Manip, wanted: Tuple): boolean {
  const connection = packet.tracking?.connection;
  if (!connection || manip !== 'destination') return false;
  packet.inner = packet.tracking?.direction === 'reply' ? connection.original : connection.reply;
  if (packet.tuple.destination.text === wanted.destination.text) return false;
  packet.tuple = { ...packet.tuple, destination: wanted.destination };
  return true;
}
