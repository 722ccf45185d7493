// jobs, fg, bg, wait, kill: bash(1), JOB CONTROL. There is no Ctrl-Z here: a program runs before the prompt or behind it.
import { done, failed, type Process, type Result, type Steps } from '../types';
import type { Builtin, BuiltinContext } from './builtin';
import type { JobEnd, ShellJob } from './host';
import { jobLine } from './job-words';

/** How often `wait` looks whether a job that waits for nothing has ended, ms. */
const LOOK_MS = 1_000;

const all = ({ jobs, state }: BuiltinContext): readonly ShellJob[] => jobs.of(state);
const complain = ({ state }: BuiltinContext, message: string, exit = 1): Result =>
  failed(`${state.prologue}: ${message}`, exit);

/** The job that "%2", "%", "%+", "%-", "%kubectl" or "%?web" names. */
function jobNamed(spec: string, context: BuiltinContext): ShellJob | undefined {
  const jobs = all(context);
  const running = jobs.filter((job) => !job.ended);
  const text = spec.replace(/^%/, '');
  if (text === '' || text === '+' || text === '%') return running.at(-1) ?? jobs.at(-1);
  if (text === '-') return running.at(-2) ?? running.at(-1);
  if (/^\d+$/.test(text)) return jobs.find((job) => job.number === Number(text));
  return jobs.find((job) =>
    text.startsWith('?') ? job.text.includes(text.slice(1)) : job.text.startsWith(text),
  );
}

/** Each shell has its own words for a job that there is not. */
function noSuchJob(builtin: string, spec: string | undefined, context: BuiltinContext): Result {
  const { kind } = context.state;
  if (kind === 'bash') return complain(context, `${builtin}: ${spec ?? 'current'}: no such job`);
  if (spec === undefined) return complain(context, `${builtin}: No current job`, 2);
  return complain(
    context,
    kind === 'dash' ? `${builtin}: No such job: ${spec}` : `${builtin}: ${spec}: no such job`,
    2,
  );
}

const jobs: Builtin = (args, context) => {
  const option = args.filter((arg) => /^-[lprs]+$/.test(arg)).join('');
  const named = args.filter((arg) => !arg.startsWith('-'));
  const listed: ShellJob[] = [];
  for (const spec of named) {
    const job = jobNamed(spec, context);
    if (!job) return noSuchJob('jobs', spec, context);
    listed.push(job);
  }
  const every = all(context);
  // The Almquist shells list the current job first.
  const order = context.state.kind === 'bash' ? every : [...every].reverse();
  const shown = (named.length > 0 ? listed : order).filter(
    (job) => !(option.includes('r') && job.ended) && !option.includes('s'),
  );
  const long = option.includes('l');
  const text = shown
    .map((job) => (option.includes('p') ? `${job.pid}\n` : jobLine(job, every, context.state.kind, { long })))
    .join('');
  for (const job of shown) if (job.ended) context.jobs.forget(job);
  return done(text);
};

const fg: Builtin = (args, context) => {
  const [spec] = args;
  const job = jobNamed(spec ?? '%', context);
  if (!job || job.ended) return noSuchJob('fg', spec, context);
  return resumed(job, context);
};

function* resumed(job: ShellJob, { jobs: table }: BuiltinContext): Process {
  yield { kind: 'stdout', text: `${job.text}\n` };
  return yield* table.take(job);
}

const bg: Builtin = (args, context) => {
  const [spec] = args;
  const job = jobNamed(spec ?? '%', context);
  if (!job || job.ended) return noSuchJob('bg', spec, context);
  // None is ever stopped.
  return context.state.kind === 'bash'
    ? failed(`${context.state.prologue}: bg: job ${job.number} already in background`, 0)
    : done();
};

function* wait(args: readonly string[], context: BuiltinContext): Process {
  const any = args.includes('-n');
  const named = args.filter((arg) => !arg.startsWith('-'));
  if (any) return yield* first(context);
  if (named.length === 0) {
    for (const job of all(context)) yield* ending(job);
    return 0;
  }
  let exit = 0;
  for (const spec of named) {
    const job = spec.startsWith('%')
      ? jobNamed(spec, context)
      : all(context).find((one) => one.pid === Number(spec));
    if (job) exit = yield* ending(job);
    else exit = yield* notAChild(spec, context);
  }
  return exit;
}

function* notAChild(spec: string, context: BuiltinContext): Steps<number> {
  const text = spec.startsWith('%')
    ? `wait: ${spec}: no such job`
    : /^\d+$/.test(spec)
      ? `wait: pid ${spec} is not a child of this shell`
      : `wait: \`${spec}': not a pid or valid job spec`;
  // dash and ash only return.
  if (context.state.kind === 'bash') yield { kind: 'stderr', text: `${context.state.prologue}: ${text}\n` };
  return /^[%\d]/.test(spec) ? 127 : 1;
}

function* first(context: BuiltinContext): Steps<number> {
  const running = all(context).filter((job) => !job.ended);
  if (running.length === 0) return 127;
  for (;;) {
    const ended = running.find((job) => job.ended);
    if (ended?.ended) return ended.ended.exit;
    yield { kind: 'event', timeoutMs: LOOK_MS };
  }
}

/** Until a job has ended; its exit code. */
function* ending(job: ShellJob): Steps<number> {
  while (!job.ended) yield { kind: 'event', timeoutMs: LOOK_MS };
  return job.ended.exit;
}

const BY_NUMBER: Readonly<Record<string, Exclude<JobEnd, 'exit'>>> = {
  1: 'HUP',
  2: 'INT',
  3: 'QUIT',
  9: 'KILL',
  15: 'TERM',
};
/** Signals that end none of the programs here. */
const HARMLESS = new Set(['0', 'CONT', 'CHLD', 'WINCH', 'URG', '18', '17', '28', '23']);

function signalOf(text: string): Exclude<JobEnd, 'exit'> | 'none' | undefined {
  const name = text.toUpperCase().replace(/^SIG/, '');
  if (HARMLESS.has(name)) return 'none';
  return BY_NUMBER[name] ?? Object.values(BY_NUMBER).find((one) => one === name);
}

const USAGE = 'usage: kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]';

const kill: Builtin = (args, context) => {
  const rest = [...args];
  let asked = 'TERM';
  if (rest[0] === '-s' || rest[0] === '-n') [, asked = ''] = rest.splice(0, 2);
  else if (rest[0] !== '--' && /^-./.test(rest[0] ?? '')) asked = (rest.shift() ?? '').slice(1);
  if (rest[0] === '--') rest.shift();
  const { kind } = context.state;
  if (rest.length === 0) {
    if (kind === 'bash') return failed(`kill: ${USAGE}`, 2);
    return complain(
      context,
      kind === 'dash'
        ? 'kill: Usage: kill [-s sigspec | -signum | -sigspec] [pid | job]... or\nkill -l [exitstatus]'
        : 'you need to specify whom to kill',
      kind === 'dash' ? 2 : 1,
    );
  }
  const signal = signalOf(asked);
  if (!signal) return complain(context, badSignal(asked, kind));
  let stderr = '';
  for (const spec of rest) stderr += killed(spec, signal, context);
  return { stdout: '', stderr, exit: stderr === '' ? 0 : 1 };
};

const badSignal = (text: string, kind: BuiltinContext['state']['kind']): string =>
  kind === 'bash' ? `kill: ${text}: invalid signal specification` : `kill: bad signal name '${text}'`;

/** What is said of one target; '' if all is well. */
function killed(spec: string, signal: ReturnType<typeof signalOf>, context: BuiltinContext): string {
  const { state, jobs: table } = context;
  const job = spec.startsWith('%') ? jobNamed(spec, context) : table.withPid(Number(spec));
  if (job) {
    if (signal && signal !== 'none') table.end(job, signal);
    return '';
  }
  if (spec.startsWith('%')) return noSuchJob('kill', spec, context).stderr;
  if (!/^-?\d+$/.test(spec))
    return `${state.prologue}: kill: ${spec}: arguments must be process or job IDs\n`;
  if (state.kind === 'bash') return `${state.prologue}: kill: (${spec}) - No such process\n`;
  return state.kind === 'dash'
    ? `${state.prologue}: kill: No such process\n`
    : `${state.prologue}: can't kill pid ${spec}: No such process\n`;
}

/** By name. */
export const JOB_BUILTINS: readonly (readonly [string, Builtin])[] = [
  ['jobs', jobs],
  ['fg', fg],
  ['bg', bg],
  ['wait', wait],
  ['kill', kill],
  ['disown', (args, context) => disown(args, context)],
];

/** The job goes on and is not the shell's any more. */
function disown(args: readonly string[], context: BuiltinContext): Result {
  const [spec] = args.filter((arg) => !arg.startsWith('-'));
  const job = jobNamed(spec ?? '%', context);
  if (!job) return noSuchJob('disown', spec, context);
  context.jobs.disown(job);
  return done();
}
