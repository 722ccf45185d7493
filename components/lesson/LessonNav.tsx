// At a lesson's end: the lessons beside it in the course. One that is still to come says so and is no link; beyond it the nearest
// written one is.
import Link from 'next/link';
import { openPlanned } from '@/components/home/open-lessons';
import { neighbours, type PlannedLesson } from '@/lib/course/curriculum';
import { t } from '@/lib/i18n/catalogue';
import type { Locale } from '@/lib/i18n/locales';

export function LessonNav({ locale, id }: { locale: Locale; id: string }) {
  const { before, after } = neighbours(id);
  const open = openPlanned();
  const at = open.findIndex((planned) => planned.id === id);
  return (
    <nav
      aria-label={t(locale, 'lesson.lessonNav')}
      className="mt-8 mb-4 grid gap-4 border-t border-line pt-4 text-sm sm:grid-cols-2"
    >
      <Neighbour locale={locale} way="prev" planned={before} open={open[at - 1]} />
      <Neighbour locale={locale} way="next" planned={after} open={open[at + 1]} />
    </nav>
  );
}

interface NeighbourProps {
  readonly locale: Locale;
  readonly way: 'prev' | 'next';
  readonly planned: PlannedLesson | undefined;
  /** The nearest written lesson that way. */
  readonly open: PlannedLesson | undefined;
}

function Neighbour({ locale, way, planned, open }: NeighbourProps) {
  if (!planned) return <span />;
  return (
    <div className={way === 'next' ? 'sm:text-right' : undefined} data-neighbour={way}>
      <p className="text-ink-3">{t(locale, way === 'prev' ? 'lesson.prevLesson' : 'lesson.nextLesson')}</p>
      {planned.id !== open?.id && (
        <p className="text-ink-3">
          {planned.id} {planned.title[locale]} · {t(locale, 'lesson.lessonToCome')}
        </p>
      )}
      {open && (
        <Link
          href={`/${locale}/learn/${open.id}`}
          className="font-medium text-accent underline underline-offset-2"
        >
          {way === 'prev' ? '← ' : ''}
          {open.id} {open.title[locale]}
          {way === 'next' ? ' →' : ''}
        </Link>
      )}
    </div>
  );
}
