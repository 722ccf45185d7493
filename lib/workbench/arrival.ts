// With what a lesson begins: what the browser kept, the state in a link, or neither — and what the learner has to be told about it.
import type { ActionLog } from '@/lib/course/types';
import { LEARNER_VERSIONS, type K8sVersion } from '@/lib/kube/version';
import { isPermalink } from '@/lib/course/permalink-mark';
import { loadProgress, setAside, type LessonProgress } from './progress';

/** broken, engine: about what the browser kept. link…: about a link. shared: the state on show is that of a link. */
export type ArrivalNotice =
  | 'broken'
  | 'engine'
  | 'linkDamaged'
  | 'linkEngine'
  | 'linkSize'
  | 'linkLab'
  | 'linkVersion'
  | 'shared';

export interface Arrival {
  readonly progress?: LessonProgress;
  readonly notice?: ArrivalNotice;
  /** A state from a link beside progress of the learner's own: nothing is kept until he decides. */
  readonly visiting: boolean;
}

type Store = Parameters<typeof loadProgress>[1];

/** What the browser kept; an entry that cannot be used is put aside. */
export function fromStorage(lesson: string, store: Store): Arrival {
  const loaded = loadProgress(lesson, store);
  if (loaded.kind === 'none') return { visiting: false };
  if (loaded.kind === 'ok') return { progress: loaded.progress, visiting: false };
  setAside(lesson, store);
  return { notice: loaded.kind, visiting: false };
}

/** The state in an address' fragment, or what the browser kept if there is none or it cannot be used. */
export async function arrive(
  lesson: string,
  versions: readonly K8sVersion[],
  fragment: string,
  store: Store,
): Promise<Arrival> {
  const own = fromStorage(lesson, store);
  if (!isPermalink(fragment)) return own;
  const { fromFragment } = await import('@/lib/course/permalink');
  const read = fromFragment(fragment);
  if (!read.ok) return { ...own, notice: FAULT[read.error.code] };
  const log = read.value;
  if (log.lab !== lesson) return { ...own, notice: 'linkLab' };
  const k8s = LEARNER_VERSIONS.find((v) => v === log.k8s);
  if (!k8s || !versions.includes(k8s)) return { ...own, notice: 'linkVersion' };
  return { progress: sharedProgress(log, k8s), notice: 'shared', visiting: hasWork(own) };
}

const FAULT = { size: 'linkSize', shape: 'linkDamaged', engine: 'linkEngine' } as const;

const sharedProgress = ({ actions, proxyMode = 'iptables' }: ActionLog, k8s: K8sVersion): LessonProgress => ({
  k8s,
  proxyMode,
  memory: { log: actions, drafts: [], done: [] },
  hints: {},
});

const hasWork = ({ progress }: Arrival): boolean =>
  progress !== undefined && (progress.memory.log.length > 0 || progress.memory.drafts.length > 0);
