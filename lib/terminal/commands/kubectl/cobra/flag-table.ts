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
  /** First and last minor version that have it so. */
  readonly since: number;
  readonly until: number;
  /** Value if the flag stands without one. */
  readonly noValue?: string;
}

/** A usage line, and the minor versions that print it. */
export interface Usage {
  readonly text: string;
  readonly since: number;
  readonly until: number;
}

export interface CommandInfo {
  /** Words after `kubectl`. */
  readonly path: readonly string[];
  readonly aliases: readonly string[];
  readonly summary: string;
  readonly usages: readonly Usage[];
  readonly flags: readonly FlagInfo[];
}

const NO_VALUE: Readonly<Record<string, string>> = {
  'dry-run': 'unchanged',
  validate: 'strict',
  cascade: 'background',
};

function flagOf(token: string): FlagInfo {
  const [, shorthand = '', name = '', rest = ''] = /^(?:(\w),)?([\w-]+)=(.*)$/.exec(token) ?? [];
  const [, value = '', since = '28', until = '99'] = /^(.*?)(?:@(\d\d)(?:-(\d\d))?)?$/.exec(rest) ?? [];
  const type = typeOf(value);
  const noValue = type === 'bool' ? 'true' : NO_VALUE[name];
  const plain = value.startsWith('"') ? (JSON.parse(value) as string) : value;
  return {
    name,
    shorthand,
    type,
    default: type === 'slice' || type === 'array' ? plain.slice(1, -1) : plain,
    since: Number(since),
    until: Number(until),
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
    const usage = /^  (?:@(\d\d)(?:-(\d\d))? )?(kubectl.*)$/.exec(line);
    if (usage && last)
      commands.splice(-1, 1, {
        ...last,
        usages: [
          ...last.usages,
          { text: usage[3] ?? '', since: Number(usage[1] ?? 28), until: Number(usage[2] ?? 99) },
        ],
      });
    else if (line.startsWith('  ') && last) commands.splice(-1, 1, { ...last, flags: flagsOf(line) });
    else {
      const [, path = '', aliases = '', summary = ''] =
        /^([\w -]+?)(?: \(([\w -]+)\))?: ?(.*)$/.exec(line) ?? [];
      commands.push({
        path: path === 'kubectl' ? [] : path.split(' '),
        aliases: aliases.split(' ').filter(Boolean),
        summary,
        usages: [],
        flags: [],
      });
    }
  }
  return commands;
}

export const GLOBALS: readonly FlagInfo[] = flagsOf(GLOBAL_FLAGS);
const commands: readonly CommandInfo[] = [...readTable(WRITE_COMMANDS), ...readTable(OTHER_COMMANDS)];
const byPath = new Map(commands.map((c) => [c.path.join(' '), c]));

/** What a version of kubectl has, of things that came or went. */
const inMinor =
  (minor: number) =>
  ({ since, until }: { readonly since: number; readonly until: number }): boolean =>
    since <= minor && minor <= until;

/** A command's own flags in a version. */
export const flagsIn = ({ flags }: CommandInfo, minor: number): readonly FlagInfo[] =>
  flags.filter(inMinor(minor));

/** The usage line in a version. */
export const usageOf = ({ usages }: CommandInfo, minor: number): string =>
  usages.find(inMinor(minor))?.text ?? '';

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
