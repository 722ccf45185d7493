// The written lessons as they stand in the content folder, for the search index. Server only, while pages are built.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { labWords } from '@/components/lesson/load-lesson';
import { LABS } from '@/lib/course/labs';
import type { LessonSource } from '@/lib/course/search/documents';
import type { Locale } from '@/lib/i18n/locales';

export const lessonSources = (locale: Locale): readonly LessonSource[] =>
  LABS.map((entry) => ({
    id: entry.lab.id,
    mdx: readFileSync(
      join(process.cwd(), 'content', ...entry.folder.split('/').slice(1), `lesson.${locale}.mdx`),
      'utf8',
    ),
    words: labWords(entry, locale),
    tasks: entry.lab.tasks.map(({ id }) => id),
  }));
