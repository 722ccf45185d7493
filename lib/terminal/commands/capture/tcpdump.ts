// tcpdump 4.99 on an interface of a node or a Pod: what passes there while it runs, as the datapath saw it (lib/net/datapath/wire.ts).
import type { Pod } from '@/lib/kube/types';
import { corednsAnswer } from '@/lib/net/dns/coredns';
import { reverseName } from '@/lib/net/dns/message';
import { addressOf } from '@/lib/net/routing/address';
import { resolve, resolverOf } from '../../net/resolver';
import { OUTSIDE_RESOLVER } from '../../files/system-files';
import { failed, type Command, type CommandContext, type Process, type Steps } from '../../types';
import { linksOf, macOf, vethOf, type Link } from '../node/ip';
import { conversation } from './conversation';
import { parseFilter, SERVICES, type Filter } from './filter';
import type { Frame } from './frame';
import { LinePrinter } from './lines';
import { readTcpdump, type TcpdumpOptions } from './options';

/** The pseudo-interface of all interfaces. */
const ANY = 'any';

export const tcpdump: Command = {
  name: 'tcpdump',
  summary: 'shows the packets that pass an interface',
  on: ['node', 'pod'],
  reads: 'none',
  run(context) {
    const options = readTcpdump(context.args);
    if ('exit' in options) return options;
    const links = linksOf(context);
    if (options.list) return { stdout: listed(links), stderr: '', exit: 0 };
    const device = deviceOf(options.device, links);
    if (device === undefined)
      return failed(`tcpdump: ${options.device ?? ''}: No such device exists\n(No such device exists)`, 1);
    return capture(device, options, links, context);
  },
  complete: (words, context) =>
    words.at(-2) === '-i'
      ? [ANY, ...linksOf(context).map(({ name }) => name)]
      : [
          '-i',
          '-n',
          '-nn',
          '-c',
          '-e',
          '-v',
          '-q',
          'host',
          'net',
          'port',
          'tcp',
          'udp',
          'icmp',
          'arp',
          'src',
          'dst',
          'and',
          'or',
          'not',
        ],
};

/** By name or by the number of -D; without -i the first one that is no loopback. */
function deviceOf(asked: string | undefined, links: readonly Link[]): string | undefined {
  const names = order(links).map(({ name }) => name);
  if (asked === undefined) return names.find((name) => name !== ANY && name !== 'lo') ?? 'lo';
  if (/^\d+$/.test(asked)) return names[Number(asked) - 1];
  return names.includes(asked) ? asked : undefined;
}

/** pcap_findalldevs: interfaces that are up first, `any` and loopbacks behind them. */
function order(links: readonly Link[]): readonly Pick<Link, 'name'>[] {
  const [lo, others] = [links.filter(({ name }) => name === 'lo'), links.filter(({ name }) => name !== 'lo')];
  return [...others, { name: ANY }, ...lo];
}

const listed = (links: readonly Link[]): string =>
  order(links)
    .map(({ name }, i) => {
      const about =
        name === ANY
          ? ' (Pseudo-device that captures on all interfaces) [Up, Running]'
          : name === 'lo'
            ? ' [Up, Running, Loopback]'
            : ' [Up, Running, Connected]';
      return `${i + 1}.${name}${about}\n`;
    })
    .join('');

function* capture(
  device: string,
  options: TcpdumpOptions,
  links: readonly Link[],
  context: CommandContext,
): Process {
  const filter = yield* filterOf(options.expression, context);
  if ('error' in filter) {
    yield { kind: 'stderr', text: `tcpdump: ${filter.error}\n` };
    return 1;
  }
  yield { kind: 'stderr', text: opening(device, options) };
  const { network } = context.cluster;
  const listener = new Listener(device, options, links, context);
  const printer = new LinePrinter(listener.lineOptions());
  let heard = network.made.at(-1)?.number ?? 0;
  let clock = 0;
  let coming: Frame[] = [];
  let captured = 0;
  for (;;) {
    const fresh: Frame[] = [];
    for (const made of network.made) {
      if (made.number <= heard) continue;
      // Connections of one moment come one after the other.
      const { frames, end } = conversation(made, Math.max(clock, made.at * 1_000));
      fresh.push(...frames.filter((frame) => listener.hears(frame) && filter.matches(frame)));
      [heard, clock] = [made.number, end];
    }
    const { now } = context.cluster;
    coming = [...coming, ...fresh].toSorted((a, b) => a.at - b.at);
    const due = coming.filter((frame) => frame.due <= now);
    coming = coming.filter((frame) => frame.due > now);
    for (const frame of due) {
      yield { kind: 'stdout', text: printer.line(frame) };
      captured++;
      if (captured === options.count) {
        yield { kind: 'stderr', text: closing(captured) };
        return 0;
      }
    }
    const [next] = coming;
    const timeoutMs = next && next.due - now;
    yield {
      kind: 'event',
      interrupted: closing(captured),
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
    };
  }
}

/** The filter, with the addresses of the names in it. */
function* filterOf(
  expression: string,
  context: CommandContext,
): Steps<{ readonly matches: Filter } | { readonly error: string }> {
  const names = new Set<string>();
  const draft = parseFilter(expression, (name) => {
    names.add(name);
    return [];
  });
  if ('error' in draft) return draft;
  const known = new Map<string, readonly string[]>();
  for (const name of names) {
    const found = yield* resolve(name, context);
    if (found)
      known.set(
        name,
        found.addresses.map((address) => addressOf(address)?.text ?? address),
      );
  }
  const filter = parseFilter(expression, (name) => known.get(name));
  return 'error' in filter ? filter : { matches: filter };
}

function opening(device: string, { verbose }: TcpdumpOptions): string {
  const type = device === ANY ? 'LINUX_SLL2 (Linux cooked v2)' : 'EN10MB (Ethernet)';
  const first = device === ANY ? 'tcpdump: data link type LINUX_SLL2\n' : '';
  const listening = `listening on ${device}, link-type ${type}, snapshot length 262144 bytes\n`;
  return verbose
    ? `${first}tcpdump: ${listening}tcpdump: checksums are not simulated: left out, as with -K\n`
    : `${first}tcpdump: verbose output suppressed, use -v[v]... for full protocol decode\n${listening}`;
}

const closing = (captured: number): string => {
  const packets = `${captured} packet${captured === 1 ? '' : 's'}`;
  return `${packets} captured\n${packets} received by filter\n0 packets dropped by kernel\n`;
};

/** What an interface hears, and the names around it. */
class Listener {
  readonly #node: string;
  readonly #pod: string | undefined;
  readonly #veths: ReadonlyMap<string, string>;

  constructor(
    private readonly device: string,
    private readonly options: TcpdumpOptions,
    private readonly links: readonly Link[],
    private readonly context: CommandContext,
  ) {
    const { console, cluster } = context;
    const pod =
      console.kind === 'pod' ? cluster.api.get<Pod>('Pod', console.namespace, console.name) : undefined;
    this.#node = console.kind === 'node' ? console.name : (pod?.spec.nodeName ?? '');
    // A Pod in its node's network hears what its node hears.
    this.#pod =
      console.kind === 'pod' && pod?.spec.hostNetwork !== true
        ? `${console.namespace}/${console.name}`
        : undefined;
    this.#veths = new Map(
      cluster.api
        .list<Pod>('Pod')
        .map((one) => [`${one.metadata.namespace ?? ''}/${one.metadata.name ?? ''}`, vethOf(one)]),
    );
  }

  hears({ tap }: Frame): boolean {
    if (tap.pod !== this.#pod || (this.#pod === undefined && tap.node !== this.#node)) return false;
    if (this.options.way !== undefined && tap.way !== this.options.way) return false;
    // A bridge hands up frames between its ports only in promiscuous mode, which `any` and -p leave off.
    if (tap.bridged && (this.device === ANY || this.options.notPromiscuous)) return false;
    return this.device === ANY || this.#name(tap) === this.device;
  }

  lineOptions(): ConstructorParameters<typeof LinePrinter>[0] {
    const { options } = this;
    const names = new Map<string, string>();
    return {
      stamp: options.stamp,
      ethernet: options.ethernet,
      verbose: options.verbose,
      quiet: options.quiet,
      absolute: options.absolute,
      ...(this.device === ANY
        ? {
            device: ({ tap }: Frame) => {
              const name = this.#name(tap);
              return { name, index: this.links.find((link) => link.name === name)?.index ?? 0 };
            },
          }
        : {}),
      macs: (frame) => this.#macs(frame),
      host: (address) => {
        if (options.numeric) return address;
        const known = names.get(address) ?? this.#hostName(address);
        names.set(address, known);
        return known;
      },
      port: (port) =>
        options.numeric
          ? String(port)
          : (Object.entries(SERVICES).find(([, n]) => n === port)?.[0] ?? String(port)),
    };
  }

  #name({ device, peer }: Frame['tap']): string {
    return device === 'veth' ? (this.#veths.get(peer ?? '') ?? '') : device;
  }

  /** A PTR record of the console's resolver, else the address. */
  #hostName(address: string): string {
    const { context } = this;
    const name = reverseName(address);
    const servers = resolverOf(context).nameservers;
    if (name === undefined || servers.length === 0 || servers.includes(OUTSIDE_RESOLVER)) return address;
    const { answers } = corednsAnswer({ name, type: 'PTR' }, context.cluster.api, context.cluster.now);
    return answers[0]?.data.replace(/\.$/, '') ?? address;
  }

  /** Hardware addresses of a frame on its interface. */
  #macs({ tap, kind, source, destination }: Frame): readonly [string, string] {
    if (tap.device === 'lo') return ['00:00:00:00:00:00', '00:00:00:00:00:00'];
    const bridge = macOf(`${tap.node}/cni0`);
    if (kind === 'arp') return [bridge, 'ff:ff:ff:ff:ff:ff'];
    const outwards = tap.device === 'eth0' && tap.pod === undefined;
    const near = (address: string): string => {
      const found = addressOf(address);
      const holder = found && this.context.cluster.network.world.holder(found);
      if (outwards) return holder && holder.kind !== 'outside' ? macOf(holder.node.name) : macOf('router');
      return holder?.kind === 'pod' && holder.node.name === tap.node ? macOf(`${address}/eth0`) : bridge;
    };
    if (!outwards) return [near(source), near(destination)];
    return tap.way === 'Out' ? [macOf(tap.node), near(destination)] : [near(source), macOf(tap.node)];
  }
}
