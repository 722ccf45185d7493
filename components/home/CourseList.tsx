// All stages and lessons as one list: the course's own page, and the menu in the header.
import { CURRICULUM } from '@/lib/course/curriculum';
import { t } from '@/lib/i18n/catalogue';
import type { Locale } from '@/lib/i18n/locales';
import { LessonRow } from './LessonRow';
import { openLessons } from './open-lessons';

export interface CourseListProps {
  readonly locale: Locale;
  /** The lesson on show. */
  readonly current?: string;
  /** Headings of the page (2) or of a menu inside of one (3). */
  readonly level?: 2 | 3;
  /** What the learner can do after each stage. */
  readonly outcomes?: boolean;
}

export function CourseList({ locale, current, level = 2, outcomes = false }: CourseListProps) {
  const open = openLessons();
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <ol className={outcomes ? 'space-y-8' : 'space-y-4'}>
      {CURRICULUM.map((stage) => (
        <li key={stage.number}>
          <Heading className="font-semibold">
            <span className="font-normal text-ink-3">
              {t(locale, 'common.stage', { n: stage.number })} ·{' '}
            </span>
            {stage.title[locale]}
          </Heading>
          {outcomes && <p className="mb-2 text-ink-2">{stage.outcome[locale]}</p>}
          <ol className={outcomes ? 'space-y-2' : 'mt-1 space-y-1 text-sm'}>
            {stage.lessons.map((lesson) => (
              <LessonRow
                key={lesson.id}
                lesson={lesson}
                locale={locale}
                tasks={open[lesson.id]}
                current={lesson.id === current}
                spoken
              />
            ))}
          </ol>
        </li>
      ))}
    </ol>
  );
}
