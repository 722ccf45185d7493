// The programs that containers were started with, as far as this terminal's small shell can run them: what `kubectl attach` and
// `kubectl run -it` reach. Each is started when somebody first attaches; when it ends, the container does (pkg/kubelet, syncPod).
import { endOf } from '@/lib/kube/kubelet/command';
import { behaviourOf, imageName } from '@/lib/kube/kubelet/images';
import type { Container, Pod } from '@/lib/kube/types';
import type { Cluster, ApiResponse } from '@/lib/sim';
import type { Disks } from '@/lib/terminal/files/disks';
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

/** Images whose own command is a shell. */
const SHELL_IMAGES = new Set(['busybox', 'alpine', 'debian', 'ubuntu', 'bash', 'netshoot', 'client']);

interface ContainerStatus {
  readonly name: string;
  readonly restartCount?: number;
  readonly ready?: boolean;
  readonly state?: { readonly running?: { readonly startedAt?: string } };
}

interface AttachableContainer extends Container {
  readonly stdin?: boolean;
  readonly stdinOnce?: boolean;
  readonly tty?: boolean;
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
    const words = wordsOf(pod, container);
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
        if (!gone) this.#ended(pod, container.name, program.exit);
        for (const one of attached) one.end(program.exit);
      },
    });
    return running;
  }

  /** The kubelet's report: the container has terminated, and is started anew where the Pod's restart policy says so. */
  #ended({ metadata, spec }: Pod, container: string, exitCode: number): ApiResponse | undefined {
    const { namespace = '', name = '' } = metadata;
    const pod = this.cluster.api.get<Pod>('Pod', namespace, name);
    if (!pod) return undefined;
    const policy = (spec as { readonly restartPolicy?: string }).restartPolicy ?? 'Always';
    const again = policy === 'Always' || (policy === 'OnFailure' && exitCode !== 0);
    const now = new Date(this.cluster.now).toISOString().replace(/\.\d+Z$/, 'Z');
    const statuses = (pod.status?.containerStatuses ?? []) as readonly ContainerStatus[];
    const containerStatuses = statuses.map((status) => {
      if (status.name !== container) return status;
      const terminated = {
        exitCode,
        reason: exitCode === 0 ? 'Completed' : 'Error',
        startedAt: status.state?.running?.startedAt ?? now,
        finishedAt: now,
      };
      return again
        ? {
            ...status,
            restartCount: (status.restartCount ?? 0) + 1,
            state: { running: { startedAt: now } },
            lastState: { terminated },
          }
        : { ...status, ready: false, started: false, state: { terminated } };
    });
    const phase = exitCode === 0 ? 'Succeeded' : 'Failed';
    const finished = !again && spec.containers.length === 1;
    const unready = ['Ready', 'ContainersReady'].map((type) => ({
      type,
      status: 'False',
      reason: 'PodCompleted',
    }));
    return this.cluster.handle({
      method: 'PATCH',
      path: `/api/v1/namespaces/${namespace}/pods/${name}/status`,
      headers: { 'content-type': 'application/strategic-merge-patch+json', 'user-agent': 'kubelet' },
      body: JSON.stringify({
        status: { containerStatuses, ...(finished ? { phase, conditions: unready } : {}) },
      }),
    });
  }
}

/** Somebody's hold on a program. */
export interface Attachment {
  readonly program: PodProgram;
  readonly takesInput: boolean;
  detach(): void;
}

/**
 * What the container was told to run. A program that nobody can give input, in a Pod that lives on, is taken for its image's server:
 * the simulated cluster answers for it.
 */
function wordsOf(pod: Pod, container: AttachableContainer): readonly string[] {
  const words = [...(container.command ?? []), ...(container.args ?? [])];
  const policy = (pod.spec as { readonly restartPolicy?: string }).restartPolicy ?? 'Always';
  const serves = behaviourOf(container).listeners.length > 0;
  // What the kubelet itself knows the end of, it ends.
  if (endOf(container)) return [];
  if (container.stdin !== true && (serves || policy === 'Always')) return [];
  if (words.length > 0) return words;
  return SHELL_IMAGES.has(imageName(container.image ?? '')) ? ['sh'] : [];
}
