// Regular expressions that take time linear in the text, whatever the pattern: a set of states walks the text once (Thompson's
// construction; Pike's registers for groups). JavaScript's own can be made to run for years by a pattern typed in a terminal.
// The leftmost match wins, then the longest, as POSIX says.
import { isWord, parseRegex, RegexError, type RegexNode, type RegexSyntax } from './regex-parse';

export interface RegexMatch {
  readonly start: number;
  readonly end: number;
  /** Start and end of each group, from 1; undefined: it took no part. */
  readonly groups: readonly (readonly [number, number] | undefined)[];
}

export interface Regex {
  readonly groups: number;
  test(text: string): boolean;
  search(text: string, from?: number): RegexMatch | undefined;
}

type Instruction =
  | { readonly op: 'char'; readonly test: (code: number) => boolean }
  | { readonly op: 'split'; readonly first: number; readonly second: number }
  | { readonly op: 'jump'; readonly to: number }
  | { readonly op: 'save'; readonly slot: number }
  | { readonly op: 'assert'; readonly what: Extract<RegexNode, { kind: 'assert' }>['what'] }
  | { readonly op: 'match' };

const LONGEST_PROGRAM = 20_000;

/** A pattern ready for use, or what is wrong with it in GNU's words. */
export function compileRegex(source: string, syntax: RegexSyntax = {}): Regex | { readonly error: string } {
  try {
    const { node, groups } = parseRegex(source, syntax);
    const plain = syntax.ignoreCase ? undefined : literalOf(node);
    return plain === undefined ? new StateMachine(node, groups) : new Literal(plain);
  } catch (error) {
    if (error instanceof RegexError) return { error: error.message };
    throw error;
  }
}

/** A pattern without operators. */
class Literal implements Regex {
  readonly groups = 0;
  constructor(private readonly text: string) {}
  test(text: string): boolean {
    return text.includes(this.text);
  }
  search(text: string, from = 0): RegexMatch | undefined {
    const start = text.indexOf(this.text, from);
    return start < 0 ? undefined : { start, end: start + this.text.length, groups: [] };
  }
}

function literalOf(node: RegexNode): string | undefined {
  if (node.kind === 'char') return node.literal;
  if (node.kind !== 'sequence') return undefined;
  const parts = node.nodes.map(literalOf);
  return parts.every((p) => p !== undefined) ? parts.join('') : undefined;
}

function compile(node: RegexNode, program: Instruction[]): void {
  if (program.length > LONGEST_PROGRAM) throw new RegexError('Regular expression too big');
  switch (node.kind) {
    case 'char':
      program.push({ op: 'char', test: node.test });
      return;
    case 'assert':
      program.push({ op: 'assert', what: node.what });
      return;
    case 'group':
      program.push({ op: 'save', slot: node.index * 2 });
      compile(node.node, program);
      program.push({ op: 'save', slot: node.index * 2 + 1 });
      return;
    case 'sequence':
      for (const part of node.nodes) compile(part, program);
      return;
    case 'choice':
      compileChoice(node.nodes, program);
      return;
    default:
      compileRepeat(node, program);
  }
}

function compileChoice(nodes: readonly RegexNode[], program: Instruction[]): void {
  const jumps: number[] = [];
  for (const [i, part] of nodes.entries()) {
    const split = program.length;
    if (i < nodes.length - 1) program.push({ op: 'jump', to: 0 });
    compile(part, program);
    if (i === nodes.length - 1) break;
    jumps.push(program.length);
    program.push({ op: 'jump', to: 0 });
    program[split] = { op: 'split', first: split + 1, second: program.length };
  }
  for (const at of jumps) program[at] = { op: 'jump', to: program.length };
}

function compileRepeat(
  { node, min, max }: Extract<RegexNode, { kind: 'repeat' }>,
  program: Instruction[],
): void {
  for (let i = 0; i < min; i++) compile(node, program);
  if (max === Infinity) {
    const split = program.length;
    program.push({ op: 'jump', to: 0 });
    compile(node, program);
    program.push({ op: 'jump', to: split });
    program[split] = { op: 'split', first: split + 1, second: program.length };
    return;
  }
  const splits: number[] = [];
  for (let i = min; i < max; i++) {
    splits.push(program.length);
    program.push({ op: 'jump', to: 0 });
    compile(node, program);
  }
  for (const at of splits) program[at] = { op: 'split', first: at + 1, second: program.length };
}

interface Thread {
  readonly at: number;
  readonly start: number;
  readonly slots: readonly number[];
}

class StateMachine implements Regex {
  readonly #program: Instruction[] = [];
  /** A table of states serves where only yes or no is asked and no assertion looks around itself. */
  readonly #table: StateTable | undefined;

  constructor(
    node: RegexNode,
    readonly groups: number,
  ) {
    compile(node, this.#program);
    this.#program.push({ op: 'match' });
    const around = this.#program.some((i) => i.op === 'assert' && i.what !== 'start' && i.what !== 'end');
    this.#table = around ? undefined : new StateTable(this.#program);
  }

  test(text: string): boolean {
    return this.#table ? this.#table.test(text) : this.search(text) !== undefined;
  }

  search(text: string, from = 0): RegexMatch | undefined {
    let threads: Thread[] = [];
    let best: (Thread & { readonly end: number }) | undefined;
    for (let at = from; at <= text.length; at++) {
      const next: Thread[] = [];
      const seen = new Set<number>();
      const reach = (thread: Thread): void => this.#reach(thread, text, at, seen, next);
      for (const thread of threads) reach(thread);
      if (!best) reach({ at: 0, start: at, slots: [] });
      threads = [];
      for (const thread of next) {
        const instruction = this.#program[thread.at];
        if (best && thread.start > best.start) break;
        if (instruction?.op === 'match') {
          if (!best || at > best.end) best = { ...thread, end: at };
        } else if (instruction?.op === 'char' && at < text.length && instruction.test(text.charCodeAt(at)))
          threads.push({ ...thread, at: thread.at + 1 });
      }
      if (best && threads.length === 0) break;
    }
    if (!best) return undefined;
    const { start, end, slots } = best;
    return {
      start,
      end,
      groups: Array.from({ length: this.groups }, (_, i) => {
        const [a, b] = [slots[i * 2 + 2], slots[i * 2 + 3]];
        return a === undefined || b === undefined ? undefined : ([a, b] as const);
      }),
    };
  }

  /** Follows a thread to the characters and matches that it can reach without reading. */
  #reach(first: Thread, text: string, at: number, seen: Set<number>, next: Thread[]): void {
    const stack = [first];
    for (let thread = stack.pop(); thread; thread = stack.pop()) {
      if (seen.has(thread.at)) continue;
      seen.add(thread.at);
      const instruction = this.#program[thread.at];
      if (!instruction) continue;
      if (instruction.op === 'jump') stack.push({ ...thread, at: instruction.to });
      else if (instruction.op === 'split')
        stack.push({ ...thread, at: instruction.second }, { ...thread, at: instruction.first });
      else if (instruction.op === 'save') {
        const slots = [...thread.slots];
        slots[instruction.slot] = at;
        stack.push({ ...thread, at: thread.at + 1, slots });
      } else if (instruction.op === 'assert') {
        if (holds(instruction.what, text, at)) stack.push({ ...thread, at: thread.at + 1 });
      } else next.push(thread);
    }
  }
}

function holds(what: Extract<Instruction, { op: 'assert' }>['what'], text: string, at: number): boolean {
  const before = at > 0 && isWord(text.charCodeAt(at - 1));
  const behind = at < text.length && isWord(text.charCodeAt(at));
  switch (what) {
    case 'start':
      return at === 0;
    case 'end':
      return at === text.length;
    case 'boundary':
      return before !== behind;
    case 'inside':
      return before === behind;
    case 'word-start':
      return !before && behind;
    default:
      return before && !behind;
  }
}

interface TableState {
  readonly pcs: readonly number[];
  readonly matches: boolean;
  /** Whether it matches if the text ends here. */
  readonly matchesAtEnd: boolean;
  readonly next: Map<number, TableState>;
}

const KEPT_STATES = 2_000;

/** States as sets of places in the program, made when they are first reached. */
class StateTable {
  #states = new Map<string, TableState>();

  constructor(private readonly program: readonly Instruction[]) {}

  test(text: string): boolean {
    let state = this.#state([0], true);
    for (let at = 0; at < text.length; at++) {
      if (state.matches) return true;
      const code = text.charCodeAt(at);
      let next = state.next.get(code);
      if (!next) {
        next = this.#after(state, code);
        if (state.next.size < 512) state.next.set(code, next);
      }
      state = next;
    }
    return state.matches || state.matchesAtEnd;
  }

  #after(state: TableState, code: number): TableState {
    const reached: number[] = [];
    for (const pc of state.pcs) {
      const instruction = this.program[pc];
      if (instruction?.op === 'char' && instruction.test(code)) reached.push(pc + 1);
    }
    return this.#state([...reached, 0], false);
  }

  #state(from: readonly number[], atStart: boolean): TableState {
    const pcs = this.#closure(from, atStart, false);
    const key = pcs.join(',');
    const known = this.#states.get(key);
    if (known) return known;
    if (this.#states.size >= KEPT_STATES) this.#states = new Map();
    const isMatch = (pc: number): boolean => this.program[pc]?.op === 'match';
    const state: TableState = {
      pcs,
      matches: pcs.some(isMatch),
      matchesAtEnd: this.#closure(from, atStart, true).some(isMatch),
      next: new Map(),
    };
    this.#states.set(`${key}`, state);
    return state;
  }

  #closure(from: readonly number[], atStart: boolean, atEnd: boolean): number[] {
    const seen = new Set<number>();
    const stack = [...from];
    for (let pc = stack.pop(); pc !== undefined; pc = stack.pop()) {
      if (seen.has(pc)) continue;
      seen.add(pc);
      const instruction = this.program[pc];
      if (instruction?.op === 'jump') stack.push(instruction.to);
      else if (instruction?.op === 'split') stack.push(instruction.first, instruction.second);
      else if (instruction?.op === 'save') stack.push(pc + 1);
      else if (instruction?.op === 'assert' && (instruction.what === 'start' ? atStart : atEnd))
        stack.push(pc + 1);
    }
    // An assertion that fails now is the same place as one that was passed: keep what can still do something, and where it stands.
    return [...seen]
      .filter((pc) => {
        const op = this.program[pc]?.op;
        return op === 'char' || op === 'match' || op === 'assert';
      })
      .sort((a, b) => a - b);
  }
}
