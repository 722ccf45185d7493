// What a shell stands in: a console with its programs and files.
import type { ChildOptions, Command, CommandContext, Files, Input, Process } from '../types';
import type { Budget, ShellState } from './state';

/** A shell for a child process. */
export interface ChildShell {
  words(words: readonly string[], input: Input): Process;
  text(text: string, input: Input): Process;
  unstartable: CommandContext['unstartable'];
}

/** What ended a job: it returned, or a signal. */
export type JobEnd = 'exit' | 'HUP' | 'INT' | 'QUIT' | 'KILL' | 'TERM';

/** A program behind the prompt. */
export interface ShellJob {
  /** %1, %2 … */
  readonly number: number;
  readonly pid: number;
  /** The command as it was typed, without `&`. */
  readonly text: string;
  /** The shell that started it. */
  readonly owner: object;
  /** undefined: it runs. */
  readonly ended: { readonly how: JobEnd; readonly exit: number } | undefined;
}

/** The programs behind the prompt of one terminal. */
export interface JobTable {
  /** A program that is to run; undefined: too many run already. */
  add(process: Process, text: string, owner: object): ShellJob | undefined;
  begin(job: ShellJob): void;
  /** Jobs of one shell, oldest first, those included that have ended and were not reported. */
  of(owner: object): readonly ShellJob[];
  /** Whoever started it. */
  withPid(pid: number): ShellJob | undefined;
  /** Brings a job back before the prompt. */
  take(job: ShellJob): Process;
  end(job: ShellJob, how: Exclude<JobEnd, 'exit'>): void;
  /** The shell does not know it any more. */
  disown(job: ShellJob): void;
  /** An ended job was reported. */
  forget(job: ShellJob): void;
}

/** What a shell stands in: a console with its programs and files. */
export interface ShellHost {
  budget(): Budget;
  program(name: string): Command | undefined;
  readonly programs: readonly Command[];
  files(state: ShellState): Files;
  /** The rest of a program's context. */
  surroundings(): Pick<CommandContext, 'cluster' | 'console' | 'history' | 'forwards'>;
  /** A shell for a child: on another console, or here. */
  shell(options: ChildOptions & { readonly from: ShellState }): ChildShell;
  readonly jobs: JobTable;
}
