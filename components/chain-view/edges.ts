// The lines of the chain view. Every path has the form M C L, so that the browser can ease from one to the next.
import type { GraphEdge } from '@/lib/net/ruleset/graph';
import { groupBy } from './group-by';
import { COLUMN_WIDTH, GAP_BEFORE, PILL_ROOM, SMALL, TITLE } from './boxes';
import type { EndpointGroup, Whole } from './fold';
import type { LaidEdge, LaidNode, LaidPill } from './layout-types';
import { shortProbability } from './short-name';

type Laid = ReadonlyMap<string, LaidNode>;

interface Ends {
  readonly from: LaidNode;
  readonly to: LaidNode;
  readonly fromY: number;
  readonly toY: number;
}

/** All lines between boxes that are drawn; the choices of folded endpoints become one line. */
export function drawEdges(whole: Whole, laid: Laid, groups: readonly EndpointGroup[]): LaidEdge[] {
  const edges: LaidEdge[] = [];
  const arrivals = groupBy(
    whole.edges.filter((e) => e.probability !== undefined),
    (e) => e.to,
  );
  const choices = choiceOrder(whole, laid, groups);
  const shared = new Set(whole.nodes.flatMap((n) => n.rules.filter((r) => r.shared).map((r) => r.id)));
  for (const edge of whole.edges) {
    const from = laid.get(edge.from);
    const to = laid.get(edge.to);
    if (!from || !to) continue;
    // A rule for returning clients runs beside the choice of the same endpoint.
    if (to.kind === 'sep' && edge.probability === undefined) continue;
    const among = arrivals.get(edge.to) ?? [];
    const spread = edge.probability === undefined ? 0 : (among.indexOf(edge) - (among.length - 1) / 2) * 21;
    const carried = edge.rule === undefined && to.kind === 'masq';
    const ends = carried
      ? level(from, to)
      : { from, to, fromY: departure(from, edge, choices), toY: arrival(to, from) + spread };
    const stays = edge.rule === undefined || shared.has(edge.rule);
    edges.push(drawEdge(edge, ends, whole.gone.has(edge.id), stays));
  }
  for (const group of groups) {
    const from = laid.get(group.chooser);
    const to = laid.get(`fold ${group.chooser}`);
    if (!from || !to) continue;
    const edge: GraphEdge = { id: `fold ${group.chooser}`, from: from.id, to: to.id };
    const fromY = departure(from, edge, choices);
    edges.push(drawEdge(edge, { from, to, fromY, toY: middle(to) }, false, false));
  }
  return edges;
}

/** The targets of each chooser from top to bottom: its lines leave in this order. */
function choiceOrder(
  whole: Whole,
  laid: Laid,
  groups: readonly EndpointGroup[],
): ReadonlyMap<string, readonly string[]> {
  const order = new Map<string, readonly string[]>();
  for (const { chooser, folded } of groups) {
    const ids = whole.edges.filter((e) => e.from === chooser && e.probability !== undefined).map((e) => e.to);
    const targets = [...new Set(folded.length ? [...ids, `fold ${chooser}`] : ids)].flatMap(
      (id) => laid.get(id) ?? [],
    );
    order.set(
      chooser,
      targets.sort((a, b) => a.y - b.y).map((n) => n.id),
    );
  }
  return order;
}

const middle = (node: LaidNode): number => node.y + node.height / 2;

/** Where on the right side a line leaves: at its rule's row, or spread over the box for the choices of an endpoint. */
function departure(node: LaidNode, edge: GraphEdge, choices: ReadonlyMap<string, readonly string[]>): number {
  const row = node.rows.find((r) => edge.rule !== undefined && r.rules.includes(edge.rule));
  if (row && node.kind !== 'sep') return node.y + row.y + row.height / 2;
  const order = choices.get(node.id);
  const at = order?.indexOf(edge.to) ?? -1;
  if (!order || at < 0) return middle(node);
  const step = Math.min(8, (node.height - 20) / Math.max(1, order.length - 1));
  return middle(node) + (at - (order.length - 1) / 2) * step;
}

/** The mark is carried from the lower part of KUBE-MARK-MASQ straight to where it is tested. */
function level(from: LaidNode, to: LaidNode): Ends {
  const y = from.y + from.height - 12;
  return { from, to, fromY: y, toY: Math.min(Math.max(y, to.y + 12), to.y + to.height - 12) };
}

/** A jump arrives at the chain's name; between Pods and endpoints lines are level. */
function arrival(to: LaidNode, from: LaidNode): number {
  if (to.kind === 'masq' && from.kind !== 'hook') return to.y + 13;
  const flat =
    to.kind === 'pod' ||
    to.kind === 'sep' ||
    to.kind === 'reject' ||
    to.kind === 'drop' ||
    from.kind === 'hook';
  return flat || to.height <= 60 ? middle(to) : to.y + 7 + TITLE / 2 + 6;
}

function drawEdge(edge: GraphEdge, ends: Ends, ghost: boolean, stays: boolean): LaidEdge {
  const { from, to, toY } = ends;
  const mark = to.kind === 'masq' && from.kind !== 'hook';
  const pill =
    edge.probability === undefined
      ? undefined
      : pillOf(edge.probability, ghost ? '−' : SIGN[edge.change ?? 'none'], to, toY);
  return {
    id: edge.id,
    edge,
    tone: mark ? 'masq' : to.kind === 'reject' || to.kind === 'drop' ? to.kind : from.kind,
    path: pathOf(ends, mark),
    mark,
    quiet: mark && from.kind === 'sep',
    ghost,
    left: ghost && stays,
    ...(pill ? { pill } : {}),
  };
}

const SIGN = { added: '+', changed: '~', none: '' } as const;

function pillOf(probability: string, sign: string, to: LaidNode, y: number): LaidPill {
  const text = sign + shortProbability(probability);
  const width = Math.max(22, Math.round(text.length * SMALL) + 14);
  return { x: to.x - 8 - width, y: y - 9, width, text };
}

function pathOf(ends: Ends, mark: boolean): string {
  const { from, to, fromY, toY } = ends;
  if (from.column === to.column) return bracket(ends, mark ? 'left' : 'right');
  if (to.x < from.x) return curve(from.x, fromY, to.x + to.width, toY, 5, -1);
  const start = from.x + from.width;
  // Past a column it runs level, above the boxes there.
  const past = to.x - start > COLUMN_WIDTH.external;
  const straight =
    to.kind === 'sep' || to.kind === 'fold' ? PILL_ROOM : past ? to.x - start - GAP_BEFORE.external : 6;
  return curve(start, fromY, to.x, toY, straight, 1);
}

/** An S from one side to the other, level for the last `level` units. */
function curve(x1: number, y1: number, x2: number, y2: number, level: number, way: 1 | -1): string {
  const end = x2 - way * level;
  const bend = (end - x1) * 0.55;
  return `M${x1} ${r(y1)}C${r(x1 + bend)} ${r(y1)} ${r(end - bend)} ${r(y2)} ${end} ${r(y2)}L${x2} ${r(y2)}`;
}

/** Between boxes of one column: out and back on the same side. */
function bracket({ from, to, fromY, toY }: Ends, side: 'left' | 'right'): string {
  const way = side === 'left' ? -1 : 1;
  const x1 = side === 'left' ? from.x : from.x + from.width;
  const x2 = side === 'left' ? to.x : to.x + to.width;
  const out = way * 17;
  return `M${x1} ${r(fromY)}C${x1 + out} ${r(fromY)} ${x2 + out} ${r(toY)} ${x2 + way * 5} ${r(toY)}L${x2} ${r(toY)}`;
}

const r = (n: number): number => Math.round(n * 10) / 10;
