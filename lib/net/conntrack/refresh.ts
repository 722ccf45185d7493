// An entry after more packets of its connection (nf_conntrack_proto_udp.c nf_conntrack_udp_packet, _tcp.c nf_conntrack_tcp_packet).
import type { Entry } from './entry';
import { lifetimeMs, type Sysctls } from './timeouts';

/** A UDP connection that still speaks after so long is a stream: ASSURED, with the longer timeout. */
const STREAM_AFTER_MS = 2000;

/** The entry after a packet in the original direction, answered or not. */
export function refreshed(entry: Entry, answered: boolean, now: number, sysctls: Sysctls): Entry {
  const seenReply = entry.seenReply || answered;
  const stream = entry.original.protocol === 'udp' && seenReply && now - entry.since > STREAM_AFTER_MS;
  const { original, reply } = entry.traffic;
  const next: Entry = {
    ...entry,
    seenReply,
    assured: entry.assured || stream,
    traffic: {
      original: { packets: original.packets + 1, bytes: original.bytes + 60 },
      reply: answered ? { packets: reply.packets + 1, bytes: reply.bytes + 60 } : reply,
    },
  };
  return { ...next, expiresAt: Math.max(entry.expiresAt, now + lifetimeMs(next, sysctls)) };
}

/** A connection that was held open, closed in order by its client: TIME_WAIT. */
export function closed(entry: Entry, now: number, sysctls: Sysctls): Entry {
  const { protocol } = entry.original;
  if (entry.state !== 'ESTABLISHED') return entry;
  const next: Entry = { ...entry, state: protocol === 'sctp' ? 'SHUTDOWN_ACK_SENT' : 'TIME_WAIT' };
  return { ...next, expiresAt: now + lifetimeMs(next, sysctls) };
}
