'use client';
// Finished tasks of a lesson, as the browser keeps them.
import { useDoneByLesson } from '@/components/course/use-kept';
import { useMemo } from 'react';

/** How many tasks are done; undefined if the lesson was never opened here, and on the server. */
export function useDoneTasks(lesson: string): number | undefined {
  return useDoneByLesson(useMemo(() => [lesson], [lesson]))[lesson];
}
