// `ksvc trace --json`: outcomes as plain data.
import type { Outcome, Step } from '@/lib/net/datapath/trace';

/** {"outcomes":[…]} with a line end. */
export function outcomesJson(outcomes: readonly Outcome[]): string {
  return JSON.stringify({ outcomes: outcomes.map(outcomeJson) }, undefined, 1) + '\n';
}

function outcomeJson(o: Outcome) {
  return {
    probability: o.probability,
    verdict: o.verdict,
    reason: o.reason,
    ...(o.endpoint !== undefined && { endpoint: o.endpoint }),
    ...(o.endpointPod !== undefined && { endpointPod: o.endpointPod }),
    ...(o.viaNode !== undefined && { viaNode: o.viaNode }),
    ...(o.sourceIPSeen !== undefined && { sourceIPSeen: o.sourceIPSeen }),
    snat: o.snat,
    source: o.source,
    destination: o.destination,
    path: o.path,
    steps: o.steps.map(stepJson),
  };
}

function stepJson({ node, balancer, leg, hook, table, chain, rule, effect, packet }: Step) {
  return {
    node,
    ...(balancer !== undefined && { balancer }),
    ...(leg === 'answer' && { answer: true }),
    hook: hook ?? null,
    table: table ?? null,
    chain: chain ?? null,
    rule: rule?.text() ?? null,
    effect: effect.code.replace(/^step\./, ''),
    ...(Object.keys(effect.params).length > 0 && { params: effect.params }),
    source: packet.source,
    destination: packet.destination,
  };
}
