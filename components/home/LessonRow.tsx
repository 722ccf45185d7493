// One lesson in a list of the course: a link with progress, or its title marked as still to come.
import Link from 'next/link';
import type { PlannedLesson } from '@/lib/course/curriculum';
import { t } from '@/lib/i18n/catalogue';
import type { Locale } from '@/lib/i18n/locales';
import { LessonProgress } from './LessonProgress';

export interface LessonRowProps {
  readonly lesson: PlannedLesson;
  readonly locale: Locale;
  /** How many tasks it has; undefined for a lesson that is not written yet. */
  readonly tasks: number | undefined;
  /** It is the page on show. */
  readonly current?: boolean;
  /** "To come" as a word, not by colour alone. */
  readonly spoken?: boolean;
}

export function LessonRow({ lesson, locale, tasks, current = false, spoken = false }: LessonRowProps) {
  const { id, title } = lesson;
  return (
    <li
      className="grid grid-cols-[28px_minmax(0,1fr)] gap-1"
      data-lesson={id}
      data-open={tasks !== undefined}
    >
      <span className="text-ink-3">{id}</span>
      {tasks === undefined ? (
        <span className="text-ink-3">
          {title[locale]}{' '}
          <span className={spoken ? 'text-xs whitespace-nowrap' : 'sr-only'}>
            · {t(locale, 'home.toCome')}
          </span>
        </span>
      ) : (
        <span>
          <Link
            href={`/${locale}/learn/${id}`}
            aria-current={current ? 'page' : undefined}
            className="font-medium text-accent underline decoration-1 underline-offset-2"
          >
            {title[locale]}
          </Link>
          {current && <span className="text-xs text-ink-3"> · {t(locale, 'home.here')}</span>}
          <LessonProgress lesson={id} tasks={tasks} />
        </span>
      )}
    </li>
  );
}
