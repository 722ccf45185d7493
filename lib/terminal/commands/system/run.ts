// Programs that run others or tell of time: xargs, watch, time, timeout, sh, sleep, date, env, which, help, clear.
import { captured } from '../../process';
import { strftime } from '../../text/dates';
import {
  done,
  EVERYWHERE,
  failed,
  type Command,
  type CommandContext,
  type Process,
  type Result,
} from '../../types';
import { linesOf, readOptions } from '../text/options';

const command = (
  name: string,
  summary: string,
  run: (context: CommandContext) => Result | Process,
  reads: Command['reads'] = 'none',
): Command => ({ name, summary, on: EVERYWHERE, reads, run });

function* xargs(context: CommandContext): Process {
  const options = readOptions('xargs', context.args, { flags: 'rt0', valued: 'nIdLP', leading: true });
  if ('exit' in options) {
    yield { kind: 'stderr', text: options.stderr };
    return options.exit;
  }
  const value = (name: string): string | undefined => options.values.get(name)?.at(-1);
  const text = yield* context.input.all();
  const words = options.rest.length ? options.rest : ['echo'];
  const mark = value('I');
  const delimiter = options.flags.has('0') ? '\0' : value('d')?.replace('\\n', '\n');
  const items =
    mark !== undefined
      ? linesOf(text)
          .map((l) => l.trim())
          .filter((l) => l !== '')
      : delimiter !== undefined
        ? text.split(delimiter).filter((t) => t !== '' && t !== '\n')
        : (text.match(/(?:"[^"]*"|'[^']*'|\\.|[^\s"'\\])+/g) ?? []).map((w) => w.replace(/["'\\]/g, ''));
  const size = mark === undefined ? Number(value('n') ?? 5_000) || 5_000 : 1;
  if (items.length === 0 && options.flags.has('r')) return 0;
  let exit = 0;
  for (let i = 0; i < Math.max(1, items.length); i += size) {
    const group = items.slice(i, i + size);
    if (mark !== undefined && group.length === 0) break;
    const line =
      mark === undefined ? [...words, ...group] : words.map((w) => w.replaceAll(mark, group[0] ?? ''));
    const status = yield* context.child(line, { stdin: '' });
    if (status === 127) return 127;
    if (status !== 0) exit = 123;
  }
  return exit;
}

/** Runs a command again and again; the screen is cleared before each picture. */
function* watch(context: CommandContext): Process {
  const options = readOptions('watch', context.args, {
    flags: 'dtegbcx',
    valued: 'n',
    long: { 'interval=': 'n', differences: 'd', 'no-title': 't' },
    leading: true,
  });
  if ('exit' in options) {
    yield { kind: 'stderr', text: options.stderr };
    return options.exit;
  }
  const line = options.rest.join(' ');
  const seconds = Number(options.values.get('n')?.at(-1) ?? 2);
  if (line === '') {
    yield { kind: 'stderr', text: 'Usage:\n watch [options] command\n' };
    return 1;
  }
  if (!Number.isFinite(seconds) || seconds < 0) {
    yield {
      kind: 'stderr',
      text: `watch: failed to parse argument: '${options.values.get('n')?.at(-1) ?? ''}': Invalid argument\n`,
    };
    return 1;
  }
  for (;;) {
    const { stdout, stderr } = yield* captured(context.script(line, { stdin: '' }));
    yield { kind: 'request', request: { kind: 'clear' } };
    const every = `Every ${Math.max(0.1, seconds).toFixed(1)}s: ${line}`;
    const where = `${hostname(context)}: ${strftime('%a %b %e %H:%M:%S %Y', context.cluster.now)}`;
    const title = options.flags.has('t')
      ? ''
      : `${every}${' '.repeat(Math.max(1, 80 - every.length - where.length))}${where}\n\n`;
    yield { kind: 'stdout', text: title + stdout + stderr };
    yield { kind: 'wait', ms: Math.max(0.1, seconds) * 1000, idle: true };
  }
}

const hostname = ({ console }: CommandContext): string =>
  console.kind === 'control' ? 'control' : console.name;

const UNITS: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400 };

/** "1.5m" in milliseconds. */
function duration(text: string): number | undefined {
  const found = /^(\d+\.?\d*|\.\d+)([smhd]?)$/.exec(text);
  return found ? Number(found[1]) * (UNITS[found[2] ?? ''] ?? 1) * 1000 : undefined;
}

function* sleep({ args }: CommandContext): Process {
  if (args.length === 0) {
    yield { kind: 'stderr', text: "sleep: missing operand\nTry 'sleep --help' for more information.\n" };
    return 1;
  }
  let ms = 0;
  for (const arg of args) {
    const own = arg === 'infinity' ? Infinity : duration(arg);
    if (own === undefined) {
      yield {
        kind: 'stderr',
        text: `sleep: invalid time interval ‘${arg}’\nTry 'sleep --help' for more information.\n`,
      };
      return 1;
    }
    ms += own;
  }
  if (ms === Infinity) for (;;) yield { kind: 'wait', ms: 3_600_000, idle: true };
  yield { kind: 'wait', ms: Math.min(ms, 30 * 86_400_000) };
  return 0;
}

/** Ends a command as by SIGTERM when its time is over. */
function* timeout(context: CommandContext): Process {
  const options = readOptions('timeout', context.args, {
    flags: 'v',
    valued: 'ks',
    leading: true,
    exit: 125,
  });
  if ('exit' in options) {
    yield { kind: 'stderr', text: options.stderr };
    return options.exit;
  }
  const [limit = '', ...words] = options.rest;
  const ms = duration(limit);
  if (ms === undefined || words.length === 0) {
    yield {
      kind: 'stderr',
      text: ms === undefined ? `timeout: invalid time interval ‘${limit}’\n` : 'timeout: missing operand\n',
    };
    return 125;
  }
  const end = context.cluster.now + ms;
  const process = context.child(words);
  let next = process.next();
  while (!next.done) {
    const step = next.value;
    const left = end - context.cluster.now;
    if (
      (step.kind === 'wait' && step.ms > left) ||
      (step.kind === 'event' && (step.timeoutMs ?? Infinity) > left)
    ) {
      if (step.kind === 'event' && left > 0) {
        next = process.next(yield { kind: 'event', timeoutMs: left });
        if (context.cluster.now < end) continue;
      } else if (left > 0) yield { kind: 'wait', ms: left };
      process.return(124);
      return 124;
    }
    next = process.next(yield step);
  }
  return next.value;
}

function date({ args, cluster }: CommandContext): Result {
  const format = args.find((a) => a.startsWith('+'));
  const other = args.find(
    (a) => !a.startsWith('+') && !['-u', '--utc', '-R', '-Iseconds', '-I', '--iso-8601=seconds'].includes(a),
  );
  if (other !== undefined) return failed(`date: invalid date ‘${other}’`);
  if (args.includes('-R')) return done(`${strftime('%a, %d %b %Y %T %z', cluster.now)}\n`);
  if (args.includes('-Iseconds') || args.includes('--iso-8601=seconds'))
    return done(`${strftime('%FT%T', cluster.now)}+00:00\n`);
  return done(`${strftime(format?.slice(1) ?? '%a %b %e %T %Z %Y', cluster.now)}\n`);
}

function* env(context: CommandContext): Process {
  const assigned: Record<string, string> = {};
  let at = 0;
  for (; /^[A-Za-z_]\w*=/.test(context.args[at] ?? ''); at++) {
    const [name = '', ...value] = (context.args[at] ?? '').split('=');
    assigned[name] = value.join('=');
  }
  const words = context.args.slice(at);
  if (words.length > 0) return yield* context.child(words, { env: assigned });
  const all = Object.entries({ ...context.env, ...assigned });
  yield { kind: 'stdout', text: all.map(([name, value]) => `${name}=${value}\n`).join('') };
  return 0;
}

function printenv({ args: [name], env: variables }: CommandContext): Result {
  if (name === undefined)
    return done(
      Object.entries(variables)
        .map(([n, v]) => `${n}=${v}\n`)
        .join(''),
    );
  const value = variables[name];
  return value === undefined ? failed('', 1) : done(`${value}\n`);
}

function which({ args, programs }: CommandContext): Result {
  const known = new Set(programs.map((p) => p.name));
  const found = args.filter((a) => known.has(a));
  return {
    stdout: found.map((n) => `/usr/bin/${n}\n`).join(''),
    stderr: '',
    exit: found.length === args.length ? 0 : 1,
  };
}

/** sh -c TEXT, sh FILE ARGS…, or the text on standard input. */
function* sh(context: CommandContext, shell: 'sh' | 'bash' = 'sh'): Process {
  const [first, ...rest] = context.args.filter(
    (a, i, all) => !(/^-[exul]+$/.test(a) && !all.slice(0, i).includes('-c')),
  );
  if (first === '-c') {
    const [text, ...words] = rest;
    if (text !== undefined) return yield* context.script(text, { shell, ...(words.length ? { words } : {}) });
    yield { kind: 'stderr', text: 'sh: 0: -c requires an argument\n' };
    return 2;
  }
  if (first === undefined) return yield* context.script(yield* context.input.all(), { shell });
  const text = context.files.read(first);
  if (text !== undefined) return yield* context.script(text, { shell, words: [first, ...rest] });
  yield { kind: 'stderr', text: `sh: 0: cannot open ${first}: No such file\n` };
  return 2;
}

function help({ programs, console }: CommandContext): Result {
  const where = { control: 'the control machine', node: 'a node', pod: 'a Pod' }[console.kind];
  const width = Math.max(...programs.map((p) => p.name.length));
  const lines = programs.map((p) => `  ${p.name.padEnd(width)}  ${p.summary ?? ''}`.trimEnd());
  return done(
    `Programs on ${where}:\n${lines.join('\n')}\n\nThe shell knows pipes, > and <, &&, ||, ;, variables, $(…), $((…)), here-documents, if, for, while, case and functions.\nTab completes, Ctrl-C ends, the arrows walk the history.\n`,
  );
}

export const RUN_COMMANDS: readonly Command[] = [
  command('xargs', 'builds command lines from its input', xargs, 'stream'),
  command('watch', 'runs a command again and again', watch),
  command('sleep', 'waits, in virtual time', sleep),
  command('timeout', 'runs a command with a time limit', timeout),
  command('date', "the cluster's clock", date),
  command('env', 'prints or sets variables', env),
  command('printenv', 'prints variables', printenv),
  command('which', 'where a program is', which),
  command('sh', 'runs a script', (context) => sh(context), 'stream'),
  command('bash', 'runs a script', (context) => sh(context, 'bash'), 'stream'),
  { ...command('ash', 'runs a script', (context) => sh(context), 'stream'), on: ['pod'] },
  command('help', 'lists the programs', help),
  command('clear', 'clears the screen', () => ({
    stdout: '',
    stderr: '',
    exit: 0,
    request: { kind: 'clear' },
  })),
];
