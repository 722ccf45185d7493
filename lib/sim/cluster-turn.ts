// What waits in the cluster's queue, and whose turn it is when it comes.
import type { HealthCheckEvent } from './load-balancers';
import type { ManagerEvent } from '@/lib/kube/controllers/manager';

export type ClusterEvent =
  | { readonly to: 'controllers'; readonly event: ManagerEvent }
  | { readonly to: 'kube-proxy'; readonly node: string }
  /** A load balancer's health check makes up its mind about a node. */
  | { readonly to: 'health-check'; readonly check: HealthCheckEvent }
  /** kube-proxy looks whether its canary chain is still there. */
  | { readonly to: 'canary'; readonly node: string };

/** A turn of one component. */
export interface ClusterTurn {
  /** Virtual time, ms since the Unix epoch. */
  readonly at: number;
  /** A controller's name, kube-proxy, or load-balancer. */
  readonly component: string;
  /** The node, for kube-proxy and the checks of load balancers. */
  readonly node?: string;
}

/** The turn in which an event is handled. */
export function turnOf(at: number, event: ClusterEvent): ClusterTurn {
  switch (event.to) {
    case 'controllers':
      return { at, component: event.event.controller };
    case 'health-check':
      return { at, component: 'load-balancer', node: event.check.node };
    default:
      return { at, component: 'kube-proxy', node: event.node };
  }
}

/** Whether an event only goes on with what has happened before (a crash loop): a cluster that waits for nothing else is at rest. */
export const isRecurring = (event: ClusterEvent): boolean =>
  event.to === 'controllers' && event.event.lane === 'recurring';
