'use client';
// Finished tasks of lessons, as the browser keeps them.
import { useMemo, useSyncExternalStore } from 'react';
import { browserStorage, doneTasks } from '@/lib/workbench/progress';

function subscribe(changed: () => void): () => void {
  window.addEventListener('storage', changed);
  return () => window.removeEventListener('storage', changed);
}

/** How many tasks are done; undefined if the lesson was never opened here, and on the server. */
export function useDoneTasks(lesson: string): number | undefined {
  const read = (): number | undefined => doneTasks(lesson, browserStorage())?.length;
  return useSyncExternalStore<number | undefined>(subscribe, read, () => undefined);
}

/** The same for several lessons, by id. */
export function useDoneByLesson(lessons: readonly string[]): Readonly<Record<string, number | undefined>> {
  // A text, because a snapshot must be the same value while nothing changed.
  const read = (): string =>
    lessons.map((lesson) => doneTasks(lesson, browserStorage())?.length ?? '').join(',');
  const text = useSyncExternalStore<string>(subscribe, read, () => '');
  return useMemo(() => {
    const counts = text.split(',');
    return Object.fromEntries(
      lessons.map((lesson, i) => [lesson, counts[i] ? Number(counts[i]) : undefined]),
    );
  }, [text, lessons]);
}
