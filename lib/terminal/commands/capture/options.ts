// tcpdump's command line (getopt_long): what it does, what it cannot do here, and what the real one says of a wrong word.
import { done, failed, type Result } from '../../types';

export interface TcpdumpOptions {
  readonly device: string | undefined;
  readonly count: number | undefined;
  readonly list: boolean;
  readonly numeric: boolean;
  readonly ethernet: boolean;
  readonly verbose: boolean;
  readonly quiet: boolean;
  readonly absolute: boolean;
  readonly notPromiscuous: boolean;
  /** How many -t. */
  readonly stamp: number;
  /** -Q. */
  readonly way: 'In' | 'Out' | undefined;
  readonly expression: string;
}

const VERSION = `tcpdump version 4.99.3
libpcap version 1.10.3 (with TPACKET_V3)
OpenSSL 3.0.15 3 Sep 2024
`;
const USAGE = `${VERSION}Usage: tcpdump [-AbdDefhHIJKlLnNOpqStuUvxX#] [ -B size ] [ -c count ] [--count]
\t\t[ -C file_size ] [ -E algo:secret ] [ -F file ] [ -G seconds ]
\t\t[ -i interface ] [ --immediate-mode ] [ -j tstamptype ]
\t\t[ -M secret ] [ --number ] [ --print ] [ -Q in|out|inout ]
\t\t[ -r file ] [ -s snaplen ] [ -T type ] [ --version ]
\t\t[ -V file ] [ -w file ] [ -W filecount ] [ -y datalinktype ]
\t\t[ --time-stamp-precision precision ] [ --micro ] [ --nano ]
\t\t[ -z postrotate-command ] [ -Z user ] [ expression ]
`;
const FLAGS = 'AbdDefhHIJKlLnNOpqStuUvxX#';
const VALUED = 'BcCEFGijMQrsTVwWyzZ';
/** Options that change nothing of what is shown here. */
const WITHOUT_EFFECT = new Set([...'bfKlNOuU', 'B', 'j', 's', 'Z']);
const LONG: Readonly<Record<string, string>> = {
  interface: 'i',
  'list-interfaces': 'D',
  'no-promiscuous-mode': 'p',
  direction: 'Q',
  'absolute-tcp-sequence-numbers': 'S',
  'snapshot-length': 's',
  'immediate-mode': 'U',
  'packet-buffered': 'U',
  'dont-verify-checksums': 'K',
  number: '#',
  version: 'version',
  help: 'h',
};
const REFUSED: Readonly<Record<string, string>> = {
  w: '-w: files of packets are not simulated: what passes is printed as text only',
  r: '-r: files of packets are not simulated: only what passes now can be read',
  A: '-A: the bytes of packets are not simulated; -v shows HTTP as text',
  X: '-X: the bytes of packets are not simulated; -v shows HTTP as text',
  x: '-x: the bytes of packets are not simulated; -v shows HTTP as text',
  d: '-d: filters are not compiled here',
};

/** The options; or what tcpdump says and ends with. */
export function readTcpdump(args: readonly string[]): TcpdumpOptions | Result {
  const flags: string[] = [];
  const values = new Map<string, string>();
  let at = 0;
  const usage = (message: string): Result => failed(`tcpdump: ${message}\n${USAGE}`, 1);
  for (; at < args.length; at++) {
    const word = args[at] ?? '';
    if (word === '--') {
      at++;
      break;
    }
    if (!/^-./.test(word)) break;
    if (word.startsWith('--')) {
      const [name = '', inline] = word.slice(2).split(/=(.*)/s);
      const letter = LONG[name];
      if (letter === undefined) return usage(`unrecognized option '--${name}'`);
      if (VALUED.includes(letter)) values.set(letter, inline ?? args[++at] ?? '');
      else flags.push(letter);
      continue;
    }
    for (let i = 1; i < word.length; i++) {
      const letter = word[i] ?? '';
      if (VALUED.includes(letter)) {
        const value = word.slice(i + 1) || args[++at];
        if (value === undefined) return usage(`option requires an argument -- '${letter}'`);
        values.set(letter, value);
        break;
      }
      if (!FLAGS.includes(letter)) return usage(`invalid option -- '${letter}'`);
      flags.push(letter);
    }
  }
  if (flags.includes('version')) return done(VERSION);
  if (flags.includes('h')) return done(USAGE);
  return checked(flags, values, args.slice(at).join(' '));
}

function checked(
  flags: readonly string[],
  values: ReadonlyMap<string, string>,
  expression: string,
): TcpdumpOptions | Result {
  for (const letter of [...flags, ...values.keys()]) {
    const refusal = REFUSED[letter];
    if (refusal !== undefined) return failed(`tcpdump: ${refusal}`, 1);
  }
  const countText = values.get('c');
  const count = countText === undefined ? undefined : Number(countText);
  if (count !== undefined && (!Number.isInteger(count) || count < 1))
    return failed(`tcpdump: invalid packet count ${countText ?? ''}`, 1);
  const way = values.get('Q');
  if (way !== undefined && !['in', 'out', 'inout'].includes(way))
    return failed(`tcpdump: unknown capture direction \`${way}'`, 1);
  const known = new Set([...WITHOUT_EFFECT, ...'DenpqStv', 'c', 'i', 'Q']);
  const strange = [...flags, ...values.keys()].find((letter) => !known.has(letter));
  if (strange !== undefined) return failed(`tcpdump: -${strange} is not simulated here`, 1);
  const has = (letter: string): boolean => flags.includes(letter);
  return {
    device: values.get('i'),
    count,
    list: has('D'),
    numeric: has('n'),
    ethernet: has('e'),
    verbose: has('v'),
    quiet: has('q'),
    absolute: has('S'),
    notPromiscuous: has('p'),
    stamp: Math.min(5, flags.filter((letter) => letter === 't').length),
    way: way === 'in' ? 'In' : way === 'out' ? 'Out' : undefined,
    expression,
  };
}
