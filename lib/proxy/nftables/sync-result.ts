// What one sync of kube-proxy in nftables mode writes.
import type { NftOperation, NftTransaction } from '@/lib/net/nft/operations';
import type { NftTable } from '@/lib/net/nft/types';
import type { ElementState } from './element-store';
import type { NftServiceRules } from './service-rules';

export interface NftSyncResult {
  readonly fullSync: boolean;
  /** What `nft -f` is fed, in order: the deletion of stale chains if there are any, then the sync itself. */
  readonly transactions: readonly NftTransaction[];
  /** Number of operations of the sync's own transaction. */
  readonly operations: number;
  /** Chains that wait for their deletion. */
  readonly staleChains: readonly string[];
  /** sync_proxy_rules_no_local_endpoints_total by traffic_policy. */
  readonly noLocalEndpoints: { readonly internal: number; readonly external: number };
  /** What the sync changed, for `apply`. */
  readonly changes: NftChanges;
}

export interface NftChanges {
  readonly full: boolean;
  /** This version of kube-proxy knows partial syncs. */
  readonly partial: boolean;
  /** Service ports whose rules are new, in the order in which they are written. */
  readonly made: ReadonlySet<NftServiceRules>;
  /** kube-proxy's table when the sync began. */
  readonly before: NftTable | undefined;
  readonly setup: readonly NftOperation[];
  readonly deletedChains: readonly string[];
  readonly flushedChains: readonly string[];
  readonly deletedSets: readonly string[];
  readonly elements: ElementState;
}
