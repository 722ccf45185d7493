import { describe, expect, test } from 'vitest';
import { changeCourse, FRESH_COURSE, loadCourse } from './course-state';

function storage(text?: string): Pick<Storage, 'getItem' | 'setItem'> {
  let kept = text ?? null;
  return { getItem: () => kept, setItem: (_key, value) => void (kept = value) };
}

describe('what is kept of the course', () => {
  test('comes back; a change leaves the rest alone', () => {
    const store = storage();
    expect(loadCourse(store)).toEqual(FRESH_COURSE);
    expect(changeCourse({ path: 'sre', known: [1] }, store)).toBe(true);
    expect(changeCourse({ last: '2.3' }, store)).toBe(true);
    expect(loadCourse(store)).toEqual({ path: 'sre', last: '2.3', known: [1] });
  });
  test.each(['', 'not json', '[]', '"x"', '{"version":2,"path":"sre"}'])('%s is nothing', (text) => {
    expect(loadCourse(storage(text))).toEqual(FRESH_COURSE);
  });
  test('parts that make no sense are left out', () => {
    const text = '{"version":1,"path":"king","last":"../x","known":[1,"2",-1,1e9]}';
    expect(loadCourse(storage(text))).toEqual({ path: null, last: null, known: [1] });
  });
  test('without storage nothing is kept, and nothing breaks', () => {
    expect(changeCourse({ path: 'sre' }, undefined)).toBe(false);
    expect(loadCourse(undefined)).toEqual(FRESH_COURSE);
  });
});
