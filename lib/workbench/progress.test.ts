import { describe, expect, test } from 'vitest';
import { clearProgress, loadProgress, saveProgress, type LessonProgress } from './progress';

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
  memory: {
    files: [{ name: 'service.yaml', text: 'kind: Service' }],
    predictions: { second: '0.3333' },
    clicks: ['chain:KUBE-SVC-X'],
    done: ['find'],
  },
  hints: { scale: 2 },
};

describe('progress of a lesson', () => {
  test('what is kept comes back, by lesson', () => {
    const store = storage();
    expect(saveProgress('2.3', progress, store)).toBe(true);
    expect(loadProgress('2.3', store)).toEqual(progress);
    expect(loadProgress('2.4', store)).toBeUndefined();
    clearProgress('2.3', store);
    expect(loadProgress('2.3', store)).toBeUndefined();
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
    expect(loadProgress('2.3', undefined)).toBeUndefined();
  });

  test.each([
    'not json',
    '{}',
    '{"version":99,"k8s":"1.32","memory":{}}',
    '{"version":1,"k8s":"9.9","memory":{}}',
  ])('an entry like %s is ignored', (text) => {
    const store = storage();
    store.setItem('servicepath.lesson.2.3', text);
    expect(loadProgress('2.3', store)).toBeUndefined();
  });

  test('broken parts of an entry are left out, the rest is used', () => {
    const store = storage();
    const memory = {
      files: [{ name: 1 }, { name: 'a', text: 'b' }],
      predictions: { q: 3, p: 'x' },
      clicks: 'no',
      done: [1, 'd'],
    };
    store.setItem('servicepath.lesson.2.3', JSON.stringify({ version: 1, k8s: '1.32', memory }));
    expect(loadProgress('2.3', store)).toEqual({
      k8s: '1.32',
      memory: { files: [{ name: 'a', text: 'b' }], predictions: { p: 'x' }, clicks: [], done: ['d'] },
      hints: {},
    });
  });
});
