// When a container answers its readiness probe. Models pkg/kubelet/prober: outcomes and times, without a timer for each probe; a
// container that will never answer costs nothing.
import type { Container, Pod, Probe } from '@/lib/kube/types';
import { behaviourOf } from './images';

/** Takes a Pod's containers with a readiness probe out of service, as if they hung; only their probes notice. */
export const FAULT_ANNOTATION = 'servicepath.dev/fault';

export const isFaulty = (pod: Pod): boolean =>
  (pod.metadata.annotations?.[FAULT_ANNOTATION] ?? '').split(',').includes('unready');

const periodMs = (probe: Probe): number => (probe.periodSeconds ?? 10) * 1000;

/** Milliseconds from the container's start to ready; undefined: never. Without a probe a running container is ready. */
export function readyAfterMs(container: Container): number | undefined {
  const probe = container.readinessProbe;
  if (!probe) return 0;
  if (!succeeds(container, probe)) return undefined;
  const delay = (probe.initialDelaySeconds ?? 0) * 1000;
  const late = Math.max(0, behaviourOf(container).listenMs - delay);
  const attempts = Math.ceil(late / periodMs(probe)) + (probe.successThreshold ?? 1) - 1;
  return delay + attempts * periodMs(probe);
}

/** Milliseconds from a fault to the last of the failures that make a container not ready, or from its end to ready again. */
export function probeLagMs(pod: Pod, recovering: boolean): number {
  const probes = pod.spec.containers.flatMap((c) => c.readinessProbe ?? []);
  const attempts = (p: Probe): number => (recovering ? (p.successThreshold ?? 1) : (p.failureThreshold ?? 3));
  return Math.max(0, ...probes.map((p) => attempts(p) * periodMs(p)));
}

function succeeds(container: Container, probe: Probe): boolean {
  const { listeners, httpStatus } = behaviourOf(container);
  const port = probe.httpGet?.port ?? probe.tcpSocket?.port;
  if (port === undefined) return !probe.exec || !fails(probe.exec.command ?? []);
  const number =
    typeof port === 'number' ? port : container.ports?.find((p) => p.name === port)?.containerPort;
  if (!listeners.some((l) => l.port === number && l.protocol === 'TCP')) return false;
  const status = probe.httpGet ? httpStatus(probe.httpGet.path ?? '/') : 200;
  return status >= 200 && status < 400;
}

/** The commands that a lesson uses to make a probe fail: false, and sh -c "exit 1". */
function fails(command: readonly string[]): boolean {
  const line = command.join(' ');
  return /(^|\/|\s)false$/.test(line) || /\bexit\s+[1-9]/.test(line);
}
