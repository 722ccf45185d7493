import { expect, test } from 'vitest';
import { placeAfter, textWidth } from './cells';

test('Chinese takes two cells a character, a combining mark none', () => {
  expect(textWidth('ab')).toBe(2);
  expect(textWidth('端点')).toBe(4);
  expect(textWidth('e\u0301')).toBe(1);
});

test.each([
  ['12345', { row: 0, column: 5 }],
  ['1234567890', { row: 1, column: 0 }],
  ['123456789端', { row: 1, column: 2 }],
  ['12345678端', { row: 1, column: 0 }],
  ['12\n34', { row: 1, column: 2 }],
])('in ten columns %j ends at %j', (text, place) => {
  expect(placeAfter(text, 10)).toEqual(place);
});
