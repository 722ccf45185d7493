'use client';
// A lesson on the map: its standing, a link if it is written, how long it takes and what comes before it.
import Link from 'next/link';
import { classes } from '@/components/ui/classes';
import { useLocale, useMessages } from '@/lib/i18n/client';
import type { OutlineLesson } from './outline';
import { lessonStanding, type Kept, type LessonStanding } from './standing';
import { StandingSign } from './StandingSign';

export interface LessonLineProps {
  readonly lesson: OutlineLesson;
  readonly kept: Kept;
  /** Its number on the chosen path, from 1; 0: not on it; undefined: no path is chosen. */
  readonly step?: number | undefined;
  /** Title and standing only. */
  readonly brief?: boolean;
}

export function LessonLine({ lesson, kept, step, brief = false }: LessonLineProps) {
  const locale = useLocale();
  const t = useMessages('map');
  const { id, title, written } = lesson;
  const standing = lessonStanding(lesson, kept);
  const words = standingWords(standing, kept.done[id] ?? 0, written?.tasks ?? 0);
  const aside = step === 0;
  return (
    <li
      id={brief ? undefined : `lesson-${id}`}
      data-lesson={id}
      data-open={written !== null}
      data-standing={standing}
      className="rail relative grid scroll-mt-4 grid-cols-[18px_28px_minmax(0,1fr)] items-start gap-x-2 py-1 target:bg-accent-weak"
    >
      <span className="mt-px">
        <StandingSign standing={standing} />
      </span>
      <span className="text-ink-3 tabular-nums">{id}</span>
      <span className="min-w-0 wrap-anywhere">
        {written ? (
          <Link
            href={`/${locale}/learn/${id}`}
            className={classes(
              'text-accent underline decoration-1 underline-offset-2',
              !aside && 'font-medium',
            )}
          >
            {title}
          </Link>
        ) : (
          <span className={aside ? 'text-ink-3' : 'text-ink-2'}>{title}</span>
        )}
        <span className={brief ? 'sr-only' : 'block text-xs text-ink-3'}>
          {[
            t(words.key, words.values),
            !brief && written && t('minutes', { n: written.minutes }),
            !brief &&
              written &&
              written.after.length > 0 &&
              t('after', { lessons: written.after.join(', ') }),
            step !== undefined && t(step > 0 ? 'inPath' : 'notInPath', { n: step }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </span>
    </li>
  );
}

function standingWords(
  standing: LessonStanding,
  done: number,
  total: number,
): { readonly key: LessonStanding; readonly values: Readonly<Record<string, number>> } {
  return { key: standing, values: standing === 'started' ? { done, total } : {} };
}
