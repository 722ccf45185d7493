// One sentence, one button, and the thing itself running beside them.
import { ContinueLink, type StartableLesson } from '@/components/course/ContinueLink';
import { PlacementLink } from '@/components/course/CourseMap';
import { t } from '@/lib/i18n/catalogue';
import type { Locale } from '@/lib/i18n/locales';
import { LiveChains } from './LiveChains';

export interface HeroProps {
  readonly locale: Locale;
  /** Where Start may lead: the written lessons, in order. */
  readonly lessons: readonly StartableLesson[];
}

export function Hero({ locale, lessons }: HeroProps) {
  return (
    <section className="mx-auto grid max-w-[1240px] items-center gap-x-10 gap-y-8 px-6 py-10 max-sm:px-4 lg:grid-cols-[minmax(0,5fr)_minmax(0,8fr)]">
      <div>
        <h1 className="mb-3 text-[32px] leading-[1.2] font-semibold tracking-tight text-balance max-sm:text-[26px]">
          {t(locale, 'home.title')}
        </h1>
        <p className="mb-6 max-w-[46ch] text-[16px] text-ink-2">{t(locale, 'home.sentence')}</p>
        <ContinueLink lessons={lessons} promise={t(locale, 'home.startPromise')} />
        <PlacementLink />
      </div>
      <LiveChains />
    </section>
  );
}
