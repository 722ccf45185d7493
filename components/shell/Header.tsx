// The bar on top of every page: brand, where you are, and the switches.
import Link from 'next/link';
import type { ReactNode } from 'react';
import { SearchButton } from '@/components/search/SearchButton';
import { areasOf } from '@/lib/i18n/areas';
import { t } from '@/lib/i18n/catalogue';
import { MessagesProvider } from '@/lib/i18n/client';
import { LOCALE_NAME, type Locale } from '@/lib/i18n/locales';
import { CourseMenu } from './CourseMenu';
import { LanguageSwitch } from './LanguageSwitch';
import { Logo } from './Logo';
import { ThemeToggle } from './ThemeToggle';

export interface HeaderProps {
  readonly locale: Locale;
  /** The page's address behind the language. */
  readonly path: string;
  /** Stage and lesson, outermost first. */
  readonly crumbs?: readonly string[];
  /** The list that the course menu shows; without it there is no menu. */
  readonly course?: ReactNode;
  /** What this page adds: steps, switches. */
  readonly tools?: ReactNode;
}

export function Header({ locale, path, crumbs = [], course, tools }: HeaderProps) {
  const other: Locale = locale === 'zh' ? 'en' : 'zh';
  return (
    <header className="flex h-12 min-w-0 items-center gap-x-4 border-b border-line bg-panel px-4 max-lg:gap-x-2 max-sm:gap-x-1 max-sm:px-2 print:hidden">
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:absolute focus:top-1 focus:left-1 focus:z-50 focus:rounded-md focus:bg-panel focus:px-3 focus:py-2"
      >
        {t(locale, 'common.skip')}
      </a>
      <Link
        href={`/${locale}`}
        className="flex shrink-0 items-center gap-2 font-semibold tracking-tight text-ink"
      >
        <Logo />
        <span className={crumbs.length > 0 ? 'max-md:sr-only' : undefined}>{t(locale, 'common.brand')}</span>
      </Link>
      {course !== undefined && <CourseMenu locale={locale}>{course}</CourseMenu>}
      {crumbs.length > 0 && <Crumbs label={t(locale, 'common.crumb')} crumbs={crumbs} />}
      <span className="flex-1" />
      <MessagesProvider locale={locale} areas={areasOf(locale, ['search'])}>
        <SearchButton />
      </MessagesProvider>
      {tools}
      <LanguageSwitch
        other={other}
        title={t(other, 'common.language', { language: LOCALE_NAME[other] })}
        path={path}
      />
      <ThemeToggle />
    </header>
  );
}

function Crumbs({ label, crumbs }: { label: string; crumbs: readonly string[] }) {
  return (
    <nav aria-label={label} className="min-w-0 max-sm:hidden">
      <ol className="flex min-w-0 gap-1.5 text-ink-3">
        {crumbs.map((crumb, i) =>
          i < crumbs.length - 1 ? (
            <li key={crumb} className="truncate whitespace-nowrap max-lg:hidden">
              {crumb} <span aria-hidden>/</span>
            </li>
          ) : (
            <li key={crumb} aria-current="page" className="truncate font-medium whitespace-nowrap text-ink">
              {crumb}
            </li>
          ),
        )}
      </ol>
    </nav>
  );
}
