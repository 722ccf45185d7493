// The learner's own notes, one a lesson, kept in the browser beside his progress. `allNotes` and `putNotes` are for whoever exports the
// progress to a file and imports it elsewhere.

const PREFIX = 'servicepath.note.';
/** Longer notes are cut: the browser's storage is shared by all lessons. */
export const NOTE_LIMIT = 20_000;

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
/** A storage whose entries can be listed. */
type Listed = Store & Pick<Storage, 'key' | 'length'>;

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

/** All notes by lesson. */
export function allNotes(store: Listed | undefined): Readonly<Record<string, string>> {
  const notes: Record<string, string> = {};
  try {
    for (let i = 0; i < (store?.length ?? 0); i++) {
      const key = store?.key(i) ?? '';
      if (key.startsWith(PREFIX)) notes[key.slice(PREFIX.length)] = readNote(key.slice(PREFIX.length), store);
    }
  } catch {
    // Closed storage has no notes.
  }
  return notes;
}

/** Puts notes back. A note that is there and says something else is kept, and the other one stands below it. */
export function putNotes(notes: Readonly<Record<string, string>>, store: Store | undefined): boolean {
  return Object.entries(notes).every(([lesson, text]) => {
    const mine = readNote(lesson, store);
    if (mine.includes(text)) return true;
    return writeNote(lesson, mine === '' ? text : `${mine}\n\n${text}`, store);
  });
}
