// The packets of one connection in their order, as each interface sees them. Traced are the first packet and the answer to it; what comes
// after them takes the same ways, because conntrack translates it as it did those. Sequence numbers, windows, options and retransmissions
// are those of Linux 6.1 (net/ipv4/tcp_output.c; the first retransmission after 1 s, each further one after twice the time).
import type { Tuple } from '@/lib/net/conntrack/tuple';
import type { Sighting, Tap, Unresolved } from '@/lib/net/datapath/wire';
import type { MadeConnection } from '@/lib/sim/network';
import { dnsQuery, dnsResponse } from './dns-lines';
import { bytesOf, numberOf, type Frame } from './frame';
import { icmpError, echoText } from './icmp-lines';

/** When a SYN is sent again, ms: tcp_syn_retries = 6. */
const SYN_AT = [0, 1_000, 3_000, 7_000, 15_000, 31_000, 63_000];
const ARP_AT = [0, 1_024, 2_048];
const HOST_UNREACHABLE_AT = 3_072;
/** Microseconds between two interfaces, two nodes, and two packets of a conversation. */
const PER_TAP = 3;
const PER_NODE = 120;
const PER_PACKET = 35;

type Body = Pick<Frame, 'kind' | 'length' | 'data'> &
  Partial<Pick<Frame, 'tcp' | 'text' | 'longText' | 'payload' | 'icmpType'>>;

/** All packets of a connection from a moment on (µs), also those that are still to come; `end` is when the exchange is over. */
export function conversation(
  made: MadeConnection,
  start: number,
): { readonly frames: readonly Frame[]; readonly end: number } {
  const { frames } = new Conversation(made, start);
  const own = frames.filter(({ due }) => due <= made.at);
  return { frames, end: Math.max(start, ...own.map(({ at }) => at + PER_PACKET)) };
}

class Conversation {
  readonly frames: Frame[] = [];
  #clock: number;
  #due: number;
  readonly #counts = new Map<string, number>();
  readonly #there: readonly Sighting[];
  readonly #back: readonly Sighting[];

  constructor(
    private readonly made: MadeConnection,
    private readonly start: number,
  ) {
    this.#clock = start;
    this.#due = made.at;
    const { sightings } = made.wire;
    this.#there = sightings.filter(({ role }) => role === 'open');
    this.#back = sightings.filter(({ role }) => role !== 'open');
    switch (made.call.protocol) {
      case 'tcp':
        this.#tcp();
        break;
      case 'udp':
        this.#udp();
        break;
      case 'icmp':
        this.#icmp();
        break;
      case 'sctp':
        this.#sctp();
    }
    this.#arp();
    this.#unreachable();
  }

  get #six(): boolean {
    return this.made.call.to.includes(':');
  }
  get #until(): number {
    return this.made.said?.until ?? Infinity;
  }

  /** One packet past all interfaces on its way. */
  #pass(taps: readonly Sighting[], body: (sighting: Sighting) => Body): void {
    let node = taps[0]?.node;
    const side = taps[0]?.role ?? '';
    const id = (this.#counts.get(side) ?? 0) + 1;
    this.#counts.set(side, id);
    for (const sighting of taps) {
      this.#clock += sighting.node === node ? PER_TAP : PER_NODE;
      node = sighting.node;
      this.frames.push({ ...this.#frame(sighting, sighting.tuple, id), ...body(sighting) });
    }
    this.#clock += PER_PACKET;
  }

  #frame(tap: Sighting, tuple: Tuple, id: number): Omit<Frame, keyof Body> {
    return {
      at: this.#clock,
      due: this.#due,
      tap,
      six: this.#six,
      source: tuple.source.text,
      sourcePort: tuple.sourcePort,
      destination: tuple.destination.text,
      destinationPort: tuple.destinationPort,
      ttl: tap.ttl,
      id: (numberOf(`${this.made.number} ${tap.role}`) + id) & 0xffff,
    };
  }

  #tcp(): void {
    const { made } = this;
    if (made.trace.verdict === 'delivered') return this.#talk();
    const patience = made.trace.noNeighbour?.afterMs ?? Infinity;
    const times = made.trace.verdict === 'dropped' ? SYN_AT.filter((after) => after < patience) : [0];
    for (const after of times) {
      if (after > 0 && made.at + after >= this.#until) break;
      this.#later(after);
      this.#pass(this.#there, (s) => this.#segment(s, 'S', after));
      this.#pass(this.#back, (s) => this.#answer(s, after));
    }
  }

  /** Some milliseconds after the first packet. */
  #later(after: number): void {
    this.#due = this.made.at + after;
    this.#clock = this.start + after * 1_000;
  }

  #answer(sighting: Sighting, after: number): Body {
    if (sighting.role === 'error') return this.#error(sighting);
    return this.#segment(sighting, sighting.role === 'refusal' ? 'R.' : 'S.', after);
  }

  #error(sighting: Sighting): Body {
    const inner = this.made.call.protocol === 'tcp' ? 60 : this.#there[0] ? this.#datagram() : 28;
    return icmpError(sighting, inner + (this.#six ? 20 : 0), this.#six);
  }

  /** Handshake, question, answer, and the end, which the client begins. */
  #talk(): void {
    const { http } = this.made.said ?? {};
    const [asked, answered] = [bytesOf(http?.request ?? ''), bytesOf(http?.response ?? '')];
    const there = (flags: string, more: Partial<Sent> = {}): void =>
      this.#pass(this.#there, (s) => this.#segment(s, flags, 0, more));
    const back = (flags: string, more: Partial<Sent> = {}): void =>
      this.#pass(this.#back, (s) => this.#segment(s, flags, 0, more));
    there('S');
    back('S.');
    there('.', { seq: 1, ack: 1 });
    if (http) {
      there('P.', { seq: 1, ack: 1, payload: http.request });
      back('.', { seq: 1, ack: 1 + asked });
      if (answered > 0) {
        back('P.', { seq: 1, ack: 1 + asked, payload: http.response });
        there('.', { seq: 1 + asked, ack: 1 + answered });
      }
    }
    there('F.', { seq: 1 + asked, ack: 1 + answered });
    back('F.', { seq: 1 + answered, ack: 2 + asked });
    there('.', { seq: 2 + asked, ack: 2 + answered });
  }

  #segment(sighting: Sighting, flags: string, afterMs: number, sent: Partial<Sent> = {}): Body {
    const { seq = 0, ack, payload = '' } = sent;
    const client = sighting.role === 'open';
    const [own, other] = client ? ['client', 'server'] : ['server', 'client'];
    const first = (side: string): number => numberOf(`${this.made.number} isn ${side}`);
    const link =
      LINKS[this.made.wire.sightings.every(({ device }) => device === 'lo') ? 'lo' : this.#six ? 'v6' : 'v4'];
    const stamp = (side: string): number =>
      (numberOf(`${this.made.trace.source} ts ${side}`) + this.made.at + afterMs) >>> 0;
    const data = bytesOf(payload);
    const header = flags === 'R.' ? 20 : flags.startsWith('S') ? 40 : 32;
    const stamps = `TS val ${stamp(own)} ecr ${flags === 'S' ? 0 : stamp(other)}`;
    const options =
      flags === 'R.'
        ? ''
        : flags.startsWith('S')
          ? `mss ${link.mss},sackOK,${stamps},nop,wscale 7`
          : `nop,nop,${stamps}`;
    const win =
      flags === 'R.'
        ? 0
        : flags === 'S'
          ? link.syn
          : flags === 'S.'
            ? link.synAck
            : client
              ? link.client
              : link.server;
    const acknowledged = flags === 'S' ? undefined : (first(other) + (ack ?? 1)) >>> 0;
    return {
      kind: 'tcp',
      length: (this.#six ? 40 : 20) + header + data,
      data,
      tcp: { flags, seq: flags === 'R.' ? 0 : (first(own) + seq) >>> 0, ack: acknowledged, win, options },
      ...(payload === '' ? {} : { payload }),
    };
  }

  /** Bytes of the datagram, with its IPv4 header. */
  #datagram(): number {
    const { dns } = this.made.said ?? {};
    return 28 + (dns ? dnsQuery(dns.question, 0).size : 0);
  }

  #udp(): void {
    const { said, number } = this.made;
    const id = numberOf(`dns ${number}`) & 0xffff;
    const header = this.#six ? 48 : 28;
    const body = (text: string, longText: string, data: number): Body => ({
      kind: 'udp',
      length: header + data,
      data,
      text,
      longText,
    });
    const query = said?.dns && dnsQuery(said.dns.question, id);
    this.#pass(this.#there, () =>
      query ? body(query.text, query.text, query.size) : body('UDP, length 0', 'UDP, length 0', 0),
    );
    const response = said?.dns && dnsResponse(said.dns.question, said.dns.answer, id);
    this.#pass(this.#back, (s) => {
      if (s.role === 'error') return this.#error(s);
      return response
        ? body(response.text, response.longText, response.size)
        : body('UDP, length 0', 'UDP, length 0', 0);
    });
  }

  #icmp(): void {
    const { sequence = 1, size = 56 } = this.made.said?.echo ?? {};
    const echo =
      (answer: boolean) =>
      (s: Sighting): Body => {
        if (s.role === 'error') return this.#error(s);
        const { text, type } = echoText(this.#six, answer, s.tuple.sourcePort, sequence, size + 8);
        return { kind: 'icmp', length: (this.#six ? 48 : 28) + size, data: size + 8, text, icmpType: type };
      };
    this.#pass(this.#there, echo(false));
    this.#pass(this.#back, echo(true));
  }

  /** Association set-up alone: its chunks after that are not traced. */
  #sctp(): void {
    const tag = (side: string): number => numberOf(`${this.made.number} tag ${side}`);
    const chunk = (type: string, side: string): string =>
      `sctp (1) [${type}] [init tag: ${tag(side)}] [rwnd: 106496] [OS: 10] [MIS: 65535] [init TSN: ${tag(`${side} tsn`)}]`;
    const body = (text: string, data: number): Body => ({
      kind: 'sctp',
      length: (this.#six ? 40 : 20) + 12 + data,
      data,
      text,
    });
    this.#pass(this.#there, () => body(chunk('INIT', 'client'), 36));
    this.#pass(this.#back, (s) => {
      if (s.role === 'error') return this.#error(s);
      return s.role === 'refusal' ? body('sctp (1) [ABORT]', 4) : body(chunk('INIT ACK', 'server'), 256);
    });
  }

  /** Nobody has the address on the bridge: three questions (net/core/neighbour.c, mcast_solicit), of the node or of a Pod on it. */
  #arp(): void {
    for (const unresolved of this.made.wire.unresolved)
      for (const after of ARP_AT) {
        if (this.made.at + after > this.#until) break;
        this.#later(after);
        for (const tap of tapsOfQuestion(unresolved)) this.frames.push(this.#question(tap, unresolved));
      }
  }

  #question(tap: Tap, { tuple, pod }: Unresolved): Frame {
    const asker = pod === undefined ? gatewayOf(tuple.destination.text) : tuple.source.text;
    return {
      ...this.#frame({ ...tap, role: 'open', tuple, ttl: 255 }, tuple, 0),
      kind: this.#six ? 'icmp' : 'arp',
      length: 28,
      data: 28,
      source: asker,
      text: this.#six
        ? `ICMP6, neighbor solicitation, who has ${tuple.destination.text}, length 32`
        : `Request who-has ${tuple.destination.text} tell ${asker}, length 28`,
    };
  }

  /** …and then an error to whoever asked, the way that the request came. */
  #unreachable(): void {
    const [lost] = this.made.wire.unresolved;
    if (!lost || this.made.at + HOST_UNREACHABLE_AT > this.#until) return;
    this.#later(HOST_UNREACHABLE_AT);
    const error = this.#six ? 'icmp6-addr-unreachable' : 'icmp-host-unreachable';
    const back = this.#there.toReversed().map((s): Sighting => ({
      ...s,
      way: s.way === 'In' ? 'Out' : 'In',
      role: 'error',
      inner: s.tuple,
      error,
    }));
    for (const s of back) {
      this.#clock += PER_TAP;
      this.frames.push({
        ...this.#frame(s, { ...s.tuple, destination: s.tuple.source }, 0),
        source:
          s.tuple.destination.text === this.made.call.to
            ? (this.made.trace.noNeighbour?.from ?? '')
            : gatewayOf(lost.tuple.destination.text),
        ttl: 64,
        ...this.#error(s),
      });
    }
  }
}

interface Sent {
  readonly seq: number;
  readonly ack: number;
  readonly payload: string;
}

/** Maximum segment sizes and windows of a Linux 6.1 host with its defaults; the last two scaled by 2^7. */
const LINKS = {
  v4: { mss: 1460, syn: 64_240, synAck: 65_160, client: 502, server: 509 },
  v6: { mss: 1440, syn: 64_800, synAck: 64_260, client: 507, server: 502 },
  lo: { mss: 65_495, syn: 65_495, synAck: 65_483, client: 512, server: 512 },
} as const;

/** Where a question for a neighbour is seen: a Pod's goes by its veth to the bridge. */
const tapsOfQuestion = ({ node, device, pod }: Unresolved): readonly Tap[] =>
  pod === undefined
    ? [{ node, device, way: 'Out' }]
    : [
        { node, pod, device: 'eth0', way: 'Out' },
        { node, device: 'veth', peer: pod, way: 'In' },
        { node, device, way: 'In' },
      ];

/** The bridge's address in the network of a Pod's address. */
const gatewayOf = (address: string): string =>
  address.includes(':') ? address.replace(/[^:]*$/, '1') : address.replace(/\d+$/, '1');
