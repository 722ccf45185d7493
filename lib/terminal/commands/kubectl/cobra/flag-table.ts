// The command tree with its flags, read from the text tables. A flag's type follows from its default, as pflag prints it:
// true/false bool, [] a list split at commas (stringSlice), {} a list as given (stringArray), 0s a duration, a number an int.
import { GLOBAL_FLAGS } from './global-flags';
import { OTHER_COMMANDS } from './commands-read';
import { WRITE_COMMANDS } from './commands-write';

export type FlagType = 'bool' | 'string' | 'int' | 'duration' | 'slice' | 'array';

export interface FlagInfo {
  readonly name: string;
  readonly shorthand: string;
  readonly type: FlagType;
  readonly default: string;
  /** First minor version that has it. */
  readonly since: number;
  /** Value if the flag stands without one. */
  readonly noValue?: string;
}

export interface CommandInfo {
  /** Words after `kubectl`. */
  readonly path: readonly string[];
  readonly aliases: readonly string[];
  readonly summary: string;
  readonly usage: string;
  readonly flags: readonly FlagInfo[];
}

const NO_VALUE: Readonly<Record<string, string>> = {
  'dry-run': 'unchanged',
  validate: 'strict',
  cascade: 'background',
};

function flagOf(token: string): FlagInfo {
  const [, shorthand = '', name = '', rest = ''] = /^(?:(\w),)?([\w-]+)=(.*)$/.exec(token) ?? [];
  const [, value = '', since = '28'] = /^(.*?)(?:@(\d\d))?$/.exec(rest) ?? [];
  const type = typeOf(value);
  const noValue = type === 'bool' ? 'true' : NO_VALUE[name];
  const plain = value.startsWith('"') ? (JSON.parse(value) as string) : value;
  return {
    name,
    shorthand,
    type,
    default: type === 'slice' || type === 'array' ? plain.slice(1, -1) : plain,
    since: Number(since),
    ...(noValue === undefined ? {} : { noValue }),
  };
}

function typeOf(value: string): FlagType {
  if (value === 'true' || value === 'false') return 'bool';
  if (value.startsWith('[')) return 'slice';
  if (value.startsWith('{')) return 'array';
  if (/^-?\d+$/.test(value)) return 'int';
  return /^(\d+m)?\d+s$/.test(value) ? 'duration' : 'string';
}

const flagsOf = (line: string): readonly FlagInfo[] => line.trim().split(' ').filter(Boolean).map(flagOf);

function readTable(text: string): CommandInfo[] {
  const commands: CommandInfo[] = [];
  for (const line of text.trim().split('\n')) {
    const last = commands.at(-1);
    if (line.startsWith('  kubectl') && last) commands.splice(-1, 1, { ...last, usage: line.trim() });
    else if (line.startsWith('  ') && last) commands.splice(-1, 1, { ...last, flags: flagsOf(line) });
    else {
      const [, path = '', aliases = '', summary = ''] =
        /^([\w -]+?)(?: \(([\w -]+)\))?: ?(.*)$/.exec(line) ?? [];
      commands.push({
        path: path === 'kubectl' ? [] : path.split(' '),
        aliases: aliases.split(' ').filter(Boolean),
        summary,
        usage: '',
        flags: [],
      });
    }
  }
  return commands;
}

export const GLOBALS: readonly FlagInfo[] = flagsOf(GLOBAL_FLAGS);
const commands: readonly CommandInfo[] = [...readTable(WRITE_COMMANDS), ...readTable(OTHER_COMMANDS)];
const byPath = new Map(commands.map((c) => [c.path.join(' '), c]));

/** The command at a path. */
export const commandAt = (path: readonly string[]): CommandInfo | undefined => byPath.get(path.join(' '));

/** The commands directly below a path, in the order of kubectl's help. */
export const childrenOf = (path: readonly string[]): readonly CommandInfo[] =>
  commands.filter((c) => c.path.length === path.length + 1 && path.every((word, i) => c.path[i] === word));

/** A child by its name or an alias. */
export const childNamed = (path: readonly string[], word: string): CommandInfo | undefined =>
  childrenOf(path).find((c) => c.path.at(-1) === word || c.aliases.includes(word));

/** `kubectl create service` */
export const fullName = (command: Pick<CommandInfo, 'path'>): string =>
  ['kubectl', ...command.path].join(' ');
