// Connections that change their protocol: exec, attach and port-forward, over WebSockets (kubectl ≥ 1.30 and client libraries) or
// SPDY/3.1 (kubectl ≤ 1.29; port-forward ≤ 1.30, and inside a WebSocket from 1.31 on).
import { ServerResponse, STATUS_CODES, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import type { ApiResponse, PodStreams } from '@/lib/kube/api/rest/types';
import type { Cluster } from '@/lib/sim';
import {
  CHANNEL_PROTOCOLS,
  commandOverChannels,
  FORWARD_CHANNEL_PROTOCOLS,
  forwardOverChannels,
  type Guarded,
} from './channels';
import type { RemoteCommands } from './remote-command';
import type { SpdySession } from './spdy-session';
import {
  commandOverSpdy,
  forwardOverSpdy,
  portOf,
  SPDY_COMMAND_PROTOCOLS,
  SPDY_FORWARD_PROTOCOLS,
} from './spdy-streams';

const TUNNEL = 'SPDY/3.1+portforward.k8s.io';
const MOST_BYTES = 4 * 1024 * 1024;
const PROTOCOL_HEADER = 'x-stream-protocol-version';

interface Around {
  readonly cluster: Cluster;
  readonly commands: RemoteCommands;
  /** What the API server says to the request. */
  readonly answer: (request: IncomingMessage) => ApiResponse;
  /** Answers a request whose wish for another protocol means nothing here. */
  readonly ordinary: (request: IncomingMessage, response: ServerResponse) => void;
  /** An error of our own: the connection ends, the server goes on. */
  readonly fault: (error: unknown) => void;
}

/** The listener for a server's `upgrade` events. */
export function upgrades(around: Around): (request: IncomingMessage, socket: Socket, head: Buffer) => void {
  const webSockets = webSocketServers();
  return (request, socket, head) => {
    // A client that is gone is no fault.
    socket.on('error', () => socket.destroy());
    const protocol = (request.headers.upgrade ?? '').toLowerCase();
    if (!/\/pods\/[^/]+\/(?:exec|attach|portforward)$/.test((request.url ?? '').split('?')[0] ?? '')) {
      const response = new ServerResponse(request);
      response.assignSocket(socket);
      response.shouldKeepAlive = false;
      response.on('finish', () => socket.end());
      around.ordinary(request, response);
      return;
    }
    const answered = around.answer(request);
    const asked = answered.podStreams;
    if (!asked) refuse(socket, answered);
    else if (protocol === 'websocket') overWebSocket(request, socket, head, asked);
    else if (protocol === 'spdy/3.1') overSpdy(request, socket, head, asked, around);
    else
      refuse(
        socket,
        badRequest(
          `unable to upgrade: this server speaks websocket and SPDY/3.1, the client asks for ${JSON.stringify(request.headers.upgrade)}`,
        ),
      );
  };

  function overWebSocket(request: IncomingMessage, socket: Socket, head: Buffer, asked: PodStreams): void {
    const server = asked.kind === 'portforward' ? webSockets.forward : webSockets.command;
    const ports = portsOf(request);
    const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((p) => p.trim());
    const known = asked.kind === 'portforward' ? [TUNNEL, ...FORWARD_CHANNEL_PROTOCOLS] : CHANNEL_PROTOCOLS;
    if (!offered.some((p) => known.includes(p))) return refuse(socket, noProtocol(offered, known));
    if (asked.kind === 'portforward' && !offered.includes(TUNNEL) && !ports)
      return refuse(socket, badRequest('query parameter "port" is required'));
    server.handleUpgrade(request, socket, head, (webSocket) => {
      webSocket.on('error', () => webSocket.terminate());
      const guarded = guard(around.fault, () => webSocket.terminate());
      guarded(() => {
        if (asked.kind !== 'portforward') commandOverChannels(webSocket, asked, around.commands, guarded);
        else if (webSocket.protocol === TUNNEL) tunnel(webSocket, asked, around.cluster, guarded);
        else forwardOverChannels(webSocket, asked, around.cluster, ports ?? [], guarded);
      });
    });
  }
}

/** Runs something for a connection; an error of our own ends that connection alone. */
const guard =
  (fault: Around['fault'], end: () => void): Guarded =>
  (run) => {
    try {
      run();
    } catch (error) {
      fault(error);
      end();
    }
  };

/** SPDY frames in the messages of a WebSocket. */
function tunnel(webSocket: WebSocket, asked: PodStreams, cluster: Cluster, guarded: Guarded): void {
  const wire = {
    send: (bytes: Uint8Array) => webSocket.send(bytes, { binary: true }),
    close: () => webSocket.close(1000),
  };
  const session = forwardOverSpdy(wire, asked, cluster);
  webSocket.on('message', (data) => guarded(() => session.receive(data)));
  webSocket.on('close', () => session.ended());
}

function overSpdy(
  request: IncomingMessage,
  socket: Socket,
  head: Buffer,
  asked: PodStreams,
  { cluster, commands, fault }: Around,
): void {
  if (asked.refusal !== undefined) return refuse(socket, plain(500, asked.refusal));
  const known = asked.kind === 'portforward' ? SPDY_FORWARD_PROTOCOLS : SPDY_COMMAND_PROTOCOLS;
  const offered = [request.headers[PROTOCOL_HEADER] ?? []].flat().flatMap((p) => p.split(/,\s*/));
  const chosen = known.find((p) => offered.includes(p));
  if (chosen === undefined) return refuse(socket, noProtocol(offered, known));
  socket.setNoDelay(true);
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\nX-Stream-Protocol-Version: ${chosen}\r\n\r\n`,
  );
  const wire = { send: (bytes: Uint8Array) => void socket.write(bytes), close: () => void socket.end() };
  const session: SpdySession =
    asked.kind === 'portforward'
      ? forwardOverSpdy(wire, asked, cluster)
      : commandOverSpdy(wire, asked, commands);
  const guarded = guard(fault, () => socket.destroy());
  socket.on('data', (bytes: Buffer) => guarded(() => session.receive(bytes)));
  socket.on('close', () => session.ended());
  if (head.length > 0) guarded(() => session.receive(head));
}

function webSocketServers(): { readonly command: WebSocketServer; readonly forward: WebSocketServer } {
  const server = (known: readonly string[]): WebSocketServer =>
    new WebSocketServer({
      noServer: true,
      maxPayload: MOST_BYTES,
      handleProtocols: (offered) => known.find((p) => offered.has(p)) ?? false,
    }).on('wsClientError', (error, socket) =>
      refuse(socket as Socket, badRequest(`unable to upgrade: ${error.message}`)),
    );
  return { command: server(CHANNEL_PROTOCOLS), forward: server([TUNNEL, ...FORWARD_CHANNEL_PROTOCOLS]) };
}

/** The ports of a port-forward over channels; undefined: none, or no numbers. */
function portsOf(request: IncomingMessage): readonly number[] | undefined {
  const query = new URLSearchParams((request.url ?? '').split('?')[1] ?? '');
  const texts = query.getAll('ports').flatMap((text) => text.split(','));
  const ports = texts.flatMap((text) => portOf(text) ?? []);
  return texts.length > 0 && ports.length === texts.length ? ports : undefined;
}

function badRequest(message: string): ApiResponse {
  const status = {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    reason: 'BadRequest',
    code: 400,
  };
  return {
    status: 400,
    headers: { 'content-type': 'application/json' },
    body: `${JSON.stringify(status)}\n`,
  };
}

/** k8s.io/apimachinery pkg/util/httpstream Handshake. */
const noProtocol = (offered: readonly string[], known: readonly string[]): ApiResponse =>
  plain(
    403,
    `unable to upgrade: unable to negotiate protocol: client supports [${offered.filter(Boolean).join(' ')}], server accepts [${known.join(' ')}]`,
  );

const plain = (status: number, body: string): ApiResponse => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: `${body}\n`,
});

/** An answer on a socket that is taken out of the server's hands already. */
function refuse(socket: Socket, { status, headers, body = '' }: ApiResponse): void {
  const bytes = Buffer.from(body);
  const lines = Object.entries({ ...headers, 'content-length': String(bytes.length), connection: 'close' });
  socket.write(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.map(([n, v]) => `${n}: ${v}\r\n`).join('')}\r\n`,
  );
  socket.end(bytes);
}
