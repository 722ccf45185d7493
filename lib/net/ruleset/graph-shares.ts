// How a Service's new connections divide over its endpoints and Pods, read off the rules of its KUBE-SVC and KUBE-SVL chains.
import type { GraphEdge, GraphNode } from './graph';

/** The share of an endpoint's chain, and the chain that gives it. */
export interface EndpointShare {
  readonly share: number;
  readonly chooser: string;
}

/**
 * The share of each KUBE-SEP node by its id. An endpoint that both a KUBE-SVC and a KUBE-SVL chain choose counts in the first: that
 * is where clients inside the cluster come in, unless the internal policy is Local and there is no KUBE-SVC.
 */
export function endpointShares(
  nodes: readonly GraphNode[],
  edges: readonly GraphEdge[],
): ReadonlyMap<string, EndpointShare> {
  const kinds = new Map(nodes.map((n) => [n.id, n.kind]));
  const ofRules = new Map(nodes.flatMap((n) => n.rules.map((r) => [r.id, r.share] as const)));
  const shares = new Map<string, EndpointShare>();
  for (const kind of ['svc', 'svl'] as const) {
    for (const { from, to, rule, probability } of edges) {
      const share = rule === undefined ? undefined : ofRules.get(rule);
      if (probability === undefined || share === undefined || kinds.get(from) !== kind || shares.has(to))
        continue;
      shares.set(to, { share, chooser: from });
    }
  }
  return shares;
}

/**
 * The share of each Pod. One Pod can serve several ports, and each port divides its own connections: a Pod has a share if it is
 * the same for all of them.
 */
export function podShares(
  endpoints: ReadonlyMap<string, EndpointShare>,
  edges: readonly GraphEdge[],
): ReadonlyMap<string, number> {
  const byPod = new Map<string, Map<string, number>>();
  for (const { from, to } of edges) {
    const endpoint = endpoints.get(from);
    if (!endpoint || !(to.startsWith('pod/') || to.startsWith('address/'))) continue;
    const ofChoosers = byPod.get(to) ?? new Map<string, number>();
    byPod.set(to, ofChoosers.set(endpoint.chooser, (ofChoosers.get(endpoint.chooser) ?? 0) + endpoint.share));
  }
  const shares = new Map<string, number>();
  for (const [pod, ofChoosers] of byPod) {
    const [first = 0, ...others] = ofChoosers.values();
    if (others.every((share) => Math.abs(share - first) < 1e-6)) shares.set(pod, first);
  }
  return shares;
}
