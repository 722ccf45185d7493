// BusyBox's ping, nc and traceroute (networking/ping.c, nc_bloaty.c, traceroute.c), and the table of BusyBox's programs.
import { dial, waitInVain } from '../../net/caller';
import { connectFailure } from '../../net/connect-failure';
import { roundTripMs } from '../../net/latency';
import { resolve } from '../../net/resolver';
import type { Command, CommandContext, Process } from '../../types';
import { hopsOf, talk, ttlOf } from '../net/reach';
import { readOptions, type Options } from '../text/options';
import { strerror } from './failure';
import { nslookup } from './nslookup';
import { wget } from './wget';

const numberOf = ({ values }: Options, letter: string, otherwise: number): number =>
  Number(values.get(letter)?.at(-1) ?? otherwise);

function* complaint(text: string): Process {
  yield { kind: 'stderr', text: `${text}\n` };
  return 1;
}

function* ping(context: CommandContext): Process {
  const options = readOptions('ping', context.args, { flags: '46qA', valued: 'cstIWwip' });
  if ('exit' in options) return yield* complaint(options.stderr.trimEnd());
  const name = options.rest.at(-1);
  if (name === undefined) return yield* complaint('Usage: ping [OPTIONS] HOST');
  const bad = ['c', 's', 'i', 'W', 'w'].find((letter) => !(numberOf(options, letter, 0) >= 0));
  if (bad !== undefined)
    return yield* complaint(`ping: invalid number '${options.values.get(bad)?.at(-1) ?? ''}'`);
  const address = (yield* resolve(name, context, options.flags.has('6') ? ['AAAA'] : ['A', 'AAAA']))
    ?.addresses[0];
  if (address === undefined) return yield* complaint(`ping: bad address '${name}'`);
  const count = numberOf(options, 'c', Infinity) || Infinity;
  const size = numberOf(options, 's', 56);
  const interval = numberOf(options, 'i', 1) * 1000;
  const until = context.cluster.now + numberOf(options, 'w', Infinity) * 1000;
  yield { kind: 'stdout', text: `PING ${name} (${address}): ${size} data bytes\n` };
  const times: number[] = [];
  let sent = 0;
  while (sent < count && context.cluster.now < until) {
    const trace = dial(context, address, undefined, 'icmp');
    if (!trace) return yield* complaint(`ping: sendto: ${strerror(trace, context)}`);
    context.cluster.network.tell(trace, { echo: { sequence: sent, size } });
    const answered = trace.verdict === 'delivered';
    if (answered) {
      const time = roundTripMs(trace, context.cluster.now + sent);
      times.push(time);
      if (!options.flags.has('q'))
        yield {
          kind: 'stdout',
          text: `${size + 8} bytes from ${address}: seq=${sent} ttl=${ttlOf(trace, context)} time=${time.toFixed(3)} ms\n`,
        };
    }
    const last = ++sent >= count;
    if (last && answered) break;
    const ms = Math.min(last ? numberOf(options, 'W', 10) * 1000 : interval, until - context.cluster.now);
    yield { kind: 'wait', ms, ...(count === Infinity && until === Infinity ? { idle: true as const } : {}) };
  }
  const loss = sent === 0 ? 0 : Math.floor(((sent - times.length) * 100) / sent);
  const average = times.reduce((sum, time) => sum + time, 0) / times.length;
  const trip = [Math.min(...times), average, Math.max(...times)].map((time) => time.toFixed(3)).join('/');
  yield {
    kind: 'stdout',
    text: `\n--- ${name} ping statistics ---\n${sent} packets transmitted, ${times.length} packets received, ${loss}% packet loss\n${times.length ? `round-trip min/avg/max = ${trip} ms\n` : ''}`,
  };
  return times.length > 0 ? 0 : 1;
}

function* nc(context: CommandContext): Process {
  const options = readOptions('nc', context.args, { flags: 'lnuvz', valued: 'wpsi' });
  if ('exit' in options) return yield* complaint(options.stderr.trimEnd());
  const { flags, rest } = options;
  const [name, portText] = rest;
  if (flags.has('l'))
    return yield* complaint('nc: listening is not modelled here; a Pod with the echo image answers');
  if (name === undefined || portText === undefined) return yield* complaint('Usage: nc [OPTIONS] HOST PORT');
  const port = Number(portText);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    return yield* complaint(`nc: bad port '${portText}'`);
  const address = (yield* resolve(name, context))?.addresses[0];
  if (address === undefined) return yield* complaint(`nc: bad address '${name}'`);
  const protocol = flags.has('u') ? 'udp' : 'tcp';
  const trace = dial(context, address, port, protocol);
  const limit = numberOf(options, 'w', Infinity) * 1000;
  const where = `${name} (${address.includes(':') ? `[${address}]` : address}:${port})`;
  const open = trace?.verdict === 'delivered' || (protocol === 'udp' && trace?.verdict === 'dropped');
  if (!trace || !open) {
    const { afterMs } = connectFailure(trace);
    if (afterMs > 0) yield* waitInVain(context, trace, Math.min(limit, afterMs));
    // A refusal is told only with -vv.
    const why = strerror(trace, context);
    const verbose = context.args
      .filter((a) => /^-\w*v/.test(a))
      .join('')
      .replace(/[^v]/g, '').length;
    if (verbose > 1 || (verbose === 1 && why !== 'Connection refused'))
      yield { kind: 'stderr', text: `nc: ${where}: ${why}\n` };
    return 1;
  }
  if (flags.has('v')) yield { kind: 'stderr', text: `${where} open\n` };
  return flags.has('z') ? 0 : yield* talk(trace, protocol, context);
}

function* traceroute(context: CommandContext): Process {
  const options = readOptions('traceroute', context.args, { flags: '46FIlnrv', valued: 'fmqptwsiz' });
  if ('exit' in options) return yield* complaint(options.stderr.trimEnd());
  const [name] = options.rest;
  if (name === undefined) return yield* complaint('Usage: traceroute [OPTIONS] HOST [BYTES]');
  const address = (yield* resolve(name, context))?.addresses[0];
  if (address === undefined) return yield* complaint(`traceroute: bad address '${name}'`);
  const most = numberOf(options, 'm', 30);
  const probes = Math.min(10, numberOf(options, 'q', 3));
  const wait = numberOf(options, 'w', 3) * 1000;
  const trace = dial(context, address, undefined, 'icmp');
  if (!trace)
    return yield* complaint(
      `traceroute: can't connect to remote host (${address}): ${strerror(trace, context)}`,
    );
  yield { kind: 'stdout', text: `traceroute to ${name} (${address}), ${most} hops max, 46 byte packets\n` };
  const arrives = trace.verdict === 'delivered';
  const hops = [...hopsOf(trace, address, context), ...(arrives ? [address] : [])];
  for (const [i, hop] of hops.slice(0, most).entries()) {
    const times = Array.from(
      { length: probes },
      (_, probe) => roundTripMs(trace, i * 100 + probe) * ((i + 1) / hops.length),
    );
    const shown = options.flags.has('n') ? hop : `${hop} (${hop})`;
    yield {
      kind: 'stdout',
      text: `${String(i + 1).padStart(2)}  ${shown}${times.map((time) => `  ${time.toFixed(3)} ms`).join('')}\n`,
    };
  }
  for (let hop = hops.length; !arrives && hop < most; hop++) {
    yield { kind: 'wait', ms: wait * probes };
    yield { kind: 'stdout', text: `${String(hop + 1).padStart(2)}  ${Array(probes).fill('*').join('  ')}\n` };
  }
  return 0;
}

const applet = (name: string, run: Command['run'], reads: Command['reads'] = 'none'): Command => ({
  name,
  summary: 'as in BusyBox',
  on: ['pod'],
  flavour: 'busybox',
  reads,
  run,
});

/** Programs whose options or output differ from those of the packages. */
export const BUSYBOX_COMMANDS: readonly Command[] = [
  applet('wget', wget),
  applet('nslookup', nslookup),
  applet('ping', ping),
  applet('nc', nc, 'stream'),
  applet('traceroute', traceroute),
];
