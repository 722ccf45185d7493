// A program in a container whose standard streams are somewhere else: what `kubectl exec` and `attach` are connected to. With a terminal
// a shell is interactive: it prompts, and lines are edited.
import type { Cluster } from '@/lib/sim';
import type { Disks } from './files/disks';
import { Foreground } from './foreground';
import { LineEditor } from './line-editor';
import { isShell } from './pod-words';
import { asked, BufferedInput } from './process';
import { Session } from './session';
import type { Console, Unstartable } from './types';

export interface PodProgramOptions {
  readonly cluster: Cluster;
  readonly disks: Disks;
  readonly console: Extract<Console, { kind: 'pod' }>;
  readonly words: readonly string[];
  readonly tty: boolean;
  /** Somebody may send standard input; otherwise it is empty. */
  readonly stdin: boolean;
  /** With a terminal all is standard output, and line ends are CR LF. */
  readonly print: (stream: 'stdout' | 'stderr', text: string) => void;
}

/** So much may be printed between two pauses: an archive of all files of a Pod goes through. */
const OUTPUT_LIMIT = 64 * 1024 * 1024;
const MORE = '> ';
/** A process that SIGKILL ended. */
export const KILLED = 137;

/** Why these words cannot be run in this container; undefined: they can. */
export const unstartableIn = (
  options: Pick<PodProgramOptions, 'cluster' | 'console' | 'disks' | 'words'>,
): Unstartable | undefined => new Session(options).unstartable(options.words[0] ?? '');

export class PodProgram {
  readonly #options: PodProgramOptions;
  readonly #session: Session;
  readonly #editor: LineEditor | undefined;
  readonly #interactive: boolean;
  #running: Foreground | undefined;
  #exit: number | undefined;
  /** Standard input that is no terminal has ended: whoever reads it later finds its end too. */
  #inputEnded = false;
  /** Lines that wait for more. */
  #begun: string | undefined;

  /** Starts it. The words must be startable (`unstartableIn`). */
  constructor(options: PodProgramOptions) {
    this.#options = options;
    this.#session = new Session(options);
    const { tty, stdin, words } = options;
    this.#interactive = tty && stdin && isShell(words);
    this.#editor = tty
      ? new LineEditor({
          echo: (text) => options.print('stdout', text),
          line: (text) => this.#line(text),
          interrupt: () => this.#interrupt(),
          end: () => this.endInput(),
        })
      : undefined;
    if (this.#interactive) this.#prompt();
    else this.#run(this.#session.exec(words, { tty, input: this.#input() }));
  }

  /** undefined while it runs. */
  get exit(): number | undefined {
    return this.#exit;
  }

  /** Nothing will happen before time has passed. */
  get waitsForTime(): boolean {
    const waiting = this.#running?.waiting;
    return waiting !== undefined && waiting.for !== 'input';
  }

  /** What somebody sent: keys of a terminal, or a piece of a file. */
  input(text: string): void {
    if (this.#exit !== undefined || text === '') return;
    if (this.#editor) this.#editor.feed(text);
    else this.#running?.input(text);
    this.#settle();
  }

  endInput(): void {
    if (this.#exit !== undefined) return;
    this.#inputEnded = !this.#editor;
    if (this.#running) this.#running.endInput();
    else if (this.#interactive) this.#exit = this.#session.exit;
    this.#settle();
  }

  /** Time has passed. */
  wake(): void {
    this.#running?.wake();
    this.#settle();
  }

  /** Ends it as by SIGKILL. */
  kill(): void {
    this.#running?.interrupt();
    this.#running = undefined;
    this.#exit ??= KILLED;
  }

  #input(): BufferedInput {
    const { tty, stdin } = this.#options;
    return stdin ? new BufferedInput(tty, asked) : BufferedInput.of('');
  }

  #run(process: ReturnType<Session['exec']>): void {
    this.#running = new Foreground(process, this.#options.cluster, (kind, text) => this.#print(kind, text), {
      paced: true,
      outputLimit: OUTPUT_LIMIT,
    });
    this.#running.go();
    this.#settle();
  }

  #print(kind: string, text: string): void {
    const { print, tty } = this.#options;
    if (kind === 'cut') print(tty ? 'stdout' : 'stderr', 'stopped: so much output at once is not sent\r\n');
    else if (kind === 'clear') print('stdout', '\x1b[H\x1b[2J');
    else if (kind === 'stdout' || kind === 'stderr')
      print(tty ? 'stdout' : kind, tty ? text.replace(/\r?\n/g, '\r\n') : text);
  }

  #line(text: string): void {
    if (this.#running) return this.#running.input(`${text}\n`);
    if (!this.#interactive) return;
    const whole = this.#begun === undefined ? text : `${this.#begun}\n${text}`;
    if (this.#session.isIncomplete(whole)) {
      this.#begun = whole;
      this.#options.print('stdout', MORE);
      return;
    }
    this.#begun = undefined;
    this.#run(this.#session.run(whole));
  }

  #interrupt(): void {
    this.#begun = undefined;
    if (this.#running) this.#running.interrupt();
    else this.#prompt();
  }

  /** A command that is done gives the prompt back; a program that is done is the end. */
  #settle(): void {
    while (this.#inputEnded && this.#running?.waiting?.for === 'input') this.#running.endInput();
    const exit = this.#running?.exit;
    if (exit === undefined) return;
    this.#running = undefined;
    if (!this.#interactive) this.#exit = exit;
    else if (this.#session.ended) this.#exit = this.#session.exit;
    else this.#prompt();
  }

  #prompt(): void {
    this.#options.print('stdout', this.#session.prompt);
  }
}
