// What a command of ksvc may do to the outside: injected, so that commands run in tests and many at a time in --batch.
export interface CliIo {
  out(text: string): void;
  err(text: string): void;
  /** The text of a file named by the caller; "-" is stdin. Throws an Error whose message is one clear sentence. */
  readFile(path: string): string;
}

/** Bad usage or input: one line for stderr, exit code 2. */
export class UsageError extends Error {}

export interface ParsedArgs {
  readonly values: Readonly<Record<string, readonly string[]>>;
  readonly flags: ReadonlySet<string>;
  readonly rest: readonly string[];
}

/** Splits arguments. `valued` and `flags` name the known options, with dashes. An unknown one is a UsageError. */
export function parseArgs(
  args: readonly string[],
  valued: readonly string[],
  flags: readonly string[],
): ParsedArgs {
  const values: Record<string, string[]> = {};
  const given = new Set<string>();
  const rest: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const word = args[i] ?? '';
    const [name = '', inline] = word.startsWith('--') && word.includes('=') ? splitOnce(word) : [word];
    if (valued.includes(name)) {
      const value = inline ?? args[++i];
      if (value === undefined) throw new UsageError(`${name} needs a value`);
      (values[name] ??= []).push(value);
    } else if (flags.includes(name)) given.add(name);
    else if (word.startsWith('-') && word !== '-')
      throw new UsageError(`unknown option ${word}; --help lists the options`);
    else rest.push(word);
  }
  return { values, flags: given, rest };
}

function splitOnce(word: string): [string, string] {
  const at = word.indexOf('=');
  return [word.slice(0, at), word.slice(at + 1)];
}
