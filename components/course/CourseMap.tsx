'use client';
// The whole course on one page: where to go on, the ways through it, five stages with all their lessons.
import Link from 'next/link';
import { useMemo } from 'react';
import { pathById } from '@/lib/course/paths';
import { useLocale, useMessages } from '@/lib/i18n/client';
import { ContinueLink } from './ContinueLink';
import type { Outline } from './outline';
import { PathPicker } from './PathPicker';
import { StageSection } from './StageSection';
import { setCourseState, useCourseState, useDoneByLesson } from './use-kept';

export function CourseMap({ outline }: { readonly outline: Outline }) {
  const { kept, lessons, startable } = useOutline(outline);
  const { path: chosen } = useCourseState();
  const path = pathById(chosen);
  return (
    <>
      <div className="mb-8 grid items-start gap-x-8 gap-y-6 md:grid-cols-[minmax(0,17rem)_minmax(0,1fr)]">
        <div>
          <ContinueLink lessons={startable} />
          {!kept.known.includes(1) && <PlacementLink />}
        </div>
        <PathPicker path={path} lessons={lessons} kept={kept} />
      </div>
      <ol>
        {outline.map((stage) => (
          <StageSection
            key={stage.number}
            stage={stage}
            kept={kept}
            path={path?.lessons}
            onForget={() => setCourseState({ known: kept.known.filter((n) => n !== stage.number) })}
          />
        ))}
      </ol>
    </>
  );
}

/** The smaller map of the home page. */
export function SmallMap({ outline }: { readonly outline: Outline }) {
  const { kept } = useOutline(outline);
  return (
    <ol className="grid gap-x-8 gap-y-8 sm:grid-cols-2 lg:grid-cols-5 lg:gap-x-6">
      {outline.map((stage) => (
        <StageSection key={stage.number} stage={stage} kept={kept} brief />
      ))}
    </ol>
  );
}

/** "Know stage 1 already?" */
export function PlacementLink() {
  const t = useMessages('map');
  const locale = useLocale();
  return (
    <p className="mt-4 max-w-[52ch] text-sm text-ink-2">
      <Link href={`/${locale}/placement`} className="text-accent underline underline-offset-2">
        {t('placement')}
      </Link>
      {locale === 'zh' ? '。' : '. '}
      {t('placementText')}
    </p>
  );
}

function useOutline(outline: Outline) {
  const lessons = useMemo(() => outline.flatMap((stage) => stage.lessons), [outline]);
  const done = useDoneByLesson(useMemo(() => lessons.map(({ id }) => id), [lessons]));
  const { known } = useCourseState();
  const startable = useMemo(
    () => lessons.flatMap(({ id, title, written }) => (written ? [{ id, title, tasks: written.tasks }] : [])),
    [lessons],
  );
  return { lessons, startable, kept: { done, known } };
}
