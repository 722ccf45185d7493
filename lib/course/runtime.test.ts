import { describe, expect, test } from 'vitest';
import { ChangeLog } from '@/lib/sim/changes';
import { replayLab } from './replay';
import { LabRun } from './runtime';
import { resolveStep, startFiles, stepsBefore } from './steps';
import type { Lab, LabCluster, Step, World } from './types';
import { worldOf } from './world';

/** A cluster that holds nothing but the last text of each file. */
class TextCluster implements LabCluster {
  readonly k8s = '1.32';
  readonly nodes = ['node-1'];
  readonly now = 0;
  readonly nextEventAt = undefined;
  readonly changes = ChangeLog.empty;
  readonly held = false;
  texts: Readonly<Record<string, string>> = {};
  readonly network = {
    connect: () => ({ ok: false, error: { code: 'none', params: {} } }) as const,
    outcomes: () => ({ ok: true, value: [] }) as const,
    made: [],
    conntrack: () => [],
  };
  readonly api = { get: () => undefined, list: () => [], labelled: () => [], ownedBy: () => [] };

  rules(): undefined {
    return undefined;
  }
  applyText(file: string, text: string): ReturnType<LabCluster['applyText']> {
    if (text.includes('bad')) {
      const place = { file, line: 1, column: 1, endLine: 1, endColumn: 2 };
      return { outcome: 'invalid', problems: [{ severity: 'error', message: 'spec.size: bad', ...place }] };
    }
    this.texts = { ...this.texts, [file]: text };
    return { outcome: 'applied', problems: [] };
  }
  settle(): void {}
  hold(): void {}
  step(): void {}
  advance(): void {}
  snapshot(): unknown {
    return this.texts;
  }
  restore(snapshot: unknown): void {
    this.texts = snapshot as Readonly<Record<string, string>>;
  }
}

let cluster = new TextCluster();
const holds = (n: number) => (): true | { code: string; params: { n: number } } =>
  (cluster.texts['a.yaml'] ?? '').includes(`size: ${n}`) || { code: 'not-yet', params: { n } };

const LAB: Lab = {
  id: '9.9',
  versions: ['1.32'],
  start: [
    { name: 'a.yaml', text: 'spec:\n  size: 1 # one\n', translations: { zh: 'spec:\n  size: 1 # 一\n' } },
  ],
  tasks: [
    { id: 'two', check: holds(2), mistakes: [{ id: 'refused', when: (w) => w.problems.length > 0 }] },
    { id: 'three', check: holds(3) },
    { id: 'one', check: (w) => (w.done.includes('two') ? holds(1)() : { code: 'two-first', params: {} }) },
  ],
  solution: {
    two: [{ kind: 'set', file: 'a.yaml', path: 'spec.size', value: 2 }],
    three: [{ kind: 'set', file: 'a.yaml', path: 'spec.size', value: 3 }],
    one: [
      (world) => ({ kind: 'click', target: world.nodes.join() }),
      { kind: 'set', file: 'a.yaml', path: 'spec.size', value: 1 },
    ],
  },
  wrong: [
    {
      name: 'a bad value',
      steps: [{ kind: 'set', file: 'a.yaml', path: 'spec.size', value: 'bad' }],
      failsAt: 'two',
      mistake: 'refused',
    },
  ],
};

const fresh = (): TextCluster => (cluster = new TextCluster());
const start = (): LabRun => new LabRun(LAB, fresh(), 'en');
const done = (run: LabRun): string[] => run.tasks.filter((t) => t.done).map((t) => t.id);

describe('a lab being done', () => {
  test('starts with its files in the language asked for', () => {
    expect(startFiles(LAB, 'zh')[0]?.text).toContain('# 一');
    expect(startFiles(LAB, 'en')[0]?.text).toContain('# one');
  });

  test('a task tells why it is not done, and names a mistake', () => {
    const run = start();
    expect(run.tasks[0]).toEqual({ id: 'two', done: false, reason: { code: 'not-yet', params: { n: 2 } } });
    run.play({ kind: 'apply', file: 'a.yaml', text: 'bad' });
    expect(run.tasks[0]?.mistake).toBe('refused');
  });

  test('tasks may be done in any order, and stay done', () => {
    const run = start();
    run.play({ kind: 'set', file: 'a.yaml', path: 'spec.size', value: 3 });
    expect(done(run)).toEqual(['three']);
    run.play({ kind: 'set', file: 'a.yaml', path: 'spec.size', value: 2 });
    expect(done(run)).toEqual(['two', 'three']);
    run.play({ kind: 'set', file: 'a.yaml', path: 'spec.size', value: 1 });
    expect(done(run)).toEqual(['two', 'three', 'one']);
  });

  test('a tick that was shown while typing stays, though the next keystroke comes at once', () => {
    const run = start();
    run.type('a.yaml', 'spec:\n  size: 2\n');
    expect(done(run)).toContain('two');
    run.type('a.yaml', 'spec:\n  size: 1\n');
    expect(done(run)).toEqual(['two', 'one']);
  });

  test('a tick that was shown while typing stays, though the next keystroke comes at once', () => {
    const run = start();
    run.type('a.yaml', 'spec:\n  size: 2\n');
    expect(done(run)).toContain('two');
    run.type('a.yaml', 'spec:\n  size: 1\n');
    expect(done(run)).toEqual(['two', 'one']);
  });

  test('a step that sets a field keeps the learner’s text, and falls back on the start if that cannot be read', () => {
    const world: World = worldOf(fresh(), { predictions: {}, clicks: [] });
    const [step] = LAB.solution['two'] ?? [];
    if (!step) throw new Error('no step');
    const starts = new Map([['a.yaml', 'spec:\n  size: 1\n']]);
    const set = (text: string) => resolveStep(step, world, new Map([['a.yaml', text]]), starts, 'en');
    expect(set('# mine\nspec:\n  size: 7 # seven\n')).toEqual({
      kind: 'apply',
      file: 'a.yaml',
      text: '# mine\nspec:\n  size: 2 # seven\n',
    });
    expect(set('spec: [')).toEqual({ kind: 'apply', file: 'a.yaml', text: 'spec:\n  size: 2\n' });
  });

  test('reset leads to the start, or to the start of a task', () => {
    const run = start();
    for (const step of stepsBefore(LAB, 'one')) run.play(step);
    run.reset();
    expect([done(run), cluster.texts['a.yaml'], run.log]).toEqual([[], 'spec:\n  size: 1 # one\n', []]);
    run.reset('one');
    expect([done(run), cluster.texts['a.yaml']]).toEqual([['two', 'three'], 'spec:\n  size: 3 # one\n']);
  });

  test('the log is enough to come to the same state', () => {
    const run = start();
    for (const task of LAB.tasks) for (const step of LAB.solution[task.id] ?? []) run.play(step);
    const again = start();
    for (const { at: _at, ...action } of run.log) again.play(action);
    expect([again.tasks, [...again.files], again.log]).toEqual([run.tasks, [...run.files], run.log]);
  });
});

const set = (value: number | string): Step => ({ kind: 'set', file: 'a.yaml', path: 'spec.size', value });
const text = (run: LabRun): string | undefined => run.files.get('a.yaml');

describe('turns are taken back and done again', () => {
  test('file, cluster and ticks are as before; the log forgets', () => {
    const run = start();
    run.play(set(2));
    const before = [text(run), cluster.texts, run.tasks, run.log];
    run.play(set(3));
    const after = [text(run), cluster.texts, run.tasks, run.log];
    expect(run.undo()).toBe(true);
    expect([text(run), cluster.texts, run.tasks, run.log]).toEqual(before);
    expect([run.canRedo, run.redo()]).toEqual([true, true]);
    expect([text(run), cluster.texts, run.tasks, run.log]).toEqual(after);
    expect(run.redo()).toBe(false);
  });

  test('predictions and clicks given since are kept', () => {
    const run = start();
    run.play(set(2));
    run.play({ kind: 'predict', question: 'q', answer: '1' });
    run.play({ kind: 'click', target: 'chain:X' });
    run.undo();
    expect(run.log.map((a) => a.kind)).toEqual(['predict', 'click']);
    expect([run.world.predictions, run.world.clicks]).toEqual([{ q: '1' }, ['chain:X']]);
    expect(run.undo()).toBe(false);
  });

  test('a burst of keystrokes is one turn, a reset is one turn', () => {
    const run = start();
    for (const size of [7, 8, 2]) run.type('a.yaml', `spec:\n  size: ${size}\n`);
    run.reset('one');
    expect(done(run)).toEqual(['two', 'three']);
    run.undo();
    expect([text(run), done(run), run.log.length]).toEqual(['spec:\n  size: 2\n', ['two'], 1]);
    run.undo();
    expect([text(run), done(run), run.log.length]).toEqual(['spec:\n  size: 1 # one\n', [], 0]);
    run.redo();
    run.redo();
    expect(done(run)).toEqual(['two', 'three']);
  });

  test('something new ends what could be done again', () => {
    const run = start();
    run.play(set(2));
    run.undo();
    run.play(set(3));
    expect(run.canRedo).toBe(false);
  });
});

describe('keystrokes in the log', () => {
  test('a text that was refused after one that was applied: both are in the log, and lead to this state', () => {
    const run = start();
    run.type('a.yaml', 'spec:\n  size: 2\n');
    run.type('a.yaml', 'spec:\n  size: bad\n');
    const expected = ['spec:\n  size: 2\n', 'spec:\n  size: bad\n'];
    expect(run.log.map((a) => a.kind === 'apply' && a.text)).toEqual(expected);
    run.commit();
    expect(run.log.map((a) => a.kind === 'apply' && a.text)).toEqual(expected);
    expect([cluster.texts['a.yaml'], text(run)]).toEqual(expected);
    const again = start();
    again.resume({ log: run.log, drafts: [], done: [] });
    expect([again.tasks, again.problems, again.log]).toEqual([run.tasks, run.problems, run.log]);
  });

  test('a log that is full takes no more and says so; taking turns back makes room', () => {
    const run = start();
    for (let i = 0; i < 10; i++)
      run.play({ kind: 'apply', file: 'a.yaml', text: `size: ${i}${' '.repeat(30_000)}` });
    expect([run.logFull, run.log.length]).toEqual([true, 8]);
    run.play({ kind: 'click', target: 'x' });
    expect(run.log.length).toBe(8);
    run.undo();
    run.undo();
    expect([run.logFull, run.log.length]).toEqual([false, 8]);
  });
});

test('what a line in a terminal printed and changed is part of the state', () => {
  const lines: string[] = [];
  const run = new LabRun(LAB, fresh(), 'en', (files) => ({
    run: (terminal, line) => {
      lines.push(line);
      files.write('out.txt', `${lines.length}`);
      return { stdout: `${terminal}: ${line}\n`, stderr: '', exit: 0 };
    },
    wake: () => undefined,
    running: () => [],
    snapshot: () => lines.length,
    restore: (length) => void lines.splice(length as number),
  }));
  run.play({ kind: 'shell', terminal: 'control', line: 'kubectl get svc' });
  run.play({ kind: 'shell', terminal: 'control', line: 'ls' });
  expect(run.outputs.map((o) => o.stdout)).toEqual(['control: kubectl get svc\n', 'control: ls\n']);
  run.undo();
  expect([lines, run.files.get('out.txt'), run.outputs.length]).toEqual([['kubectl get svc'], '1', 1]);
});

describe('replay', () => {
  const faults = (lab: Lab): string[] =>
    replayLab(lab, { cluster: fresh() }, 'en').flatMap((l) =>
      l.fault === undefined ? [] : [`${l.name}: ${l.fault}`],
    );

  test('a lab that is as it says has no fault', () => {
    expect(faults(LAB)).toEqual([]);
  });

  test.each<[string, Partial<Lab>, RegExp]>([
    [
      'solved at the start',
      { start: [{ name: 'a.yaml', text: 'size: 2' }] },
      /^start: solved at the start: two/,
    ],
    [
      'a solution that does not solve',
      { solution: { ...LAB.solution, three: [] } },
      /^three: still open: not-yet/,
    ],
    [
      'a solution that is refused',
      { solution: { ...LAB.solution, two: [{ kind: 'apply', file: 'a.yaml', text: 'bad' }] } },
      /^two: step 1 is invalid/,
    ],
    [
      'a wrong attempt that passes',
      { wrong: [{ name: 'w', steps: LAB.solution['two'] ?? [], failsAt: 'two' }] },
      /^w: passes two/,
    ],
    [
      'a wrong attempt of another mistake',
      { wrong: [{ name: 'w', steps: [], failsAt: 'two', mistake: 'refused' }] },
      /^w: named no mistake, not refused/,
    ],
  ])('%s is a fault', (_what, change, fault) => {
    expect(faults({ ...LAB, ...change })[0]).toMatch(fault);
  });
});
