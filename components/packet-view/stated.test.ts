// Which rules of the chain view a packet's hop lights up in nftables mode, and what the view states about an endpoint.
import { expect, test } from 'vitest';
import type { RuleView } from '@/lib/net/ruleset/graph';
import { WorkbenchEngine } from '@/lib/workbench/engine';
import { ruleInGraph, statedProbability } from './stated';

test('a hop lights the rule, and the element or the slot that the packet took', async () => {
  const workbench = new WorkbenchEngine(() => 0);
  const request = { lab: '2.3', k8s: '1.32', seed: 1, lang: 'en', proxyMode: 'nftables' } as const;
  const { graph } = await workbench.open(request);
  const ends = await workbench.inspect({ ask: 'ends', service: 'default/my-web-service' });
  const [to] = ends.targets;
  if (!to) throw new Error('the Service has no address');
  const sent = await workbench.inspect({ ask: 'packet', from: { node: 'node-1' }, to, turn: 0 });
  if (!sent.ok) throw new Error(sent.error.code);
  const { steps, endpoint = '' } = sent.value;
  const rules = graph.nodes.flatMap((n) => n.rules);
  const lit = steps
    .filter((step) => step.table === 'ip kube-proxy' && step.leg === 'request')
    .map((step) => ruleInGraph(graph, step).flatMap((id) => rules.find((r) => r.id === id) ?? []));
  const parts = (found: readonly RuleView[]): string => found.map((r) => r.part ?? 'rule').join(' ');
  expect(lit.map(parts)).toEqual(expect.arrayContaining(['rule element', 'rule slot']));
  expect(lit.flat().find((r) => r.part === 'element')?.match).toBe(`${to.to} . tcp . 80`);
  expect(lit.flat().find((r) => r.part === 'slot')?.action).toContain(`__${endpoint.replace(':', '/')}`);
  expect(statedProbability(graph, endpoint)).toBe('1/3');
});
