// xt_recent's lists as a real kernel (6.18) kept them when the same was done to it.
import { expect, test } from 'vitest';
import { lastStamp, RecentLists } from './recent';

const seen = (lists: RecentLists, client: string, now: number): RecentLists =>
  lists.with('L', client, { now, ttl: 64 });

test('an entry is a ring of 32 times; the place of the next one is what /proc calls oldest_pkt', () => {
  let lists = RecentLists.empty;
  for (let i = 0; i < 300; i++) lists = seen(lists, '10.0.0.1', i);
  const [entry] = lists.clients('L');
  expect(entry?.[1].stamps).toHaveLength(32);
  expect(entry?.[1].index).toBe(300 % 32);
  expect(entry && lastStamp(entry[1])).toBe(299);
});

test('a list takes 100 addresses: with the next one the one not seen for longest goes', () => {
  let lists = RecentLists.empty;
  for (let i = 0; i < 100; i++) lists = seen(lists, `10.0.0.${i}`, i);
  lists = seen(lists, '10.0.0.0', 200);
  lists = seen(lists, '10.0.1.1', 201);
  expect(lists.lastSeen('L', '10.0.0.0')).toBe(200);
  expect(lists.lastSeen('L', '10.0.0.1')).toBeUndefined();
  expect(lists.clients('L')).toHaveLength(100);
});

test('--reap takes one entry at most, the oldest', () => {
  const lists = seen(seen(RecentLists.empty, 'a', 1), 'b', 2);
  expect(
    lists
      .reaped('L', 3)
      .clients('L')
      .map(([client]) => client),
  ).toEqual(['b']);
  expect(lists.reaped('L', 1)).toBe(lists);
});
