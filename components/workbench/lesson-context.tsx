'use client';
// Gives the parts of a lesson page its store: tasks in the text, switches in the header, panes of the workbench.
import { createContext, use, useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import type { LessonData } from '@/components/lesson/lesson-data';
import { LessonStore } from './lesson-store';
import type { LessonView } from './lesson-view';
import { installLessonHook } from './test-hook';

const LessonContext = createContext<LessonStore | null>(null);

export function LessonProvider({ lesson, children }: { lesson: LessonData; children: ReactNode }) {
  const [store] = useState(() => new LessonStore(lesson));
  useEffect(() => store.start(), [store]);
  useEffect(() => installLessonHook(store), [store]);
  return <LessonContext value={store}>{children}</LessonContext>;
}

export function useLessonStore(): LessonStore {
  const store = use(LessonContext);
  if (!store) throw new Error('this part of a lesson needs a LessonProvider above it');
  return store;
}

/** A field of the page's state; `select` must return the same value while nothing changed. */
export function useLesson<T>(select: (view: LessonView) => T): T {
  const store = useLessonStore();
  const read = (): T => select(store.getView());
  return useSyncExternalStore(store.subscribe, read, read);
}
