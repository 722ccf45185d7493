// What may stand at the cursor: a command's name, its arguments (the command knows), a variable, or a path.
import { BUILTINS } from './shell/builtins';
import type { Command, CompletionContext, Files } from './types';

export interface Completion {
  /** Where the word that is being completed begins in the line. */
  readonly from: number;
  /** Whole words that may stand there, sorted; a folder ends in "/". */
  readonly words: readonly string[];
}

export interface CompletionWorld {
  readonly programs: readonly Command[];
  readonly context: CompletionContext;
  readonly variables: readonly string[];
}

const MOST = 500;

/** Completes the last word of a text. */
export function completeLine(text: string, world: CompletionWorld): Completion {
  const word = /(?:\\.|[^\s|&;()<>])*$/.exec(text)?.[0] ?? '';
  const from = text.length - word.length;
  const starting = (candidates: readonly string[], prefix = word): readonly string[] =>
    [...new Set(candidates)]
      .filter((c) => c.startsWith(prefix))
      .sort()
      .slice(0, MOST);
  const variable = /\$\{?(\w*)$/.exec(word);
  if (variable) {
    const before = word.slice(0, word.length - (variable[1] ?? '').length);
    return { from, words: starting(world.variables.map((v) => before + v)) };
  }
  if (/(?:^|[^0-9<>&])[0-9]?[<>]\s*$/.test(text.slice(0, from)))
    return { from, words: paths(word, world.context.files) };
  const words = lastCommand(text.slice(0, from));
  if (words.length === 0)
    return word.includes('/')
      ? { from, words: paths(word, world.context.files) }
      : {
          from,
          words: starting(
            [...world.programs.map((p) => p.name), ...BUILTINS.keys()].filter((n) => /^\w/.test(n)),
          ),
        };
  const program = world.programs.find((p) => p.name === words[0]);
  const own = program?.complete?.([...words, word], world.context);
  return { from, words: own ? starting(own) : paths(word, world.context.files) };
}

/** The words of the last command of a line, without assignments and redirections. */
function lastCommand(text: string): readonly string[] {
  const last = text.split(/\|\||&&|[|;&(]|\$\(|\b(?:do|then|else)\s/).at(-1) ?? '';
  const words = last.match(/(?:"[^"]*"|'[^']*'|\\.|[^\s"'\\])+/g) ?? [];
  return words
    .map((w) => w.replace(/["'\\]/g, ''))
    .filter(
      (w, i, all) =>
        !/^\d?[<>]/.test(w) && !(/^\w+=/.test(w) && all.slice(0, i).every((o) => /^\w+=/.test(o))),
    );
}

/** Files and folders that begin with a text. */
export function paths(word: string, files: Files): readonly string[] {
  const slash = word.lastIndexOf('/');
  const folder = word.slice(0, slash + 1);
  const prefix = word.slice(slash + 1);
  return files
    .list(folder === '' ? '.' : folder)
    .filter((name) => name.startsWith(prefix) && (prefix.startsWith('.') || !name.startsWith('.')))
    .map((name) => folder + name + (files.kind(folder + name) === 'folder' ? '/' : ''))
    .slice(0, MOST);
}
