// sort: by lines or keys (-k F[.C][opts][,F[.C]]), texts, numbers, versions, sizes.
import { EVERYWHERE, failed, type Command, type Process } from '../../types';
import { inputs, joined, linesOf, readOptions } from './options';

interface Key {
  readonly from: number;
  readonly fromChar: number;
  readonly to: number;
  readonly toChar: number;
  readonly flags: string;
}

export const sort: Command = {
  name: 'sort',
  summary: 'sorts lines',
  on: EVERYWHERE,
  reads: 'stream',
  *run(context): Process {
    const options = readOptions('sort', context.args, {
      flags: 'bdfgnhVrusz',
      valued: 'kto',
      long: {
        'key=': 'k',
        'field-separator=': 't',
        'numeric-sort': 'n',
        reverse: 'r',
        unique: 'u',
        'version-sort': 'V',
        'human-numeric-sort': 'h',
        'ignore-case': 'f',
        stable: 's',
        'output=': 'o',
      },
      exit: 2,
    });
    if ('exit' in options) {
      yield { kind: 'stderr', text: options.stderr };
      return options.exit;
    }
    const { flags, values, rest } = options;
    const keys: Key[] = [];
    for (const text of values.get('k') ?? []) {
      const key = keyOf(text);
      if (!key) {
        yield {
          kind: 'stderr',
          text: failed(
            text.startsWith('0')
              ? `sort: field number is zero: invalid field specification ‘${text}’`
              : `sort: invalid number at field start: invalid count at start of ‘${text}’`,
            2,
          ).stderr,
        };
        return 2;
      }
      keys.push(key);
    }
    const separator = values.get('t')?.at(-1);
    const { texts, failed: missing } = yield* inputs(
      'sort',
      rest,
      context,
      (name, why) => `sort: cannot read: ${name}: ${why}`,
    );
    if (missing) return 2;
    const global = [...flags].filter((f) => 'bdfgnhV'.includes(f)).join('');
    const compare = comparison(keys, separator, global, flags.has('r'));
    const last = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0) * (flags.has('r') ? -1 : 1);
    const stable = flags.has('s') || flags.has('u');
    let lines = texts
      .flatMap((t) => linesOf(t.text))
      .sort((a, b) => compare(a, b) || (stable ? 0 : last(a, b)));
    if (flags.has('u')) lines = lines.filter((line, i) => i === 0 || compare(line, lines[i - 1] ?? '') !== 0);
    const out = joined(lines);
    const file = values.get('o')?.at(-1);
    if (file !== undefined) return context.files.write(file, out) ? 0 : 2;
    if (out !== '') yield { kind: 'stdout', text: out };
    return 0;
  },
};

function keyOf(text: string): Key | undefined {
  const found = /^(\d+)(?:\.(\d+))?([bdfghnrV]*)(?:,(\d+)(?:\.(\d+))?([bdfghnrV]*))?$/.exec(text);
  if (!found || Number(found[1]) === 0) return undefined;
  return {
    from: Number(found[1]),
    fromChar: Number(found[2] ?? 1),
    to: found[4] ? Number(found[4]) : Infinity,
    toChar: Number(found[5] ?? 0),
    flags: (found[3] ?? '') + (found[6] ?? ''),
  };
}

type Comparison = (a: string, b: string) => number;

function comparison(
  keys: readonly Key[],
  separator: string | undefined,
  global: string,
  reverse: boolean,
): Comparison {
  const whole: Key = { from: 1, fromChar: 1, to: Infinity, toChar: 0, flags: '' };
  const used = keys.length ? keys : [whole];
  return (a, b) => {
    for (const key of used) {
      const own = key.flags.replace('r', '') === '' && !key.flags.includes('r');
      const flags = own ? global : key.flags;
      const turned = own ? reverse : key.flags.includes('r');
      const x = keys.length ? part(a, key, separator) : a;
      const y = keys.length ? part(b, key, separator) : b;
      const order = compareTexts(x, y, flags);
      if (order !== 0) return turned ? -order : order;
    }
    return 0;
  };
}

/** The text of a key; without -t a field has the blanks before it. */
function part(line: string, { from, fromChar, to, toChar }: Key, separator: string | undefined): string {
  const fields = separator === undefined ? (line.match(/\s*\S+|\s+$/g) ?? []) : line.split(separator);
  const chosen = fields.slice(from - 1, to === Infinity ? undefined : to);
  if (toChar > 0 && chosen.length && to >= from)
    chosen[chosen.length - 1] = (chosen.at(-1) ?? '').slice(0, toChar);
  const text = chosen.join(separator ?? '');
  return fromChar > 1 ? text.slice(fromChar - 1) : text;
}

const SIZES = 'KMGTPE';

function compareTexts(a: string, b: string, flags: string): number {
  if (flags.includes('n') || flags.includes('g') || flags.includes('h')) {
    const value = (text: string): number => {
      const found = /^\s*(-?\d*\.?\d*)([KMGTPEk])?/.exec(text);
      const number = parseFloat(found?.[1] ?? '') || 0;
      const unit = flags.includes('h') ? SIZES.indexOf((found?.[2] ?? ' ').toUpperCase()) : -1;
      return number * 1024 ** (unit + 1);
    };
    return value(a) - value(b);
  }
  if (flags.includes('V')) return compareVersions(a.trim(), b.trim());
  const shape = (text: string): string => {
    const cut = flags.includes('b') ? text.trimStart() : text;
    return flags.includes('f') ? cut.toUpperCase() : cut;
  };
  const [x, y] = [shape(a), shape(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}

/** Runs of digits as numbers, everything else as text. */
function compareVersions(a: string, b: string): number {
  const [x, y] = [a.match(/\d+|\D+/g) ?? [], b.match(/\d+|\D+/g) ?? []];
  for (let i = 0; i < Math.max(x.length, y.length); i++) {
    const [p, q] = [x[i] ?? '', y[i] ?? ''];
    const order = /^\d/.test(p) && /^\d/.test(q) ? Number(p) - Number(q) : p < q ? -1 : p > q ? 1 : 0;
    if (order !== 0) return order;
  }
  return 0;
}
