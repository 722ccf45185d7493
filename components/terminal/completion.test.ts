import { expect, test } from 'vitest';
import { complete, listed } from './completion';
import { emptyLine, insert } from './line-editor';

const line = (text: string) => insert(emptyLine([]), text);

test('the only candidate is put in, with a blank behind it', () => {
  expect(complete(line('kub'), { from: 0, candidates: ['kubectl'] }).line.text).toBe('kubectl ');
  expect(complete(line('get --ns='), { from: 4, candidates: ['--ns='] }).line.text).toBe('get --ns=');
  expect(complete(line('cat dir'), { from: 4, candidates: ['dir/'] }).line.text).toBe('cat dir/');
});

test('what several candidates share is put in; then they are listed', () => {
  const candidates = ['service.yaml', 'services.txt'];
  const first = complete(line('cat s'), { from: 4, candidates });
  expect(first).toMatchObject({ line: { text: 'cat service' }, list: [] });
  expect(complete(first.line, { from: 4, candidates }).list).toEqual(candidates);
});

test('no candidate changes nothing', () => {
  expect(complete(line('xyz'), { from: 0, candidates: [] })).toMatchObject({
    line: { text: 'xyz' },
    list: [],
  });
});

test('candidates stand in columns that read downwards', () => {
  expect(listed(['a', 'bb', 'c', 'dd', 'e'], 9)).toBe('a   dd\r\nbb  e\r\nc\r\n');
  expect(listed(['端点', 'b'], 7)).toBe('端点\r\nb\r\n');
});

test('a very long list is cut', () => {
  const many = Array.from({ length: 250 }, (_, i) => `pod-${i}`);
  expect(listed(many, 80).endsWith('… +50\r\n')).toBe(true);
});
