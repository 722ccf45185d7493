// What a kubelet says of containers that do not simply run. Models kuberuntime_manager.go, kuberuntime_container.go, image_manager.go
// and prober.go.
import type { Container, Pod } from '@/lib/kube/types';
import type { K8sVersion } from '@/lib/kube/versions';
import { about, probeFailureText, pulls, startedEvents, type Note } from './events';
import type { ProbeFailure } from './probes';
import type { PullFault } from './pull';

const failed = (container: Container, message: string): Note =>
  about(container, 'Failed', message, 'Warning');
const pulling = (container: Container): Note =>
  about(container, 'Pulling', `Pulling image "${container.image ?? ''}"`);

/** `again`: it is pulled once more; the first time that was said before. */
export function pullFailedEvents(container: Container, fault: PullFault, again = false): readonly Note[] {
  const { reason, message } = fault;
  if (reason === 'InvalidImageName')
    return [about(container, 'InspectFailed', message, 'Warning'), failed(container, `Error: ${reason}`)];
  return [
    ...(again ? [pulling(container)] : []),
    failed(container, `Failed to pull image "${container.image ?? ''}": ${message}`),
    failed(container, `Error: ${reason}`),
  ];
}

export const pullBackOffEvents = (container: Container): readonly Note[] => [
  about(container, 'BackOff', `Back-off pulling image "${container.image ?? ''}"`),
  failed(container, 'Error: ImagePullBackOff'),
];

/** web-5d9c-x7k2p_default(0f3c…), as the kubelet names a Pod in its sentences. */
export const podInWords = ({ metadata }: Pod): string =>
  `${metadata.name ?? ''}_${metadata.namespace ?? ''}(${metadata.uid ?? ''})`;

export const backOffEvent = (container: Container, pod: Pod): Note =>
  about(
    container,
    'BackOff',
    `Back-off restarting failed container ${container.name} in pod ${podInWords(pod)}`,
    'Warning',
  );

export function probeEvent(container: Container, ip: string, kind: ProbeFailure['kind']): Note {
  const probe = kind === 'Startup' ? container.startupProbe : container.livenessProbe;
  const why = probe ? probeFailureText(container, probe, ip, 'silent') : undefined;
  return about(container, 'Unhealthy', `${kind} probe failed: ${why ?? ''}`, 'Warning');
}

export const killedByProbe = (container: Container, kind: ProbeFailure['kind']): Note =>
  about(
    container,
    'Killing',
    `Container ${container.name} failed ${kind.toLowerCase()} probe, will be restarted`,
  );

export const restartedEvents = (container: Container, k8s: K8sVersion): readonly Note[] => [
  ...(pulls(container) ? [pulling(container)] : []),
  ...startedEvents([container], k8s),
];
