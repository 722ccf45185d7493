// A controller as client-go users know it: watch events give keys, a work queue holds them, reconcile brings one key's world
// in line. Decisions are pure functions in files of their own; these drivers only read, decide and write.
import type { Random } from '@/lib/core/random';
import type { ApiClient, WatchEvent } from '@/lib/kube/api/types';
import type { KubeObject } from '@/lib/kube/types';
import type { K8sVersion } from '@/lib/kube/versions';
import type { EventNote } from './event';

export interface ControllerContext {
  readonly api: ApiClient;
  readonly random: Random;
  readonly k8s: K8sVersion;
  /** Virtual time, ms since the Unix epoch. */
  readonly now: number;
  /** Says something about an object, as the component's event recorder would. */
  record(about: KubeObject, note: EventNote): void;
  /** Put this key back after a virtual time (ms). `recurring`: a cluster that only waits for such is at rest. */
  requeueAfter(key: string, ms: number, recurring?: boolean): void;
}

export interface Controller {
  readonly name: string;
  readonly watches: readonly string[];
  /** Virtual milliseconds between the event and the reconcile: what informers and queues cost in a quiet cluster. */
  readonly latencyMs: number;
  keysFor(event: WatchEvent, context: ControllerContext): readonly string[];
  reconcile(key: string, context: ControllerContext): void;
  /** What the controller knows beyond the API (indexes, timings), held as one immutable value so that a snapshot is a pointer. */
  readonly memory?: ControllerMemory;
}

export interface ControllerMemory {
  read(): unknown;
  /** Only ever given a value that `read` returned. */
  write(value: unknown): void;
}
