// Brace expansion: {a,b} and {1..5} make several words of one, before anything else is expanded (bash(1), Brace Expansion).
import type { Word, WordPart } from './syntax';

const MOST = 10_000;
/** A character that may be part of a brace expression, or something that cannot. */
type Atom = string | Exclude<WordPart, { kind: 'text'; quoted: false }>;

/** The words that a word stands for; one if it has no brace expression. */
export function expandBraces(word: Word): readonly Word[] {
  if (!word.parts.some((p) => p.kind === 'text' && !p.quoted && p.text.includes('{'))) return [word];
  const atoms = word.parts.flatMap((p): Atom[] =>
    p.kind === 'text' && !p.quoted ? [...p.text] : [p as Exclude<Atom, string>],
  );
  return expand(atoms, { left: MOST }).map(wordOf);
}

function expand(atoms: readonly Atom[], budget: { left: number }): Atom[][] {
  for (let open = atoms.indexOf('{'); open >= 0; open = atoms.indexOf('{', open + 1)) {
    const found = choices(atoms, open);
    if (!found) continue;
    const { options, close } = found;
    const before = atoms.slice(0, open);
    const after = expand(atoms.slice(close + 1), budget);
    const words: Atom[][] = [];
    for (const option of options)
      for (const middle of expand(option, budget))
        for (const tail of after) {
          if (--budget.left < 0) return words;
          words.push([...before, ...middle, ...tail]);
        }
    return words;
  }
  return [[...atoms]];
}

/** The alternatives of a brace expression that begins at `open`; undefined if it is none. */
function choices(
  atoms: readonly Atom[],
  open: number,
): { readonly options: readonly (readonly Atom[])[]; readonly close: number } | undefined {
  let depth = 0;
  const options: Atom[][] = [[]];
  for (let i = open + 1; i < atoms.length; i++) {
    const atom = atoms[i];
    if (atom === undefined) break;
    if (atom === '}' && depth === 0) {
      if (options.length > 1) return { options, close: i };
      const range = rangeOf(options[0] ?? []);
      return range && { options: range, close: i };
    }
    if (atom === '{') depth++;
    if (atom === '}') depth--;
    if (atom === ',' && depth === 0) options.push([]);
    else options.at(-1)?.push(atom);
  }
  return undefined;
}

function rangeOf(atoms: readonly Atom[]): Atom[][] | undefined {
  const text = atoms.map((a) => (typeof a === 'string' ? a : '\0')).join('');
  const numbers = /^(-?\d+)\.\.(-?\d+)(?:\.\.-?(\d+))?$/.exec(text);
  const letters = /^([A-Za-z])\.\.([A-Za-z])$/.exec(text);
  if (!numbers && !letters) return undefined;
  const [from, to] = numbers
    ? [Number(numbers[1]), Number(numbers[2])]
    : [(letters?.[1] ?? '').charCodeAt(0), (letters?.[2] ?? '').charCodeAt(0)];
  const step = Math.max(1, Number(numbers?.[3] ?? 1));
  const padded = numbers && /^-?0\d/.test(numbers[1] ?? '') ? (numbers[1] ?? '').length : 0;
  const count = Math.min(MOST, Math.floor(Math.abs(to - from) / step) + 1);
  return Array.from({ length: count }, (_, i) => {
    const value = from + (to < from ? -i : i) * step;
    return [...(numbers ? String(value).padStart(padded, '0') : String.fromCharCode(value))];
  });
}

function wordOf(atoms: readonly Atom[]): Word {
  const parts: WordPart[] = [];
  for (const atom of atoms) {
    const last = parts.at(-1);
    if (typeof atom !== 'string') parts.push(atom);
    else if (last?.kind === 'text' && !last.quoted)
      parts[parts.length - 1] = { ...last, text: last.text + atom };
    else parts.push({ kind: 'text', text: atom, quoted: false });
  }
  return { parts };
}
