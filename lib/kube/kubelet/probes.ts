// When a container answers its readiness probe. Models pkg/kubelet/prober: outcomes and times, without a timer for each probe; a
// container that will never answer costs nothing.
import type { Container, Pod, Probe } from '@/lib/kube/types';
import { behaviourOf } from './images';

/** Takes a Pod's containers with a readiness probe out of service, as if they hung; only their probes notice. */
export const FAULT_ANNOTATION = 'servicepath.dev/fault';

export const isFaulty = (pod: Pod): boolean =>
  (pod.metadata.annotations?.[FAULT_ANNOTATION] ?? '').split(',').includes('unready');

const periodMs = (probe: Probe): number => (probe.periodSeconds ?? 10) * 1000;
const delayMs = (probe: Probe): number => (probe.initialDelaySeconds ?? 0) * 1000;
const failureThreshold = (probe: Probe): number => probe.failureThreshold ?? 3;

/** Milliseconds from the container's start to ready; undefined: never. Without a probe a running container is ready. */
export function readyAfterMs(container: Container): number | undefined {
  const started = startedAfterMs(container);
  const probe = container.readinessProbe;
  if (!probe || started === undefined) return started;
  if (!succeeds(container, probe)) return undefined;
  const delay = delayMs(probe);
  const late = Math.max(0, behaviourOf(container).listenMs - delay);
  const attempts = Math.ceil(late / periodMs(probe)) + (probe.successThreshold ?? 1) - 1;
  return Math.max(started, delay + attempts * periodMs(probe));
}

/** Milliseconds from the container's start to the success of its startup probe; undefined: never. Without one: 0. */
export function startedAfterMs(container: Container): number | undefined {
  const probe = container.startupProbe;
  if (!probe) return 0;
  const failures = earlyFailures(container, probe, delayMs(probe));
  return failures < failureThreshold(probe) ? delayMs(probe) + failures * periodMs(probe) : undefined;
}

/** A startup or liveness probe that fails. */
export interface ProbeFailure {
  /** From the container's start. */
  readonly afterMs: number;
  readonly kind: 'Startup' | 'Liveness';
  /** It is one too many: the container is restarted. */
  readonly kills: boolean;
}

/**
 * The failures of a container's startup and liveness probes from its start until one kills it or all is well; the liveness probe
 * waits for the startup probe's success.
 */
export function probeFailures(container: Container): readonly ProbeFailure[] {
  const { startupProbe, livenessProbe } = container;
  const startup = startupProbe ? failuresOf(container, startupProbe, 'Startup', 0) : [];
  const started = startedAfterMs(container);
  if (started === undefined || !livenessProbe) return startup;
  return [...startup, ...failuresOf(container, livenessProbe, 'Liveness', started)];
}

function failuresOf(
  container: Container,
  probe: Probe,
  kind: ProbeFailure['kind'],
  notBefore: number,
): readonly ProbeFailure[] {
  const period = periodMs(probe);
  const first = delayMs(probe) + Math.ceil(Math.max(0, notBefore - delayMs(probe)) / period) * period;
  const most = failureThreshold(probe);
  const count = Math.min(most, earlyFailures(container, probe, first));
  return Array.from({ length: count }, (_, i) => ({
    afterMs: first + i * period,
    kind,
    kills: i === most - 1,
  }));
}

/** So many probes fail before the first success, if the first is made at this time; Infinity: all. */
function earlyFailures(container: Container, probe: Probe, firstMs: number): number {
  if (!succeeds(container, probe)) return Infinity;
  const late = probe.exec ? 0 : behaviourOf(container).listenMs - firstMs;
  return Math.ceil(Math.max(0, late) / periodMs(probe));
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
  if (!listeners.some((l) => l.port === number && l.protocol === 'TCP' && !l.loopback)) return false;
  const status = probe.httpGet ? httpStatus(probe.httpGet.path ?? '/') : 200;
  return status >= 200 && status < 400;
}

/** The commands that a lesson uses to make a probe fail: false, and sh -c "exit 1". */
function fails(command: readonly string[]): boolean {
  const line = command.join(' ');
  return /(^|\/|\s)false$/.test(line) || /\bexit\s+[1-9]/.test(line);
}
