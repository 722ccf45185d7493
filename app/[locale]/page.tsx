// Home: what this is, the thing itself, the map, the uses.
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { CourseList } from '@/components/home/CourseList';
import { courseOutline } from '@/components/course/outline';
import { Hero } from '@/components/home/Hero';
import { openLessons, openPlanned } from '@/components/home/open-lessons';
import { StageMap } from '@/components/home/StageMap';
import { Uses } from '@/components/home/Uses';
import { alternates } from '@/components/shell/alternates';
import { Header } from '@/components/shell/Header';
import { areasOf } from '@/lib/i18n/areas';
import { MessagesProvider } from '@/lib/i18n/client';
import { isLocale } from '@/lib/i18n/locales';

type Params = Promise<{ locale: string }>;

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  const { locale } = await params;
  return isLocale(locale) ? { alternates: alternates(locale, '') } : {};
}

export default async function HomePage({ params }: { params: Params }) {
  const { locale } = await params;
  if (!isLocale(locale)) notFound();
  const tasks = openLessons();
  const lessons = openPlanned().map(({ id, title }) => ({ id, title: title[locale], tasks: tasks[id] ?? 0 }));
  return (
    <MessagesProvider locale={locale} areas={areasOf(locale, ['home', 'map', 'chainView', 'rules'])}>
      <Header locale={locale} path="" course={<CourseList locale={locale} level={3} />} />
      <main id="main" tabIndex={-1} className="outline-none">
        <Hero locale={locale} lessons={lessons} />
        <StageMap locale={locale} outline={await courseOutline(locale)} />
        <Uses locale={locale} />
      </main>
    </MessagesProvider>
  );
}
