import { expect, test } from 'vitest';
import { PlainHistory } from './plain-history';

test('a burst of keystrokes is one step', () => {
  const history = new PlainHistory('');
  history.changed('a', 0, true);
  history.changed('ab', 100, true);
  history.changed('ab c', 5000, true);
  expect(history.undo()).toEqual({ text: 'ab', cursor: 2 });
  expect(history.undo()?.text).toBe('');
  expect(history.undo()).toBeUndefined();
  expect(history.redo()?.text).toBe('ab');
  expect(history.redo()?.text).toBe('ab c');
  expect(history.redo()).toBeUndefined();
});

test('a reset is one step, and the typing before it another', () => {
  const history = new PlainHistory('start');
  history.changed('start!', 0, true);
  history.changed('start', 10, false);
  expect(history.undo()?.text).toBe('start!');
  expect(history.undo()?.text).toBe('start');
});

test('after a change there is nothing to do again', () => {
  const history = new PlainHistory('a');
  history.changed('b', 0, true);
  history.undo();
  history.changed('c', 5000, true);
  expect(history.redo()).toBeUndefined();
});

test('the cursor goes behind what came back', () => {
  const history = new PlainHistory('replicas: 3\nselector:\n');
  history.changed('replicas: 3x\nselector:\n', 0, true);
  expect(history.undo()?.cursor).toBe('replicas: 3'.length);
  expect(history.redo()?.cursor).toBe('replicas: 3x'.length);
});
