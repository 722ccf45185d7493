// Streams to Pods as @kubernetes/client-node opens them: exec, attach, cp and port-forward over WebSockets.
import { Attach, CoreV1Api, Cp, Exec, KubeConfig, PortForward, type V1Status } from '@kubernetes/client-node';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Cluster } from '@/lib/sim';
import { served, type Served } from '../serve-http';

let server: Served;
let config: KubeConfig;
let core: CoreV1Api;
const namespace = 'default';
const errors: string[] = [];

beforeAll(async () => {
  const cluster = Cluster.create({ k8s: '1.32', seed: 1, now: '2026-01-05T08:00:00Z' });
  server = await served(cluster, { port: 0, live: false }, { err: (text) => void errors.push(text) });
  config = new KubeConfig();
  config.loadFromOptions({
    clusters: [{ name: 'c', server: `http://127.0.0.1:${server.port}`, skipTLSVerify: true }],
    users: [{ name: 'u' }],
    contexts: [{ name: 'x', cluster: 'c', user: 'u' }],
    currentContext: 'x',
  });
  core = config.makeApiClient(CoreV1Api);
  await pod('client', { image: 'netshoot' });
  await pod('web', { image: 'my-web-app' });
  await pod('shell', { image: 'busybox', args: ['sh'], stdin: true, tty: true });
});
afterAll(() => server.close());

const pod = (name: string, container: object): Promise<unknown> =>
  core.createNamespacedPod({
    namespace,
    body: { metadata: { name }, spec: { containers: [{ name: 'main', ...container }] } },
  });

/** What comes on a stream until `end`, or until a text has come. */
class Heard {
  readonly stream = new PassThrough();
  text = '';
  constructor() {
    this.stream.on('data', (part: Buffer) => (this.text += part.toString()));
  }
  until(wanted: string): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!this.text.includes(wanted)) return;
        this.stream.off('data', look);
        resolve();
      };
      this.stream.on('data', look);
      look();
    });
  }
}

interface Ran {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: V1Status;
}

/** Runs a program to its end. */
function run(words: string[], stdin: string | null = null): Promise<Ran> {
  const [stdout, stderr] = [new Heard(), new Heard()];
  const input = stdin === null ? null : new PassThrough();
  return new Promise((resolve, reject) => {
    new Exec(config)
      .exec(namespace, 'client', 'main', words, stdout.stream, stderr.stream, input, false, (status) =>
        resolve({ stdout: stdout.text, stderr: stderr.text, status }),
      )
      .then(() => input?.end(stdin), reject);
  });
}

test('a program has its own outputs and its exit code', async () => {
  const ran = await run(['sh', '-c', 'echo out; echo err >&2; exit 3']);
  expect(ran).toMatchObject({ stdout: 'out\n', stderr: 'err\n' });
  expect(ran.status).toMatchObject({
    status: 'Failure',
    reason: 'NonZeroExitCode',
    details: { causes: [{ reason: 'ExitCode', message: '3' }] },
  });
  expect((await run(['true'])).status).toMatchObject({ status: 'Success' });
});

test('standard input goes through, whatever its bytes are, and its end is told', async () => {
  expect((await run(['cat'], 'one\ntwo 服务')).stdout).toBe('one\ntwo 服务');
  expect((await run(['wc', '-l'], 'a\n'.repeat(5_000))).stdout.trim()).toBe('5000');
});

test('a program that is not there is an internal error', async () => {
  const { status } = await run(['nosuch']);
  expect(status).toMatchObject({ status: 'Failure', reason: 'InternalError' });
  expect(status.message).toContain('exec: "nosuch": executable file not found in $PATH');
});

test('what a shell reads is not the script alone', async () => {
  expect((await run(['sh', '-c', 'read a; echo "<$a>"; cat; exit 2'], 'one\ntwo\nthree')).stdout).toBe(
    '<one>\ntwo\nthree',
  );
  expect((await run(['sh'], 'echo a\nread b\nlost\ncat\n')).stdout).toContain('a\n');
});

test('many run at once, and the clock goes on while they wait', async () => {
  const runs = Array.from({ length: 12 }, (_, i) => run(['sh', '-c', `sleep 0.2; echo ${i}`]));
  const outputs = (await Promise.all(runs)).map(({ stdout }) => stdout);
  expect(outputs).toEqual(Array.from({ length: 12 }, (_, i) => `${i}\n`));
  expect(errors).toEqual([]);
});

test('a shell with a terminal prompts, edits lines, and ends a program by Ctrl-C', async () => {
  const screen = new Heard();
  const keys = new PassThrough();
  const status = new Promise<V1Status>((resolve, reject) => {
    new Exec(config)
      .exec(namespace, 'client', 'main', ['sh'], screen.stream, null, keys, true, resolve)
      .catch(reject);
  });
  await screen.until('/ # ');
  keys.write('echo wrong\x7f\x7f\x7f\x7f\x7fright\r');
  await screen.until('\r\nright\r\n/ # ');
  keys.write('sleep 1000\r');
  await screen.until('sleep 1000\r\n');
  keys.write('\x03');
  await screen.until('^C\r\n/ # ');
  keys.write('exit 4\r');
  expect(await status).toMatchObject({ details: { causes: [{ message: '4' }] } });
});

test('attach reaches the program that the container was started with', async () => {
  const screen = new Heard();
  const keys = new PassThrough();
  const socket = await new Attach(config).attach(namespace, 'shell', 'main', screen.stream, null, keys, true);
  await screen.until('/ # ');
  keys.write('hostname\r');
  await screen.until('\r\nshell\r\n');
  keys.write('exit\r');
  await new Promise<void>((resolve) => socket.on('close', () => resolve()));
  const { status } = await core.readNamespacedPod({ namespace, name: 'shell' });
  expect(status?.containerStatuses?.[0]).toMatchObject({ restartCount: 1 });
});

test('a folder is copied into a Pod', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'servicepath-cp-'));
  const bytes = Buffer.from(Array.from({ length: 3_000 }, (_, i) => (i * 37) % 256));
  writeFileSync(path.join(folder, 'some.bin'), bytes);
  await new Cp(config).cpToPod(namespace, 'client', 'main', folder, '/tmp');
  // Cp says nothing of its end.
  const read = async (): Promise<string> => (await run(['sh', '-c', 'cat /tmp/some.bin | wc -c'])).stdout;
  for (let tries = 0; tries < 50 && (await read()).trim() === '0'; tries++);
  const archive = await tarOf('/tmp/some.bin');
  expect(archive.subarray(512, 512 + bytes.length)).toEqual(bytes);
  rmSync(folder, { recursive: true });
});

/** The bytes of `tar cf - FILE`. */
function tarOf(file: string): Promise<Buffer> {
  const parts: Buffer[] = [];
  const stdout = new PassThrough().on('data', (part: Buffer) => parts.push(part));
  return new Promise((resolve, reject) => {
    new Exec(config)
      .exec(namespace, 'client', 'main', ['tar', 'cf', '-', file], stdout, null, null, false, () =>
        resolve(Buffer.concat(parts)),
      )
      .catch(reject);
  });
}

test('a forwarded port carries HTTP', async () => {
  const [output, failure] = [new Heard(), new Heard()];
  const input = new PassThrough();
  await new PortForward(config).portForward(namespace, 'web', [8080], output.stream, failure.stream, input);
  input.write('GET /hostname HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await output.until('\r\n\r\nweb\n');
  expect(output.text).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  expect(failure.text).toBe('');
});

test('a port that nobody listens on is said to be so', async () => {
  const [output, failure] = [new Heard(), new Heard()];
  await new PortForward(config).portForward(
    namespace,
    'web',
    [81],
    output.stream,
    failure.stream,
    new PassThrough(),
  );
  await failure.until('connection refused');
  expect(failure.text).toContain('error forwarding port 81 to pod');
});
