import { describe, expect, test } from 'vitest';
import { Drafts } from './drafts';

const file = (text: string) => [{ name: 'service.yaml', text }];

describe('Drafts', () => {
  test('a late echo never overwrites what was typed since', () => {
    const drafts = new Drafts(file('a'));
    drafts.typed('service.yaml', 'ab', 0);
    drafts.typed('service.yaml', 'abc', 10);
    expect(drafts.received(file('ab'), 20)).toEqual([]);
    expect(drafts.text('service.yaml')).toBe('abc');
    expect(drafts.received(file('abc'), 30)).toEqual([]);
  });

  test('an unrelated state with the old text changes nothing', () => {
    const drafts = new Drafts(file('a'));
    drafts.typed('service.yaml', 'ab', 0);
    expect(drafts.received(file('a'), 5)).toEqual([]);
    expect(drafts.text('service.yaml')).toBe('ab');
  });

  test('a reset is drawn, also to a text that was typed long ago', () => {
    const drafts = new Drafts(file('start'));
    drafts.typed('service.yaml', 'edited', 0);
    drafts.received(file('edited'), 10);
    expect(drafts.received(file('start'), 20)).toEqual(['service.yaml']);
    expect(drafts.text('service.yaml')).toBe('start');
  });

  test('a text skipped by the worker is not awaited for ever', () => {
    const drafts = new Drafts(file('1'));
    drafts.typed('service.yaml', '12', 0);
    drafts.typed('service.yaml', '123', 10);
    expect(drafts.received(file('123'), 20)).toEqual([]);
    expect(drafts.received(file('12'), 30)).toEqual(['service.yaml']);
    drafts.typed('service.yaml', '1', 40);
    expect(drafts.received(file('1'), 10_000)).toEqual([]);
    expect(drafts.text('service.yaml')).toBe('1');
  });

  test('the worker has the last word when it answers a reset before an edit', () => {
    const drafts = new Drafts(file('start'));
    drafts.typed('service.yaml', 'edited', 0);
    expect(drafts.received(file('solution'), 10)).toEqual(['service.yaml']);
    expect(drafts.received(file('edited'), 20)).toEqual(['service.yaml']);
    expect(drafts.text('service.yaml')).toBe('edited');
  });

  test('line ends do not make a change', () => {
    const drafts = new Drafts(file('a\nb'));
    drafts.typed('service.yaml', 'a\r\nc', 0);
    expect(drafts.received(file('a\nc'), 10)).toEqual([]);
  });

  test('files come and go', () => {
    const drafts = new Drafts(file('a'));
    expect(drafts.received([{ name: 'web.yaml', text: 'w' }], 0)).toEqual(['web.yaml']);
    expect(drafts.names()).toEqual(['web.yaml']);
    expect(drafts.text('service.yaml')).toBe('');
  });

  test('a text that is held is the learner’s until he applies it, or a reset drops it', () => {
    const drafts = new Drafts([{ name: 'a', text: 'old' }], { a: 'mine', gone: 'x' });
    expect(drafts.text('a')).toBe('mine');
    expect(drafts.unsent()).toEqual([{ name: 'a', text: 'mine' }]);
    drafts.hold('a', 'newer');
    expect(drafts.received([{ name: 'a', text: 'old' }], 0)).toEqual([]);
    expect(drafts.text('a')).toBe('newer');
    expect(drafts.drop()).toEqual(['a']);
    expect(drafts.text('a')).toBe('old');
    expect(drafts.unsent()).toEqual([]);
  });

  test('a file that was promised shows its text when it comes', () => {
    const drafts = new Drafts([]);
    drafts.promise('b', 'waiting');
    expect(drafts.received([{ name: 'b', text: 'applied' }], 0)).toEqual(['b']);
    expect(drafts.unsent()).toEqual([{ name: 'b', text: 'waiting' }]);
  });
});
