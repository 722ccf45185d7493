// How shells write a job in a list and in a report: bash jobs.c (pretty_print_job), dash and BusyBox shell/ash.c (showjob).
import type { ShellKind } from '../images';
import type { ShellJob } from './host';

const SIGNALS = {
  HUP: 'Hangup',
  INT: 'Interrupt',
  QUIT: 'Quit',
  KILL: 'Killed',
  TERM: 'Terminated',
} as const;

/** "Running", "Done", "Exit 1", "Terminated" …; the Almquist shells write "Done(1)". */
function statusOf({ ended }: ShellJob, kind: ShellKind): string {
  if (!ended) return 'Running';
  if (ended.how !== 'exit') return SIGNALS[ended.how];
  if (ended.exit === 0) return 'Done';
  return kind === 'bash' ? `Exit ${ended.exit}` : `Done(${ended.exit})`;
}

/** + the job that `fg` takes, - the one before it. */
export function markOf(job: ShellJob, all: readonly ShellJob[]): '+' | '-' | ' ' {
  if (all.at(-1) === job) return '+';
  return all.at(-2) === job ? '-' : ' ';
}

/** One line; `long` names the process. */
export function jobLine(
  job: ShellJob,
  all: readonly ShellJob[],
  kind: ShellKind,
  { long = false }: { readonly long?: boolean } = {},
): string {
  const status = statusOf(job, kind);
  const mark = markOf(job, all);
  const head = kind === 'dash' ? `[${job.number}] ${mark} ` : `[${job.number}]${mark}  `;
  if (kind !== 'bash') {
    const begin = head + (long ? `${job.pid} ` : '') + status;
    return `${begin.padEnd(33)}${job.text}\n`;
  }
  const pid = long ? `${String(job.pid).padStart(5)} ` : ' ';
  return `[${job.number}]${mark} ${pid}${status.padEnd(24)}${job.text}${job.ended ? '' : ' &'}\n`;
}
