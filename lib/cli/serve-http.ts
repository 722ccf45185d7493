// A cluster behind HTTP on 127.0.0.1: requests in, responses and streams out, many clients at once.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { ApiRequest, ApiResponse, ApiStream, Cluster } from '@/lib/sim';
import { Disks } from '@/lib/terminal/files/disks';
import { UsageError, type CliIo } from './io';
import { RemoteCommands } from './streams/remote-command';
import { upgrades } from './streams/upgrade';
import { WallClock } from './streams/wall-clock';

/** More than the API server takes is not even read. */
const MOST_BYTES = 4 * 1024 * 1024;
/** Room for the jump that follows a write: a cluster so far behind the wall clock has mostly come to rest before it. */
const JUMP_ROOM_MS = 2000;
/** A reader that does not read is cut off when so much waits for it. */
const MOST_WAITING_BYTES = 64 * 1024 * 1024;

export interface ServeOptions {
  /** 0: a free one. */
  readonly port: number;
  /** Virtual time follows the wall clock; else it jumps until the cluster is quiet after each write. */
  readonly live: boolean;
  /**
   * Without `live`: the wall clock, ms since the Unix epoch. Between requests the cluster's clock follows it, so that the ages that
   * a client reckons by its own clock are right.
   */
  readonly wallClock?: () => number;
}

export interface Served {
  readonly port: number;
  /** Ends the server and all its connections. */
  close(): void;
}

/** Serves a cluster; resolves when it answers. A port that is taken is a UsageError. */
export function served(cluster: Cluster, options: ServeOptions, io: Pick<CliIo, 'err'>): Promise<Served> {
  const fault = (error: unknown): void =>
    io.err(`ksvc serve: ${error instanceof Error ? error.message : String(error)}\n`);
  const clock = new WallClock(cluster, options.live, fault);
  const ordinary = (request: IncomingMessage, response: ServerResponse): void => {
    answer(cluster, request, response, options).catch((error: unknown) => {
      fault(error);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  };
  const server = createServer(ordinary);
  const commands = new RemoteCommands(cluster, new Disks(), clock);
  const answered = (request: IncomingMessage): ApiResponse => cluster.handle(requestOf(request));
  server.on('upgrade', upgrades({ cluster, commands, answer: answered, ordinary, fault }));
  const sockets = new Set<Socket>();
  server.keepAliveTimeout = 60_000;
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(new UsageError(listenFailure(error, options.port))));
    server.listen(options.port, '127.0.0.1', () => {
      const address = server.address();
      resolve({
        port: typeof address === 'object' && address ? address.port : options.port,
        close: () => {
          clock.close();
          server.close();
          for (const socket of sockets) socket.destroy();
        },
      });
    });
  });
}

const listenFailure = ({ code, message }: NodeJS.ErrnoException, port: number): string =>
  code === 'EADDRINUSE'
    ? `port ${port} is taken; choose another with --port, or 0 for a free one`
    : `port ${port}: ${message}`;

async function answer(
  cluster: Cluster,
  request: IncomingMessage,
  response: ServerResponse,
  { live, wallClock }: ServeOptions,
): Promise<void> {
  const body = await bodyOf(request);
  if (!live && wallClock) cluster.advance(Math.max(0, wallClock() - JUMP_ROOM_MS - cluster.now));
  const asked = requestOf(request);
  const answered = cluster.handle({ ...asked, body });
  if (!live && asked.method !== 'GET') cluster.settle();
  send(response, answered);
}

/** A request without its body. */
function requestOf(request: IncomingMessage): ApiRequest {
  const [path = '/', ...query] = (request.url ?? '/').split('?');
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
  return { method: request.method ?? 'GET', path, query: query.join('?'), headers };
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
    (text) => {
      response.write(text);
      if (response.writableLength > MOST_WAITING_BYTES) response.destroy();
    },
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
