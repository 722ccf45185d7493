'use client';
// The one button of a page: begin, or go on where this browser left off.
import Link from 'next/link';
import { useMemo } from 'react';
import { buttonClass } from '@/components/ui/Button';
import { nextLesson } from '@/lib/course/next-lesson';
import { pathById } from '@/lib/course/paths';
import { useLocale, useMessages } from '@/lib/i18n/client';
import { useCourseState, useDoneByLesson } from './use-kept';

export interface StartableLesson {
  readonly id: string;
  readonly title: string;
  readonly tasks: number;
}

export interface ContinueLinkProps {
  /** The written lessons in the course's order. */
  readonly lessons: readonly StartableLesson[];
  /** What stands behind the lesson's title before the learner has begun. */
  readonly promise?: string;
}

export function ContinueLink({ lessons, promise }: ContinueLinkProps) {
  const t = useMessages('map');
  const locale = useLocale();
  const done = useDoneByLesson(useMemo(() => lessons.map(({ id }) => id), [lessons]));
  const { path, last, known } = useCourseState();
  const order = pathById(path)?.lessons;
  const onPath = order?.flatMap((id) => lessons.find((lesson) => lesson.id === id) ?? []) ?? [];
  const next = nextLesson({ lessons: onPath.length > 0 ? onPath : lessons, done, last, known });
  const lesson = lessons.find(({ id }) => id === next?.id);
  if (!lesson || !next) return null;
  const begun = lessons.some(({ id }) => done[id] !== undefined);
  const title = t('nextLesson', { id: lesson.id, title: lesson.title });
  const finished = lessons.every(({ id, tasks }) => (done[id] ?? 0) >= tasks && done[id] !== undefined);
  return (
    <div>
      <Link href={`/${locale}/learn/${lesson.id}`} className={buttonClass('primary', 'large')}>
        {t(next.begun && !finished ? 'continue' : begun ? 'next' : 'start')}
      </Link>
      <p className="mt-2.5 text-sm text-ink-3">
        {finished
          ? t('allDone')
          : begun || !promise
            ? title
            : `${title}${locale === 'zh' ? '。' : '. '}${promise}`}
      </p>
    </div>
  );
}
