// Runs scripts: lists, pipelines, compound commands and programs, as bash does. All of it is a process (types.ts), so that a loop
// around `sleep` or a pipe behind `kubectl get -w` runs on virtual time and ends with Ctrl-C.
import { asked, BufferedInput, captured, play } from '../process';
import type { Command, CommandContext, Input, Process, Steps } from '../types';
import { ArithmeticError } from './arithmetic';
import type { ShellHost } from './host';
import type { Builtin } from './builtin';
import { BUILTINS, runBuiltin } from './builtins';
import { startBehind } from './background';
import { conditional } from './conditional';
import { counted } from './counted';
import { Expansion, ExpansionError } from './expand';
import { matchesGlob, parseGlob } from './glob';
import { parseScript } from './parse';
import { connected } from './pipe';
import { programContext } from './program-context';
import { isProgramToo, notFound, notRun, programOfPath, unstartable } from './programs';
import { openRedirects } from './redirect';
import { Leave, type ShellState } from './state';
import type { Pipeline, Script, ShellCommand } from './syntax';

export class Interpreter {
  /** `exit` was run. */
  left = false;

  constructor(
    readonly host: ShellHost,
    readonly state: ShellState,
  ) {}

  /** Parses and runs a text; `exit` and syntax errors end it. */
  *text(text: string, input: Input = new BufferedInput(true, asked)): Process {
    const parsed = parseScript(text);
    if (!parsed.ok) {
      yield* this.#complain(parsed.message);
      return (this.state.exit = 2);
    }
    try {
      return yield* this.script(parsed.script, input);
    } catch (error) {
      if (!(error instanceof Leave)) throw error;
      this.left = error.how === 'exit';
      if (error.how === 'exit' || error.how === 'return') this.state.exit = error.value;
      return this.state.exit;
    }
  }

  /** Words run as a program, as they are. */
  *words(words: readonly string[], input: Input): Process {
    return yield* this.#run(words, input, this.state.environment);
  }

  unstartable(name: string): ReturnType<CommandContext['unstartable']> {
    return unstartable(this.host, this.state, name);
  }

  *script({ pipelines }: Script, input: Input): Process {
    for (const pipeline of pipelines) {
      if (pipeline.after === 'success' && this.state.exit !== 0) continue;
      if (pipeline.after === 'failure' && this.state.exit === 0) continue;
      this.state.exit = yield* pipeline.background === undefined
        ? this.#pipeline(pipeline, input)
        : this.#behind({ ...pipeline, after: 'always', background: undefined }, pipeline.background);
      yield { kind: 'pause' };
    }
    return this.state.exit;
  }

  *#pipeline({ commands, negated }: Pipeline, input: Input): Process {
    const [first, ...rest] = commands;
    let exit = this.state.exit;
    if (first && rest.length === 0) exit = yield* this.#command(first, input);
    else if (first) {
      let process = this.#subshell().#apart(first, input);
      for (const command of rest)
        process = connected(process, this.#subshell().#apart(command, new BufferedInput(false, asked)));
      exit = yield* process;
    }
    return negated ? (exit === 0 ? 1 : 0) : exit;
  }

  #behind(pipeline: Pipeline, text: string): Process {
    return startBehind({ text, host: this.host, state: this.state }, (host) =>
      new Interpreter(host, this.state.copy()).#subscript({ pipelines: [pipeline] }),
    );
  }

  #subshell(): Interpreter {
    return new Interpreter(this.host, this.state.copy());
  }

  /** A command in this subshell: leaving it ends the subshell only. */
  *#apart(command: ShellCommand, input: Input): Process {
    try {
      return yield* this.#command(command, input);
    } catch (error) {
      if (error instanceof Leave) return error.how === 'exit' || error.how === 'return' ? error.value : 0;
      throw error;
    }
  }

  get #expansion(): Expansion {
    return new Expansion({
      state: this.state,
      files: this.host.files(this.state),
      substitute: (script) => this.#substitute(script),
    });
  }

  *#substitute(script: Script): Steps<string> {
    const { stdout, stderr, exit } = yield* captured(this.#subshell().#subscript(script));
    if (stderr !== '') yield { kind: 'stderr', text: stderr };
    this.state.exit = exit;
    return stdout;
  }

  *#subscript(script: Script, input: Input = BufferedInput.of('')): Process {
    try {
      return yield* this.script(script, input);
    } catch (error) {
      if (error instanceof Leave) return error.value;
      throw error;
    }
  }

  *#command(command: ShellCommand, input: Input): Process {
    this.host.budget().command();
    try {
      const opened = yield* openRedirects(command.redirects, this.#expansion, this.host.files(this.state));
      if ('message' in opened) {
        yield* this.#complain(opened.message);
        return 1;
      }
      const body = this.#body(command, opened.input ?? input);
      return yield* opened.wrap(body);
    } catch (error) {
      if (!(error instanceof ExpansionError || error instanceof ArithmeticError)) throw error;
      yield* this.#complain(error.message);
      return 1;
    }
  }

  #body(command: ShellCommand, input: Input): Process {
    switch (command.kind) {
      case 'simple':
        return this.#simple(command, input);
      case 'if':
        return this.#if(command, input);
      case 'for':
        return this.#for(command, input);
      case 'counting-for':
        return this.#countingFor(command, input);
      case 'while':
        return this.#while(command, input);
      case 'case':
        return this.#case(command, input);
      case 'group':
        return this.script(command.body, input);
      case 'subshell':
        return this.#subshell().#subscript(command.body, input);
      case 'function':
        this.state.functions.set(command.name, command.body);
        return play({ stdout: '', stderr: '', exit: 0 });
      case 'arithmetic':
        return this.#arithmetic(command);
      default:
        return conditional(command.words, this.#expansion, this.state, this.host.files(this.state));
    }
  }

  *#arithmetic({ expression }: Extract<ShellCommand, { kind: 'arithmetic' }>): Process {
    return (yield* this.#expansion.number(expression)) === 0n ? 1 : 0;
  }

  *#if({ branches, otherwise }: Extract<ShellCommand, { kind: 'if' }>, input: Input): Process {
    for (const { condition, body } of branches)
      if ((yield* this.script(condition, input)) === 0) return yield* this.script(body, input);
    if (otherwise) return yield* this.script(otherwise, input);
    return 0;
  }

  *#for({ name, words, body }: Extract<ShellCommand, { kind: 'for' }>, input: Input): Process {
    const values = words ? yield* this.#expansion.fields(words) : this.state.positional;
    let exit = 0;
    for (const value of values) {
      this.state.set(name, value);
      const round = yield* this.#round(body, input);
      exit = round.exit;
      if (round.stop) break;
    }
    return exit;
  }

  *#countingFor({ clauses, body }: Extract<ShellCommand, { kind: 'counting-for' }>, input: Input): Process {
    const [init, test, step] = clauses;
    const expansion = this.#expansion;
    yield* expansion.number(init);
    let exit = 0;
    for (;;) {
      this.host.budget().command();
      if (test.parts.length > 0 && (yield* expansion.number(test)) === 0n) return exit;
      const round = yield* this.#round(body, input);
      exit = round.exit;
      if (round.stop) return exit;
      yield* expansion.number(step);
    }
  }

  *#while(loop: Extract<ShellCommand, { kind: 'while' }>, input: Input): Process {
    let exit = 0;
    for (;;) {
      this.host.budget().command();
      if (((yield* this.script(loop.condition, input)) === 0) === loop.until) return exit;
      const round = yield* this.#round(loop.body, input);
      exit = round.exit;
      if (round.stop) return exit;
    }
  }

  /** One pass of a loop. */
  *#round(body: Script, input: Input): Steps<{ readonly exit: number; readonly stop: boolean }> {
    try {
      return { exit: yield* this.script(body, input), stop: false };
    } catch (error) {
      if (!(error instanceof Leave) || (error.how !== 'break' && error.how !== 'continue')) throw error;
      if (error.value > 1) throw new Leave(error.how, error.value - 1);
      return { exit: 0, stop: error.how === 'break' };
    }
  }

  *#case({ word, items }: Extract<ShellCommand, { kind: 'case' }>, input: Input): Process {
    const expansion = this.#expansion;
    const text = yield* expansion.text(word);
    for (const { patterns, body } of items)
      for (const pattern of patterns)
        if (matchesGlob(parseGlob(yield* expansion.pattern(pattern)), text))
          return yield* this.script(body, input);
    return 0;
  }

  *#simple(command: Extract<ShellCommand, { kind: 'simple' }>, input: Input): Process {
    const expansion = this.#expansion;
    const before = this.state.exit;
    this.state.exit = 0;
    const assigned: [string, string][] = [];
    const words = yield* this.#expandedWords(command, before);
    for (const { name, value, append } of command.assignments)
      assigned.push([name, (append ? (this.state.get(name) ?? '') : '') + (yield* expansion.text(value))]);
    if (words.length === 0) {
      for (const [name, value] of assigned) this.state.set(name, value);
      return this.state.exit;
    }
    this.state.exit = before;
    const env = { ...this.state.environment, ...Object.fromEntries(assigned) };
    if (assigned.length === 0 || !BUILTINS.has(words[0] ?? '')) return yield* this.#run(words, input, env);
    // A builtin sees assignments before it as variables of the shell, for as long as it runs.
    const variables = this.state.variables;
    this.state.variables = new Map(variables);
    for (const [name, value] of assigned) this.state.set(name, value);
    const exit = yield* this.#run(words, input, env);
    for (const [name, value] of this.state.variables)
      if (!assigned.some(([own]) => own === name)) variables.set(name, value);
    this.state.variables = variables;
    return exit;
  }

  *#expandedWords(command: Extract<ShellCommand, { kind: 'simple' }>, exit: number): Steps<string[]> {
    // $? in the words is that of the command before.
    this.state.exit = exit;
    const words = yield* this.#expansion.fields(command.words);
    if (words.length > 0 || !command.words.length) this.state.exit = words.length ? exit : 0;
    return words;
  }

  *#run(words: readonly string[], input: Input, env: Readonly<Record<string, string>>): Process {
    const [name = '', ...args] = words;
    const own = this.state.functions.get(name);
    if (own) return yield* this.#function(own, args, input);
    const builtin = BUILTINS.get(name);
    if (builtin) return yield* counted(this.host.budget(), this.#builtin(builtin, args, input, env));
    const program = this.host.program(name);
    if (program) return yield* counted(this.host.budget(), this.#program(program, args, input, env));
    if (name.includes('/')) return yield* this.#file(name, args, input);
    yield* this.#complain(`${name}: ${notFound(this.state.kind)}`);
    return 127;
  }

  *#function(body: ShellCommand, args: readonly string[], input: Input): Process {
    const { positional } = this.state;
    this.state.positional = args;
    this.host.budget().enter();
    try {
      return yield* this.#command(body, input);
    } catch (error) {
      if (error instanceof Leave && error.how === 'return') return error.value;
      throw error;
    } finally {
      this.host.budget().leave();
      this.state.positional = positional;
    }
  }

  #builtin(
    builtin: Builtin,
    args: readonly string[],
    input: Input,
    env: Readonly<Record<string, string>>,
  ): Process {
    const { host, state } = this;
    return runBuiltin(builtin, args, {
      state,
      input,
      env,
      files: host.files(state),
      history: host.surroundings().history,
      jobs: host.jobs,
      program: (name) => host.program(name),
      source: (text) => this.#sourced(text, input),
      run: (words) => this.#run(words, input, env),
    });
  }

  /** A text run in this shell (`eval`, `source`). */
  *#sourced(text: string, input: Input): Process {
    const parsed = parseScript(text);
    if (parsed.ok) return yield* this.script(parsed.script, input);
    yield* this.#complain(parsed.message);
    return 2;
  }

  *#program(
    program: Command,
    args: readonly string[],
    input: Input,
    env: Readonly<Record<string, string>>,
  ): Process {
    const { reads = 'all' } = program;
    const how = typeof reads === 'string' ? reads : reads(args);
    const stdin = how === 'all' && !input.isTerminal ? yield* input.all() : undefined;
    return yield* play(
      program.run(
        programContext(this, { args, stdin, input: stdin === undefined ? input : BufferedInput.of(''), env }),
      ),
    );
  }

  /** A path: a program by its full name, or a file with a script. */
  *#file(path: string, args: readonly string[], input: Input): Process {
    const files = this.host.files(this.state);
    const program = programOfPath(path) ?? '';
    const found = this.host.program(program);
    if (!found && isProgramToo(program))
      return yield* this.#run([program, ...args], input, this.state.environment);
    if (found)
      return yield* counted(this.host.budget(), this.#program(found, args, input, this.state.environment));
    const text = files.read(path);
    if (text === undefined) {
      yield* this.#complain(`${path}: ${notRun(this.state.kind, files.kind(path) !== undefined)}`);
      return files.kind(path) ? 126 : 127;
    }
    return yield* this.scriptFile(path, text, args, input);
  }

  /** A script in a shell of its own. */
  *scriptFile(name: string, text: string, args: readonly string[], input: Input): Process {
    const shell = this.#subshell();
    shell.state.name = name;
    shell.state.interactive = false;
    shell.state.positional = args;
    this.host.budget().enter();
    const exit = yield* shell.text(text, input);
    this.host.budget().leave();
    return exit;
  }

  *#complain(message: string): Steps<void> {
    yield { kind: 'stderr', text: `${this.state.prologue}: ${message}\n` };
  }
}
