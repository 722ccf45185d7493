// What the content linter reads, and what it says: a lesson in one language as plain data, and findings with a place.
import type { Lab, Lang } from '@/lib/course/types';
import type { Glossary } from '@/lib/course/glossary';

/** Stands in prose where `code` stood, so that rules on words do not read it and rules on spaces still see it. */
export const CODE = '\uE000';

export type ProseKind =
  | 'head'
  | 'heading'
  | 'text'
  | 'question'
  | 'option'
  | 'why'
  | 'remember'
  | 'source'
  | 'words';

/** A run of text that a reader sees, without markup and without code. */
export interface Prose {
  readonly kind: ProseKind;
  readonly text: string;
  /** The line of the file that each character comes from. */
  readonly lines: readonly number[];
  /** Where it stands in a words file: "tasks.write.hints[0]". */
  readonly path?: string;
}

/** A component used in a lesson: <Act do="…">, <Check …>. */
export interface Part {
  readonly name: string;
  readonly line: number;
  /** Attributes with literal values; text as text, expressions evaluated. */
  readonly attributes: Readonly<Record<string, unknown>>;
}

export interface Heading {
  readonly depth: number;
  readonly text: string;
  readonly line: number;
}

export interface LessonText {
  /** From the project's root. */
  readonly file: string;
  readonly lang: Lang;
  readonly head: Readonly<Record<string, unknown>>;
  readonly headings: readonly Heading[];
  readonly parts: readonly Part[];
  /** Of Markdown links and of sources. */
  readonly links: readonly { readonly href: string; readonly line: number; readonly around: string }[];
  /** Languages of code blocks, in order. */
  readonly blocks: readonly string[];
  readonly prose: readonly Prose[];
}

export interface WordsText {
  readonly file: string;
  readonly lang: Lang;
  readonly prose: readonly Prose[];
  /** The line on which a value begins, by path. */
  readonly places: ReadonlyMap<string, number>;
}

/** A lesson with its lab, in both languages. */
export interface LessonSource {
  readonly id: string;
  readonly folder: string;
  readonly text: Readonly<Record<Lang, LessonText>>;
  readonly words: Readonly<Record<Lang, WordsText>>;
  readonly lab: Lab | undefined;
}

/** What a rule may know of the rest of the course. */
export interface CourseContext {
  readonly glossary: Glossary;
  /** Ids of the lessons that the curriculum plans. */
  readonly planned: readonly string[];
  /** Ids of the lessons that are written. */
  readonly written: readonly string[];
}

export interface Finding {
  readonly file: string;
  readonly line: number;
  /** What is wrong and what to do, one sentence. */
  readonly sentence: string;
}

export type Rule = (lesson: LessonSource, course: CourseContext) => readonly Finding[];

export const LANGS: readonly Lang[] = ['zh', 'en'];

/** Every run of text of a lesson in one language: the lesson's and its lab's. */
export const allProse = (
  lesson: LessonSource,
  lang: Lang,
): readonly { readonly file: string; readonly prose: Prose }[] =>
  [lesson.text[lang], lesson.words[lang]].flatMap(({ file, prose }) =>
    prose.map((one) => ({ file, prose: one })),
  );

/** Findings for each match of a pattern in a run of text. */
export function matches(
  file: string,
  prose: Prose,
  pattern: RegExp,
  sentence: (match: RegExpExecArray) => string | undefined,
): Finding[] {
  return [...prose.text.matchAll(pattern)].flatMap((match) => {
    const told = sentence(match);
    return told === undefined ? [] : [{ file, line: prose.lines[match.index] ?? 1, sentence: told }];
  });
}

/** A few words around a place, for a sentence that shows it. */
export const around = (text: string, at: number, length = 0): string =>
  text
    .slice(Math.max(0, at - 8), at + length + 8)
    .replaceAll(CODE, '`…`')
    .replaceAll(/\s+/g, ' ')
    .trim();
