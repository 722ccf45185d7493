// The languages of the course and how each is named to browsers.

export const LOCALES = ['zh', 'en'] as const;
export type Locale = (typeof LOCALES)[number];
export const DEFAULT_LOCALE: Locale = 'zh';

/** Value of the lang attribute. */
export const HTML_LANG: Readonly<Record<Locale, string>> = { zh: 'zh-CN', en: 'en' };
/** A language in its own words. */
export const LOCALE_NAME: Readonly<Record<Locale, string>> = { zh: '中文', en: 'English' };

export const isLocale = (text: string): text is Locale => LOCALES.some((locale) => locale === text);
