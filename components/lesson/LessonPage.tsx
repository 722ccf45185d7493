// A lesson's page: the bar on top, what is to be said about its state, and the text inside the workbench.
import './print.css';
import { CourseList } from '@/components/home/CourseList';
import { Header } from '@/components/shell/Header';
import { HeaderTools } from '@/components/workbench/HeaderTools';
import { LessonProvider } from '@/components/workbench/lesson-context';
import { Workbench } from '@/components/workbench/Workbench';
import { lessonCrumbs } from '@/lib/course/curriculum';
import type { Locale } from '@/lib/i18n/locales';
import { HistoryTools } from './HistoryTools';
import { LessonHead } from './LessonHead';
import { LessonNav } from './LessonNav';
import type { LessonData } from './lesson-data';
import type { Lesson } from './load-lesson';
import { StateNotice } from './StateNotice';

export function LessonPage({ locale, lesson }: { locale: Locale; lesson: Lesson }) {
  const { Text, meta, data } = lesson;
  return (
    <LessonProvider key={versionOf(data)} lesson={data}>
      <div className="flex h-dvh flex-col overflow-hidden print:block print:h-auto print:overflow-visible">
        <Header
          locale={locale}
          path={`/learn/${data.id}`}
          crumbs={lessonCrumbs(locale, data.id)}
          course={<CourseList locale={locale} current={data.id} level={3} />}
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
            <LessonNav locale={locale} id={data.id} />
          </article>
        </Workbench>
      </div>
    </LessonProvider>
  );
}

/** While a lesson is being written, a change of its lab's words or files begins the page's state anew; a build has one version. */
const versionOf = (data: LessonData): string =>
  process.env.NODE_ENV === 'development' ? JSON.stringify(data) : data.id;
