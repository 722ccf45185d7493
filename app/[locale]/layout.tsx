// The document of every page: language, type, theme before the first paint, and the words that the shell needs.
import type { Metadata, Viewport } from 'next';
import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { fontVariables } from '@/app/fonts';
import '@/app/globals.css';
import { THEME_SCRIPT } from '@/components/shell/theme';
import { areasOf } from '@/lib/i18n/areas';
import { t } from '@/lib/i18n/catalogue';
import { MessagesProvider } from '@/lib/i18n/client';
import { DEFAULT_LOCALE, HTML_LANG, isLocale, LOCALES } from '@/lib/i18n/locales';

type Params = Promise<{ locale: string }>;

export const dynamicParams = false;
export const generateStaticParams = () => LOCALES.map((locale) => ({ locale }));

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#ffffff' },
    { media: '(prefers-color-scheme: dark)', color: '#151a21' },
  ],
};

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  const { locale: segment } = await params;
  const locale = isLocale(segment) ? segment : DEFAULT_LOCALE;
  const brand = t(locale, 'common.brand');
  return {
    title: { default: `${brand} · ${t(locale, 'common.tagline')}`, template: `%s · ${brand}` },
    description: t(locale, 'common.description'),
    icons: { icon: '/favicon.svg' },
  };
}

export default async function LocaleLayout({ params, children }: { params: Params; children: ReactNode }) {
  const { locale } = await params;
  if (!isLocale(locale)) notFound();
  return (
    <html lang={HTML_LANG[locale]} className={fontVariables(locale)} suppressHydrationWarning>
      <head>
        <script dangerouslySetInnerHTML={{ __html: THEME_SCRIPT }} />
      </head>
      <body>
        <MessagesProvider locale={locale} areas={areasOf(locale, ['common'])}>
          {children}
        </MessagesProvider>
      </body>
    </html>
  );
}
