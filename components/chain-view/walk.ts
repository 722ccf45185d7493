// The chain view by keyboard: up and down go through boxes and rules in packet order, left and right follow the lines.
import type { ChainGraph, GraphNode } from '@/lib/net/ruleset/graph';

/** Something that can be in focus: a box, or one of its rules. */
export interface Stop {
  readonly node: string;
  readonly rule?: string;
}

export type Step = 'next' | 'previous' | 'into' | 'back' | 'first' | 'last';

export const sameStop = (a: Stop | null, b: Stop | null): boolean =>
  a?.node === b?.node && a?.rule === b?.rule;

/** All stops in packet order: a box, its rules, the next box. Only boxes that are drawn. */
export function stopsOf(graph: ChainGraph, drawn: ReadonlySet<string>, extra: readonly string[]): Stop[] {
  const stops: Stop[] = [];
  const folds = new Map(
    extra.filter((id) => id.startsWith('fold ')).map((id) => [id.slice('fold '.length), id]),
  );
  const targets = new Map(graph.edges.map((e) => [e.rule, e.to]));
  for (const node of graph.nodes) {
    if (!drawn.has(node.id)) continue;
    stops.push({ node: node.id });
    for (const rule of node.rules)
      if (isReachable(node, targets.get(rule.id), drawn)) stops.push({ node: node.id, rule: rule.id });
    const fold = folds.get(node.id);
    if (fold !== undefined) stops.push({ node: fold });
  }
  for (const id of extra) if (!id.startsWith('fold ')) stops.push({ node: id });
  return stops;
}

/** A choice of a folded endpoint is folded with it. */
const isReachable = (node: GraphNode, target: string | undefined, drawn: ReadonlySet<string>): boolean =>
  node.column !== 'service' || target === undefined || drawn.has(target);

/** Where a step leads; the stop itself if it leads nowhere. */
export function stepFrom(
  graph: ChainGraph,
  stops: readonly Stop[],
  from: Stop | null,
  step: Step,
): Stop | null {
  const at = from ? stops.findIndex((s) => sameStop(s, from)) : -1;
  if (step === 'first' || (at < 0 && step !== 'last')) return stops[0] ?? null;
  if (step === 'last') return stops.at(-1) ?? null;
  if (step === 'next') return stops[Math.min(at + 1, stops.length - 1)] ?? from;
  if (step === 'previous') return stops[Math.max(at - 1, 0)] ?? from;
  if (!from) return null;
  return (step === 'into' ? into(graph, stops, from) : back(graph, stops, from)) ?? from;
}

function into(graph: ChainGraph, stops: readonly Stop[], from: Stop): Stop | undefined {
  const edges = graph.edges.filter((e) => e.from === from.node);
  const edge =
    from.rule === undefined
      ? edges.find((e) => isDrawn(stops, e.to))
      : edges.find((e) => e.rule === from.rule);
  return edge && isDrawn(stops, edge.to) ? { node: edge.to } : undefined;
}

/** From a rule to its box; from a box to the rule that leads there, or to the box of that rule. */
function back(graph: ChainGraph, stops: readonly Stop[], from: Stop): Stop | undefined {
  if (from.rule !== undefined) return { node: from.node };
  const edge = graph.edges.find((e) => e.to === from.node && isDrawn(stops, e.from));
  if (!edge) return undefined;
  const rule = edge.rule === undefined ? undefined : { node: edge.from, rule: edge.rule };
  return rule && stops.some((s) => sameStop(s, rule)) ? rule : { node: edge.from };
}

const isDrawn = (stops: readonly Stop[], id: string): boolean => stops.some((s) => s.node === id);
