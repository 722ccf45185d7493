'use client';
// Which way through the course: all of it, or one of three paths. The choice is kept; the order of a path is shown.
import { Fragment } from 'react';
import Link from 'next/link';
import { SegmentedControl } from '@/components/ui/SegmentedControl';
import { isPathId } from '@/lib/course/path-ids';
import { PATHS, type CoursePath } from '@/lib/course/paths';
import { useLocale, useMessages } from '@/lib/i18n/client';
import type { OutlineLesson } from './outline';
import { totalsOf, type Kept } from './standing';
import { TotalsLine } from './StageSection';
import { setCourseState } from './use-kept';

export interface PathPickerProps {
  readonly path: CoursePath | undefined;
  /** All lessons, in the course's order. */
  readonly lessons: readonly OutlineLesson[];
  readonly kept: Kept;
}

export function PathPicker({ path, lessons, kept }: PathPickerProps) {
  const t = useMessages('map');
  const locale = useLocale();
  const onPath = path?.lessons.flatMap((id) => lessons.find((lesson) => lesson.id === id) ?? []) ?? lessons;
  return (
    <div data-testid="path">
      <p className="mb-1.5 text-sm font-medium">{t('way')}</p>
      <SegmentedControl
        label={t('way')}
        value={path?.id ?? 'all'}
        options={[
          { value: 'all', text: t('wholeCourse') },
          ...PATHS.map(({ id, title }) => ({ value: id, text: title[locale] })),
        ]}
        onPick={(value) => setCourseState({ path: isPathId(value) ? value : null })}
      />
      <div aria-live="polite" className="mt-2">
        <p className="mb-2 max-w-[64ch] text-ink-2">{path ? path.reason[locale] : t('wholeReason')}</p>
        <TotalsLine totals={totalsOf(onPath, kept)} />
      </div>
      {path && <Order lessons={onPath} />}
    </div>
  );
}

function Order({ lessons }: { readonly lessons: readonly OutlineLesson[] }) {
  const t = useMessages('map');
  const locale = useLocale();
  return (
    <ol
      aria-label={t('order')}
      className="mt-3 flex flex-wrap items-center gap-x-1.5 gap-y-1 text-sm tabular-nums"
    >
      {lessons.map(({ id, title, written }, i) => (
        <li key={id} className="flex items-center gap-x-1.5">
          {i > 0 && (
            <span aria-hidden className="text-ink-3">
              →
            </span>
          )}
          {written ? (
            <Link
              href={`/${locale}/learn/${id}`}
              title={title}
              className="inline-block min-w-6 py-0.5 text-center font-medium text-accent underline underline-offset-2"
            >
              {id}
            </Link>
          ) : (
            <Fragment>
              <span title={title} className="text-ink-3">
                {id}
              </span>
              <span className="sr-only">{t('toCome')}</span>
            </Fragment>
          )}
        </li>
      ))}
    </ol>
  );
}
