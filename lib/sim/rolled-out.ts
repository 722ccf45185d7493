// A cluster file brought to life: what is missing is filled in deterministically, controllers run, and the objects as they stand
// once the cluster is quiet come back.
import type { KubeObject } from '@/lib/kube/types';
import type { Address } from '@/lib/net/routing/address';
import type { Balancer } from '@/lib/net/routing/balancer';
import { defaultNodes } from '@/lib/kube/controllers/static-objects';
import { Cluster } from './cluster';
import type { ClusterOptions } from './types';

const FIXED_NOW = '2026-01-01T00:00:00Z';

export interface RolledOut {
  readonly objects: readonly KubeObject[];
  /** Who hands over traffic for an address that lives on no node. */
  balancer(address: Address): Balancer | undefined;
}

/** A rolled-out cluster as it stands once it is quiet, or what the API server refused. Without a Node there are node-1 … node-3. */
export function rollOut(
  given: readonly KubeObject[],
  options: Pick<ClusterOptions, 'k8s' | 'seed'>,
): RolledOut | { readonly message: string } {
  const nodes = given.some((o) => o.kind === 'Node') ? [] : defaultNodes(options.k8s);
  const cluster = Cluster.load([...nodes, ...given], { ...options, now: FIXED_NOW });
  if ('message' in cluster) return cluster;
  const kinds = new Set(['Node', 'Service', 'EndpointSlice', 'ConfigMap', ...given.map((o) => o.kind)]);
  return {
    objects: [...kinds].flatMap((kind) => cluster.api.list(kind)),
    balancer: (address) => cluster.network.balancers.at(address),
  };
}

/** Its objects alone. */
export function rolledOut(
  given: readonly KubeObject[],
  options: Pick<ClusterOptions, 'k8s' | 'seed'>,
): readonly KubeObject[] | { readonly message: string } {
  const result = rollOut(given, options);
  return 'message' in result ? result : result.objects;
}
