// What a kubelet says about a Pod's containers. Models pkg/kubelet/events, images/image_manager.go, kuberuntime/kuberuntime_container.go
// and prober/prober.go.
import type { EventNote } from '@/lib/kube/controllers/event';
import { fnv32a } from '@/lib/kube/controllers/template-hash';
import type { Container, Probe } from '@/lib/kube/types';
import { differences, type K8sVersion } from '@/lib/kube/versions';
import { behaviourOf, imageName } from './images';
import { pullFault } from './pull';

export type Note = Omit<EventNote, 'component' | 'host'>;

const MEGABYTE = 1_000_000;

export const about = (
  container: Container,
  reason: string,
  message: string,
  type: Note['type'] = 'Normal',
): Note => ({
  type,
  reason,
  message,
  fieldPath: `spec.containers{${container.name}}`,
});

/** Images of other policies are on the node already. */
export const pulls = (container: Container): boolean =>
  (container as { readonly imagePullPolicy?: string }).imagePullPolicy === 'Always';

/** Before the containers start. */
export const pullingEvents = (containers: readonly Container[]): readonly Note[] =>
  containers
    .filter((c) => pulls(c) || pullFault(c.image ?? '')?.reason === 'ErrImagePull')
    .map((c) => about(c, 'Pulling', `Pulling image "${c.image ?? ''}"`));

/** When containers have started. */
export const startedEvents = (containers: readonly Container[], k8s: K8sVersion): readonly Note[] =>
  containers.flatMap((c) => [
    about(
      c,
      'Pulled',
      pulls(c) ? pulledMessage(c, k8s) : `Container image "${c.image ?? ''}" already present on machine`,
    ),
    about(
      c,
      'Created',
      differences.createdContainerColon(k8s) ? `Created container: ${c.name}` : `Created container ${c.name}`,
    ),
    about(c, 'Started', `Started container ${c.name}`),
  ]);

function pulledMessage(container: Container, k8s: K8sVersion): string {
  const took = `${behaviourOf(container).startMs}ms`;
  const size = 5 * MEGABYTE + (fnv32a(imageName(container.image ?? '')) % (70 * MEGABYTE));
  const sized = differences.pulledImageSize(k8s) ? `. Image size: ${size} bytes.` : '';
  return `Successfully pulled image "${container.image ?? ''}" in ${took} (${took} including waiting)${sized}`;
}

/** When containers are being stopped. */
export const stoppingEvents = (containers: readonly Container[]): readonly Note[] =>
  containers.map((c) => about(c, 'Killing', `Stopping container ${c.name}`));

/** Readiness probes that fail; `hangs`: the process is there but does not answer. */
export function unhealthyEvents(
  containers: readonly Container[],
  ip: string,
  hangs: boolean,
): readonly Note[] {
  return containers.flatMap((c) => {
    const probe = c.readinessProbe;
    const why = probe && probeFailureText(c, probe, ip, hangs ? 'hangs' : 'runs');
    return why === undefined ? [] : [about(c, 'Unhealthy', `Readiness probe failed: ${why}`, 'Warning')];
  });
}

/**
 * Why a probe fails, in the prober's words; undefined: it does not. The process runs, hangs (it is there but does not answer), or is
 * silent: it may not listen yet.
 */
export function probeFailureText(
  container: Container,
  probe: Probe,
  ip: string,
  process: 'runs' | 'hangs' | 'silent',
): string | undefined {
  const wanted = probe.httpGet?.port ?? probe.tcpSocket?.port;
  if (wanted === undefined) return process === 'hangs' ? 'command timed out' : '';
  const port =
    typeof wanted === 'number'
      ? wanted
      : (container.ports?.find((p) => p.name === wanted)?.containerPort ?? 0);
  const host = ip.includes(':') ? `[${ip}]` : ip;
  const { listeners, httpStatus, listenMs } = behaviourOf(container);
  const listens = listeners.some((l) => l.port === port && l.protocol === 'TCP');
  const path = probe.httpGet?.path ?? '/';
  const get = probe.httpGet ? `Get "http://${host}:${port}${path}": ` : '';
  const status = httpStatus(path);
  const fine = !probe.httpGet || (status >= 200 && status < 400);
  if (!listens || (process === 'silent' && listenMs > 0 && fine))
    return `${get}dial tcp ${host}:${port}: connect: connection refused`;
  if (process === 'hangs')
    return probe.httpGet
      ? `${get}context deadline exceeded (Client.Timeout exceeded while awaiting headers)`
      : `dial tcp ${host}:${port}: i/o timeout`;
  return probe.httpGet ? `HTTP probe failed with statuscode: ${status}` : undefined;
}
