// Streams to Pods as streams of a SPDY connection, told apart by their headers (k8s.io/kubelet pkg/cri/streaming/remotecommand/httpstream.go
// and portforward/httpstream.go).
import type { PodStreams } from '@/lib/kube/api/rest/types';
import type { Cluster } from '@/lib/sim';
import { connected, type ForwardTarget } from './port-forward';
import type { RemoteCommand, RemoteCommands } from './remote-command';
import { SpdySession, type SpdyStream, type Wire } from './spdy-session';

export const SPDY_COMMAND_PROTOCOLS = ['v4.channel.k8s.io'];
export const SPDY_FORWARD_PROTOCOLS = ['portforward.k8s.io'];

/** exec and attach: the program starts when all its streams are there. */
export function commandOverSpdy(wire: Wire, asked: PodStreams, commands: RemoteCommands): SpdySession {
  const wanted = ['error', ...(['stdin', 'stdout', 'stderr'] as const).filter((name) => asked[name])];
  if (asked.tty) wanted.push('resize');
  const streams = new Map<string, SpdyStream>();
  let command: RemoteCommand | undefined;
  const session = new SpdySession(wire, {
    refusal: ({ headers }) => {
      const type = headers.get('streamtype') ?? '';
      return wanted.includes(type) && !streams.has(type) ? undefined : `unexpected stream "${type}"`;
    },
    opened: (stream) => {
      streams.set(stream.headers.get('streamtype') ?? '', stream);
      if (streams.size === wanted.length) command = started();
    },
    ended: () => command?.close(),
  });
  const started = (): RemoteCommand => {
    const own = commands.start(
      asked,
      {
        stdout: (bytes) => streams.get('stdout')?.write(bytes),
        stderr: (bytes) => streams.get('stderr')?.write(bytes),
        finish: (status) => {
          streams.get('error')?.write(Buffer.from(JSON.stringify(status)));
          for (const stream of streams.values()) stream.end();
          session.close();
        },
      },
      false,
    );
    const stdin = streams.get('stdin');
    if (stdin) {
      stdin.onData = (bytes) => own.stdin(bytes);
      stdin.onEnd = () => own.endStdin();
    }
    return own;
  };
  return session;
}

interface Pair {
  readonly data?: SpdyStream;
  readonly error?: SpdyStream;
}

/** port-forward: a pair of streams for each connection, data and error. */
export function forwardOverSpdy(wire: Wire, asked: PodStreams, cluster: Cluster): SpdySession {
  const pairs = new Map<string, Pair>();
  return new SpdySession(wire, {
    refusal: ({ headers }) => {
      const type = headers.get('streamtype') ?? '';
      if (type !== 'data' && type !== 'error') return `invalid stream type "${type}"`;
      const port = headers.get('port') ?? '';
      return portOf(port) === undefined ? `unable to parse "${port}" as a port` : undefined;
    },
    opened: (stream) => {
      const { headers, id } = stream;
      const isError = headers.get('streamtype') === 'error';
      // Clients of long ago send no number: the error stream comes first.
      const request = headers.get('requestid') ?? String(isError ? id : id - 2);
      const pair = { ...pairs.get(request), ...(isError ? { error: stream } : { data: stream }) };
      pairs.set(request, pair);
      const { data, error } = pair;
      if (!data || !error) return;
      pairs.delete(request);
      forward(data, error, { cluster, namespace: asked.namespace, pod: asked.pod });
    },
    ended: () => pairs.clear(),
  });
}

function forward(data: SpdyStream, error: SpdyStream, target: Omit<ForwardTarget, 'port'>): void {
  const port = portOf(data.headers.get('port') ?? '') ?? 0;
  const end = (): void => {
    data.end();
    error.end();
  };
  const connection = connected(
    { ...target, port },
    {
      write: (bytes) => data.write(bytes),
      fail: (message) => {
        error.write(Buffer.from(message));
        end();
      },
      end,
    },
  );
  data.onData = (bytes) => connection.data(bytes);
  data.onEnd = () => connection.end();
}

/** A port number from 1 to 65535. */
export const portOf = (text: string): number | undefined =>
  /^\d{1,5}$/.test(text) && Number(text) > 0 && Number(text) < 65_536 ? Number(text) : undefined;
