import { describe, expect, test } from 'vitest';
import { CURRICULUM } from './curriculum';
import { nextLesson } from './next-lesson';
import { PATHS } from './paths';

const all = CURRICULUM.flatMap((stage) => stage.lessons.map(({ id }) => id));

describe.each(PATHS)('the path $id', ({ lessons, reason, title }) => {
  test('goes through lessons of the course, each once', () => {
    expect(lessons.filter((id) => !all.includes(id))).toEqual([]);
    expect(new Set(lessons).size).toBe(lessons.length);
  });
  test('has a title and a reason of one sentence in both languages', () => {
    expect(title.zh && title.en).toBeTruthy();
    expect(reason.zh).toMatch(/^[^。]+。$/);
    expect(reason.en).toMatch(/^[^.]+\.$/);
  });
});

test('every lesson is on a path', () => {
  const left = all.filter((id) => !PATHS.some(({ lessons }) => lessons.includes(id)));
  expect(left).toEqual([]);
});

describe('the next lesson', () => {
  const lessons = ['1.1', '1.2', '2.1', '2.3'].map((id) => ({ id, tasks: 2 }));
  const next = (done: Record<string, number>, last: string | null = null, known: readonly number[] = []) =>
    nextLesson({ lessons, done, last, known });

  test('is the first at the beginning', () => {
    expect(next({})).toEqual({ id: '1.1', begun: false });
  });
  test('is the last one opened while it has open tasks', () => {
    expect(next({ '1.1': 0, '2.1': 1 }, '2.1')).toEqual({ id: '2.1', begun: true });
  });
  test('after a finished one it goes on, then returns to what was left', () => {
    expect(next({ '2.1': 2 }, '2.1')).toEqual({ id: '2.3', begun: false });
    expect(next({ '1.1': 1, '2.3': 2 }, '2.3')).toEqual({ id: '1.1', begun: true });
  });
  test('passes over stages that are known, unless nothing else is left', () => {
    expect(next({}, null, [1])).toEqual({ id: '2.1', begun: false });
    expect(next({ '2.1': 2, '2.3': 2 }, '2.3', [1])).toEqual({ id: '1.1', begun: false });
  });
  test('all finished: the last one again; no lessons: none', () => {
    expect(next({ '1.1': 2, '1.2': 2, '2.1': 2, '2.3': 2 }, '1.2')).toEqual({ id: '1.2', begun: true });
    expect(nextLesson({ lessons: [], done: {}, last: null, known: [] })).toBeUndefined();
  });
  test('a last lesson that is not on the path does not matter', () => {
    expect(next({ '1.1': 2 }, '9.9')).toEqual({ id: '1.2', begun: false });
  });
});
