// What a command of the terminal gets and gives: text in, text out, and an exit code, as a process on a real machine has them.
import type { Cluster } from '@/lib/sim';

/** Where a console stands: the control machine (kubectl), a node, or inside a Pod. */
export type Console =
  | { readonly kind: 'control' }
  | { readonly kind: 'node'; readonly name: string }
  | { readonly kind: 'pod'; readonly namespace: string; readonly name: string };

export interface Result {
  readonly stdout: string;
  readonly stderr: string;
  readonly exit: number;
}

/** The files of the working directory: the editor's on the page, a folder on disk in `ksvc shell`. */
export interface Files {
  list(): readonly string[];
  read(name: string): string | undefined;
  /** false: the file may not be written. */
  write(name: string, text: string): boolean;
}

export interface CommandContext {
  readonly args: readonly string[];
  /** undefined: nothing is piped in. */
  readonly stdin: string | undefined;
  readonly cluster: Cluster;
  readonly console: Console;
  readonly files: Files;
}

export interface Command {
  readonly name: string;
  /** Consoles on which the program is installed. */
  readonly on: readonly Console['kind'][];
  run(context: CommandContext): Result;
  /** Words that may stand at the cursor, given those before it. */
  complete?(words: readonly string[], context: Omit<CommandContext, 'args' | 'stdin'>): readonly string[];
}

export const done = (stdout = ''): Result => ({ stdout, stderr: '', exit: 0 });
export const failed = (stderr: string, exit = 1, stdout = ''): Result => ({
  stdout,
  stderr: stderr.endsWith('\n') || stderr === '' ? stderr : stderr + '\n',
  exit,
});
export const EVERYWHERE: Command['on'] = ['control', 'node', 'pod'];
