'use client';
// Finished tasks of a lesson, as the browser keeps them.
import { useSyncExternalStore } from 'react';
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
