// What an edit changed in the chain view's picture: marks on what is new or different, and what is gone.
import type { ChainGraph, GraphEdge, GraphNode, RuleView } from './graph';

type Bare = Pick<ChainGraph, 'nodes' | 'edges'>;
type Marked = Pick<ChainGraph, 'nodes' | 'edges' | 'removed'>;

/** Nothing has changed: the first picture of a Service. */
export const unchanged = (graph: Bare): Marked => ({
  ...graph,
  removed: { nodes: [], edges: [], rules: [] },
});

/**
 * `next` with marks against `previous`, which must show the same Service on the same node in the same family. If not a rule
 * differs, the marks of the edit before stay: looking at a rule, or typing a comment, is no reason to forget them.
 */
export function compareGraphs(previous: Marked, next: Bare): Marked {
  const marked = markChanges(previous, next);
  const { nodes, edges, rules } = marked.removed;
  const touched =
    nodes.length || edges.length || rules.length || [...marked.nodes, ...marked.edges].some((x) => x.change);
  return touched ? marked : { ...carryMarks(previous, next), removed: previous.removed };
}

function carryMarks(previous: Bare, next: Bare): Bare {
  const before = new Map<string, 'added' | 'changed'>();
  for (const item of [...previous.nodes, ...previous.edges, ...previous.nodes.flatMap((n) => n.rules)])
    if (item.change) before.set(item.id, item.change);
  const carry = <T extends { readonly id: string }>(item: T): T => {
    const change = before.get(item.id);
    return change ? { ...item, change } : item;
  };
  return {
    nodes: next.nodes.map((n) => carry({ ...n, rules: n.rules.map(carry) })),
    edges: next.edges.map(carry),
  };
}

function markChanges(previous: Bare, next: Bare): Marked {
  const rulesBefore = byId(previous.nodes.flatMap((n) => n.rules));
  const nodesBefore = byId(previous.nodes);
  const edgesBefore = byId(previous.edges);
  const nodes = next.nodes.map((node) => markNode(node, nodesBefore.get(node.id), rulesBefore));
  const rulesNow = byId(nodes.flatMap((n) => n.rules));
  const edges = next.edges.map((edge): GraphEdge => {
    const change = edge.rule === undefined ? undefined : rulesNow.get(edge.rule)?.change;
    return change ? { ...edge, change } : edge;
  });
  const nodesNow = byId(next.nodes);
  const edgesNow = byId(next.edges);
  return {
    nodes,
    edges,
    removed: {
      nodes: [...nodesBefore.values()].filter((n) => !nodesNow.has(n.id)).map(plainNode),
      edges: [...edgesBefore.values()].filter((e) => !edgesNow.has(e.id)).map(plain),
      rules: [...rulesBefore.values()].filter((r) => !r.shared && !rulesNow.has(r.id)).map(plain),
    },
  };
}

/** Chains that are there without the Service; only rules in them are new. */
const isFixed = ({ kind, beside }: GraphNode): boolean =>
  kind === 'hook' ||
  kind === 'services' ||
  kind === 'masq' ||
  ((kind === 'map' || kind === 'set') && beside === undefined);

function markNode(
  node: GraphNode,
  before: GraphNode | undefined,
  rulesBefore: ReadonlyMap<string, RuleView>,
): GraphNode {
  const rules = node.rules.map((rule): RuleView => {
    const was = rulesBefore.get(rule.id);
    if (!was) return rule.shared ? rule : { ...rule, change: 'added' };
    return was.text === rule.text ? rule : { ...rule, change: 'changed' };
  });
  if (!before && !isFixed(node)) return { ...node, rules, change: 'added' };
  const now = new Set(rules.map((r) => r.id));
  const lost = before?.rules.some((r) => !r.shared && !now.has(r.id)) ?? false;
  return lost || rules.some((r) => r.change) ? { ...node, rules, change: 'changed' } : { ...node, rules };
}

const byId = <T extends { readonly id: string }>(items: readonly T[]): ReadonlyMap<string, T> =>
  new Map(items.map((item) => [item.id, item]));

/** Without the mark of the edit before. */
function plain<T extends { readonly change?: unknown }>(item: T): Omit<T, 'change'> {
  const { change: _change, ...rest } = item;
  return rest;
}

const plainNode = (node: GraphNode): GraphNode => ({ ...plain(node), rules: node.rules.map(plain) });
