// What a shell remembers from one command to the next, and the ways out of a command that is not the end of it.
import type { ShellKind } from '../images';
import type { ShellCommand } from './syntax';

export interface Variable {
  readonly value: string;
  readonly exported: boolean;
}

export class ShellState {
  variables = new Map<string, Variable>();
  functions = new Map<string, ShellCommand>();
  /** $1, $2 … */
  positional: readonly string[] = [];
  /** $0: how the shell names itself in messages. */
  name = '-bash';
  /** Whose messages it prints. */
  kind: ShellKind = 'bash';
  /** A person types the lines; bash then does not number them. */
  interactive = true;
  /** $? */
  exit = 0;
  /** $!: the process that was started last behind the prompt. */
  lastBehind = '';
  /** A copy that runs apart: what it starts is not the prompt's. */
  isSubshell = false;
  cwd = '/';
  previousCwd: string | undefined;

  get(name: string): string | undefined {
    return this.variables.get(name)?.value;
  }

  set(name: string, value: string): void {
    this.variables.set(name, { value, exported: this.variables.get(name)?.exported ?? false });
  }

  export(name: string, value = this.get(name) ?? ''): void {
    this.variables.set(name, { value, exported: true });
  }

  get environment(): Record<string, string> {
    return Object.fromEntries(
      [...this.variables].filter(([, v]) => v.exported).map(([name, v]) => [name, v.value]),
    );
  }

  /** What stands before the shell's own messages: main/error.c of dash, ash_vmsg of BusyBox, error_prolog of bash. */
  get prologue(): string {
    if (this.kind === 'ash') return this.name;
    if (this.kind === 'dash') return `${this.name}: 1`;
    return this.interactive ? this.name : `${this.name}: line 1`;
  }

  /** A subshell's state: what it changes is lost. */
  copy(): ShellState {
    const copy = new ShellState();
    copy.variables = new Map(this.variables);
    copy.functions = new Map(this.functions);
    copy.positional = this.positional;
    copy.name = this.name;
    copy.kind = this.kind;
    copy.interactive = this.interactive;
    copy.exit = this.exit;
    copy.lastBehind = this.lastBehind;
    copy.isSubshell = true;
    copy.cwd = this.cwd;
    copy.previousCwd = this.previousCwd;
    return copy;
  }
}

/** break, continue, return and exit leave what they stand in; caught by the interpreter. */
export class Leave extends Error {
  constructor(
    readonly how: 'break' | 'continue' | 'return' | 'exit',
    /** Loops to leave, or the exit code. */
    readonly value: number,
  ) {
    super(how);
  }
}

/** What one command line may do, so that no loop hangs the terminal. */
export class Budget {
  #commands = 20_000;
  #output = 64 * 1024 * 1024;
  #depth = 0;

  /** One more command is run. */
  command(): void {
    if (--this.#commands < 0)
      throw new LimitReached('stopped after 20000 commands: a line may not run more of them');
  }

  /** A function, a script or a shell begins inside another. */
  enter(): void {
    if (++this.#depth > 60)
      throw new LimitReached('stopped: functions and scripts call each other deeper than 60 levels');
  }
  leave(): void {
    this.#depth--;
  }

  output(text: string): void {
    this.#output -= text.length;
    if (this.#output < 0) throw new LimitReached('stopped after 64 MB of output: a line may not print more');
  }
}

/** A limit of the terminal was reached: one sentence for the person at it. */
export class LimitReached extends Error {}
