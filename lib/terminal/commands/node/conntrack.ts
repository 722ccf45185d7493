// conntrack-tools 1.4.7: lists, counts, deletes and follows a node's connection tracking entries.
import { parseIp } from '@/lib/core/ip';
import { within } from '@/lib/net/routing/address';
import type { Entry } from '@/lib/net/conntrack/entry';
import { Connection } from '@/lib/net/conntrack/connection';
import { printEntry } from '@/lib/net/conntrack/print';
import type { Tuple } from '@/lib/net/conntrack/tuple';
import { ConntrackTable } from '@/lib/net/conntrack/table';
import { done, failed, type Command, type CommandContext, type Process, type Result } from '../../types';
import { lifeOf, refusedEvents, type EntryEvent } from './conntrack-events';
import { nodeName } from './node-console';

const PROGRAM = 'conntrack v1.4.7 (conntrack-tools)';
const NUMBERS: Readonly<Record<Tuple['protocol'], number>> = { icmp: 1, tcp: 6, udp: 17, sctp: 132 };
/** Options with a value; the long names of a short one behind it. */
const VALUED: Readonly<Record<string, string>> = {
  '-s': 's',
  '--src': 's',
  '--orig-src': 's',
  '-d': 'd',
  '--dst': 'd',
  '--orig-dst': 'd',
  '-r': 'r',
  '--reply-src': 'r',
  '-q': 'q',
  '--reply-dst': 'q',
  '-p': 'p',
  '--proto': 'p',
  '--protonum': 'p',
  '-f': 'f',
  '--family': 'f',
  '--sport': 'sport',
  '--orig-port-src': 'sport',
  '--dport': 'dport',
  '--orig-port-dst': 'dport',
  '--reply-port-src': 'rsport',
  '--reply-port-dst': 'rdport',
  '--state': 'state',
  '-u': 'u',
  '--status': 'u',
  '-o': 'o',
  '--output': 'o',
  '-m': 'm',
  '--mark': 'm',
  '-e': 'e',
  '--event-mask': 'e',
  '-t': 't',
  '-b': 'b',
  '-w': 'w',
};
/** Options whose value may be left out: translated entries, or only those translated to an address. */
const NAT: Readonly<Record<string, string>> = {
  '-n': 'n',
  '--src-nat': 'n',
  '-g': 'g',
  '--dst-nat': 'g',
  '-j': 'j',
  '--any-nat': 'j',
};
const COMMANDS: Readonly<Record<string, string>> = {
  '-L': 'L',
  '--dump': 'L',
  '-G': 'G',
  '--get': 'G',
  '-D': 'D',
  '--delete': 'D',
  '-F': 'F',
  '--flush': 'F',
  '-C': 'C',
  '--count': 'C',
  '-S': 'S',
  '--stats': 'S',
  '-E': 'E',
  '--event': 'E',
};

type Filter = (entry: Entry) => boolean;

const wrong = (message: string): Result =>
  failed(`${PROGRAM}: ${message}\nTry \`conntrack -h' or 'conntrack --help' for more information.`, 2);

export const conntrack: Command = {
  name: 'conntrack',
  summary: "lists and deletes the kernel's connection tracking entries",
  on: ['node'],
  reads: 'none',
  run(context) {
    const asked = parse(context.args);
    if ('exit' in asked) return asked;
    const { command, filter, output } = asked;
    const node = nodeName(context);
    const { network, now } = context.cluster;
    switch (command) {
      case 'L':
      case 'G': {
        const found = network.conntrack(node).filter(filter);
        const lines = found.map((e) => listed(e, now, output));
        return {
          stdout: lines.join(''),
          stderr: command === 'G' ? '' : `${PROGRAM}: ${found.length} flow entries have been shown.\n`,
          exit: 0,
        };
      }
      case 'D':
        return deleted(context, filter, output);
      case 'F':
        network.setKernel(node, { ...network.kernel(node), conntrack: ConntrackTable.empty });
        return failed(`${PROGRAM}: connection tracking table has been emptied.`, 0);
      case 'C':
        return done(`${network.kernel(node).conntrack.count(now)}\n`);
      case 'S':
        return done(stats(context));
      default:
        return events(context, filter, output);
    }
  },
  complete: () => [
    '-L',
    '-D',
    '-C',
    '-S',
    '-E',
    '-F',
    '-p',
    '-s',
    '-d',
    '--sport',
    '--dport',
    '--orig-src',
    '--orig-dst',
    '--reply-src',
    '--reply-dst',
  ],
};

interface Asked {
  readonly command: string;
  readonly filter: Filter;
  /** -o: extended, id, timestamp … */
  readonly output: string;
}

function parse(args: readonly string[]): Asked | Result {
  let command: string | undefined;
  const values = new Map<string, string>();
  const flags = new Set<string>();
  for (let i = 0; i < args.length; i++) {
    const [word, inline] = splitLong(args[i] ?? '');
    const own = COMMANDS[word];
    const valued = VALUED[word];
    const nat = NAT[word];
    if (own !== undefined) {
      if (command !== undefined) return wrong('Cannot use two commands at once');
      command = own;
      if (args[i + 1] === 'conntrack') i++;
    } else if (valued !== undefined) {
      const value = inline ?? args[++i];
      if (value === undefined) return wrong(`option \`${word}' requires an argument`);
      values.set(valued, value);
    } else if (nat !== undefined) {
      flags.add(nat);
      const value = inline ?? (args[i + 1]?.startsWith('-') === false ? args[++i] : undefined);
      if (value !== undefined) values.set(nat, value);
    } else if (word === '-V' || word === '--version') return done(`${PROGRAM.replace(' (', ' (')}\n`);
    else if (word === '-h' || word === '--help') return done(HELP);
    else if (word.startsWith('-')) return wrong(`unknown option \`${word}'`);
    else return wrong(`Bad parameter \`${word}'`);
  }
  if (command === undefined) return done(HELP);
  const filter = filterOf(values, flags);
  return typeof filter === 'string' ? wrong(filter) : { command, filter, output: values.get('o') ?? '' };
}

function splitLong(word: string): [string, string | undefined] {
  const at = word.startsWith('--') ? word.indexOf('=') : -1;
  return at < 0 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)];
}

function filterOf(values: ReadonlyMap<string, string>, flags: ReadonlySet<string>): Filter | string {
  const filters: Filter[] = [];
  const address = (letter: string, of: (e: Entry) => Tuple['source']): string | undefined => {
    const text = values.get(letter);
    if (text === undefined) return undefined;
    const matches = parseIp(text.split('/')[0] ?? '') ? within(text) : undefined;
    if (!matches) return `Invalid IP address \`${text}'`;
    filters.push((e) => matches(of(e)));
    return undefined;
  };
  const bad =
    address('s', (e) => e.original.source) ??
    address('d', (e) => e.original.destination) ??
    address('r', (e) => e.reply.source) ??
    address('q', (e) => e.reply.destination) ??
    address('n', (e) => e.reply.destination) ??
    address('g', (e) => e.reply.source) ??
    address('j', (e) => (isSourceNat(e) ? e.reply.destination : e.reply.source));
  if (bad !== undefined) return bad;
  const protocol = values.get('p')?.toLowerCase();
  if (protocol !== undefined) {
    const known = (Object.keys(NUMBERS) as Tuple['protocol'][]).find(
      (p) => p === protocol || String(NUMBERS[p]) === protocol,
    );
    if (!known && protocol !== 'icmpv6') return `\`${values.get('p') ?? ''}' unsupported protocol`;
    filters.push((e) => e.original.protocol === (known ?? 'icmp'));
  }
  for (const [name, of] of PORTS) {
    const port = values.get(name);
    if (port === undefined) continue;
    if (protocol === undefined) return `\`--${name}' needs -p tcp, udp or sctp`;
    filters.push((e) => String(of(e)) === port);
  }
  const family = values.get('f') ?? 'ipv4';
  filters.push((e) => (e.original.source.family === 'IPv6') === (family === 'ipv6'));
  const state = values.get('state')?.toUpperCase();
  if (state !== undefined) filters.push((e) => e.state === state);
  const status = values.get('u')?.toUpperCase();
  if (status === 'ASSURED') filters.push((e) => e.assured);
  if (status === 'UNREPLIED' || status === 'UNSET') filters.push((e) => !e.seenReply);
  if (status === 'SEEN_REPLY') filters.push((e) => e.seenReply);
  if (flags.has('n')) filters.push(isSourceNat);
  if (flags.has('g')) filters.push(isDestinationNat);
  if (flags.has('j')) filters.push((e) => isSourceNat(e) || isDestinationNat(e));
  return (entry) => filters.every((f) => f(entry));
}

const isSourceNat = (entry: Entry): boolean => Connection.of(entry).sourceTranslated;
const isDestinationNat = (entry: Entry): boolean => Connection.of(entry).destinationTranslated;

const PORTS: readonly (readonly [string, (e: Entry) => number])[] = [
  ['sport', (e) => e.original.sourcePort],
  ['dport', (e) => e.original.destinationPort],
  ['rsport', (e) => e.reply.sourcePort],
  ['rdport', (e) => e.reply.destinationPort],
];

/** A line of a list. */
const listed = (entry: Entry, now: number, output: string): string =>
  `${printEntry(entry, now, { extended: output.includes('extended'), id: output.includes('id') })}\n`;

/** A line of an event: the timer as it was started. */
function entryLine(entry: Entry, now: number, output = ''): string {
  const { original, reply, state, seenReply, assured } = entry;
  const six = original.source.family === 'IPv6';
  const protocol = original.protocol === 'icmp' && six ? 'icmpv6' : original.protocol;
  const number = protocol === 'icmpv6' ? 58 : NUMBERS[original.protocol];
  const seconds = Math.max(0, Math.ceil((entry.expiresAt - now) / 1000));
  const family = output.includes('extended') ? `${(six ? 'ipv6' : 'ipv4').padEnd(8)} ${six ? 10 : 2} ` : '';
  return [
    `${family}${protocol.padEnd(8)} ${number} ${seconds}`,
    ...(state === undefined ? [] : [state]),
    tupleText(original, true, six),
    ...(seenReply ? [] : ['[UNREPLIED]']),
    tupleText(reply, false, six),
    ...(assured ? ['[ASSURED]'] : []),
    'mark=0',
    `use=1${output.includes('id') ? ` id=${entry.id}` : ''}\n`,
  ].join(' ');
}

function tupleText(t: Tuple, request: boolean, six: boolean): string {
  const addresses = `src=${t.source.text} dst=${t.destination.text}`;
  if (t.protocol !== 'icmp') return `${addresses} sport=${t.sourcePort} dport=${t.destinationPort}`;
  const type = six ? (request ? 128 : 129) : request ? 8 : 0;
  return `${addresses} type=${type} code=0 id=${t.sourcePort}`;
}

function deleted(context: CommandContext, filter: Filter, output: string): Result {
  const { network, now } = context.cluster;
  const node = nodeName(context);
  const gone = network.conntrack(node).filter(filter);
  const kernel = network.kernel(node);
  network.setKernel(node, {
    ...kernel,
    conntrack: gone.reduce((table, e) => table.without(e), kernel.conntrack),
  });
  return {
    stdout: gone.map((e) => listed(e, now, output)).join(''),
    stderr: `${PROGRAM}: ${gone.length} flow entries have been deleted.\n`,
    exit: gone.length > 0 ? 0 : 1,
  };
}

/** Four processors; what was counted stands at the first. */
function stats(context: CommandContext): string {
  const { refusedForSpace, droppedEarly } = context.cluster.network.kernel(nodeName(context));
  return [0, 1, 2, 3]
    .map((cpu) => {
      const drop = cpu === 0 ? refusedForSpace : 0;
      const early = cpu === 0 ? droppedEarly : 0;
      return `cpu=${cpu}   \tfound=0 invalid=0 insert=0 insert_failed=${drop} drop=${drop} early_drop=${early} error=0 search_restart=0 clash_resolve=0 chaintoolong=0 \n`;
    })
    .join('');
}

/** -E: what appears, changes and goes, until Ctrl-C. */
function* events(context: CommandContext, filter: Filter, output: string): Process {
  const { cluster } = context;
  const { network } = cluster;
  const node = nodeName(context);
  const read = (): Map<number, Entry> =>
    new Map(
      network
        .conntrack(node)
        .filter(filter)
        .map((e) => [e.id, e]),
    );
  let known = read();
  let heard = network.made.at(-1)?.number ?? 0;
  let shown = 0;
  for (;;) {
    yield {
      kind: 'wait',
      ms: 500,
      idle: true,
      interrupted: `${PROGRAM}: ${shown} flow events have been shown.\n`,
    };
    const now = read();
    const told: string[] = [];
    const tell = ({ what, entry }: EntryEvent): void => {
      const text = entryLine(entry, cluster.now, output).replace(/ mark=0 use=1/, '');
      told.push(`${what.padStart(9)} ${text}`);
    };
    for (const made of network.made.filter(({ number }) => number > heard))
      for (const event of refusedEvents(made, node, network.sysctls(node)))
        if (filter(event.entry)) tell(event);
    heard = network.made.at(-1)?.number ?? heard;
    for (const [id, entry] of now) {
      const before = known.get(id);
      if (!before) for (const event of lifeOf(entry, network.sysctls(node))) tell(event);
      else if (before.state !== entry.state || before.seenReply !== entry.seenReply)
        tell({ what: '[UPDATE]', entry });
    }
    for (const [id, entry] of known) if (!now.has(id)) tell({ what: '[DESTROY]', entry });
    shown += told.length;
    if (told.length > 0) yield { kind: 'stdout', text: told.join('') };
    known = now;
  }
}

const HELP = `Command line interface for the connection tracking system. Version 1.4.7
Usage: conntrack [commands] [options]

Commands:
  -L [table] [options]\t\tList conntrack or expectation table
  -G [table] parameters\t\tGet conntrack or expectation
  -D [table] parameters\t\tDelete conntrack or expectation
  -E [table] [options]\t\tShow events
  -F [table]\t\t\tFlush table
  -C [table]\t\t\tShow counter
  -S\t\t\t\tShow statistics

Common parameters and options:
  -s, --src, --orig-src ip\t\tSource address from original direction
  -d, --dst, --orig-dst ip\t\tDestination address from original direction
  -r, --reply-src ip\t\tSource addres from reply direction
  -q, --reply-dst ip\t\tDestination address from reply direction
  -p, --protonum proto\t\tLayer 4 Protocol, eg. 'tcp'
  -f, --family proto\t\tLayer 3 Protocol, eg. 'ipv6'
`;
