// The text tools that stand behind a pipe: cat, echo, grep, head, tail, wc, sort, uniq. Options and messages are those of GNU
// coreutils and grep, as far as they are here; another option is refused by name.
import { done, EVERYWHERE, failed, type Command, type CommandContext, type Result } from '../types';

interface Input {
  readonly name: string;
  readonly text: string;
}

/** The named files, else what is piped in. */
function inputs(
  program: string,
  names: readonly string[],
  { files, stdin }: CommandContext,
): Input[] | Result {
  if (names.length === 0) return [{ name: '', text: stdin ?? '' }];
  const read: Input[] = [];
  for (const name of names) {
    const text = name === '-' ? stdin : files.read(name);
    if (text === undefined) return failed(`${program}: ${name}: No such file or directory`);
    read.push({ name, text });
  }
  return read;
}

const isResult = (value: Input[] | Result): value is Result => 'exit' in value;
const linesOf = (text: string): string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'));
const joined = (lines: readonly string[]): string => lines.map((l) => l + '\n').join('');
const invalid = (program: string, option: string): Result =>
  failed(`${program}: invalid option -- '${option.replace(/^-+/, '')}'`, 2);

const cat: Command = {
  name: 'cat',
  on: EVERYWHERE,
  run(context) {
    const read = inputs('cat', context.args, context);
    return isResult(read) ? read : done(read.map((i) => i.text).join(''));
  },
};

const echo: Command = {
  name: 'echo',
  on: EVERYWHERE,
  run: ({ args }) => (args[0] === '-n' ? done(args.slice(1).join(' ')) : done(args.join(' ') + '\n')),
};

/** grep: a BRE is turned into a JavaScript pattern; -E is close to one already. */
function pattern(text: string, options: ReadonlySet<string>): RegExp | undefined {
  let source = text;
  if (options.has('F')) source = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  else if (!options.has('E'))
    source = text.replace(
      /\\([+?{}()|])|([+?{}()|])/g,
      (_, escaped: string | undefined, plain: string | undefined) =>
        escaped !== undefined ? escaped : `\\${plain ?? ''}`,
    );
  if (options.has('w')) source = `(?<!\\w)(?:${source})(?!\\w)`;
  try {
    return new RegExp(source, options.has('i') ? 'i' : '');
  } catch {
    return undefined;
  }
}

const grep: Command = {
  name: 'grep',
  on: EVERYWHERE,
  run(context) {
    const options = new Set<string>();
    const context_: Record<'A' | 'B', number> = { A: 0, B: 0 };
    const rest: string[] = [];
    let expression: string | undefined;
    for (let i = 0; i < context.args.length; i++) {
      const arg = context.args[i] ?? '';
      const counted = /^-([ABC])(\d*)$/.exec(arg);
      if (arg === '-e') expression = context.args[++i] ?? '';
      else if (counted) {
        const n = Number(counted[2] || context.args[++i]);
        if (counted[1] !== 'B') context_.A = n;
        if (counted[1] !== 'A') context_.B = n;
      } else if (/^-[a-zA-Z]+$/.test(arg))
        for (const o of arg.slice(1)) {
          if (!'ivcnEFwoqhHl'.includes(o)) return invalid('grep', o);
          options.add(o);
        }
      else if (expression === undefined) expression = arg;
      else rest.push(arg);
    }
    if (expression === undefined) return failed('Usage: grep [OPTION]... PATTERNS [FILE]...', 2);
    const wanted = pattern(expression, options);
    if (!wanted) return failed('grep: Invalid regular expression', 2);
    const read = inputs('grep', rest, context);
    return isResult(read) ? { ...read, exit: 2 } : grepLines(read, wanted, options, context_);
  },
};

function grepLines(
  read: readonly Input[],
  wanted: RegExp,
  options: ReadonlySet<string>,
  around: Record<'A' | 'B', number>,
): Result {
  const out: string[] = [];
  let found = false;
  for (const { name, text } of read) {
    const lines = linesOf(text);
    const hits = lines.flatMap((l, i) => (wanted.test(l) !== options.has('v') ? [i] : []));
    found ||= hits.length > 0;
    const prefix = read.length > 1 && !options.has('h') ? `${name}:` : '';
    if (options.has('c')) out.push(`${prefix}${hits.length}`);
    else if (options.has('l')) out.push(...(hits.length ? [name] : []));
    else if (options.has('o')) {
      const all = new RegExp(wanted.source, wanted.flags + 'g');
      for (const i of hits) for (const [m] of (lines[i] ?? '').matchAll(all)) if (m) out.push(prefix + m);
    } else {
      const shown = new Set(hits.flatMap((i) => range(i - around.B, i + around.A, lines.length)));
      let before = -1;
      for (const i of [...shown].sort((a, b) => a - b)) {
        if (before >= 0 && i > before + 1 && around.A + around.B > 0) out.push('--');
        before = i;
        out.push(
          `${prefix}${options.has('n') ? `${i + 1}${hits.includes(i) ? ':' : '-'}` : ''}${lines[i] ?? ''}`,
        );
      }
    }
  }
  return { stdout: options.has('q') ? '' : joined(out), stderr: '', exit: found ? 0 : 1 };
}

function range(from: number, to: number, length: number): number[] {
  const numbers: number[] = [];
  for (let i = Math.max(0, from); i <= Math.min(to, length - 1); i++) numbers.push(i);
  return numbers;
}

/** head and tail: `-n N`, `-nN`, `-N`, tail also `-n +N`. */
function partOf(name: 'head' | 'tail'): Command {
  return {
    name,
    on: EVERYWHERE,
    run(context) {
      let count = '10';
      const rest: string[] = [];
      for (let i = 0; i < context.args.length; i++) {
        const arg = context.args[i] ?? '';
        if (arg === '-n') count = context.args[++i] ?? '';
        else if (/^-n?[+-]?\d+$/.test(arg)) count = arg.replace(/^-n?/, '');
        else if (arg.startsWith('-') && arg !== '-') return invalid(name, arg);
        else rest.push(arg);
      }
      if (!/^[+-]?\d+$/.test(count)) return failed(`${name}: invalid number of lines: ‘${count}’`);
      const read = inputs(name, rest, context);
      if (isResult(read)) return read;
      const lines = linesOf(read.map((i) => i.text).join(''));
      const n = Math.abs(Number(count));
      if (name === 'head')
        return done(
          joined(count.startsWith('-') ? lines.slice(0, Math.max(0, lines.length - n)) : lines.slice(0, n)),
        );
      return done(joined(count.startsWith('+') ? lines.slice(n - 1) : n === 0 ? [] : lines.slice(-n)));
    },
  };
}

const wc: Command = {
  name: 'wc',
  on: EVERYWHERE,
  run(context) {
    const options = context.args.filter((a) => /^-[lwcm]+$/.test(a)).join('');
    const unknown = context.args.find((a) => /^-./.test(a) && !/^-[lwcm]+$/.test(a));
    if (unknown) return invalid('wc', unknown);
    const names = context.args.filter((a) => !a.startsWith('-') || a === '-');
    const read = inputs('wc', names, context);
    if (isResult(read)) return read;
    const rows = read.map(({ name, text }) => {
      const counts = [];
      if (!options || options.includes('l')) counts.push(text.split('\n').length - 1);
      if (!options || options.includes('w')) counts.push(text.split(/\s+/).filter(Boolean).length);
      if (!options || options.includes('c') || options.includes('m'))
        counts.push(new TextEncoder().encode(text).length);
      return { name, counts };
    });
    const width =
      names.length === 0 && rows[0]?.counts.length !== 1
        ? 7
        : names.length === 0
          ? 0
          : String(Math.max(...rows.flatMap((r) => r.counts))).length;
    return done(
      joined(
        rows.map((r) =>
          [...r.counts.map((c) => String(c).padStart(width)), ...(r.name ? [r.name] : [])].join(' '),
        ),
      ),
    );
  },
};

const sort: Command = {
  name: 'sort',
  on: EVERYWHERE,
  run(context) {
    const options = new Set<string>();
    let key = 0;
    const rest: string[] = [];
    for (let i = 0; i < context.args.length; i++) {
      const arg = context.args[i] ?? '';
      const field = /^-k(\d+)?/.exec(arg);
      if (field) key = Number(field[1] ?? (context.args[++i] ?? '').split(',')[0]);
      else if (/^-[rnuVh]+$/.test(arg)) for (const o of arg.slice(1)) options.add(o);
      else if (arg.startsWith('-') && arg !== '-') return invalid('sort', arg);
      else rest.push(arg);
    }
    const read = inputs('sort', rest, context);
    if (isResult(read)) return read;
    const keyOf = (line: string): string =>
      key > 0
        ? line
            .trim()
            .split(/\s+/)
            .slice(key - 1)
            .join(' ')
        : line;
    const compare = (a: string, b: string): number => {
      const [x, y] = [keyOf(a), keyOf(b)];
      if (options.has('n') || options.has('h')) return (parseFloat(x) || 0) - (parseFloat(y) || 0);
      if (options.has('V')) return x.localeCompare(y, 'en', { numeric: true });
      return x < y ? -1 : x > y ? 1 : 0;
    };
    let lines = linesOf(read.map((i) => i.text).join('')).sort(
      (a, b) => compare(a, b) || (a < b ? -1 : a > b ? 1 : 0),
    );
    if (options.has('r')) lines.reverse();
    if (options.has('u')) lines = lines.filter((l, i) => i === 0 || compare(l, lines[i - 1] ?? '') !== 0);
    return done(joined(lines));
  },
};

const uniq: Command = {
  name: 'uniq',
  on: EVERYWHERE,
  run(context) {
    const counted = context.args.includes('-c');
    const unknown = context.args.find((a) => a.startsWith('-') && a !== '-c');
    if (unknown) return invalid('uniq', unknown);
    const read = inputs(
      'uniq',
      context.args.filter((a) => a !== '-c'),
      context,
    );
    if (isResult(read)) return read;
    const groups: { line: string; count: number }[] = [];
    for (const line of linesOf(read.map((i) => i.text).join(''))) {
      const last = groups.at(-1);
      if (last?.line === line) last.count++;
      else groups.push({ line, count: 1 });
    }
    return done(joined(groups.map((g) => (counted ? `${String(g.count).padStart(7)} ${g.line}` : g.line))));
  },
};

export const TEXT_COMMANDS: readonly Command[] = [
  cat,
  echo,
  grep,
  partOf('head'),
  partOf('tail'),
  wc,
  sort,
  uniq,
];
