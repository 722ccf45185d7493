// port-forward as a container runtime does it (containerd internal/cri/server/sandbox_portforward_linux.go): a connection to localhost in
// the Pod's network namespace, bytes both ways. Who listens there is simulated and speaks HTTP.
import type { Pod } from '@/lib/kube/types';
import type { Cluster } from '@/lib/sim';
import { statusText } from '@/lib/terminal/commands/net/curl-write-out';
import { dial } from '@/lib/terminal/net/caller';
import { forwardRefusal } from '@/lib/terminal/pod-words';
import { httpPeer, type HttpPeer } from '@/lib/terminal/net/http-server';
import { BAD_REQUEST, RequestReader, responseBytes } from './http-bytes';

export interface ForwardTarget {
  readonly cluster: Cluster;
  readonly namespace: string;
  readonly pod: string;
  readonly port: number;
}

/** The client's end of one connection. */
export interface Forwarded {
  write(bytes: Uint8Array): void;
  /** The error channel, and the end. */
  fail(message: string): void;
  /** The server in the Pod has closed. */
  end(): void;
}

export interface PodConnection {
  data(bytes: Uint8Array): void;
  /** The client writes nothing more. */
  end(): void;
}

/** Connects; a refusal goes to the error channel. */
export function connected(target: ForwardTarget, to: Forwarded): PodConnection {
  const { cluster, namespace, pod: name, port } = target;
  const pod = cluster.api.get<Pod>('Pod', namespace, name);
  const trace = dial({ cluster, console: { kind: 'pod', namespace, name } }, '127.0.0.1', port, 'tcp');
  if (!pod || pod.status?.phase !== 'Running' || trace?.verdict !== 'delivered') {
    to.fail(forwardRefusal(pod?.metadata.uid ?? name, port, pod !== undefined));
    return { data: () => undefined, end: () => undefined };
  }
  return new HttpConnection(httpPeer(trace, cluster), to);
}

class HttpConnection implements PodConnection {
  readonly #reader = new RequestReader();
  #over = false;

  constructor(
    private readonly peer: HttpPeer,
    private readonly to: Forwarded,
  ) {}

  data(bytes: Uint8Array): void {
    if (this.#over) return;
    const requests = this.#reader.push(bytes);
    if (requests === 'bad') {
      this.to.write(BAD_REQUEST);
      return this.end();
    }
    for (const request of requests) {
      const answer = this.peer.answer(request);
      if (answer === 'silent') return this.end();
      this.to.write(responseBytes(answer, statusText(answer.status), request.method === 'HEAD'));
      if (request.last) return this.end();
    }
  }

  end(): void {
    if (this.#over) return;
    this.#over = true;
    this.to.end();
  }
}
