import { expect, test } from 'vitest';
import { amountOfBytes } from './amount';

test.each([
  [0, '0 byte'],
  [1682, '1.68 kB'],
  [172_460, '172 kB'],
  [999_600, '1 MB'],
  [1_725_000_000, '1.73 GB'],
])('%d bytes are %s', (bytes, text) => {
  expect(amountOfBytes('en', bytes)).toBe(text);
});
