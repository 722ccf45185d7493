// Where "start" and "continue" lead.

export interface NextQuestion {
  /** Written lessons with their numbers of tasks, in the order in which they are taken. */
  readonly lessons: readonly { readonly id: string; readonly tasks: number }[];
  /** Ticked tasks of each lesson that was opened. */
  readonly done: Readonly<Record<string, number | undefined>>;
  /** The lesson that was opened last. */
  readonly last: string | null;
  /** Stages that the learner knows already. */
  readonly known: readonly number[];
}

export interface NextLesson {
  readonly id: string;
  /** The learner has been there. */
  readonly begun: boolean;
}

/**
 * The last lesson, while it has open tasks; else the next one of the order that is not finished, after the last one and then from
 * the beginning. Stages that are known are passed over. All finished: the last one again.
 */
export function nextLesson({ lessons, done, last, known }: NextQuestion): NextLesson | undefined {
  const isOpen = (id: string, tasks: number): boolean => (done[id] ?? 0) < tasks || done[id] === undefined;
  const at = lessons.findIndex(({ id }) => id === last);
  const here = lessons[at];
  if (here && isOpen(here.id, here.tasks)) return { id: here.id, begun: true };
  const around = [...lessons.slice(at + 1), ...lessons.slice(0, Math.max(at, 0))];
  const wanted = around.filter(({ id, tasks }) => isOpen(id, tasks));
  const next = wanted.find(({ id }) => !known.includes(stageOf(id))) ?? wanted[0] ?? here ?? lessons[0];
  return next && { id: next.id, begun: done[next.id] !== undefined };
}

/** "2.3" → 2 */
export const stageOf = (lesson: string): number => Number.parseInt(lesson, 10);
