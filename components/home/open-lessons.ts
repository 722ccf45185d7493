// Which lessons are written, as the pages show them.
import { CURRICULUM, type PlannedLesson } from '@/lib/course/curriculum';
import { LABS } from '@/lib/course/labs';

/** The number of tasks of each written lesson, by its id. */
export const openLessons = (): Readonly<Record<string, number>> =>
  Object.fromEntries(LABS.map(({ lab }) => [lab.id, lab.tasks.length]));

/** Written lessons in the course's order. */
export function openPlanned(): readonly PlannedLesson[] {
  const open = openLessons();
  return CURRICULUM.flatMap((stage) => stage.lessons).filter(({ id }) => open[id] !== undefined);
}

/** How many lessons the course has, and how many of them are written. */
export const lessonCounts = (): { readonly all: number; readonly open: number } => ({
  all: CURRICULUM.reduce((sum, stage) => sum + stage.lessons.length, 0),
  open: LABS.length,
});
