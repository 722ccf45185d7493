// Everything that can be found in one language: lessons by heading, the tasks of their labs, lessons that are still to come.
import { parse } from 'yaml';
import { CURRICULUM, plannedLesson } from '../curriculum';
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

export function searchDocuments(lang: Lang, lessons: readonly LessonSource[]): readonly SearchDocument[] {
  return unique([...lessons.flatMap((lesson) => lessonDocuments(lang, lesson)), ...planned(lang, lessons)]);
}

function lessonDocuments(lang: Lang, { id, mdx, words, tasks }: LessonSource): readonly SearchDocument[] {
  const page = `/${lang}/learn/${id}`;
  const [intro, ...sections] = lessonSections(mdx);
  const { title, summary } = frontmatter(mdx);
  const head: SearchDocument = {
    href: page,
    kind: 'lesson',
    lesson: id,
    heading: title || (plannedLesson(id)?.lesson.title[lang] ?? id),
    text: [summary, intro?.text].filter(Boolean).join(' '),
  };
  return [
    head,
    ...sections.map(({ heading, anchor, text }): SearchDocument => ({
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
  const byHref = new Map<string, SearchDocument>();
  for (const document of documents) {
    const before = byHref.get(document.href);
    byHref.set(document.href, before ? { ...before, text: `${before.text} ${document.text}` } : document);
  }
  return [...byHref.values()];
}
