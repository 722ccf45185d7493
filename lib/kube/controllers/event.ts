// Events: as a component says them, and as they are stored (k8s.io/api/core/v1 Event).
import type { KubeObject, ObjectReference } from '@/lib/kube/types';

/** A core/v1 Event, as stored. */
export interface CoreEvent extends KubeObject {
  readonly kind: 'Event';
  readonly involvedObject: ObjectReference & { readonly fieldPath?: string };
  readonly reason: string;
  readonly message: string;
  readonly type: 'Normal' | 'Warning';
  readonly source: { readonly component?: string; readonly host?: string };
  readonly firstTimestamp: string | null;
  readonly lastTimestamp: string | null;
  readonly count?: number;
  readonly eventTime: string | null;
  readonly action?: string;
  readonly reportingComponent: string;
  readonly reportingInstance: string;
}

export interface EventNote {
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
  /** Who says it: deployment-controller, kubelet … */
  readonly component: string;
  /** The node, for components that run on one. */
  readonly host?: string;
  /** spec.containers{web} */
  readonly fieldPath?: string;
  /** Given by users of events.k8s.io/v1: then the time is eventTime, and nothing is counted. */
  readonly action?: string;
}
