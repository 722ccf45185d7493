import { describe, expect, test } from 'vitest';
import { buildChainGraph, type ChainGraphInput } from './graph-build';
import { addresses, clusterIP, podOf, sepOf } from './graph-fixture';
import type { ChainGraph, GraphNode } from './graph';
import type { RuleSet } from './types';

const graphOf = (rules: RuleSet, more: Partial<ChainGraphInput> = {}): ChainGraph =>
  buildChainGraph({ rules, service: 'default/web', node: 'node-2', podOf, ...more });

const node = (graph: ChainGraph, id: string): GraphNode => {
  const found = graph.nodes.find((n) => n.id === id);
  if (!found) throw new Error(`no node ${id} in ${graph.nodes.map((n) => n.id).join(', ')}`);
  return found;
};

describe('after an edit', () => {
  const three = graphOf(clusterIP(addresses(3)));
  const four = graphOf(clusterIP(addresses(4)), { previous: three });

  test('a fourth endpoint is added, and the probabilities before it change', () => {
    const added = four.nodes.filter((n) => n.change === 'added').map((n) => n.id);
    expect(added).toEqual([`nat/${sepOf('10.244.1.6:8080')}`, 'pod/default/web-1-6']);
    const svc = node(four, 'nat/KUBE-SVC-WEB');
    expect(svc.change).toBe('changed');
    expect(svc.rules.map((r) => r.change)).toEqual([undefined, 'changed', 'added', undefined, undefined]);
    expect(four.edges.filter((e) => e.probability).map((e) => e.change)).toEqual([
      'changed',
      'added',
      undefined,
      undefined,
    ]);
    expect(four.removed).toEqual({ nodes: [], edges: [], rules: [] });
    expect(four.delta).toEqual({ added: 3, removed: 0 });
  });

  test('and back: what went is kept as it was, without its mark', () => {
    const back = graphOf(clusterIP(addresses(3)), { previous: four });
    expect(back.removed.nodes.map((n) => n.id)).toEqual([
      `nat/${sepOf('10.244.1.6:8080')}`,
      'pod/default/web-1-6',
    ]);
    expect(back.removed.nodes.every((n) => n.change === undefined && n.rules.every((r) => !r.change))).toBe(
      true,
    );
    expect(back.removed.rules.map((r) => r.chain).sort()).toEqual([
      sepOf('10.244.1.6:8080'),
      sepOf('10.244.1.6:8080'),
      'KUBE-SVC-WEB',
    ]);
    expect(back.delta.removed).toBe(3);
  });

  test('a look at it, or an edit that changes no rule, keeps the marks', () => {
    const same = graphOf(clusterIP(addresses(4)), { previous: four });
    expect(same).toEqual(four);
    const back = graphOf(clusterIP(addresses(3)), { previous: four });
    expect(graphOf(clusterIP(addresses(3)), { previous: back }).removed).toEqual(back.removed);
    expect(
      graphOf(clusterIP(addresses(3)), { previous: graphOf(clusterIP(addresses(3))) }).nodes.some(
        (n) => n.change,
      ),
    ).toBe(false);
  });

  test('another timeout changes the rules of the affinity, it does not replace them', () => {
    const before = graphOf(clusterIP(addresses(2), { affinitySeconds: 10800 }));
    const after = graphOf(clusterIP(addresses(2), { affinitySeconds: 60 }), { previous: before });
    expect(node(after, 'nat/KUBE-SVC-WEB').rules.map((r) => r.change)).toEqual([
      undefined,
      'changed',
      'changed',
      undefined,
      undefined,
    ]);
    expect(after.removed.rules).toEqual([]);
  });

  test('losing the last endpoint takes the nat chains away and adds the rejection', () => {
    const gone = graphOf(clusterIP([]), { previous: three });
    expect(gone.removed.nodes.map((n) => n.kind)).toContain('svc');
    expect(node(gone, 'filter/REJECT').change).toBe('added');
    expect(node(gone, 'filter/KUBE-SERVICES')).toMatchObject({
      change: 'changed',
      rules: [{ change: 'added' }],
    });
  });

  test('rules that every Service shares come and go with the picture, but no edit has written or deleted them', () => {
    const gone = graphOf(clusterIP([]), { previous: three });
    expect(gone.removed.nodes.map((n) => n.id)).toContain('nat/PREROUTING');
    const chains = gone.removed.rules.map((r) => r.chain);
    expect(chains.filter((c) => /ROUTING|OUTPUT|MASQ/.test(c))).toEqual([]);
    expect(gone.delta).toEqual({ added: 1, removed: 1 + 4 + 3 * 2 });
    expect(node(gone, 'filter/FORWARD').change).toBeUndefined();
    expect(gone.edges.find((e) => e.from === 'filter/FORWARD')?.change).toBeUndefined();
  });

  test('a picture of another Service, node or family is no measure', () => {
    for (const previous of [
      { ...three, service: 'default/db' },
      { ...three, node: 'node-1' },
      { ...three, family: 'IPv6' as const },
    ])
      expect(graphOf(clusterIP(addresses(4)), { previous }).nodes.every((n) => !n.change)).toBe(true);
  });

  test('counts of the whole node are passed on if they are known', () => {
    expect(graphOf(clusterIP(addresses(3)), { delta: { added: 7, removed: 2 } }).delta).toEqual({
      added: 7,
      removed: 2,
    });
  });
});
