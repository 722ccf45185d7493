// Every task of every lab can be drawn and shown: its goal, its solution in pieces, each step as an action.
import { expect, test } from 'vitest';
import { LABS } from '@/lib/course/labs';
import { WorkbenchEngine } from './engine';

// A large cluster is not built twice: there the task's words must do, and "show me" plays in the worker.
const DRAWN = LABS.filter(({ lab }) => lab.size !== 'large').map(({ lab }) => lab.id);

test.each(DRAWN)('lab %s', { timeout: 120_000 }, async (id) => {
  const lab = LABS.find((entry) => entry.lab.id === id)?.lab;
  const engine = new WorkbenchEngine(() => 0);
  const k8s = lab?.versions.at(-1) ?? '1.32';
  await engine.open({ lab: id, k8s, seed: 1, lang: 'zh' });
  for (const { id: task } of lab?.tasks ?? []) {
    const goal = await engine.inspect({ ask: 'goal', task });
    expect(goal === null ? [task] : [], 'tasks without a goal').toEqual([]);
    expect((goal?.boxes.length ?? 0) + (goal?.deeds.length ?? 0), task).toBeGreaterThan(0);
    const plan = await engine.inspect({ ask: 'plan', task });
    expect(plan?.length, task).toBe(lab?.solution[task]?.length);
    for (const step of plan ?? []) if (step.kind === 'edit') expect(step.lines, task).not.toEqual([]);
    await engine.solve(task);
  }
});
