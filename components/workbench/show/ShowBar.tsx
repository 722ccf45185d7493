'use client';
// While a solution is shown: which step, and how to stop it.
import { Button } from '@/components/ui/Button';
import { useMessages } from '@/lib/i18n/client';
import { useLesson, useLessonStore } from '../lesson-context';

export function ShowBar() {
  const t = useMessages('task');
  const store = useLessonStore();
  const showing = useLesson((view) => view.showing);
  if (!showing || showing.of === 0) return null;
  const title = store.lesson.words.tasks[showing.task]?.title.replaceAll(/[`*]/g, '') ?? '';
  return (
    <div
      data-testid="show-bar"
      className="fixed bottom-3 left-1/2 z-40 flex w-max max-w-[calc(100vw-24px)] -translate-x-1/2 items-center gap-3 rounded-md border border-accent bg-raise px-3 py-1.5 text-sm shadow-lg"
    >
      <p role="status">{t('showing', { title, n: showing.step, of: showing.of })}</p>
      <Button onClick={() => store.show({ showing: null })} className="shrink-0">
        {t('showStop')}
      </Button>
    </div>
  );
}
