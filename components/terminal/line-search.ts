// Ctrl-R: looks back through the history for a line that holds what is typed.

export interface Line {
  readonly text: string;
  /** Index in the text, between characters. */
  readonly cursor: number;
  /** What was killed last, for Ctrl-Y. */
  readonly kill: string;
  /** Lines before this one, oldest first, and where in them the arrows stand (`length`: the line itself). */
  readonly history: readonly string[];
  readonly at: number;
  /** The line as it was before the arrows left it. */
  readonly draft: string;
  readonly search: Search | null;
}

export interface Search {
  readonly query: string;
  readonly at: number;
  readonly found: boolean;
  /** The line before the search began; Ctrl-G brings it back. */
  readonly before: string;
}

/** The newest line up to `from` that holds the query; without one, the line stays and the search says so. */
export function searchBack(line: Line, query: string, from: number): Line {
  const search = { query, before: line.search?.before ?? line.text };
  if (query === '') return { ...line, search: { ...search, at: line.at, found: true } };
  for (let at = Math.min(from, line.history.length - 1); at >= 0; at--) {
    const text = line.history[at] ?? '';
    const index = text.lastIndexOf(query);
    if (index >= 0) return { ...line, text, cursor: index, at, search: { ...search, at, found: true } };
  }
  return { ...line, search: { ...search, at: line.at, found: false } };
}

/** The prompt while searching, as bash shows it. */
export const searchPrompt = ({ query, found }: Search): string =>
  `(${found ? '' : 'failed '}reverse-i-search)\`${query}': `;
