// Self-hosted type, Latin only; Chinese comes from the reader's system. Inter is fetched early; the code font stands in globals.css,
// under its own name, which the editor needs to know.
import localFont from 'next/font/local';
import type { Locale } from '@/lib/i18n/locales';

const interEnglish = localFont({
  src: '../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
  variable: '--font-sans',
  weight: '100 900',
  display: 'swap',
});

// Quotation marks, dashes and the ellipsis of Chinese are full-width: they are left to the Chinese font.
const interChinese = localFont({
  src: '../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
  variable: '--font-sans',
  weight: '100 900',
  display: 'swap',
  declarations: [
    { prop: 'unicode-range', value: 'U+0000-00B6,U+00B8-00FF,U+2002-2013,U+20AC,U+2122,U+2190-2193,U+2212' },
  ],
});

/** Class of the document that makes --font-sans known. */
export const fontVariables = (locale: Locale): string =>
  (locale === 'zh' ? interChinese : interEnglish).variable;
