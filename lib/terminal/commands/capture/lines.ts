// Frames as tcpdump 4.99 prints them.
import { strftime } from '../../text/dates';
import { numberOf, type Frame } from './frame';

export interface LineOptions {
  /** Numbers of -t: 0 the time of day, 1 none, 2 seconds since 1970, 3 since the line before, 4 with the date, 5 since the first line. */
  readonly stamp: number;
  readonly ethernet: boolean;
  readonly verbose: boolean;
  readonly quiet: boolean;
  /** -S: no relative sequence numbers. */
  readonly absolute: boolean;
  /** On `any`: the name and the index of the frame's interface. */
  readonly device?: (frame: Frame) => { readonly name: string; readonly index: number };
  readonly macs: (frame: Frame) => readonly [source: string, destination: string];
  readonly host: (address: string) => string;
  readonly port: (port: number, kind: Frame['kind']) => string;
}

/** Prints frames one after the other: sequence numbers are told relative to the first ones of their connection. */
export class LinePrinter {
  readonly #bases = new Map<string, { readonly by: Readonly<Record<string, number>> }>();
  #first: number | undefined;
  #before: number | undefined;

  constructor(private readonly options: LineOptions) {}

  line(frame: Frame): string {
    const { device, ethernet } = this.options;
    const where = device?.(frame);
    const { name = '', index = 0 } = where ?? {};
    const stamp = this.#stamp(frame.at);
    const head = stamp + (where ? `${name.padEnd(5)} ${frame.tap.way.padEnd(3)} ` : '');
    const body = this.#network(frame, !ethernet);
    if (!ethernet) return `${head}${body}\n`;
    const [from, to] = this.options.macs(frame);
    const link = where ? `ifindex ${index} ${from} ethertype` : `${from} > ${to}, ethertype`;
    return `${head}${link} ${typeOf(frame)}, length ${frame.length + (where ? 20 : 14)}: ${body}\n`;
  }

  #stamp(at: number): string {
    this.#first ??= at;
    const before = this.#before ?? at;
    this.#before = at;
    const clock = (format: string): string => `${strftime(format, Math.floor(at / 1_000))}.${micros(at)} `;
    const since = (from: number): string =>
      ` ${strftime('%T', Math.floor((at - from) / 1_000))}.${micros(at - from)} `;
    switch (this.options.stamp) {
      case 0:
        return clock('%T');
      case 1:
        return '';
      case 2:
        return `${Math.floor(at / 1_000_000)}.${micros(at)} `;
      case 3:
        return since(before);
      case 4:
        return clock('%F %T');
      default:
        return since(this.#first);
    }
  }

  #network(frame: Frame, named: boolean): string {
    const { kind, six, text = '' } = frame;
    const { verbose } = this.options;
    if (kind === 'arp')
      return `${named ? 'ARP, ' : ''}${verbose ? 'Ethernet (len 6), IPv4 (len 4), ' : ''}${this.#named(text)}`;
    const name = named ? (six ? 'IP6 ' : 'IP ') : '';
    if (!verbose) return name + this.#transport(frame);
    const [protocol, number] = six && kind === 'icmp' ? ['ICMPv6', 58] : [kind.toUpperCase(), NUMBERS[kind]];
    if (six)
      return `${name}(flowlabel 0x${(numberOf(frame.source) & 0xfffff).toString(16).padStart(5, '0')}, hlim ${frame.ttl}, next-header ${protocol} (${number}) payload length: ${frame.length - 40}) ${this.#transport(frame)}`;
    const error = kind === 'icmp' && frame.icmpType === 3;
    return `${name}(tos ${error ? '0xc0' : '0x0'}, ttl ${frame.ttl}, id ${/^S\.|^R/.test(frame.tcp?.flags ?? '') ? 0 : frame.id}, offset 0, flags [${error ? 'none' : 'DF'}], proto ${protocol} (${number}), length ${frame.length})\n    ${this.#transport(frame)}`;
  }

  #transport(frame: Frame): string {
    const { kind, text = '', longText = text, data, six } = frame;
    const { verbose, quiet } = this.options;
    const end = (address: string, port: number): string =>
      kind === 'icmp'
        ? this.options.host(address)
        : `${this.options.host(address)}.${this.options.port(port, kind)}`;
    const ends = `${end(frame.source, frame.sourcePort)} > ${end(frame.destination, frame.destinationPort)}: `;
    if (frame.tcp) return ends + (quiet ? `tcp ${data}` : this.#tcp(frame, frame.tcp));
    if (kind === 'udp' && quiet) return `${ends}UDP, length ${data}`;
    return ends + (kind === 'icmp' && six && verbose ? `[icmp6 sum ok] ${text}` : verbose ? longText : text);
  }

  #tcp(frame: Frame, { flags, ack, win, options }: NonNullable<Frame['tcp']>): string {
    const [first, acknowledged] = this.#relative(frame);
    const range =
      frame.data > 0 ? `seq ${first}:${first + frame.data}` : /[SFR]/.test(flags) ? `seq ${first}` : '';
    const parts = [
      `Flags [${flags}]`,
      ...(range === '' ? [] : [range]),
      ...(ack === undefined ? [] : [`ack ${acknowledged}`]),
      `win ${win}`,
      ...(options === '' ? [] : [`options [${options}]`]),
      `length ${frame.data}`,
    ];
    return parts.join(', ') + this.#http(frame);
  }

  /** print-tcp.c: the first packet with an ACK, and every SYN-ACK, tells the numbers that later ones are counted from. */
  #relative({
    tcp,
    source,
    sourcePort,
    destination,
    destinationPort,
  }: Frame): readonly [seq: number, ack: number] {
    const { seq = 0, ack = 0, flags = '' } = tcp ?? {};
    if (this.options.absolute || !flags.includes('.')) return [seq, ack];
    const [from, to] = [`${source} ${sourcePort}`, `${destination} ${destinationPort}`];
    const key = [from, to].sort().join(' ');
    const known = this.#bases.get(key);
    if (!known || flags.includes('S')) {
      this.#bases.set(key, { by: { [from]: seq, [to]: (ack - 1) >>> 0 } });
      return [seq, ack];
    }
    return [(seq - (known.by[from] ?? 0)) >>> 0, (ack - (known.by[to] ?? 0)) >>> 0];
  }

  #http({ payload, sourcePort, destinationPort, data }: Frame): string {
    const isHttp = [sourcePort, destinationPort].some((port) => port === 80 || port === 8080);
    if (payload === undefined || !isHttp) return '';
    const lines = payload.split(/\r?\n/);
    if (!this.options.verbose) return `: HTTP: ${lines[0] ?? ''}`;
    return `: HTTP, length: ${data}\n${lines
      .slice(0, lines.at(-1) === '' ? -1 : undefined)
      .map((line) => `\t${line}`)
      .join('\n')}`;
  }

  /** The addresses of an ARP message by their names. */
  #named(text: string): string {
    return text.replace(/\d+\.\d+\.\d+\.\d+/g, (address) => this.options.host(address));
  }
}

const NUMBERS = { tcp: 6, udp: 17, icmp: 1, sctp: 132, arp: 0 } as const;
const micros = (at: number): string => String(Math.floor(at) % 1_000_000).padStart(6, '0');
const typeOf = ({ kind, six }: Frame): string =>
  kind === 'arp' ? 'ARP (0x0806)' : six ? 'IPv6 (0x86dd)' : 'IPv4 (0x0800)';
