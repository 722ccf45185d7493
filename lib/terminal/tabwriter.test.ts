import { expect, test } from 'vitest';
import { alignTabs, DESCRIBE, GET } from './tabwriter';

test('get: three blanks between columns, at least six wide, nothing after the last cell', () => {
  expect(alignTabs('NAME\tTYPE\tAGE\nmy-web-service\tClusterIP\t5s', GET)).toBe(
    'NAME             TYPE        AGE\nmy-web-service   ClusterIP   5s',
  );
});

test('describe: a line without a tab ends the block', () => {
  expect(alignTabs('Name:\tx\nNamespace:\tdefault\nEvents\nA:\t1\nBBBB:\t2', DESCRIBE)).toBe(
    'Name:       x\nNamespace:  default\nEvents\nA:     1\nBBBB:  2',
  );
});

test('a column lives only as long as lines have it', () => {
  expect(alignTabs('a\tb\tc\nlonger\td\nx\ty\tz', DESCRIBE)).toBe('a       b  c\nlonger  d\nx       y  z');
});
