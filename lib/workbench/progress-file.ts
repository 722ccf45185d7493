// All progress as a file, to be taken to another browser. The file is a stranger's until it has been read: size, format, engine,
// lessons and tasks are checked, and nothing of it is kept that storage itself would not be trusted with.
import { ENGINE } from '@/lib/course/log';
import { err, ok, type Result } from '@/lib/core/result';
import { changeCourse, loadCourse, readCourse, storedCourse } from './course-state';
import { mergeProgress } from './merge-progress';
import { allNotes, putNotes } from './notes';
import {
  loadProgress,
  readProgress,
  saveProgress,
  setAside,
  storedProgress,
  type LessonProgress,
} from './progress';

const FORMAT = 'servicepath-progress';
const VERSION = 1;
/** More than a browser keeps for one site. */
export const FILE_BYTES = 12 * 1024 * 1024;

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** The tasks of each written lesson. */
export type CourseTasks = Readonly<Record<string, readonly string[]>>;

/** Why a file is not imported. version and engine: the file's own number is told. */
export type FileFault =
  | { readonly code: 'size' | 'json' | 'format' | 'empty' }
  | { readonly code: 'version' | 'engine'; readonly found: string };

export interface Imported {
  /** Lessons of the file that are now here. */
  readonly lessons: readonly string[];
  /** Tasks that were not ticked here before. */
  readonly tasks: number;
  /** Lessons of the file that cannot be read, or that this course does not have. */
  readonly unread: readonly string[];
  /** Lessons that the browser's storage had no room for. */
  readonly noRoom: readonly string[];
  /** Ways through a lab for which there was no room. */
  readonly dropped: number;
}

/** The file's text: every lesson that was opened here. */
export function progressFile(course: CourseTasks, store: Store | undefined): string {
  const lessons = Object.keys(course).flatMap((id) => {
    const loaded = loadProgress(id, store);
    return loaded.kind === 'ok' ? [[id, storedProgress(id, loaded.progress)] as const] : [];
  });
  const file = {
    format: FORMAT,
    version: VERSION,
    engine: ENGINE,
    course: storedCourse(loadCourse(store)),
    lessons: Object.fromEntries(lessons),
    notes: allNotes(Object.keys(course), store),
  };
  return `${JSON.stringify(file, null, 1)}\n`;
}

/** What a file holds, before anything of it is kept. */
export function readProgressFile(text: string): Result<Fields, FileFault> {
  if (text.length > FILE_BYTES) return err({ code: 'size' });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return err({ code: 'json' });
  }
  if (!isFields(value) || value['format'] !== FORMAT || !isFields(value['lessons']))
    return err({ code: 'format' });
  if (value['version'] !== VERSION) return err({ code: 'version', found: brief(value['version']) });
  if (value['engine'] !== ENGINE) return err({ code: 'engine', found: brief(value['engine']) });
  return ok(value);
}

/** Adds a file's progress to what is here. */
export function importProgress(
  text: string,
  course: CourseTasks,
  store: Store | undefined,
): Result<Imported, FileFault> {
  const read = readProgressFile(text);
  if (!read.ok) return read;
  const lessons = Object.entries(read.value['lessons'] as Fields);
  const state = readCourse(read.value['course']);
  const notes = notesOf(read.value['notes'], course);
  if (
    lessons.length === 0 &&
    Object.keys(notes).length === 0 &&
    state.path === null &&
    state.known.length === 0
  )
    return err({ code: 'empty' });
  const result = {
    lessons: [] as string[],
    tasks: 0,
    unread: [] as string[],
    noRoom: [] as string[],
    dropped: 0,
  };
  for (const [id, entry] of lessons) {
    const incoming = lessonOf(id, entry, course);
    if (!incoming) {
      result.unread.push(brief(id));
      continue;
    }
    const { kept, tasks, dropped } = addLesson(id, incoming, store);
    (kept ? result.lessons : result.noRoom).push(id);
    result.tasks += tasks;
    result.dropped += dropped;
  }
  putNotes(notes, store);
  const own = loadCourse(store);
  const known = [...new Set([...own.known, ...state.known])];
  changeCourse({ path: own.path ?? state.path, last: own.last ?? state.last, known }, store);
  return ok(result);
}

/** A lesson of the file, with only such ticks as the lesson has tasks; undefined if it cannot be read. */
function lessonOf(id: string, entry: unknown, course: CourseTasks): LessonProgress | undefined {
  const tasks = Object.hasOwn(course, id) ? course[id] : undefined;
  const loaded = readProgress(entry);
  if (!tasks || loaded.kind !== 'ok' || labOf(entry) !== id) return undefined;
  const { memory } = loaded.progress;
  const done = tasks.filter((task) => memory.done.includes(task));
  return { ...loaded.progress, memory: { ...memory, done } };
}

/** Notes on lessons that there are; a file from before there were notes has none. */
const notesOf = (value: unknown, course: CourseTasks): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(isFields(value) ? value : {}).flatMap(([id, note]) =>
      typeof note === 'string' && Object.hasOwn(course, id) ? [[id, note] as const] : [],
    ),
  );

const labOf = (entry: unknown): unknown =>
  isFields(entry) && isFields(entry['log']) ? entry['log']['lab'] : undefined;

function addLesson(
  id: string,
  incoming: LessonProgress,
  store: Store | undefined,
): { readonly kept: boolean; readonly tasks: number; readonly dropped: number } {
  const own = loadProgress(id, store);
  if (own.kind === 'broken' || own.kind === 'engine') setAside(id, store);
  const { progress, dropped } =
    own.kind === 'ok' ? mergeProgress(own.progress, incoming) : { progress: incoming, dropped: 0 };
  const before = own.kind === 'ok' ? own.progress.memory.done : [];
  if (!saveProgress(id, progress, store)) return { kept: false, tasks: 0, dropped: 0 };
  return { kept: true, tasks: progress.memory.done.filter((task) => !before.includes(task)).length, dropped };
}

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value of a stranger's file, short enough for a sentence. */
const brief = (value: unknown): string =>
  (typeof value === 'string' ? value : (JSON.stringify(value) ?? 'undefined')).slice(0, 20);
