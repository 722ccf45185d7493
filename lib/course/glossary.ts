// The glossary (content/glossary.yaml): one word for one thing, in both languages. Read by the pages, the hovers and the content linter.
import { parse } from 'yaml';
import { err, ok, type Result } from '@/lib/core/result';
import type { Lang } from './types';

export interface TermWords {
  /** The one word that the course uses. */
  readonly term: string;
  /** Other forms of the same word: a plural, a Chinese short form. */
  readonly also: readonly string[];
  /** One or two sentences. */
  readonly definition: string;
  /** Words that the course does not use for it. */
  readonly avoid: readonly string[];
  /** Whether its first occurrence in a lesson is explained; not for words that are also ordinary ones. */
  readonly hover: boolean;
}

export interface Term extends Readonly<Record<Lang, TermWords>> {
  /** The anchor on the glossary page. */
  readonly id: string;
  /** The lesson that explains it best. */
  readonly lesson: string;
}

export type Glossary = readonly Term[];

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';
const isTexts = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every(isText);

/** The glossary in a file's text, or what is wrong with it, one sentence each. */
export function parseGlossary(file: string, text: string): Result<Glossary, readonly string[]> {
  let value: unknown;
  try {
    value = parse(text);
  } catch (error) {
    return err([`${file}: ${error instanceof Error ? error.message : 'not YAML'}`]);
  }
  if (!isFields(value)) return err([`${file}: not a mapping of terms`]);
  const faults: string[] = [];
  const terms = Object.entries(value).map(([id, entry]) =>
    termOf(id, entry, (fault) => void faults.push(`${file}: ${id}: ${fault}`)),
  );
  faults.push(...doubles(terms).map((fault) => `${file}: ${fault}`));
  return faults.length > 0 ? err(faults) : ok(terms);
}

function termOf(id: string, entry: unknown, fault: (sentence: string) => void): Term {
  const fields = isFields(entry) ? entry : {};
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) fault('a name is small letters, digits and hyphens');
  if (!isText(fields['lesson']) || !/^\d\.\d$/.test(fields['lesson']))
    fault("lesson is missing; write the lesson that explains the term, as '2.3'");
  const words = (lang: Lang): TermWords => wordsOf(lang, fields[lang], fault);
  return { id, lesson: String(fields['lesson']), zh: words('zh'), en: words('en') };
}

const FIELDS = ['term', 'definition', 'also', 'avoid', 'hover'];

function wordsOf(lang: Lang, value: unknown, fault: (sentence: string) => void): TermWords {
  const fields = isFields(value) ? value : {};
  const { term, definition, also = [], avoid = [], hover = true } = fields;
  for (const key of Object.keys(fields))
    if (!FIELDS.includes(key)) fault(`${lang}.${key} is not a field of a term`);
  if (typeof hover !== 'boolean') fault(`${lang}.hover is true or false`);
  if (!isText(term)) fault(`${lang}.term is missing`);
  if (!isText(definition)) fault(`${lang}.definition is missing`);
  if (!isTexts(also)) fault(`${lang}.also is not a list of words`);
  if (!isTexts(avoid)) fault(`${lang}.avoid is not a list of words`);
  return {
    term: isText(term) ? term : '',
    definition: isText(definition) ? definition.trim() : '',
    also: isTexts(also) ? also : [],
    avoid: isTexts(avoid) ? avoid : [],
    hover: hover === true,
  };
}

/** A form that two terms claim would be explained by chance; one that is also to be avoided could not be written at all. */
function doubles(terms: Glossary): string[] {
  return (['zh', 'en'] as const).flatMap((lang) => {
    const owner = new Map<string, string>();
    const faults: string[] = [];
    for (const { id, [lang]: words } of terms)
      for (const form of [words.term, ...words.also]) {
        const other = owner.get(form);
        if (other !== undefined) faults.push(`"${form}" (${lang}) stands under ${other} and under ${id}`);
        owner.set(form, id);
      }
    for (const { id, [lang]: words } of terms)
      for (const form of words.avoid)
        if (owner.has(form)) faults.push(`${id}: "${form}" (${lang}) is to be avoided and to be used`);
    return faults;
  });
}
