import { describe, expect, test } from 'vitest';
import { WorkbenchEngine } from './engine';
import type { GoalRow } from './goal';
import type { OpenRequest } from './protocol';

const opened = async (lab: string, more: Partial<OpenRequest> = {}): Promise<WorkbenchEngine> => {
  const engine = new WorkbenchEngine(() => 0);
  await engine.open({ lab, k8s: '1.32', seed: 1, lang: 'en', ...more });
  return engine;
};
const textOf = async (engine: WorkbenchEngine, file: string): Promise<string> =>
  (await engine.focus({})).files.find(({ name }) => name === file)?.text ?? '';
const goal = async (engine: WorkbenchEngine, task: string) => await engine.inspect({ ask: 'goal', task });
const row = (rows: readonly GoalRow[] | undefined, field: string, name = ''): GoalRow | undefined =>
  rows?.find((one) => one.field === field && one.name === name);

describe('the goal beside the present', () => {
  test('a Service that is still to be written: its box is there at the goal only', async () => {
    const view = await goal(await opened('1.2'), 'write');
    const [service, ...others] = view?.boxes ?? [];
    expect(others).toEqual([]);
    expect(service).toMatchObject({ kind: 'Service', name: 'my-web-service', now: false, goal: true });
    expect(row(service?.rows, 'type')).toEqual({ field: 'type', name: '', goal: { value: 'ClusterIP' } });
    expect(row(service?.rows, 'ready')?.goal?.value).toBe(3);
    expect(row(service?.rows, 'chain', 'KUBE-SEP')?.goal).toEqual({ value: 3, rules: 6 });
    expect(view?.deeds.map(({ code }) => code)).toEqual(['predict', 'edit']);
  });

  test('what the learner does moves "now" and leaves the goal', async () => {
    const engine = await opened('2.3');
    const before = (await goal(engine, 'scale'))?.boxes.find(({ kind }) => kind === 'Service');
    expect(row(before?.rows, 'ready')).toMatchObject({ now: { value: 3 }, goal: { value: 4 } });
    const deployment = (await textOf(engine, 'deployment.yaml')).replace('replicas: 3', 'replicas: 5');
    await engine.edit('deployment.yaml', deployment);
    const after = (await goal(engine, 'scale'))?.boxes.find(({ kind }) => kind === 'Service');
    expect(row(after?.rows, 'ready')).toMatchObject({ now: { value: 5 }, goal: { value: 4 } });
    expect(row(after?.rows, 'chain', 'KUBE-SEP')).toMatchObject({ now: { value: 5 }, goal: { value: 4 } });
  });

  test('a task that leaves the cluster as it is says in words what will be done', async () => {
    const engine = await opened('1.2');
    await engine.solve('write');
    const view = await goal(engine, 'call');
    expect(view?.boxes).toEqual([]);
    expect(view?.deeds).toEqual([{ code: 'packet', params: { outcome: 'answered', from: 'pod' } }]);
    expect((await goal(engine, 'read-chain'))?.deeds.map(({ code }) => code)).toEqual(['predict', 'select']);
  });

  test('it does not tell what is to be written: no target port, no selector', async () => {
    expect(JSON.stringify(await goal(await opened('1.2'), 'write'))).not.toMatch(/8080|my-web-app/);
  });

  test('a learner who is far off still gets the goal: that of the reference', async () => {
    const engine = await opened('2.3');
    await engine.shell('control', 'kubectl delete deployment my-web-app');
    await engine.shell('control', 'kubectl delete service my-web-service');
    expect((await goal(engine, 'break'))?.boxes.some(({ goal: there }) => there)).toBe(true);
  });

  test('there is none for an unknown task', async () => {
    expect(await goal(await opened('1.2'), 'nope')).toBeNull();
  });
});

describe('the solution step by step', () => {
  test('lines of YAML with what their fields mean, in the learner’s language', async () => {
    const steps = await (await opened('1.2', { lang: 'zh' })).inspect({ ask: 'plan', task: 'write' });
    expect(steps?.map(({ kind }) => kind)).toEqual(['predict', 'edit']);
    const edit = steps?.[1];
    const lines = edit?.kind === 'edit' ? edit.lines : [];
    expect(lines[0]).toMatchObject({ text: 'apiVersion: v1', change: 'written' });
    const target = lines.find(({ text }) => text.includes('targetPort'));
    expect(target).toMatchObject({ field: 'spec.ports.targetPort' });
    expect(target?.about).toMatch(/\p{Script=Han}/u);
  });

  test('one field: the line that goes and the line that comes, whatever the learner has written since', async () => {
    const engine = await opened('2.3');
    const ask = async () => await engine.inspect({ ask: 'plan', task: 'scale' });
    const edit = { kind: 'edit', file: 'deployment.yaml' };
    const lines = [
      { text: '  replicas: 3', change: 'removed' },
      { text: '  replicas: 4', change: 'written', field: 'spec.replicas' },
    ];
    expect((await ask())?.[1]).toMatchObject({ ...edit, lines });
    await engine.edit('deployment.yaml', (await textOf(engine, 'deployment.yaml')).replace('3', '4'));
    await engine.reset('scale');
    expect((await ask())?.[1]).toMatchObject({ ...edit, lines });
  });

  test('names are those of the learner’s own cluster', async () => {
    const engine = await opened('2.3');
    const [step] = (await engine.inspect({ ask: 'plan', task: 'find-chain' })) ?? [];
    expect(step).toEqual({ kind: 'chain', name: expect.stringMatching(/^KUBE-SVC-/) as unknown });
    const packet = (await engine.inspect({ ask: 'plan', task: 'mark' }))?.at(-1);
    expect(packet).toMatchObject({ kind: 'packet', fromKind: 'node', from: 'node-1' });
  });

  test('the next step to show is an action of the log as things stand; after the last there is none', async () => {
    const engine = await opened('2.3');
    const step = await engine.inspect({ ask: 'step', task: 'scale', index: 1 });
    expect(step).toMatchObject({ kind: 'apply', file: 'deployment.yaml' });
    expect(await engine.inspect({ ask: 'step', task: 'scale', index: 2 })).toBeNull();
  });
});

test('asking disturbs neither the cluster nor the log', async () => {
  const [asked, quiet] = [await opened('2.3'), await opened('2.3')];
  for (const engine of [asked, quiet]) {
    await engine.shell('control', 'kubectl get pods -w');
    await engine.solve('find-chain');
    if (engine === asked) {
      await engine.inspect({ ask: 'goal', task: 'hairpin' });
      await engine.inspect({ ask: 'plan', task: 'hairpin' });
    }
    await engine.solve('scale');
  }
  expect(await asked.digest()).toBe(await quiet.digest());
  const [a, b] = [await asked.solve('mark'), await quiet.solve('mark')];
  expect(a.log.actions.length).toBe(b.log.actions.length + 0);
  expect(a.terminals.consoles).toEqual(b.terminals.consoles);
});
