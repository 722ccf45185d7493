// What a builtin command of the shell is given, and what it gives.
import type { Command, Files, Input, Process, Result } from '../types';
import type { JobTable } from './host';
import type { ShellState } from './state';

export interface BuiltinContext {
  readonly state: ShellState;
  readonly files: Files;
  readonly input: Input;
  readonly env: Readonly<Record<string, string>>;
  readonly history: readonly string[];
  readonly jobs: JobTable;
  program(name: string): Command | undefined;
  /** Runs a text in this shell. */
  source(text: string): Process;
  /** Runs words as a command, not as a function. */
  run(words: readonly string[]): Process;
}

export type Builtin = (args: readonly string[], context: BuiltinContext) => Result | Process;
