// The machine's own kubectl against a served cluster: exec, cp, run -i and port-forward. Those up to 1.29 speak SPDY/3.1, later ones
// WebSockets.
import { execFile, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Cluster } from '@/lib/sim';
import { kubeconfigText } from '../serve';
import { served, type Served } from '../serve-http';

/** kubectl on the path, and those of other versions beside it (kubectl.1.28 …). */
function kubectls(): readonly string[] {
  const found = spawnSync('sh', ['-c', 'command -v kubectl'], { encoding: 'utf8' }).stdout.trim();
  if (found === '') return [];
  const folder = path.dirname(realpathSync(found));
  const versions = readdirSync(folder).filter((name) => /^kubectl\.1\.(?:2[89]|3[0-3])$/.test(name));
  return versions.length > 0 ? versions.sort().map((name) => path.join(folder, name)) : [found];
}

const OBJECTS = ['web', 'client'].map((name) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name },
  spec: { containers: [{ name, image: name === 'web' ? 'my-web-app' : 'netshoot' }] },
}));

const programs = kubectls();
let server: Served;
let folder: string;
let env: Record<string, string>;

interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  readonly exit: number;
}

beforeAll(async () => {
  const cluster = Cluster.create({ k8s: '1.32', seed: 1, now: '2026-01-05T08:00:00Z' });
  for (const object of OBJECTS) cluster.apply(object as never);
  cluster.settle();
  server = await served(cluster, { port: 0, live: false }, { err: () => undefined });
  folder = mkdtempSync(path.join(tmpdir(), 'servicepath-kubectl-'));
  const file = path.join(folder, 'kubeconfig');
  writeFileSync(file, kubeconfigText(server.port));
  env = { PATH: process.env['PATH'] ?? '', HOME: folder, KUBECONFIG: file };
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

function run(program: string, args: readonly string[], stdin = ''): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(
      program,
      args,
      { env: env as NodeJS.ProcessEnv, cwd: folder, timeout: 30_000 },
      (error, stdout, stderr) => resolve({ stdout, stderr, exit: error ? Number(error.code) : 0 }),
    );
    child.stdin?.end(stdin);
  });
}

describe.skipIf(programs.length === 0)('kubectl (skipped where there is none)', () => {
  describe.each(programs.map((program) => [path.basename(program), program]))('%s', (name, program) => {
    test('exec: outputs, standard input, exit code', async () => {
      const failing = await run(program, [
        'exec',
        'client',
        '--',
        'sh',
        '-c',
        'echo out; echo err >&2; exit 3',
      ]);
      expect(failing).toEqual({
        stdout: 'out\n',
        stderr: 'err\ncommand terminated with exit code 3\n',
        exit: 3,
      });
      const piped = await run(program, ['exec', '-i', 'client', '--', 'cat'], 'line\n');
      expect(piped).toEqual({ stdout: 'line\n', stderr: '', exit: 0 });
    });

    test('cp: there and back', async () => {
      const bytes = Buffer.from(Array.from({ length: 2_000 }, (_, i) => (i * 31) % 256));
      writeFileSync(path.join(folder, `${name}.bin`), bytes);
      expect(await run(program, ['cp', `${name}.bin`, `client:/tmp/${name}`])).toMatchObject({ exit: 0 });
      expect(await run(program, ['cp', `client:/tmp/${name}`, `${name}.back`])).toMatchObject({ exit: 0 });
      expect(readFileSync(path.join(folder, `${name}.back`))).toEqual(bytes);
    });

    test('run --rm -i: the program’s output and exit code', async () => {
      const words = ['--image=busybox', '--', 'sh', '-c', 'cat; exit 5'];
      const pod = `r-${name.replaceAll('.', '-')}`;
      const ended = await run(program, ['run', pod, '--rm', '-i', '--restart=Never', ...words], 'typed\n');
      expect(ended.stdout).toContain('typed\n');
      expect(ended.exit).toBe(5);
    });

    test('port-forward: a request goes through, each connection is told', async () => {
      const child = spawn(program, ['port-forward', 'pod/web', ':8080'], {
        env: env as NodeJS.ProcessEnv,
        cwd: folder,
      });
      const printed = linesOf(child.stdout);
      const [, port = ''] = /^Forwarding from 127\.0\.0\.1:(\d+) -> 8080$/.exec(await printed()) ?? [];
      expect(await get(Number(port))).toBe('web\n');
      let line = await printed();
      while (line.startsWith('Forwarding')) line = await printed();
      expect(line).toBe(`Handling connection for ${port}`);
      child.kill();
    });
  });
});

/** The lines of a stream, one after the other. */
function linesOf(stream: NodeJS.ReadableStream): () => Promise<string> {
  let rest = '';
  let look = (): void => undefined;
  stream.on('data', (part: Buffer) => {
    rest += part.toString();
    look();
  });
  return () =>
    new Promise((resolve) => {
      look = () => {
        const end = rest.indexOf('\n');
        if (end < 0) return;
        look = () => undefined;
        const line = rest.slice(0, end);
        rest = rest.slice(end + 1);
        resolve(line);
      };
      look();
    });
}

const get = (port: number): Promise<string> =>
  new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path: '/hostname', agent: false }, (response) => {
      let text = '';
      response.on('data', (part: Buffer) => (text += part.toString()));
      response.on('end', () => resolve(text));
    })
      .on('error', reject)
      .end();
  });
