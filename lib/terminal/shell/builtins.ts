// Commands that are the shell's own because they change it, or because bash has them built in (bash(1), SHELL BUILTIN COMMANDS).
import { done, failed, type Process, type Result } from '../types';
import { play } from '../process';
import { ArithmeticError, evaluate } from './arithmetic';
import type { Builtin, BuiltinContext } from './builtin';
import { JOB_BUILTINS } from './job-builtins';
import { ansiC } from './parse-word';
import { formatPrintf } from './printf';
import { Leave, type ShellState } from './state';
import { TestError, testExpression } from './test-expression';

const NAME = /^[A-Za-z_]\w*$/;
const complain = ({ state }: BuiltinContext, message: string, exit = 1): Result =>
  failed(`${state.prologue}: ${message}`, exit);

const cd: Builtin = (args, context) => {
  const { state, files } = context;
  if (args.length > 1) return complain(context, 'cd: too many arguments');
  const back = args[0] === '-';
  const target = back ? state.previousCwd : (args[0] ?? state.get('HOME') ?? '/');
  if (target === undefined) return complain(context, 'cd: OLDPWD not set');
  const kind = files.kind(target);
  if (kind !== 'folder' && state.kind !== 'bash')
    return complain(
      context,
      state.kind === 'dash'
        ? `cd: can't cd to ${target}`
        : `cd: ${state.interactive ? '' : 'line 0: '}can't cd to ${target}: ${kind ? 'Not a directory' : 'No such file or directory'}`,
      state.kind === 'dash' ? 2 : 1,
    );
  if (kind !== 'folder')
    return complain(context, `cd: ${target}: ${kind ? 'Not a directory' : 'No such file or directory'}`);
  state.previousCwd = state.cwd;
  state.cwd = files.resolve(target);
  return done(back ? `${state.cwd}\n` : '');
};

const exportNames: Builtin = (args, context) => {
  const { state } = context;
  const names = args.filter((a) => a !== '-p');
  if (names.length === 0)
    return done(
      [...state.variables]
        .filter(([, v]) => v.exported)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, v]) => `declare -x ${name}="${v.value.replace(/["\\$`]/g, '\\$&')}"\n`)
        .join(''),
    );
  for (const arg of names) {
    const [name = '', ...value] = arg.split('=');
    if (!NAME.test(name)) return complain(context, `export: \`${arg}': not a valid identifier`);
    if (arg.includes('=')) state.export(name, value.join('='));
    else state.export(name);
  }
  return done();
};

const declareNames: Builtin = (args, context) => {
  const exported = args.some((a) => /^-\w*x/.test(a));
  for (const arg of args.filter((a) => !a.startsWith('-'))) {
    const [name = '', ...value] = arg.split('=');
    if (!NAME.test(name)) return complain(context, `declare: \`${arg}': not a valid identifier`);
    if (arg.includes('=')) context.state.set(name, value.join('='));
    if (exported) context.state.export(name);
  }
  return done();
};

const unset: Builtin = (args, { state }) => {
  for (const name of args) {
    state.variables.delete(name);
    state.functions.delete(name);
  }
  return done();
};

const set: Builtin = (args, { state }) => {
  if (args[0] === '--') state.positional = args.slice(1);
  else if (args.length > 0 && !/^[-+]/.test(args[0] ?? '')) state.positional = args;
  if (args.length > 0) return done();
  const names = [...state.variables].sort(([a], [b]) => (a < b ? -1 : 1));
  return done(names.map(([name, { value }]) => `${name}=${shellQuoted(value)}\n`).join(''));
};

const shellQuoted = (text: string): string =>
  /^[\w@%+=:,./-]*$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;

function* read(args: readonly string[], context: BuiltinContext): Process {
  const names: string[] = [];
  let raw = false;
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    if (arg === '-p') {
      const prompt = args[++i] ?? '';
      if (context.input.isTerminal) yield { kind: 'stderr', text: prompt };
    } else if (/^-[rs]+$/.test(arg)) raw ||= arg.includes('r');
    else if (arg === '-t' || arg === '-n' || arg === '-d') i++;
    else names.push(arg);
  }
  const line = yield* context.input.line();
  if (line === undefined) {
    for (const name of names) context.state.set(name, '');
    return 1;
  }
  const text = raw ? line.replace(/\n$/, '') : line.replace(/\n$/, '').replace(/\\(.)/g, '$1');
  assignFields(text, names.length ? names : ['REPLY'], context.state);
  return line.endsWith('\n') ? 0 : 1;
}

/** The last name gets the rest of the line. */
function assignFields(text: string, names: readonly string[], state: ShellState): void {
  const separators = state.get('IFS') ?? ' \t\n';
  const blank = /\s/.test(separators) || separators === '';
  let rest = blank && names[0] !== 'REPLY' ? text.trim() : text;
  for (const [i, name] of names.entries()) {
    if (i === names.length - 1) {
      state.set(name, rest);
      return;
    }
    const at = separators === '' ? -1 : [...rest].findIndex((c) => separators.includes(c));
    state.set(name, at < 0 ? rest : rest.slice(0, at));
    rest = at < 0 ? '' : blank ? rest.slice(at).trimStart() : rest.slice(at + 1);
  }
}

function leave(how: Leave['how']): Builtin {
  return (args, context) => {
    const { state } = context;
    const [text] = args;
    const whole = text === undefined || /^-?\d+$/.test(text);
    if (!whole && (how === 'exit' || how === 'return')) {
      return (function* (): Process {
        yield { kind: 'stderr', text: `${state.name}: ${how}: ${text}: numeric argument required\n` };
        throw new Leave(how, 2);
      })();
    }
    if (how === 'exit' || how === 'return')
      throw new Leave(how, text === undefined ? state.exit : Number(text) & 255);
    throw new Leave(how, Math.max(1, Number(text ?? 1) || 1));
  };
}

const shift: Builtin = (args, { state }) => {
  const count = Number(args[0] ?? 1);
  if (count > state.positional.length) return failed('', 1);
  state.positional = state.positional.slice(count);
  return done();
};

const echo: Builtin = (args) => {
  let newline = true;
  let escapes = false;
  let i = 0;
  for (; /^-[neE]+$/.test(args[i] ?? ''); i++)
    for (const o of (args[i] ?? '').slice(1)) {
      if (o === 'n') newline = false;
      else escapes = o === 'e';
    }
  const text = args.slice(i).join(' ');
  if (!escapes) return done(text + (newline ? '\n' : ''));
  const cut = text.indexOf('\\c');
  return done(ansiC(cut < 0 ? text : text.slice(0, cut)) + (newline && cut < 0 ? '\n' : ''));
};

const printf: Builtin = (args, context) => {
  const variable = args[0] === '-v' ? args[1] : undefined;
  const [format, ...values] = variable === undefined ? args : args.slice(2);
  if (format === undefined) return failed('printf: usage: printf [-v var] format [arguments]', 2);
  const { text, error } = formatPrintf(format, values);
  if (variable !== undefined) context.state.set(variable, text);
  return {
    stdout: variable === undefined ? text : '',
    stderr: error === undefined ? '' : `${context.state.name}: printf: ${error}\n`,
    exit: error === undefined ? 0 : 1,
  };
};

function test(name: 'test' | '['): Builtin {
  return (args, context) => {
    if (name === '[' && args.at(-1) !== ']') return complain(context, "[: missing `]'", 2);
    try {
      const { state, files } = context;
      const words = name === '[' ? args.slice(0, -1) : args;
      return failed('', testExpression(words, { files, isSet: (n) => state.get(n) !== undefined }) ? 0 : 1);
    } catch (error) {
      if (error instanceof TestError) return complain(context, `${name}: ${error.message}`, 2);
      throw error;
    }
  };
}

const type: Builtin = (args, context) => {
  let stdout = '';
  let stderr = '';
  for (const name of args.filter((a) => !a.startsWith('-'))) {
    if (context.state.functions.has(name)) stdout += `${name} is a function\n`;
    else if (BUILTINS.has(name)) stdout += `${name} is a shell builtin\n`;
    else if (context.program(name)) stdout += `${name} is /usr/bin/${name}\n`;
    else stderr += `${context.state.name}: type: ${name}: not found\n`;
  }
  return { stdout, stderr, exit: stderr === '' ? 0 : 1 };
};

const command: Builtin = (args, context) => {
  if (args[0] !== '-v' && args[0] !== '-V') return context.run(args);
  const [, name = ''] = args;
  if (BUILTINS.has(name) || context.state.functions.has(name)) return done(`${name}\n`);
  return context.program(name) ? done(`/usr/bin/${name}\n`) : failed('', 1);
};

const source: Builtin = (args, context) => {
  const [name] = args;
  if (name === undefined) return complain(context, 'source: filename argument required', 2);
  const text = context.files.read(name);
  return text === undefined ? complain(context, `${name}: No such file or directory`) : context.source(text);
};

const letValue: Builtin = (args, context) => {
  try {
    let value = 0n;
    for (const arg of args) value = evaluate(arg, context.state);
    return failed('', value === 0n ? 1 : 0);
  } catch (error) {
    if (error instanceof ArithmeticError) return complain(context, `let: ${error.message}`);
    throw error;
  }
};

const history: Builtin = (args, { history: lines }) => {
  const count = /^\d+$/.test(args[0] ?? '') ? Number(args[0]) : lines.length;
  const from = Math.max(0, lines.length - count);
  return done(
    lines
      .slice(from)
      .map((line, i) => `${String(from + i + 1).padStart(5)}  ${line}\n`)
      .join(''),
  );
};

const nothing: Builtin = () => done();

/** By name. */
export const BUILTINS: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  [':', nothing],
  ['true', nothing],
  ['false', () => failed('', 1)],
  ['cd', cd],
  ['pwd', (_, { state }) => done(`${state.cwd}\n`)],
  ['export', exportNames],
  ['declare', declareNames],
  ['local', declareNames],
  ['readonly', declareNames],
  ['unset', unset],
  ['set', set],
  ['shopt', nothing],
  ['trap', nothing],
  ['read', read],
  ['exit', leave('exit')],
  ['logout', leave('exit')],
  ['return', leave('return')],
  ['break', leave('break')],
  ['continue', leave('continue')],
  ['shift', shift],
  ['echo', echo],
  ['printf', printf],
  ['test', test('test')],
  ['[', test('[')],
  ['type', type],
  ['command', command],
  ['eval', (args, context) => context.source(args.join(' '))],
  ['source', source],
  ['.', source],
  ['let', letValue],
  ['history', history],
  ...JOB_BUILTINS,
  [
    'alias',
    (args, context) =>
      args.length ? complain(context, 'alias: not here; write a function instead') : done(),
  ],
]);

/** A builtin's result as a process. */
export function* runBuiltin(builtin: Builtin, args: readonly string[], context: BuiltinContext): Process {
  return yield* play(builtin(args, context));
}
