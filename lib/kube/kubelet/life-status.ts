// What a Pod's status says of a container that does not simply run (pkg/kubelet/kubelet_pods.go convertToAPIContainerStatuses).
import { timestamp } from '@/lib/kube/controllers/objects';
import type { Container, Pod } from '@/lib/kube/types';
import { differences, type K8sVersion } from '@/lib/kube/versions';
import { hex64 } from './hex64';
import type { Ended, Life } from './life';
import { podInWords } from './life-events';
import { pullFault } from './pull';

/** The container has never run. */
export const isUnstarted = ({ phase }: Life): boolean =>
  phase === 'noImage' || phase === 'pullBackOff' || phase === 'badName';

/** Why a container that has never run waits. */
export function unstarted({ phase }: Life, image: string, k8s: K8sVersion): object {
  const { reason = '', message = '' } = pullFault(image) ?? {};
  if (phase !== 'pullBackOff') return { reason, message };
  const cause = differences.pullErrorInBackOff(k8s) ? `: ${reason}: ${message}` : '';
  return { reason: 'ImagePullBackOff', message: `Back-off pulling image "${image}"${cause}` };
}

/** The id of a container's run: each has its own. */
export const containerId = (pod: Pod, { name }: Container, attempt: number): string =>
  `containerd://${hex64(`${pod.metadata.uid ?? ''}/${name}${attempt > 0 ? `/${attempt}` : ''}`)}`;

/** The run whose id the status names. */
export const shownAttempt = ({ phase, restarts, last }: Life): number =>
  phase === 'running' || phase === 'stopping' ? restarts : (last?.attempt ?? restarts);

/** state and lastState of a container that has run. */
export function lifeStates(life: Life, pod: Pod, container: Container): object {
  const { phase, startedAt, last, earlier, wait } = life;
  const terminated = (run: Ended | undefined): object =>
    run ? { terminated: { ...endedStatus(run), containerID: containerId(pod, container, run.attempt) } } : {};
  if (phase === 'running' || phase === 'stopping')
    return { state: { running: { startedAt: timestamp(startedAt) } }, lastState: terminated(last) };
  if (phase !== 'backOff') return { state: terminated(last), lastState: terminated(earlier) };
  const message = `back-off ${goDuration(wait?.ms ?? 0)} restarting failed container=${container.name} pod=${podInWords(pod)}`;
  return { state: { waiting: { reason: 'CrashLoopBackOff', message } }, lastState: terminated(last) };
}

const endedStatus = ({ exitCode, startedAt, finishedAt }: Ended): object => ({
  exitCode,
  finishedAt: timestamp(finishedAt),
  reason: exitCode === 0 ? 'Completed' : 'Error',
  startedAt: timestamp(startedAt),
});

/** 10s, 2m40s, 5m0s */
function goDuration(ms: number): string {
  const seconds = ms / 1000;
  return seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m${seconds % 60}s`;
}
