'use client';
// What this browser keeps of the course, for every part that shows it; a change here or in another tab is seen at once.
import { useMemo, useSyncExternalStore } from 'react';
import { changeCourse, FRESH_COURSE, loadCourse, type CourseState } from '@/lib/workbench/course-state';
import { browserStorage, doneTasks } from '@/lib/workbench/progress';

const listeners = new Set<() => void>();

/** Something that is kept has been changed by this page. */
export function keptChanged(): void {
  for (const listener of listeners) listener();
}

function subscribe(changed: () => void): () => void {
  listeners.add(changed);
  window.addEventListener('storage', changed);
  return () => {
    listeners.delete(changed);
    window.removeEventListener('storage', changed);
  };
}

/** Ticked tasks of lessons by id; undefined if a lesson was never opened here, and on the server. */
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

const FRESH = JSON.stringify(FRESH_COURSE);

export function useCourseState(): CourseState {
  const read = (): string => JSON.stringify(loadCourse(browserStorage()));
  const text = useSyncExternalStore<string>(subscribe, read, () => FRESH);
  return useMemo(() => JSON.parse(text) as CourseState, [text]);
}

export function setCourseState(change: Partial<CourseState>): void {
  changeCourse(change, browserStorage());
  keptChanged();
}
