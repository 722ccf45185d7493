// The life of a container that does not simply run: it crashes, is restarted by its probes, or its image is not there. Models
// pkg/kubelet kuberuntime_manager.go (doBackOff), image_manager.go and client-go util/flowcontrol/backoff.go as one state a
// container and the time at which it changes. A container that simply runs has none of this.
import type { Container, Pod } from '@/lib/kube/types';
import { behaviourOf } from './images';
import { endOf, type End } from './command';
import { probeFailures } from './probes';
import { pullFault } from './pull';
import { preStopMs, stopContainerMs } from './shutdown';
import {
  backOffEvent,
  killedByProbe,
  probeEvent,
  pullBackOffEvents,
  pullFailedEvents,
  restartedEvents,
} from './life-events';
import type { Note } from './events';
import type { K8sVersion } from '@/lib/kube/versions';

/** One run of a container that is over. Times are virtual ms since the Unix epoch. */
export interface Ended {
  readonly attempt: number;
  readonly startedAt: number;
  readonly finishedAt: number;
  readonly exitCode: number;
}

export interface Life {
  /**
   * stopping: a probe has killed it. exited: it has ended, and the kubelet has not looked yet. backOff: it waits to be started again.
   * over: it is not started again. noImage, pullBackOff, badName: it was never started.
   */
  readonly phase:
    | 'running'
    | 'stopping'
    | 'exited'
    | 'backOff'
    | 'over'
    | 'noImage'
    | 'pullBackOff'
    | 'badName';
  /** When the phase began; of pullBackOff: when the image was last asked for. */
  readonly since: number;
  /** Of the run that goes on or went on last. */
  readonly startedAt: number;
  readonly restarts: number;
  /** Probes that have failed in this run. */
  readonly failures: number;
  /** The run that ended last, and the one before it. */
  readonly last?: Ended;
  readonly earlier?: Ended;
  /** How this run ends, if that was settled at its start. */
  readonly end?: End;
  /** How long the next start would have to wait, and when that was settled. */
  readonly wait?: { readonly ms: number; readonly at: number };
}

/** Where a container lives. */
export interface Place {
  readonly pod: Pod;
  /** The Pod's address, which its status may not have yet. */
  readonly ip: string;
  readonly k8s: K8sVersion;
  /** How a run that starts now ends, if what it finds on the node decides it. */
  readonly endNow?: (container: Container) => End | undefined;
}

/** What a turn of a life came to. */
export interface Lived {
  readonly life: Life;
  readonly notes: readonly Note[];
  /** When it goes on; undefined: not by itself. */
  readonly nextAt?: number;
  /** It goes on as it has gone before: a cluster that only waits for this is at rest. */
  readonly recurring: boolean;
}

/** From the end of a process to the kubelet's look at it: one relist of the pod lifecycle event generator. */
const RELIST_MS = 1000;
const FIRST_WAIT_MS = 10_000;
const LONGEST_WAIT_MS = 300_000;
/** A cluster at rest does not wait so long for what goes wrong for the first time, nor longer for what goes wrong again. */
const SOON_MS = 60_000;
const AT_ONCE_MS = 5000;

/** Whether a container is more than running. */
export const isTroubled = (container: Container): boolean =>
  pullFault(container.image ?? '') !== undefined ||
  endOf(container) !== undefined ||
  ((container.livenessProbe ?? container.startupProbe) !== undefined && probeFailures(container).length > 0);

/** The first moment of a container's life, when it is to start. */
export function born(container: Container, at: number, end?: End): Life {
  const fault = pullFault(container.image ?? '');
  const phase = !fault ? 'running' : fault.reason === 'InvalidImageName' ? 'badName' : 'noImage';
  return { phase, since: at, startedAt: at, restarts: 0, failures: 0, ...(end ? { end } : {}) };
}

/** What is said at that moment, beside that it was started. */
export const bornNotes = (container: Container): readonly Note[] => {
  const fault = pullFault(container.image ?? '');
  return fault ? pullFailedEvents(container, fault) : [];
};

/** A life up to now. */
export function lived(before: Life, container: Container, place: Place, now: number): Lived {
  let life = before;
  const notes: Note[] = [];
  for (;;) {
    const at = isMended(life, container) ? now : dueAt(life, container, place.pod);
    if (at === undefined || at > now) {
      const again = life.restarts > 0 || life.phase === 'backOff' || life.phase === 'pullBackOff';
      const recurring = at !== undefined && at - now > (again ? AT_ONCE_MS : SOON_MS);
      return { life, notes, recurring, ...(at === undefined ? {} : { nextAt: at }) };
    }
    const next = turn(life, container, place, at);
    life = next.life;
    notes.push(...next.notes);
  }
}

/** Its image can be pulled now: somebody has changed the Pod. */
const isMended = ({ phase }: Life, container: Container): boolean =>
  (phase === 'noImage' || phase === 'pullBackOff' || phase === 'badName') &&
  pullFault(container.image ?? '') === undefined;

function dueAt(life: Life, container: Container, pod: Pod): number | undefined {
  const { phase, since, startedAt, failures, last, wait } = life;
  switch (phase) {
    case 'running': {
      const end = endIn(life, container)?.afterMs ?? Infinity;
      const after = Math.min(end, probeFailures(container)[failures]?.afterMs ?? Infinity);
      return after === Infinity ? undefined : startedAt + after;
    }
    case 'stopping':
      return since + stopContainerMs(container, pod);
    case 'exited':
      return startsAgain(pod, last?.exitCode ?? 0) ? since + RELIST_MS : since;
    case 'backOff':
      return (last?.finishedAt ?? since) + (wait?.ms ?? 0);
    case 'noImage':
      return since + RELIST_MS;
    case 'pullBackOff':
      return since + (wait?.ms ?? 0);
    case 'over':
    case 'badName':
      return undefined;
  }
}

const endIn = (life: Life, container: Container): End | undefined => life.end ?? endOf(container);

const startsAgain = ({ spec }: Pod, exitCode: number): boolean =>
  spec.restartPolicy === 'Never' ? false : spec.restartPolicy === 'OnFailure' ? exitCode !== 0 : true;

type Turn = Pick<Lived, 'life' | 'notes'>;

function turn(life: Life, container: Container, place: Place, at: number): Turn {
  const { pod } = place;
  const { phase, wait, last } = life;
  switch (phase) {
    case 'running':
      return runningTurn(life, container, place, at);
    case 'stopping': {
      // A process that outlives its grace period is killed; one that hears SIGTERM ends well.
      const killed =
        preStopMs(container) + behaviourOf(container).shutdownMs > stopContainerMs(container, pod);
      return { life: ended(life, at, killed ? 137 : 0), notes: [] };
    }
    case 'exited': {
      if (!startsAgain(pod, last?.exitCode ?? 0))
        return { life: { ...life, phase: 'over', since: at }, notes: [] };
      const finishedAt = last?.finishedAt ?? at;
      if (!wait || finishedAt - wait.at > 2 * LONGEST_WAIT_MS || at - finishedAt >= wait.ms)
        return restarted(life, container, at, place);
      return { life: { ...life, phase: 'backOff', since: at }, notes: [backOffEvent(container, pod)] };
    }
    case 'noImage':
      return {
        life: { ...life, phase: 'pullBackOff', wait: longer(wait, life.since) },
        notes: pullBackOffEvents(container),
      };
    case 'pullBackOff': {
      const fault = pullFault(container.image ?? '');
      if (!fault) return restarted({ ...life, restarts: -1 }, container, at, place);
      return {
        life: { ...life, phase: 'noImage', since: at },
        notes: pullFailedEvents(container, fault, true),
      };
    }
    case 'badName':
      return restarted({ ...life, restarts: -1 }, container, at, place);
    case 'backOff':
    case 'over':
      return restarted(life, container, at, place);
  }
}

/** Its process ends, or a probe fails, whichever comes first. */
function runningTurn(life: Life, container: Container, { ip }: Place, at: number): Turn {
  const end = endIn(life, container);
  const failure = probeFailures(container)[life.failures];
  if (!failure || (end && end.afterMs <= failure.afterMs))
    return { life: ended(life, at, end?.exitCode ?? 0), notes: [] };
  const notes = [probeEvent(container, ip, failure.kind)];
  const failed: Life = { ...life, failures: life.failures + 1 };
  return failure.kills
    ? {
        life: { ...failed, phase: 'stopping', since: at },
        notes: [...notes, killedByProbe(container, failure.kind)],
      }
    : { life: failed, notes };
}

function ended(life: Life, at: number, exitCode: number): Life {
  const { startedAt, restarts, last } = life;
  return {
    ...life,
    phase: 'exited',
    since: at,
    last: { attempt: restarts, startedAt, finishedAt: at, exitCode },
    ...(last ? { earlier: last } : {}),
  };
}

function restarted(before: Life, container: Container, at: number, { k8s, endNow }: Place): Turn {
  const { end: _, ...life } = before;
  const finishedAt = life.last?.finishedAt ?? at;
  const end = endNow?.(container);
  const wait = life.last ? { wait: longer(life.wait, at, finishedAt) } : {};
  const next: Life = {
    ...life,
    phase: 'running',
    since: at,
    startedAt: at,
    failures: 0,
    restarts: life.restarts + 1,
    ...wait,
    ...(end ? { end } : {}),
  };
  return { life: next, notes: restartedEvents(container, k8s) };
}

/** Back-offs double, up to five minutes; one that was settled ten minutes ago is forgotten (Backoff.Next, hasExpired). */
function longer(wait: Life['wait'], at: number, eventAt = at): NonNullable<Life['wait']> {
  const forgotten = !wait || eventAt - wait.at > 2 * LONGEST_WAIT_MS;
  return { ms: forgotten ? FIRST_WAIT_MS : Math.min(LONGEST_WAIT_MS, wait.ms * 2), at };
}
