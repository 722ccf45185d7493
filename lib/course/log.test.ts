import { describe, expect, test } from 'vitest';
import { ENGINE, parseActionLog } from './log';

const LOG = {
  format: 1,
  engine: ENGINE,
  k8s: '1.32',
  seed: 1,
  lab: '2.3',
  actions: [{ at: 0, kind: 'click', target: 'chain:KUBE-SERVICES' }],
};
const parsed = (log: unknown): unknown => {
  const result = parseActionLog(JSON.stringify(log));
  return result.ok ? 'ok' : result.error.sentence;
};

describe('an action log', () => {
  test('is read', () => {
    expect(parsed(LOG)).toBe('ok');
    expect(parsed({ ...LOG, actions: [{ at: 5, kind: 'time', advanceMs: 1000 }] })).toBe('ok');
  });

  test.each([
    [{ ...LOG, format: 2 }, 'not an action log of format 1'],
    [{ ...LOG, k8s: '1.2' }, 'Kubernetes 1.2 is not known'],
    [{ ...LOG, seed: 'x' }, 'seed must be a whole number'],
    [{ ...LOG, actions: {} }, 'actions must be a list'],
    [{ ...LOG, actions: [{ at: 0, kind: 'fly' }] }, 'actions[0] is no action that this lab knows'],
    [{ ...LOG, actions: [{ at: 0, kind: 'constructor' }] }, 'actions[0] is no action that this lab knows'],
    [{ ...LOG, actions: [{ at: 0, kind: 'click' }] }, 'actions[0] is no action that this lab knows'],
    [
      { ...LOG, actions: [{ at: 0, kind: 'time', advanceMs: 1e300 }] },
      'actions[0] is no action that this lab knows',
    ],
    [
      { ...LOG, actions: [{ at: 0, kind: 'fault', fault: 'x' }] },
      'actions[0] is of kind fault, which this engine does not play yet',
    ],
    [
      { ...LOG, actions: [{ at: 0, kind: 'shell', terminal: 'control' }] },
      'actions[0] is no action that this lab knows',
    ],
    [{ ...LOG, actions: Array(10_001).fill({}) }, 'more than 10000 actions are not replayed'],
    [[], 'not an action log: a JSON object is needed'],
  ])('%#: %s', (log, sentence) => {
    expect(parsed(log)).toBe(sentence);
  });

  test('of another engine is refused with the reason', () => {
    expect(parsed({ ...LOG, engine: 99 })).toMatch(/made by engine 99; this is engine \d+/);
  });

  test('that is no JSON, or too large, is refused', () => {
    expect(parseActionLog('{')).toEqual({ ok: false, error: { code: 'shape', sentence: 'not JSON' } });
    expect(parseActionLog(' '.repeat(300_000))).toMatchObject({ ok: false });
  });
});
