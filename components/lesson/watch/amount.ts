// Amounts of bytes in words: decimal units, as network traffic is counted, with three digits.
import { HTML_LANG, type Locale } from '@/lib/i18n/locales';

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** "172 kB", "1.7 GB". */
export function amountOfBytes(locale: Locale, bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  return new Intl.NumberFormat(HTML_LANG[locale], {
    style: 'unit',
    unit: UNITS[unit] ?? 'byte',
    unitDisplay: 'short',
    maximumSignificantDigits: 3,
  }).format(value);
}
