import { beforeEach, describe, expect, test } from 'vitest';
import { Cluster } from '@/lib/sim';
import { COMMANDS } from './commands/command-table';
import { END_OF_INPUT, INTERRUPT, SAVED_FILE, Terminals } from './terminals';
import { EVERYWHERE, type Command, type Process } from './types';

/** Prints a number a second, for ever. */
const ticker: Command = {
  name: 'ticker',
  on: EVERYWHERE,
  *run(): Process {
    for (let n = 1; ; n++) {
      yield { kind: 'stdout', text: `${n}\n` };
      yield { kind: 'wait', ms: 1000 };
    }
  },
};
const flood: Command = {
  name: 'flood',
  on: EVERYWHERE,
  *run(): Process {
    for (;;) yield { kind: 'stdout', text: 'x'.repeat(100_000) };
  },
};
/** Says when something has happened in the cluster. */
const watcher: Command = {
  name: 'watcher',
  on: EVERYWHERE,
  *run(): Process {
    for (;;) {
      yield { kind: 'event' };
      yield { kind: 'stdout', text: 'event\n' };
    }
  },
};

/** Prints what it reads. */
const copy: Command = {
  name: 'copy',
  on: EVERYWHERE,
  reads: 'stream',
  *run({ input }): Process {
    for (let line = yield* input.line(); line !== undefined; line = yield* input.line())
      yield { kind: 'stdout', text: line };
    return 0;
  },
};

let cluster: Cluster;
let texts: Map<string, string>;
let terminals: Terminals;
const printed = (): string =>
  terminals
    .takeOutput()
    .map((o) => o.text || `<${o.kind}>`)
    .join('');

beforeEach(() => {
  cluster = Cluster.create({ k8s: '1.32', seed: 1, now: '2026-11-02T08:00:00Z' });
  texts = new Map([['service.yaml', 'kind: Service\n']]);
  const files = {
    list: () => [...texts.keys()],
    read: (name: string) => texts.get(name),
    write: (name: string, text: string) => texts.set(name, text).has(name),
  };
  terminals = new Terminals(cluster, files, [...COMMANDS, ticker, flood, watcher, copy]);
});

describe('a line in a terminal', () => {
  test('prints, and leaves its exit code', () => {
    expect(terminals.run('control', 'echo hello')).toEqual({ stdout: 'hello\n', stderr: '', exit: 0 });
    expect(terminals.run('control', 'nonsense').exit).toBe(127);
  });

  test('each terminal has its own variables; the control machine has the editor’s files', () => {
    terminals.run('control', 'x=1');
    terminals.run('node-1', 'x=2');
    expect(terminals.run('control', 'echo $x').stdout).toBe('1\n');
    expect(terminals.run('node-1', 'echo $x').stdout).toBe('2\n');
    expect(terminals.run('control', 'cat service.yaml').stdout).toBe('kind: Service\n');
    terminals.run('control', 'echo new > service.yaml');
    expect(texts.get('service.yaml')).toBe('new\n');
  });

  test('an open quote waits for more', () => {
    expect(terminals.isIncomplete('control', 'echo "a')).toBe(true);
    expect(terminals.isIncomplete('control', 'cat <<E\na')).toBe(true);
    expect(terminals.isIncomplete('control', 'cat <<E\na\nE')).toBe(false);
  });

  test('a Pod that is not there is said to be gone', () => {
    terminals.run('default/nobody', 'ls');
    expect(terminals.takeOutput()).toEqual([{ terminal: 'default/nobody', kind: 'gone', text: 'nobody' }]);
  });

  test('exit out of the last shell begins a new one', () => {
    terminals.run('control', 'x=1');
    terminals.run('control', 'exit');
    expect(terminals.run('control', 'echo [$x]').stdout).toBe('[]\n');
  });
});

describe('a program that takes time', () => {
  test('goes on as time passes, and ends with Ctrl-C', () => {
    terminals.run('node-1', 'ticker');
    expect(printed()).toBe('1\n');
    expect(terminals.state('node-1').waiting).toEqual({ for: 'time', until: cluster.now + 1000 });
    cluster.advance(2500);
    terminals.wake();
    expect(printed()).toBe('2\n3\n');
    terminals.run('node-1', INTERRUPT);
    expect(terminals.isRunning('node-1')).toBe(false);
    cluster.advance(5000);
    terminals.wake();
    expect(printed()).toBe('');
  });

  test('other terminals work meanwhile', () => {
    terminals.run('node-1', 'ticker');
    expect(terminals.run('control', 'echo free').stdout).toBe('free\n');
  });

  test('what waits for an event goes on when one is woken', () => {
    terminals.run('control', 'watcher');
    expect(printed()).toBe('');
    terminals.wake();
    expect(printed()).toBe('event\n');
  });

  test('a program that reads gets the lines that follow, up to Ctrl-D', () => {
    terminals.run('control', 'copy');
    expect(terminals.state('control').waiting).toEqual({ for: 'input' });
    terminals.run('control', 'one');
    expect(printed()).toBe('one\n');
    terminals.run('control', END_OF_INPUT);
    expect(terminals.isRunning('control')).toBe(false);
  });

  test('a flood is stopped and said to be', () => {
    terminals.run('control', 'flood');
    const output = terminals.takeOutput();
    expect(output.at(-1)?.kind).toBe('cut');
    expect(output.reduce((sum, o) => sum + o.text.length, 0)).toBeLessThanOrEqual(2_000_000);
    expect(terminals.isRunning('control')).toBe(false);
  });
});

test('a snapshot brings variables, folders and files back; what ran has ended', () => {
  terminals.run('control', 'x=1; cd /tmp; echo a > note');
  const before = terminals.snapshot();
  terminals.run('control', 'x=2; echo b > note');
  terminals.run('control', 'ticker');
  terminals.restore(before);
  expect(terminals.isRunning('control')).toBe(false);
  expect(terminals.run('control', 'echo $x; pwd; cat note').stdout).toBe('1\n/tmp\na\n');
});

describe('a program that wants a file edited', () => {
  test('waits until the file is closed; what was saved goes on from there', () => {
    terminals.run('control', 'kubectl create service clusterip web --tcp=80');
    terminals.run('control', 'kubectl edit svc web');
    const { waiting } = terminals.state('control');
    expect(waiting).toMatchObject({
      for: 'edit',
      name: expect.stringMatching(/^\/tmp\/kubectl-edit-/) as string,
    });
    const text = waiting?.for === 'edit' ? waiting.text : '';
    expect(terminals.run('control', 'typed too early').stdout).toBe('');
    const saved = terminals.run('control', SAVED_FILE + text.replace('targetPort: 80', 'targetPort: 81'));
    expect(saved).toEqual({ stdout: 'service/web edited\n', stderr: '', exit: 0 });
    expect(terminals.isRunning('control')).toBe(false);
  });

  test('Ctrl-C ends it, and nothing is changed', () => {
    terminals.run('control', 'kubectl create service clusterip web --tcp=80');
    terminals.run('control', 'kubectl edit svc web');
    terminals.run('control', INTERRUPT);
    expect(terminals.isRunning('control')).toBe(false);
    expect(terminals.run('control', `${SAVED_FILE}kind: Service`).stdout).toBe('');
  });

  test('vi of a file that is none of the editor’s', () => {
    terminals.run('node-1', 'vi /tmp/notes');
    terminals.run('node-1', `${SAVED_FILE}hello\n`);
    expect(terminals.run('node-1', 'cat /tmp/notes').stdout).toBe('hello\n');
  });
});

test('a watch goes on over a text that the API server refuses', () => {
  terminals.run('control', 'kubectl get services -w');
  printed();
  const service = (name: string, port: number): string =>
    `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}}\nspec: {ports: [{port: ${port}}]}\n---\n`;
  expect(cluster.applyText('service.yaml', service('good', 80) + service('bad', 0)).outcome).toBe('invalid');
  terminals.wake();
  expect(printed()).toBe('');
  expect(terminals.isRunning('control')).toBe(true);
  expect(cluster.applyText('service.yaml', service('good', 80)).outcome).toBe('applied');
  terminals.wake();
  expect(printed()).toMatch(/^good +ClusterIP/);
});
