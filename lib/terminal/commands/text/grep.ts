// grep: lines that match a pattern; as they come, so that it stands behind a watch.
import { fixedStrings } from '../../text/fixed-strings';
import { compileRegex, type Regex } from '../../text/regex';
import { EVERYWHERE, failed, type Command, type CommandContext, type Files, type Process } from '../../types';
import { linesOf, readOptions, type Options } from './options';

function grepNamed(name: string, fixed: string): Command {
  return {
    name,
    summary: 'prints lines that match a pattern',
    on: EVERYWHERE,
    reads: 'stream',
    run: (context) => run(name, fixed, context),
  };
}

function run(program: string, fixed: string, context: CommandContext): Process | ReturnType<typeof failed> {
  const options = readOptions(program, context.args.flatMap(numberOption), {
    flags: 'EFGPivcnHhlLoqswxrRazI',
    valued: 'eABCmf',
    long: {
      'ignore-case': 'i',
      'invert-match': 'v',
      count: 'c',
      'line-number': 'n',
      'extended-regexp': 'E',
      'fixed-strings': 'F',
      'only-matching': 'o',
      quiet: 'q',
      silent: 'q',
      recursive: 'r',
      'word-regexp': 'w',
      'line-regexp': 'x',
      'no-messages': 's',
      'files-with-matches': 'l',
      'no-filename': 'h',
      'with-filename': 'H',
      'regexp=': 'e',
      'file=': 'f',
      'after-context=': 'A',
      'before-context=': 'B',
      'context=': 'C',
      'max-count=': 'm',
      'color=': '_',
      'line-buffered': 'u',
    },
    exit: 2,
  });
  if ('exit' in options) return options;
  const rest = [...options.rest];
  const listed = patternsIn(program, options.values.get('f') ?? [], context.files);
  if (typeof listed === 'string') return failed(listed, 2);
  const given = options.values.get('e');
  const patterns = given || listed ? [...(given ?? []), ...(listed ?? [])] : rest.splice(0, 1);
  if (!listed && patterns.length === 0)
    return failed(
      `Usage: ${program} [OPTION]... PATTERNS [FILE]...\nTry '${program} --help' for more information.`,
      2,
    );
  const number = (letter: string, otherwise: number): number =>
    Number(options.values.get(letter)?.at(-1) ?? otherwise);
  for (const letter of ['A', 'B', 'C'])
    if (!/^\d+$/.test(options.values.get(letter)?.at(-1) ?? '0'))
      return failed(
        `${program}: ${options.values.get(letter)?.at(-1) ?? ''}: invalid context length argument`,
        2,
      );
  const regex = patternOf(
    patterns.flatMap((p) => p.split('\n')),
    options,
    fixed,
  );
  if ('error' in regex) return failed(`${program}: ${regex.error}`, 2);
  const around = number('C', 0);
  return search(program, rest, context, {
    options,
    regex,
    before: number('B', around),
    after: number('A', around),
    most: number('m', Infinity),
  });
}

/** -f: a pattern a line; an empty file holds none, which matches nothing. undefined: no file is named. A text says why one is not read. */
function patternsIn(
  program: string,
  names: readonly string[],
  files: Files,
): readonly string[] | string | undefined {
  if (names.length === 0) return undefined;
  const patterns: string[] = [];
  for (const name of names) {
    const text = files.read(name);
    if (text === undefined)
      return `${program}: ${name}: ${files.kind(name) === 'folder' ? 'Is a directory' : 'No such file or directory'}`;
    if (text !== '') patterns.push(...text.replace(/\n$/, '').split('\n'));
  }
  return patterns;
}

/** grep -3 is grep -C 3. */
const numberOption = (word: string): string[] => (/^-\d+$/.test(word) ? ['-C', word.slice(1)] : [word]);

interface Search {
  readonly options: Options;
  readonly regex: Regex;
  readonly before: number;
  readonly after: number;
  readonly most: number;
}

function patternOf(
  patterns: readonly string[],
  { flags }: Options,
  fixed: string,
): Regex | { readonly error: string } {
  const isFixed = flags.has('F') || fixed === 'F';
  const plain = isFixed && !flags.has('i') && !flags.has('w');
  if (plain || patterns.length === 0) return fixedStrings(patterns, flags.has('x'));
  const extended = flags.has('E') || fixed === 'E' || flags.has('P');
  const sources = patterns.map((p) => (isFixed ? p.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') : p));
  const wide = isFixed || extended;
  let source = sources.join(wide ? '|' : '\\|');
  const [open, close] = wide ? ['(', ')'] : ['\\(', '\\)'];
  if (flags.has('w')) source = `\\<${open}${source}${close}\\>`;
  if (flags.has('x')) source = `^${open}${source}${close}$`;
  return compileRegex(source, { extended: wide, ignoreCase: flags.has('i'), perl: flags.has('P') });
}

function* search(program: string, names: readonly string[], context: CommandContext, how: Search): Process {
  const { flags } = how.options;
  const recursive = flags.has('r') || flags.has('R');
  const files = recursive ? treeOf(names.length ? names : [''], context.files) : names;
  const named = (flags.has('H') || recursive || files.length > 1) && !flags.has('h');
  let found = false;
  let failedOnce = false;
  for (const name of files.length ? files : ['-']) {
    const scan = new Scan(how, named ? (name === '-' ? '(standard input)' : name) : undefined, name);
    if (name === '-') {
      for (
        let chunk = yield* context.input.chunk();
        chunk !== undefined;
        chunk = yield* context.input.chunk()
      ) {
        const text = scan.take(chunk);
        if (text !== '') yield { kind: 'stdout', text };
        if (scan.finished) break;
      }
    } else {
      const text = context.files.read(name);
      if (text === undefined) {
        failedOnce = true;
        const why = context.files.kind(name) === 'folder' ? 'Is a directory' : 'No such file or directory';
        if (!flags.has('s')) yield { kind: 'stderr', text: `${program}: ${name}: ${why}\n` };
        continue;
      }
      const out = scan.take(text);
      if (out !== '') yield { kind: 'stdout', text: out };
    }
    const end = scan.end();
    if (end !== '') yield { kind: 'stdout', text: end };
    found ||= scan.count > 0;
    if (found && flags.has('q')) return 0;
  }
  return failedOnce ? 2 : found ? 0 : 1;
}

function treeOf(names: readonly string[], files: Files): string[] {
  const found: string[] = [];
  const visit = (path: string, depth: number): void => {
    if (found.length > 2_000 || depth > 20) return;
    if (files.kind(path === '' ? '.' : path) !== 'folder') found.push(path);
    else
      for (const name of files.list(path === '' ? '.' : path))
        visit(path === '' ? name : `${path.replace(/\/$/, '')}/${name}`, depth + 1);
  };
  for (const name of names) visit(name, 0);
  return found;
}

/** One input being searched. */
class Scan {
  count = 0;
  #line = 0;
  #recent: { readonly number: number; readonly text: string }[] = [];
  #after = 0;
  #last = 0;

  constructor(
    private readonly how: Search,
    private readonly prefix: string | undefined,
    private readonly name: string,
  ) {}

  get finished(): boolean {
    return this.count >= this.how.most || (this.how.options.flags.has('q') && this.count > 0);
  }

  /** What is printed for more lines. */
  take(text: string): string {
    const { options, regex, before, after } = this.how;
    const { flags } = options;
    const quiet = flags.has('q') || flags.has('c') || flags.has('l') || flags.has('L');
    const out: string[] = [];
    for (const line of linesOf(text)) {
      this.#line++;
      if (this.finished && this.#after === 0) break;
      const hit = !this.finished && regex.test(line) !== flags.has('v');
      if (hit) this.count++;
      if (quiet) continue;
      if (hit && flags.has('o')) {
        if (!flags.has('v')) out.push(...this.#matches(line));
      } else if (hit) {
        if (before + after > 0 && this.#last > 0 && (this.#recent[0]?.number ?? this.#line) > this.#last + 1)
          out.push('--');
        for (const earlier of this.#recent) out.push(this.#shown(earlier.text, earlier.number, '-'));
        this.#recent = [];
        out.push(this.#shown(line, this.#line, ':'));
        this.#last = this.#line;
        this.#after = after;
      } else if (this.#after > 0) {
        this.#after--;
        out.push(this.#shown(line, this.#line, '-'));
        this.#last = this.#line;
      } else if (before > 0) {
        this.#recent.push({ number: this.#line, text: line });
        if (this.#recent.length > before) this.#recent.shift();
      }
    }
    return out.length ? out.join('\n') + '\n' : '';
  }

  /** What is printed when there are no more lines. */
  end(): string {
    const { flags } = this.how.options;
    if (flags.has('q')) return '';
    if (flags.has('l'))
      return this.count > 0 ? `${this.name === '-' ? '(standard input)' : this.name}\n` : '';
    if (flags.has('L')) return this.count > 0 ? '' : `${this.name}\n`;
    return flags.has('c') ? `${this.prefix === undefined ? '' : `${this.prefix}:`}${this.count}\n` : '';
  }

  #shown(line: string, number: number, mark: string): string {
    const { flags } = this.how.options;
    return `${this.prefix === undefined ? '' : this.prefix + mark}${flags.has('n') ? number + mark : ''}${line}`;
  }

  #matches(line: string): string[] {
    const found: string[] = [];
    for (let from = 0; from <= line.length;) {
      const match = this.how.regex.search(line, from);
      if (!match) break;
      if (match.end > match.start)
        found.push(this.#shown(line.slice(match.start, match.end), this.#line, ':'));
      from = Math.max(match.end, from + 1, match.start + 1);
    }
    return found;
  }
}

export const GREP: readonly Command[] = [
  grepNamed('grep', ''),
  grepNamed('egrep', 'E'),
  grepNamed('fgrep', 'F'),
];
