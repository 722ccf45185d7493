import { expect, test } from 'vitest';
import { allNotes, NOTE_LIMIT, putNotes, readNote, writeNote } from './notes';

const LESSONS = ['1.2', '2.3'];

function storage(refuses = false) {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => {
      if (refuses) throw new Error('full');
      kept.set(key, text);
    },
    removeItem: (key: string) => void kept.delete(key),
  };
}

test('a note is kept a lesson; an empty one is none', () => {
  const store = storage();
  store.setItem('servicepath.lesson.1.2', '{}');
  expect(writeNote('1.2', 'DNAT happens on the client’s node', store)).toBe(true);
  expect(readNote('1.2', store)).toBe('DNAT happens on the client’s node');
  expect(readNote('2.3', store)).toBe('');
  expect(allNotes(LESSONS, store)).toEqual({ '1.2': 'DNAT happens on the client’s node' });
  writeNote('1.2', '  \n', store);
  expect(allNotes(LESSONS, store)).toEqual({});
});

test('notes of another device come below one’s own, and nothing comes twice', () => {
  const store = storage();
  writeNote('1.2', 'mine', store);
  const other = { '1.2': 'theirs', '2.3': 'new' };
  expect(putNotes(other, store)).toBe(true);
  putNotes(other, store);
  expect(allNotes(LESSONS, store)).toEqual({ '1.2': 'mine\n\ntheirs', '2.3': 'new' });
});

test('a storage that is full or closed loses no page: it says so', () => {
  expect(writeNote('1.2', 'x', storage(true))).toBe(false);
  expect(writeNote('1.2', 'x', undefined)).toBe(false);
  expect(allNotes(LESSONS, undefined)).toEqual({});
  const store = storage();
  writeNote('1.2', 'x'.repeat(NOTE_LIMIT + 5), store);
  expect(readNote('1.2', store)).toHaveLength(NOTE_LIMIT);
});
