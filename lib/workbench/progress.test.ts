import { describe, expect, test } from 'vitest';
import { branchedAt, ONE_BRANCH } from '@/lib/course/branches';
import { actionLog } from '@/lib/course/log';
import { arrive } from './arrival';
import { toFragment } from '@/lib/course/permalink';
import { clearProgress, doneTasks, loadProgress, saveProgress, type LessonProgress } from './progress';

function storage(): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  const data = new Map<string, string>();
  return {
    getItem: (key) => data.get(key) ?? null,
    setItem: (key, value) => void data.set(key, value),
    removeItem: (key) => void data.delete(key),
  };
}

const progress: LessonProgress = {
  k8s: '1.30',
  proxyMode: 'nftables',
  memory: {
    log: [
      { at: 0, kind: 'apply', file: 'service.yaml', text: 'kind: Service' },
      { at: 9, kind: 'predict', question: 'second', answer: '1' },
    ],
    drafts: [{ name: 'service.yaml', text: 'kind: Servic' }],
    done: ['find'],
  },
  hints: { scale: 2 },
};
const KEY = 'servicepath.lesson.2.3';
const entry = (change: object): string =>
  JSON.stringify({
    version: 2,
    log: { ...actionLog('2.3', '1.32', []), ...change },
    drafts: [],
    done: ['find'],
    hints: {},
  });

describe('progress of a lesson', () => {
  test('branches come back too; those of another engine make the entry unusable, as the log on show would', () => {
    const store = storage();
    const { branches } = branchedAt({ branches: ONE_BRANCH, log: progress.memory.log }, 1);
    saveProgress('2.3', { ...progress, branches }, store);
    expect(loadProgress('2.3', store)).toEqual({ kind: 'ok', progress: { ...progress, branches } });
    const text = store.getItem(KEY) ?? '';
    store.setItem(KEY, text.replace(/("kept":.*?"engine":)\d+/, '$10'));
    expect(loadProgress('2.3', store)).toEqual({ kind: 'engine' });
  });

  test('what is kept comes back, by lesson', () => {
    const store = storage();
    expect(saveProgress('2.3', progress, store)).toBe(true);
    expect(loadProgress('2.3', store)).toEqual({ kind: 'ok', progress });
    expect(doneTasks('2.3', store)).toEqual(['find']);
    expect(loadProgress('2.4', store)).toEqual({ kind: 'none' });
    expect(doneTasks('2.4', store)).toBeUndefined();
    clearProgress('2.3', store);
    expect(loadProgress('2.3', store)).toEqual({ kind: 'none' });
  });

  test('full or closed storage is told, not thrown', () => {
    const full = {
      ...storage(),
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError');
      },
    };
    expect(saveProgress('2.3', progress, full)).toBe(false);
    expect(saveProgress('2.3', progress, undefined)).toBe(false);
    expect(loadProgress('2.3', undefined)).toEqual({ kind: 'none' });
  });

  test.each([
    'not json',
    '{}',
    'null',
    '{"version":99}',
    '{"version":1,"k8s":"1.32","memory":{}}',
    entry({ k8s: '9.9' }),
    entry({ actions: [{ at: 0, kind: 'fly' }] }),
  ])('an entry like %.60s is broken', (text) => {
    const store = storage();
    store.setItem(KEY, text);
    expect(loadProgress('2.3', store)).toEqual({ kind: 'broken' });
  });

  test('an entry of another engine says so', () => {
    const store = storage();
    store.setItem(KEY, entry({ engine: 99 }));
    expect(loadProgress('2.3', store)).toEqual({ kind: 'engine' });
  });

  test('broken parts beside the log are left out', () => {
    const store = storage();
    const log = actionLog('2.3', '1.32', []);
    const drafts = [{ name: 1 }, { name: 'a', text: 'b' }];
    store.setItem(KEY, JSON.stringify({ version: 2, log, drafts, done: [1, 'd'], hints: { a: 'x', b: 1 } }));
    expect(loadProgress('2.3', store)).toEqual({
      kind: 'ok',
      progress: {
        k8s: '1.32',
        proxyMode: 'iptables',
        memory: { log: [], drafts: [{ name: 'a', text: 'b' }], done: ['d'] },
        hints: { b: 1 },
      },
    });
  });
});

describe('with what a lesson begins', () => {
  const begin = (store: ReturnType<typeof storage>, hash = '') =>
    arrive('2.3', ['1.30', '1.32'], hash, store);

  test('without anything kept: the start, and nothing to say', async () => {
    expect(await begin(storage())).toEqual({ visiting: false });
  });

  test('a broken entry is put aside and the lesson starts fresh', async () => {
    const store = storage();
    store.setItem(KEY, 'rubbish');
    expect(await begin(store)).toEqual({ notice: 'broken', visiting: false });
    expect([store.getItem(KEY), store.getItem('servicepath.aside.2.3')]).toEqual([null, 'rubbish']);
  });

  test('a link gives its state; beside own work nothing is kept before the learner decides', async () => {
    const link = toFragment(actionLog('2.3', '1.30', progress.memory.log));
    expect(await begin(storage(), link)).toMatchObject({
      progress: { k8s: '1.30', memory: { log: progress.memory.log } },
      notice: 'shared',
      visiting: false,
    });
    const store = storage();
    saveProgress('2.3', progress, store);
    expect(await begin(store, link)).toMatchObject({ notice: 'shared', visiting: true });
  });

  test.each([
    ['#s=AAAA', 'linkDamaged'],
    [toFragment({ ...actionLog('2.3', '1.30', []), engine: 99 }), 'linkEngine'],
    [toFragment(actionLog('1.2', '1.30', [])), 'linkLab'],
    [toFragment(actionLog('2.3', '1.28', [])), 'linkVersion'],
  ])('a link that cannot be used leaves own work alone: %.12s %s', async (link, notice) => {
    const store = storage();
    saveProgress('2.3', progress, store);
    expect(await begin(store, link)).toEqual({ progress, notice, visiting: false });
  });
});
