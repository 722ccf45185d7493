// What the watchers of a Service's endpoints were sent: the same changes in the old API and in the new one.
import type { EndpointSlice, KubeObject } from '@/lib/kube/types';
import { SERVICE_NAME_LABEL } from '@/lib/sim';
import { keepsSince, watchedEvents, type WatchedEvent } from '@/lib/sim/watch-traffic';
import type { Inspected } from './inspected';

export interface WatchRow {
  readonly id: number;
  readonly at: number;
  readonly type: WatchedEvent['type'];
  readonly name: string;
  /** Addresses in the object that was sent. */
  readonly addresses: number;
  readonly bytes: number;
}

export interface WatchCost {
  /** Changes of the cluster so far: where a new count begins. */
  readonly total: number;
  /** All changes since the beginning of the count are still kept. */
  readonly complete: boolean;
  /** Oldest first. */
  readonly endpoints: readonly WatchRow[];
  readonly slices: readonly WatchRow[];
}

interface Endpoints extends KubeObject {
  readonly kind: 'Endpoints';
  readonly subsets?: readonly {
    readonly addresses?: readonly unknown[];
    readonly notReadyAddresses?: readonly unknown[];
  }[];
}

/** Events about the endpoints of a Service ("ns/name"); a count that began later than now (after a step back) is empty. */
export function watchCost(cluster: Inspected, service: string, since: number): WatchCost {
  const { changes } = cluster;
  const [namespace = '', name = ''] = service.split('/');
  const from = Math.min(since, changes.total);
  const own = ({ object: { metadata } }: WatchedEvent): boolean => metadata.namespace === namespace;
  return {
    total: changes.total,
    complete: keepsSince(changes, from),
    endpoints: watchedEvents<Endpoints>(cluster, 'Endpoints', from)
      .filter((e) => own(e) && e.object.metadata.name === name)
      .map((e) => rowOf(e, addressesOf(e.object))),
    slices: watchedEvents<EndpointSlice>(cluster, 'EndpointSlice', from)
      .filter((e) => own(e) && e.object.metadata.labels?.[SERVICE_NAME_LABEL] === name)
      .map((e) => rowOf(e, e.object.endpoints?.length ?? 0)),
  };
}

const addressesOf = ({ subsets = [] }: Endpoints): number =>
  subsets.reduce((n, s) => n + (s.addresses?.length ?? 0) + (s.notReadyAddresses?.length ?? 0), 0);

const rowOf = ({ id, at, type, object, bytes }: WatchedEvent, addresses: number): WatchRow => ({
  id,
  at,
  type,
  name: object.metadata.name ?? '',
  addresses,
  bytes,
});
