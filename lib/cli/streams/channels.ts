// Streams to Pods in the messages of a WebSocket: each begins with the number of its channel (KEP-4006; k8s.io/apimachinery
// pkg/util/remotecommand, k8s.io/kubelet pkg/cri/streaming/{remotecommand,portforward}/websocket.go).
import type { WebSocket } from 'ws';
import type { PodStreams } from '@/lib/kube/api/rest/types';
import type { Cluster } from '@/lib/sim';
import { connected, type PodConnection } from './port-forward';
import { failedStatus, type RemoteCommands } from './remote-command';

export const CHANNEL_PROTOCOLS = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];
/** A server of port-forward's channels knows no closing of one of them. */
export const FORWARD_CHANNEL_PROTOCOLS = ['v4.channel.k8s.io'];

const CHANNEL = { stdin: 0, stdout: 1, stderr: 2, error: 3, resize: 4, close: 255 } as const;
const PIECE = 32 * 1024;
const MOST_WAITING_BYTES = 64 * 1024 * 1024;

/** Sends bytes on a channel in pieces; a reader that does not read is cut off. */
function send(socket: WebSocket, channel: number, bytes: Uint8Array): void {
  if (socket.bufferedAmount > MOST_WAITING_BYTES) return socket.terminate();
  for (let at = 0; at < bytes.length; at += PIECE)
    socket.send(Buffer.concat([Buffer.from([channel]), bytes.subarray(at, at + PIECE)]));
}

/** Runs what a message asks for; an error of our own ends the connection. */
export type Guarded = (run: () => void) => void;

/** exec and attach. */
export function commandOverChannels(
  socket: WebSocket,
  asked: PodStreams,
  commands: RemoteCommands,
  guarded: Guarded,
): void {
  const finish = (status: object): void => {
    send(socket, CHANNEL.error, Buffer.from(JSON.stringify(status)));
    socket.close(1000);
  };
  if (asked.refusal !== undefined)
    return finish(failedStatus(`unable to upgrade connection: ${asked.refusal}`));
  const command = commands.start(
    asked,
    {
      stdout: (bytes) => send(socket, CHANNEL.stdout, bytes),
      stderr: (bytes) => send(socket, CHANNEL.stderr, bytes),
      finish,
    },
    true,
  );
  socket.on('message', (data) =>
    guarded(() => {
      if (data[0] === CHANNEL.stdin) command.stdin(data.subarray(1));
      else if (data[0] === CHANNEL.close && data[1] === CHANNEL.stdin) command.endStdin();
    }),
  );
  socket.on('close', () => command.close());
}

/** port-forward: two channels for each port, data and errors; each begins with the port's number. */
export function forwardOverChannels(
  socket: WebSocket,
  asked: PodStreams,
  cluster: Cluster,
  ports: readonly number[],
  guarded: Guarded,
): void {
  const connections = ports.map((port, i): PodConnection => {
    const number = Buffer.alloc(2);
    number.writeUInt16LE(port);
    send(socket, 2 * i, number);
    send(socket, 2 * i + 1, number);
    return connected(
      { cluster, namespace: asked.namespace, pod: asked.pod, port },
      {
        write: (bytes) => send(socket, 2 * i, bytes),
        fail: (message) => {
          send(socket, 2 * i + 1, Buffer.from(message));
          socket.close(1000);
        },
        end: () => socket.close(1000),
      },
    );
  });
  socket.on('message', (data) =>
    guarded(() => {
      const channel = data[0] ?? 0;
      if (channel % 2 === 0) connections[channel / 2]?.data(data.subarray(1));
    }),
  );
}
