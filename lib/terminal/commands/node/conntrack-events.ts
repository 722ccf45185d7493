// The events of a conntrack entry: an exchange takes no virtual time, so an entry is met when it is settled, and what it went through is told
// as the kernel told it (net/netfilter/nf_conntrack_proto_tcp.c, tcp_conntracks).
import type { Entry, TcpState } from '@/lib/net/conntrack/entry';
import { lifetimeMs, type Sysctls } from '@/lib/net/conntrack/timeouts';
import type { MadeConnection } from '@/lib/sim/network';

export interface EntryEvent {
  readonly what: '[NEW]' | '[UPDATE]' | '[DESTROY]';
  readonly entry: Entry;
}

/** States up to each one in which an entry is found. */
const LIFE: Partial<Record<TcpState, readonly TcpState[]>> = {
  ESTABLISHED: ['SYN_SENT', 'SYN_RECV', 'ESTABLISHED'],
  TIME_WAIT: ['SYN_SENT', 'SYN_RECV', 'ESTABLISHED', 'FIN_WAIT', 'LAST_ACK', 'TIME_WAIT'],
};

/** A new entry's events up to now. */
export function lifeOf(entry: Entry, sysctls: Sysctls): readonly EntryEvent[] {
  const { original, state, seenReply } = entry;
  const as = (part: Partial<Entry>): Entry => {
    const then = { ...entry, ...part };
    return { ...then, expiresAt: entry.since + lifetimeMs(then, sysctls) };
  };
  const states = original.protocol === 'tcp' && state !== undefined ? LIFE[state as TcpState] : undefined;
  if (states)
    return states.map((one, i) => ({
      what: i === 0 ? '[NEW]' : '[UPDATE]',
      entry: as({ state: one, seenReply: i > 0, assured: entry.assured && i > 1 }),
    }));
  if (original.protocol === 'sctp' || !seenReply) return [{ what: '[NEW]', entry }];
  return [
    { what: '[NEW]', entry: as({ seenReply: false, assured: false }) },
    { what: '[UPDATE]', entry },
  ];
}

/** A reset in answer to a SYN: the kernel deletes the entry at once, and only its events tell of it. */
export function refusedEvents(
  { trace, at }: MadeConnection,
  node: string,
  sysctls: Sysctls,
): readonly EntryEvent[] {
  if (trace.verdict !== 'reset') return [];
  return trace.tracked
    .filter((tracked) => tracked.node === node && tracked.connection.original.protocol === 'tcp')
    .flatMap(({ connection: { original, reply } }): EntryEvent[] => {
      const silent = { packets: 0, bytes: 0 };
      const traffic = { original: { packets: 1, bytes: 60 }, reply: silent };
      const born = { id: 0, original, reply, seenReply: false, assured: false, since: at, traffic };
      const entry = (state: TcpState): Entry => ({
        ...born,
        state,
        expiresAt: at + lifetimeMs({ ...born, state }, sysctls),
      });
      return [
        { what: '[NEW]', entry: entry('SYN_SENT') },
        { what: '[DESTROY]', entry: entry('CLOSE') },
      ];
    });
}
