// The REST facade as plain data: what a client of the API server sends and what it gets. No fetch, no streams of a platform, no
// timers: `ksvc serve` maps it to HTTP, the terminal's kubectl calls it directly.

import type { Result } from '@/lib/core/result';

export interface ApiRequest {
  /** GET, POST, PUT, PATCH, DELETE … */
  readonly method: string;
  /** The path without the query, as sent: percent-encoded. */
  readonly path: string;
  /** The query as sent, without "?". */
  readonly query?: string;
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

export interface ApiResponse {
  readonly status: number;
  /** Names in lower case. Several warnings are one `warning` header, separated by ", ". */
  readonly headers: Readonly<Record<string, string>>;
  /** The whole body; undefined if `stream` is there. */
  readonly body?: string | Uint8Array;
  readonly stream?: ApiStream;
  /** Status 101: the connection becomes streams to a Pod. Who holds the connection speaks the protocol. */
  readonly podStreams?: PodStreams;
}

/** What exec, attach and port-forward ask of a kubelet: k8s.io/api core/v1 PodExecOptions, PodAttachOptions, PodPortForwardOptions. */
export interface PodStreams {
  readonly kind: 'exec' | 'attach' | 'portforward';
  readonly namespace: string;
  readonly pod: string;
  /** Empty for port-forward. */
  readonly container: string;
  /** Words of a program; only for exec. */
  readonly command: readonly string[];
  readonly stdin: boolean;
  readonly stdout: boolean;
  readonly stderr: boolean;
  readonly tty: boolean;
  /** The kubelet's refusal, in its words: the container does not run. */
  readonly refusal?: string;
}

/**
 * A body that comes piece by piece: a watch, or a log that is followed. What is there already comes during `subscribe`, the rest
 * while the cluster's writes happen; nothing depends on a clock. Only one subscription is of use.
 */
export interface ApiStream {
  /** Seconds after which the server ends the stream by itself (timeoutSeconds; 0 = no limit): the holder of the clock does it. */
  readonly timeoutSeconds: number;
  /** Each text is one or more whole lines. Calls `onEnd` when the server ends the stream. The result ends it from the outside. */
  subscribe(onText: (text: string) => void, onEnd: () => void): () => void;
}

/** The object of a protobuf body as JSON would have it, or what is wrong with it (protobuf/decode.ts). */
export type ProtobufReader = (body: Uint8Array) => Result<unknown, string>;

/** The texts of the warnings of a response. */
export function warningsOf({ headers }: Pick<ApiResponse, 'headers'>): readonly string[] {
  const header = headers['warning'] ?? '';
  const quoted = header.matchAll(/\d{3} \S+ "((?:[^"\\]|\\.)*)"/g);
  return [...quoted].map(([, text = '']) => text.replaceAll(/\\(.)/g, '$1'));
}
