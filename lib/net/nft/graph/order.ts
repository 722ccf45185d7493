// The order of the boxes as a packet meets them: checks before the translation, the translation, checks after it, masquerading.
import type { GraphColumn, GraphEdge, GraphNode } from '@/lib/net/ruleset/graph';

export type Lane = NonNullable<GraphNode['lane']>;

const COLUMNS: readonly GraphColumn[] = [
  'hook',
  'services',
  'lookup',
  'external',
  'service',
  'endpoint',
  'pod',
];
/** NF_IP_PRI_NAT_DST (linux include/uapi/linux/netfilter_ipv4.h). */
const DNAT = -100;

export function inPacketOrder(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): GraphNode[] {
  const early = beforeTranslation(nodes, edges);
  const phase = ({ id, lane }: GraphNode): number => {
    if (lane === 'postrouting') return 3;
    if (lane === 'filter') return early.has(id) ? 0 : 2;
    return 1;
  };
  const rank = new Map(
    nodes.map((n, i) => [n.id, phase(n) * 1e7 + COLUMNS.indexOf(n.column) * 1e6 + i] as const),
  );
  const of = (n: GraphNode): number => rank.get(n.id) ?? 0;
  return [...nodes].sort((a, b) => of(a) - of(b));
}

/** What base chains lead to that run before DNAT: at its own hooks, prerouting and output, with a lower priority. */
function beforeTranslation(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): ReadonlySet<string> {
  const early = new Set<string>();
  const queue = nodes.flatMap((n) => {
    const { hook, priority } = n.facts.find((f) => f.code === 'base')?.params ?? {};
    const first = hook === 'prerouting' || hook === 'output';
    return first && typeof priority === 'number' && priority < DNAT ? [n.id] : [];
  });
  const next = new Map<string, string[]>();
  for (const { from, to } of edges) next.set(from, [...(next.get(from) ?? []), to]);
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (early.has(id)) continue;
    early.add(id);
    queue.push(...(next.get(id) ?? []));
  }
  return early;
}
