// Everything that can be found in one language: lessons by heading, the tasks of their labs, lessons that are still to come, and the
// terms of the glossary.
import { parse } from 'yaml';
import { CURRICULUM, plannedLesson } from '../curriculum';
import type { Glossary, Term } from '../glossary';
import type { Lang, LabWords } from '../types';
import { lessonSections } from './lesson-sections';
import type { SearchDocument } from './search-index';

/** A written lesson, as it stands in the content folder. */
export interface LessonSource {
  readonly id: string;
  readonly mdx: string;
  readonly words: LabWords;
  /** Ids of its tasks, in order. */
  readonly tasks: readonly string[];
}

export function searchDocuments(
  lang: Lang,
  lessons: readonly LessonSource[],
  glossary: Glossary = [],
): readonly SearchDocument[] {
  return unique([
    ...lessons.flatMap((lesson) => lessonDocuments(lang, lesson)),
    ...planned(lang, lessons),
    ...glossary.map((term) => termDocument(lang, term, lessons)),
  ]);
}

/** A term leads to the lesson that explains it best, or to that lesson's place on the map. */
function termDocument(lang: Lang, term: Term, lessons: readonly LessonSource[]): SearchDocument {
  const { term: heading, also, definition } = term[lang];
  const written = lessons.some(({ id }) => id === term.lesson);
  return {
    id: `term:${term.id}`,
    href: written ? `/${lang}/learn/${term.lesson}` : `/${lang}/learn#lesson-${term.lesson}`,
    kind: 'term',
    lesson: '',
    heading: [heading, ...also].join(', '),
    text: definition,
  };
}

function lessonDocuments(lang: Lang, { id, mdx, words, tasks }: LessonSource): readonly SearchDocument[] {
  const page = `/${lang}/learn/${id}`;
  const [intro, ...sections] = lessonSections(mdx);
  const { title, summary } = frontmatter(mdx);
  const head: SearchDocument = {
    id: page,
    href: page,
    kind: 'lesson',
    lesson: id,
    heading: title || (plannedLesson(id)?.lesson.title[lang] ?? id),
    text: [summary, intro?.text].filter(Boolean).join(' '),
  };
  return [
    head,
    ...sections.map(({ heading, anchor, text }): SearchDocument => ({
      id: `${page}#${anchor}`,
      href: `${page}#${anchor}`,
      kind: 'section',
      lesson: id,
      heading,
      text,
    })),
    ...tasks.flatMap((task, i): readonly SearchDocument[] => {
      const said = words.tasks[task];
      if (!said) return [];
      return [
        {
          id: `${page}#task-${i + 1}`,
          href: `${page}#task-${i + 1}`,
          kind: 'task',
          lesson: id,
          heading: plain(said.title),
          text: plain(said.text ?? ''),
        },
      ];
    }),
  ];
}

/** Lessons to come are found on the course's map. */
function planned(lang: Lang, lessons: readonly LessonSource[]): readonly SearchDocument[] {
  return CURRICULUM.flatMap((stage) => stage.lessons)
    .filter(({ id }) => !lessons.some((lesson) => lesson.id === id))
    .map(({ id, title }) => ({
      id: `/${lang}/learn#lesson-${id}`,
      href: `/${lang}/learn#lesson-${id}`,
      kind: 'planned',
      lesson: id,
      heading: title[lang],
      text: '',
    }));
}

function frontmatter(mdx: string): { readonly title: string; readonly summary: string } {
  const head: unknown = parse(/^---\n([\s\S]*?)\n---\n/.exec(mdx)?.[1] ?? '');
  const fields = (typeof head === 'object' && head !== null ? head : {}) as Readonly<Record<string, unknown>>;
  const text = (name: string): string => {
    const value = fields[name];
    return typeof value === 'string' ? value : '';
  };
  return { title: text('title'), summary: text('summary') };
}

/** Without the marks of inline code. */
const plain = (text: string): string => text.replaceAll('`', '');

/** Two headings of one name share an anchor, which leads to the first. */
function unique(documents: readonly SearchDocument[]): readonly SearchDocument[] {
  const byId = new Map<string, SearchDocument>();
  for (const document of documents) {
    const before = byId.get(document.id);
    byId.set(document.id, before ? { ...before, text: `${before.text} ${document.text}` } : document);
  }
  return [...byId.values()];
}
