// "No such page", in both languages: the address does not tell which one is wanted.
import Link from 'next/link';
import { buttonClass } from '@/components/ui/Button';
import { t } from '@/lib/i18n/catalogue';
import { HTML_LANG, LOCALES } from '@/lib/i18n/locales';

export function NotFoundText() {
  return (
    <main id="main" className="grid min-h-dvh place-content-center gap-10 p-6">
      {LOCALES.map((locale, i) => {
        const Heading = i === 0 ? 'h1' : 'h2';
        return (
          <section key={locale} lang={HTML_LANG[locale]} className="grid gap-3">
            <Heading className="text-[22px] font-semibold tracking-tight">
              {t(locale, 'common.notFoundTitle')}
            </Heading>
            <p className="max-w-prose text-ink-2">{t(locale, 'common.notFoundText')}</p>
            <p>
              <Link href={`/${locale}/learn`} className={buttonClass('plain', 'large')}>
                {t(locale, 'common.notFoundHome')}
              </Link>
            </p>
          </section>
        );
      })}
    </main>
  );
}
