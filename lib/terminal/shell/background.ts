// `&`: a list of commands runs behind the prompt in a subshell of its own (bash(1), Lists; POSIX.1-2017, 2.9.3 Asynchronous Lists).
import type { Process, Steps } from '../types';
import type { ShellHost } from './host';
import { Budget, type ShellState } from './state';
import { jobLine } from './job-words';

interface Behind {
  /** As it was typed. */
  readonly text: string;
  readonly host: ShellHost;
  readonly state: ShellState;
}

/**
 * Starts a list of commands that may do as much as a line of its own; bash says number and process, dash and ash say nothing. Returns
 * the exit code, which is 0 for what was started.
 */
export function* startBehind({ text, host, state }: Behind, run: (host: ShellHost) => Process): Process {
  const budget = new Budget();
  const job = host.jobs.add(run({ ...host, budget: () => budget }), text, state);
  if (!job) {
    yield { kind: 'stderr', text: `${state.prologue}: fork: retry: Resource temporarily unavailable\n` };
    return 254;
  }
  state.lastBehind = String(job.pid);
  if (state.interactive && !state.isSubshell && state.kind === 'bash')
    yield { kind: 'stderr', text: `[${job.number}] ${job.pid}\n` };
  host.jobs.begin(job);
  return 0;
}

/** What an interactive shell says before its next prompt of the jobs that have ended; they are forgotten then. */
export function* reportEnded({ jobs }: ShellHost, state: ShellState): Steps<void> {
  const all = jobs.of(state);
  for (const job of all) {
    if (!job.ended) continue;
    // A person who pressed Ctrl-C knows.
    if (state.interactive) yield { kind: 'stderr', text: jobLine(job, all, state.kind) };
    jobs.forget(job);
  }
}
