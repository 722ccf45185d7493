// ping, nc, wget, traceroute, arping: other ways to ask whether somebody is there.
import { parseIp } from '@/lib/core/ip';
import type { Trace } from '@/lib/net/datapath/trace';
import { strftime } from '../../text/dates';
import { dial, hostPort, waitInVain } from '../../net/caller';
import { connectFailure, GLIBC } from '../../net/connect-failure';
import { requestText, responseText } from '../../net/http-text';
import type { HttpRequest } from '../../net/http-message';
import { roundTripMs } from '../../net/latency';
import { httpPeer } from '../../net/http-server';
import { resolve } from '../../net/resolver';
import { EVERYWHERE, type Command, type CommandContext, type Process } from '../../types';
import { readOptions } from '../text/options';
import { parseUrl } from './curl-options';
import { statusText } from './curl-write-out';

function* say(to: 'stdout' | 'stderr', text: string): Process {
  yield { kind: to, text };
  return 0;
}

/** iputils ping. */
function* ping(context: CommandContext): Process {
  const options = readOptions('ping', context.args, { flags: '46nqDOv', valued: 'cisWwI', exit: 2 });
  if ('exit' in options) {
    yield* say('stderr', options.stderr);
    return 2;
  }
  const name = options.rest.at(-1);
  if (name === undefined) {
    yield* say('stderr', 'ping: usage error: Destination address required\n');
    return 1;
  }
  const number = (letter: string, otherwise: number): number =>
    Number(options.values.get(letter)?.at(-1) ?? otherwise);
  const count = number('c', Infinity);
  const interval = number('i', 1) * 1000;
  const wait = number('W', 10) * 1000;
  const size = number('s', 56);
  for (const [letter, value] of [
    ['c', count],
    ['i', interval],
    ['W', wait],
    ['s', size],
  ] as const)
    if (Number.isNaN(value) || value < 0) {
      yield* say('stderr', `ping: invalid argument: '${options.values.get(letter)?.at(-1) ?? ''}'\n`);
      return 1;
    }
  const found = yield* resolve(name, context, options.flags.has('6') ? ['AAAA'] : ['A', 'AAAA']);
  const address = found?.addresses[0];
  if (address === undefined) {
    yield* say('stderr', `ping: ${name}: Name or service not known\n`);
    return 2;
  }
  const six = address.includes(':');
  yield* say(
    'stdout',
    `PING ${name}${six ? `(${address})` : ` (${address})`} ${size}${six ? ' data bytes' : `(${size + 28}) bytes of data.`}\n`,
  );
  const started = context.cluster.now;
  let sent = 0;
  const times: number[] = [];
  let lastSent = started;
  let errors = 0;
  let pipe = 0;
  const waiting: Unreached[] = [];
  try {
    while (sent < count) {
      sent++;
      lastSent = context.cluster.now;
      const trace = dial(context, address, undefined, 'icmp');
      if (trace) context.cluster.network.tell(trace, { echo: { sequence: sent, size } });
      if (trace?.noNeighbour)
        waiting.push({
          sequence: sent,
          due: lastSent + trace.noNeighbour.afterMs,
          from: trace.noNeighbour.from,
        });
      const time = trace ? roundTripMs(trace, context.cluster.now + sent) : 0;
      const reply = pingLine(trace, address, sent, size, time, context);
      if (trace?.verdict === 'delivered') times.push(time);
      else if (reply !== '') errors++;
      if (reply !== '' && !options.flags.has('q')) yield { kind: 'stdout', text: reply };
      const last = sent >= count;
      if (last && trace?.verdict === 'delivered') break;
      yield {
        kind: 'wait',
        ms: last ? Math.min(wait, (waiting[0]?.due ?? Infinity) - lastSent) : interval,
        ...(count === Infinity ? { idle: true as const } : {}),
      };
      if ((waiting[0]?.due ?? Infinity) > context.cluster.now) continue;
      pipe = Math.max(pipe, sent - (waiting[0]?.sequence ?? sent) + 1);
      for (const { sequence, from } of waiting.splice(0)) {
        errors++;
        if (!options.flags.has('q'))
          yield* say('stdout', `From ${from} icmp_seq=${sequence} Destination Host Unreachable\n`);
      }
    }
  } finally {
    // Ctrl-C prints nothing here: whoever presses it has seen enough.
  }
  const received = times.length;
  const loss = Math.round(((sent - received) / sent) * 100);
  // From the first packet to the last one that was sent or answered (ping_common.c, finish); the wait for a late answer is not in it.
  const stats = `\n--- ${name} ping statistics ---\n${sent} packets transmitted, ${received} received${errors ? `, +${errors} errors` : ''}, ${loss}% packet loss, time ${lastSent - started}ms\n`;
  const piped = pipe > 1 ? `pipe ${pipe}\n` : '\n';
  yield* say('stdout', stats + (received ? rtt(times) : piped));
  return received > 0 ? 0 : 1;
}

/** A request for an address that nobody has: those that wait for the same neighbour fail together (ping_common.c counts them as pipe). */
interface Unreached {
  readonly sequence: number;
  readonly due: number;
  readonly from: string;
}

function rtt(times: readonly number[]): string {
  const average = times.reduce((sum, time) => sum + time, 0) / times.length;
  const deviation = Math.sqrt(times.reduce((sum, time) => sum + (time - average) ** 2, 0) / times.length);
  const shown = [Math.min(...times), average, Math.max(...times), deviation].map((time) => time.toFixed(3));
  return `rtt min/avg/max/mdev = ${shown.join('/')} ms\n`;
}

function pingLine(
  trace: Trace | undefined,
  address: string,
  sequence: number,
  size: number,
  time: number,
  context: CommandContext,
): string {
  if (!trace) return 'ping: connect: Network is unreachable\n';
  if (trace.verdict === 'delivered')
    return `${size + 8} bytes from ${address}: icmp_seq=${sequence} ttl=${ttlOf(trace, context)} time=${time.toFixed(3)} ms\n`;
  if (trace.verdict === 'dropped') return '';
  const from = context.console.kind === 'control' ? address : hostPort(trace.source).host;
  const why =
    trace.verdict === 'unreachable' ? 'Destination Host Unreachable' : 'Destination Port Unreachable';
  return `From ${from} icmp_seq=${sequence} ${why}\n`;
}

/** Of the answer as it reached the client: 64, less one for each node that routed it; a bridge takes nothing off. */
export function ttlOf(trace: Trace, { cluster }: Pick<CommandContext, 'cluster'>): number {
  const made = cluster.network.made.findLast((one) => one.trace === trace);
  return made?.wire.sightings.findLast(({ role }) => role === 'answer')?.ttl ?? 64;
}

/** OpenBSD's nc: -z scans, -v says so, -u is UDP, -w waits. */
function* nc(context: CommandContext): Process {
  const options = readOptions('nc', context.args, { flags: 'zvuntkl46N', valued: 'wpsq' });
  if ('exit' in options) {
    yield* say('stderr', options.stderr);
    return 1;
  }
  const { flags, rest } = options;
  const [name, portText] = rest;
  if (flags.has('l')) {
    yield* say('stderr', 'nc: listening is not modelled here; a Pod with the echo image answers\n');
    return 1;
  }
  if (name === undefined || portText === undefined) {
    yield* say(
      'stderr',
      name === undefined
        ? 'usage: nc [-46nuvz] [-w timeout] destination port\n'
        : 'nc: missing port number\n',
    );
    return 1;
  }
  const [from = 0, to = from] = portText.split('-').map(Number);
  if (!Number.isInteger(from) || from < 1 || to > 65_535 || to < from) {
    yield* say('stderr', `nc: port number invalid: ${portText}\n`);
    return 1;
  }
  const address = (yield* resolve(name, context))?.addresses[0];
  if (address === undefined) {
    yield* say('stderr', `nc: getaddrinfo for host "${name}" port ${from}: Name or service not known\n`);
    return 1;
  }
  const protocol = flags.has('u') ? 'udp' : 'tcp';
  const limit = Number(options.values.get('w')?.at(-1) ?? Infinity) * 1000;
  let ok = false;
  for (let port = from; port <= Math.min(to, from + 1000); port++) {
    const trace = dial(context, address, port, protocol);
    const open = trace?.verdict === 'delivered' || (protocol === 'udp' && trace?.verdict === 'dropped');
    const { errno, afterMs } = connectFailure(trace);
    if (protocol === 'tcp' && !open && afterMs > 0)
      yield* waitInVain(context, trace, Math.min(limit, afterMs));
    ok ||= open;
    if (flags.has('v')) {
      const where = `${name}${address === name ? '' : ` (${address})`} ${port} port`;
      const failure = limit < afterMs ? 'Operation now in progress' : GLIBC[errno];
      yield* say(
        'stderr',
        open
          ? `Connection to ${name}${address === name ? '' : ` (${address})`} ${port} port [${protocol}/*] succeeded!\n`
          : `nc: connect to ${where} (${protocol}) failed: ${failure}\n`,
      );
    }
    if (open && trace && !flags.has('z')) yield* talk(trace, protocol, context);
  }
  return ok ? 0 : 1;
}

/** What is typed or piped in goes to the other side; HTTP servers answer a request. */
export function* talk(trace: Trace, protocol: 'tcp' | 'udp', context: CommandContext): Process {
  const text = context.input.isTerminal ? ((yield* context.input.line()) ?? '') : yield* context.input.all();
  if (text === '') return 0;
  if (protocol === 'udp') return yield* say('stdout', text);
  const [method = '', path = '/'] = text.split(/\s+/);
  const peer = httpPeer(trace, context.cluster);
  const host = hostPort(trace.destination).host;
  const answer =
    /^[A-Z]+$/.test(method) && !peer.tls
      ? peer.answer({ method, path, headers: [['Host', host]], body: '' })
      : 'silent';
  if (answer === 'silent') return 0;
  const head = [
    `HTTP/1.1 ${answer.status} ${statusText(answer.status)}`,
    ...answer.headers.map(([n, v]) => `${n}: ${v}`),
    '',
    '',
  ];
  return yield* say('stdout', head.join('\r\n') + answer.body);
}

/** What GNU wget 1.21 sends along. */
const wgetHeaders = (host: string): HttpRequest['headers'] => [
  ['Host', host],
  ['User-Agent', 'Wget/1.21.3'],
  ['Accept', '*/*'],
  ['Accept-Encoding', 'identity'],
  ['Connection', 'Keep-Alive'],
];

/** GNU wget: -q, -O FILE, -T SECONDS, -S, --spider. */
function* wget(context: CommandContext): Process {
  const options = readOptions('wget', context.args, {
    flags: 'qS',
    valued: 'OTt',
    long: {
      quiet: 'q',
      'output-document=': 'O',
      'timeout=': 'T',
      'tries=': 't',
      spider: 'z',
      'server-response': 'S',
    },
    exit: 2,
  });
  if ('exit' in options) {
    yield* say('stderr', options.stderr);
    return 2;
  }
  const [text] = options.rest;
  const quiet = options.flags.has('q');
  const note = (line: string): Process => say('stderr', quiet ? '' : line);
  if (text === undefined) {
    yield* say(
      'stderr',
      "wget: missing URL\nUsage: wget [OPTION]... [URL]...\n\nTry `wget --help' for more options.\n",
    );
    return 1;
  }
  const url = parseUrl(text);
  if ('error' in url) {
    yield* say('stderr', `${text}: Unsupported scheme.\n`);
    return 1;
  }
  const { cluster } = context;
  const shown = `${url.scheme}://${url.host}${url.portGiven ? `:${url.port}` : ''}${url.path}`;
  const stamp = (): string => strftime('%F %T', cluster.now);
  yield* note(`--${stamp()}--  ${shown}\n`);
  const literal = parseIp(url.host) !== undefined;
  if (!literal) yield* note(`Resolving ${url.host} (${url.host})... `);
  const address = (yield* resolve(url.host, context))?.addresses[0];
  if (address === undefined) {
    yield* note(`failed: Name or service not known.\nwget: unable to resolve host address ‘${url.host}’\n`);
    return 4;
  }
  if (!literal) yield* note(`${address}\n`);
  const where = literal ? `${address}:${url.port}` : `${url.host} (${url.host})|${address}|:${url.port}`;
  yield* note(`Connecting to ${where}... `);
  const trace = dial(context, address, url.port, 'tcp');
  if (trace?.verdict !== 'delivered') {
    const { errno, afterMs } = connectFailure(trace);
    const limit = Number(options.values.get('T')?.at(-1) ?? 0) * 1000 || Infinity;
    if (afterMs > 0) yield* waitInVain(context, trace, Math.min(limit, afterMs));
    yield* note(`failed: ${limit < afterMs ? GLIBC.ETIMEDOUT : GLIBC[errno]}.\n`);
    return 4;
  }
  yield* note('connected.\n');
  const request = { method: 'GET', path: url.path, headers: wgetHeaders(url.host), body: '' };
  const answer = httpPeer(trace, cluster).answer(request);
  cluster.network.tell(trace, {
    http: { request: requestText(request), response: answer === 'silent' ? '' : responseText(answer) },
  });
  yield* note('HTTP request sent, awaiting response... ');
  if (answer === 'silent') {
    yield* note('No data received.\n');
    return 4;
  }
  yield* note(`${answer.status} ${statusText(answer.status)}\n`);
  if (answer.status >= 400) {
    yield* note(`${stamp()} ERROR ${answer.status}: ${statusText(answer.status)}.\n\n`);
    return 8;
  }
  const size = new TextEncoder().encode(answer.body).length;
  const type = (answer.headers.find(([n]) => n === 'Content-Type')?.[1] ?? '').split(';')[0] ?? '';
  const file = options.values.get('O')?.at(-1) ?? (url.path.split('?')[0]?.split('/').at(-1) || 'index.html');
  yield* note(
    `Length: ${size} [${type}]\n${file === '-' ? 'Saving to: ‘STDOUT’\n\n' : `Saving to: ‘${file}’\n\n`}`,
  );
  if (file === '-') yield* say('stdout', answer.body);
  else if (file !== '/dev/null' && !context.files.write(file, answer.body)) {
    yield* say('stderr', `${file}: Permission denied\n`);
    return 3;
  }
  yield* note(
    `\n${stamp()} (1.00 MB/s) - ${file === '-' ? 'written to stdout' : `‘${file}’ saved`} [${size}/${size}]\n\n`,
  );
  return 0;
}

/** Addresses of the nodes that forwarded, in the family of the destination. */
export function hopsOf(
  trace: Trace | undefined,
  to: string,
  { cluster }: Pick<CommandContext, 'cluster'>,
): readonly string[] {
  const nodes = (trace?.path ?? []).filter((p) => p.includes('FORWARD')).map((p) => p.split(' ')[0] ?? '');
  return [...new Set(nodes)].map((node) => {
    const own = cluster.network.world.node(node)?.ownAddresses ?? [];
    return [...own].find((a) => a.includes(':') === to.includes(':')) ?? '*';
  });
}

/** traceroute: the nodes that forward, one a line. */
function* traceroute(context: CommandContext): Process {
  const words = context.args.filter(
    (a, i, all) => !a.startsWith('-') && !['-q', '-w', '-m', '-p'].includes(all[i - 1] ?? ''),
  );
  const [name] = words;
  if (name === undefined) {
    yield* say('stderr', 'Usage:\n  traceroute [ -46nIT ] host [ packetlen ]\n');
    return 2;
  }
  const address = (yield* resolve(name, context))?.addresses[0];
  if (address === undefined) {
    yield* say(
      'stderr',
      `${name}: Name or service not known\nCannot handle "host" cmdline arg \`${name}' on position 1 (argc 1)\n`,
    );
    return 2;
  }
  yield* say('stdout', `traceroute to ${name} (${address}), 30 hops max, 60 byte packets\n`);
  const trace = context.args.includes('-T')
    ? dial(context, address, 80, 'tcp')
    : dial(context, address, undefined, 'icmp');
  let hop = 0;
  for (const first of hopsOf(trace, address, context)) {
    yield* say(
      'stdout',
      ` ${String(++hop).padStart(1)}  ${first} (${first})  0.041 ms  0.012 ms  0.010 ms\n`,
    );
  }
  if (trace?.verdict === 'delivered' || trace?.verdict === 'reset') {
    yield* say('stdout', ` ${++hop}  ${address} (${address})  0.061 ms  0.042 ms  0.040 ms\n`);
    return 0;
  }
  for (; hop < 30; hop++) {
    yield { kind: 'wait', ms: 5000 };
    yield* say('stdout', `${String(hop + 1).padStart(2)}  * * *\n`);
  }
  return 0;
}

const tool = (
  name: string,
  summary: string,
  run: (context: CommandContext) => Process,
  reads: Command['reads'] = 'none',
): Command => ({
  name,
  summary,
  on: EVERYWHERE,
  reads,
  run,
});

export const REACH_COMMANDS: readonly Command[] = [
  tool('ping', 'sends ICMP echo requests', ping),
  tool('nc', 'opens TCP and UDP connections', nc, 'stream'),
  tool('wget', 'fetches a file over HTTP', wget),
  tool('traceroute', 'shows the way of packets', traceroute),
];
