// Which language a visitor gets whose address names none.
import { DEFAULT_LOCALE, isLocale, type Locale } from '@/lib/i18n/locales';

/** First segments of addresses that stand under a language; "" is the home page. */
const LOCALIZED = ['', 'learn', 'playground', 'quiz'];

/** Whether an address lacks only its language: / and /learn/2.3, but not /zh, /api/… or a file. */
export const lacksLocale = (pathname: string): boolean => LOCALIZED.includes(pathname.split('/')[1] ?? '');

/** The language chosen before (cookie), else the best of Accept-Language, else Chinese. */
export function visitorLocale(cookie: string | undefined, acceptLanguage: string | null): Locale {
  if (cookie !== undefined && isLocale(cookie)) return cookie;
  const wanted = (acceptLanguage ?? '')
    .split(',')
    .map(readRange)
    .filter((range) => range.quality > 0)
    .sort((a, b) => b.quality - a.quality);
  for (const { language } of wanted) if (isLocale(language)) return language;
  return DEFAULT_LOCALE;
}

/** "en-GB;q=0.8" → { language: 'en', quality: 0.8 } (RFC 9110, 12.5.4). */
function readRange(text: string): { language: string; quality: number } {
  const [tag = '', ...params] = text
    .trim()
    .toLowerCase()
    .split(/\s*;\s*/);
  const given = params.find((param) => param.startsWith('q='));
  const quality = given === undefined ? 1 : Number(given.slice(2));
  return { language: tag.split('-')[0] ?? '', quality: Number.isFinite(quality) ? quality : 0 };
}
