import fc from 'fast-check';
import { expect, test } from 'vitest';
import { goSorted } from './go-sort';

test('sorts any list', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 300 }), (numbers) => {
      expect(goSorted(numbers, (a, b) => a < b)).toEqual([...numbers].sort((a, b) => a - b));
    }),
  );
});

test('a dozen rows keep the order of equals', () => {
  const rows = [1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0].map((key, at) => ({ key, at }));
  const sorted = goSorted(rows, (a, b) => a.key < b.key);
  expect(sorted.map((r) => r.at)).toEqual([1, 3, 5, 7, 9, 11, 0, 2, 4, 6, 8, 10]);
});
