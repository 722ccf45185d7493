'use client';
// The address of a task: a link that copies itself. What a link led to is said above the task, with the way to its start.
import type { MouseEvent } from 'react';
import { Button } from '@/components/ui/Button';
import { useLesson, useLessonStore } from '@/components/workbench/lesson-context';
import { useMessages } from '@/lib/i18n/client';
import type { ShownTask } from '../use-tasks';

export function TaskLink({ number }: { number: number }) {
  const t = useMessages('task');
  const store = useLessonStore();
  const copy = (event: MouseEvent<HTMLAnchorElement>): void => {
    // With a key held down the browser does what it does with any link.
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    void copied(event.currentTarget.href).then((done) => {
      if (!done) window.history.replaceState(window.history.state, '', `#task-${number}`);
      store.announce(t(done ? 'linkCopied' : 'linkByHand', { n: number }));
    });
  };
  return (
    <a
      href={`#task-${number}`}
      aria-label={t('linkCopy', { n: number })}
      title={t('linkCopy', { n: number })}
      onClick={copy}
      className="px-1 text-ink-3 opacity-0 group-hover:opacity-100 hover:text-accent focus:opacity-100 pointer-coarse:opacity-100"
    >
      <span aria-hidden>#</span>
    </a>
  );
}

async function copied(text: string): Promise<boolean> {
  const { copyText } = await import('@/components/ui/copy-text');
  return await copyText(text);
}

/** Whoever came by a link to this task may begin it where it begins. */
export function Linked({ task }: { task: ShownTask }) {
  const t = useMessages('task');
  const store = useLessonStore();
  const ready = useLesson((view) => view.status === 'ready');
  const done = useLesson((view) => view.done);
  const chosen = useLesson((view) => view.chosen);
  if (chosen !== task.id) return null;
  const before = store.lesson.tasks.slice(0, task.number - 1);
  const isDone = task.status === 'done';
  if (!isDone && before.every((id) => done.includes(id))) return null;
  return (
    <div
      data-testid="linked-task"
      className="mt-1.5 flex flex-wrap items-center gap-2 border-l-2 border-accent bg-accent-weak px-2.5 py-1.5 text-sm"
    >
      <p className="min-w-0 flex-1 basis-40">{t(isDone ? 'linkedDone' : 'linkedHere')}</p>
      <Button disabled={!ready} onClick={() => store.resetTask(task.id)}>
        {t('toStart')}
      </Button>
    </div>
  );
}
