// The index of one language: made when the site is built, sent as JSON, opened in the browser. MiniSearch keeps the words.
import MiniSearch, { type Options, type Query, type SearchResult } from 'minisearch';
import { indexTokens, isHan, queryWords, type Wanted } from './tokens';

/** What is found: a place with words of its own. */
export interface SearchDocument {
  /** The address, but for terms, of which several lead to one lesson. */
  readonly id: string;
  /** The address: "/zh/learn/2.3#anchor". */
  readonly href: string;
  /** lesson: its head; section: below a heading; task: one of its lab; planned: a lesson that is still to come; term: of the glossary. */
  readonly kind: 'lesson' | 'section' | 'task' | 'planned' | 'term';
  /** "2.3", which groups what is found; '' outside of lessons. */
  readonly lesson: string;
  readonly heading: string;
  readonly text: string;
}

/** A document that was found. */
export interface Hit extends SearchDocument {
  /** Words of the index that matched, to be marked. */
  readonly terms: readonly string[];
}

/** What belongs to one lesson (or to the glossary), best first. */
export interface HitGroup {
  readonly lesson: string;
  readonly hits: readonly Hit[];
}

export interface Found {
  readonly groups: readonly HitGroup[];
  /** How many places match in all; more than are in the groups if there are many. */
  readonly total: number;
}

const OPTIONS: Options<SearchDocument> = {
  idField: 'id',
  fields: ['heading', 'text'],
  storeFields: ['href', 'kind', 'lesson', 'heading', 'text'],
  tokenize: indexTokens,
  processTerm: (term) => term,
};
const LIMIT = 30;
/** The longest question that is looked up; the rest of a pasted text is left out. */
const QUERY_CHARS = 120;
const WEIGHT = { lesson: 1.6, section: 1, task: 0.9, planned: 0.7, term: 1.2 } as const;

export function buildIndex(documents: readonly SearchDocument[]): string {
  const index = new MiniSearch<SearchDocument>(OPTIONS);
  index.addAll(documents);
  return JSON.stringify(index);
}

export type SearchIndex = (query: string) => Found;

/** Opens an index in its JSON; throws if the text is none. */
export function openIndex(json: string): SearchIndex {
  const index = MiniSearch.loadJSON<SearchDocument>(json, OPTIONS);
  return (query) => find(index, query);
}

function find(index: MiniSearch<SearchDocument>, query: string): Found {
  const wanted = queryWords(query.slice(0, QUERY_CHARS));
  if (wanted.length === 0) return { groups: [], total: 0 };
  const options = {
    boost: { heading: 2.5 },
    boostDocument: weightOf,
    weights: { prefix: 0.6, fuzzy: 0.2 },
  };
  const whole = index.search(queryOf(wanted.map((word) => [word.whole])), options);
  const results = whole.length > 0 ? whole : index.search(queryOf(wanted.map(piecesOf)), options);
  return { groups: grouped(results.slice(0, LIMIT).map(hitOf)), total: results.length };
}

const weightOf = (_id: unknown, _term: string, stored?: Record<string, unknown>): number =>
  WEIGHT[stored?.['kind'] as SearchDocument['kind']] ?? 1;

const piecesOf = ({ whole, parts }: Wanted): readonly string[] => (parts.length > 0 ? parts : [whole]);

/** Every word must be found. */
const queryOf = (words: readonly (readonly string[])[]): Query => ({
  combineWith: 'AND',
  queries: words.flat().map(term),
});

/** The beginning of a name finds it; one letter amiss in a longer one does too. Chinese is found as it is written. */
const term = (text: string): Query => ({
  queries: [text],
  tokenize: (whole) => [whole],
  prefix: !isHan(text),
  fuzzy: isHan(text) || text.length < 5 ? false : 1,
});

function hitOf(result: SearchResult): Hit {
  const { href, kind, lesson, heading, text } = result as unknown as SearchDocument;
  return { id: String(result.id), href, kind, lesson, heading, text, terms: result.terms };
}

function grouped(hits: readonly Hit[]): readonly HitGroup[] {
  const groups = new Map<string, Hit[]>();
  for (const hit of hits) {
    const group = groups.get(hit.lesson);
    if (group) group.push(hit);
    else groups.set(hit.lesson, [hit]);
  }
  return [...groups].map(([lesson, found]) => ({ lesson, hits: found }));
}
