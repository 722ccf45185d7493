// exec and attach as the kubelet's streaming server does them (k8s.io/kubelet pkg/cri/streaming/remotecommand): a program in a
// container, its standard streams on channels, its end as a Status on the error channel. Knows no protocol.
import type { PodStreams } from '@/lib/kube/api/rest/types';
import type { Pod } from '@/lib/kube/types';
import type { Cluster } from '@/lib/sim';
import type { Disks } from '@/lib/terminal/files/disks';
import { PodProgram, unstartableIn } from '@/lib/terminal/pod-program';
import { notStartedText } from '@/lib/terminal/pod-words';
import { ByteDecoder, bytesOf } from '@/lib/terminal/text/bytes';
import { MainPrograms } from './main-programs';
import type { WallClock } from './wall-clock';

/** The client's end of the streams. */
export interface Channels {
  stdout(bytes: Uint8Array): void;
  stderr(bytes: Uint8Array): void;
  /** The last word: a meta/v1 Status. Both ends close after it. */
  finish(status: object): void;
}

/** What a client may do meanwhile. */
export interface RemoteCommand {
  stdin(bytes: Uint8Array): void;
  endStdin(): void;
  /** The client has gone. */
  close(): void;
}

const SUCCESS = { metadata: {}, status: 'Success' };

export const failedStatus = (message: string): object => ({
  metadata: {},
  status: 'Failure',
  message: `Internal error occurred: ${message}`,
  reason: 'InternalError',
  details: { causes: [{ message }] },
  code: 500,
});

/** The exit code of a program, as kubectl looks for it. */
const exitStatus = (exit: number, words: readonly string[]): object =>
  exit === 0
    ? SUCCESS
    : {
        metadata: {},
        status: 'Failure',
        message: `command terminated with non-zero exit code: error executing command [${words.join(' ')}], exit code ${exit}`,
        reason: 'NonZeroExitCode',
        details: { causes: [{ reason: 'ExitCode', message: String(exit) }] },
      };

/** All programs in the Pods of a served cluster. */
export class RemoteCommands {
  readonly #main: MainPrograms;

  constructor(
    private readonly cluster: Cluster,
    private readonly disks: Disks,
    private readonly clock: WallClock,
  ) {
    this.#main = new MainPrograms(cluster, disks, clock);
  }

  /** Starts what was asked for. `overWebSocket`: the API server stands between, and wraps failures once more. */
  start(asked: PodStreams, channels: Channels, overWebSocket: boolean): RemoteCommand {
    const sending: Channels = {
      stdout: (bytes) => asked.stdout && channels.stdout(bytes),
      stderr: (bytes) => asked.stderr && channels.stderr(bytes),
      finish: (status) => channels.finish(status),
    };
    return asked.kind === 'exec' ? this.#exec(asked, sending, overWebSocket) : this.#attach(asked, sending);
  }

  #exec(asked: PodStreams, channels: Channels, overWebSocket: boolean): RemoteCommand {
    const { namespace, pod: name, container, command: words, tty, stdin } = asked;
    const pod = this.cluster.api.get<Pod>('Pod', namespace, name);
    const options = {
      cluster: this.cluster,
      disks: this.disks,
      console: { kind: 'pod', namespace, name, container } as const,
      words,
    };
    const reason = unstartableIn(options);
    if (reason) {
      const seed = `${pod?.metadata.uid ?? name} ${this.cluster.now}`;
      const text = notStartedText(words[0] ?? '', reason, seed);
      queueMicrotask(() =>
        channels.finish(failedStatus(overWebSocket ? `Internal error occurred: ${text}` : text)),
      );
      return NOTHING;
    }
    const program = new PodProgram({
      ...options,
      tty,
      stdin,
      print: (stream, text) => channels[stream](bytesOf(text)),
    });
    let over = false;
    const finish = (): void => {
      if (over || program.exit === undefined) return;
      over = true;
      release();
      channels.finish(exitStatus(program.exit, words));
    };
    const release = this.clock.hold({
      get waitsForTime() {
        return program.waitsForTime;
      },
      wake: () => {
        program.wake();
        const now = this.cluster.api.get<Pod>('Pod', namespace, name);
        if (now?.metadata.uid !== pod?.metadata.uid) program.kill();
        finish();
      },
    });
    // What is done at once is told as soon as the client's streams are there.
    queueMicrotask(finish);
    return {
      ...keyboard(program, finish),
      close: () => {
        over = true;
        release();
        program.kill();
      },
    };
  }

  #attach(asked: PodStreams, channels: Channels): RemoteCommand {
    const { namespace, pod: name, container } = asked;
    const attachment = this.#main.attach(namespace, name, container, {
      print: (stream, text) => channels[stream](bytesOf(text)),
      end: () => channels.finish(SUCCESS),
    });
    if (attachment) {
      const { program, takesInput, detach } = attachment;
      const keys = keyboard(program, () => undefined);
      return { ...(takesInput && asked.stdin ? keys : NOTHING), close: detach };
    }
    // A process of its image: it prints nothing more, and ends with its Pod.
    const uid = this.cluster.api.get<Pod>('Pod', namespace, name)?.metadata.uid;
    const runs = (): boolean => {
      const pod = this.cluster.api.get<Pod>('Pod', namespace, name);
      return pod?.metadata.uid === uid && pod?.status?.phase === 'Running';
    };
    const release = this.clock.hold({
      waitsForTime: false,
      wake: () => {
        if (runs()) return;
        release();
        channels.finish(SUCCESS);
      },
    });
    return { ...NOTHING, close: release };
  }
}

const NOTHING: RemoteCommand = { stdin: () => undefined, endStdin: () => undefined, close: () => undefined };

function keyboard(program: PodProgram, after: () => void): Omit<RemoteCommand, 'close'> {
  const decoder = new ByteDecoder();
  return {
    stdin: (bytes) => {
      program.input(decoder.push(bytes));
      after();
    },
    endStdin: () => {
      program.input(decoder.end());
      program.endInput();
      after();
    },
  };
}
