// awk: patterns and actions over lines and fields; -F, -v and -f.
import { EVERYWHERE, failed, type Command, type CommandContext, type Process, type Steps } from '../../types';
import { Awk } from './awk-machine';
import { AwkParser } from './awk-parse';
import { AwkError } from './awk-syntax';
import { linesOf, readOptions } from './options';

function awkNamed(name: string): Command {
  return {
    name,
    summary: 'works on the fields of lines',
    on: EVERYWHERE,
    reads: 'stream',
    run(context) {
      const options = readOptions(name, context.args, { flags: '', valued: 'Fvf', leading: true, exit: 2 });
      if ('exit' in options) return options;
      const [text, ...files] = options.values.has('f')
        ? [context.files.read(options.values.get('f')?.[0] ?? '') ?? '', ...options.rest]
        : options.rest;
      if (text === undefined)
        return failed(`usage: ${name} [-F fs][-v var=value][prog | -f progfile][file ...]`, 2);
      try {
        const machine = new Awk(new AwkParser(text).program());
        for (const v of options.values.get('v') ?? []) machine.assign(v);
        const separator = options.values.get('F')?.at(-1);
        if (separator !== undefined)
          machine.separator =
            separator === 't' ? '\t' : separator.replaceAll('\\t', '\t').replaceAll('\\|', '|');
        return play(machine, files, name, context);
      } catch (error) {
        if (error instanceof AwkError) return failed(`${name}: ${error.message}`, 2);
        throw error;
      }
    },
  };
}

function* play(machine: Awk, files: readonly string[], name: string, context: CommandContext): Process {
  let exit = 0;
  const flush = function* (): Steps<void> {
    const text = machine.takeOutput();
    if (text !== '') yield { kind: 'stdout', text };
  };
  try {
    machine.begin();
    yield* flush();
    if (machine.readsInput) {
      for (const file of files.length ? files : ['-']) {
        if (/^[A-Za-z_]\w*=/.test(file)) {
          machine.assign(file);
          continue;
        }
        if (file === '-') {
          for (
            let chunk = yield* context.input.chunk();
            chunk !== undefined && !machine.ended;
            chunk = yield* context.input.chunk()
          ) {
            for (const line of linesOf(chunk)) machine.line(line);
            yield* flush();
          }
          continue;
        }
        const text = context.files.read(file);
        if (text === undefined) {
          exit = 2;
          yield { kind: 'stderr', text: `${name}: cannot open ${file} (No such file or directory)\n` };
        } else for (const line of linesOf(text)) machine.line(line);
        yield* flush();
      }
    }
    machine.end();
    yield* flush();
    return machine.exit || exit;
  } catch (error) {
    if (!(error instanceof AwkError)) throw error;
    yield* flush();
    yield { kind: 'stderr', text: `${name}: ${error.message}\n` };
    return 2;
  }
}

export const AWK: readonly Command[] = [awkNamed('awk'), awkNamed('mawk'), awkNamed('gawk')];
