import { expect, test } from 'vitest';
import { linkedTask } from '@/components/workbench/lesson-files';
import type { PlanStep } from '@/lib/workbench/solution-plan';
import { changeOf, isThere } from './goal-sides';
import { revealed, unitsOf } from './reveal';

const line = (text: string) => ({ text, change: 'written' }) as const;
const PLAN: readonly PlanStep[] = [
  { kind: 'predict', question: 'q' },
  { kind: 'edit', file: 'a.yaml', lines: [line('a'), line('b'), line('c')] },
  { kind: 'shell', terminal: 'control', line: 'kubectl get pods' },
];

test('a solution is revealed step by step, an edit line by line', () => {
  expect(unitsOf(PLAN)).toBe(5);
  expect(revealed(PLAN, 0)).toEqual([]);
  expect(revealed(PLAN, 3)).toEqual([
    { kind: 'predict', question: 'q' },
    { kind: 'edit', file: 'a.yaml', lines: [line('a'), line('b')] },
  ]);
  expect(revealed(PLAN, 9)).toEqual(PLAN);
});

test('the task that an address leads to', () => {
  const tasks = ['one', 'two'];
  expect(linkedTask('#task-2', tasks)).toBe('two');
  for (const other of ['', '#task-3', '#task-0', '#task-x', '#s=abc', '#task-2x'])
    expect(linkedTask(other, tasks)).toBeNull();
});

test('a line that differs goes on the one side and comes on the other', () => {
  const row = { field: 'ready', name: '', now: { value: 3 }, goal: { value: 4 } } as const;
  expect([changeOf(row, 'now'), changeOf(row, 'goal')]).toEqual(['removed', 'added']);
  expect(changeOf({ ...row, goal: { value: 3 } }, 'goal')).toBe('same');
  const box = { kind: 'Service', name: 'web', now: true, goal: true, differs: false, rows: [row] } as const;
  expect(isThere(box)).toBe(false);
  expect(isThere({ ...box, rows: [{ ...row, goal: { value: 3 } }] })).toBe(true);
});
