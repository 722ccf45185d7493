// Entries as conntrack-tools 1.4.7 prints them (libnetfilter_conntrack src/conntrack/snprintf_default.c).
import type { Entry } from './entry';
import type { Tuple } from './tuple';

export interface ConntrackPrintOptions {
  /** -o extended: the layer 3 protocol comes first. */
  readonly extended?: boolean;
  /** -o id */
  readonly id?: boolean;
}

/** One line of `conntrack -L`, without the line end. `now`: virtual time, ms. */
export function printEntry(entry: Entry, now: number, options: ConntrackPrintOptions = {}): string {
  const { original, reply, state, seenReply, assured } = entry;
  const v6 = original.source.family === 'IPv6';
  const [name, number] = protocolOf(original.protocol, v6);
  const words = [
    ...(options.extended ? [v6 ? 'ipv6    ' : 'ipv4    ', v6 ? '10' : '2'] : []),
    name.padEnd(8),
    String(number),
    String(secondsLeft(entry, now)),
    ...(state ? [state] : []),
    tupleText(original, 'request', v6),
    ...(seenReply ? [] : ['[UNREPLIED]']),
    tupleText(reply, 'answer', v6),
    ...(assured ? ['[ASSURED]'] : []),
    'mark=0',
    'use=1',
    ...(options.id ? [`id=${idOf(entry)}`] : []),
  ];
  return words.join(' ');
}

/** What `conntrack -L` says on stderr when it is done; `deleted`: -D. */
export const summaryLine = (count: number, what: 'shown' | 'deleted' = 'shown'): string =>
  `conntrack v1.4.7 (conntrack-tools): ${count} flow entries have been ${what}.`;

/** Whole seconds, as the kernel counts them: a timer that was just started has lost a moment already. */
export const secondsLeft = ({ expiresAt }: Pick<Entry, 'expiresAt'>, now: number): number =>
  Math.max(0, Math.ceil((expiresAt - now) / 1000) - 1);

/** The kernel's ids are hashes: stable, and nothing to read out of them. */
const idOf = ({ id, since }: Entry): number => (Math.imul(id, 0x9e3779b1) ^ Math.floor(since)) >>> 0;

function protocolOf(protocol: Tuple['protocol'], v6: boolean): readonly [string, number] {
  switch (protocol) {
    case 'tcp':
      return ['tcp', 6];
    case 'udp':
      return ['udp', 17];
    case 'sctp':
      return ['sctp', 132];
    case 'icmp':
      return v6 ? ['icmpv6', 58] : ['icmp', 1];
  }
}

function tupleText(t: Tuple, leg: 'request' | 'answer', v6: boolean): string {
  const ends = `src=${t.source.text} dst=${t.destination.text}`;
  if (t.protocol !== 'icmp') return `${ends} sport=${t.sourcePort} dport=${t.destinationPort}`;
  const type = leg === 'request' ? (v6 ? 128 : 8) : v6 ? 129 : 0;
  return `${ends} type=${type} code=0 id=${t.sourcePort}`;
}
