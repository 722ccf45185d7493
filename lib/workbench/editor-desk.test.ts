import { expect, test } from 'vitest';
import { WorkbenchEngine } from './engine';

const opened = async (): Promise<WorkbenchEngine> => {
  const engine = new WorkbenchEngine(() => 0);
  await engine.open({ lab: '2.3', k8s: '1.32', seed: 1, lang: 'en' });
  return engine;
};
const text = async (engine: WorkbenchEngine, file: string): Promise<string> =>
  (await engine.focus({})).files.find(({ name }) => name === file)?.text ?? '';

test('checking a text says what the cluster would say, and changes nothing', async () => {
  const engine = await opened();
  const before = await engine.digest();
  const deployment = await text(engine, 'deployment.yaml');
  const good = await engine.consult({
    ask: 'check',
    file: 'deployment.yaml',
    text: deployment.replace('replicas: 3', 'replicas: 7'),
  });
  expect(good).toEqual({ outcome: 'applied', problems: [] });
  const bad = await engine.consult({
    ask: 'check',
    file: 'deployment.yaml',
    text: deployment.replace('replicas: 3', 'replicas: -1'),
  });
  expect(bad.outcome).toBe('invalid');
  expect(bad.problems[0]?.message).toContain('must be greater than or equal to 0');
  expect(await engine.digest()).toBe(before);
});

test('a file is in step with the cluster until something else changes it', async () => {
  const engine = await opened();
  expect(await engine.consult({ ask: 'drift' })).toEqual([]);
  const deployment = await text(engine, 'deployment.yaml');
  // Somebody applies another file about the same object.
  await engine.edit('other.yaml', deployment.replace('replicas: 3', 'replicas: 5'));
  const drift = await engine.consult({ ask: 'drift' });
  expect(drift).toMatchObject([{ file: 'deployment.yaml', objects: [{ fields: ['spec.replicas'] }] }]);
  const { text: live } = await engine.consult({ ask: 'compare', file: 'deployment.yaml', text: deployment });
  expect(live).toBe(deployment.replace('replicas: 3', 'replicas: 5'));
});

test('a file that was emptied is gone, unless the lesson brought it', async () => {
  const engine = await opened();
  const lesson = (await engine.focus({})).files.map(({ name }) => name);
  const added = await engine.edit('mine.yaml', '# mine\n');
  expect(added.files.map(({ name }) => name)).toEqual([...lesson, 'mine.yaml']);
  expect((await engine.edit('mine.yaml', '')).files.map(({ name }) => name)).toEqual(lesson);
  expect((await engine.edit('service.yaml', '')).files.map(({ name }) => name)).toEqual(lesson);
});
