// tr: replaces (tr a b), deletes (-d) and squeezes (-s) characters.
import { ansiC } from '../../shell/parse-word';
import { EVERYWHERE, failed, type Command, type Process } from '../../types';
import { readOptions } from './options';

const CLASSES: Readonly<Record<string, string>> = {
  upper: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  lower: 'abcdefghijklmnopqrstuvwxyz',
  digit: '0123456789',
  space: ' \t\n\r\v\f',
  blank: ' \t',
  punct: '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~',
};

export const tr: Command = {
  name: 'tr',
  summary: 'replaces or deletes characters',
  on: EVERYWHERE,
  reads: 'stream',
  *run(context): Process {
    const options = readOptions('tr', context.args, {
      flags: 'cCdst',
      long: { delete: 'd', 'squeeze-repeats': 's', complement: 'c' },
    });
    if ('exit' in options) {
      yield { kind: 'stderr', text: options.stderr };
      return options.exit;
    }
    const { flags, rest } = options;
    const [first, second] = rest;
    const hint = "\nTry 'tr --help' for more information.";
    const wrong =
      first === undefined
        ? `tr: missing operand${hint}`
        : second === undefined && !flags.has('d') && !flags.has('s')
          ? `tr: missing operand after ‘${first}’\nTwo strings must be given when translating.${hint}`
          : undefined;
    if (wrong !== undefined) {
      yield { kind: 'stderr', text: failed(wrong).stderr };
      return 1;
    }
    const from = setOf(first ?? '');
    const to = second === undefined ? [] : setOf(second);
    const complement = flags.has('c') || flags.has('C');
    const inFrom = (c: string): boolean => from.includes(c) !== complement;
    const squeezed = flags.has('s')
      ? second === undefined
        ? inFrom
        : (c: string) => to.includes(c)
      : undefined;
    let before = '';
    const change = (c: string): string => {
      if (!inFrom(c) || second === undefined || flags.has('d')) return c;
      return complement ? (to.at(-1) ?? c) : (to[from.indexOf(c)] ?? to.at(-1) ?? c);
    };
    for (
      let chunk = yield* context.input.chunk();
      chunk !== undefined;
      chunk = yield* context.input.chunk()
    ) {
      let out = '';
      for (const c of chunk) {
        if (flags.has('d') && inFrom(c)) continue;
        const next = change(c);
        if (squeezed?.(next) && next === before) continue;
        out += next;
        before = next;
      }
      if (out !== '') yield { kind: 'stdout', text: out };
    }
    return 0;
  },
};

/** The characters of a set: ranges, classes, escapes. */
function setOf(text: string): string[] {
  const out: string[] = [];
  const plain = ansiC(
    text.replace(
      /\[:(\w+):\]/g,
      (all, name: string) => CLASSES[name]?.replaceAll('\\', '\\\\').replaceAll('-', '\\055') ?? all,
    ),
  );
  const characters = [...plain];
  for (let i = 0; i < characters.length; i++) {
    const [a = '', dash, b] = characters.slice(i, i + 3);
    if (dash === '-' && b !== undefined && a < b && a.charCodeAt(0) !== 0o55) {
      for (let c = a.charCodeAt(0); c <= b.charCodeAt(0) && out.length < 70_000; c++)
        out.push(String.fromCharCode(c));
      i += 2;
    } else out.push(a);
  }
  return out;
}
