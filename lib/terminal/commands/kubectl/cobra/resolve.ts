// From words to a command with its flags, as spf13/cobra finds it: flags may stand before the command's words too.
import {
  childNamed,
  childrenOf,
  commandAt,
  flagsIn,
  fullName,
  GLOBALS,
  type CommandInfo,
  type FlagInfo,
} from './flag-table';
import { Flags, parseFlags } from './flag-set';
import { usageText } from './help';
import { suggestions } from './suggest';

export type Resolved =
  | { readonly kind: 'run' | 'help'; readonly command: CommandInfo; readonly flags: Flags }
  /** What stands on stderr, complete; the exit code is 1 unless said. */
  | { readonly kind: 'error'; readonly message: string; readonly exit?: number };

const HELP: FlagInfo = {
  name: 'help',
  shorthand: 'h',
  type: 'bool',
  default: 'false',
  since: 28,
  until: 99,
  noValue: 'true',
};

/** Flags of a command in a version, those of all commands included. */
export const flagsOf = (command: CommandInfo, minor: number): readonly FlagInfo[] => [
  ...flagsIn(command, minor),
  ...GLOBALS.filter((g) => !command.flags.some((f) => f.name === g.name)),
  HELP,
];

/** Does the word of a flag take the next word as its value? Judged by the flags of all commands: the command is not known yet. */
function takesNext(word: string): boolean {
  if (word.includes('=')) return false;
  const flag = word.startsWith('--')
    ? GLOBALS.find((f) => f.name === word.slice(2))
    : word.length === 2
      ? GLOBALS.find((f) => f.shorthand === word.charAt(1))
      : undefined;
  return flag !== undefined && flag.noValue === undefined;
}

interface Found {
  readonly command: CommandInfo;
  /** All words but those that name the command. */
  readonly rest: readonly string[];
  /** The first word that is no flag and names no command. */
  readonly stray: string | undefined;
}

function find(words: readonly string[]): Found {
  let command = commandAt([]) as CommandInfo;
  const rest: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    if (word === '--') return { command, rest: [...rest, ...words.slice(i)], stray: undefined };
    if (word.startsWith('-') && word !== '-') {
      rest.push(word);
      if (takesNext(word) && words[i + 1] !== undefined) rest.push(words[++i] ?? '');
      continue;
    }
    const child = childNamed(command.path, word);
    if (!child) return { command, rest: [...rest, ...words.slice(i)], stray: word };
    command = child;
  }
  return { command, rest, stray: undefined };
}

/** Finds the command that the words name, and parses the rest. */
export function resolve(words: readonly string[], minor: number): Resolved {
  if (words[0] === 'help') return helpOf(words.slice(1), minor);
  const { command, rest, stray } = find(words);
  if (stray !== undefined && command.path.length === 0) return unknownCommand(stray);
  const flags = new Flags(flagsOf(command, minor));
  const problem = parseFlags(flags, rest);
  if (problem !== undefined)
    return { kind: 'error', message: `error: ${problem}\nSee '${fullName(command)} --help' for usage.\n` };
  if (flags.bool('help')) return { kind: 'help', command, flags };
  return { kind: 'run', command, flags };
}

function helpOf(words: readonly string[], minor: number): Resolved {
  const { command, stray, rest } = find(words);
  if (stray === undefined || command.path.length > 0) return { kind: 'help', command, flags: new Flags([]) };
  const topic = rest.map((w) => '`' + w + '`').join(' ');
  return {
    kind: 'error',
    message: `Unknown help topic [${topic}]\n\n\n${usageText(command, minor)}`,
    exit: 0,
  };
}

function unknownCommand(word: string): Resolved {
  const names = childrenOf([]).map((c) => c.path[0] ?? '');
  const near = suggestions(word, names);
  const hint = near.length === 0 ? '' : `\n\nDid you mean this?\n${near.map((n) => `\t${n}\n`).join('')}`;
  return {
    kind: 'error',
    message: `error: unknown command "${word}" for "kubectl"${hint.replace(/\n$/, '')}\n`,
  };
}
