'use client';
// A stage of the map: what one can do after it, how long it takes, how far one is, and its lessons.
import { Button } from '@/components/ui/Button';
import { ProgressBar } from '@/components/ui/Progress';
import { useMessages } from '@/lib/i18n/client';
import { LessonLine } from './LessonLine';
import type { OutlineStage } from './outline';
import { totalsOf, type Kept, type Totals } from './standing';

export interface StageSectionProps {
  readonly stage: OutlineStage;
  readonly kept: Kept;
  /** The lessons of the chosen path, in order; undefined: no path is chosen. */
  readonly path?: readonly string[] | undefined;
  /** The smaller map of the home page. */
  readonly brief?: boolean;
  readonly onForget?: () => void;
}

export function StageSection({ stage, kept, path, brief = false, onForget }: StageSectionProps) {
  const t = useMessages('map');
  const common = useMessages('common');
  const Heading = brief ? 'h3' : 'h2';
  const totals = totalsOf(stage.lessons, kept);
  return (
    <li
      data-stage={stage.number}
      className={
        brief
          ? 'min-w-0 border-t-2 border-line-strong pt-3'
          : 'grid gap-x-8 gap-y-3 border-t border-line py-6 md:grid-cols-[minmax(0,17rem)_minmax(0,1fr)]'
      }
    >
      <div className={brief ? 'mb-3' : undefined}>
        <p className="text-sm text-ink-3">{common('stage', { n: stage.number })}</p>
        <Heading
          className={brief ? 'font-semibold' : 'text-[17px] leading-snug font-semibold tracking-tight'}
        >
          {stage.title}
        </Heading>
        <p className="mt-1 mb-2 text-sm text-ink-2">{stage.outcome}</p>
        <TotalsLine totals={totals} />
        {!brief && kept.known.includes(stage.number) && (
          <p className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-add">
            <span>
              <span aria-hidden>✓ </span>
              {t('stageKnown')}
            </span>
            {onForget && <Button onClick={onForget}>{t('forget')}</Button>}
          </p>
        )}
      </div>
      <ol className={brief ? 'text-sm' : undefined}>
        {stage.lessons.map((lesson) => (
          <LessonLine
            key={lesson.id}
            lesson={lesson}
            kept={kept}
            step={path && path.indexOf(lesson.id) + 1}
            brief={brief}
          />
        ))}
      </ol>
    </li>
  );
}

/** Lessons, minutes and progress of a stage, a path or the course. */
export function TotalsLine({ totals }: { readonly totals: Totals }) {
  const t = useMessages('map');
  const { open, done, known } = totals;
  const progress = [t('totalsDone', { done, open }), known > 0 && t('knownCount', { n: known })]
    .filter(Boolean)
    .join(' · ');
  return (
    <div className="max-w-72 text-sm text-ink-3">
      <p>{t('totals', { lessons: totals.lessons, open, minutes: totals.minutes })}</p>
      {open > 0 && (
        <>
          <ProgressBar label={progress} value={done} max={open} />
          <p>{progress}</p>
        </>
      )}
    </div>
  );
}
