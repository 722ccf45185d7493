// A program in the foreground of a terminal: driven until it is done or has to wait. Virtual time passes only with the cluster's:
// whoever keeps the clock lets it pass and wakes the program.
import type { Cluster } from '@/lib/sim';
import { INTERRUPTED } from './drive';
import type { Process, Step } from './types';

/** What a program waits for: a moment of virtual time (ms), anything that happens in the cluster, a line of input, or a file to be edited. */
export type Waiting =
  | { readonly for: 'time'; readonly until: number }
  | { readonly for: 'event'; readonly until?: number }
  | { readonly for: 'input' }
  /** `name` is the file's path, `text` what is in it. */
  | { readonly for: 'edit'; readonly name: string; readonly text: string };

export type Print = (kind: 'stdout' | 'stderr' | 'clear' | 'cut' | 'open', text: string) => void;

/** So much of one line's output is shown; a terminal that is given more would not answer any more. */
const OUTPUT_LIMIT = 2_000_000;
/** Steps that a program may take between two pauses, so that none keeps the page waiting. */
const STEP_LIMIT = 200_000;

export interface ForegroundOptions {
  /** The clock is somebody's own: the cluster is not brought to rest between two commands. */
  readonly paced?: boolean;
  /** Characters that may be printed between two pauses. */
  readonly outputLimit?: number;
}

export class Foreground {
  readonly #process: Process;
  readonly #cluster: Cluster;
  readonly #print: Print;
  #waiting: Waiting | undefined;
  /** The step at which it waits. */
  #step: Step | undefined;
  #exit: number | undefined;
  /** What the program says if it is interrupted where it waits. */
  #lastWords: string | undefined;
  #printed = 0;
  /** Lines that were typed before the program asked for them; undefined: the end of the input. */
  #typed: (string | undefined)[] = [];

  constructor(
    process: Process,
    cluster: Cluster,
    print: Print,
    private readonly options: ForegroundOptions = {},
  ) {
    this.#process = process;
    this.#cluster = cluster;
    this.#print = print;
  }

  get waiting(): Waiting | undefined {
    return this.#exit === undefined ? this.#waiting : undefined;
  }
  /** undefined while it runs. */
  get exit(): number | undefined {
    return this.#exit;
  }

  /** Runs up to the next pause. */
  go(): void {
    this.#resume(undefined);
  }

  input(line: string | undefined): void {
    if (this.#waiting?.for === 'input') this.#resume(line);
    else this.#typed.push(line);
  }
  /** The file that it waits for was closed with this text. */
  saved(text: string): void {
    if (this.#waiting?.for === 'edit') this.#resume(text);
  }
  endInput(): void {
    this.input(undefined);
  }

  interrupt(): void {
    if (this.#exit !== undefined) return;
    if (this.#lastWords !== undefined) this.#print('stderr', this.#lastWords);
    this.kill(INTERRUPTED);
  }

  /** Ends it without a word of its own. `exit`: its exit code, 128 and the signal's number. */
  kill(exit: number): void {
    if (this.#exit !== undefined) return;
    this.#process.return(exit);
    this.#exit = exit;
  }

  /** The program goes on as part of another, from the step at which it waits. */
  release(): Process {
    const since = this.#cluster.now;
    const { until } = { until: undefined, ...this.#waiting };
    const left = Math.max(0, (until ?? since) - since);
    const step = this.#step;
    this.#step = undefined;
    this.#waiting = undefined;
    if (step?.kind === 'wait') return continued(this.#process, { ...step, ms: left });
    if (step?.kind === 'event' && step.timeoutMs !== undefined)
      return continued(this.#process, { ...step, timeoutMs: left });
    return continued(this.#process, step);
  }

  /** Goes on if what it waits for has come: as often as it would have paused meanwhile. */
  wake(): void {
    if (this.#waiting?.for === 'event') return this.#resume(undefined);
    for (let i = 0; i < STEP_LIMIT && this.#waiting?.for === 'time'; i++) {
      if (this.#waiting.until > this.#cluster.now) return;
      this.#resume(undefined);
    }
  }

  #resume(answer: string | undefined): void {
    const since = this.#waiting?.for === 'time' ? this.#waiting.until : this.#cluster.now;
    this.#waiting = undefined;
    this.#lastWords = undefined;
    this.#printed = 0;
    const limit = this.options.outputLimit ?? OUTPUT_LIMIT;
    let next = this.#process.next(answer);
    for (let steps = 0; !next.done; steps++) {
      if (steps > STEP_LIMIT || this.#printed > limit) return this.#stop();
      if (this.#pause(next.value, since)) return;
      const given = next.value.kind === 'read' ? this.#typed.shift() : undefined;
      next = this.#process.next(given);
    }
    this.#exit = next.value;
  }

  /** Whether a step has to wait; the others are carried out. */
  #pause(step: Step, since: number): boolean {
    this.#step = step;
    switch (step.kind) {
      case 'stdout':
      case 'stderr':
        this.#printed += step.text.length;
        if (this.#printed <= (this.options.outputLimit ?? OUTPUT_LIMIT)) this.#print(step.kind, step.text);
        return false;
      case 'wait':
        this.#lastWords = step.interrupted;
        this.#waiting = { for: 'time', until: since + step.ms };
        return true;
      case 'event':
        this.#lastWords = step.interrupted;
        this.#waiting = {
          for: 'event',
          ...(step.timeoutMs === undefined ? {} : { until: this.#cluster.now + step.timeoutMs }),
        };
        return true;
      case 'read':
        if (this.#typed.length > 0) return false;
        this.#waiting = { for: 'input' };
        return true;
      case 'request':
        if (step.request.kind === 'clear') this.#print('clear', '');
        if (step.request.kind === 'open-file') this.#print('open', step.request.path);
        return false;
      case 'pause':
        // As in `ksvc shell`: what a command changed has settled when the next one runs.
        if (!this.options.paced) this.#cluster.settle();
        return false;
      case 'edit':
        this.#waiting = { for: 'edit', name: step.name, text: step.text };
        return true;
    }
  }

  #stop(): void {
    this.interrupt();
    this.#print('cut', '');
  }
}

/** A process that is resumed at a step which it has yielded already. */
function* continued(process: Process, step: Step | undefined): Process {
  let finished = false;
  try {
    let next = process.next(step ? yield step : undefined);
    while (!next.done) next = process.next(yield next.value);
    finished = true;
    return next.value;
  } finally {
    if (!finished) process.return(INTERRUPTED);
  }
}
