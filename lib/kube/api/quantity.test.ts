import { expect, test } from 'vitest';
import { canonicalQuantity } from './quantity';

test.each([
  ['1', '1'],
  ['0.5', '500m'],
  ['1000m', '1'],
  ['1500m', '1500m'],
  ['1024Mi', '1Gi'],
  ['1.5Gi', '1536Mi'],
  ['100Ki', '100Ki'],
  ['512', '512'],
  ['1000', '1k'],
  ['1e3', '1e3'],
  ['0', '0'],
  ['-1', '-1'],
  ['0.0001', '1m'],
])('%s is written as %s', (text, canonical) => expect(canonicalQuantity(text)).toBe(canonical));

test.each(['', 'x', '1Xi', '1.2.3', 'Mi'])('%s is no quantity', (text) =>
  expect(canonicalQuantity(text)).toBeUndefined(),
);
