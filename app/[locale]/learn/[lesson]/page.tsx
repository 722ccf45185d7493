// A lesson: /zh/learn/2.3, /en/learn/2.3. Its text is in the page; the workbench comes after it.
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { LessonPage } from '@/components/lesson/LessonPage';
import { lessonIds, lessonMeta, loadLesson } from '@/components/lesson/load-lesson';
import { alternates } from '@/components/shell/alternates';
import { areasOf } from '@/lib/i18n/areas';
import { MessagesProvider } from '@/lib/i18n/client';
import { isLocale } from '@/lib/i18n/locales';

type Params = Promise<{ locale: string; lesson: string }>;

/** The words that a lesson sends to the browser. */
const AREAS = [
  'home',
  'lesson',
  'task',
  'workbench',
  'keys',
  'terminal',
  'objects',
  'packet',
  'trace',
  'changes',
  'course',
  'chainView',
  'rules',
  'editor',
  'problems',
  'order',
  'flow',
  'journey',
  'watch',
  'scale',
] as const;

export const dynamicParams = false;
export const generateStaticParams = () => lessonIds().map((lesson) => ({ lesson }));

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  const { locale, lesson } = await params;
  const meta = isLocale(locale) ? await lessonMeta(locale, lesson) : undefined;
  if (!meta || !isLocale(locale)) return {};
  const path = `/learn/${lesson}`;
  return {
    title: `${lesson} ${meta.title}`,
    description: meta.summary,
    alternates: alternates(locale, path),
  };
}

export default async function Page({ params }: { params: Params }) {
  const { locale, lesson: id } = await params;
  const lesson = isLocale(locale) ? await loadLesson(locale, id) : undefined;
  if (!lesson || !isLocale(locale)) notFound();
  return (
    <MessagesProvider locale={locale} areas={areasOf(locale, AREAS)}>
      <LessonPage locale={locale} lesson={lesson} />
    </MessagesProvider>
  );
}
