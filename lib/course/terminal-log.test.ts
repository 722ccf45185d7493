// Lines typed into terminals are actions of the log like any other: replayed, they lead to the same cluster, byte for byte.
import { describe, expect, test } from 'vitest';
import { Cluster } from '@/lib/sim';
import { HANG_UP, INTERRUPT, Terminals } from '@/lib/terminal/terminals';
import { stateDigest } from './digest';
import { labById } from './labs';
import { START_INSTANT } from './log';
import { LabRun } from './runtime';
import type { Action } from './types';

interface Lab {
  readonly run: LabRun;
  readonly cluster: Cluster;
  readonly digest: () => string;
}

function begin(log: readonly Action[] = []): Lab {
  const cluster = Cluster.create({ k8s: '1.32', seed: 1, now: START_INSTANT });
  const lab = labById('2.3');
  if (!lab) throw new Error('no lab 2.3');
  const run = new LabRun(lab, cluster, 'en', (files) => new Terminals(cluster, files));
  run.resume({ log, drafts: [], done: [] });
  return { run, cluster, digest: () => stateDigest(cluster) };
}
const type = (run: LabRun, line: string, terminal = 'control'): void =>
  void run.perform({ kind: 'shell', terminal, line });
const printed = (run: LabRun): string => run.outputs.map((o) => o.stdout + o.stderr).join('');

describe('lines in terminals', () => {
  test('see and write the files of the editor', () => {
    const { run } = begin();
    type(run, 'grep replicas deployment.yaml; echo mine > note.txt');
    expect(printed(run)).toBe('  replicas: 3\n');
    expect(run.files.get('note.txt')).toBe('mine\n');
    run.undo();
    expect(run.files.has('note.txt')).toBe(false);
  });

  test('lead to the same state when they are replayed', () => {
    const live = begin();
    type(live.run, 'cat > note.txt <<EOF\nkept\nEOF');
    type(live.run, 'cd /tmp; X=1');
    type(live.run, 'echo $X');
    expect([live.run.files.get('note.txt'), printed(live.run)]).toEqual(['kept\n', '1\n']);
    const again = begin(live.run.log);
    expect([[...again.run.files], again.digest()]).toEqual([[...live.run.files], live.digest()]);
  });

  test('a job behind the prompt goes on when time passes; a step back ends it, in the log too', () => {
    const live = begin();
    type(live.run, '(sleep 2; echo one > out.txt; sleep 60; echo two > out.txt) &');
    live.run.perform({ kind: 'time', advanceMs: 3000 });
    expect(live.run.files.get('out.txt')).toBe('one\n');
    type(live.run, 'kubectl scale deploy my-web-app --replicas 4');
    live.run.undo();
    expect(live.run.log.at(-1)).toMatchObject({ kind: 'shell', line: HANG_UP });
    live.run.perform({ kind: 'time', advanceMs: 90_000 });
    expect(live.run.files.get('out.txt')).toBe('one\n');
    const again = begin(live.run.log);
    expect([[...again.run.files], again.digest()]).toEqual([[...live.run.files], live.digest()]);
  });

  test('a program that waits goes on when time passes, and the log replays it', () => {
    const live = begin();
    type(live.run, 'sleep 3; echo late > out.txt');
    expect(live.run.files.has('out.txt')).toBe(false);
    for (let i = 0; i < 4; i++) live.run.perform({ kind: 'time', advanceMs: 1000 });
    expect(live.run.files.get('out.txt')).toBe('late\n');
    expect(live.run.log.map((a) => a.kind)).toEqual(['shell', 'time']);
    const again = begin(live.run.log);
    expect([...again.run.files]).toEqual([...live.run.files]);
    expect([again.digest(), again.run.log]).toEqual([live.digest(), live.run.log]);
  });

  test('an edit while a program waits, Ctrl-C, and taking the edit back: the log leads to the same state', () => {
    const live = begin();
    const text = live.run.files.get('deployment.yaml') ?? '';
    type(live.run, 'sleep 60; echo never > out.txt');
    live.run.perform({ kind: 'time', advanceMs: 500 });
    live.run.type('deployment.yaml', text.replace('replicas: 3', 'replicas: 5'));
    live.run.commit();
    live.run.perform({ kind: 'time', advanceMs: 700 });
    const before = begin(live.run.log);
    expect([before.digest(), before.run.tasks]).toEqual([live.digest(), live.run.tasks]);
    live.run.undo();
    live.run.perform({ kind: 'time', advanceMs: 100_000 });
    expect(live.run.files.has('out.txt')).toBe(false);
    type(live.run, INTERRUPT);
    const after = begin(live.run.log);
    expect([after.digest(), after.run.tasks]).toEqual([live.digest(), live.run.tasks]);
  });

  test('a step of a solution is played to its end', () => {
    const { run, digest } = begin();
    run.play({ kind: 'shell', terminal: 'node-1', line: 'cat; echo end' });
    run.play({ kind: 'shell', terminal: 'node-1', line: 'cat /etc/hostname' });
    expect(run.outputs.at(-1)?.stdout).toBe('node-1\n');
    expect(begin(run.log).digest()).toBe(digest());
  });
});
