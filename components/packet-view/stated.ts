// What the rule that chooses an endpoint states, as the chain view has it.
import type { ChainGraph, GraphNode, RuleView } from '@/lib/net/ruleset/graph';
import type { Reason } from '@/lib/net/ruleset/types';

/** "0.3333333333" or "1", in nftables mode "1/3"; undefined if the chain view does not show the endpoint. */
export function statedProbability(graph: ChainGraph, endpoint: string): string | undefined {
  const chain = graph.nodes.find(
    ({ kind, rules }) =>
      kind === 'sep' &&
      rules.some(({ action }) => action === `DNAT ${endpoint}` || action === `dnat to ${endpoint}`),
  );
  const choice = chain && graph.edges.find(({ to, probability }) => to === chain.id && probability);
  const slot = choice && graph.nodes.flatMap((n) => n.rules).find((r) => r.id === choice.rule);
  return slot?.part === 'slot' ? `1/${slot.of}` : choice?.probability;
}

/** A step of a packet, as far as the chain view has to know it. */
interface Passed {
  readonly node: string;
  readonly table?: string;
  readonly chain?: string;
  readonly index?: number;
  readonly effect?: Reason;
  readonly packet?: { readonly destination: string };
}

/**
 * Ids in the chain view of what a packet met at a step on its node: the rule and, in nftables mode, the slot or the element that it
 * took; none if they are not in the picture.
 */
export function ruleInGraph(graph: ChainGraph, step: Passed): readonly string[] {
  if (graph.node !== step.node || step.chain === undefined) return [];
  const chain = graph.nodes.find(({ name, table }) => name === step.chain && table === step.table);
  if (!chain) return [];
  if (step.index === undefined) return chain.rules.map(({ id }) => id);
  const { index } = step;
  const rules = chain.rules.filter((r) => r.part === undefined && r.position === index + 1);
  return [...rules, ...takenBy(graph, chain, rules, step)].map(({ id }) => id);
}

/** The slot of the rule's own map, or the element of the map that it looks up, by which the packet went on. */
function takenBy(graph: ChainGraph, chain: GraphNode, rules: readonly RuleView[], step: Passed): RuleView[] {
  const target = step.effect?.params['chain'];
  if (typeof target !== 'string') return [];
  const leads = (r: RuleView): boolean => r.part !== undefined && r.action === `→ ${target}`;
  const ids = new Set(rules.map((r) => r.id));
  const looked = new Set(graph.edges.flatMap((e) => (ids.has(e.rule ?? '') ? [e.to] : [])));
  const elements = graph.nodes.filter((n) => n.kind === 'map' && looked.has(n.id)).flatMap((n) => n.rules);
  const found = [...chain.rules, ...elements].filter(leads);
  // Several addresses of a Service lead to one chain: the packet's own is the one.
  const [, ip = '', port = ''] = /^\[?(.*?)\]?:(\d+)$/.exec(step.packet?.destination ?? '') ?? [];
  const own = found.filter((r) => r.match.startsWith(`${ip} . `) && r.match.endsWith(` . ${port}`));
  return own.length ? own : found;
}

/** Whether a step was made by one of these rules of the picture. */
export const passes = (
  graph: ChainGraph,
  step: Parameters<typeof ruleInGraph>[1],
  rules: readonly string[],
): boolean => step.index !== undefined && ruleInGraph(graph, step).some((id) => rules.includes(id));
