// Programs behind the prompt (`&`): each goes on by itself as time passes and things happen, until it ends, is brought back (fg) or is
// told to end (kill). Running programs are no plain data: a cluster that is rewound ends them.
import type { Cluster } from '@/lib/sim';
import { Foreground, type Print } from './foreground';
import { LimitReached } from './shell/state';
import type { JobEnd, JobTable, ShellJob } from './shell/host';
import type { Process } from './types';

/** So many may run at a time in one terminal. */
const MOST = 32;
/** The first process number; each job has the next. */
const FIRST_PID = 2101;
/** Numbers of the signals that end a program (signal(7)). */
const SIGNAL_NUMBERS: Readonly<Record<Exclude<JobEnd, 'exit'>, number>> = {
  HUP: 1,
  INT: 2,
  QUIT: 3,
  KILL: 9,
  TERM: 15,
};

interface Job extends ShellJob {
  readonly program: Foreground;
  ended: { readonly how: JobEnd; readonly exit: number } | undefined;
}

export class Jobs implements JobTable {
  readonly #cluster: Cluster;
  readonly #print: Print;
  #jobs: Job[] = [];
  #nextPid = FIRST_PID;

  constructor(cluster: Cluster, print: Print) {
    this.#cluster = cluster;
    this.#print = print;
  }

  /** A program that is to run; undefined: too many run already. */
  add(process: Process, text: string, owner: object): ShellJob | undefined {
    if (this.#jobs.filter((job) => !job.ended).length >= MOST) return undefined;
    const own = this.#jobs.filter((job) => job.owner === owner).map((job) => job.number);
    const job: Job = {
      number: Math.max(0, ...own) + 1,
      pid: this.#nextPid++,
      text,
      owner,
      program: new Foreground(limited(process), this.#cluster, this.#print, { paced: true }),
      ended: undefined,
    };
    this.#jobs.push(job);
    return job;
  }

  begin(job: ShellJob): void {
    this.#jobs.find((one) => one === job)?.program.go();
    this.#settle();
  }

  /** Jobs of one shell, oldest first; those that have ended stay until they are reported. */
  of(owner: object): readonly ShellJob[] {
    return this.#jobs.filter((job) => job.owner === owner);
  }

  withPid(pid: number): ShellJob | undefined {
    return this.#jobs.find((job) => job.pid === pid && !job.ended);
  }

  /** Programs that run, by what they wait for. */
  get running(): readonly Foreground[] {
    return this.#jobs.filter((job) => !job.ended).map((job) => job.program);
  }

  /** Time has passed or something has happened: programs that waited for it go on. */
  wake(): void {
    for (const job of this.#jobs) if (!job.ended) job.program.wake();
    this.#settle();
  }

  /** Brings a job back before the prompt: it goes on as this process. */
  take(job: ShellJob): Process {
    const own = this.#jobs.find((one) => one === job);
    if (!own) throw new Error('no job of this table');
    this.#jobs = this.#jobs.filter((one) => one !== own);
    return own.program.release();
  }

  end(job: ShellJob, how: Exclude<JobEnd, 'exit'>): void {
    const own = this.#jobs.find((one) => one === job);
    if (!own || own.ended) return;
    if (how === 'INT') own.program.interrupt();
    else own.program.kill(128 + SIGNAL_NUMBERS[how]);
    own.ended = { how, exit: 128 + SIGNAL_NUMBERS[how] };
  }

  /** Ends all of them, as a terminal that is closed does. */
  endAll(): void {
    for (const job of this.#jobs) this.end(job, 'HUP');
    this.#jobs = [];
  }

  disown(job: ShellJob): void {
    this.#jobs = this.#jobs.map((one) => (one === job ? { ...one, owner: this } : one));
  }

  forget(job: ShellJob): void {
    this.#jobs = this.#jobs.filter((one) => one !== job);
  }

  #settle(): void {
    for (const job of this.#jobs)
      if (!job.ended && job.program.exit !== undefined) job.ended = { how: 'exit', exit: job.program.exit };
  }
}

/** A limit that a program behind the prompt reaches ends that program alone. */
function* limited(process: Process): Process {
  try {
    return yield* process;
  } catch (error) {
    if (!(error instanceof LimitReached)) throw error;
    yield { kind: 'stderr', text: `-bash: ${error.message}\n` };
    return 1;
  }
}
