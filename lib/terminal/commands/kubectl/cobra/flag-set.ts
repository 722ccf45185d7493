// Command-line flags as spf13/pflag parses them, with its error texts.
import { goQuote } from '../print/go-quote';
import { parseDuration } from '../print/duration';
import type { FlagInfo } from './flag-table';

export class Flags {
  readonly #values = new Map<string, readonly string[]>();
  /** Words that are no flags. */
  readonly args: string[] = [];
  /** How many of them stood before `--`; -1 without one. */
  dashAt = -1;

  constructor(readonly known: readonly FlagInfo[]) {}

  #info(name: string): FlagInfo | undefined {
    return this.known.find((f) => f.name === name);
  }

  has(name: string): boolean {
    return this.#info(name) !== undefined;
  }

  /** Was it given? */
  changed(name: string): boolean {
    return this.#values.has(name);
  }

  /** The value as text; the last one given. */
  text(name: string): string {
    return this.#values.get(name)?.at(-1) ?? this.#info(name)?.default ?? '';
  }

  bool(name: string): boolean {
    return isTrue(this.text(name));
  }

  int(name: string): number {
    return Number(this.text(name) || '0');
  }

  /** Milliseconds. */
  duration(name: string): number {
    return parseDuration(this.text(name)) ?? 0;
  }

  list(name: string): readonly string[] {
    const given = this.#values.get(name);
    if (given) return given;
    const preset = this.#info(name)?.default ?? '';
    return preset === '' ? [] : preset.split(',');
  }

  set(name: string, values: readonly string[]): void {
    this.#values.set(name, values);
  }

  /** Adds a value given on the command line; or what is wrong with it. */
  add(flag: FlagInfo, value: string): string | undefined {
    const problem = invalidValue(flag, value);
    if (problem !== undefined) {
      const shown = flag.shorthand === '' ? `--${flag.name}` : `-${flag.shorthand}, --${flag.name}`;
      return `invalid argument ${goQuote(value)} for "${shown}" flag: ${problem}`;
    }
    const before = this.#values.get(flag.name) ?? [];
    if (flag.type === 'slice') this.set(flag.name, [...before, ...splitComma(value)]);
    else if (flag.type === 'array') this.set(flag.name, [...before, value]);
    else this.set(flag.name, [value]);
    return undefined;
  }
}

const TRUE = ['1', 't', 'T', 'true', 'TRUE', 'True'];
const FALSE = ['0', 'f', 'F', 'false', 'FALSE', 'False'];
const isTrue = (text: string): boolean => TRUE.includes(text);

function invalidValue(flag: FlagInfo, value: string): string | undefined {
  if (flag.type === 'bool' && !TRUE.includes(value) && !FALSE.includes(value))
    return `strconv.ParseBool: parsing ${goQuote(value)}: invalid syntax`;
  if (flag.type === 'int') {
    if (!/^[+-]?(\d+|0[xX][\da-fA-F]+|0[oO]?[0-7]+|0[bB][01]+)$/.test(value))
      return `strconv.ParseInt: parsing ${goQuote(value)}: invalid syntax`;
    if (Math.abs(Number(value)) >= (SHORT.includes(flag.name) ? 2 ** 31 : 2 ** 63))
      return `strconv.ParseInt: parsing ${goQuote(value)}: value out of range`;
  }
  if (flag.type === 'duration' && parseDuration(value) === undefined) {
    if (value !== '' && /^\d+(\.\d+)?$/.test(value))
      return `time: missing unit in duration ${goQuote(value)}`;
    const unit = /^[+-]?\d+(?:\.\d+)?([^\d.+-]+)/.exec(value)?.[1];
    return unit !== undefined && !['ns', 'us', 'µs', 'ms', 's', 'm', 'h'].includes(unit)
      ? `time: unknown unit ${goQuote(unit)} in duration ${goQuote(value)}`
      : `time: invalid duration ${goQuote(value)}`;
  }
  return undefined;
}

/** Flags of 32 bits. */
const SHORT = ['port', 'replicas', 'min', 'max', 'cpu-percent', 'value'];

/** One line of CSV, as stringSlice reads it. */
function splitComma(value: string): readonly string[] {
  if (value === '') return [];
  const parts: string[] = [];
  const cell = /\s*(?:"((?:[^"]|"")*)"|([^,]*))(,|$)/y;
  for (let match = cell.exec(value); match; match = cell.exec(value)) {
    parts.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === '') break;
  }
  return parts;
}

/** Parses words into the set: flags and arguments may be mixed. Returns pflag's message if one is wrong. */
export function parseFlags(flags: Flags, words: readonly string[]): string | undefined {
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    if (word === '--') {
      flags.dashAt = flags.args.length;
      flags.args.push(...words.slice(i + 1));
      return undefined;
    }
    if (!word.startsWith('-') || word === '-') {
      flags.args.push(word);
      continue;
    }
    const next = words[i + 1];
    const parsed = word.startsWith('--') ? long(flags, word, next) : short(flags, word, next);
    if (typeof parsed === 'string') return parsed;
    if (parsed) i++;
  }
  return undefined;
}

/** true: the next word was used. */
type Parsed = string | boolean;

function long(flags: Flags, word: string, next: string | undefined): Parsed {
  const [, rawName = '', value] = /^--([^=]*)(?:=([\s\S]*))?$/.exec(word) ?? [];
  if (rawName === '' || rawName.startsWith('-')) return `bad flag syntax: ${word}`;
  const name = rawName.replaceAll('_', '-');
  const flag = flags.known.find((f) => f.name === name);
  if (!flag) return name === 'help' ? false : `unknown flag: --${name}`;
  if (value !== undefined) return flags.add(flag, value) ?? false;
  if (flag.noValue !== undefined) return flags.add(flag, flag.noValue) ?? false;
  if (next === undefined) return `flag needs an argument: --${name}`;
  return flags.add(flag, next) ?? true;
}

function short(flags: Flags, word: string, next: string | undefined): Parsed {
  for (let letters = word.slice(1); letters !== ''; letters = letters.slice(1)) {
    const letter = letters.charAt(0);
    const flag = flags.known.find((f) => f.shorthand === letter);
    if (!flag) return `unknown shorthand flag: '${letter}' in -${letters}`;
    const rest = letters.slice(1);
    if (rest.startsWith('=') && rest.length > 1) return flags.add(flag, rest.slice(1)) ?? false;
    if (flag.noValue !== undefined) {
      const problem = flags.add(flag, flag.noValue);
      if (problem !== undefined) return problem;
      continue;
    }
    if (rest !== '') return flags.add(flag, rest) ?? false;
    if (next === undefined) return `flag needs an argument: '${letter}' in -${letters}`;
    return flags.add(flag, next) ?? true;
  }
  return false;
}
