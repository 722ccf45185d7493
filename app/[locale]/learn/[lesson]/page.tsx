// A lesson: /zh/learn/2.3, /en/learn/2.3. Its text is in the page; the workbench comes after it.
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { CourseList } from '@/components/home/CourseList';
import { HistoryTools } from '@/components/lesson/HistoryTools';
import { LessonHead } from '@/components/lesson/LessonHead';
import { LessonNav } from '@/components/lesson/LessonNav';
import { lessonIds, lessonMeta, loadLesson } from '@/components/lesson/load-lesson';
import { StateNotice } from '@/components/lesson/StateNotice';
import { alternates } from '@/components/shell/alternates';
import { Header } from '@/components/shell/Header';
import { HeaderTools } from '@/components/workbench/HeaderTools';
import { LessonProvider } from '@/components/workbench/lesson-context';
import { Workbench } from '@/components/workbench/Workbench';
import { lessonCrumbs } from '@/lib/course/curriculum';
import { areasOf } from '@/lib/i18n/areas';
import { MessagesProvider } from '@/lib/i18n/client';
import { isLocale } from '@/lib/i18n/locales';

type Params = Promise<{ locale: string; lesson: string }>;

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

export default async function LessonPage({ params }: { params: Params }) {
  const { locale, lesson: id } = await params;
  const lesson = isLocale(locale) ? await loadLesson(locale, id) : undefined;
  if (!lesson || !isLocale(locale)) notFound();
  const { Text, meta, data } = lesson;
  const areas = areasOf(locale, [
    'home',
    'lesson',
    'workbench',
    'keys',
    'course',
    'chainView',
    'rules',
    'editor',
    'problems',
  ]);
  return (
    <MessagesProvider locale={locale} areas={areas}>
      <LessonProvider lesson={data}>
        <div className="flex h-dvh flex-col overflow-hidden">
          <Header
            locale={locale}
            path={`/learn/${id}`}
            crumbs={lessonCrumbs(locale, id)}
            course={<CourseList locale={locale} current={id} level={3} />}
            tools={
              <>
                <HistoryTools />
                <HeaderTools />
              </>
            }
          />
          <StateNotice />
          <Workbench>
            <article className="mx-auto max-w-[68ch]">
              <LessonHead locale={locale} meta={meta} />
              <Text />
              <LessonNav locale={locale} id={id} />
            </article>
          </Workbench>
        </div>
      </LessonProvider>
    </MessagesProvider>
  );
}
