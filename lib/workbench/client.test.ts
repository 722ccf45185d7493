import { describe, expect, test, vi } from 'vitest';
import { createWorkbenchClient, type Connection } from './client';
import type { OpenRequest, Workbench, WorkbenchState } from './protocol';

const request: OpenRequest = { lab: '2.3', k8s: '1.32', seed: 1, lang: 'en' };

function stateOf(files: Readonly<Record<string, string>>, done: readonly string[] = []): WorkbenchState {
  return {
    revision: 1,
    k8s: '1.32',
    nodes: ['node-1'],
    focus: { node: 'node-1', service: null, family: 'IPv4' },
    graph: {
      mode: 'iptables',
      node: 'node-1',
      family: 'IPv4',
      service: null,
      nodes: [],
      edges: [],
      removed: { nodes: [], edges: [], rules: [] },
      delta: { added: 0, removed: 0 },
    },
    sync: 'applied',
    problems: [],
    files: Object.entries(files).map(([name, text]) => ({ name, text })),
    tasks: done.map((id) => ({ id, done: true })),
    predictions: {},
    answers: {},
    clicks: [],
    log: { from: 0, actions: [], full: false },
    canUndo: false,
    canRedo: false,
    services: { total: 0, rules: 0 },
    terminals: { output: [], consoles: [] },
    now: 0,
    clock: { held: false, next: null, changes: 0 },
    tookMs: 0,
  };
}

/** A worker whose answers the test gives by hand. */
function fakeWorker() {
  const calls: {
    readonly text: string;
    readonly answer: (state: WorkbenchState) => void;
    readonly fail: () => void;
  }[] = [];
  let crash: () => void = () => undefined;
  let opened = 0;
  const asked = (text: string): Promise<WorkbenchState> =>
    new Promise((resolve, reject) =>
      calls.push({ text, answer: resolve, fail: () => reject(new Error('bug')) }),
    );
  const workbench: Workbench = {
    open: (r) => asked(`open ${(r.files ?? []).map((f) => `${f.name}=${f.text}`).join(',')}`),
    edit: (file, text) => asked(`edit ${file} ${text}`),
    focus: (focus) => asked(`focus ${JSON.stringify(focus)}`),
    predict: (question, answer) => asked(`predict ${question} ${answer}`),
    answer: (question, answer) => asked(`answer ${question} ${answer}`),
    click: (target) => asked(`click ${target}`),
    undo: () => asked('undo'),
    redo: () => asked('redo'),
    digest: () => Promise.resolve(''),
    reset: (task) => asked(`reset ${task ?? ''}`),
    solve: (task) => asked(`solve ${task}`),
    shell: (terminal, line) => asked(`shell ${terminal} ${line}`),
    pass: (until) => asked(`pass ${until}`),
    clock: (move) => asked(`clock ${move}`),
    complete: () => Promise.resolve({ from: 0, candidates: [] }),
    consoles: () => Promise.resolve([]),
    searchServices: () => new Promise(() => undefined),
    inspect: () => Promise.resolve([]),
    locate: () => Promise.resolve([]),
    rulesAt: () => Promise.reject(new Error('bug')),
    consult: () => Promise.resolve([]),
  };
  const connect = (onCrash: () => void): Connection => {
    opened++;
    crash = onCrash;
    return { workbench, close: () => undefined };
  };
  return { calls, connect, crash: () => crash(), opened: () => opened };
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('the workbench client', () => {
  test('while one edit is processed only the newest text waits', async () => {
    const worker = fakeWorker();
    const client = createWorkbenchClient(worker.connect);
    client.api.open(request);
    worker.calls[0]?.answer(stateOf({ a: '' }));
    await settled();
    for (const text of ['1', '2', '3', '4']) client.api.edit('a', text);
    expect(worker.calls.map((c) => c.text).slice(1)).toEqual(['edit a 1']);
    worker.calls[1]?.answer(stateOf({ a: '1' }));
    await settled();
    expect(worker.calls.map((c) => c.text).slice(1)).toEqual(['edit a 1', 'edit a 4']);
  });

  test('an answer to an older text never replaces what was typed since', async () => {
    const worker = fakeWorker();
    const client = createWorkbenchClient(worker.connect);
    client.api.open(request);
    worker.calls[0]?.answer(stateOf({ a: '' }));
    await settled();
    client.api.edit('a', 'old');
    client.api.edit('a', 'new');
    worker.calls[1]?.answer(stateOf({ a: 'old' }));
    await settled();
    expect(client.getState().memory.files).toEqual([{ name: 'a', text: 'new' }]);
  });

  test('what is typed before the cluster is there is applied after it opened', async () => {
    const worker = fakeWorker();
    const client = createWorkbenchClient(worker.connect);
    client.api.open(request);
    client.api.edit('a', 'early');
    expect(worker.calls).toHaveLength(1);
    worker.calls[0]?.answer(stateOf({ a: 'start' }));
    await settled();
    expect(worker.calls[1]?.text).toBe('edit a early');
  });

  test('edits and other actions keep their order', async () => {
    const worker = fakeWorker();
    const client = createWorkbenchClient(worker.connect);
    client.api.open(request);
    client.api.edit('a', '1');
    client.api.reset();
    client.api.edit('a', '2');
    for (let i = 0; i < 4; i++) {
      worker.calls[i]?.answer(stateOf({}));
      await settled();
    }
    expect(worker.calls.map((c) => c.text)).toEqual(['open ', 'edit a 1', 'reset ', 'edit a 2']);
  });

  test('a crash is a state; a restart opens with everything typed and done', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const worker = fakeWorker();
    const client = createWorkbenchClient(worker.connect);
    client.api.open(request);
    worker.calls[0]?.answer(stateOf({ a: '' }, ['find']));
    await settled();
    client.api.predict('q', '0.25');
    client.api.edit('a', 'typed');
    worker.calls[1]?.fail();
    await settled();
    expect(client.getState()).toMatchObject({ status: 'failed', failure: 'crashed' });
    client.api.edit('a', 'typed later');
    client.api.restart();
    expect(worker.opened()).toBe(2);
    expect(worker.calls.at(-1)?.text).toBe('open a=typed later');
    expect(client.getState().memory).toMatchObject({ predictions: { q: '0.25' }, done: ['find'] });
  });

  test('the log grows by its end, and a restart replays it', async () => {
    const worker = fakeWorker();
    const client = createWorkbenchClient(worker.connect);
    const click = (target: string) => ({ at: 0, kind: 'click' as const, target });
    client.api.open({ ...request, log: [click('a')], done: ['find'] });
    const answer = async (from: number, ...targets: string[]): Promise<void> => {
      worker.calls.at(-1)?.answer({
        ...stateOf({}),
        log: { from, actions: targets.map(click), full: false },
      });
      await settled();
    };
    await answer(0, 'a');
    client.api.click('b');
    await answer(1, 'b');
    client.api.undo();
    expect(worker.calls.at(-1)?.text).toBe('undo');
    await answer(1, 'c');
    expect(client.getState().memory.log).toEqual([click('a'), click('c')]);
  });

  test('questions to a worker that died are answered with nothing', async () => {
    const worker = fakeWorker();
    const client = createWorkbenchClient(worker.connect);
    client.api.open(request);
    const hits = client.api.search('web', 10);
    worker.crash();
    expect(await hits).toEqual([]);
    expect(await client.api.locate([])).toEqual([]);
  });

  test('a worker that does not answer for long is given up', async () => {
    vi.useFakeTimers();
    const worker = fakeWorker();
    const client = createWorkbenchClient(worker.connect);
    client.api.open(request);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(client.getState()).toMatchObject({ status: 'failed', failure: 'stuck' });
    vi.useRealTimers();
  });

  test('a reset after a crash starts the lab from its beginning', async () => {
    const worker = fakeWorker();
    const client = createWorkbenchClient(worker.connect);
    client.api.open(request);
    client.api.edit('a', 'poison');
    worker.crash();
    client.api.reset();
    expect(worker.calls.at(-1)?.text).toBe('open ');
  });
});
