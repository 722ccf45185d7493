// The terminal's shell: runs parsed lines over the command table, with pipes, lists and redirections.
import { parseLine, type Pipeline, type SimpleCommand } from './parse-line';
import { done, failed, type Command, type CommandContext, type Result } from './types';

export type ShellWorld = Pick<CommandContext, 'cluster' | 'console' | 'files'>;

export class Shell {
  readonly #commands: ReadonlyMap<string, Command>;
  readonly #world: ShellWorld;

  constructor(commands: readonly Command[], world: ShellWorld) {
    this.#commands = new Map(commands.map((c) => [c.name, c]));
    this.#world = world;
  }

  /** Names of the commands on this console, sorted. */
  get commands(): readonly string[] {
    const { kind } = this.#world.console;
    return [...this.#commands.values()]
      .filter((c) => c.on.includes(kind))
      .map((c) => c.name)
      .sort();
  }

  /** Runs one line and returns all that it printed and the last exit code. */
  run(line: string): Result {
    const parsed = parseLine(line);
    if (!parsed.ok) return failed(`-bash: ${parsed.message}`, 2);
    let stdout = '';
    let stderr = '';
    let exit = 0;
    for (const pipeline of parsed.pipelines) {
      if (pipeline.after === 'success' && exit !== 0) continue;
      if (pipeline.after === 'failure' && exit === 0) continue;
      const result = this.#pipeline(pipeline);
      stdout += result.stdout;
      stderr += result.stderr;
      exit = result.exit;
    }
    return { stdout, stderr, exit };
  }

  /** What may complete the last word of a line. */
  complete(line: string): readonly string[] {
    const lastCommand = line.split(/\||&&|;/).at(-1) ?? '';
    const words = lastCommand.trimStart().split(/\s+/);
    const word = words.at(-1) ?? '';
    const candidates =
      words.length <= 1 ? this.commands : this.#find(words[0] ?? '')?.complete?.(words, this.#world);
    return (candidates ?? []).filter((c) => c.startsWith(word)).toSorted();
  }

  #find(name: string): Command | undefined {
    const command = this.#commands.get(name);
    return command?.on.includes(this.#world.console.kind) ? command : undefined;
  }

  #pipeline({ commands }: Pipeline): Result {
    let piped: string | undefined;
    let stderr = '';
    let last = done();
    for (const command of commands) {
      last = this.#simple(command, piped);
      stderr += last.stderr;
      piped = last.stdout;
    }
    return { ...last, stderr };
  }

  #simple(command: SimpleCommand, piped: string | undefined): Result {
    const [name = '', ...args] = command.words;
    const { files } = this.#world;
    let stdin = piped;
    if (command.stdin !== undefined) {
      stdin = files.read(command.stdin);
      if (stdin === undefined) return failed(`-bash: ${command.stdin}: No such file or directory`);
    }
    const program = this.#find(name);
    const result = program
      ? program.run({ ...this.#world, args, stdin })
      : failed(`-bash: ${name}: command not found`, 127);
    if (!command.stdout) return result;
    const { file, append } = command.stdout;
    const before = append ? (files.read(file) ?? '') : '';
    if (!files.write(file, before + result.stdout)) return failed(`-bash: ${file}: Permission denied`);
    return { ...result, stdout: '' };
  }
}
