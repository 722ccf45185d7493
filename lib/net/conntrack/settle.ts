// The entry that an exchange leaves behind on a node: its state once the client is done, and how long it stays
// (nf_conntrack_proto_tcp.c tcp_conntracks, _udp.c nf_conntrack_udp_packet, _sctp.c).
import type { Connection } from './connection';
import type { Entry } from './entry';
import { lifetimeMs, type Sysctls } from './timeouts';

/** What became of a connection: closed in order, still open, refused by its peer, or never answered. */
export type Ended = 'closed' | 'open' | 'refused' | 'unanswered';

/** Packets and bytes of each direction, by protocol, of a short conversation (a GET and its answer). */
const TALK = {
  tcp: { original: { packets: 6, bytes: 396 }, reply: { packets: 4, bytes: 512 } },
  udp: { original: { packets: 1, bytes: 60 }, reply: { packets: 1, bytes: 76 } },
  sctp: { original: { packets: 6, bytes: 420 }, reply: { packets: 5, bytes: 420 } },
  icmp: { original: { packets: 1, bytes: 84 }, reply: { packets: 1, bytes: 84 } },
} as const;
const SILENT = { packets: 0, bytes: 0 };

/** The entry, without id; undefined if the kernel has deleted it already (RST in answer to a SYN). */
export function settledEntry(
  connection: Connection,
  ended: Ended,
  now: number,
  sysctls: Sysctls,
): Omit<Entry, 'id'> | undefined {
  const { original, reply, seenReply } = connection;
  const { protocol } = original;
  if (ended === 'refused' && protocol === 'tcp' && seenReply) return undefined;
  const talked = seenReply && (ended === 'closed' || ended === 'open');
  const state = stateOf(protocol, talked, ended);
  const entry = {
    original,
    reply,
    ...(state && { state }),
    seenReply,
    assured: talked && (protocol === 'tcp' || protocol === 'sctp'),
    since: now,
    traffic: {
      original: talked
        ? TALK[protocol].original
        : { packets: 1, bytes: TALK[protocol].original.bytes / TALK[protocol].original.packets },
      reply: talked ? TALK[protocol].reply : SILENT,
    },
  };
  return { ...entry, expiresAt: now + lifetimeMs(entry, sysctls) };
}

function stateOf(protocol: string, talked: boolean, ended: Ended): Entry['state'] | undefined {
  if (protocol === 'tcp') return talked ? (ended === 'open' ? 'ESTABLISHED' : 'TIME_WAIT') : 'SYN_SENT';
  if (protocol !== 'sctp') return undefined;
  return talked
    ? ended === 'open'
      ? 'ESTABLISHED'
      : 'SHUTDOWN_ACK_SENT'
    : ended === 'refused'
      ? 'CLOSED'
      : 'COOKIE_WAIT';
}
