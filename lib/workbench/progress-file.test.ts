import { describe, expect, test } from 'vitest';
import { branchedAt, ONE_BRANCH } from '@/lib/course/branches';
import { ENGINE } from '@/lib/course/log';
import type { Action } from '@/lib/course/types';
import { changeCourse, loadCourse } from './course-state';
import { mergeProgress } from './merge-progress';
import { readNote, writeNote } from './notes';
import { doneTasks, loadProgress, saveProgress, type LessonProgress } from './progress';
import { FILE_BYTES, importProgress, progressFile } from './progress-file';

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
function storage(room = Infinity): Store {
  const data = new Map<string, string>();
  return {
    getItem: (key) => data.get(key) ?? null,
    setItem: (key, value) => {
      if (value.length > room) throw new DOMException('full', 'QuotaExceededError');
      data.set(key, value);
    },
    removeItem: (key) => void data.delete(key),
  };
}
const COURSE = { '1.2': ['write', 'call'], '2.3': ['find', 'scale', 'mark'] };
const edit = (text: string): Action => ({ at: 1, kind: 'apply', file: 'service.yaml', text });
const progress = (done: readonly string[], log: readonly Action[] = [edit('a')]): LessonProgress => ({
  k8s: '1.32',
  proxyMode: 'iptables',
  memory: { log, drafts: [], done },
  hints: {},
});
const fileOf = (lessons: Readonly<Record<string, LessonProgress>>): string => {
  const store = storage();
  for (const [id, one] of Object.entries(lessons)) saveProgress(id, one, store);
  return progressFile(COURSE, store);
};
const changed = (text: string, change: (file: Record<string, unknown>) => void): string => {
  const file = JSON.parse(text) as Record<string, unknown>;
  change(file);
  return JSON.stringify(file);
};

describe('progress in a file', () => {
  test('takes notes along; one’s own are kept, and a stranger’s lessons have none', () => {
    const [from, to] = [storage(), storage()];
    writeNote('2.3', 'theirs', from);
    writeNote('2.3', 'mine', to);
    const file = changed(progressFile(COURSE, from), (all) => {
      all['notes'] = { ...(all['notes'] as object), '9.9': 'x', '1.2': 7 };
    });
    expect(importProgress(file, COURSE, to).ok).toBe(true);
    expect(readNote('2.3', to)).toBe('mine\n\ntheirs');
    expect([readNote('9.9', to), readNote('1.2', to)]).toEqual(['', '']);
  });

  test('comes back whole in another browser', () => {
    const from = storage();
    const whole: LessonProgress = {
      ...progress(['find']),
      memory: { log: [edit('a'), edit('b')], drafts: [{ name: 'x.yaml', text: 'dra' }], done: ['find'] },
      hints: { scale: 2 },
      branches: branchedAt({ branches: ONE_BRANCH, log: [edit('a')] }, 1).branches,
    };
    saveProgress('2.3', whole, from);
    changeCourse({ path: 'sre', last: '2.3', known: [1] }, from);
    const to = storage();
    expect(importProgress(progressFile(COURSE, from), COURSE, to)).toEqual({
      ok: true,
      value: { lessons: ['2.3'], tasks: 1, unread: [], noRoom: [], dropped: 0 },
    });
    expect(loadProgress('2.3', to)).toEqual({ kind: 'ok', progress: whole });
    expect(loadCourse(to)).toEqual({ path: 'sre', last: '2.3', known: [1] });
    expect(progressFile(COURSE, to)).toBe(progressFile(COURSE, from));
  });

  test('never unticks a task, here or from there; importing twice changes nothing more', () => {
    const store = storage();
    saveProgress('2.3', progress(['find'], [edit('mine')]), store);
    const file = fileOf({ '2.3': progress(['scale'], [edit('theirs')]), '1.2': progress(['write']) });
    expect(importProgress(file, COURSE, store)).toMatchObject({
      value: { lessons: ['1.2', '2.3'], tasks: 2 },
    });
    expect(doneTasks('2.3', store)).toEqual(['find', 'scale']);
    const once = loadProgress('2.3', store);
    expect(once).toMatchObject({
      progress: { memory: { log: [edit('mine')] }, branches: { kept: [{ log: [edit('theirs')] }] } },
    });
    expect(importProgress(file, COURSE, store)).toMatchObject({ value: { tasks: 0 } });
    expect(loadProgress('2.3', store)).toEqual(once);
  });

  test('the chosen path of this browser stays; known stages add up', () => {
    const [from, to] = [storage(), storage()];
    changeCourse({ path: 'sre', known: [1] }, from);
    changeCourse({ path: 'operator', last: '1.2' }, to);
    importProgress(progressFile(COURSE, from), COURSE, to);
    expect(loadCourse(to)).toEqual({ path: 'operator', last: '1.2', known: [1] });
  });

  const good = fileOf({ '2.3': progress(['find']) });
  test.each([
    ['', { code: 'json' }],
    ['hello', { code: 'json' }],
    ['[]', { code: 'format' }],
    ['null', { code: 'format' }],
    ['{"format":"something-else","lessons":{}}', { code: 'format' }],
    [changed(good, (file) => (file['lessons'] = [])), { code: 'format' }],
    [changed(good, (file) => (file['version'] = 2)), { code: 'version', found: '2' }],
    [changed(good, (file) => (file['engine'] = ENGINE + 1)), { code: 'engine', found: String(ENGINE + 1) }],
    [changed(good, (file) => (file['engine'] = { x: '<script>'.repeat(999) })), { code: 'engine' }],
    [
      changed(good, (file) => {
        file['lessons'] = {};
      }),
      { code: 'empty' },
    ],
    [' '.repeat(FILE_BYTES + 1), { code: 'size' }],
  ])('is refused and nothing changes: %.40s', (text, fault) => {
    const store = storage();
    saveProgress('2.3', progress(['mark']), store);
    expect(importProgress(text, COURSE, store)).toMatchObject({ ok: false, error: fault });
    expect(loadProgress('2.3', store)).toEqual({ kind: 'ok', progress: progress(['mark']) });
  });

  test('lessons that cannot be read are named; the others are imported', () => {
    const file = changed(good, (whole) => {
      const lessons = whole['lessons'] as Record<string, unknown>;
      lessons['9.9'] = lessons['2.3'];
      lessons['1.2'] = { version: 2, log: 'rubbish' };
      lessons['constructor'] = lessons['2.3'];
    });
    const store = storage();
    expect(importProgress(file, COURSE, store)).toMatchObject({
      value: { lessons: ['2.3'], unread: ['9.9', '1.2', 'constructor'] },
    });
    expect(loadProgress('9.9', store)).toEqual({ kind: 'none' });
  });

  test('a lesson’s work does not pass for another’s, and ticks without a task do not count', () => {
    const swapped = changed(good, (file) => {
      const lessons = file['lessons'] as Record<string, unknown>;
      file['lessons'] = { '1.2': lessons['2.3'] };
    });
    expect(importProgress(swapped, COURSE, storage())).toMatchObject({ value: { unread: ['1.2'] } });
    const store = storage();
    importProgress(fileOf({ '2.3': progress(['find', 'find', 'nonsense', '__proto__']) }), COURSE, store);
    expect(doneTasks('2.3', store)).toEqual(['find']);
  });

  test('a prototype in the file stays a name', () => {
    const text = good.replace('"lessons": {', '"__proto__": {"polluted": 1}, "lessons": {"__proto__": {},');
    importProgress(text, COURSE, storage());
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  test('full storage is told, and what was there stays', () => {
    const store = storage(400);
    saveProgress('1.2', progress(['write']), store);
    const file = fileOf({ '1.2': progress(['call'], [edit('x'.repeat(999))]), '2.3': progress(['find']) });
    expect(importProgress(file, COURSE, store)).toMatchObject({
      value: { lessons: ['2.3'], noRoom: ['1.2'] },
    });
    expect(doneTasks('1.2', store)).toEqual(['write']);
  });
});

describe('two progresses of a lesson', () => {
  test('an untouched lab gives way to one that was worked in, and keeps its own ticks', () => {
    const merged = mergeProgress(progress(['find'], []), progress(['scale'], [edit('theirs')]));
    expect(merged.progress.memory).toEqual({ log: [edit('theirs')], drafts: [], done: ['find', 'scale'] });
    expect(merged.progress.branches).toBeUndefined();
  });
  test('without room for another branch the ticks still come', () => {
    let timeline = { branches: ONE_BRANCH, log: [edit('0')] as readonly Action[] };
    for (let i = 1; i < 20; i++) timeline = { ...branchedAt(timeline, 0), log: [edit(String(i))] };
    const own: LessonProgress = { ...progress([], timeline.log), branches: timeline.branches };
    const merged = mergeProgress(own, progress(['find'], [edit('theirs')]));
    expect(merged.dropped).toBe(1);
    expect(merged.progress.memory.done).toEqual(['find']);
    expect(merged.progress.branches?.kept).toHaveLength(19);
  });
});
