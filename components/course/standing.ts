// How a learner stands: of a lesson, of several together. Pure; what the browser keeps comes from use-kept.ts.
import { stageOf } from '@/lib/course/next-lesson';
import type { OutlineLesson } from './outline';

/** done: all tasks are ticked. known: passed over by the placement test. toCome: not written yet. */
export type LessonStanding = 'done' | 'started' | 'known' | 'new' | 'toCome';

export interface Kept {
  /** Ticked tasks of each lesson that was opened. */
  readonly done: Readonly<Record<string, number | undefined>>;
  readonly known: readonly number[];
}

export function lessonStanding({ id, written }: OutlineLesson, { done, known }: Kept): LessonStanding {
  if (!written) return 'toCome';
  const ticked = done[id];
  if (ticked !== undefined && ticked >= written.tasks) return 'done';
  if (known.includes(stageOf(id))) return 'known';
  return ticked === undefined ? 'new' : 'started';
}

export interface Totals {
  readonly lessons: number;
  /** Written lessons, and the minutes that they take. */
  readonly open: number;
  readonly minutes: number;
  readonly done: number;
  /** Lessons of known stages that are not done. */
  readonly known: number;
}

export const totalsOf = (lessons: readonly OutlineLesson[], kept: Kept): Totals => ({
  lessons: lessons.length,
  open: lessons.filter(({ written }) => written).length,
  minutes: lessons.reduce((sum, { written }) => sum + (written?.minutes ?? 0), 0),
  done: lessons.filter((lesson) => lessonStanding(lesson, kept) === 'done').length,
  known: lessons.filter((lesson) => lessonStanding(lesson, kept) === 'known').length,
});
