// `ksvc`: the simulated cluster on the command line. One table entry a command.
import { UsageError, type CliIo } from './io';
import { labCommand } from './lab';
import { rulesCommand } from './rules';
import { serveCommand } from './serve';
import { shellCommand } from './shell';
import { traceCommand } from './trace';

interface Command {
  readonly summary: string;
  run(args: readonly string[], io: CliIo): number | Promise<number>;
}

const COMMANDS: Readonly<Record<string, Command>> = {
  rules: { summary: 'what kube-proxy on a node writes', run: rulesCommand },
  trace: { summary: 'the ways that a new connection can go', run: traceCommand },
  serve: { summary: 'a Kubernetes API server for a real kubectl', run: serveCommand },
  lab: { summary: 'lists, grades and replays the labs', run: (args, io) => labCommand([...args], io) },
  shell: { summary: 'the terminal, lines from stdin', run: (args, io) => shellCommand(args, io) },
};

const HELP = `ksvc: a simulated Kubernetes cluster on the command line

${Object.entries(COMMANDS)
  .map(([name, { summary }]) => `  ksvc ${name.padEnd(8)} ${summary}`)
  .join('\n')}

ksvc COMMAND --help tells more.
`;

/** Runs one command line (the words after `ksvc`); resolves to the exit code: 0, 1 (not so), 2 (bad usage or input). */
export async function main(argv: readonly string[], io: CliIo): Promise<number> {
  const [name, ...args] = argv;
  if (name === undefined || name === '--help' || name === 'help') {
    io.out(HELP);
    return name === undefined ? 2 : 0;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) {
    io.err(`ksvc: no command "${name}"; ksvc --help lists them\n`);
    return 2;
  }
  try {
    return await command.run(args, io);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    io.err(`ksvc ${name}: ${error.message}\n`);
    return 2;
  }
}
