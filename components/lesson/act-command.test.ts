import { expect, test } from 'vitest';
import { parseAct } from './act-command';

test('the clock', () => {
  expect(parseAct('clock hold')).toEqual({ kind: 'clock', move: 'hold' });
  expect(parseAct('clock step')).toEqual({ kind: 'clock', move: 'step' });
  expect(parseAct('clock back')).toBeUndefined();
});

test('the verbs of a link that acts', () => {
  expect(parseAct('set service.yaml spec.sessionAffinity ClientIP')).toEqual({
    kind: 'set',
    file: 'service.yaml',
    path: 'spec.sessionAffinity',
    value: 'ClientIP',
  });
  expect(parseAct('chain KUBE-SEP')).toEqual({ kind: 'chain', prefix: 'KUBE-SEP' });
  expect(parseAct('run default/client curl -s http://my-web-service')).toEqual({
    kind: 'run',
    terminal: 'default/client',
    line: 'curl -s http://my-web-service',
  });
  expect(parseAct('hint scale')).toEqual({ kind: 'hint', task: 'scale' });
  expect(parseAct('show service.yaml 7')).toEqual({ kind: 'show', file: 'service.yaml', line: 7 });
});

test.each(['', 'set service.yaml spec.type', 'show service.yaml', 'run control', 'chain'])(
  '%j is no act',
  (text) => {
    expect(parseAct(text)).toBeUndefined();
  },
);
