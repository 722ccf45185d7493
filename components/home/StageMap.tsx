// The course as a map: five stages in order, their lessons, what is open and what is to come.
import Link from 'next/link';
import { CURRICULUM, type PlannedLesson, type Stage } from '@/lib/course/curriculum';
import { t } from '@/lib/i18n/catalogue';
import type { Locale } from '@/lib/i18n/locales';
import { LessonProgress } from './LessonProgress';

export interface StageMapProps {
  readonly locale: Locale;
  /** Written lessons, with the number of their tasks. */
  readonly open: Readonly<Record<string, number>>;
}

export function StageMap({ locale, open }: StageMapProps) {
  return (
    <section aria-labelledby="map" className="mx-auto max-w-[1240px] px-6 py-12 max-sm:px-4">
      <h2 id="map" className="mb-1 text-[20px] font-semibold tracking-tight">
        {t(locale, 'home.mapTitle')}
      </h2>
      <p className="mb-6 text-ink-2">{t(locale, 'home.mapText')}</p>
      <ol className="grid gap-x-8 gap-y-8 sm:grid-cols-2 lg:grid-cols-5 lg:gap-x-6">
        {CURRICULUM.map((stage) => (
          <StageColumn key={stage.number} stage={stage} locale={locale} open={open} />
        ))}
      </ol>
    </section>
  );
}

function StageColumn({ stage, locale, open }: StageMapProps & { readonly stage: Stage }) {
  return (
    <li className="min-w-0 border-t-2 border-line-strong pt-3">
      <p className="text-sm text-ink-3">
        {t(locale, 'common.stage', { n: stage.number })} ·{' '}
        {t(locale, 'home.lessons', { n: stage.lessons.length })}
      </p>
      <h3 className="mb-1 font-semibold">{stage.title[locale]}</h3>
      <p className="mb-3 text-sm text-ink-2">{stage.outcome[locale]}</p>
      <ol className="space-y-1.5 text-sm">
        {stage.lessons.map((lesson) => (
          <LessonRow key={lesson.id} lesson={lesson} locale={locale} tasks={open[lesson.id]} />
        ))}
      </ol>
    </li>
  );
}

interface LessonRowProps {
  readonly lesson: PlannedLesson;
  readonly locale: Locale;
  /** Undefined for a lesson that is not written yet. */
  readonly tasks: number | undefined;
}

function LessonRow({ lesson, locale, tasks }: LessonRowProps) {
  const { id, title } = lesson;
  return (
    <li className="grid grid-cols-[28px_minmax(0,1fr)] gap-1">
      <span className="text-ink-3">{id}</span>
      {tasks === undefined ? (
        <span className="text-ink-3">
          {title[locale]} <span className="sr-only">({t(locale, 'home.toCome')})</span>
        </span>
      ) : (
        <span>
          <Link
            href={`/${locale}/learn/${id}`}
            className="font-medium text-accent underline decoration-1 underline-offset-2"
          >
            {title[locale]}
          </Link>
          <LessonProgress lesson={id} tasks={tasks} />
        </span>
      )}
    </li>
  );
}
