// sed: s, p, d, q, =, y, a, i, c with addresses, and -n, -e, -E, -i (POSIX.1-2017, sed; GNU's messages).
import { EVERYWHERE, failed, type Command, type CommandContext, type Process } from '../../types';
import { inputs, linesOf, readOptions } from './options';
import { SedError, SedParser, type Address, type Instruction, type Substitution } from './sed-parse';

export const sed: Command = {
  name: 'sed',
  summary: 'edits a stream of lines',
  on: EVERYWHERE,
  reads: 'stream',
  run(context) {
    const options = readOptions('sed', context.args, {
      flags: 'nErsuz',
      valued: 'e',
      long: { quiet: 'n', silent: 'n', 'regexp-extended': 'E', 'expression=': 'e', 'in-place': 'I' },
    });
    const inPlace = context.args.some((a) => /^-\w*i/.test(a) && !a.startsWith('-e'));
    const own = inPlace
      ? readOptions(
          'sed',
          context.args.map((a) => (/^-\w*i/.test(a) ? a.replace('i', '') : a)).filter((a) => a !== '-'),
          { flags: 'nErsuz', valued: 'e' },
        )
      : options;
    if ('exit' in own) return own;
    const rest = [...own.rest];
    const scripts = own.values.get('e') ?? (rest.length ? [rest.shift() ?? ''] : undefined);
    if (!scripts) return failed('Usage: sed [OPTION]... {script-only-if-no-other-script} [input-file]...', 1);
    try {
      const extended = own.flags.has('E') || own.flags.has('r');
      const program = new SedParser(scripts.join('\n'), extended).whole();
      return edit(program, rest, own.flags.has('n'), inPlace, context);
    } catch (error) {
      if (error instanceof SedError) return failed(`sed: -e expression #1, ${error.message}`, 1);
      throw error;
    }
  },
};

function* edit(
  program: readonly Instruction[],
  names: readonly string[],
  quiet: boolean,
  inPlace: boolean,
  context: CommandContext,
): Process {
  const { texts, failed: missing } = yield* inputs(
    'sed',
    names,
    context,
    (name, why) => `sed: can't read ${name}: ${why}`,
  );
  if (inPlace) {
    for (const { name, text } of texts) context.files.write(name, run(program, linesOf(text), quiet));
    return missing ? 2 : 0;
  }
  const lines = texts.flatMap((t) => linesOf(t.text));
  const out = run(program, lines, quiet);
  if (out !== '') yield { kind: 'stdout', text: out };
  return missing ? 2 : 0;
}

function run(program: readonly Instruction[], lines: readonly string[], quiet: boolean): string {
  const out: string[] = [];
  for (const [i, line] of lines.entries()) {
    const cycle = new Cycle(line, i + 1, lines.length, out);
    cycle.run(program);
    if (!quiet && !cycle.deleted) out.push(cycle.line);
    out.push(...cycle.appended);
    if (cycle.quit) break;
  }
  return out.length ? out.join('\n') + '\n' : '';
}

/** One line on its way through the script. */
class Cycle {
  deleted = false;
  quit = false;
  readonly appended: string[] = [];

  constructor(
    public line: string,
    private readonly number: number,
    private readonly total: number,
    private readonly out: string[],
  ) {}

  run(program: readonly Instruction[]): void {
    for (const instruction of program) {
      if (this.deleted || this.quit) return;
      if (this.#selected(instruction) === instruction.negated) continue;
      this.#execute(instruction);
    }
  }

  #execute({ name, text, substitution, block }: Instruction): void {
    switch (name) {
      case '{':
        this.run(block ?? []);
        break;
      case 'p':
        this.out.push(this.line);
        break;
      case 'd':
        this.deleted = true;
        break;
      case 'q':
        this.quit = true;
        break;
      case '=':
        this.out.push(String(this.number));
        break;
      case 'a':
        this.appended.push(text);
        break;
      case 'i':
        this.out.push(text);
        break;
      case 'c':
        this.out.push(text);
        this.deleted = true;
        break;
      case 'y': {
        const [from = '', to = ''] = text.split('\0');
        this.line = [...this.line]
          .map((c) => ([...from].includes(c) ? ([...to][[...from].indexOf(c)] ?? c) : c))
          .join('');
        break;
      }
      default:
        if (substitution && this.#substitute(substitution) && substitution.print) this.out.push(this.line);
    }
  }

  #substitute({ regex, replacement, global, nth }: Substitution): boolean {
    let result = '';
    let from = 0;
    let count = 0;
    let changed = false;
    while (from <= this.line.length) {
      const match = regex.search(this.line, from);
      if (!match) break;
      count++;
      result += this.line.slice(from, match.start);
      const taken = this.line.slice(match.start, match.end);
      if (count >= nth && (global || count === nth)) {
        result += replaced(replacement, this.line, match.start, match.end, match.groups);
        changed = true;
      } else result += taken;
      from = match.end;
      if (match.end === match.start) {
        result += this.line[from] ?? '';
        from++;
      }
      if (changed && !global) break;
    }
    if (changed) this.line = result + this.line.slice(from);
    return changed;
  }

  #selected({ from, to, state }: Instruction): boolean {
    if (!from) return true;
    if (!to) return this.#at(from);
    if (state.open) {
      const ends = to.kind === 'line' || to.kind === 'plus' ? this.number >= state.end : this.#at(to);
      if (ends) state.open = false;
      return to.kind === 'line' ? this.number <= state.end : true;
    }
    if (!this.#at(from)) return false;
    state.end = to.kind === 'plus' ? this.number + to.count : to.kind === 'line' ? to.number : 0;
    const single = (to.kind === 'line' || to.kind === 'plus') && state.end <= this.number;
    state.open = !single && !(to.kind === 'last' && this.number === this.total);
    return true;
  }

  #at(address: Address): boolean {
    switch (address.kind) {
      case 'line':
        return this.number === address.number;
      case 'last':
        return this.number === this.total;
      case 'step':
        return address.step === 0
          ? this.number === address.first
          : this.number >= address.first && (this.number - address.first) % address.step === 0;
      case 'match':
        return address.regex.test(this.line);
      default:
        return false;
    }
  }
}

function replaced(
  text: string,
  line: string,
  start: number,
  end: number,
  groups: readonly (readonly [number, number] | undefined)[],
): string {
  let out = '';
  for (let i = 0; i < text.length; i++) {
    const c = text[i] ?? '';
    const next = text[i + 1] ?? '';
    if (c === '&') out += line.slice(start, end);
    else if (c === '\\' && /\d/.test(next)) {
      i++;
      const group = next === '0' ? ([start, end] as const) : groups[Number(next) - 1];
      out += group ? line.slice(group[0], group[1]) : '';
    } else if (c === '\\') {
      i++;
      out += next === 'n' ? '\n' : next === 't' ? '\t' : next;
    } else out += c;
  }
  return out;
}
