// What a kubelet says about a Pod's containers. Models pkg/kubelet/events, images/image_manager.go, kuberuntime/kuberuntime_container.go
// and prober/prober.go.
import type { EventNote } from '@/lib/kube/controllers/event';
import { fnv32a } from '@/lib/kube/controllers/template-hash';
import type { Container, Pod } from '@/lib/kube/types';
import { differences, type K8sVersion } from '@/lib/kube/versions';
import { behaviourOf, imageName } from './images';

type Note = Omit<EventNote, 'component' | 'host'>;

const MEGABYTE = 1_000_000;

const about = (
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
const pulls = (container: Container): boolean =>
  (container as { readonly imagePullPolicy?: string }).imagePullPolicy === 'Always';

/** Before the containers start. */
export const pullingEvents = (pod: Pod): readonly Note[] =>
  pod.spec.containers.filter(pulls).map((c) => about(c, 'Pulling', `Pulling image "${c.image ?? ''}"`));

/** When the containers have started. */
export const startedEvents = (pod: Pod, k8s: K8sVersion): readonly Note[] =>
  pod.spec.containers.flatMap((c) => [
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

/** When the Pod is being stopped. */
export const stoppingEvents = (pod: Pod): readonly Note[] =>
  pod.spec.containers.map((c) => about(c, 'Killing', `Stopping container ${c.name}`));

/** A readiness probe that fails; `hangs`: the process is there but does not answer. */
export function unhealthyEvents(pod: Pod, ip: string, hangs: boolean): readonly Note[] {
  return pod.spec.containers.flatMap((c) => {
    const why = failure(c, ip, hangs);
    return why === undefined ? [] : [about(c, 'Unhealthy', `Readiness probe failed: ${why}`, 'Warning')];
  });
}

function failure(container: Container, ip: string, hangs: boolean): string | undefined {
  const probe = container.readinessProbe;
  if (!probe) return undefined;
  const wanted = probe.httpGet?.port ?? probe.tcpSocket?.port;
  if (wanted === undefined) return hangs ? 'command timed out' : '';
  const port =
    typeof wanted === 'number'
      ? wanted
      : (container.ports?.find((p) => p.name === wanted)?.containerPort ?? 0);
  const host = ip.includes(':') ? `[${ip}]` : ip;
  const { listeners, httpStatus } = behaviourOf(container);
  const listens = listeners.some((l) => l.port === port && l.protocol === 'TCP');
  const path = probe.httpGet?.path ?? '/';
  const get = probe.httpGet ? `Get "http://${host}:${port}${path}": ` : '';
  if (!listens) return `${get}dial tcp ${host}:${port}: connect: connection refused`;
  if (hangs)
    return probe.httpGet
      ? `${get}context deadline exceeded (Client.Timeout exceeded while awaiting headers)`
      : `dial tcp ${host}:${port}: i/o timeout`;
  return probe.httpGet ? `HTTP probe failed with statuscode: ${httpStatus(path)}` : undefined;
}
