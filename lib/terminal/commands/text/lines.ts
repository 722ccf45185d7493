// Programs over lines: head, tail, cut, tr, sort, uniq, wc, tee, cat, tac, nl, rev, seq, less.
import {
  EVERYWHERE,
  failed,
  type Command,
  type CommandContext,
  type Process,
  type Result,
} from '../../types';
import { inputs, joined, linesOf, readOptions, type Options } from './options';

const command = (
  name: string,
  summary: string,
  run: (context: CommandContext) => Result | Process,
  reads: Command['reads'] = 'stream',
): Command => ({ name, summary, on: EVERYWHERE, reads, run });

function* cat({ args, ...context }: CommandContext): Process {
  const options = readOptions('cat', args, { flags: 'nbeEtTAsuv' });
  if ('exit' in options) return yield* said(options);
  const { flags, rest } = options;
  let exit = 0;
  let number = 0;
  const shown = (text: string): string =>
    flags.has('n')
      ? joined(linesOf(text).map((l) => `${String(++number).padStart(6)}\t${l}`))
      : flags.has('A') || flags.has('E')
        ? text.replaceAll('\n', '$\n')
        : text;
  for (const name of rest.length ? rest : ['-']) {
    if (name === '-') {
      for (
        let chunk = yield* context.input.chunk();
        chunk !== undefined;
        chunk = yield* context.input.chunk()
      )
        yield { kind: 'stdout', text: shown(chunk) };
      continue;
    }
    const text = context.files.read(name);
    if (text === undefined) {
      exit = 1;
      const why = context.files.kind(name) === 'folder' ? 'Is a directory' : 'No such file or directory';
      yield { kind: 'stderr', text: `cat: ${name}: ${why}\n` };
    } else if (text !== '') yield { kind: 'stdout', text: shown(text) };
  }
  return exit;
}

function* said({ stdout, stderr, exit }: Result): Process {
  if (stdout !== '') yield { kind: 'stdout', text: stdout };
  if (stderr !== '') yield { kind: 'stderr', text: stderr };
  return exit;
}

/** head -5, tail -5, tail +5 */
const oldStyle = (word: string, i: number): string[] =>
  i === 0 && /^-\d+$/.test(word) ? ['-n', word.slice(1)] : [word];

function* head(context: CommandContext): Process {
  const options = readOptions('head', context.args.flatMap(oldStyle), {
    flags: 'qv',
    valued: 'nc',
    long: { 'lines=': 'n', 'bytes=': 'c' },
  });
  if ('exit' in options) return yield* said(options);
  const bytes = options.values.get('c')?.at(-1);
  const lines = options.values.get('n')?.at(-1) ?? '10';
  if (!/^[-+]?\d+$/.test(bytes ?? lines))
    return yield* said(
      failed(`head: invalid number of ${bytes === undefined ? 'lines' : 'bytes'}: ‘${bytes ?? lines}’`),
    );
  const count = Number(bytes ?? lines);
  if (options.rest.length === 0 && bytes === undefined && !lines.startsWith('-')) {
    for (let left = count; left > 0; left--) {
      const line = yield* context.input.line();
      if (line === undefined) break;
      yield { kind: 'stdout', text: line };
    }
    return 0;
  }
  const part = (text: string): string => {
    if (bytes !== undefined) return text.slice(0, count);
    const all = linesOf(text);
    return joined(
      lines.startsWith('-') ? all.slice(0, Math.max(0, all.length + count)) : all.slice(0, count),
    );
  };
  return yield* eachPart('head', options, context, part);
}

function* eachPart(
  program: string,
  { rest }: Options,
  context: CommandContext,
  part: (text: string) => string,
): Process {
  const { texts, failed: missing } = yield* inputs(
    program,
    rest,
    context,
    (name, why) => `${program}: cannot open '${name}' for reading: ${why}`,
  );
  for (const [i, { name, text }] of texts.entries()) {
    const title = rest.length > 1 ? `${i > 0 ? '\n' : ''}==> ${name} <==\n` : '';
    const shown = title + part(text);
    if (shown !== '') yield { kind: 'stdout', text: shown };
  }
  return missing ? 1 : 0;
}

function* tail(context: CommandContext): Process {
  const options = readOptions('tail', context.args.flatMap(oldStyle), {
    flags: 'fFqv',
    valued: 'nc',
    long: { 'lines=': 'n', 'bytes=': 'c', follow: 'f' },
  });
  if ('exit' in options) return yield* said(options);
  const bytes = options.values.get('c')?.at(-1);
  const count = bytes ?? options.values.get('n')?.at(-1) ?? '10';
  if (!/^[-+]?\d+$/.test(count))
    return yield* said(
      failed(`tail: invalid number of ${bytes === undefined ? 'lines' : 'bytes'}: ‘${count}’`),
    );
  const n = Math.abs(Number(count));
  const part = (text: string): string => {
    if (bytes !== undefined) return count.startsWith('+') ? text.slice(n - 1) : n === 0 ? '' : text.slice(-n);
    const all = linesOf(text);
    return joined(count.startsWith('+') ? all.slice(Math.max(0, n - 1)) : n === 0 ? [] : all.slice(-n));
  };
  const exit = yield* eachPart('tail', options, context, part);
  const [name] = options.rest;
  if ((!options.flags.has('f') && !options.flags.has('F')) || name === undefined) return exit;
  for (let seen = context.files.read(name) ?? ''; ;) {
    yield { kind: 'wait', ms: 1000, idle: true };
    const now = context.files.read(name) ?? '';
    if (now.length > seen.length) yield { kind: 'stdout', text: now.slice(seen.length) };
    seen = now;
  }
}

/** Whole lists like "1,3-5,7-". */
function ranges(text: string): ((n: number) => boolean) | undefined {
  const tests: ((n: number) => boolean)[] = [];
  for (const part of text.split(',')) {
    const found = /^(\d*)(-?)(\d*)$/.exec(part);
    if (!found || part === '' || part === '-') return undefined;
    const from = Number(found[1] || 1);
    const to = found[2] ? (found[3] ? Number(found[3]) : Infinity) : from;
    if (from === 0 || to < from) return undefined;
    tests.push((n) => n >= from && n <= to);
  }
  return (n) => tests.some((t) => t(n));
}

function* cut(context: CommandContext): Process {
  const options = readOptions('cut', context.args, {
    flags: 'sn',
    valued: 'dfcb',
    long: {
      'delimiter=': 'd',
      'fields=': 'f',
      'characters=': 'c',
      'only-delimited': 's',
      'output-delimiter=': 'o',
    },
  });
  if ('exit' in options) return yield* said(options);
  const value = (name: string): string | undefined => options.values.get(name)?.at(-1);
  const fields = value('f');
  const list = fields ?? value('c') ?? value('b');
  const hint = "\nTry 'cut --help' for more information.";
  if (list === undefined)
    return yield* said(failed(`cut: you must specify a list of bytes, characters, or fields${hint}`));
  const delimiter = value('d') ?? '\t';
  if ([...delimiter].length > 1)
    return yield* said(failed(`cut: the delimiter must be a single character${hint}`));
  const wanted = ranges(list);
  if (!wanted)
    return yield* said(
      failed(
        `cut: invalid field value ‘${list}’${hint}`.replace(
          'field',
          fields === undefined ? 'byte/character position' : 'field',
        ),
      ),
    );
  const { texts, failed: missing } = yield* inputs('cut', options.rest, context);
  const pick = (line: string): string | undefined => {
    if (fields === undefined) return [...line].filter((_, i) => wanted(i + 1)).join('');
    const parts = line.split(delimiter);
    if (parts.length === 1) return options.flags.has('s') ? undefined : line;
    return parts.filter((_, i) => wanted(i + 1)).join(value('o') ?? delimiter);
  };
  const out = joined(texts.flatMap(({ text }) => linesOf(text).flatMap((l) => pick(l) ?? [])));
  if (out !== '') yield { kind: 'stdout', text: out };
  return missing ? 1 : 0;
}

function* tee(context: CommandContext): Process {
  const options = readOptions('tee', context.args, { flags: 'ai' });
  if ('exit' in options) return yield* said(options);
  const chunks: string[] = [];
  for (let chunk = yield* context.input.chunk(); chunk !== undefined; chunk = yield* context.input.chunk()) {
    chunks.push(chunk);
    yield { kind: 'stdout', text: chunk };
  }
  let exit = 0;
  for (const name of options.rest) {
    const before = options.flags.has('a') ? (context.files.read(name) ?? '') : '';
    if (context.files.write(name, before + chunks.join(''))) continue;
    exit = 1;
    yield {
      kind: 'stderr',
      text: `tee: ${name}: ${context.files.kind(name) === 'folder' ? 'Is a directory' : 'No such file or directory'}\n`,
    };
  }
  return exit;
}

function* wc(context: CommandContext): Process {
  const options = readOptions('wc', context.args, {
    flags: 'lwcmL',
    long: { lines: 'l', words: 'w', bytes: 'c', chars: 'm' },
  });
  if ('exit' in options) return yield* said(options);
  const { flags, rest } = options;
  const { texts, failed: missing } = yield* inputs('wc', rest, context);
  const all = flags.size === 0;
  const counts = texts.map(({ text }) => [
    ...(all || flags.has('l') ? [text.split('\n').length - 1] : []),
    ...(all || flags.has('w') ? [text.split(/\s+/).filter(Boolean).length] : []),
    ...(flags.has('m') ? [[...text].length] : []),
    ...(all || flags.has('c') ? [new TextEncoder().encode(text).length] : []),
    ...(flags.has('L') ? [Math.max(0, ...linesOf(text).map((l) => l.length))] : []),
  ]);
  const total =
    counts.length > 1 ? [(counts[0] ?? []).map((_, i) => counts.reduce((s, c) => s + (c[i] ?? 0), 0))] : [];
  const rows = [...counts, ...total];
  const single = rest.length === 0 || (rest.length === 1 && rest[0] === '-');
  const columns = rows[0]?.length ?? 0;
  const bytes = texts.reduce((sum, t) => sum + new TextEncoder().encode(t.text).length, 0);
  const digits = String(bytes).length;
  // Of standard input the size is not known before: seven columns, as GNU's wc leaves them.
  const width = columns === 1 && rows.length === 1 ? 0 : single ? 7 : digits;
  const names = [...texts.map((t) => (rest.length ? t.name : '')), 'total'];
  const out = rows.map((r, i) =>
    [r.map((n) => String(n).padStart(width)).join(' '), names[i] ?? ''].filter((w) => w !== '').join(' '),
  );
  if (out.length) yield { kind: 'stdout', text: joined(out) };
  return missing ? 1 : 0;
}

function* uniq(context: CommandContext): Process {
  const options = readOptions('uniq', context.args, {
    flags: 'cduiz',
    long: { count: 'c', repeated: 'd', unique: 'u', 'ignore-case': 'i' },
  });
  if ('exit' in options) return yield* said(options);
  const { flags, rest } = options;
  const { texts, failed: missing } = yield* inputs('uniq', rest.slice(0, 1), context);
  const key = (line: string): string => (flags.has('i') ? line.toLowerCase() : line);
  const groups: { readonly line: string; count: number }[] = [];
  for (const line of texts.flatMap((t) => linesOf(t.text))) {
    const last = groups.at(-1);
    if (last && key(last.line) === key(line)) last.count++;
    else groups.push({ line, count: 1 });
  }
  const shown = groups.filter((g) => (!flags.has('d') || g.count > 1) && (!flags.has('u') || g.count === 1));
  const out = joined(
    shown.map((g) => (flags.has('c') ? `${String(g.count).padStart(7)} ${g.line}` : g.line)),
  );
  if (out !== '') yield { kind: 'stdout', text: out };
  return missing ? 1 : 0;
}

function* seq({ args }: CommandContext): Process {
  let separator = '\n';
  let wide = false;
  const numbers: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    if (arg === '-w') wide = true;
    else if (arg === '-s') separator = args[++i] ?? '';
    else if (arg.startsWith('-s')) separator = arg.slice(2);
    else numbers.push(arg);
  }
  const bad = numbers.find((n) => !/^[-+]?(?:\d+\.?\d*|\.\d+)$/.test(n));
  const hint = "\nTry 'seq --help' for more information.";
  if (bad !== undefined) return yield* said(failed(`seq: invalid floating point argument: ‘${bad}’${hint}`));
  if (numbers.length === 0) return yield* said(failed(`seq: missing operand${hint}`));
  if (numbers.length > 3) return yield* said(failed(`seq: extra operand ‘${numbers[3] ?? ''}’${hint}`));
  const [first, step, last] =
    numbers.length === 1
      ? [1, 1, Number(numbers[0])]
      : numbers.length === 2
        ? [Number(numbers[0]), 1, Number(numbers[1])]
        : numbers.map(Number);
  if (step === 0) return yield* said(failed(`seq: invalid Zero increment value: ‘0’${hint}`));
  const count = Math.min(1_000_000, Math.floor(((last ?? 0) - (first ?? 0)) / (step ?? 1) + 1e-9) + 1);
  const places = Math.max(
    ...numbers.slice(0, -1).map((n) => n.split('.')[1]?.length ?? 0),
    numbers.length === 1 ? 0 : 0,
    0,
  );
  const width = wide ? Math.max(String(first ?? 0).length, String(last ?? 0).length) : 0;
  const texts = Array.from({ length: Math.max(0, count) }, (_, i) =>
    ((first ?? 0) + i * (step ?? 1)).toFixed(places).padStart(width, '0'),
  );
  if (texts.length) yield { kind: 'stdout', text: texts.join(separator) + '\n' };
  return 0;
}

const reversed = (of: 'lines' | 'characters', name: string) =>
  function* (context: CommandContext): Process {
    const { texts, failed: missing } = yield* inputs(name, context.args, context);
    for (const { text } of texts) {
      const lines = linesOf(text);
      const out = joined(
        of === 'lines' ? lines.toReversed() : lines.map((l) => [...l].toReversed().join('')),
      );
      if (out !== '') yield { kind: 'stdout', text: out };
    }
    return missing ? 1 : 0;
  };

export const LINE_COMMANDS: readonly Command[] = [
  command('cat', 'prints files', cat),
  command('head', 'prints the first lines', head),
  command('tail', 'prints the last lines', tail),
  command('cut', 'prints parts of lines', cut),
  command('tee', 'copies its input to files and on', tee),
  command('wc', 'counts lines, words and bytes', wc),
  command('uniq', 'leaves out repeated lines', uniq),
  command('seq', 'prints a row of numbers', seq, 'none'),
  command('tac', 'prints lines from last to first', reversed('lines', 'tac')),
  command('rev', 'turns lines round', reversed('characters', 'rev')),
  command('less', 'prints files', cat),
  command('more', 'prints files', cat),
];
