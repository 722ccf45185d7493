import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ByteDecoder, bytesOf, textOf } from './bytes';

test('UTF-8 is the text that it is', () => {
  expect(textOf(new TextEncoder().encode('Grüße, 服务 🚀\n'))).toBe('Grüße, 服务 🚀\n');
  expect(bytesOf('Grüße, 服务 🚀\n')).toEqual(new TextEncoder().encode('Grüße, 服务 🚀\n'));
});

test('any bytes come back as they were, however they were cut', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 6 }), (pieces) => {
      const decoder = new ByteDecoder();
      const text = pieces.map((piece) => decoder.push(piece)).join('') + decoder.end();
      expect([...bytesOf(text)]).toEqual(pieces.flatMap((piece) => [...piece]));
    }),
  );
});

test('a character that is cut in two is one character', () => {
  const bytes = new TextEncoder().encode('🚀');
  const decoder = new ByteDecoder();
  expect(decoder.push(bytes.subarray(0, 3)) + decoder.push(bytes.subarray(3))).toBe('🚀');
});
