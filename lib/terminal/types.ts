// The process model of the terminal: what a program gets and gives. A short program returns all that it printed; one that takes
// time (`kubectl get -w`, `watch`, `ping`) is a generator of steps, which whoever runs it carries out: the page's worker in real
// time, `ksvc shell` and the tests by letting the virtual clock jump (drive.ts).
import type { Cluster } from '@/lib/sim';
import type { Forwards } from './net/forwards';

/** Where a console stands: the control machine (kubectl), a node, or inside a Pod. */
export type Console =
  | { readonly kind: 'control' }
  | { readonly kind: 'node'; readonly name: string }
  | {
      readonly kind: 'pod';
      readonly namespace: string;
      readonly name: string;
      readonly container?: string;
      /** Which shell was asked for; default: the one that the image's users take. */
      readonly shell?: 'sh' | 'bash';
    };

/** All that a short program did. */
export interface Result {
  readonly stdout: string;
  readonly stderr: string;
  readonly exit: number;
  /** What it asks of the session (another console, the page's editor …), after its output. */
  readonly request?: SessionRequest;
}

/** A container's own program to which `kubectl run -i` is attached: with it, the container ends. */
export interface MainProgram {
  readonly namespace: string;
  readonly name: string;
  readonly container: string;
  readonly tty: boolean;
  /** `--rm` */
  readonly remove: boolean;
}

export type SessionRequest =
  /** `ssh node-2`, `kubectl exec -it POD -- sh`: the lines that follow are run there, until `exit`. */
  | { readonly kind: 'console'; readonly console: Console; readonly main?: MainProgram }
  /** `exit`: back to the console before; out of the last one it ends the session. */
  | { readonly kind: 'leave' }
  /** `clear` */
  | { readonly kind: 'clear' }
  /** `vi FILE`, `nano FILE`: the page opens the file in its editor. `path` is absolute. */
  | { readonly kind: 'open-file'; readonly path: string };

export type Step =
  | { readonly kind: 'stdout'; readonly text: string }
  | { readonly kind: 'stderr'; readonly text: string }
  /**
   * Virtual time passes. `idle`: an endless program's pause; where nobody can press Ctrl-C, it may be ended. `interrupted`: what the
   * program still says on standard error if Ctrl-C ends it here.
   */
  | { readonly kind: 'wait'; readonly ms: number; readonly idle?: true; readonly interrupted?: string }
  /** Until something happens in the cluster, or `timeoutMs` of virtual time have passed. `interrupted` as above. */
  | { readonly kind: 'event'; readonly timeoutMs?: number; readonly interrupted?: string }
  /** Between one command and the next. Where the clock jumps, the cluster may come to rest. */
  | { readonly kind: 'pause' }
  /** Resumed with what comes next on standard input (a chunk that ends in a line end, or the rest), undefined at its end. */
  | { readonly kind: 'read' }
  /** `kubectl edit`: resumed with the text as it was saved, undefined where there is no editor. */
  | { readonly kind: 'edit'; readonly name: string; readonly text: string }
  | { readonly kind: 'request'; readonly request: SessionRequest };

/** A running program: yields steps, returns the exit code. Ctrl-C is the generator's `return`; the exit code is then 130. */
export type Process = Generator<Step, number, string | undefined>;

/** A step in a computation that returns something else than an exit code. */
export type Steps<T> = Generator<Step, T, string | undefined>;

/** Files as a program sees them: paths are absolute, or relative to the working directory. */
export interface Files {
  /** Names in a folder (default: the working directory), sorted. Empty if there is no such folder. */
  list(folder?: string): readonly string[];
  /** undefined: there is no such file, or it is a folder. */
  read(path: string): string | undefined;
  /** false: the file may not be written. */
  write(path: string, text: string): boolean;
  kind(path: string): 'file' | 'folder' | undefined;
  /** false: it is not there, or may not be removed. */
  remove(path: string): boolean;
  /** false: the folder it should stand in is not there, or may not be written. */
  makeFolder(path: string): boolean;
  /** The absolute path. */
  resolve(path: string): string;
}

/** Standard input of a program that reads as it goes. */
export interface Input {
  /** Nothing is piped in: a person types. */
  readonly isTerminal: boolean;
  /** The next line with its line end, undefined at the end. */
  line(): Steps<string | undefined>;
  /** What is there next: one or more lines. */
  chunk(): Steps<string | undefined>;
  all(): Steps<string>;
}

export interface ChildOptions {
  /** Default: the same console. */
  readonly console?: Console;
  readonly stdin?: string;
  /** $0, $1, $2 … of a script. */
  readonly words?: readonly string[];
  /** The shell that a script is for; default: sh. */
  readonly shell?: 'sh' | 'bash';
  /** Additional variables. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Why a program cannot be started (execvp(3)). */
export type Unstartable = 'not-in-path' | 'no-file' | 'folder';

export interface CommandContext {
  readonly args: readonly string[];
  /** All that is piped in, for a program that reads it all; undefined: nothing is. */
  readonly stdin: string | undefined;
  readonly input: Input;
  readonly cluster: Cluster;
  readonly console: Console;
  /** Ports of the control machine that are forwarded to Pods. */
  readonly forwards: Forwards;
  readonly files: Files;
  readonly cwd: string;
  /** Exported variables. */
  readonly env: Readonly<Record<string, string>>;
  /** Lines typed so far in the session, oldest first. */
  readonly history: readonly string[];
  /** Runs a program: words as they are, no shell in between. */
  child(words: readonly string[], options?: ChildOptions): Process;
  /** Runs the text of a script in a shell of its own (`sh -c`). */
  script(text: string, options?: ChildOptions): Process;
  /** Why `child` would find no program of this name; undefined: it finds one. What only a shell knows is none. */
  unstartable(name: string, options?: ChildOptions): Unstartable | undefined;
  /** Programs on this console, sorted. */
  readonly programs: readonly Command[];
}

/** What a completion may look at. */
export type CompletionContext = Pick<CommandContext, 'cluster' | 'console' | 'files' | 'env'>;

/** How a program takes its standard input: all of it before it starts (`context.stdin`), not at all, or as it goes (`context.input`). */
export type Reads = 'all' | 'none' | 'stream';

export interface Command {
  readonly name: string;
  /** One line for `help`; English, as manual pages are. */
  readonly summary?: string;
  /** Consoles on which the program is installed. */
  readonly on: readonly Console['kind'][];
  /** BusyBox's program of this name; images.ts says where it stands in for the usual one. */
  readonly flavour?: 'busybox';
  /** Default: 'all'. */
  readonly reads?: Reads | ((args: readonly string[]) => Reads);
  run(context: CommandContext): Result | Process;
  /** Words that may stand at the cursor, given those before it (the last one is what is being typed). */
  complete?(words: readonly string[], context: CompletionContext): readonly string[];
}

export const done = (stdout = ''): Result => ({ stdout, stderr: '', exit: 0 });
export const failed = (stderr: string, exit = 1, stdout = ''): Result => ({
  stdout,
  stderr: stderr.endsWith('\n') || stderr === '' ? stderr : stderr + '\n',
  exit,
});
export const EVERYWHERE: Command['on'] = ['control', 'node', 'pod'];
