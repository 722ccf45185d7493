// The learner's own notes, one a lesson, kept in the browser beside his progress; they go with it into a file (progress-file.ts).

const PREFIX = 'servicepath.note.';
/** Longer notes are cut: the browser's storage is shared by all lessons. */
export const NOTE_LIMIT = 20_000;

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** '' if there is none, or if the storage cannot be read. */
export function readNote(lesson: string, store: Store | undefined): string {
  try {
    return store?.getItem(PREFIX + lesson) ?? '';
  } catch {
    return '';
  }
}

/** Keeps a note, or removes it if it is empty; false if the browser would not. */
export function writeNote(lesson: string, text: string, store: Store | undefined): boolean {
  try {
    if (!store) return false;
    if (text.trim() === '') store.removeItem(PREFIX + lesson);
    else store.setItem(PREFIX + lesson, text.slice(0, NOTE_LIMIT));
    return true;
  } catch {
    return false;
  }
}

/** The notes on these lessons, where there are any. */
export const allNotes = (
  lessons: readonly string[],
  store: Store | undefined,
): Readonly<Record<string, string>> =>
  Object.fromEntries(lessons.map((id) => [id, readNote(id, store)]).filter(([, note]) => note !== ''));

/** Puts notes back. A note that is there and says something else is kept, and the other one stands below it. */
export function putNotes(notes: Readonly<Record<string, string>>, store: Store | undefined): boolean {
  return Object.entries(notes).every(([lesson, text]) => {
    const mine = readNote(lesson, store);
    if (mine.includes(text)) return true;
    return writeNote(lesson, mine === '' ? text : `${mine}\n\n${text}`, store);
  });
}
