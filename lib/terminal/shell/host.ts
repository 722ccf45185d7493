// What a shell stands in: a console with its programs and files.
import type { ChildOptions, Command, CommandContext, Files, Input, Process, Steps } from '../types';
import type { Budget, ShellState } from './state';

/** A shell for a child process. */
export interface ChildShell {
  words(words: readonly string[], input: Input): Process;
  text(text: string, input: Input): Process;
  unstartable: CommandContext['unstartable'];
}

/** What a shell stands in: a console with its programs and files. */
export interface ShellHost {
  budget(): Budget;
  program(name: string): Command | undefined;
  readonly programs: readonly Command[];
  files(state: ShellState): Files;
  /** The rest of a program's context. */
  surroundings(): Pick<CommandContext, 'cluster' | 'console' | 'history'>;
  /** A shell for a child: on another console, or here. */
  shell(options: ChildOptions & { readonly from: ShellState }): ChildShell;
  /** Starts a process behind the prompt (`&`); undefined: not here. */
  background?(process: Process, text: string): Steps<void>;
}
