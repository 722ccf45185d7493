import { expect, test } from 'vitest';
import { History } from './history';

function keeper(text: string | null = null) {
  let kept = text;
  return { getItem: () => kept, setItem: (_: string, value: string) => void (kept = value) };
}

test('lines are remembered by kind of console, and outlive the page', () => {
  const storage = keeper();
  const first = new History(storage);
  for (const line of ['kubectl get svc', 'kubectl get svc', ' secret', '', 'ls']) first.add('control', line);
  first.add('node', 'iptables-save');
  const second = new History(storage);
  expect(second.lines('control')).toEqual(['kubectl get svc', 'ls']);
  expect(second.lines('node')).toEqual(['iptables-save']);
});

test.each(['{', '[1]', '{"control":"x"}', '{"control":[1,null]}'])('garbage is left out: %s', (text) => {
  expect(new History(keeper(text)).lines('control')).toEqual([]);
});

test('no more than 500 lines', () => {
  const history = new History(undefined);
  for (let i = 0; i < 600; i++) history.add('pod', `line ${i}`);
  expect(history.lines('pod')).toHaveLength(500);
  expect(history.lines('pod').at(-1)).toBe('line 599');
});
