// Where a box or a rule is drawn: its row, the pill on its line, or the whole box.
import type { ChainGraph } from '@/lib/net/ruleset/graph';
import type { LaidNode, Layout } from './layout-types';
import type { Stop } from './walk';

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Spot extends Rect {
  readonly node: string;
  /** Key of the row, if the rule has one. */
  readonly row?: string;
  /** Id of the line whose pill stands for the rule. */
  readonly edge?: string;
}

/** Undefined if nothing of it is drawn (any more). */
export function spotOf(layout: Layout, stop: Stop | null): Spot | undefined {
  const node = stop && layout.nodes.find((n) => n.id === stop.node && !n.ghost);
  if (!stop || !node) return undefined;
  const box: Spot = { node: node.id, x: node.x, y: node.y, width: node.width, height: node.height };
  const { rule } = stop;
  if (rule === undefined) return box;
  const row = node.rows.find((r) => r.rules.includes(rule));
  if (row) return { ...box, ...rowRect(node, row.y, row.height), row: row.key };
  const edge = layout.edges.find((e) => e.edge.rule === rule && e.pill);
  return edge?.pill ? { node: node.id, ...edge.pill, height: 18, edge: edge.id } : box;
}

const rowRect = (node: LaidNode, y: number, height: number): Rect => ({
  x: node.x + 2,
  y: node.y + y - 1,
  width: node.width - 4,
  height: height + 1,
});

/** Spots of some rules, for lighting them up. */
export function spotsOf(graph: ChainGraph, layout: Layout, rules: readonly string[]): readonly Spot[] {
  if (!rules.length) return [];
  const wanted = new Set(rules);
  return graph.nodes.flatMap((node) =>
    node.rules.flatMap((r) =>
      wanted.has(r.id) ? (spotOf(layout, { node: node.id, rule: r.id }) ?? []) : [],
    ),
  );
}
