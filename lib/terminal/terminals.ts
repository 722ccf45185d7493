// The terminals of one cluster, by name: "control", a node's name, or "namespace/pod". A line runs until it is done or has to wait;
// what waits goes on when time has passed, something has happened, or its input has come. So a log of lines and of time that passed
// leads to the same state wherever it is played.
import type { Cluster } from '@/lib/sim';
import { COMMANDS } from './commands/command-table';
import type { Completion } from './complete';
import { Disks, type DisksContent } from './files/disks';
import type { Volume } from './files/volume';
import { Foreground, type Waiting } from './foreground';
import { Forwards } from './net/forwards';
import { Session, type SessionContent } from './session';
import type { Command, Console, Process } from './types';

/** Lines that are no text: Ctrl-C, Ctrl-D while a program reads, and what the text of a file begins with that was edited for a program. */
export const INTERRUPT = '\x03';
export const END_OF_INPUT = '\x04';
export const SAVED_FILE = '\x02';
/** Ends what runs behind a terminal's prompt, as closing the terminal does. */
export const HANG_UP = '\x1c';

/** The files of the control machine's home: the editor's. */
export interface HomeFiles {
  list(): readonly string[];
  read(name: string): string | undefined;
  write(name: string, text: string): boolean;
}

/** What came out of a terminal, in order. */
export interface Output {
  readonly terminal: string;
  /** cut: a line printed too much; gone: the Pod is not there; open: a file for the page's editor. */
  readonly kind: 'stdout' | 'stderr' | 'clear' | 'cut' | 'gone' | 'open';
  readonly text: string;
}

export interface TerminalState {
  readonly name: string;
  readonly prompt: string;
  /** undefined: nothing runs before the prompt. */
  readonly waiting?: Waiting;
  /** Programs behind the prompt: how many, and when the first goes on by itself. */
  readonly jobs?: { readonly running: number; readonly until?: number };
}

export interface RunningTerminal {
  readonly terminal: string;
  readonly waitsFor: Waiting['for'];
  /** ms of virtual time. */
  readonly until?: number;
  /** It runs behind the prompt. */
  readonly behind?: true;
}

interface Snapshot {
  readonly sessions: readonly (readonly [string, SessionContent])[];
  readonly disks: DisksContent;
}

export class Terminals {
  readonly #cluster: Cluster;
  readonly #disks: Disks;
  readonly #commands: readonly Command[];
  readonly #forwards = new Forwards(() => this.#wakeBehind());
  #sessions = new Map<string, Session>();
  #running = new Map<string, Foreground>();
  #output: Output[] = [];

  /** `commands`: the programs that there are; default: all. */
  constructor(cluster: Cluster, files: HomeFiles, commands: readonly Command[] = COMMANDS) {
    this.#cluster = cluster;
    this.#commands = commands;
    this.#disks = new Disks(homeVolume(files));
  }

  /** Runs a line, or gives it to what runs already. Returns what was printed until it was done or had to wait. */
  run(terminal: string, line: string): { stdout: string; stderr: string; exit: number } {
    const from = this.#output.length;
    const running = this.#running.get(terminal);
    if (line === HANG_UP) this.#sessions.get(terminal)?.jobs.endAll();
    else if (running) this.#feed(terminal, running, line);
    else if (line !== INTERRUPT && line !== END_OF_INPUT && !line.startsWith(SAVED_FILE))
      this.#start(terminal, line);
    const own = this.#output.slice(from).filter((o) => o.terminal === terminal);
    const text = (kind: Output['kind']): string => own.map((o) => (o.kind === kind ? o.text : '')).join('');
    const { exit } = this.#session(terminal);
    return { stdout: text('stdout'), stderr: text('stderr'), exit };
  }

  /** Something has happened in the cluster, or time has passed: programs that waited for it go on. */
  wake(): void {
    this.#wakeBehind();
    for (const [terminal, running] of this.#running) {
      running.wake();
      this.#settle(terminal, running);
    }
  }

  #wakeBehind(): void {
    for (const session of this.#sessions.values()) session.jobs.wake();
  }

  /** Whether more lines are needed before these can be run. */
  isIncomplete(terminal: string, text: string): boolean {
    return !this.#running.has(terminal) && this.#session(terminal).isIncomplete(text);
  }

  isRunning(terminal: string): boolean {
    return this.#running.has(terminal);
  }

  /** Programs that run, and what each waits for. */
  running(): readonly RunningTerminal[] {
    const before = [...this.#running].flatMap(([terminal, { waiting }]) =>
      waiting ? [{ terminal, ...waitsFor(waiting) }] : [],
    );
    const behind = [...this.#sessions].flatMap(([terminal, { jobs }]) =>
      jobs.running.flatMap(({ waiting }) =>
        waiting ? [{ terminal, ...waitsFor(waiting), behind: true as const }] : [],
      ),
    );
    return [...before, ...behind];
  }

  complete(terminal: string, text: string, cursor: number): Completion {
    return this.#session(terminal).complete(text, cursor);
  }

  state(terminal: string): TerminalState {
    const waiting = this.#running.get(terminal)?.waiting;
    const { prompt, jobs } = this.#session(terminal);
    const behind = jobs.running.map((job) => (job.waiting && waitsFor(job.waiting).until) ?? Infinity);
    const until = Math.min(...behind);
    return {
      name: terminal,
      prompt,
      ...(waiting ? { waiting } : {}),
      ...(behind.length > 0
        ? { jobs: { running: behind.length, ...(until === Infinity ? {} : { until }) } }
        : {}),
    };
  }

  /** What was printed since this was last asked. */
  takeOutput(): readonly Output[] {
    const output = this.#output;
    this.#output = [];
    return output;
  }

  snapshot(): Snapshot {
    return {
      sessions: [...this.#sessions].map(([name, session]) => [name, session.content]),
      disks: this.#disks.content,
    };
  }

  /** What runs is ended: a running program is no plain data. */
  restore(snapshot: unknown): void {
    const { sessions, disks } = snapshot as Snapshot;
    for (const running of this.#running.values()) running.interrupt();
    for (const session of this.#sessions.values()) session.jobs.endAll();
    this.#running.clear();
    this.#disks.content = disks;
    this.#sessions = new Map();
    for (const [name, content] of sessions) this.#session(name).content = content;
  }

  #start(terminal: string, line: string): void {
    const console = consoleOf(terminal);
    if (console.kind === 'pod' && !this.#cluster.api.get('Pod', console.namespace, console.name)) {
      this.#sessions.delete(terminal);
      this.#output.push({ terminal, kind: 'gone', text: console.name });
      return;
    }
    const process: Process = this.#session(terminal).run(line);
    const running = new Foreground(process, this.#cluster, (kind, text) =>
      this.#output.push({ terminal, kind, text }),
    );
    this.#running.set(terminal, running);
    running.go();
    this.#settle(terminal, running);
  }

  #feed(terminal: string, running: Foreground, line: string): void {
    if (line === INTERRUPT) running.interrupt();
    else if (line === END_OF_INPUT) running.endInput();
    else if (line.startsWith(SAVED_FILE)) running.saved(line.slice(SAVED_FILE.length));
    else running.input(`${line}\n`);
    this.#settle(terminal, running);
  }

  /** A program that is done gives the terminal back; `exit` out of the last shell begins a new one. */
  #settle(terminal: string, running: Foreground): void {
    if (running.exit === undefined) return;
    this.#running.delete(terminal);
    const session = this.#session(terminal);
    if (!session.ended) return;
    session.jobs.endAll();
    this.#sessions.delete(terminal);
  }

  #session(terminal: string): Session {
    let session = this.#sessions.get(terminal);
    if (!session) {
      session = new Session({
        cluster: this.#cluster,
        console: consoleOf(terminal),
        disks: this.#disks,
        commands: this.#commands,
        forwards: this.#forwards,
        printBehind: (kind, text) => this.#output.push({ terminal, kind, text }),
      });
      this.#sessions.set(terminal, session);
    }
    return session;
  }
}

const waitsFor = (waiting: Waiting): Omit<RunningTerminal, 'terminal'> => ({
  waitsFor: waiting.for,
  ...('until' in waiting && waiting.until !== undefined ? { until: waiting.until } : {}),
});

/** "control", "node-1", "default/client". */
export function consoleOf(terminal: string): Console {
  if (terminal === 'control') return { kind: 'control' };
  const [namespace = '', name] = terminal.split('/');
  return name === undefined ? { kind: 'node', name: namespace } : { kind: 'pod', namespace, name };
}

/** The editor's files as a folder: flat, and none can be removed there. */
function homeVolume(files: HomeFiles): Volume {
  const nameOf = (path: string): string => path.slice(1);
  const has = (path: string): boolean => files.list().includes(nameOf(path));
  return {
    list: (folder) => (folder === '/' ? [...files.list()].sort() : []),
    read: (path) => files.read(nameOf(path)),
    write: (path, text) => !nameOf(path).includes('/') && files.write(nameOf(path), text),
    kind: (path) => (path === '/' ? 'folder' : has(path) ? 'file' : undefined),
    remove: () => false,
    makeFolder: () => false,
  };
}
