// `-h`: the usage line, the commands below and the flags, in kubectl's order. The long prose and the examples are left out.
import { childrenOf, commandAt, fullName, GLOBALS, type CommandInfo, type FlagInfo } from './flag-table';

/** The help of a command. */
export function helpText(command: CommandInfo, minor: number): string {
  const children = childrenOf(command.path);
  const sections: string[] = [];
  sections.push(
    command.path.length === 0 ? 'kubectl controls the Kubernetes cluster manager.' : `${command.summary}.`,
  );
  if (command.aliases.length > 0)
    sections.push(`Aliases:\n${[command.path.at(-1) ?? '', ...command.aliases].join(', ')}`);
  if (children.length > 0) sections.push(...childSections(command, children));
  const flags = command.flags.filter((f) => f.since <= minor);
  if (flags.length > 0) sections.push(`Options:\n${flags.map(flagText).join('\n\n')}`);
  sections.push(`Usage:\n  ${command.usage}`);
  const name = fullName(command);
  const more =
    children.length > 0 ? [`Use "${name} <command> --help" for more information about a given command.`] : [];
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
  `The following options can be passed to any command:\n\n${GLOBALS.map(flagText).join('\n\n')}\n`;

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
  ['Other Commands', 'api-resources api-versions config version'],
];

function childSections(command: CommandInfo, children: readonly CommandInfo[]): readonly string[] {
  const width = Math.max(...children.map((c) => (c.path.at(-1) ?? '').length), 11) + 3;
  const line = (c: CommandInfo): string => `  ${(c.path.at(-1) ?? '').padEnd(width)}${c.summary}`;
  if (command.path.length > 0) return [`Available Commands:\n${children.map(line).join('\n')}`];
  return GROUPS.map(([title, names]) => {
    const members = names.split(' ').flatMap((n) => commandAt([n]) ?? []);
    return `${title}:\n${members.map(line).join('\n')}`;
  });
}

function flagText({ name, shorthand, type, default: value }: FlagInfo): string {
  const shown =
    type === 'slice' || type === 'array' ? `[${value}]` : type === 'string' ? `'${value}'` : value;
  return `    ${shorthand === '' ? '' : `-${shorthand}, `}--${name}=${shown}:`;
}
