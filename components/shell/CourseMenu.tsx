// The course menu of the header. A popover of the browser's own: Escape and a click beside it close it, and it needs no script.
import Link from 'next/link';
import type { ReactNode } from 'react';
import { t } from '@/lib/i18n/catalogue';
import type { Locale } from '@/lib/i18n/locales';

const ID = 'course-menu';

export function CourseMenu({ locale, children }: { locale: Locale; children: ReactNode }) {
  return (
    <>
      <button
        type="button"
        popoverTarget={ID}
        title={t(locale, 'home.courseMenuTitle')}
        className="inline-flex h-7 shrink-0 items-center gap-1 rounded-md border border-line-control bg-panel px-2.5 text-sm hover:bg-bg"
      >
        {t(locale, 'home.courseMenu')} <span aria-hidden>▾</span>
      </button>
      <nav
        id={ID}
        popover="auto"
        aria-label={t(locale, 'home.courseMenuTitle')}
        className="fixed inset-auto top-12 left-2 m-0 max-h-[min(80dvh,720px)] w-[min(420px,calc(100vw-16px))] overflow-y-auto rounded-panel border border-line-strong bg-raise p-4 text-ink shadow-xl"
      >
        <p className="mb-3">
          <Link href={`/${locale}/learn`} className="text-accent underline underline-offset-2">
            {t(locale, 'home.toMap')}
          </Link>
          <Link href={`/${locale}/glossary`} className="ml-4 text-accent underline underline-offset-2">
            {t(locale, 'glossary.link')}
          </Link>
        </p>
        {children}
      </nav>
    </>
  );
}
