// Many texts looked for at once, none of them a pattern (grep -F): thousands of names from a file, where one regular expression of
// them all would be too big. The leftmost match wins, then the longest.
import type { Regex, RegexMatch } from './regex';

/** `whole`: a line must be one of them (grep -x). */
export function fixedStrings(texts: readonly string[], whole: boolean): Regex {
  return whole ? new WholeLines(texts) : new Parts(texts);
}

class WholeLines implements Regex {
  readonly groups = 0;
  readonly #texts: ReadonlySet<string>;
  constructor(texts: readonly string[]) {
    this.#texts = new Set(texts);
  }
  test(text: string): boolean {
    return this.#texts.has(text);
  }
  search(text: string, from = 0): RegexMatch | undefined {
    return from === 0 && this.test(text) ? { start: 0, end: text.length, groups: [] } : undefined;
  }
}

class Parts implements Regex {
  readonly groups = 0;
  constructor(private readonly texts: readonly string[]) {}
  test(text: string): boolean {
    return this.texts.some((t) => text.includes(t));
  }
  search(text: string, from = 0): RegexMatch | undefined {
    let best: RegexMatch | undefined;
    for (const wanted of this.texts) {
      const start = text.indexOf(wanted, from);
      const end = start + wanted.length;
      if (start >= 0 && (!best || start < best.start || (start === best.start && end > best.end)))
        best = { start, end, groups: [] };
    }
    return best;
  }
}
