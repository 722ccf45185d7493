'use client';
// The place of the goal's drawing under a task. It can be folded, stays so, and its scripts come when the page is at rest.
import { lazy, Suspense, useEffect, useState, useSyncExternalStore } from 'react';
import { useLesson } from '@/components/workbench/lesson-context';
import { useMessages } from '@/lib/i18n/client';
import { browserStorage } from '@/lib/workbench/progress';

const GoalDrawing = lazy(async () => ({ default: (await import('./GoalDrawing')).GoalDrawing }));
const KEY = 'servicepath.goal';

export function NowAndGoal({ task }: { task: string }) {
  const t = useMessages('task');
  const ready = useLesson((view) => view.status === 'ready');
  const kept = useSyncExternalStore(never, isFolded, () => false);
  const [chosen, setChosen] = useState<boolean>();
  const open = chosen ?? !kept;
  const idle = useIdle(ready);
  return (
    <details
      open={open}
      data-testid="goal"
      onToggle={({ currentTarget }) => {
        if (currentTarget.open === open) return;
        setChosen(currentTarget.open);
        keep(currentTarget.open);
      }}
      className="mt-2"
    >
      <summary className="mb-1 w-fit text-sm text-ink-3">{t('goalTitle')}</summary>
      <div className="min-h-24">
        {open && idle && (
          <Suspense fallback={<p className="text-sm text-ink-3">{t('goalLoading')}</p>}>
            <GoalDrawing key={task} task={task} />
          </Suspense>
        )}
      </div>
    </details>
  );
}

const never = () => () => undefined;
/** The page from the server shows it open; what the browser keeps is known later. */
const isFolded = (): boolean => browserStorage()?.getItem(KEY) === 'folded';

function keep(open: boolean): void {
  try {
    browserStorage()?.setItem(KEY, open ? 'open' : 'folded');
  } catch {
    // A full storage keeps nothing; the drawing is then open at the next visit.
  }
}

/** True from the first quiet moment on: editor, chains and terminal come first. */
function useIdle(ready: boolean): boolean {
  const [idle, setIdle] = useState(false);
  useEffect(() => {
    if (!ready || idle) return undefined;
    if (typeof requestIdleCallback !== 'function') {
      const timer = setTimeout(() => setIdle(true), 800);
      return () => clearTimeout(timer);
    }
    const request = requestIdleCallback(() => setIdle(true), { timeout: 4_000 });
    return () => cancelIdleCallback(request);
  }, [ready, idle]);
  return idle;
}
