// Home: what this is, the thing itself, the map, the uses.
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { Hero } from '@/components/home/Hero';
import { StageMap } from '@/components/home/StageMap';
import { Uses } from '@/components/home/Uses';
import { alternates } from '@/components/shell/alternates';
import { Header } from '@/components/shell/Header';
import { plannedLesson } from '@/lib/course/curriculum';
import { LABS } from '@/lib/course/labs';
import { areasOf } from '@/lib/i18n/areas';
import { MessagesProvider } from '@/lib/i18n/client';
import { isLocale } from '@/lib/i18n/locales';

type Params = Promise<{ locale: string }>;

/** The lesson that the course begins with as long as stage 1 is being written. */
const FIRST_LESSON = '2.3';

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  const { locale } = await params;
  return isLocale(locale) ? { alternates: alternates(locale, '') } : {};
}

export default async function HomePage({ params }: { params: Params }) {
  const { locale } = await params;
  if (!isLocale(locale)) notFound();
  const title = plannedLesson(FIRST_LESSON)?.lesson.title[locale] ?? '';
  const open = Object.fromEntries(LABS.map(({ lab }) => [lab.id, lab.tasks.length]));
  return (
    <MessagesProvider locale={locale} areas={areasOf(locale, ['home', 'chainView', 'rules'])}>
      <Header locale={locale} path="" />
      <main id="main" tabIndex={-1} className="outline-none">
        <Hero locale={locale} lesson={{ id: FIRST_LESSON, title }} />
        <StageMap locale={locale} open={open} />
        <Uses locale={locale} />
      </main>
    </MessagesProvider>
  );
}
