// What the browser keeps of the course as a whole: the chosen path, the lesson opened last, stages known from the placement test.
// Read with suspicion, as progress.ts reads lessons.
import { isPathId, type PathId } from '@/lib/course/path-ids';

export interface CourseState {
  /** null: the whole course. */
  readonly path: PathId | null;
  /** "2.3"; null before the first lesson. */
  readonly last: string | null;
  /** Numbers of stages. */
  readonly known: readonly number[];
}

export const FRESH_COURSE: CourseState = { path: null, last: null, known: [] };

const KEY = 'servicepath.course';
const VERSION = 1;

type Store = Pick<Storage, 'getItem' | 'setItem'>;

export function loadCourse(store: Store | undefined): CourseState {
  try {
    return readCourse(JSON.parse(store?.getItem(KEY) ?? 'null'));
  } catch {
    return FRESH_COURSE;
  }
}

/** Keeps a change; false if the browser would not. */
export function changeCourse(change: Partial<CourseState>, store: Store | undefined): boolean {
  try {
    if (!store) return false;
    store.setItem(KEY, JSON.stringify({ version: VERSION, ...loadCourse(store), ...change }));
    return true;
  } catch {
    return false;
  }
}

/** A value from a storage or a file; what is wrong in it counts as not said. */
export function readCourse(value: unknown): CourseState {
  if (typeof value !== 'object' || value === null || Reflect.get(value, 'version') !== VERSION)
    return FRESH_COURSE;
  const { path, last, known } = value as Readonly<Record<string, unknown>>;
  return {
    path: isPathId(path) ? path : null,
    last: typeof last === 'string' && /^\d\.\d$/.test(last) ? last : null,
    known: Array.isArray(known)
      ? known.filter((n): n is number => Number.isInteger(n) && n > 0 && n < 10)
      : [],
  };
}

/** As it is written into a file. */
export const storedCourse = (state: CourseState): unknown => ({ version: VERSION, ...state });
