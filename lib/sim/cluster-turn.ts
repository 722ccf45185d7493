// What waits in the cluster's queue, and whose turn it is when it comes.
import type { ManagerEvent } from '@/lib/kube/controllers/manager';

export type ClusterEvent =
  | { readonly to: 'controllers'; readonly event: ManagerEvent }
  | { readonly to: 'kube-proxy'; readonly node: string }
  /** kube-proxy looks whether its canary chain is still there. */
  | { readonly to: 'canary'; readonly node: string };

/** A turn of one component. */
export interface ClusterTurn {
  /** Virtual time, ms since the Unix epoch. */
  readonly at: number;
  /** A controller's name, or kube-proxy. */
  readonly component: string;
  /** The node, for kube-proxy. */
  readonly node?: string;
}

/** The turn in which an event is handled. */
export const turnOf = (at: number, event: ClusterEvent): ClusterTurn =>
  event.to === 'controllers'
    ? { at, component: event.event.controller }
    : { at, component: 'kube-proxy', node: event.node };
