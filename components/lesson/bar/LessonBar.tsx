'use client';
// The bar on top of the lesson: the learner's note, a report of an error, the lesson on paper. What they open is loaded when it is opened.
import { lazy, Suspense, useState, useSyncExternalStore } from 'react';
import { useLesson, useLessonStore } from '@/components/workbench/lesson-context';
import { useMessages } from '@/lib/i18n/client';
import { readNote } from '@/lib/workbench/notes';
import { browserStorage } from '@/lib/workbench/progress';

const Note = lazy(async () => ({ default: (await import('./Note')).Note }));
const ReportDialog = lazy(async () => ({ default: (await import('./ReportDialog')).ReportDialog }));
const BUTTON = 'rounded-md px-2 text-ink-2 hover:bg-bg hover:text-ink aria-pressed:text-accent';

export function LessonBar() {
  const t = useMessages('lesson');
  const store = useLessonStore();
  const open = useLesson((view) => view.noteOpen);
  const has = useSyncExternalStore(
    store.subscribe,
    () => hasNote(store.lesson.id),
    () => false,
  );
  const [reporting, report] = useState(false);
  return (
    <>
      <div className="flex h-9 shrink-0 items-stretch gap-1 border-b border-line py-1 pr-16 pl-3 text-sm max-lg:pr-3 print:hidden">
        <button
          type="button"
          aria-pressed={open}
          aria-expanded={open}
          title={`${t('noteHint')} (Alt+Shift+N)`}
          onClick={() => store.openNote(!open)}
          className={BUTTON}
        >
          {t('note_')}
          {has && <span aria-hidden> ●</span>}
        </button>
        <button type="button" onClick={() => report(true)} className={BUTTON}>
          {t('report')}
        </button>
        <button type="button" onClick={() => window.print()} className={BUTTON}>
          {t('print')}
        </button>
      </div>
      <Suspense fallback={null}>
        {open && <Note />}
        {reporting && <ReportDialog onClose={() => report(false)} />}
      </Suspense>
    </>
  );
}

const hasNote = (lesson: string): boolean => readNote(lesson, browserStorage()) !== '';
