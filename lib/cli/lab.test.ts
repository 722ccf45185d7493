import { describe, expect, test } from 'vitest';
import { actionLog, ENGINE, START_INSTANT } from '@/lib/course/log';
import { toFragment } from '@/lib/course/permalink';
import { LabRun } from '@/lib/course/runtime';
import { labById, LABS } from '@/lib/course/labs';
import { Cluster } from '@/lib/sim';
import { labCommand } from './lab';

async function ksvc(args: readonly string[], files: Readonly<Record<string, string>> = {}) {
  let out = '';
  let err = '';
  const readFile = (path: string): string => files[path] ?? '';
  const code = await labCommand(args, { out: (t) => void (out += t), err: (t) => void (err += t), readFile });
  return { code, out, err, lines: out.trimEnd().split('\n') };
}

function solvedRun(tasks: number): LabRun {
  const lab = labById('2.3');
  if (!lab) throw new Error('no lab 2.3');
  const run = new LabRun(lab, Cluster.create({ k8s: '1.32', seed: 7, now: START_INSTANT }), 'en');
  for (const task of lab.tasks.slice(0, tasks))
    for (const step of lab.solution[task.id] ?? []) run.play(step);
  return run;
}

const logOf = (run: LabRun): string =>
  JSON.stringify({ format: 1, engine: ENGINE, k8s: '1.32', seed: 7, lab: '2.3', actions: run.log });
const stateOf = (run: LabRun): string =>
  JSON.stringify({
    kind: 'List',
    apiVersion: 'v1',
    items: ['Node', 'Service', 'Deployment'].flatMap((kind) => run.world.list(kind)),
  });

describe('ksvc lab', () => {
  test('list names every lab with its title in the language', async () => {
    expect(await ksvc(['list'])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^2\.3 {2}Read, scale and break/m),
    });
    expect((await ksvc(['list', '--lang', 'zh'])).out).toMatch(/^2\.3 {2}读懂/m);
  });

  test('replay prints a line for the start, each task and each wrong attempt with what it is told', async () => {
    const { code, lines, err } = await ksvc(['replay', '2.3', '--k8s', '1.30', '--lang', 'en']);
    expect([code, err]).toEqual([0, '']);
    expect(lines[0]).toBe('2.3 v1.30 en  start: nothing solved');
    expect(lines).toContain('2.3 v1.30 en  task scale: solved');
    expect(lines.find((l) => l.includes('misspells ClientIP'))).toMatch(
      /refused at affinity: The API server refused the value/,
    );
  });

  test('check --log grades a history', async () => {
    const all = await ksvc(['check', '2.3', '--log', 'h.json'], { 'h.json': logOf(solvedRun(7)) });
    expect([all.code, all.lines.length]).toEqual([0, 7]);
    const some = await ksvc(['check', '2.3', '--log', 'h.json'], { 'h.json': logOf(solvedRun(1)) });
    expect(some.code).toBe(1);
    expect(some.lines.slice(0, 2)).toEqual([
      'find-chain: solved',
      'scale: not solved: 3 ready endpoints; the goal is 4.',
    ]);
  });

  test('check -f grades what the state shows and names the rest', async () => {
    const { code, lines } = await ksvc(['check', '2.3', '-f', 's.json'], { 's.json': stateOf(solvedRun(5)) });
    expect(lines).toEqual([
      'scale: solved',
      'affinity: solved',
      'mend: solved',
      'find-chain: not judged, a state alone does not show it',
      'mark: not judged, a state alone does not show it',
      'hairpin: not judged, a state alone does not show it',
      'break: not judged, a state alone does not show it',
    ]);
    expect(code).toBe(0);
    expect((await ksvc(['check', '2.3', '-f', 's.json'], { 's.json': stateOf(solvedRun(1)) })).code).toBe(1);
  });

  test.each([
    [[], 'no subcommand; use list, replay, check or digest'],
    [['dance'], 'no subcommand "dance"; use list, replay, check or digest'],
    [['replay', '9.9'], `no lab "9.9"; there is ${LABS.map(({ lab }) => lab.id).join(', ')}`],
    [['check'], 'check needs one lab; lab list names them'],
    [['check', '2.3'], 'check needs --log FILE or -f STATE'],
    [['check', '2.3', '--log', 'x'], 'x: not JSON'],
    [['list', '--lang', 'fr'], '--lang "fr"; use zh or en'],
    [
      ['replay', '2.3', '--k8s', '1.33'],
      'lab 2.3 is not made for Kubernetes 1.33; use one of 1.28, 1.29, 1.30, 1.31, 1.32',
    ],
    [['replay', '--k8s', '9'], 'Kubernetes 9 is not known; use one of 1.28, 1.29, 1.30, 1.31, 1.32'],
  ])('%j: one line, exit 2', async (args, sentence) => {
    expect(await ksvc(args)).toMatchObject({ code: 2, out: '', err: `ksvc lab: ${sentence}\n` });
  });

  test('digest replays a history, from a file or from the address of a state', async () => {
    const run = solvedRun(3);
    const link = `https://x/en/learn/2.3${toFragment(actionLog('2.3', '1.32', run.log, 7))}\n`;
    const files = { 'h.json': logOf(run), link };
    const digest = await ksvc(['digest', '--log', 'h.json'], files);
    expect(digest).toMatchObject({ code: 0, out: expect.stringMatching(/^[0-9a-f]{64}\n$/) });
    expect((await ksvc(['digest', '--log', 'link'], files)).out).toBe(digest.out);
    expect((await ksvc(['digest', '--log', 'h.json'], { 'h.json': logOf(solvedRun(2)) })).out).not.toBe(
      digest.out,
    );
    expect(await ksvc(['digest', '--log', 'cut'], { cut: link.slice(0, -9) })).toMatchObject({
      code: 2,
      err: 'ksvc lab: cut: the link is damaged or cut off\n',
    });
  });

  test('--help explains', async () => {
    expect(await ksvc(['--help'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('ksvc lab replay'),
    });
  });
});
