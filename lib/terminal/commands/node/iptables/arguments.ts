// The command line of iptables(8), short options bundled or not, as iptables 1.8.9 reads it (iptables/xshared.c do_parse).
import type { RuleFamily, TableName } from '@/lib/net/ruleset/types';
import { BadArgument, RuleBuilder, UsageProblem, type RuleWords } from './rule-words';

export type Action = 'A' | 'C' | 'D' | 'I' | 'R' | 'L' | 'S' | 'F' | 'Z' | 'N' | 'X' | 'P' | 'E';

export interface Request {
  readonly table: TableName;
  readonly action: Action;
  readonly chain: string | undefined;
  readonly number: number | undefined;
  /** -P: the policy, -E: the new name. */
  readonly extra: string | undefined;
  readonly rule: RuleWords;
  readonly ruleGiven: boolean;
  readonly numeric: boolean;
  readonly verbose: boolean;
  readonly exact: boolean;
  readonly lineNumbers: boolean;
}

const ACTIONS: Readonly<Record<string, Action>> = {
  '--append': 'A',
  '--check': 'C',
  '--delete': 'D',
  '--insert': 'I',
  '--replace': 'R',
  '--list': 'L',
  '--list-rules': 'S',
  '--flush': 'F',
  '--zero': 'Z',
  '--new-chain': 'N',
  '--new': 'N',
  '--delete-chain': 'X',
  '--policy': 'P',
  '--rename-chain': 'E',
};
const LONG_FLAGS = [
  '--numeric',
  '--verbose',
  '--exact',
  '--line-numbers',
  '--table',
  '--wait',
  '--wait-interval',
  '--ipv4',
  '--ipv6',
  '--version',
  '--help',
  '--modprobe',
  '--set-counters',
];
/** Actions that name a chain, must or may. */
const CHAIN_NEEDED = ['A', 'C', 'D', 'I', 'R', 'N', 'P', 'E'];
const NUMBERED = ['D', 'I', 'R', 'L', 'S', 'Z'];
const TABLES: readonly string[] = ['raw', 'mangle', 'nat', 'filter', 'security'];

/** Reads the words; throws UsageProblem or BadArgument with iptables' message. "version" and "help" are asked for by name. */
export function parseArguments(
  args: readonly string[],
  family: RuleFamily,
  isChain: (table: TableName, name: string) => boolean,
): Request | 'version' | 'help' {
  const words = args.flatMap(unbundled);
  let table: TableName = 'filter';
  const at = words.findIndex((w) => w === '-t' || w === '--table');
  if (at >= 0) {
    const name = words[at + 1];
    if (name === undefined) throw new UsageProblem('option "-t" requires an argument');
    if (!TABLES.includes(name))
      throw new UsageProblem(
        `table '${name}' does not exist\nPerhaps iptables or your kernel needs to be upgraded.`,
      );
    table = name as TableName;
    words.splice(at, 2);
  }
  return new ArgumentReader(words, table, family, (name) => isChain(table, name)).read();
}

/** "-nvL" → "-n", "-v", "-L"; "-tnat" → "-t", "nat". */
function unbundled(word: string): string[] {
  if (!/^-[A-Za-z0-9]{2,}/.test(word) || /^-\d/.test(word)) return [word];
  const out: string[] = [];
  for (let i = 1; i < word.length; i++) {
    const option = `-${word[i] ?? ''}`;
    out.push(option);
    if ('tsdiopmjgcwACDIRLSFZNXPE'.includes(word[i] ?? '') && i + 1 < word.length) {
      out.push(word.slice(i + 1));
      break;
    }
  }
  return out;
}

class ArgumentReader {
  #at = 0;
  #action: Action | undefined;
  #chain: string | undefined;
  #number: number | undefined;
  #extra: string | undefined;
  readonly #flags = new Set<string>();
  readonly #rule: RuleBuilder;

  constructor(
    private readonly words: readonly string[],
    private readonly table: TableName,
    family: RuleFamily,
    isChain: (name: string) => boolean,
  ) {
    this.#rule = new RuleBuilder(family, isChain);
  }

  read(): Request | 'version' | 'help' {
    while (this.#at < this.words.length) {
      const word = this.words[this.#at++] ?? '';
      if (word === '-V' || word === '--version') return 'version';
      if (word === '-h' || word === '--help') return 'help';
      if (!this.#flag(word) && !this.#setAction(word)) this.#ruleOption(word);
    }
    const action = this.#action;
    if (!action) throw new UsageProblem('no command specified');
    return {
      table: this.table,
      action,
      chain: this.#chain,
      number: this.#number,
      extra: this.#extra,
      rule: this.#rule.build(),
      ruleGiven: this.#rule.used,
      numeric: this.#flags.has('n'),
      verbose: this.#flags.has('v'),
      exact: this.#flags.has('x'),
      lineNumbers: this.#flags.has('0'),
    };
  }

  #flag(word: string): boolean {
    const long = word.startsWith('--')
      ? LONG_FLAGS.filter((f) => f === word || (word.length > 3 && f.startsWith(word)))
      : [];
    const name = long.length === 1 ? long[0] : word;
    switch (name) {
      case '-n':
      case '--numeric':
        this.#flags.add('n');
        return true;
      case '-v':
      case '--verbose':
        this.#flags.add('v');
        return true;
      case '-x':
      case '--exact':
        this.#flags.add('x');
        return true;
      case '--line-numbers':
        this.#flags.add('0');
        return true;
      case '-4':
      case '-6':
      case '--ipv4':
      case '--ipv6':
        return true;
      case '-w':
      case '--wait':
      case '-W':
      case '--wait-interval':
        if (/^\d+$/.test(this.words[this.#at] ?? '')) this.#at++;
        return true;
      default:
        return false;
    }
  }

  #setAction(word: string): boolean {
    const short = /^-([ACDIRLSFZNXPE])$/.exec(word)?.[1];
    const long =
      word.startsWith('--') && word.length > 4 ? Object.keys(ACTIONS).filter((n) => n.startsWith(word)) : [];
    const action =
      (short as Action | undefined) ??
      ACTIONS[word] ??
      (long.length === 1 ? ACTIONS[long[0] ?? ''] : undefined);
    if (!action) return false;
    if (this.#action) throw new UsageProblem(`Cannot use -${action} with -${this.#action}`);
    this.#action = action;
    const next = this.words[this.#at];
    if (CHAIN_NEEDED.includes(action)) {
      if (next === undefined) throw new UsageProblem(`option "-${action}" requires an argument`);
      this.#chain = this.#chainName(next, action);
      this.#at++;
    } else if (next !== undefined && !next.startsWith('-') && next !== '!') {
      this.#chain = next;
      this.#at++;
    }
    if (this.#chain === undefined) return true;
    const third = this.words[this.#at];
    if (third !== undefined && !third.startsWith('-') && third !== '!') {
      if (NUMBERED.includes(action)) {
        this.#at++;
        if (!/^\d+$/.test(third) || Number(third) === 0)
          throw new UsageProblem(`Invalid rule number \`${third}'`);
        this.#number = Number(third);
      } else if (action === 'P' || action === 'E') {
        this.#at++;
        this.#extra = third;
      }
    } else if (action === 'P') throw new UsageProblem('-P requires a chain and a policy');
    else if (action === 'E') throw new UsageProblem('-E requires old-chain-name and new-chain-name');
    return true;
  }

  #chainName(name: string, action: Action): string {
    if (action !== 'N' && action !== 'E') return name;
    if (/^[-!]/.test(name))
      throw new UsageProblem(`chain name not allowed to start with \`${name[0] ?? ''}'`);
    if (name.length > 28) throw new UsageProblem(`chain name \`${name}' too long (must be under 29 chars)`);
    return name;
  }

  #ruleOption(word: string): void {
    let option = word;
    const negated = word === '!';
    if (negated) {
      option = this.words[this.#at++] ?? '';
      if (option === '') throw new UsageProblem('nothing appropriate following !');
    }
    const value = (): string => {
      const found = this.words[this.#at++];
      if (found === undefined) throw new UsageProblem(`option "${option}" requires an argument`);
      return found;
    };
    if (option.startsWith('--') && option.includes('=')) {
      const cut = option.indexOf('=');
      const inline = option.slice(cut + 1);
      if (this.#rule.take(option.slice(0, cut), negated, () => inline)) return;
    } else if (this.#rule.take(option, negated, value)) return;
    if (option.startsWith('-')) throw new UsageProblem(`unknown option "${option}"`);
    throw new BadArgument(option);
  }
}
