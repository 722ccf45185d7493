// The chain view's picture of the Service in focus, from whichever rules the node's kube-proxy writes.
import type { EndpointSlice } from '@/lib/kube/types';
import { buildNftGraph } from '@/lib/net/nft/graph/build';
import type { ChainGraph } from '@/lib/net/ruleset/graph';
import { buildChainGraph, type ChainGraphInput, type PodPlace } from '@/lib/net/ruleset/graph-build';
import { SERVICE_NAME_LABEL, type Cluster } from '@/lib/sim';
import type { ChainFocus } from './chain-focus';
import { serviceRuleIndex } from './service-rule-index';

/** The picture, marked with what has changed since `previous`; undefined if the node has no rules of the family. */
export function chainGraph(
  cluster: Cluster,
  focus: ChainFocus,
  previous: ChainGraph | undefined,
): ChainGraph | undefined {
  const { node, service, family } = focus;
  const common = { service, node, podOf: podsOf(cluster, service), ...(previous ? { previous } : {}) };
  if (isNftables(cluster, node)) {
    const name = family === 'IPv4' ? 'ip' : 'ip6';
    const table = cluster.network.nftables(node).find((t) => t.family === name && t.name === 'kube-proxy');
    const written = service === null ? undefined : cluster.nftRules(node, service, family);
    const elements = written ? { written: written.flatMap((port) => port.elements) } : {};
    return buildNftGraph({ ...common, table, family, ...elements });
  }
  const rules = cluster.rules(node, family);
  if (!rules) return undefined;
  const serviceRules = (name: string) => serviceRuleIndex(cluster, node, name, family, rules);
  return buildChainGraph({ ...common, rules, serviceRules });
}

const isNftables = (cluster: Cluster, node: string): boolean => cluster.proxy(node)?.mode === 'nftables';

/** How many rules kube-proxy has for the Service in focus. */
export function rulesOfService(cluster: Cluster, { node, service, family }: ChainFocus): number {
  if (service === null) return 0;
  const ports = cluster.nftRules(node, service, family) ?? cluster.serviceRules(node, service, family);
  return ports.reduce((sum, port) => sum + port.ruleCount, 0);
}

/** A picture of nothing. */
export const emptyGraph = ({ node, service, family }: ChainFocus): ChainGraph => ({
  mode: 'iptables',
  node,
  service,
  family,
  nodes: [],
  edges: [],
  removed: { nodes: [], edges: [], rules: [] },
  delta: { added: 0, removed: 0 },
});

/** Pods by IP, as the focused Service's slices name them. */
function podsOf(cluster: Cluster, service: string | null): ChainGraphInput['podOf'] {
  const [namespace = '', name = ''] = service?.split('/') ?? [];
  const places = new Map<string, PodPlace>();
  for (const slice of cluster.api.labelled<EndpointSlice>('EndpointSlice', namespace, {
    [SERVICE_NAME_LABEL]: name,
  }))
    for (const { addresses, targetRef, nodeName } of slice.endpoints ?? [])
      for (const ip of addresses)
        if (targetRef?.name)
          places.set(ip, {
            namespace: targetRef.namespace ?? namespace,
            name: targetRef.name,
            ...(nodeName ? { nodeName } : {}),
          });
  return (ip) => places.get(ip);
}
