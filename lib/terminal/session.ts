// One terminal: the console it stands on, what was typed, its variables and its working directory. All of it but running processes
// is plain data, so that a session is saved, rewound and resumed with the cluster.
import type { Cluster } from '@/lib/sim';
import { COMMANDS } from './commands/command-table';
import { INTERRUPTED } from './drive';
import { completeLine, type Completion } from './complete';
import { Disks } from './files/disks';
import { MachineFiles } from './files/machine-files';
import { programsOn, shellOf, toolsOn } from './images';
import { Jobs } from './jobs';
import { machineOf, promptOf } from './machine';
import { attachedProgramEnded } from './main-program';
import type { Print } from './foreground';
import { asked, BufferedInput } from './process';
import { Forwards } from './net/forwards';
import { reportEnded } from './shell/background';
import type { ShellHost } from './shell/host';
import { Interpreter } from './shell/interpreter';
import { parseScript } from './shell/parse';
import { Budget, LimitReached, ShellState, type Variable } from './shell/state';
import type {
  ChildOptions,
  Command,
  Console,
  Files,
  Input,
  MainProgram,
  Process,
  Step,
  Steps,
  Unstartable,
} from './types';

export interface SessionOptions {
  readonly cluster: Cluster;
  /** Default: the control machine. */
  readonly console?: Console;
  /** Shared by the terminals of one cluster; default: its own, in memory. */
  readonly disks?: Disks;
  readonly commands?: readonly Command[];
  /** Ports that are forwarded; shared by the terminals of one cluster. */
  readonly forwards?: Forwards;
  /** What programs behind the prompt print; default: it is printed with the line that runs meanwhile, or with the next. */
  readonly printBehind?: Print;
}

/** A shell as plain data. Functions are kept as the texts of the lines that defined them are in the history. */
interface ShellContent {
  readonly console: Console;
  readonly main?: MainProgram | undefined;
  readonly variables: readonly (readonly [string, Variable])[];
  readonly cwd: string;
  readonly exit: number;
}

export interface SessionContent {
  readonly shells: readonly ShellContent[];
  readonly history: readonly string[];
}

const HISTORY = 1_000;

interface OpenShell {
  readonly console: Console;
  /** The shell is a container's own program. */
  readonly main?: MainProgram | undefined;
  readonly interpreter: Interpreter;
}

/** What containerd adds where a container's program has a terminal (internal/cri/server/container_exec.go). */
const TTY = { TERM: 'xterm' };

export class Session {
  readonly disks: Disks;
  readonly #cluster: Cluster;
  readonly #commands: readonly Command[];
  #shells: OpenShell[];
  #history: string[] = [];
  #ended = false;
  readonly #forwards: Forwards;
  /** Programs behind the prompt. */
  readonly jobs: Jobs;
  #printedBehind: Extract<Step, { kind: 'stdout' | 'stderr' }>[] = [];

  constructor(options: SessionOptions) {
    this.#cluster = options.cluster;
    this.#commands = options.commands ?? COMMANDS;
    this.disks = options.disks ?? new Disks();
    this.#forwards = options.forwards ?? new Forwards(() => this.jobs.wake());
    this.jobs = new Jobs(this.#cluster, options.printBehind ?? ((kind, text) => this.#keep(kind, text)));
    this.#shells = [this.#open(options.console ?? { kind: 'control' })];
  }

  /** Where the next line is run. */
  get console(): Console {
    return this.#top.console;
  }
  get prompt(): string {
    if (this.#lacksShell) return '(no shell) ';
    return promptOf(this.console, this.cwd, shellOf(this.console, toolsOn(this.console, this.#cluster)));
  }
  /** $? */
  get exit(): number {
    return this.#top.interpreter.state.exit;
  }
  get cwd(): string {
    return this.#top.interpreter.state.cwd;
  }
  get history(): readonly string[] {
    return this.#history;
  }
  /** `exit` was typed in the last shell. */
  get ended(): boolean {
    return this.#ended;
  }
  get files(): Files {
    return this.#filesOf(this.console, this.cwd);
  }

  /** Whether more lines are needed before these can be run: an open quote, a loop without `done`, a here-document. */
  isIncomplete(text: string): boolean {
    const parsed = parseScript(text);
    return !parsed.ok && parsed.incomplete;
  }

  /** Runs what was typed: one line, or several that belong together. The returned process does nothing until it is driven. */
  *run(text: string): Process {
    if (text.trim() !== '') this.#history = [...this.#history, text].slice(-HISTORY);
    const { interpreter } = this.#top;
    if (this.#lacksShell && text.trim() !== 'exit') {
      yield {
        kind: 'stderr',
        text: 'This container has no shell: its image has nothing but its own program. `exit` closes.\n',
      };
      return (interpreter.state.exit = 127);
    }
    this.#budget = new Budget();
    const process = interpreter.text(text, new BufferedInput(true, asked));
    try {
      let next = process.next();
      while (!next.done) {
        const step = next.value;
        yield* this.#behind();
        if (step.kind === 'request' && step.request.kind === 'console')
          this.#shells.push({ ...this.#open(step.request.console), main: step.request.main });
        next = process.next(yield step);
      }
      yield* this.#behind();
      yield* reportEnded(this.#host(this.console), interpreter.state);
      if (interpreter.left) yield* this.#leave(interpreter);
      return next.value;
    } catch (error) {
      if (!(error instanceof LimitReached)) throw error;
      yield { kind: 'stderr', text: `-bash: ${error.message}\n` };
      return (interpreter.state.exit = 1);
    } finally {
      // Ctrl-C: what runs lets go of what it holds, as of a port that it listens on.
      process.return(INTERRUPTED);
    }
  }

  /** Runs a program on this console as a container's runtime starts it: words as they are, no shell in between, fresh variables. */
  *exec(words: readonly string[], options: { readonly tty: boolean; readonly input: Input }): Process {
    this.#budget = new Budget();
    try {
      return yield* this.#shell(this.console, options.tty ? TTY : {}).words(words, options.input);
    } catch (error) {
      if (!(error instanceof LimitReached)) throw error;
      yield { kind: 'stderr', text: `${words[0] ?? ''}: ${error.message}\n` };
      return 1;
    }
  }

  /** Why `exec` would find no program of this name; undefined: it finds one. */
  unstartable(name: string): Unstartable | undefined {
    return this.#shell(this.console, {}).unstartable(name);
  }

  /** What may stand at the cursor. */
  complete(line: string, cursor = line.length): Completion {
    return completeLine(line.slice(0, cursor), {
      programs: this.#programsOn(this.console),
      context: {
        cluster: this.#cluster,
        console: this.console,
        files: this.files,
        env: this.#top.interpreter.state.environment,
      },
      variables: [...this.#top.interpreter.state.variables.keys()],
    });
  }

  #keep(kind: Parameters<Print>[0], text: string): void {
    if (kind === 'stdout' || kind === 'stderr') this.#printedBehind.push({ kind, text });
  }

  *#behind(): Steps<void> {
    const printed = this.#printedBehind;
    this.#printedBehind = [];
    yield* printed;
  }

  /** Plain data to resume from. */
  get content(): SessionContent {
    return {
      history: this.#history,
      shells: this.#shells.map(({ console, main, interpreter: { state } }) => ({
        console,
        ...(main ? { main } : {}),
        variables: [...state.variables],
        cwd: state.cwd,
        exit: state.exit,
      })),
    };
  }
  set content({ shells, history }: SessionContent) {
    this.#history = [...history];
    this.#ended = false;
    const opened = shells.map((shell) => {
      const own = { ...this.#open(shell.console), main: shell.main };
      own.interpreter.state.variables = new Map(shell.variables);
      own.interpreter.state.cwd = shell.cwd;
      own.interpreter.state.exit = shell.exit;
      return own;
    });
    this.#shells = opened.length ? opened : [this.#open({ kind: 'control' })];
  }

  #budget = new Budget();

  /** A console of the page in a container without a shell; kubectl would have opened none. */
  get #lacksShell(): boolean {
    const tools = toolsOn(this.console, this.#cluster);
    return tools !== undefined && tools.sh === undefined;
  }

  get #top(): OpenShell {
    const top = this.#shells.at(-1);
    if (!top) throw new Error('a session has no shell');
    return top;
  }

  *#leave(interpreter: Interpreter): Steps<void> {
    interpreter.left = false;
    const main = this.#shells.length > 1 ? this.#shells.pop()?.main : undefined;
    if (this.#top.interpreter === interpreter) this.#ended = true;
    yield { kind: 'request', request: { kind: 'leave' } };
    if (!main) return;
    const { state } = this.#top.interpreter;
    state.exit = yield* attachedProgramEnded(this.#cluster, main, interpreter.state.exit);
  }

  #open(console: Console): OpenShell {
    return { console, interpreter: this.#shell(console, console.kind === 'pod' ? TTY : {}) };
  }

  #shell(console: Console, env: Readonly<Record<string, string>>): Interpreter {
    const machine = machineOf(console, this.#cluster);
    const state = new ShellState();
    for (const [name, value] of Object.entries({ ...machine.env(), ...env })) state.export(name, value);
    state.cwd = machine.cwd;
    const kind = shellOf(console, toolsOn(console, this.#cluster));
    if (kind) [state.kind, state.name] = [kind, kind === 'bash' ? 'bash' : 'sh'];
    return new Interpreter(this.#host(console), state);
  }

  #host(console: Console): ShellHost {
    const programs = this.#programsOn(console);
    const byName = new Map(programs.map((p) => [p.name, p]));
    return {
      programs,
      program: (name) => byName.get(name),
      files: (state) => this.#filesOf(console, state.cwd),
      budget: () => this.#budget,
      surroundings: () => ({
        cluster: this.#cluster,
        console,
        history: this.#history,
        forwards: this.#forwards,
      }),
      jobs: this.jobs,
      shell: (options) => this.#child(console, options),
    };
  }

  #child(
    here: Console,
    { console, env = {}, words, from, shell = 'sh' }: ChildOptions & { readonly from: ShellState },
  ): Interpreter {
    if (console) return this.#shell(console, env);
    const state = from.copy();
    state.functions = new Map();
    state.variables = new Map([...state.variables].filter(([, v]) => v.exported));
    const [name, ...positional] = words ?? [];
    const kind = shellOf(here.kind === 'pod' ? { ...here, shell } : here, toolsOn(here, this.#cluster));
    state.name = name ?? (kind && kind !== 'bash' ? 'sh' : 'bash');
    state.kind = kind ?? 'bash';
    state.interactive = false;
    state.positional = positional;
    for (const [name, value] of Object.entries(env)) state.export(name, value);
    return new Interpreter(this.#host(here), state);
  }

  #programsOn(console: Console): readonly Command[] {
    return programsOn(console, this.#commands, toolsOn(console, this.#cluster));
  }

  #filesOf(console: Console, cwd: string): Files {
    const machine = machineOf(console, this.#cluster);
    return new MachineFiles(
      {
        ...this.disks.of(machine.key),
        home: machine.home,
        system: machine.system,
      },
      cwd,
    );
  }
}
