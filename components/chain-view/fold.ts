// Which endpoints are drawn: in rule order under the chain that chooses them, with those that went at their old place, and all
// but some folded when there are many.
import type { ChainGraph, GraphEdge, GraphNode, RuleView } from '@/lib/net/ruleset/graph';

export interface EndpointGroup {
  /** The KUBE-SVC or KUBE-SVL node. */
  readonly chooser: string;
  /** KUBE-SEP nodes that are drawn before the folded box, the folded ones, and those after it. */
  readonly before: readonly string[];
  readonly folded: readonly string[];
  readonly after: readonly string[];
}

/** The picture with what went: one list of nodes and edges, and the ids of those that are gone. */
export interface Whole {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  readonly gone: ReadonlySet<string>;
  /** Rules that went, with their old places. */
  readonly removedRules: readonly RuleView[];
}

export function wholeOf(graph: ChainGraph, ghosts: boolean): Whole {
  if (!ghosts) return { nodes: graph.nodes, edges: graph.edges, gone: new Set(), removedRules: [] };
  const live = new Set(graph.nodes.map((n) => n.id));
  const liveEdges = new Set(graph.edges.map((e) => e.id));
  const nodes = graph.removed.nodes.filter((n) => !live.has(n.id));
  const edges = graph.removed.edges.filter((e) => !liveEdges.has(e.id));
  return {
    nodes: [...graph.nodes, ...nodes],
    edges: [...graph.edges, ...edges],
    gone: new Set([...nodes, ...edges].map((x) => x.id)),
    removedRules: graph.removed.rules,
  };
}

/** Endpoints under their choosers, in the order of the rules; an endpoint of two chains stands under the first. */
export function groupEndpoints(whole: Whole, choosers: readonly string[], limit: number): EndpointGroup[] {
  const isEndpoint = new Set(whole.nodes.filter((n) => n.column === 'endpoint').map((n) => n.id));
  const changed = new Set(whole.nodes.filter((n) => n.change === 'added').map((n) => n.id));
  const rules = [...whole.removedRules, ...whole.nodes.flatMap((n) => n.rules)];
  const position = new Map(rules.map((r) => [r.id, r.position]));
  const taken = new Set<string>();
  return choosers.map((chooser) => {
    const choices = whole.edges.filter(
      (e) => e.from === chooser && e.probability !== undefined && isEndpoint.has(e.to),
    );
    const live = choices.filter((e) => !whole.gone.has(e.id)).sort(byPosition(position));
    const order = live.map((e) => e.to);
    // The chain without its first rules (masquerading, affinity) has the old places of what went.
    const first = Math.min(...choices.map((e) => placeOf(e, position)));
    for (const edge of choices.filter((e) => whole.gone.has(e.id)).sort(byPosition(position)))
      if (!order.includes(edge.to)) order.splice(Math.max(0, placeOf(edge, position) - first), 0, edge.to);
    const own = order.filter((id) => !taken.has(id));
    for (const id of own) taken.add(id);
    return fold(chooser, own, limit, (id) => changed.has(id) || whole.gone.has(id));
  });
}

const placeOf = (edge: GraphEdge, position: ReadonlyMap<string, number>): number =>
  edge.rule === undefined ? 0 : (position.get(edge.rule) ?? Number.MAX_SAFE_INTEGER);
const byPosition =
  (position: ReadonlyMap<string, number>) =>
  (a: GraphEdge, b: GraphEdge): number =>
    placeOf(a, position) - placeOf(b, position);

/** Keeps the first ones, the last one (its rule has no probability), and what the edit touched as far as there is room. */
function fold(
  chooser: string,
  order: readonly string[],
  limit: number,
  touched: (id: string) => boolean,
): EndpointGroup {
  if (order.length <= limit) return { chooser, before: order, folded: [], after: [] };
  const last = order.at(-1) ?? '';
  const rest = order.slice(0, -1);
  const room = limit - 2;
  const keep = new Set(rest.slice(0, Math.ceil(room / 2)));
  for (const id of [...rest.filter(touched), ...rest]) if (keep.size < room) keep.add(id);
  return {
    chooser,
    before: rest.filter((id) => keep.has(id)),
    folded: rest.filter((id) => !keep.has(id)),
    after: [last],
  };
}
