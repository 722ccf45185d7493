// Options of GNU's small programs: bundled short ones, with or without values, and long ones (getopt_long).
import { failed, type CommandContext, type Result, type Steps } from '../../types';

export interface Options {
  /** How often a flag was given, or the values of an option, by its short name. */
  readonly flags: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, readonly string[]>;
  readonly rest: readonly string[];
}

export interface OptionNames {
  /** Letters without a value. */
  readonly flags?: string;
  /** Letters with a value. */
  readonly valued?: string;
  /** Long names and the letters that they stand for; "name=" takes a value. */
  readonly long?: Readonly<Record<string, string>>;
  /** Options end at the first word that is none. */
  readonly leading?: boolean;
  /** The exit code of a wrong option. */
  readonly exit?: number;
}

/** The options, or what the program says of a wrong one. */
export function readOptions(program: string, args: readonly string[], names: OptionNames): Options | Result {
  const { flags = '', valued = '', long = {}, leading = false, exit = 1 } = names;
  const given = new Set<string>();
  const values = new Map<string, string[]>();
  const rest: string[] = [];
  const put = (name: string, value: string): void =>
    void values.set(name, [...(values.get(name) ?? []), value]);
  const hint = `Try '${program} --help' for more information.`;
  for (let i = 0; i < args.length; i++) {
    const word = args[i] ?? '';
    if (word === '--') {
      rest.push(...args.slice(i + 1));
      break;
    }
    if (word.startsWith('--')) {
      const [name, inline] = splitOnce(word.slice(2));
      const letter = long[name] ?? long[`${name}=`];
      if (letter === undefined) return failed(`${program}: unrecognized option '--${name}'\n${hint}`, exit);
      if (long[`${name}=`] === undefined) given.add(letter);
      else {
        const value = inline ?? args[++i];
        if (value === undefined)
          return failed(`${program}: option '--${name}' requires an argument\n${hint}`, exit);
        put(letter, value);
      }
    } else if (word.startsWith('-') && word.length > 1) {
      for (let at = 1; at < word.length; at++) {
        const letter = word[at] ?? '';
        if (valued.includes(letter)) {
          const value = at + 1 < word.length ? word.slice(at + 1) : args[++i];
          if (value === undefined)
            return failed(`${program}: option requires an argument -- '${letter}'\n${hint}`, exit);
          put(letter, value);
          break;
        }
        if (!flags.includes(letter))
          return failed(`${program}: invalid option -- '${letter}'\n${hint}`, exit);
        given.add(letter);
      }
    } else {
      rest.push(word);
      if (leading) {
        rest.push(...args.slice(i + 1));
        break;
      }
    }
  }
  return { flags: given, values, rest };
}

function splitOnce(word: string): [string, string | undefined] {
  const at = word.indexOf('=');
  return at < 0 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)];
}

export interface NamedText {
  readonly name: string;
  readonly text: string;
}

/** The texts of the named files, or of standard input; what cannot be read is named on stderr. */
export function* inputs(
  program: string,
  names: readonly string[],
  { files, input }: Pick<CommandContext, 'files' | 'input'>,
  complaint = (name: string, why: string): string => `${program}: ${name}: ${why}`,
): Steps<{ readonly texts: readonly NamedText[]; readonly failed: boolean }> {
  const texts: NamedText[] = [];
  let missing = false;
  for (const name of names.length ? names : ['-']) {
    const text = name === '-' ? yield* input.all() : files.read(name);
    if (text !== undefined) texts.push({ name, text });
    else {
      missing = true;
      const why = files.kind(name) === 'folder' ? 'Is a directory' : 'No such file or directory';
      yield { kind: 'stderr', text: `${complaint(name, why)}\n` };
    }
  }
  return { texts, failed: missing };
}

export const linesOf = (text: string): string[] =>
  text === '' ? [] : (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
export const joined = (lines: readonly string[]): string => (lines.length ? lines.join('\n') + '\n' : '');
