import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { START_INSTANT } from './log';
import { Cluster } from '@/lib/sim';
import {
  BRANCH_LIMIT,
  branchedAt,
  isFull,
  ONE_BRANCH,
  ownActions,
  readBranches,
  renamed,
  storedBranches,
  switchedTo,
  withoutBranch,
  type Timeline,
} from './branches';
import { stateDigest } from './digest';
import { LabRun } from './runtime';
import type { Action, Lab } from './types';

const line = (text: string, at = 0): Action => ({ at, kind: 'shell', terminal: 'control', line: text });
const texts = (log: readonly Action[]): readonly string[] =>
  log.map((action) => (action.kind === 'shell' ? action.line : action.kind));
const present = (...lines: readonly string[]): Timeline => ({
  branches: ONE_BRANCH,
  log: lines.map((text) => line(text)),
});

describe('branches of time', () => {
  test('going another way keeps the present whole and begins at the moment chosen', () => {
    const { branches, log } = branchedAt(present('a', 'b', 'c'), 1);
    expect(texts(log)).toEqual(['a']);
    expect(branches.shown).toEqual({ id: 2, name: '', from: { id: 1, at: 1 } });
    expect(branches.kept.map((b) => [b.id, texts(b.log)])).toEqual([[1, ['a', 'b', 'c']]]);
  });

  test('what a branch did itself is what came after it left another', () => {
    const { branches, log } = branchedAt(present('a', 'b', 'c'), 1);
    expect(texts(ownActions(branches.shown, [...log, line('x')]))).toEqual(['x']);
    // An undo may take a branch back to before it began.
    expect(ownActions(branches.shown, [])).toEqual([]);
  });

  test('switching there and back loses nothing that was done on either', () => {
    const forked = branchedAt(present('a', 'b'), 1);
    const grown = { ...forked, log: [...forked.log, line('x')] };
    const back = switchedTo(grown, 1);
    expect(texts(back.log)).toEqual(['a', 'b']);
    expect(texts(switchedTo(back, 2).log)).toEqual(['a', 'x']);
    expect(switchedTo(back, 9)).toBe(back);
  });

  test('a branch that was deleted takes nothing with it from those that left it', () => {
    const forked = branchedAt(present('a', 'b'), 1);
    const { shown, kept } = withoutBranch(forked.branches, 1);
    expect(kept).toEqual([]);
    expect(shown.from).toEqual({ id: 1, at: 1 });
    expect(texts(forked.log)).toEqual(['a']);
  });

  test('a name is trimmed; a limit keeps the browser’s storage from filling up', () => {
    expect(renamed(ONE_BRANCH, 1, '  Local  ').shown.name).toBe('Local');
    let timeline = present('a');
    for (let i = 0; i < 2 * BRANCH_LIMIT; i++) timeline = branchedAt(timeline, 1);
    expect(isFull(timeline.branches)).toBe(true);
    expect(timeline.branches.kept).toHaveLength(BRANCH_LIMIT - 1);
  });

  test('come back from storage as they were; another engine’s are refused, junk is left out', () => {
    const { branches } = branchedAt(present('a', 'b'), 1);
    const stored: unknown = JSON.parse(JSON.stringify(storedBranches(branches, '2.3', '1.32')));
    expect(readBranches(stored)).toEqual({ ok: true, value: branches });
    expect(readBranches(undefined)).toEqual({ ok: true, value: ONE_BRANCH });
    expect(readBranches({ shown: 7, kept: [null, { id: -1 }] })).toEqual({ ok: true, value: ONE_BRANCH });
    const older = { kept: [{ id: 3, log: { format: 1, engine: 0, k8s: '1.32', seed: 1, actions: [] } }] };
    const read = readBranches(older);
    expect(!read.ok && read.error.code).toBe('engine');
  });

  test('whatever is branched and switched, every log ever made is on show or kept', () => {
    const moves = fc.array(fc.tuple(fc.boolean(), fc.nat(6)), { maxLength: 12 });
    fc.assert(
      fc.property(moves, (all) => {
        let timeline = present('a', 'b', 'c');
        const made = new Map([[1, timeline.log]]);
        for (const [fork, n] of all) {
          timeline = fork ? branchedAt(timeline, n) : switchedTo(timeline, n);
          const log = [...timeline.log, line(`${n}`)];
          timeline = { ...timeline, log };
          made.set(timeline.branches.shown.id, log);
        }
        const { shown, kept } = timeline.branches;
        const there = new Map([...kept.map((b) => [b.id, b.log] as const), [shown.id, timeline.log]]);
        expect(there).toEqual(made);
      }),
    );
  });

  test('a new branch replays to the very state of its moment', () => {
    const lab: Lab = { id: 't', versions: ['1.32'], start: [], tasks: [], solution: {}, wrong: [] };
    const run = (): [LabRun, Cluster] => {
      const cluster = Cluster.create({ k8s: '1.32', seed: 1, now: START_INSTANT });
      return [new LabRun(lab, cluster, 'en'), cluster];
    };
    const service = (port: number): string =>
      `{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {ports: [{port: ${port}}]}}`;
    const [first, cluster] = run();
    first.perform({ kind: 'apply', file: 'a.yaml', text: service(80) });
    first.perform({ kind: 'time', advanceMs: 5000 });
    const moment = stateDigest(cluster);
    first.perform({ kind: 'apply', file: 'a.yaml', text: service(81) });
    const { log } = branchedAt({ branches: ONE_BRANCH, log: first.log }, 2);
    const [second, other] = run();
    second.resume({ log, drafts: [], done: [] });
    expect(stateDigest(other)).toBe(moment);
    expect(stateDigest(other)).not.toBe(stateDigest(cluster));
  });
});
