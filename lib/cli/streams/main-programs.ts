// The programs that containers were started with, as far as this terminal's small shell can run them: what `kubectl attach` and
// `kubectl run -it` reach. Each is started when somebody first attaches; when it ends, the container does (pkg/kubelet, syncPod).
import type { Pod } from '@/lib/kube/types';
import type { Cluster } from '@/lib/sim';
import type { Disks } from '@/lib/terminal/files/disks';
import { mainWords, reportEnded, type AttachableContainer } from '@/lib/terminal/main-program';
import { PodProgram, unstartableIn } from '@/lib/terminal/pod-program';
import type { WallClock } from './wall-clock';

/** Who is attached. */
export interface Attached {
  print(stream: 'stdout' | 'stderr', text: string): void;
  /** The program has ended. */
  end(exit: number): void;
}

interface Running {
  readonly program: PodProgram;
  readonly attached: Set<Attached>;
}

export class MainPrograms {
  readonly #running = new Map<string, Running>();

  constructor(
    private readonly cluster: Cluster,
    private readonly disks: Disks,
    private readonly clock: WallClock,
  ) {}

  /** The container's program, started if it was not; undefined: it is one that only its image knows. */
  attach(namespace: string, name: string, container: string, to: Attached): Attachment | undefined {
    const pod = this.cluster.api.get<Pod>('Pod', namespace, name);
    const own = pod?.spec.containers.find((c) => c.name === container) as AttachableContainer | undefined;
    if (!pod || !own) return undefined;
    const key = `${pod.metadata.uid ?? ''}/${container}`;
    const running = this.#running.get(key) ?? this.#start(key, pod, own, to);
    if (!running) return undefined;
    running.attached.add(to);
    const { program, attached } = running;
    return {
      program,
      takesInput: own.stdin === true,
      detach: () => {
        attached.delete(to);
        if (own.stdinOnce === true && program.exit === undefined) program.endInput();
      },
    };
  }

  #start(key: string, pod: Pod, container: AttachableContainer, first: Attached): Running | undefined {
    const words = mainWords(pod, container);
    const { namespace = '', name = '' } = pod.metadata;
    const options = {
      cluster: this.cluster,
      disks: this.disks,
      console: { kind: 'pod', namespace, name, container: container.name } as const,
      words,
    };
    if (words.length === 0 || unstartableIn(options)) return undefined;
    const attached = new Set<Attached>([first]);
    const program = new PodProgram({
      ...options,
      tty: container.tty === true,
      stdin: container.stdin === true,
      print: (stream, text) => {
        for (const one of attached) one.print(stream, text);
      },
    });
    const running = { program, attached };
    this.#running.set(key, running);
    const release = this.clock.hold({
      get waitsForTime() {
        return program.waitsForTime;
      },
      wake: () => {
        program.wake();
        const gone = this.cluster.api.get<Pod>('Pod', namespace, name)?.metadata.uid !== pod.metadata.uid;
        if (gone) program.kill();
        if (program.exit === undefined) return;
        release();
        this.#running.delete(key);
        if (!gone) reportEnded(this.cluster, pod, container.name, program.exit);
        for (const one of attached) one.end(program.exit);
      },
    });
    return running;
  }
}

/** Somebody's hold on a program. */
export interface Attachment {
  readonly program: PodProgram;
  readonly takesInput: boolean;
  detach(): void;
}
