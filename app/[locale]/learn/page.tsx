// The whole course: five stages, all lessons, what is open, how far one is.
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { CourseMap } from '@/components/course/CourseMap';
import { courseOutline } from '@/components/course/outline';
import { ProgressFile } from '@/components/course/ProgressFile';
import { lessonCounts } from '@/components/home/open-lessons';
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
  return { title: t(locale, 'home.courseTitle'), alternates: alternates(locale, '/learn') };
}

export default async function CoursePage({ params }: { params: Params }) {
  const { locale } = await params;
  if (!isLocale(locale)) notFound();
  const outline = await courseOutline(locale);
  return (
    <MessagesProvider locale={locale} areas={areasOf(locale, ['home', 'map'])}>
      <Header locale={locale} path="/learn" crumbs={[t(locale, 'home.courseTitle')]} />
      <main id="main" tabIndex={-1} className="mx-auto max-w-[1000px] px-6 py-10 outline-none max-sm:px-4">
        <h1 className="mb-2 text-[26px] font-semibold tracking-tight">{t(locale, 'home.courseTitle')}</h1>
        <p className="mb-8 text-ink-2">{t(locale, 'home.courseText', lessonCounts())}</p>
        <CourseMap outline={outline} />
        <ProgressFile outline={outline} />
      </main>
    </MessagesProvider>
  );
}
