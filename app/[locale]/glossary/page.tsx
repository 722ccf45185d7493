// The glossary: /zh/glossary, /en/glossary, and an anchor for each term.
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { glossaryEntries } from '@/components/glossary/entries';
import { GlossaryList } from '@/components/glossary/GlossaryList';
import { CourseList } from '@/components/home/CourseList';
import { alternates } from '@/components/shell/alternates';
import { Header } from '@/components/shell/Header';
import { areasOf } from '@/lib/i18n/areas';
import { t } from '@/lib/i18n/catalogue';
import { MessagesProvider } from '@/lib/i18n/client';
import { isLocale } from '@/lib/i18n/locales';

type Params = Promise<{ locale: string }>;

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  const { locale } = await params;
  if (!isLocale(locale)) return {};
  return { title: t(locale, 'glossary.title'), alternates: alternates(locale, '/glossary') };
}

export default async function GlossaryPage({ params }: { params: Params }) {
  const { locale } = await params;
  if (!isLocale(locale)) notFound();
  return (
    <MessagesProvider locale={locale} areas={areasOf(locale, ['home', 'glossary'])}>
      <Header
        locale={locale}
        path="/glossary"
        crumbs={[t(locale, 'glossary.title')]}
        course={<CourseList locale={locale} level={3} />}
      />
      <main id="main" tabIndex={-1} className="mx-auto max-w-[820px] px-6 py-10 outline-none max-sm:px-4">
        <h1 className="mb-2 text-[26px] font-semibold tracking-tight">{t(locale, 'glossary.title')}</h1>
        <p className="mb-6 max-w-[64ch] text-ink-2">{t(locale, 'glossary.intro')}</p>
        <GlossaryList entries={glossaryEntries(locale)} />
      </main>
    </MessagesProvider>
  );
}
