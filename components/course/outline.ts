// The course as its map shows it: all stages and lessons in one language, with what is known of the written ones. Server only.
import { lessonMeta } from '@/components/lesson/load-lesson';
import { CURRICULUM } from '@/lib/course/curriculum';
import { LABS } from '@/lib/course/labs';
import type { Locale } from '@/lib/i18n/locales';

export interface WrittenLesson {
  readonly minutes: number;
  /** How many tasks its lab has. */
  readonly tasks: number;
  /** Their ids. */
  readonly taskIds: readonly string[];
  /** Ids of the lessons to take before. */
  readonly after: readonly string[];
}

export interface OutlineLesson {
  /** "2.3" */
  readonly id: string;
  readonly title: string;
  /** null: still to come. */
  readonly written: WrittenLesson | null;
}

export interface OutlineStage {
  readonly number: number;
  readonly title: string;
  readonly outcome: string;
  readonly lessons: readonly OutlineLesson[];
}

export type Outline = readonly OutlineStage[];

export const courseOutline = (locale: Locale): Promise<Outline> =>
  Promise.all(
    CURRICULUM.map(async ({ number, title, outcome, lessons }) => ({
      number,
      title: title[locale],
      outcome: outcome[locale],
      lessons: await Promise.all(
        lessons.map(async ({ id, title: name }) => ({
          id,
          title: name[locale],
          written: await written(locale, id),
        })),
      ),
    })),
  );

async function written(locale: Locale, id: string): Promise<WrittenLesson | null> {
  const lab = LABS.find((entry) => entry.lab.id === id)?.lab;
  const meta = lab && (await lessonMeta(locale, id));
  if (!lab || !meta) return null;
  const taskIds = lab.tasks.map((task) => task.id);
  return { minutes: meta.minutes, tasks: taskIds.length, taskIds, after: meta.prerequisites };
}
