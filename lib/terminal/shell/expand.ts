// Expansion of words: parameters, command and arithmetic substitution, field splitting, paths (POSIX.1-2017, 2.6).
import type { Files, Steps } from '../types';
import { evaluate } from './arithmetic';
import { isPattern, matchingPaths, matchLengths, parseGlob, type Segment } from './glob';
import type { ShellState } from './state';
import type { ParameterUse, Script, Word, WordPart } from './syntax';

/** An expansion that cannot be done: bash's message; the command is not run. */
export class ExpansionError extends Error {}

/** A piece of an expanded word. `split`: an unquoted expansion, cut at blanks; `end`: the field ends here ("$@"). */
interface Piece extends Segment {
  readonly split?: true;
  readonly end?: true;
}

export interface ExpansionHost {
  readonly state: ShellState;
  readonly files: Files;
  /** Runs a script in a subshell and returns what it printed. */
  substitute(script: Script): Steps<string>;
}

export class Expansion {
  constructor(private readonly host: ExpansionHost) {}

  /** The fields that words become. */
  *fields(words: readonly Word[]): Steps<string[]> {
    const fields: string[] = [];
    for (const word of words)
      for (const segments of this.#split(yield* this.#pieces(word.parts, true))) {
        const paths = segments.some((s) => !s.quoted && /[*?[]/.test(s.text))
          ? matchingPaths(segments, this.host.files)
          : [];
        if (paths.length > 0) fields.push(...paths);
        else fields.push(segments.map((s) => s.text).join(''));
      }
    return fields;
  }

  /** A word as one text: not split, no paths. */
  *text(word: Word): Steps<string> {
    return (yield* this.#pieces(word.parts, true)).map((p) => p.text + (p.end ? ' ' : '')).join('');
  }

  /** A word as a pattern. */
  *pattern(word: Word): Steps<readonly Segment[]> {
    return yield* this.#pieces(word.parts, true);
  }

  *number(expression: Word): Steps<bigint> {
    return evaluate(yield* this.text(expression), this.host.state);
  }

  *#pieces(parts: readonly WordPart[], tilde: boolean): Steps<Piece[]> {
    const pieces: Piece[] = [];
    for (const [i, part] of parts.entries())
      switch (part.kind) {
        case 'text':
          pieces.push({
            text: tilde && i === 0 && !part.quoted ? this.#tilde(part.text) : part.text,
            quoted: part.quoted,
          });
          break;
        case 'command': {
          const output = yield* this.host.substitute(part.script);
          pieces.push(expanded(output.replace(/\n+$/, ''), part.quoted));
          break;
        }
        case 'arithmetic':
          pieces.push(expanded(String(yield* this.number(part.expression)), part.quoted));
          break;
        default:
          pieces.push(...(yield* this.#parameter(part)));
      }
    return pieces;
  }

  #tilde(text: string): string {
    const home = this.host.state.get('HOME') ?? '/';
    return text === '~' || text.startsWith('~/') ? home + text.slice(1) : text;
  }

  *#parameter(part: Extract<WordPart, { kind: 'parameter' }>): Steps<Piece[]> {
    const { name, quoted, use } = part;
    const { positional } = this.host.state;
    if (!use && name === '@' && quoted)
      return positional.map((text, i) => ({
        text,
        quoted: true,
        ...(i < positional.length - 1 ? { end: true as const } : {}),
      }));
    const value = this.#value(name);
    if (!use) return [expanded(value ?? '', quoted)];
    if (use.kind === 'length')
      return [
        expanded(
          String(name === '@' || name === '*' ? positional.length : [...(value ?? '')].length),
          quoted,
        ),
      ];
    if ('colon' in use) return yield* this.#fallback(name, value, use, quoted);
    return [expanded(yield* this.#changed(name, value ?? '', use), quoted)];
  }

  *#fallback(
    name: string,
    value: string | undefined,
    use: Extract<ParameterUse, { colon: boolean }>,
    quoted: boolean,
  ): Steps<Piece[]> {
    const given = value !== undefined && !(use.colon && value === '');
    if (use.kind === 'alternative')
      return given ? yield* this.#inherit(use.word, quoted) : [expanded('', quoted)];
    if (given) return [expanded(value, quoted)];
    if (use.kind === 'default') return yield* this.#inherit(use.word, quoted);
    const text = yield* this.text(use.word);
    if (use.kind === 'error')
      throw new ExpansionError(`${name}: ${text || `parameter ${use.colon ? 'null or ' : ''}not set`}`);
    this.host.state.set(name, text);
    return [expanded(text, quoted)];
  }

  *#inherit(word: Word, quoted: boolean): Steps<Piece[]> {
    const pieces = yield* this.#pieces(word.parts, true);
    return pieces.map((p): Piece => {
      if (quoted) return { ...p, quoted: true };
      return p.quoted ? p : { ...p, split: true };
    });
  }

  *#changed(
    name: string,
    value: string,
    use: Extract<ParameterUse, { kind: 'trim' | 'replace' | 'slice' | 'case' }>,
  ): Steps<string> {
    switch (use.kind) {
      case 'trim':
        return trimmed(value, yield* this.pattern(use.pattern), use.end, use.longest);
      case 'replace':
        return replaced(value, yield* this.pattern(use.pattern), yield* this.text(use.word), use.all);
      case 'slice': {
        const offset = Number(yield* this.number(use.offset));
        const length = use.length && Number(yield* this.number(use.length));
        const from = offset < 0 ? Math.max(0, value.length + offset) : offset;
        const to = length === undefined ? value.length : length < 0 ? value.length + length : from + length;
        if (to < from) throw new ExpansionError(`${name}: substring expression < 0`);
        return value.slice(from, to);
      }
      default: {
        const change = (t: string): string => (use.upper ? t.toUpperCase() : t.toLowerCase());
        return use.all ? change(value) : change(value.slice(0, 1)) + value.slice(1);
      }
    }
  }

  #value(name: string): string | undefined {
    const { state } = this.host;
    switch (name) {
      case '?':
        return String(state.exit);
      case '#':
        return String(state.positional.length);
      case '@':
      case '*':
        return state.positional.join(' ');
      case '$':
        return '1';
      case '!':
        return state.lastBehind;
      case '-':
        return 'himBHs';
      case '0':
        return state.name;
      default:
        return /^\d+$/.test(name) ? state.positional[Number(name) - 1] : state.get(name);
    }
  }

  /** Fields of an expanded word: unquoted expansions are cut at blanks. */
  #split(pieces: readonly Piece[]): Segment[][] {
    const separators = this.host.state.get('IFS') ?? ' \t\n';
    const fields: Segment[][] = [];
    let field: Segment[] | undefined;
    for (const piece of pieces) {
      if (!piece.split) {
        if (piece.quoted || piece.text !== '') (field ??= []).push(piece);
        if (piece.end) {
          fields.push(field ?? []);
          field = undefined;
        }
        continue;
      }
      for (const [i, text] of splitAt(piece.text, separators).entries()) {
        if (i > 0 && field) {
          fields.push(field);
          field = undefined;
        }
        if (text !== undefined && text !== '') (field ??= []).push({ text, quoted: false });
      }
    }
    if (field) fields.push(field);
    return fields;
  }
}

const expanded = (text: string, quoted: boolean): Piece =>
  quoted ? { text, quoted } : { text, quoted, split: true };

/** Cut at runs of separators; an empty text before or behind a run says that the run stands at the edge. */
function splitAt(text: string, separators: string): string[] {
  if (separators === '') return [text];
  const parts: string[] = [];
  let part = '';
  let inRun = false;
  for (const c of text) {
    if (separators.includes(c)) {
      if (!inRun) {
        parts.push(part);
        part = '';
      }
      inRun = true;
    } else {
      part += c;
      inRun = false;
    }
  }
  return [...parts, part];
}

function trimmed(value: string, pattern: readonly Segment[], end: 'start' | 'end', longest: boolean): string {
  const fromStart = end === 'start';
  const glob = fromStart ? parseGlob(pattern) : parseGlob(pattern).toReversed();
  const found = matchLengths(glob, fromStart ? value : [...value].toReversed().join(''));
  if (!found) return value;
  const length = longest ? found.longest : found.shortest;
  return fromStart ? value.slice(length) : value.slice(0, value.length - length);
}

/** Longer values are searched for plain texts only. */
const SEARCHED = 10_000;

function replaced(value: string, pattern: readonly Segment[], by: string, all: boolean): string {
  const glob = parseGlob(pattern);
  if (glob.length === 0) return value;
  if (!isPattern(glob) || value.length > SEARCHED) {
    const text = pattern.map((p) => p.text).join('');
    return all ? value.split(text).join(by) : value.replace(text, () => by);
  }
  let out = '';
  for (let at = 0; at < value.length;) {
    const length = matchLengths(glob, value, at)?.longest ?? 0;
    if (length === 0) {
      out += value[at++] ?? '';
      continue;
    }
    out += by;
    at += length;
    if (!all) return out + value.slice(at);
  }
  return out;
}
