'use client';
// The lab's tasks as the page shows them: words, whether done, which one is current, and why it is not done yet.
import { useMemo } from 'react';
import { useLesson, useLessonStore } from '@/components/workbench/lesson-context';
import { useLocale, useMessages } from '@/lib/i18n/client';
import { taskWords, type TaskWords } from './task-words';

export interface ShownTask {
  readonly id: string;
  /** 1-based. */
  readonly number: number;
  readonly title: string;
  readonly text: string;
  readonly hints: readonly string[];
  readonly status: 'done' | 'now' | 'later';
  readonly why: TaskWords | undefined;
}

export function useTasks(): readonly ShownTask[] {
  const { lesson } = useLessonStore();
  const locale = useLocale();
  const shared = useMessages('course') as (code: never) => string;
  const states = useLesson((view) => view.state?.tasks);
  const done = useLesson((view) => view.done);
  const chosen = useLesson((view) => view.chosen);
  return useMemo(() => {
    const open = lesson.tasks.filter((id) => !done.includes(id));
    // The task that the address leads to comes before the order of the tasks.
    const current = open.find((id) => id === chosen) ?? open[0];
    const sharedWords = (code: string): string | undefined => {
      const text = shared(code as never);
      return text === code ? undefined : text;
    };
    return lesson.tasks.map((id, i) => {
      const { title = id, text = '', hints = [] } = lesson.words.tasks[id] ?? {};
      return {
        id,
        number: i + 1,
        title,
        text,
        hints,
        status: done.includes(id) ? 'done' : id === current ? 'now' : 'later',
        why: taskWords(
          locale,
          lesson.words,
          sharedWords,
          states?.find((state) => state.id === id),
        ),
      };
    });
  }, [lesson, locale, shared, states, done, chosen]);
}
