// dig, nslookup, host (BIND 9.18) and getent: questions to a name server over the simulated network.
import { parseIp } from '@/lib/core/ip';
import {
  canonicalName,
  RECORD_TYPES,
  reverseName,
  type Answer,
  type Question,
  type RecordType,
} from '@/lib/net/dns/message';
import { namesToTry } from '@/lib/net/dns/resolv-conf';
import { CONTROL_ADDRESS } from '../../net/caller';
import { askServer, resolve, resolverOf, type QueryResult } from '../../net/resolver';
import {
  done,
  failed,
  type Command,
  type CommandContext,
  type Process,
  type Result,
  type Steps,
} from '../../types';
import { digText, recordLine, VERSION } from './dns-text';

const ON: Command['on'] = ['control', 'node', 'pod'];
const TRIES = 3;

interface DigQuery {
  readonly server: string | undefined;
  readonly port: number;
  readonly name: string;
  readonly type: RecordType;
  readonly short: boolean;
  readonly search: boolean;
  readonly answerOnly: boolean;
  readonly tcp: boolean;
  readonly tries: number;
  readonly timeoutMs: number;
}

/** Whether a word behind this one is a name to look up. */
const laterName = (args: readonly string[], at: number): boolean =>
  args.slice(at + 1).some((w) => !/^[@+-]/.test(w));

function parseDig(args: readonly string[]): DigQuery | { readonly error: string } {
  let server: string | undefined;
  let name: string | undefined;
  let type: RecordType = 'A';
  let port = 53;
  const flags = new Map<string, string>();
  const isType = (word: string): word is RecordType => RECORD_TYPES.includes(word);
  for (let i = 0; i < args.length; i++) {
    const word = args[i] ?? '';
    const upper = word.toUpperCase();
    if (word.startsWith('@')) server = word.slice(1);
    else if (word.startsWith('+')) {
      const [flag = '', value = ''] = word.slice(1).split('=');
      flags.set(flag, value);
    } else if (word === '-x') {
      const reverse = reverseName(args[++i] ?? '');
      if (reverse === undefined) return { error: `Invalid IP address ${args[i] ?? ''}` };
      name = reverse;
      type = 'PTR';
    } else if (word === '-t' || word === '-q' || word === '-p') {
      const value = args[++i] ?? '';
      if (word === '-q') name = value;
      else if (word === '-p') port = Number(value) || 53;
      else if (isType(value.toUpperCase())) type = value.toUpperCase() as RecordType;
      else return { error: `;; Warning, ignoring invalid type ${value}` };
    } else if (word === '-4' || word === '-6' || upper === 'IN') continue;
    else if (word.startsWith('-'))
      return {
        error: `Invalid option: ${word}\nUsage:  dig [@global-server] [domain] [q-type] [q-class] {q-opt}`,
      };
    else if (isType(upper) && (name !== undefined || laterName(args, i))) type = upper;
    else name = word;
  }
  const seconds = Number(flags.get('time') ?? flags.get('timeout') ?? 5) || 5;
  return {
    server,
    port,
    name: name ?? '.',
    type: name === undefined ? 'NS' : type,
    short: flags.has('short'),
    search: flags.has('search'),
    answerOnly: flags.has('noall') && flags.has('answer'),
    tcp: flags.has('tcp') || flags.has('vc'),
    tries: Math.min(
      10,
      Number(flags.get('tries') ?? (flags.has('retry') ? Number(flags.get('retry')) + 1 : TRIES)) || 1,
    ),
    timeoutMs: Math.min(60, seconds) * 1000,
  };
}

function* dig(context: CommandContext): Process {
  if (context.args.includes('-v')) {
    yield { kind: 'stderr', text: `DiG ${VERSION}\n` };
    return 0;
  }
  const asked = parseDig(context.args);
  if ('error' in asked) {
    yield { kind: 'stderr', text: `${asked.error}\n` };
    return 1;
  }
  const config = resolverOf(context);
  let server = asked.server ?? config.nameservers[0] ?? '127.0.0.1';
  const command = context.args.join(' ');
  if (asked.server !== undefined && !parseIp(asked.server)) {
    const found = yield* resolve(asked.server, context);
    if (!found) {
      yield { kind: 'stdout', text: `dig: couldn't get address for '${asked.server}': not found\n` };
      return 10;
    }
    server = found.addresses[0] ?? server;
  }
  const names = asked.search ? namesToTry(asked.name, config) : [canonicalName(asked.name)];
  for (const [i, full] of names.entries()) {
    const question: Question = { name: full, type: asked.type };
    const result = yield* repeated(question, server, asked, context);
    if (typeof result === 'string') {
      if (asked.short)
        yield { kind: 'stdout', text: `${lines(result, server, asked)};; no servers could be reached\n` };
      else
        yield {
          kind: 'stdout',
          text: `${lines(result, server, asked)}\n; <<>> DiG ${VERSION} <<>> ${command}\n;; global options: +cmd\n;; no servers could be reached\n`,
        };
      return 9;
    }
    if (result.status === 'NXDOMAIN' && i < names.length - 1) continue;
    const id = 1 + ((context.cluster.now + full.length * 7919) % 65_535);
    const { port, tcp } = asked;
    const text = asked.short
      ? result.answers.map((a) => `${a.data}\n`).join('')
      : asked.answerOnly
        ? result.answers.map((a) => `${recordLine(a)}\n`).join('')
        : digText({ question, answer: result, command, server, port, id, now: context.cluster.now, tcp });
    if (text !== '') yield { kind: 'stdout', text };
    return 0;
  }
  return 0;
}

const lines = (
  result: 'refused' | 'timeout',
  server: string,
  { tries, port }: { readonly tries: number; readonly port: number },
): string =>
  `;; communications error to ${server}#${port}: ${result === 'timeout' ? 'timed out' : 'connection refused'}\n`.repeat(
    tries,
  );

interface Patience {
  readonly tries: number;
  readonly timeoutMs: number;
  readonly tcp: boolean;
  readonly port: number;
}

function* repeated(
  question: Question,
  server: string,
  how: Patience,
  context: CommandContext,
): Steps<QueryResult> {
  let result: QueryResult = 'timeout';
  for (let i = 0; i < how.tries; i++) {
    result = askServer(question, server, context, how.tcp ? 'tcp' : 'udp', how.port);
    if (typeof result === 'object') return result;
    if (result === 'timeout') yield { kind: 'wait', ms: how.timeoutMs };
  }
  return result;
}

const PATIENCE: Patience = { tries: TRIES, timeoutMs: 5000, tcp: false, port: 53 };

/** The first name of the search path that is there, with its answers. */
function* searched(
  name: string,
  type: RecordType,
  server: string,
  context: CommandContext,
): Steps<{ readonly full: string; readonly result: QueryResult }> {
  const config = resolverOf(context);
  let last: { full: string; result: QueryResult } = { full: canonicalName(name), result: 'timeout' };
  for (const full of namesToTry(name, config)) {
    const result = yield* repeated({ name: full, type }, server, PATIENCE, context);
    last = { full, result };
    if (typeof result === 'string' || result.status !== 'NXDOMAIN') return last;
  }
  return last;
}

function* nslookup(context: CommandContext): Process {
  const words = context.args.filter((a) => !a.startsWith('-'));
  const wanted = context.args
    .map((a) => /^-(?:query|type|q|ty)=(\w+)$/i.exec(a)?.[1]?.toUpperCase())
    .find(Boolean);
  const [name, given] = words;
  if (name === undefined) {
    yield { kind: 'stderr', text: 'nslookup: name what to look up, as in nslookup kubernetes.default\n' };
    return 1;
  }
  const server = given ?? resolverOf(context).nameservers[0] ?? '127.0.0.1';
  const address = parseIp(server) ? server : (yield* resolve(server, context))?.addresses[0];
  if (address === undefined) {
    yield { kind: 'stdout', text: `nslookup: couldn't get address for '${server}': not found\n` };
    return 1;
  }
  const reverse = reverseName(name);
  const types: RecordType[] = reverse
    ? ['PTR']
    : wanted && RECORD_TYPES.includes(wanted)
      ? [wanted as RecordType]
      : ['A', 'AAAA'];
  const head = `Server:\t\t${server}\nAddress:\t${address}#53\n\n`;
  let printed = '';
  let seen: string | undefined;
  for (const type of types) {
    const { full, result } = reverse
      ? { full: reverse, result: yield* repeated({ name: reverse, type }, address, PATIENCE, context) }
      : seen === undefined
        ? yield* searched(name, type, address, context)
        : { full: seen, result: yield* repeated({ name: seen, type }, address, PATIENCE, context) };
    if (typeof result === 'string') {
      yield { kind: 'stdout', text: `${lines(result, address, PATIENCE)};; no servers could be reached\n\n` };
      return 1;
    }
    if (result.status !== 'NOERROR') {
      yield {
        kind: 'stdout',
        text: `${reverse ? '' : head}** server can't find ${reverse ? reverse.replace(/\.$/, '') : name}: ${result.status}\n\n`,
      };
      return 1;
    }
    seen = full;
    printed += answerLines(result, full, type);
  }
  if (printed === '') {
    yield { kind: 'stdout', text: `${head}*** Can't find ${name}: No answer\n\n` };
    return 1;
  }
  yield { kind: 'stdout', text: `${reverse ? '' : head}${printed}\n` };
  return 0;
}

function answerLines({ answers, authoritative }: Answer, full: string, type: RecordType): string {
  const plain = (text: string): string => text.replace(/\.$/, '');
  const note = authoritative || answers.length === 0 ? '' : 'Non-authoritative answer:\n';
  return (
    note +
    answers
      .map((a) => {
        if (a.type === 'CNAME') return `${plain(a.name)}\tcanonical name = ${a.data}\n`;
        if (a.type === 'PTR') return `${plain(full)}\tname = ${a.data}\n`;
        if (a.type === 'SRV') return `${plain(a.name)}\tservice = ${a.data}\n`;
        if (a.type === 'A' || a.type === 'AAAA') return `Name:\t${plain(a.name)}\nAddress: ${a.data}\n`;
        return `${plain(a.name)}\t${type.toLowerCase()} = ${a.data}\n`;
      })
      .join('')
  );
}

function* host(context: CommandContext): Process {
  const at = context.args.indexOf('-t');
  const wanted = at < 0 ? undefined : (context.args[at + 1] ?? '').toUpperCase();
  const words = context.args.filter((a, i) => !a.startsWith('-') && i !== at + 1 - (at < 0 ? 1_000 : 0));
  const [name, given] = words;
  if (name === undefined) {
    yield { kind: 'stderr', text: 'Usage: host [-t type] name [server]\n' };
    return 1;
  }
  const server = given ?? resolverOf(context).nameservers[0] ?? '127.0.0.1';
  const reverse = reverseName(name);
  if (reverse) {
    const result = yield* repeated({ name: reverse, type: 'PTR' }, server, PATIENCE, context);
    if (typeof result === 'string') return yield* unreachable(result, server);
    if (result.status !== 'NOERROR') return yield* hostMissing(reverse.replace(/\.$/, ''), result);
    yield {
      kind: 'stdout',
      text: result.answers
        .map((a) => `${reverse.replace(/\.$/, '')} domain name pointer ${a.data}\n`)
        .join(''),
    };
    return 0;
  }
  const types: RecordType[] =
    wanted !== undefined && RECORD_TYPES.includes(wanted) ? [wanted as RecordType] : ['A', 'AAAA', 'MX'];
  let out = '';
  let seen: string | undefined;
  for (const type of types) {
    const { full, result } =
      seen === undefined
        ? yield* searched(name, type, server, context)
        : { full: seen, result: yield* repeated({ name: seen, type }, server, PATIENCE, context) };
    if (typeof result === 'string') return yield* unreachable(result, server);
    if (result.status !== 'NOERROR') return yield* hostMissing(name, result);
    seen = full;
    const aliases = type === 'A' || types.length === 1;
    for (const a of result.answers) out += hostLine(a.name.replace(/\.$/, ''), a.type, a.data, aliases);
    if (result.answers.length === 0 && types.length === 1)
      out += `${full.replace(/\.$/, '')} has no ${type} record\n`;
  }
  if (out !== '') yield { kind: 'stdout', text: out };
  return 0;
}

function hostLine(name: string, type: RecordType, data: string, aliases: boolean): string {
  switch (type) {
    case 'A':
      return `${name} has address ${data}\n`;
    case 'AAAA':
      return `${name} has IPv6 address ${data}\n`;
    case 'CNAME':
      return aliases ? `${name} is an alias for ${data}\n` : '';
    case 'SRV':
      return `${name} has SRV record ${data}\n`;
    default:
      return `${name} ${type} record ${data}\n`;
  }
}

function* hostMissing(name: string, { status }: Answer): Process {
  yield {
    kind: 'stdout',
    text: `Host ${name} not found: ${status === 'NXDOMAIN' ? '3(NXDOMAIN)' : '2(SERVFAIL)'}\n`,
  };
  return 1;
}

function* unreachable(result: 'refused' | 'timeout', server: string): Process {
  yield { kind: 'stdout', text: `${lines(result, server, PATIENCE)};; no servers could be reached\n` };
  return 1;
}

function* getent(context: CommandContext): Process {
  const [database, ...names] = context.args;
  if (database !== 'hosts' && database !== 'ahosts' && database !== 'ahostsv4') {
    yield {
      kind: 'stderr',
      text: `Unknown database: ${database ?? ''}\nTry \`getent --help' or \`getent --usage' for more information.\n`,
    };
    return 1;
  }
  let missing = false;
  for (const name of names) {
    const found = yield* resolve(name, context, database === 'ahostsv4' ? ['A'] : ['A', 'AAAA']);
    if (!found) {
      missing = true;
      continue;
    }
    const text =
      database === 'hosts'
        ? found.addresses.map((a) => `${a.padEnd(15)} ${found.name}\n`).join('')
        : found.addresses
            .flatMap((a) =>
              ['STREAM', 'DGRAM', 'RAW'].map(
                (t, i) => `${a.padEnd(15)} ${t.padEnd(6)} ${i === 0 ? found.name : ''}`.trimEnd() + '\n',
              ),
            )
            .join('');
    yield { kind: 'stdout', text };
  }
  return missing ? 2 : 0;
}

/** The addresses of this machine, but for loopback. */
function ownAddresses({ cluster, console }: CommandContext): readonly string[] {
  const { world } = cluster.network;
  if (console.kind === 'pod') return world.pod(console.namespace, console.name)?.addresses ?? [];
  return console.kind === 'node' ? [...(world.node(console.name)?.ownAddresses ?? [])] : [CONTROL_ADDRESS];
}

const tool = (
  name: string,
  summary: string,
  run: (context: CommandContext) => Process | Result,
): Command => ({
  name,
  summary,
  on: ON,
  reads: 'none',
  run,
});

export const DNS_COMMANDS: readonly Command[] = [
  tool('dig', 'asks a name server', dig),
  tool('nslookup', 'asks a name server', nslookup),
  tool('host', 'looks a name up', host),
  tool('getent', 'looks a name up as programs do', getent),
  tool('hostname', 'the name of this machine', (context) => {
    const [flag] = context.args;
    if (flag === '-I' || flag === '-i') return done(`${ownAddresses(context).join(' ')} \n`);
    const name = context.files.read('/etc/hostname') ?? '';
    if (flag === undefined || flag === '-s' || flag === '-f') return done(name);
    return failed('hostname: you must be root to change the host name');
  }),
];
