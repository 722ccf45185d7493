// What stands above a lesson: how long, for whom, after what, and its title.
import { plannedLesson } from '@/lib/course/curriculum';
import { t } from '@/lib/i18n/catalogue';
import type { Locale } from '@/lib/i18n/locales';
import type { LessonMeta } from './lesson-data';

export function LessonHead({ locale, meta }: { locale: Locale; meta: LessonMeta }) {
  const before = meta.prerequisites.map((id) => {
    const planned = plannedLesson(id);
    return planned ? `${id} ${planned.lesson.title[locale]}` : id;
  });
  return (
    <header>
      <ul className="mb-0.5 flex flex-wrap gap-x-2.5 text-sm text-ink-3">
        <li>{t(locale, 'common.minutes', { n: meta.minutes })}</li>
        {meta.audience.length > 0 && (
          <li>
            {t(locale, 'lesson.forWhom', { audience: meta.audience.join(locale === 'zh' ? ' · ' : ', ') })}
          </li>
        )}
        {before.length > 0 && (
          <li>
            {t(locale, 'lesson.prerequisites', { lessons: before.join(locale === 'zh' ? '、' : ', ') })}
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
