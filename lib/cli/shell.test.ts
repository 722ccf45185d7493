// `ksvc shell`: lines in, one JSON object each; files stay in their folder.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { UsageError } from './io';
import { shellCommand } from './shell';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'servicepath-cli-'));
  mkdirSync(join(folder, 'in'));
  writeFileSync(join(folder, 'secret'), 'outside\n');
  writeFileSync(join(folder, 'in', 'a.yaml'), 'kind: A\n');
  symlinkSync('../secret', join(folder, 'in', 'link'));
  symlinkSync('../made', join(folder, 'in', 'dangling'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function shell(args: readonly string[], lines: readonly string[]): Promise<string> {
  let out = '';
  const io = { out: (t: string) => void (out += t), err: (t: string) => void (out += t), readFile: () => '' };
  async function* input(): AsyncGenerator<string> {
    yield* lines;
  }
  expect(await shellCommand(args, io, input())).toBe(0);
  return out;
}

const results = async (lines: readonly string[], args: readonly string[] = []): Promise<unknown[]> =>
  (await shell(['--json', '--now', '2026-01-01T00:00:00Z', '--files', join(folder, 'in'), ...args], lines))
    .trim()
    .split('\n')
    .map((l) => JSON.parse(l) as unknown);

test('one line of JSON for each command line; a failing line is a result', async () => {
  expect(await results(['echo hi', 'nosuch', 'cat < a.yaml'])).toEqual([
    { cmd: 'echo hi', stdout: 'hi\n', stderr: '', exit: 0 },
    { cmd: 'nosuch', stdout: '', stderr: '-bash: nosuch: command not found\n', exit: 127 },
    { cmd: 'cat < a.yaml', stdout: 'kind: A\n', stderr: '', exit: 0 },
  ]);
});

test('lines that belong together are run together', async () => {
  expect(await results(['for i in 1 2; do', 'echo $i', 'done', 'cat <<EOF', 'x', 'EOF'])).toMatchObject([
    { stdout: '1\n2\n' },
    { stdout: 'x\n' },
  ]);
});

test('nothing outside the folder is read or written', async () => {
  const ran = await results([
    'cat link',
    'cat ../secret',
    'echo x > link',
    'echo x > dangling',
    'echo x > ../../made',
    'echo ok > made',
  ]);
  expect(ran).toMatchObject([{ stdout: '' }, { stdout: '' }, { exit: 1 }, { exit: 1 }, {}, { exit: 0 }]);
  expect(readFileSync(join(folder, 'secret'), 'utf8')).toBe('outside\n');
  expect(existsSync(join(folder, 'made'))).toBe(false);
  expect(readFileSync(join(folder, 'in', 'made'), 'utf8')).toBe('ok\n');
});

test.each([
  [['--node', 'node-9'], 'no node "node-9" in the cluster; it has node-1, node-2, node-3'],
  [['--k8s', '1.99'], 'Kubernetes 1.99 is not known here'],
  [['--now', 'noon'], '--now "noon" is no time'],
  [['--files', '/no/such'], '--files /no/such: no such folder'],
  [['extra'], 'unexpected argument extra'],
])('%j is refused in one sentence', async (args, sentence) => {
  const run = shell(args, []);
  await expect(run).rejects.toThrow(UsageError);
  await expect(run).rejects.toThrow(sentence);
});
