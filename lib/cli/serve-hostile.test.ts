// What no client should send: each gets an answer or a closed connection, and the server goes on for the others.
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decodeProtobuf } from '@/lib/kube/api/rest/protobuf/decode';
import { Cluster } from '@/lib/sim';
import { served, type Served } from './serve-http';

let server: Served;
const faults: string[] = [];
const open: Socket[] = [];

beforeAll(async () => {
  const cluster = Cluster.create({
    k8s: '1.32',
    seed: 1,
    now: '2026-01-05T08:00:00Z',
    protobuf: decodeProtobuf,
  });
  cluster.apply({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'client' },
    spec: { containers: [{ name: 'main', image: 'netshoot' }] },
  } as never);
  cluster.settle();
  server = await served(cluster, { port: 0, live: false }, { err: (text) => void faults.push(text) });
});
afterAll(() => {
  for (const socket of open) socket.destroy();
  server.close();
});

/** Sends bytes as they are; all that comes back until the server closes. */
function raw(...parts: readonly (string | Uint8Array)[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(server.port, '127.0.0.1');
    let text = '';
    socket.on('data', (part: Buffer) => (text += part.toString('latin1')));
    socket.on('error', reject);
    socket.on('close', () => resolve(text));
    for (const part of parts) socket.write(part);
  });
}

const lives = async (): Promise<void> => {
  const answer = await fetch(`http://127.0.0.1:${server.port}/healthz`);
  expect(await answer.text()).toBe('ok');
  expect(faults).toEqual([]);
};

const EXEC = '/api/v1/namespaces/default/pods/client/exec?command=cat&stdin=true&stdout=true';
const head = (method: string, path: string, headers: Readonly<Record<string, string>>): string =>
  `${method} ${path} HTTP/1.1\r\nHost: x\r\n${Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')}\r\n`;
const WEBSOCKET = {
  Connection: 'Upgrade',
  Upgrade: 'websocket',
  'Sec-WebSocket-Version': '13',
  'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==',
};

test.each([
  ['no upgrade at all', head('GET', EXEC, { Connection: 'close' }), 400, 'Upgrade request required'],
  [
    'an unknown protocol',
    head('GET', EXEC, { Connection: 'Upgrade', Upgrade: 'h2c' }),
    400,
    'this server speaks websocket and SPDY/3.1',
  ],
  [
    'a WebSocket key that is none',
    head('GET', EXEC, {
      ...WEBSOCKET,
      'Sec-WebSocket-Key': 'x',
      'Sec-WebSocket-Protocol': 'v4.channel.k8s.io',
    }),
    400,
    'Sec-WebSocket-Key',
  ],
  [
    'another subprotocol',
    head('GET', EXEC, { ...WEBSOCKET, 'Sec-WebSocket-Protocol': 'chat' }),
    403,
    'client supports [chat], server accepts [v5.channel.k8s.io v4.channel.k8s.io]',
  ],
  ['no subprotocol', head('GET', EXEC, WEBSOCKET), 403, 'unable to negotiate protocol'],
  [
    'SPDY without a stream protocol',
    head('POST', EXEC, { Connection: 'Upgrade', Upgrade: 'SPDY/3.1' }),
    403,
    'unable to negotiate protocol',
  ],
  [
    'a Pod that is not there',
    head('GET', EXEC.replace('client', 'nobody'), {
      ...WEBSOCKET,
      'Sec-WebSocket-Protocol': 'v4.channel.k8s.io',
    }),
    404,
    'pods \\"nobody\\" not found',
  ],
  [
    'a method that opens no streams',
    head('DELETE', EXEC, { ...WEBSOCKET, 'Sec-WebSocket-Protocol': 'v4.channel.k8s.io' }),
    405,
    'does not allow this method',
  ],
  [
    'a port that is none',
    head('GET', '/api/v1/namespaces/default/pods/client/portforward?ports=99999', {
      ...WEBSOCKET,
      'Sec-WebSocket-Protocol': 'v4.channel.k8s.io',
    }),
    400,
    'query parameter',
  ],
])('%s is refused with words', async (_, text, status, words) => {
  const answer = await raw(text);
  expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  expect(answer).toContain(words);
  await lives();
});

test('a wish for another protocol elsewhere is passed over', async () => {
  const answer = await raw(head('GET', '/healthz', { Connection: 'Upgrade', Upgrade: 'h2c' }));
  expect(answer).toMatch(/^HTTP\/1\.1 200 OK[^]*ok$/);
});

test.each([
  ['a body that is no JSON', 'application/json', '{', 400],
  ['JSON of another shape', 'application/json', '[]', 400],
  ['protobuf that is none', 'application/vnd.kubernetes.protobuf', 'xyz', 400],
  ['a body that is too long', 'application/json', 'x'.repeat(5_000_000), 413],
  ['JSON that is nested too deeply', 'application/json', '['.repeat(200_000), 400],
])('%s gets a Status', async (_, contentType, body, code) => {
  const answer = await fetch(`http://127.0.0.1:${server.port}/api/v1/namespaces/default/services`, {
    method: 'POST',
    headers: { 'content-type': contentType },
    body,
  });
  expect(await answer.json()).toMatchObject({ kind: 'Status', status: 'Failure', code });
  expect(answer.status).toBe(code);
  await lives();
});

const SWITCH = head('POST', EXEC, {
  Connection: 'Upgrade',
  Upgrade: 'SPDY/3.1',
  'X-Stream-Protocol-Version': 'v4.channel.k8s.io',
});
const CHANNELS = head('GET', EXEC, { ...WEBSOCKET, 'Sec-WebSocket-Protocol': 'v5.channel.k8s.io' });

test.each([
  ['no HTTP', 'nonsense\r\n\r\n'],
  ['SPDY of another version', SWITCH, Buffer.from([0x80, 2, 0, 1, 0, 0, 0, 0])],
  ['SPDY frames without end', SWITCH, Buffer.from([0x80, 3, 0, 1, 0, 0xff, 0xff, 0xff])],
  [
    'SPDY headers that are no zlib',
    SWITCH,
    Buffer.concat([Buffer.from([0x80, 3, 0, 1, 0, 0, 0, 20]), Buffer.alloc(20, 1)]),
  ],
  ['a WebSocket frame without a mask', CHANNELS, Buffer.from([0x82, 1, 0])],
  [
    'a WebSocket frame of a huge size',
    CHANNELS,
    Buffer.from([0x82, 0xff, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
  ],
])('%s closes the connection, and no other', async (_, ...parts) => {
  await raw(...parts);
  await lives();
});

test('connections that are half open keep nobody waiting', async () => {
  for (const text of [
    '',
    'POST /api/v1/namespaces',
    `${head('POST', '/api/v1/namespaces', { 'Content-Length': '100' })}{`,
    SWITCH,
    CHANNELS,
  ])
    for (let i = 0; i < 20; i++) {
      const socket = connect(server.port, '127.0.0.1');
      socket.on('error', () => undefined);
      socket.write(text);
      open.push(socket);
    }
  await lives();
});
