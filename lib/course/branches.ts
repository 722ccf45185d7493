// Branches of time: from any moment of an action log a learner can go another way. A branch is a log of its own, whole from the
// lab's start, so each is replayed, shared and kept like any other, and to delete one touches no other.
import { ok, type Result } from '@/lib/core/result';
import { actionLog, readActionLog, type LogFault } from './log';
import type { Action } from './types';
import type { K8sVersion } from '@/lib/kube/versions';

/** What a branch is called, and where it left another one. */
export interface BranchHead {
  readonly id: number;
  /** The learner's own name for it; '' if he gave none. */
  readonly name: string;
  /** It began after so many actions of that branch, which may have been deleted since; null: at the lab's start. */
  readonly from: { readonly id: number; readonly at: number } | null;
}

/** A branch that is not on show. */
export interface Branch extends BranchHead {
  readonly log: readonly Action[];
}

/** All branches of a lab. The log of the one on show grows elsewhere. */
export interface Branches {
  readonly shown: BranchHead;
  /** The others, by id. */
  readonly kept: readonly Branch[];
}

/** Branches, with the log of the one on show. */
export interface Timeline {
  readonly branches: Branches;
  readonly log: readonly Action[];
}

export const ONE_BRANCH: Branches = { shown: { id: 1, name: '', from: null }, kept: [] };

/** So many branches at most: the browser's storage is small. */
export const BRANCH_LIMIT = 20;
const NAME_CHARS = 60;

export const isFull = ({ kept }: Branches): boolean => kept.length + 1 >= BRANCH_LIMIT;

/** The present is kept, and a new branch begins after the first `at` actions of it. Full: nothing changes. */
export function branchedAt(timeline: Timeline, at: number): Timeline {
  const { branches, log } = timeline;
  if (isFull(branches) || at < 0 || at > log.length) return timeline;
  const { shown } = branches;
  const kept = withShown(timeline);
  const id = Math.max(...kept.map((branch) => branch.id)) + 1;
  return {
    branches: { shown: { id, name: '', from: { id: shown.id, at } }, kept },
    log: log.slice(0, at),
  };
}

/** A log that came from elsewhere (a link) goes on show beside all that there is. */
export const besides = (timeline: Timeline, log: readonly Action[]): Timeline => {
  const kept = withShown(timeline);
  const id = Math.max(...kept.map((branch) => branch.id)) + 1;
  return { branches: { shown: { id, name: '', from: null }, kept }, log };
};

/** Another branch comes on show; the present one is kept. An unknown id changes nothing. */
export function switchedTo(timeline: Timeline, id: number): Timeline {
  const wanted = timeline.branches.kept.find((branch) => branch.id === id);
  if (!wanted) return timeline;
  const { log, ...shown } = wanted;
  return { branches: { shown, kept: withShown(timeline).filter((branch) => branch.id !== id) }, log };
}

/** Without a branch that is not on show. */
export const withoutBranch = ({ shown, kept }: Branches, id: number): Branches => ({
  shown,
  kept: kept.filter((branch) => branch.id !== id),
});

/** With another name; spaces around it and what is too long are cut off. */
export function renamed({ shown, kept }: Branches, id: number, text: string): Branches {
  const name = text.trim().slice(0, NAME_CHARS);
  return {
    shown: shown.id === id ? { ...shown, name } : shown,
    kept: kept.map((branch) => (branch.id === id ? { ...branch, name } : branch)),
  };
}

/** What was done on a branch itself: its actions after the moment at which it left another. */
export const ownActions = ({ from }: BranchHead, log: readonly Action[]): readonly Action[] =>
  log.slice(Math.min(from?.at ?? 0, log.length));

function withShown({ branches: { shown, kept }, log }: Timeline): readonly Branch[] {
  return [...kept, { ...shown, log }].sort((a, b) => a.id - b.id);
}

/** Branches as a browser keeps them: plain JSON, each log with its head. */
export const storedBranches = ({ shown, kept }: Branches, lab: string, k8s: K8sVersion): unknown => ({
  shown,
  kept: kept.map(({ log, ...head }) => ({ ...head, log: actionLog(lab, k8s, log) })),
});

/** What a browser kept, read with suspicion; absent: one branch. A log that cannot be replayed is a fault of the whole. */
export function readBranches(value: unknown): Result<Branches, LogFault> {
  if (!isFields(value)) return ok(ONE_BRANCH);
  const kept: Branch[] = [];
  for (const entry of Array.isArray(value['kept']) ? value['kept'].slice(0, 2 * BRANCH_LIMIT) : []) {
    const head = readHead(entry);
    if (!head || !isFields(entry)) continue;
    const log = readActionLog(entry['log']);
    if (!log.ok) return log;
    kept.push({ ...head, log: log.value.actions });
  }
  const shown = readHead(value['shown']) ?? ONE_BRANCH.shown;
  const ids = new Set([shown.id]);
  return ok({ shown, kept: kept.filter(({ id }) => !ids.has(id) && ids.add(id)) });
}

function readHead(value: unknown): BranchHead | undefined {
  if (!isFields(value) || !isCount(value['id'])) return undefined;
  const { id, name, from } = value;
  return {
    id,
    name: typeof name === 'string' ? name.slice(0, NAME_CHARS) : '',
    from:
      isFields(from) && isCount(from['id']) && isCount(from['at'])
        ? { id: from['id'], at: from['at'] }
        : null,
  };
}

const isFields = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isCount = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 0;
