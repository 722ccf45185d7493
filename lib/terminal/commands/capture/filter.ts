// The filter language of libpcap (pcap-filter(7)), as far as what is captured here can answer it: host, net, port, portrange with src and
// dst; protocols; tcp[tcpflags] and icmp[icmptype] with arithmetic; and, or (of equal precedence), not, parentheses. A list of values takes
// over the qualifiers before it: "port 80 or 443".
import { parseCidr, parseIp } from '@/lib/core/ip';
import { within, addressOf } from '@/lib/net/routing/address';
import { parseArithmetic, Syntax, Words } from './filter-words';
import type { Frame } from './frame';

export type Filter = (frame: Frame) => boolean;
/** Addresses of a name; undefined: nobody knows it. */
export type Lookup = (name: string) => readonly string[] | undefined;

const PROTOCOLS = ['ip', 'ip6', 'arp', 'tcp', 'udp', 'icmp', 'icmp6', 'sctp'] as const;
type ProtocolName = (typeof PROTOCOLS)[number];
const isProtocol = (word: string | undefined): word is ProtocolName => PROTOCOLS.some((p) => p === word);
const TYPES = ['host', 'net', 'port', 'portrange'] as const;
type TypeName = (typeof TYPES)[number];
type Direction = 'src' | 'dst' | 'either' | 'both';
/** Words of the language that ask for what no frame here has. */
const NOT_HERE =
  /^(ether|vlan|mpls|pppoe[sd]|gateway|broadcast|multicast|proto|protochain|wlan|link|rarp|igmp|ah|esp|vrrp|ifname|on)$/;

interface Qualifiers {
  readonly protocol?: ProtocolName;
  readonly direction?: Direction;
  readonly type?: TypeName;
}

/** A filter; an error message as tcpdump prints it behind its name. */
export function parseFilter(text: string, lookup: Lookup): Filter | { readonly error: string } {
  const words = new Words(text);
  if (words.done) return () => true;
  try {
    const filter = new Parser(words, lookup).expression();
    return words.done ? filter : { error: SYNTAX };
  } catch (error) {
    if (error instanceof Syntax) return { error: error.message || SYNTAX };
    throw error;
  }
}

const SYNTAX = "can't parse filter expression: syntax error";

class Parser {
  /** Of the primitive before, for a value that stands alone. */
  #last: Qualifiers = {};

  constructor(
    private readonly words: Words,
    private readonly lookup: Lookup,
  ) {}

  expression(): Filter {
    let left = this.#unary();
    for (;;) {
      if (this.words.take('and', '&&')) {
        const [a, b] = [left, this.#unary()];
        left = (frame) => a(frame) && b(frame);
      } else if (this.words.take('or', '||')) {
        const [a, b] = [left, this.#unary()];
        left = (frame) => a(frame) || b(frame);
      } else return left;
    }
  }

  #unary(): Filter {
    if (this.words.take('not', '!')) {
      const inner = this.#unary();
      return (frame) => !inner(frame);
    }
    const arithmetic = parseArithmetic(this.words);
    if (arithmetic) return arithmetic;
    if (this.words.take('(')) {
      const inner = this.expression();
      if (!this.words.take(')')) throw new Syntax();
      return inner;
    }
    return this.#primitive();
  }

  #primitive(): Filter {
    const { words } = this;
    const next = words.peek;
    if (next === undefined || next === ')') throw new Syntax();
    if (NOT_HERE.test(next)) throw new Syntax(`"${next}" in a filter is not simulated here`);
    if (words.take('less')) return this.#length((n, limit) => n <= limit);
    if (words.take('greater')) return this.#length((n, limit) => n >= limit);
    if (words.take('inbound')) return ({ tap }) => tap.way === 'In';
    if (words.take('outbound')) return ({ tap }) => tap.way === 'Out';
    const protocol = isProtocol(next) ? next : undefined;
    if (protocol) words.next();
    const direction = this.#direction();
    const type = TYPES.find((one) => words.take(one));
    const bare = protocol === undefined && direction === undefined && type === undefined;
    if (protocol && direction === undefined && type === undefined && !isValue(words.peek))
      return ofProtocol(protocol);
    const given: Qualifiers = {
      ...(protocol ? { protocol } : {}),
      ...(direction ? { direction } : {}),
      ...(type ? { type } : {}),
    };
    const qualifiers = bare ? this.#last : given;
    this.#last = qualifiers;
    const value = words.next();
    if (value === undefined || !isValue(value)) throw new Syntax();
    const matches = this.#value(qualifiers, value);
    const only = qualifiers.protocol ? ofProtocol(qualifiers.protocol) : undefined;
    return only ? (frame) => only(frame) && matches(frame) : matches;
  }

  #direction(): Direction | undefined {
    const { words } = this;
    for (const [one, other] of [
      ['src', 'dst'],
      ['dst', 'src'],
    ] as const) {
      if (words.peek !== one) continue;
      words.next();
      const joint: string | undefined = words.peekNow();
      if ((joint === 'or' || joint === 'and') && words.peekAfter === other) {
        words.next();
        words.next();
        return joint === 'or' ? 'either' : 'both';
      }
      return one;
    }
    return undefined;
  }

  #value({ direction = 'either', type = 'host', protocol }: Qualifiers, value: string): Filter {
    if (type === 'port' || type === 'portrange') {
      if (protocol === 'arp' || protocol === 'icmp' || protocol === 'icmp6')
        throw new Syntax(`'${type}' qualifier can't be applied to ${protocol}`);
      const [low, high] = type === 'port' ? [value, value] : value.split('-');
      const [from, to] = [portOf(low ?? ''), portOf(high ?? low ?? '')];
      const hit = (port: number): boolean => port >= Math.min(from, to) && port <= Math.max(from, to);
      return (frame) =>
        (frame.kind === 'tcp' || frame.kind === 'udp' || frame.kind === 'sctp') &&
        ways(direction, hit(frame.sourcePort), hit(frame.destinationPort));
    }
    const tests =
      type === 'net'
        ? [netOf(value)]
        : this.#addresses(value).map((address) => (text: string) => text === address);
    const hit = (text: string): boolean => tests.some((test) => test(text));
    return (frame) => ways(direction, hit(frame.source), hit(frame.destination));
  }

  #addresses(value: string): readonly string[] {
    const own = parseIp(value) && addressOf(value)?.text;
    if (own !== undefined) return [own];
    const found = this.lookup(value);
    if (!found) throw new Syntax(`unknown host '${value}'`);
    return found;
  }

  #length(test: (length: number, limit: number) => boolean): Filter {
    const limit = Number(this.words.next() ?? NaN);
    if (!Number.isInteger(limit)) throw new Syntax();
    // Lengths are those of the frame, with its Ethernet header.
    return ({ length }) => test(length + 14, limit);
  }
}

const isValue = (word: string | undefined): boolean =>
  word !== undefined && /^[\w.:/-]+$/.test(word) && !/^(and|or|not)$/.test(word);

const ways = (direction: Direction, source: boolean, destination: boolean): boolean =>
  direction === 'src'
    ? source
    : direction === 'dst'
      ? destination
      : direction === 'both'
        ? source && destination
        : source || destination;

function ofProtocol(protocol: ProtocolName): Filter {
  switch (protocol) {
    case 'ip':
      return ({ kind, six }) => kind !== 'arp' && !six;
    case 'ip6':
      return ({ kind, six }) => kind !== 'arp' && six;
    case 'icmp':
      return ({ kind, six }) => kind === 'icmp' && !six;
    case 'icmp6':
      return ({ kind, six }) => kind === 'icmp' && six;
    default:
      return ({ kind }) => kind === protocol;
  }
}

/** /etc/services, as far as the course meets it. */
export const SERVICES: Readonly<Record<string, number>> = {
  ssh: 22,
  domain: 53,
  http: 80,
  https: 443,
  'http-alt': 8080,
  postgresql: 5432,
  redis: 6379,
};

function portOf(text: string): number {
  if (!/^\d+$/.test(text)) {
    const known = SERVICES[text];
    if (known === undefined) throw new Syntax(text === '' ? undefined : `unknown port '${text}'`);
    return known;
  }
  if (Number(text) > 65_535) throw new Syntax(`illegal port number ${text} > 65535`);
  return Number(text);
}

/** "10.244.0.0/16", "10.244", "fd00::/64". */
function netOf(text: string): (address: string) => boolean {
  const parts = text.split('/')[0]?.split('.') ?? [];
  const short = /^\d+(\.\d+){0,3}$/.test(text) && parts.length < 4;
  const whole = short ? `${[...parts, '0', '0', '0'].slice(0, 4).join('.')}/${parts.length * 8}` : text;
  const cidr = whole.includes('/') ? whole : `${whole}/${whole.includes(':') ? 128 : 32}`;
  const parsed = parseCidr(cidr);
  const test = within(cidr);
  if (!parsed || !test) throw new Syntax(`invalid IPv4 address '${text}'`);
  if (parseIp(cidr.split('/')[0] ?? '')?.value !== parsed.base)
    throw new Syntax(`non-network bits set in "${text}"`);
  return (address) => {
    const found = addressOf(address);
    return found !== undefined && test(found);
  };
}
