'use client';
// The same page in the other language. A plain link, so that everything starts anew in it; the choice is remembered for
// addresses that name no language.
import { HTML_LANG, LOCALE_NAME, type Locale } from '@/lib/i18n/locales';

export interface LanguageSwitchProps {
  readonly other: Locale;
  /** "Read this page in English", in English. */
  readonly title: string;
  /** The page's address behind the language: "", "/learn/2.3". */
  readonly path: string;
}

/** Where there is no room for the whole name. */
const SHORT: Readonly<Record<Locale, string>> = { zh: '中', en: 'EN' };
const A_YEAR_S = 31_536_000;

export function LanguageSwitch({ other, title, path }: LanguageSwitchProps) {
  return (
    <a
      href={`/${other}${path}`}
      hrefLang={HTML_LANG[other]}
      lang={HTML_LANG[other]}
      title={title}
      onClick={(event) => {
        document.cookie = `locale=${other}; path=/; max-age=${A_YEAR_S}; samesite=lax`;
        event.currentTarget.hash = location.hash;
      }}
      className="inline-flex h-7 shrink-0 items-center rounded-full border border-line-control bg-panel px-2.5 text-sm text-ink-2 hover:text-ink"
    >
      <span className="max-sm:sr-only">{LOCALE_NAME[other]}</span>
      <span aria-hidden className="sm:hidden">
        {SHORT[other]}
      </span>
    </a>
  );
}
