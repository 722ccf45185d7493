import { expect, test } from 'vitest';
import { emptyLine, insert, press } from './line-editor';
import { LineView } from './line-view';

const PLAIN = (text: string): string => text.replaceAll(/\x1b\[3[49]m/g, '');

test('a line over two rows is drawn over itself', () => {
  const view = new LineView();
  const long = insert(emptyLine([]), 'abcdefghij');
  expect(PLAIN(view.draw('$ ', long, 8))).toBe('\r\x1b[J$ abcdefghij\r\x1b[4C');
  const home = press(long, 'home').line;
  expect(PLAIN(view.draw('$ ', home, 8))).toBe('\r\x1b[1A\x1b[J$ abcdefghij\r\x1b[1A\x1b[2C');
  expect(view.leave()).toBe('\x1b[1B\r\n');
});

test('a row that is full to its end is followed by the next one', () => {
  const view = new LineView();
  expect(PLAIN(view.draw('$ ', insert(emptyLine([]), 'abcdef'), 8))).toBe('\r\x1b[J$ abcdef \b\r');
});

test('a line that is lifted leaves its place to what is printed', () => {
  const view = new LineView();
  view.draw('$ ', insert(emptyLine([]), 'abcdefghij'), 8);
  expect(view.lift()).toBe('\r\x1b[1A\x1b[J');
  expect(PLAIN(view.draw('$ ', insert(emptyLine([]), 'ab'), 8))).toBe('\r\x1b[J$ ab\r\x1b[4C');
});
