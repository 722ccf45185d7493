// An address that no page answers to. It stands outside every layout, so it brings its own document.
import type { Metadata } from 'next';
import { fontVariables } from '@/app/fonts';
import '@/app/globals.css';
import { NotFoundText } from '@/components/shell/NotFoundText';
import { THEME_SCRIPT } from '@/components/shell/theme';
import { t } from '@/lib/i18n/catalogue';
import { DEFAULT_LOCALE, HTML_LANG } from '@/lib/i18n/locales';

export const metadata: Metadata = {
  title: `404 · ${t(DEFAULT_LOCALE, 'common.brand')}`,
  icons: { icon: '/favicon.svg' },
};

export default function GlobalNotFound() {
  return (
    <html lang={HTML_LANG[DEFAULT_LOCALE]} className={fontVariables(DEFAULT_LOCALE)} suppressHydrationWarning>
      <head>
        <script dangerouslySetInnerHTML={{ __html: THEME_SCRIPT }} />
      </head>
      <body>
        <NotFoundText />
      </body>
    </html>
  );
}
