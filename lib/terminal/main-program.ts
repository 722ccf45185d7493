// The program that a container was started with, where the terminal can run it: what `kubectl attach` and `kubectl run -it` reach.
import { endOf } from '@/lib/kube/kubelet/command';
import { behaviourOf, imageName } from '@/lib/kube/kubelet/images';
import type { Container, Pod } from '@/lib/kube/types';
import type { Cluster } from '@/lib/sim';
import type { MainProgram, Process, Steps } from './types';

/** Images whose own command is a shell. */
const SHELL_IMAGES = new Set(['busybox', 'alpine', 'debian', 'ubuntu', 'bash', 'netshoot', 'client']);

interface ContainerStatus {
  readonly name: string;
  readonly restartCount?: number;
  readonly ready?: boolean;
  readonly state?: { readonly running?: { readonly startedAt?: string } };
}

export interface AttachableContainer extends Container {
  readonly stdin?: boolean;
  readonly stdinOnce?: boolean;
  readonly tty?: boolean;
}

/** The kubelet's report: the container has terminated, and is started anew where the Pod's restart policy says so. */
export function reportEnded(
  cluster: Cluster,
  { metadata, spec }: Pod,
  container: string,
  exitCode: number,
): void {
  const { namespace = '', name = '' } = metadata;
  const pod = cluster.api.get<Pod>('Pod', namespace, name);
  if (!pod) return;
  const policy = (spec as { readonly restartPolicy?: string }).restartPolicy ?? 'Always';
  const again = policy === 'Always' || (policy === 'OnFailure' && exitCode !== 0);
  const now = new Date(cluster.now).toISOString().replace(/\.\d+Z$/, 'Z');
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
  cluster.handle({
    method: 'PATCH',
    path: `/api/v1/namespaces/${namespace}/pods/${name}/status`,
    headers: { 'content-type': 'application/strategic-merge-patch+json', 'user-agent': 'kubelet' },
    body: JSON.stringify({
      status: { containerStatuses, ...(finished ? { phase, conditions: unready } : {}) },
    }),
  });
}

/**
 * What the container was told to run. A program that nobody can give input, in a Pod that lives on, is taken for its image's server:
 * the simulated cluster answers for it.
 */
export function mainWords(pod: Pod, container: AttachableContainer): readonly string[] {
  const words = [...(container.command ?? []), ...(container.args ?? [])];
  const policy = (pod.spec as { readonly restartPolicy?: string }).restartPolicy ?? 'Always';
  const serves = behaviourOf(container).listeners.length > 0;
  // What the kubelet itself knows the end of, it ends.
  if (endOf(container)) return [];
  if (container.stdin !== true && (serves || policy === 'Always')) return [];
  if (words.length > 0) return words;
  return SHELL_IMAGES.has(imageName(container.image ?? '')) ? ['sh'] : [];
}

/**
 * What `kubectl run -i` does when the program that it was attached to has ended: k8s.io/kubectl pkg/cmd/run/run.go, and
 * pkg/cmd/attach/attach.go for the sentence of a Pod that starts it anew. Returns kubectl's exit code.
 */
export function* attachedProgramEnded(cluster: Cluster, main: MainProgram, exit: number): Process {
  const { namespace, name, container, tty, remove } = main;
  const pod = cluster.api.get<Pod>('Pod', namespace, name);
  if (!pod) return exit;
  const statuses = (pod.status?.containerStatuses ?? []) as readonly ContainerStatus[];
  if (statuses.some((s) => s.name === container && s.state?.running))
    reportEnded(cluster, pod, container, exit);
  const always = ((pod.spec as { readonly restartPolicy?: string }).restartPolicy ?? 'Always') === 'Always';
  if (always && tty)
    yield {
      kind: 'stderr',
      text: `Session ended, resume using 'kubectl attach ${name} -c ${container} -i -t' command when the pod is running\n`,
    };
  if (remove) yield* removed(cluster, main);
  if (always || exit === 0) return 0;
  yield { kind: 'stderr', text: `pod ${namespace}/${name} terminated (Error)\n` };
  return exit;
}

/** `--rm` */
export function* removed(
  cluster: Cluster,
  { namespace, name }: Pick<MainProgram, 'namespace' | 'name'>,
): Steps<void> {
  cluster.handle({
    method: 'DELETE',
    path: `/api/v1/namespaces/${namespace}/pods/${name}`,
    headers: { 'user-agent': 'kubectl' },
  });
  yield { kind: 'stdout', text: `pod ${JSON.stringify(name)} deleted\n` };
}
