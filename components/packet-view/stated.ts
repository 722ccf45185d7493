// What the rule that chooses an endpoint states, as the chain view has it.
import type { ChainGraph } from '@/lib/net/ruleset/graph';

/** "0.3333333333" or "1"; undefined if the chain view does not show the endpoint. */
export function statedProbability(graph: ChainGraph, endpoint: string): string | undefined {
  const chain = graph.nodes.find(
    ({ kind, rules }) => kind === 'sep' && rules.some(({ action }) => action === `DNAT ${endpoint}`),
  );
  return chain && graph.edges.find(({ to, probability }) => to === chain.id && probability)?.probability;
}

/** The rule's id in the chain view, for a step of a packet on its node; undefined if it is not in the picture. */
export function ruleInGraph(
  graph: ChainGraph,
  step: { readonly node: string; readonly table?: string; readonly chain?: string; readonly index?: number },
): readonly string[] {
  if (graph.node !== step.node || step.chain === undefined) return [];
  const chain = graph.nodes.find(({ name, table }) => name === step.chain && table === step.table);
  if (!chain) return [];
  if (step.index === undefined) return chain.rules.map(({ id }) => id);
  const { index } = step;
  return chain.rules.filter(({ position }) => position === index + 1).map(({ id }) => id);
}
