// Names near a misspelt one: cobra's SuggestionsFor (Levenshtein distance up to 2, or what the word begins).

/** The names that may have been meant, in their order. */
export function suggestions(word: string, names: readonly string[]): readonly string[] {
  const lower = word.toLowerCase();
  return names.filter(
    (name) => distance(lower, name.toLowerCase()) <= 2 || name.toLowerCase().startsWith(lower),
  );
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substituted = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substituted, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
