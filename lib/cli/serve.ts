// `ksvc serve`: the simulated cluster as an API server on 127.0.0.1, for a real kubectl or any client library.
import { writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { DEFAULT_VERSION, LEARNER_VERSIONS, parseVersion, type K8sVersion } from '@/lib/kube/versions';
import type { ApiResponse, ApiStream, Cluster } from '@/lib/sim';
import { loadedCluster } from './cluster-load';
import { parseArgs, UsageError, type CliIo } from './io';

const SERVED: readonly K8sVersion[] = [...LEARNER_VERSIONS, '1.33'];

export const SERVE_HELP = `ksvc serve: a Kubernetes API server on 127.0.0.1 for a real kubectl or client library

  ksvc serve [-f FILE…] --port PORT --kubeconfig OUT [--live] [--k8s VERSION] [--now TIME] [--seed N]

  -f FILE           a cluster file, YAML or JSON, several documents; repeatable; - is stdin; without one: the default cluster
  --port PORT       where to listen; 0 takes a free one
  --kubeconfig OUT  the file to write for kubectl (KUBECONFIG=OUT kubectl get svc)
  --live            the clock runs in real time; without it, it jumps until the cluster is quiet after each write
  --now TIME        the start instant, RFC 3339 (default: the wall clock)
  --k8s VERSION     ${SERVED[0]} … ${SERVED.at(-1)} (default ${DEFAULT_VERSION})
  --seed N          the seed of names, addresses and uids (default 1)

Prints "ready" on its own line when it answers; SIGTERM or Ctrl-C ends it with exit code 0.
`;

const VALUED = ['-f', '--port', '--kubeconfig', '--k8s', '--now', '--seed', '--lang'];
const FLAGS = ['--live', '--help'];
/** More than the API server takes is not even read. */
const MOST_BYTES = 4 * 1024 * 1024;
const LIVE_STEP_MS = 10;

/** Serves until SIGTERM or SIGINT; resolves to the exit code. Bad input throws a UsageError. */
export async function serveCommand(args: readonly string[], io: CliIo): Promise<number> {
  const { values, flags, rest } = parseArgs(args, VALUED, FLAGS);
  if (flags.has('--help')) {
    io.out(SERVE_HELP);
    return 0;
  }
  if (rest[0] !== undefined) throw new UsageError(`unexpected argument ${rest[0]}`);
  const one = (name: string): string | undefined => values[name]?.at(-1);
  const kubeconfig = one('--kubeconfig');
  if (kubeconfig === undefined) throw new UsageError('no file for kubectl; name one with --kubeconfig');
  const cluster = loadedCluster(
    {
      files: values['-f'] ?? [],
      k8s: versionOf(one('--k8s')),
      seed: numberOf('--seed', one('--seed') ?? '1', 999_999_999),
      now: startOf(one('--now')),
    },
    io,
  );
  const live = flags.has('--live');
  return serve(cluster, { port: numberOf('--port', one('--port') ?? '0', 65_535), kubeconfig, live }, io);
}

function versionOf(text: string | undefined): K8sVersion {
  if (text === undefined) return DEFAULT_VERSION;
  const version = parseVersion(text);
  if (version && SERVED.includes(version)) return version;
  throw new UsageError(`Kubernetes ${text} is not served; use one of ${SERVED.join(', ')}`);
}

function numberOf(option: string, text: string, most: number): number {
  if (/^\d{1,9}$/.test(text) && Number(text) <= most) return Number(text);
  throw new UsageError(`${option} "${text}" is no whole number from 0 to ${most}`);
}

function startOf(text: string | undefined): string {
  if (text === undefined) return new Date().toISOString();
  const time = Date.parse(text);
  if (Number.isNaN(time))
    throw new UsageError(`--now "${text}" is no time; write it as 2026-01-05T08:00:00Z`);
  return new Date(time).toISOString();
}

interface ServeOptions {
  readonly port: number;
  readonly kubeconfig: string;
  readonly live: boolean;
}

function serve(cluster: Cluster, options: ServeOptions, io: CliIo): Promise<number> {
  const clock = options.live ? liveClock(cluster) : undefined;
  const server = createServer((request, response) => {
    answer(cluster, request, response, options.live).catch((error: unknown) => {
      io.err(`ksvc serve: ${error instanceof Error ? error.message : String(error)}\n`);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  const sockets = new Set<Socket>();
  server.keepAliveTimeout = 60_000;
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  return new Promise((resolve, reject) => {
    const end = (): void => {
      if (clock) clearInterval(clock);
      server.close();
      for (const socket of sockets) socket.destroy();
      resolve(0);
    };
    process.once('SIGTERM', end);
    process.once('SIGINT', end);
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (clock) clearInterval(clock);
      reject(new UsageError(listenFailure(error, options.port)));
    });
    server.listen(options.port, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : options.port;
      try {
        writeFileSync(options.kubeconfig, kubeconfigText(port));
      } catch (error) {
        end();
        reject(new UsageError(`${options.kubeconfig} cannot be written: ${(error as Error).message}`));
        return;
      }
      io.out('ready\n');
    });
  });
}

const listenFailure = ({ code, message }: NodeJS.ErrnoException, port: number): string =>
  code === 'EADDRINUSE'
    ? `port ${port} is taken; choose another with --port, or 0 for a free one`
    : `port ${port}: ${message}`;

/** Virtual time follows the wall clock. */
function liveClock(cluster: Cluster): NodeJS.Timeout {
  let last = performance.now();
  return setInterval(() => {
    const now = performance.now();
    const step = Math.floor(now - last);
    last += step;
    if (step > 0) cluster.advance(step);
  }, LIVE_STEP_MS);
}

async function answer(
  cluster: Cluster,
  request: IncomingMessage,
  response: ServerResponse,
  live: boolean,
): Promise<void> {
  const body = await bodyOf(request);
  const [path = '/', ...query] = (request.url ?? '/').split('?');
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
  const method = request.method ?? 'GET';
  const answered = cluster.handle({ method, path, query: query.join('?'), headers, body });
  if (!live && method !== 'GET') cluster.settle();
  send(response, answered);
}

async function bodyOf(request: IncomingMessage): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size <= MOST_BYTES) parts.push(part);
  }
  return Buffer.concat(parts);
}

function send(response: ServerResponse, { status, headers, body, stream }: ApiResponse): void {
  if (stream) return sendStream(response, status, headers, stream);
  const bytes = typeof body === 'string' ? Buffer.from(body) : Buffer.from(body ?? new Uint8Array());
  response.writeHead(status, { ...headers, 'content-length': bytes.length });
  response.end(bytes);
}

function sendStream(
  response: ServerResponse,
  status: number,
  headers: ApiResponse['headers'],
  stream: ApiStream,
): void {
  response.writeHead(status, headers);
  response.flushHeaders();
  const timer =
    stream.timeoutSeconds > 0 ? setTimeout(() => finish(), stream.timeoutSeconds * 1000) : undefined;
  const state = { done: false };
  const stop = stream.subscribe(
    (text) => void response.write(text),
    () => finish(),
  );
  function finish(): void {
    if (state.done) return;
    state.done = true;
    if (timer) clearTimeout(timer);
    queueMicrotask(() => stop());
    response.end();
  }
  response.on('close', finish);
}

const kubeconfigText = (port: number): string => `apiVersion: v1
kind: Config
clusters:
- name: kubernetes
  cluster:
    server: http://127.0.0.1:${port}
contexts:
- name: kubernetes-admin@kubernetes
  context:
    cluster: kubernetes
    user: kubernetes-admin
current-context: kubernetes-admin@kubernetes
preferences: {}
users:
- name: kubernetes-admin
  user: {}
`;
