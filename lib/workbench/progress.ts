// A lesson's progress in the browser: one entry a lesson, with a version, read with suspicion. Storage may be full, closed
// (private windows) or hold what another version wrote; none of that may stop a lesson. What cannot be used is kept aside.
import { ONE_BRANCH, readBranches, storedBranches, type Branches } from '@/lib/course/branches';
import { actionLog, LAB_SEED, readActionLog } from '@/lib/course/log';
import { LEARNER_VERSIONS, type ClusterProxyMode, type K8sVersion } from '@/lib/kube/version';
import type { Memory } from './memory';

export interface LessonProgress {
  readonly k8s: K8sVersion;
  readonly proxyMode: ClusterProxyMode;
  readonly memory: Pick<Memory, 'log' | 'drafts' | 'done'>;
  /** How many hints of a task are open. */
  readonly hints: Readonly<Record<string, number>>;
  /** Other ways that the lab went; `memory` is the one on show. Absent: there is only that one. */
  readonly branches?: Branches;
}

/** What the browser keeps of a lesson. `broken`: an entry that cannot be read; `engine`: one that would replay differently now. */
export type Loaded =
  | { readonly kind: 'none' }
  | { readonly kind: 'ok'; readonly progress: LessonProgress }
  | { readonly kind: 'broken' | 'engine' };

const VERSION = 2;
const PREFIX = 'servicepath.lesson.';
const ASIDE = 'servicepath.aside.';

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Reads what is kept of a lesson, and changes nothing. */
export function loadProgress(lesson: string, store: Store | undefined): Loaded {
  try {
    const text = store?.getItem(PREFIX + lesson) ?? null;
    return text === null ? { kind: 'none' } : readProgress(JSON.parse(text));
  } catch {
    return { kind: 'broken' };
  }
}

/** Ids of a lesson's ticked tasks; undefined if the lesson was never opened here. */
export function doneTasks(lesson: string, store: Store | undefined): readonly string[] | undefined {
  const loaded = loadProgress(lesson, store);
  return loaded.kind === 'ok' ? loaded.progress.memory.done : undefined;
}

/** Keeps a lesson's progress; false if the browser would not. */
export function saveProgress(lesson: string, progress: LessonProgress, store: Store | undefined): boolean {
  try {
    if (!store) return false;
    store.setItem(PREFIX + lesson, JSON.stringify(storedProgress(lesson, progress)));
    return true;
  } catch {
    return false;
  }
}

/** A lesson's progress as it is kept: plain JSON. */
export function storedProgress(lesson: string, progress: LessonProgress): unknown {
  const { k8s, proxyMode, hints, branches = ONE_BRANCH } = progress;
  const { log, drafts, done } = progress.memory;
  return {
    version: VERSION,
    log: actionLog(lesson, k8s, log, LAB_SEED, proxyMode),
    drafts,
    done,
    hints,
    ...(branches === ONE_BRANCH ? {} : { branches: storedBranches(branches, lesson, k8s) }),
  };
}

/** Puts an entry that cannot be used aside, so that the lesson can begin anew and nothing is lost. */
export function setAside(lesson: string, store: Store | undefined): void {
  try {
    const text = store?.getItem(PREFIX + lesson) ?? null;
    if (text === null) return;
    store?.removeItem(PREFIX + lesson);
    store?.setItem(ASIDE + lesson, text);
  } catch {
    // A full storage keeps no second copy.
  }
}

export function clearProgress(lesson: string, store: Store | undefined): void {
  try {
    store?.removeItem(PREFIX + lesson);
  } catch {
    // Closed storage keeps nothing anyway.
  }
}

/** The browser's storage, if it may be used at all: reading the property itself can throw. */
export function browserStorage(): Storage | undefined {
  try {
    return typeof window === 'undefined' ? undefined : window.localStorage;
  } catch {
    return undefined;
  }
}

/** An entry as a browser keeps it, or as a file brings it. */
export function readProgress(data: unknown): Loaded {
  if (!isRecord(data) || data['version'] !== VERSION) return { kind: 'broken' };
  const log = readActionLog(data['log']);
  if (!log.ok) return { kind: log.error.code === 'engine' ? 'engine' : 'broken' };
  const k8s = LEARNER_VERSIONS.find((version) => version === log.value.k8s);
  if (!k8s) return { kind: 'broken' };
  const branches = readBranches(data['branches']);
  if (!branches.ok) return { kind: branches.error.code === 'engine' ? 'engine' : 'broken' };
  const drafts = Array.isArray(data['drafts']) ? data['drafts'] : [];
  return {
    kind: 'ok',
    progress: {
      k8s,
      proxyMode: log.value.proxyMode ?? 'iptables',
      memory: {
        log: log.value.actions,
        drafts: drafts.flatMap((file: unknown) =>
          isRecord(file) && isText(file['name']) && isText(file['text'])
            ? [{ name: file['name'], text: file['text'] }]
            : [],
        ),
        done: textsOf(data['done']),
      },
      hints: valuesOf(data['hints'], isNumber),
      ...(branches.value === ONE_BRANCH ? {} : { branches: branches.value }),
    },
  };
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string';
const isNumber = (value: unknown): value is number => typeof value === 'number';
const textsOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value.filter(isText) : []);

function valuesOf<T>(value: unknown, is: (item: unknown) => item is T): Readonly<Record<string, T>> {
  if (!isRecord(value)) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => (is(item) ? [[key, item] as const] : [])),
  );
}
