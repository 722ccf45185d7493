// Two progresses of one lesson become one: what is ticked in either is ticked, and no work is thrown away. The lab as it stands here
// stays on show; the other one is kept beside it as a branch.
import { besides, isFull, ONE_BRANCH, switchedTo, type Timeline } from '@/lib/course/branches';
import type { Action } from '@/lib/course/types';
import { EMPTY_MEMORY, wholeLog } from './memory';
import type { LessonProgress } from './progress';

export interface Merged {
  readonly progress: LessonProgress;
  /** Ways through the lab for which there was no room. */
  readonly dropped: number;
}

export function mergeProgress(own: LessonProgress, other: LessonProgress): Merged {
  const done = [...new Set([...own.memory.done, ...other.memory.done])];
  const hints = { ...other.hints };
  for (const [task, open] of Object.entries(own.hints)) hints[task] = Math.max(open, hints[task] ?? 0);
  // An untouched lab gives way: its one branch is nothing that anybody did.
  const [shown, added] = hasWork(own) ? [own, waysOf(other)] : [other, own.branches ? waysOf(own) : []];
  let timeline: Timeline = { branches: shown.branches ?? ONE_BRANCH, log: shown.memory.log };
  let dropped = 0;
  for (const log of added) {
    if (log.length === 0 || isThere(log, timeline, shown)) continue;
    if (isFull(timeline.branches)) dropped += 1;
    else timeline = withKept(timeline, log);
  }
  const { branches } = timeline;
  const rest = { k8s: shown.k8s, proxyMode: shown.proxyMode, memory: { ...shown.memory, done }, hints };
  return { progress: branches === ONE_BRANCH ? rest : { ...rest, branches }, dropped };
}

const hasWork = ({ memory, branches }: LessonProgress): boolean =>
  memory.log.length > 0 || memory.drafts.length > 0 || (branches?.kept.length ?? 0) > 0;

/** All logs of a lesson: the one on show with what was typed since, and those beside it. */
const waysOf = ({ memory, branches }: LessonProgress): readonly (readonly Action[])[] => [
  whole(memory),
  ...(branches?.kept ?? []).map(({ log }) => log),
];

const whole = (memory: LessonProgress['memory']): readonly Action[] =>
  memory.drafts.length === 0 ? memory.log : wholeLog({ ...EMPTY_MEMORY, ...memory });

function isThere(log: readonly Action[], { branches }: Timeline, shown: LessonProgress): boolean {
  const text = JSON.stringify(log);
  return [whole(shown.memory), ...branches.kept.map((branch) => branch.log)].some(
    (there) => JSON.stringify(there) === text,
  );
}

/** A log kept beside what is on show. */
const withKept = (timeline: Timeline, log: readonly Action[]): Timeline =>
  switchedTo(besides(timeline, log), timeline.branches.shown.id);
