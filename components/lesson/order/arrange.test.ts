import { expect, test } from 'vitest';
import { arrangementOf, moved, rightFromTop } from './arrange';

test('an answer is the order that it states; one that does not fit the items is none', () => {
  expect(arrangementOf('2,0,1', 3)).toEqual([2, 0, 1]);
  for (const odd of [undefined, '', '2,0', '2,0,0', '2,0,1,3', 'x,y,z'])
    expect(arrangementOf(odd, 3)).toEqual([0, 1, 2]);
});

test('an item changes places with its neighbour, and stays where there is none', () => {
  expect(moved([2, 0, 1], 1, -1)).toEqual([0, 2, 1]);
  expect(moved([2, 0, 1], 1, 1)).toEqual([2, 1, 0]);
  expect(moved([2, 0, 1], 0, -1)).toEqual([2, 0, 1]);
  expect(moved([2, 0, 1], 2, 1)).toEqual([2, 0, 1]);
});

test('lines are right from the top', () => {
  expect(rightFromTop([2, 0, 1], [2, 0, 1])).toBe(3);
  expect(rightFromTop([2, 1, 0], [2, 0, 1])).toBe(1);
  expect(rightFromTop([0, 2, 1], [2, 0, 1])).toBe(0);
});
