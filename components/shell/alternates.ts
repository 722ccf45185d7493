// The same page in each language, for search engines and for screen readers' language menus.
import type { Metadata } from 'next';
import { HTML_LANG, LOCALES, type Locale } from '@/lib/i18n/locales';

/** `path` is the page's address behind the language: "", "/learn/2.3". */
export const alternates = (locale: Locale, path: string): NonNullable<Metadata['alternates']> => ({
  canonical: `/${locale}${path}`,
  languages: Object.fromEntries(LOCALES.map((other) => [HTML_LANG[other], `/${other}${path}`])),
});
