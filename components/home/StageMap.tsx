// The course as a map: five stages in order, their lessons, what is open and what is to come.
import Link from 'next/link';
import { CURRICULUM, type Stage } from '@/lib/course/curriculum';
import { t } from '@/lib/i18n/catalogue';
import type { Locale } from '@/lib/i18n/locales';
import { LessonRow } from './LessonRow';
import { lessonCounts, openLessons } from './open-lessons';

export function StageMap({ locale }: { locale: Locale }) {
  return (
    <section aria-labelledby="map" className="mx-auto max-w-[1240px] px-6 py-12 max-sm:px-4">
      <h2 id="map" className="mb-1 text-[20px] font-semibold tracking-tight">
        {t(locale, 'home.mapTitle')}
      </h2>
      <p className="mb-6 text-ink-2">
        {t(locale, 'home.mapText', lessonCounts())}{' '}
        <Link href={`/${locale}/learn`} className="text-accent underline underline-offset-2">
          {t(locale, 'home.toMap')}
        </Link>
      </p>
      <ol className="grid gap-x-8 gap-y-8 sm:grid-cols-2 lg:grid-cols-5 lg:gap-x-6">
        {CURRICULUM.map((stage) => (
          <StageColumn key={stage.number} stage={stage} locale={locale} />
        ))}
      </ol>
    </section>
  );
}

function StageColumn({ stage, locale }: { readonly stage: Stage; readonly locale: Locale }) {
  const open = openLessons();
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
