// `-h`: kubectl's usage line, commands and flags with their shorthands and defaults, in its order; the sentences are our own.
import {
  childrenOf,
  commandAt,
  flagsIn,
  fullName,
  GLOBALS,
  usageOf,
  type CommandInfo,
  type FlagInfo,
} from './flag-table';
import { flagWords } from './flag-words';

/** The help of a command. */
export function helpText(command: CommandInfo, minor: number): string {
  const about =
    command.path.length === 0 ? 'kubectl controls the Kubernetes cluster manager.' : `${command.summary}.`;
  return `${about}\n\n${usageText(command, minor)}`;
}

/** The help without its first sentence. */
export function usageText(command: CommandInfo, minor: number): string {
  const children = childrenOf(command.path);
  const sections: string[] = [];
  if (command.aliases.length > 0)
    sections.push(`Aliases:\n${[command.path.at(-1) ?? '', ...command.aliases].join(', ')}`);
  if (children.length > 0) sections.push(...childSections(command, children));
  const flags = flagsIn(command, minor);
  const path = command.path.join(' ');
  if (flags.length > 0) sections.push(`Options:\n${flags.map((f) => flagText(f, path)).join('\n\n')}`);
  sections.push(`Usage:\n  ${usageOf(command, minor)}`);
  const more =
    children.length > 0
      ? [`Use "${fullName(command)} <command> --help" for more information about a given command.`]
      : [];
  sections.push(
    [
      ...more,
      'Use "kubectl options" for a list of global command-line options (applies to all commands).',
    ].join('\n'),
  );
  return `${sections.join('\n\n')}\n`;
}

/** `kubectl options`: the flags of all commands. */
export const globalOptionsText = (): string =>
  `The following options can be passed to any command:\n\n${GLOBALS.map((f) => flagText(f, '')).join('\n\n')}\n`;

const GROUPS: readonly (readonly [string, string])[] = [
  ['Basic Commands (Beginner)', 'create expose run set'],
  ['Basic Commands (Intermediate)', 'explain get edit delete'],
  ['Deploy Commands', 'rollout scale autoscale'],
  ['Cluster Management Commands', 'certificate cluster-info top cordon uncordon drain taint'],
  [
    'Troubleshooting and Debugging Commands',
    'describe logs attach exec port-forward proxy cp auth debug events',
  ],
  ['Advanced Commands', 'diff apply patch replace wait kustomize'],
  ['Settings Commands', 'label annotate completion'],
  ['Subcommands provided by plugins', ''],
  ['Other Commands', 'api-resources api-versions config plugin version'],
];

function childSections(command: CommandInfo, children: readonly CommandInfo[]): readonly string[] {
  const width = Math.max(...children.map((c) => (c.path.at(-1) ?? '').length), 11) + 3;
  const line = (c: CommandInfo): string => `\n  ${(c.path.at(-1) ?? '').padEnd(width)}${c.summary}`;
  if (command.path.length > 0) return [`Available Commands:${children.map(line).join('')}`];
  return GROUPS.map(([title, names]) => {
    const members = names.split(' ').flatMap((n) => (n === '' ? [] : (commandAt([n]) ?? [])));
    return `${title}:${members.map(line).join('')}`;
  });
}

function flagText({ name, shorthand, type, default: value }: FlagInfo, command: string): string {
  const shown =
    type === 'slice' || type === 'array' ? `[${value}]` : type === 'string' ? `'${value}'` : value;
  const words = flagWords(command, name);
  return `    ${shorthand === '' ? '' : `-${shorthand}, `}--${name}=${shown}:${words === undefined ? '' : `\n\t${words}`}`;
}
