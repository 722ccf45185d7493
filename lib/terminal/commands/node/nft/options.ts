// Options of nft (src/main.c).

import type { Numeric } from '@/lib/net/nft/numeric';

export interface NftOptions {
  readonly file: string | undefined;
  readonly check: boolean;
  readonly handles: boolean;
  readonly terse: boolean;
  readonly stateless: boolean;
  readonly numeric: Numeric | undefined;
  readonly version: boolean;
  readonly help: boolean;
  /** The commands. */
  readonly words: readonly string[];
}

const LONG: Readonly<Record<string, string>> = {
  '--file': 'f',
  '--check': 'c',
  '--handle': 'a',
  '--terse': 't',
  '--stateless': 's',
  '--version': 'v',
  '--help': 'h',
  '--numeric': 'n',
  '--numeric-priority': 'y',
  '--numeric-protocol': 'p',
  '--numeric-time': 'T',
  '--guid': 'u',
  '--service': 'S',
  '--echo': 'e',
};
const SHORT = new Set('fcatsvhnypTuSe');
/** Options of the real tool that change what is printed, and that nothing here does. */
const NOT_SIMULATED: Readonly<Record<string, string>> = {
  j: 'JSON output',
  '--json': 'JSON output',
  i: 'an interactive prompt',
  '--interactive': 'an interactive prompt',
  d: 'debug output',
  '--debug': 'debug output',
  N: 'names from the DNS',
  '--reversedns': 'names from the DNS',
};

function numericOf(has: (flag: string) => boolean): Numeric | undefined {
  const names = has('n');
  const [priority, protocol, time] = ['y', 'p', 'T'].map((flag) => names || has(flag));
  if (!priority && !protocol && !time) return undefined;
  return { names, priority: priority === true, protocol: protocol === true, time: time === true };
}

/** The options, or what nft says of a wrong one. */
export function optionsOf(args: readonly string[]): NftOptions | string {
  const given = new Set<string>();
  const words: string[] = [];
  let file: string | undefined;
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    const isLong = arg.startsWith('--');
    // Options may follow commands only as long as no command has begun: `nft list -a` is a syntax error.
    if (!arg.startsWith('-') || arg === '-' || words.length > 0) {
      words.push(arg);
      continue;
    }
    const [name = '', value] = arg.split('=');
    const flags = isLong ? [LONG[name] ?? '?'] : Array.from(arg.slice(1));
    for (const [k, flag] of flags.entries()) {
      const missing = NOT_SIMULATED[isLong ? name : flag];
      if (missing !== undefined)
        return `nft: ${isLong ? name : `-${flag}`}: ${missing} is not simulated here`;
      if (!SHORT.has(flag))
        return isLong ? `nft: unrecognized option '${arg}'` : `nft: invalid option -- '${flag}'`;
      given.add(flag);
      if (flag !== 'f') continue;
      const attached = isLong ? value : flags.slice(k + 1).join('');
      file = attached || args[++i];
      if (file === undefined)
        return isLong
          ? `nft: option '${arg}' requires an argument`
          : `nft: option requires an argument -- 'f'`;
      break;
    }
  }
  const has = (flag: string): boolean => given.has(flag);
  return {
    file,
    check: has('c'),
    handles: has('a'),
    terse: has('t'),
    stateless: has('s'),
    numeric: numericOf(has),
    version: has('v'),
    help: has('h'),
    words,
  };
}
