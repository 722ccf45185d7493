import { expect, test } from 'vitest';
import { childrenOf, commandAt, flagsIn, usageOf, type CommandInfo } from './flag-table';
import { helpText } from './help';

const at = (path: string): CommandInfo => {
  const command = commandAt(path.split(' ').filter(Boolean));
  if (!command) throw new Error(`no command ${path}`);
  return command;
};

const all = (path: readonly string[] = []): readonly CommandInfo[] =>
  childrenOf(path).flatMap((child) => [child, ...all(child.path)]);

test('every command has a usage line in every version', () => {
  for (const command of all())
    for (let minor = 28; minor <= 33; minor++)
      expect(usageOf(command, minor), command.path.join(' ')).toMatch(/^kubectl /);
});

test('a flag is shown with its shorthand, its default and a sentence', () => {
  expect(helpText(at('get'), 32)).toContain(`    -l, --selector='':\n\tOnly objects with these labels`);
  expect(helpText(at('expose'), 32)).toContain(`Usage:\n  kubectl expose (-f FILENAME | TYPE NAME)`);
});

test('what only some versions have is shown in those', () => {
  const shorthand = (minor: number) =>
    flagsIn(at('explain'), minor).find((f) => f.name === 'output')?.shorthand;
  expect([28, 31, 32, 33].map(shorthand)).toEqual(['', '', 'o', '']);
  expect(helpText(at('wait'), 31)).not.toContain('--for=create');
  expect(helpText(at('wait'), 32)).toContain('--for=create');
});
