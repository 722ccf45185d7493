// A lesson's progress in the browser: one entry a lesson, with a version, read with suspicion. Storage may be full, closed
// (private windows) or hold what another version wrote; none of that may stop a lesson.
import { LEARNER_VERSIONS, type K8sVersion } from '@/lib/kube/versions';
import { EMPTY_MEMORY, type Memory } from './memory';

export interface LessonProgress {
  readonly k8s: K8sVersion;
  readonly memory: Memory;
  /** How many hints of a task are open. */
  readonly hints: Readonly<Record<string, number>>;
}

const VERSION = 1;
const PREFIX = 'servicepath.lesson.';

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** What is kept of a lesson; undefined if nothing usable is. */
export function loadProgress(lesson: string, store: Store | undefined): LessonProgress | undefined {
  try {
    const data: unknown = JSON.parse(store?.getItem(PREFIX + lesson) ?? 'null');
    return isRecord(data) && data['version'] === VERSION ? progressOf(data) : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a lesson's progress; false if the browser would not. */
export function saveProgress(lesson: string, progress: LessonProgress, store: Store | undefined): boolean {
  try {
    if (!store) return false;
    store.setItem(PREFIX + lesson, JSON.stringify({ version: VERSION, ...progress }));
    return true;
  } catch {
    return false;
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

function progressOf(data: Readonly<Record<string, unknown>>): LessonProgress | undefined {
  const k8s = LEARNER_VERSIONS.find((version) => version === data['k8s']);
  const memory = data['memory'];
  if (!k8s || !isRecord(memory)) return undefined;
  return { k8s, memory: memoryOf(memory), hints: valuesOf(data['hints'], isNumber) };
}

function memoryOf(data: Readonly<Record<string, unknown>>): Memory {
  const files = Array.isArray(data['files']) ? data['files'] : [];
  return {
    ...EMPTY_MEMORY,
    files: files.flatMap((file: unknown) =>
      isRecord(file) && isText(file['name']) && isText(file['text'])
        ? [{ name: file['name'], text: file['text'] }]
        : [],
    ),
    predictions: valuesOf(data['predictions'], isText),
    clicks: textsOf(data['clicks']),
    done: textsOf(data['done']),
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
