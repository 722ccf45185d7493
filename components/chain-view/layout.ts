// Lays out the chain view: ChainGraph → boxes and lines. Columns stand in packet order from left to right; rows are chosen so
// that lines do not cross where they need not. Three lanes one below the other: nat before routing, the filter table, and nat
// POSTROUTING. Pure, and linear in what is drawn.
import type { ChainGraph, GraphColumn, GraphNode } from '@/lib/net/ruleset/graph';
import { boxOf, GAP_AFTER_EXTERNAL, GAP_BEFORE, GAP_SHARED_PODS, TITLE, widthsOf, type Box } from './boxes';
import { drawEdges } from './edges';
import { groupEndpoints, wholeOf, type EndpointGroup, type Whole } from './fold';
import { groupBy } from './group-by';
import type { LaidColumn, LaidKind, LaidNode, Layout, LayoutOptions } from './layout-types';
import { stack, type StackItem } from './stack';

const MARGIN = 14;
/** Below the headings of the columns. */
const TOP = 40;
const ORDER: readonly GraphColumn[] = [
  'hook',
  'services',
  'lookup',
  'external',
  'service',
  'endpoint',
  'pod',
];
const ROW_GAP = 14;
const GROUP_GAP = 26;
const LANE_GAP = 34;
/** Where a line meets a box of several rows: beside its name. */
const ARRIVAL = 7 + TITLE / 2 + 6;
/** How far below the first endpoint a chain may stand: with a hundred endpoints its box stays in sight. */
const MAX_SINK = 150;

export function layoutGraph(graph: ChainGraph, options: LayoutOptions): Layout {
  const plan = new Plan(graph, options);
  plan.place();
  return plan.result();
}

/** Lane of a node: 0 nat on the way in, 1 filter, 2 nat POSTROUTING. */
function laneOf(node: GraphNode): number {
  if (node.lane) return LANES[node.lane];
  if (node.table === 'filter') return 1;
  return node.id === 'nat/POSTROUTING' || node.kind === 'masq' ? 2 : 0;
}

const LANES = { nat: 0, filter: 1, postrouting: 2 } as const;

class Plan {
  readonly #whole: Whole;
  readonly #widths: ReturnType<typeof widthsOf>;
  readonly #nodes: ReadonlyMap<string, GraphNode>;
  readonly #boxes = new Map<string, Box>();
  readonly #groups: readonly EndpointGroup[];
  readonly #columns: readonly LaidColumn[];
  readonly #laid = new Map<string, LaidNode>();
  readonly #chains: readonly GraphNode[];

  constructor(
    graph: ChainGraph,
    private readonly options: LayoutOptions,
  ) {
    this.#whole = wholeOf(graph, options.ghosts);
    this.#widths = widthsOf(graph.mode);
    this.#nodes = new Map(this.#whole.nodes.map((n) => [n.id, n]));
    const removed = options.ghosts ? graph.removed.rules : [];
    const now = new Set(graph.nodes.flatMap((n) => n.rules.map((r) => r.id)));
    const byChain = groupBy(
      removed.filter((r) => !now.has(r.id)),
      (r) => `${r.table}/${r.chain}`,
    );
    for (const node of this.#whole.nodes) {
      const gone = this.#whole.gone.has(node.id);
      const left = gone ? [] : (byChain.get(node.id) ?? []);
      this.#boxes.set(node.id, boxOf(node, left, gone, this.#widths[node.column]));
    }
    this.#chains = this.#sorted(this.#whole.nodes.filter((n) => n.column === 'service' && laneOf(n) === 0));
    this.#groups = groupEndpoints(
      this.#whole,
      this.#chains.map((n) => n.id),
      options.endpoints,
    );
    this.#columns = columnsOf(this.#whole, this.#widths, options.others > 0);
  }

  place(): void {
    this.#placeEndpoints();
    this.#placePods();
    this.#placeByTargets(this.#chains, TOP + 26);
    this.#placeExternal();
    this.#placeEntry();
    this.#placeLane(1);
    this.#placeLane(2);
  }

  result(): Layout {
    const nodes = [...this.#laid.values()];
    const right = Math.max(0, ...nodes.map((n) => n.x + n.width));
    const bottom = Math.max(TOP, ...nodes.map((n) => n.y + n.height));
    return {
      nodes,
      edges: drawEdges(this.#whole, this.#laid, this.#groups),
      columns: this.#columns,
      width: right + MARGIN,
      height: bottom + MARGIN,
    };
  }

  #of(column: GraphColumn, lane: number): GraphNode[] {
    return this.#whole.nodes.filter((n) => n.column === column && laneOf(n) === lane);
  }

  /** By the place of the rules that lead here, column by column from the left: packets that enter first stand on top. */
  #sorted(nodes: readonly GraphNode[]): GraphNode[] {
    const memo = new Map<string, number>();
    const rank = (id: string): number => {
      const known = memo.get(id);
      if (known !== undefined) return known;
      memo.set(id, 0); // rules never lead in a circle, but an imported dump may hold anything
      const from = this.#whole.edges.filter((e) => e.to === id);
      const places = from.map((e) => {
        const node = this.#nodes.get(e.from);
        const at = node?.rules.findIndex((r) => r.id === e.rule) ?? 0;
        const lane = node?.name === 'KUBE-NODEPORTS' ? 500 : 0;
        return node?.column === 'services' || !node
          ? lane + Math.max(0, at)
          : rank(node.id) + Math.max(0, at) / 100;
      });
      const value = places.length ? Math.min(...places) : 0;
      memo.set(id, value);
      return value;
    };
    return [...nodes].sort((a, b) => rank(a.id) - rank(b.id));
  }

  #placeEndpoints(): void {
    let y = TOP;
    for (const [i, group] of this.#groups.entries()) {
      if (i > 0 && group.before.length) y += GROUP_GAP - ROW_GAP;
      for (const id of group.before) y = this.#putEndpoint(id, y) + ROW_GAP;
      if (group.folded.length) y = this.#putFold(group, y) + ROW_GAP;
      for (const id of group.after) y = this.#putEndpoint(id, y) + ROW_GAP;
    }
  }

  /** With the set that remembers its clients right below it. */
  #putEndpoint(id: string, y: number): number {
    const bottom = this.#put(id, y);
    const set = this.#whole.nodes.find((n) => n.beside === id);
    return set ? this.#put(set.id, bottom + 4) : bottom;
  }

  #putFold(group: EndpointGroup, y: number): number {
    const id = `fold ${group.chooser}`;
    const even = this.#nodes.get(group.chooser)?.facts.find((f) => f.code === 'endpoints-even')?.params[
      'share'
    ];
    const share = typeof even === 'number' ? { share: even } : {};
    return this.#set(id, 'fold', 'endpoint', y, 40, { count: group.folded.length, ...share });
  }

  #placePods(): void {
    const wanted = this.#of('pod', 0).flatMap((node) => {
      const from = this.#whole.edges
        .filter((e) => e.to === node.id)
        .flatMap((e) => this.#laid.get(e.from) ?? []);
      if (!from.length) return [];
      return [{ node, want: mean(from.map((n) => n.y + n.height / 2)) }];
    });
    wanted.sort((a, b) => a.want - b.want);
    this.#stack(
      wanted.map((w) => w.node),
      wanted.map((w) => w.want),
      TOP,
      8,
    );
  }

  /** Below the line that leads past them from KUBE-SERVICES to the Service's own chain. */
  #placeExternal(): void {
    let y = TOP;
    for (const node of this.#sorted(this.#of('external', 0))) {
      const line = Math.min(...this.#chainsBehind(node, 0).map((n) => n.y + ARRIVAL));
      y = this.#put(node.id, Number.isFinite(line) ? Math.max(y, line + ROW_GAP) : y) + ROW_GAP;
    }
  }

  /** The Service's own chains that an external chain leads to, by way of others. */
  #chainsBehind(node: GraphNode, depth: number): LaidNode[] {
    return this.#targetsOf(node).flatMap((id) => {
      const target = this.#nodes.get(id);
      if (!target || depth > 3) return [];
      return target.column === 'external'
        ? this.#chainsBehind(target, depth + 1)
        : (this.#laidChain(id) ?? []);
    });
  }

  #laidChain(id: string): LaidNode | undefined {
    const laid = this.#laid.get(id);
    return laid?.column === 'service' && laid.kind !== 'masq' ? laid : undefined;
  }

  #placeByTargets(nodes: readonly GraphNode[], top: number): void {
    const wants = nodes.map((node) => this.#wish(node, top));
    this.#stack(nodes, wants, TOP, ROW_GAP);
  }

  /** The middle of what a node leads to, but not far below the top of that. */
  #wish(node: GraphNode, top: number): number {
    const group = this.#groups.find((g) => g.chooser === node.id);
    const ids = group ? [...group.before, ...group.after, `fold ${group.chooser}`] : this.#targetsOf(node);
    const targets = ids.flatMap((id) => this.#laid.get(id) ?? []);
    if (!targets.length) return top;
    const middles = targets.map((n) => n.y + n.height / 2);
    const middle = group ? (Math.min(...middles) + Math.max(...middles)) / 2 : mean(middles);
    return Math.min(middle, Math.min(...middles) + (group ? MAX_SINK : 400));
  }

  #targetsOf(node: GraphNode): string[] {
    return this.#whole.edges.filter((e) => e.from === node.id).map((e) => e.to);
  }

  /** KUBE-SERVICES with KUBE-NODEPORTS and the other Services below it, and the hooks before them. */
  #placeEntry(): void {
    this.#placeByTargets(this.#sorted(this.#of('lookup', 0)), TOP + 26);
    const shared = this.#of('services', 0);
    this.#placeByTargets(shared, TOP + 40);
    if (this.options.others > 0) {
      const above = Math.max(TOP - 10, ...shared.map((n) => this.#bottom(n.id)));
      this.#set('others', 'others', 'services', above + 18, 54, { count: this.options.others });
    }
    this.#placeHooks(0);
  }

  #placeHooks(lane: number): void {
    const hooks = this.#of('hook', lane);
    const wants = hooks.map((hook) => {
      const targets = this.#targetsOf(hook).flatMap((id) => this.#laid.get(id) ?? []);
      return targets.length ? mean(targets.map((n) => n.y + n.height / 2)) : TOP;
    });
    const order = hooks.map((hook, i) => ({ hook, want: wants[i] ?? 0 }));
    if (lane === 1) order.sort((a, b) => a.want - b.want);
    this.#stack(
      order.map((o) => o.hook),
      order.map((o) => o.want),
      lane === 0 ? TOP : this.#laneTop(lane),
      lane === 0 ? 34 : ROW_GAP,
    );
  }

  /** Filter and POSTROUTING stand below the chains of the lanes before; the endpoints' columns reach down beside them. */
  #placeLane(lane: number): void {
    const top = this.#laneTop(lane);
    let y = top;
    for (const node of this.#of('services', lane)) y = this.#put(node.id, y) + ROW_GAP;
    const ends = this.#of('service', lane);
    const wants = ends.map((node) => {
      const from = this.#whole.edges.filter((e) => e.to === node.id).map((e) => e.from);
      const carried = this.#targetsOf(node);
      const near = (lane === 2 ? carried : from).flatMap((id) => this.#laid.get(id) ?? []);
      return near.length ? mean(near.map((n) => n.y + n.height / 2)) : top;
    });
    this.#stack(ends, wants, top, ROW_GAP);
    for (const column of ['lookup', 'external'] as const) {
      let below = top;
      for (const node of this.#of(column, lane)) below = this.#put(node.id, below) + ROW_GAP;
    }
    this.#placeHooks(lane);
  }

  readonly #laneTops = new Map<number, number>();

  #laneTop(lane: number): number {
    const known = this.#laneTops.get(lane);
    if (known !== undefined) return known;
    const left = new Set<GraphColumn>(['hook', 'services', 'lookup', 'external', 'service']);
    const bottoms = [...this.#laid.values()].filter((n) => left.has(n.column)).map((n) => n.y + n.height);
    const top = bottoms.length ? Math.max(...bottoms) + LANE_GAP : TOP;
    this.#laneTops.set(lane, top);
    return top;
  }

  #stack(nodes: readonly GraphNode[], wants: readonly number[], top: number, gap: number): void {
    const items = nodes.map((n, i): StackItem => ({
      height: this.#boxes.get(n.id)?.height ?? 36,
      want: wants[i] ?? top,
      gap,
    }));
    const tops = stack(items, top);
    for (const [i, node] of nodes.entries()) this.#put(node.id, tops[i] ?? top);
  }

  #bottom(id: string): number {
    const laid = this.#laid.get(id);
    return laid ? laid.y + laid.height : 0;
  }

  #put(id: string, y: number): number {
    const node = this.#nodes.get(id);
    const box = this.#boxes.get(id);
    if (!node || !box) return y;
    return this.#set(id, node.kind, node.column, y, box.height, { node, rows: box.rows });
  }

  #set(
    id: string,
    kind: LaidKind,
    column: GraphColumn,
    y: number,
    height: number,
    more: Partial<LaidNode>,
  ): number {
    const { x = MARGIN, width = this.#widths[column] } = this.#columns.find((c) => c.id === column) ?? {};
    const ghost = this.#whole.gone.has(id);
    const left = ghost && (kind === 'hook' || kind === 'services' || kind === 'masq');
    this.#laid.set(id, { id, kind, column, x, y, width, height, rows: [], ghost, left, ...more });
    return y + height;
  }
}

const mean = (values: readonly number[]): number =>
  values.reduce((a, b) => a + b, 0) / Math.max(1, values.length);

/** Only columns that hold something take room. */
function columnsOf(
  { nodes, edges }: Whole,
  widths: ReturnType<typeof widthsOf>,
  others: boolean,
): LaidColumn[] {
  const pods = nodes.filter((n) => n.column === 'pod');
  const shared = pods.some((pod) => edges.filter((e) => e.to === pod.id).length > 1);
  let x = MARGIN;
  const columns: LaidColumn[] = [];
  for (const id of ORDER) {
    const kinds = new Set<LaidKind>(
      nodes.filter((n) => n.column === id && laneOf(n) === 0).map((n) => n.kind),
    );
    if (!kinds.size && !nodes.some((n) => n.column === id) && !(others && id === 'services')) continue;
    if (id === 'pod' && shared) x += GAP_SHARED_PODS;
    else if (columns.at(-1)?.id === 'external') x += GAP_AFTER_EXTERNAL;
    else if (columns.length) x += GAP_BEFORE[id];
    columns.push({ id, x, width: widths[id], kinds: [...kinds] });
    x += widths[id];
  }
  return columns;
}
