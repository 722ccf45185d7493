'use client';
// Says to everybody what has just happened: a task done, what a link did. A line that goes by itself; screen readers hear it.
import { useEffect, useRef } from 'react';
import { useTasks } from '@/components/lesson/use-tasks';
import { useMessages } from '@/lib/i18n/client';
import { useLesson, useLessonStore } from './lesson-context';

const GONE_AFTER_MS = 6_000;

export function Announcer() {
  const t = useMessages('lesson');
  const store = useLessonStore();
  const tasks = useTasks();
  const notice = useLesson((view) => view.notice);
  const ready = useLesson((view) => view.status === 'ready');
  const known = useRef<ReadonlySet<string> | null>(null);

  useEffect(() => {
    if (!ready) return;
    const done = tasks.filter((task) => task.status === 'done');
    const before = known.current;
    known.current = new Set(done.map((task) => task.id));
    const last = before && done.findLast((task) => !before.has(task.id));
    if (!last) return;
    const all = done.length === tasks.length ? ` ${t('announceAll', { of: tasks.length })}` : '';
    const title = last.title.replaceAll(/[`*]/g, '');
    store.announce(t('announceDone', { n: last.number, of: tasks.length, title }) + all);
  }, [ready, tasks, store, t]);

  useEffect(() => {
    if (!notice) return;
    const timer = setTimeout(() => store.announce(''), GONE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [notice, store]);

  return (
    <div
      role="status"
      data-testid="notice"
      className="pointer-events-none fixed bottom-3 left-3 z-40 max-w-[calc(100vw-24px)]"
    >
      {notice && (
        <p className="rounded-md border border-line-strong bg-raise px-3 py-1.5 text-sm text-ink shadow-lg">
          {notice}
        </p>
      )}
    </div>
  );
}
