// A cluster at one moment: a handful of pointers, since all state is immutable underneath.
import type { EventQueue } from '@/lib/core/event-queue';
import type { RandomState } from '@/lib/core/random';
import type { StoreState } from '@/lib/kube/api/store';
import type { ManagerState } from '@/lib/kube/controllers/manager';
import type { ChangeLog } from './changes';
import type { ClusterEvent } from './cluster-turn';
import type { NodeProxiesState } from './node-proxies';
import type { NetworkState } from './network';

export interface ClusterSnapshot {
  readonly now: number;
  readonly queue: EventQueue<ClusterEvent>;
  readonly recurring: number;
  readonly store: StoreState;
  readonly manager: ManagerState;
  readonly random: RandomState;
  readonly proxies: NodeProxiesState;
  readonly changes: ChangeLog;
  readonly held: boolean;
  readonly network: NetworkState;
}
