// The authors' commands: one table entry a command. `npm run lesson:NAME -- WORDS` runs one of them.
import { lintCommand } from './lint-command';
import { UsageError, type AuthorIo } from './io';
import { newCommand } from './new-command';
import { seedCommand } from './seed-command';

interface Command {
  readonly summary: string;
  run(args: readonly string[], io: AuthorIo): number;
}

const COMMANDS: Readonly<Record<string, Command>> = {
  lint: { summary: 'what is wrong with the lessons’ texts', run: lintCommand },
  new: { summary: 'the files of a new lesson', run: newCommand },
  seed: { summary: 'where the source document’s facts are taught, checked and asked', run: seedCommand },
};

/** Runs one command; the exit code: 0 all is well, 1 something is to be mended, 2 bad usage. */
export function main(argv: readonly string[], io: AuthorIo): number {
  const [name = '', ...args] = argv;
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) {
    const known = Object.entries(COMMANDS).map(
      ([own, { summary }]) => `  lesson:${own.padEnd(6)} ${summary}\n`,
    );
    io.err(`no command "${name}"; there is\n${known.join('')}`);
    return 2;
  }
  try {
    return command.run(args, io);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    io.err(`lesson:${name}: ${error.message}\n`);
    return 2;
  }
}
