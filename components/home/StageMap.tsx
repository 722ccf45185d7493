// The course as a map: five stages in order, their lessons, what is open, what is done and what is to come.
import Link from 'next/link';
import { SmallMap } from '@/components/course/CourseMap';
import type { Outline } from '@/components/course/outline';
import { t } from '@/lib/i18n/catalogue';
import type { Locale } from '@/lib/i18n/locales';
import { lessonCounts } from './open-lessons';

export function StageMap({ locale, outline }: { locale: Locale; outline: Outline }) {
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
      <SmallMap outline={outline} />
    </section>
  );
}
