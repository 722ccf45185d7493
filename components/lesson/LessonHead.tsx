// What stands above a lesson: how long, for whom, after what, and its title.
import { Fragment } from 'react';
import Link from 'next/link';
import { openLessons } from '@/components/home/open-lessons';
import { plannedLesson } from '@/lib/course/curriculum';
import { t } from '@/lib/i18n/catalogue';
import type { Locale } from '@/lib/i18n/locales';
import type { LessonMeta } from './lesson-data';

export function LessonHead({ locale, meta }: { locale: Locale; meta: LessonMeta }) {
  return (
    <header>
      <ul className="mb-0.5 flex flex-wrap gap-x-2.5 text-sm text-ink-3">
        <li>{t(locale, 'common.minutes', { n: meta.minutes })}</li>
        {meta.audience.length > 0 && (
          <li>
            {t(locale, 'lesson.forWhom', { audience: meta.audience.join(locale === 'zh' ? ' · ' : ', ') })}
          </li>
        )}
        {meta.prerequisites.length > 0 && (
          <li>
            {t(locale, 'lesson.prerequisites', { lessons: '' })}
            <Before locale={locale} ids={meta.prerequisites} />
          </li>
        )}
      </ul>
      <h1 className="mb-2.5 text-[22px] leading-tight font-semibold tracking-tight text-balance">
        {meta.title}
      </h1>
      <p className="mb-4 text-ink-2">{meta.summary}</p>
      <noscript>
        <p className="mb-4 border-l-4 border-warn bg-warn-weak px-4 py-2">{t(locale, 'lesson.noScript')}</p>
      </noscript>
    </header>
  );
}

/** The lessons to take before: links, if they are written. */
function Before({ locale, ids }: { locale: Locale; ids: readonly string[] }) {
  const open = openLessons();
  return ids.map((id, i) => {
    const planned = plannedLesson(id);
    const title = planned ? `${id} ${planned.lesson.title[locale]}` : id;
    return (
      <Fragment key={id}>
        {i > 0 && (locale === 'zh' ? '、' : ', ')}
        {open[id] === undefined ? (
          locale === 'zh' ? (
            `${title}（${t(locale, 'lesson.lessonToCome')}）`
          ) : (
            `${title} (${t(locale, 'lesson.lessonToCome')})`
          )
        ) : (
          <Link href={`/${locale}/learn/${id}`} className="text-accent underline underline-offset-2">
            {title}
          </Link>
        )}
      </Fragment>
    );
  });
}
