import { beforeEach, describe, expect, test } from 'vitest';
import { INTERRUPT } from '@/lib/terminal/terminals';
import { WorkbenchEngine } from './engine';
import type { WorkbenchState } from './protocol';

let engine: WorkbenchEngine;
let state: WorkbenchState;
const printed = (): string => state.terminals.output.map((o) => o.text).join('');
const textOf = (name: string): string => state.files.find((file) => file.name === name)?.text ?? '';
const type = async (line: string, terminal = 'control'): Promise<void> => {
  state = await engine.shell(terminal, line);
};

beforeEach(async () => {
  engine = new WorkbenchEngine(() => 0);
  state = await engine.open({ lab: '2.3', k8s: '1.32', seed: 1, lang: 'en' });
});

describe('terminals of a lab', () => {
  test('a line prints, is an action of the log, and leaves a prompt', async () => {
    await type('echo hello');
    expect(printed()).toBe('hello\n');
    expect(state.terminals.consoles).toEqual([
      { name: 'control', prompt: 'student@control:~$ ', taken: 1, incomplete: false },
    ]);
    expect(state.log.actions.at(-1)).toMatchObject({
      kind: 'shell',
      terminal: 'control',
      line: 'echo hello',
    });
  });

  test('lines that belong together are one action; an empty line is none', async () => {
    const before = state.log.from + state.log.actions.length;
    await type('');
    await type('for i in 1 2; do');
    expect(state.terminals.consoles[0]?.incomplete).toBe(true);
    await type('echo $i');
    await type('done');
    expect(printed()).toBe('1\n2\n');
    expect(state.log.from + state.log.actions.length).toBe(before + 1);
  });

  test('Ctrl-C forgets lines that waited for more', async () => {
    await type('echo "open');
    await type(INTERRUPT);
    await type('echo free');
    expect(printed()).toBe('free\n');
  });

  test('what kubectl changes, every pane shows with the same answer', async () => {
    await type('kubectl delete svc my-web-service');
    expect(printed()).toContain('service "my-web-service" deleted');
    expect(state.graph.nodes.filter((node) => node.kind === 'sep')).toEqual([]);
  });

  test('kubectl get -w sees what is typed into the editor, keystroke by keystroke', async () => {
    await type('kubectl get pods -w');
    expect(printed()).toContain('Running');
    state = await engine.edit(
      'deployment.yaml',
      textOf('deployment.yaml').replace('replicas: 3', 'replicas: '),
    );
    state = await engine.edit(
      'deployment.yaml',
      textOf('deployment.yaml').replace('replicas: ', 'replicas: 4'),
    );
    expect(printed()).toContain('ContainerCreating');
    state = await engine.edit(
      'deployment.yaml',
      textOf('deployment.yaml').replace('replicas: 4', 'replicas: 5'),
    );
    expect(printed()).toContain('ContainerCreating');
    await type(INTERRUPT);
    expect(state.terminals.consoles[0]?.waiting).toBeUndefined();
  });

  test('the log of it leads to the same state', async () => {
    const log = [...state.log.actions];
    const take = (): void => void log.splice(state.log.from, log.length, ...state.log.actions);
    await type('kubectl get pods -w');
    take();
    state = await engine.edit(
      'deployment.yaml',
      textOf('deployment.yaml').replace('replicas: 3', 'replicas: 4'),
    );
    take();
    await type(INTERRUPT);
    take();
    const digest = await engine.digest();
    const again = new WorkbenchEngine(() => 0);
    await again.open({ lab: '2.3', k8s: '1.32', seed: 1, lang: 'en', log });
    expect(await again.digest()).toBe(digest);
  });

  test('Tab completes, and consoles can be opened on nodes and in running Pods', async () => {
    expect(await engine.complete('control', 'cat serv', 8)).toEqual({
      from: 4,
      candidates: ['service.yaml'],
    });
    const places = await engine.consoles('my-web', 10);
    expect(places.map((p) => p.kind)).toEqual(['control', 'node', 'node', 'node', 'pod', 'pod', 'pod']);
    await type('echo here', places.at(-1)?.name);
    expect(printed()).toBe('here\n');
  });
});
