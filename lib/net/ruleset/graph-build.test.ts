import { describe, expect, test } from 'vitest';
import { buildChainGraph, type ChainGraphInput } from './graph-build';
import {
  addresses,
  clusterIP,
  comment,
  dport,
  FIXED,
  from,
  jump,
  NODEPORT_TAIL,
  podOf,
  policyChain,
  rule,
  ruleSet,
  sepOf,
  tcp,
  to,
} from './graph-fixture';
import { findEntryRules } from './graph-entries';
import type { ChainGraph, GraphNode } from './graph';
import type { RuleSet } from './types';

const graphOf = (rules: RuleSet, more: Partial<ChainGraphInput> = {}): ChainGraph =>
  buildChainGraph({ rules, service: 'default/web', node: 'node-2', podOf, ...more });

const node = (graph: ChainGraph, id: string): GraphNode => {
  const found = graph.nodes.find((n) => n.id === id);
  if (!found) throw new Error(`no node ${id} in ${graph.nodes.map((n) => n.id).join(', ')}`);
  return found;
};
const steps = (graph: ChainGraph): string[] => graph.edges.map((e) => `${e.from} > ${e.to}`);
const sum = (values: readonly (number | undefined)[]): number =>
  values.reduce<number>((a, b) => a + (b ?? 0), 0);

describe('a ClusterIP Service with three endpoints', () => {
  const graph = graphOf(clusterIP(addresses(3)));

  test('is followed from both hooks to its Pods, and no other Service is drawn', () => {
    expect(graph.nodes.map((n) => n.id)).toEqual([
      'nat/PREROUTING',
      'nat/OUTPUT',
      'nat/KUBE-SERVICES',
      'nat/KUBE-SVC-WEB',
      'nat/KUBE-MARK-MASQ',
      ...addresses(3).map((a) => `nat/${sepOf(a)}`),
      'pod/default/web-1-5',
      'pod/default/web-2-5',
      'pod/default/web-3-5',
      'nat/POSTROUTING',
      'nat/KUBE-POSTROUTING',
    ]);
    expect(steps(graph)).toEqual(
      expect.arrayContaining([
        'nat/PREROUTING > nat/KUBE-SERVICES',
        'nat/KUBE-SERVICES > nat/KUBE-SVC-WEB',
        'nat/KUBE-SVC-WEB > nat/KUBE-MARK-MASQ',
        'nat/KUBE-MARK-MASQ > nat/KUBE-POSTROUTING',
      ]),
    );
  });

  test('states probabilities as the rules do and shows the true shares', () => {
    const choices = graph.edges.filter((e) => e.probability !== undefined);
    expect(choices.map((e) => e.probability)).toEqual(['0.3333333333', '0.5000000000', '1']);
    for (const kind of ['sep', 'pod']) {
      const shares = graph.nodes.filter((n) => n.kind === kind).map((n) => n.share ?? 0);
      expect(sum(shares)).toBeCloseTo(1, 12);
      for (const share of shares) expect(share).toBeCloseTo(1 / 3, 8);
    }
    expect(node(graph, 'nat/KUBE-SVC-WEB').facts.map((f) => f.code)).toEqual([
      'endpoints-even',
      'affinity-none',
    ]);
  });

  test('gives each rule its place in the whole chain, its text and a short form', () => {
    const [entry] = node(graph, 'nat/KUBE-SERVICES').rules;
    expect(entry).toMatchObject({
      position: 2,
      of: 3,
      match: '-d 10.96.0.9 tcp dpt:80',
      action: '→ KUBE-SVC-WEB',
    });
    expect(entry?.text).toBe(
      '-A KUBE-SERVICES -m comment --comment "default/web:http cluster IP" -m tcp -p tcp -d 10.96.0.9 --dport 80 -j KUBE-SVC-WEB',
    );
    const svc = node(graph, 'nat/KUBE-SVC-WEB').rules;
    expect(svc.map((r) => `${r.position}/${r.of}`)).toEqual(['1/4', '2/4', '3/4', '4/4']);
    expect(svc[0]).toMatchObject({ match: '! -s 10.244.0.0/16', action: '→ KUBE-MARK-MASQ' });
    expect(node(graph, `nat/${sepOf('10.244.1.5:8080')}`).rules[1]?.action).toBe('DNAT 10.244.1.5:8080');
  });

  test('of a hook only the jumps that lead somewhere are kept, with their place', () => {
    expect(node(graph, 'nat/POSTROUTING').rules).toMatchObject([{ position: 1, of: 2 }]);
  });

  test('tells where the Pods run', () => {
    expect(node(graph, 'pod/default/web-2-5').facts).toContainEqual({
      code: 'pod-here',
      params: { node: 'node-2' },
    });
    expect(node(graph, 'pod/default/web-1-5').facts).toContainEqual({
      code: 'pod-on',
      params: { node: 'node-1' },
    });
  });

  test('is the same with an index of its rules', () => {
    const rules = clusterIP(addresses(3));
    expect(graphOf(rules, { serviceRules: (s) => findEntryRules(rules, s) })).toEqual(graph);
  });
});

test('an endpoint without a Pod is drawn by its address; one of the node itself says so', () => {
  const graph = graphOf(clusterIP(['192.168.10.12:6443']), {
    podOf: () => undefined,
    localAddresses: ['192.168.10.12'],
  });
  expect(node(graph, 'address/192.168.10.12').facts.map((f) => f.code)).toEqual(['ip', 'host-here']);
});

test('without endpoints the Service is rejected in the filter table, from the hooks that test it', () => {
  const graph = graphOf(clusterIP([]));
  expect(graph.nodes.map((n) => `${n.kind} ${n.id}`)).toEqual([
    'hook filter/FORWARD',
    'hook filter/OUTPUT',
    'services filter/KUBE-SERVICES',
    'reject filter/REJECT',
  ]);
  expect(steps(graph)).toEqual([
    'filter/KUBE-SERVICES > filter/REJECT',
    'filter/FORWARD > filter/KUBE-SERVICES',
    'filter/OUTPUT > filter/KUBE-SERVICES',
  ]);
});

test('nothing is drawn without a Service, nor for one that has no rules', () => {
  expect(graphOf(clusterIP(addresses(2)), { service: null }).nodes).toEqual([]);
  expect(graphOf(clusterIP(addresses(2)), { service: 'default/we' }).nodes).toEqual([]);
});

describe('rules know their Service', () => {
  test('by origin, even without a comment; a comment alone does not outweigh it', () => {
    const origin = [{ kind: 'Service', namespace: 'default', name: 'web', path: 'spec.ports[0].port' }];
    const own = { ...rule('KUBE-SERVICES', [to('10.96.0.9')], jump('KUBE-SVC-WEB')), origin };
    const foreign = {
      ...rule('KUBE-SERVICES', [comment('default/web:http cluster IP')], jump('KUBE-SVC-WEB')),
      origin: [{ kind: 'Service', namespace: 'default', name: 'web-2', path: '' }],
    };
    const found = findEntryRules(ruleSet({ 'nat/KUBE-SERVICES': [foreign, own] }), 'default/web');
    expect(found).toEqual([{ table: 'nat', rule: own, position: 2, of: 2 }]);
  });

  test('by comment in imported rules, of a port with or without a name, but not by a mere beginning', () => {
    const named = [
      'default/web:http cluster IP',
      'default/web cluster IP',
      'default/web',
      'default/web-2 cluster IP',
    ];
    const rules = named.map((text) => rule('KUBE-SERVICES', [comment(text)], jump('KUBE-SVC-WEB')));
    const found = findEntryRules(ruleSet({ 'nat/KUBE-SERVICES': rules }), 'default/web');
    expect(found.map((e) => e.position)).toEqual([1, 2, 3]);
  });
});

describe('a LoadBalancer Service with source ranges', () => {
  const port = 'default/web:http';
  const graph = graphOf(
    ruleSet({
      ...FIXED,
      'nat/KUBE-SERVICES': [
        rule(
          'KUBE-SERVICES',
          [comment(`${port} cluster IP`), tcp, to('10.96.0.9'), dport(80)],
          jump('KUBE-SVC-WEB'),
        ),
        rule(
          'KUBE-SERVICES',
          [comment(`${port} loadbalancer IP`), tcp, to('203.0.113.7'), dport(80)],
          jump('KUBE-FW-WEB'),
        ),
        NODEPORT_TAIL,
      ],
      'nat/KUBE-NODEPORTS': [
        rule('KUBE-NODEPORTS', [comment(port), tcp, dport(30080)], jump('KUBE-EXT-WEB')),
      ],
      'nat/KUBE-FW-WEB': [
        rule(
          'KUBE-FW-WEB',
          [comment(`${port} loadbalancer IP`), from('198.51.100.0/24')],
          jump('KUBE-EXT-WEB'),
        ),
        rule(
          'KUBE-FW-WEB',
          [comment(`other traffic to ${port} will be dropped by KUBE-PROXY-FIREWALL`)],
          null,
        ),
      ],
      'nat/KUBE-EXT-WEB': [
        rule(
          'KUBE-EXT-WEB',
          [comment(`masquerade traffic for ${port} external destinations`)],
          jump('KUBE-MARK-MASQ'),
        ),
        rule('KUBE-EXT-WEB', [], jump('KUBE-SVC-WEB')),
      ],
      'filter/KUBE-PROXY-FIREWALL': [
        rule(
          'KUBE-PROXY-FIREWALL',
          [comment(`${port} traffic not accepted by KUBE-FW-WEB`), tcp, to('203.0.113.7'), dport(80)],
          { kind: 'drop' },
        ),
      ],
      ...policyChain({ chain: 'KUBE-SVC-WEB', port, endpoints: addresses(2) }),
    }),
  );

  test('leads through firewall and node port chains to the same endpoints', () => {
    expect(steps(graph)).toEqual(
      expect.arrayContaining([
        'nat/KUBE-SERVICES > nat/KUBE-FW-WEB',
        'nat/KUBE-FW-WEB > nat/KUBE-EXT-WEB',
        'nat/KUBE-SERVICES > nat/KUBE-NODEPORTS',
        'nat/KUBE-NODEPORTS > nat/KUBE-EXT-WEB',
        'nat/KUBE-EXT-WEB > nat/KUBE-SVC-WEB',
        'nat/KUBE-EXT-WEB > nat/KUBE-MARK-MASQ',
      ]),
    );
    expect(sum(graph.nodes.filter((n) => n.kind === 'sep').map((n) => n.share))).toBeCloseTo(1, 12);
  });

  test('shows what no firewall rule let in as dropped, from each hook that tests it', () => {
    expect(steps(graph)).toEqual(
      expect.arrayContaining(
        ['INPUT', 'FORWARD', 'OUTPUT'].map((hook) => `filter/${hook} > filter/KUBE-PROXY-FIREWALL`),
      ),
    );
    expect(node(graph, 'filter/DROP').kind).toBe('drop');
  });

  test("keeps the rule of KUBE-SERVICES' end that finds the node ports", () => {
    const last = node(graph, 'nat/KUBE-SERVICES').rules.at(-1);
    expect(last).toMatchObject({ position: 3, of: 3, match: 'dst LOCAL', action: '→ KUBE-NODEPORTS' });
  });
});

test('externalTrafficPolicy Local: an endpoint in both chains counts by its share of KUBE-SVC', () => {
  const port = 'default/web:http';
  const endpoints = addresses(4);
  const local = { kind: 'addrtype', src: 'LOCAL' } as const;
  const graph = graphOf(
    ruleSet({
      ...FIXED,
      'nat/KUBE-SERVICES': [
        rule(
          'KUBE-SERVICES',
          [comment(`${port} cluster IP`), tcp, to('10.96.0.9'), dport(80)],
          jump('KUBE-SVC-WEB'),
        ),
        NODEPORT_TAIL,
      ],
      'nat/KUBE-NODEPORTS': [
        rule('KUBE-NODEPORTS', [comment(port), tcp, dport(30080)], jump('KUBE-EXT-WEB')),
      ],
      'nat/KUBE-EXT-WEB': [
        rule(
          'KUBE-EXT-WEB',
          [comment(`pod traffic for ${port} external destinations`), from('10.244.0.0/16')],
          jump('KUBE-SVC-WEB'),
        ),
        rule(
          'KUBE-EXT-WEB',
          [comment(`masquerade LOCAL traffic for ${port} external destinations`), local],
          jump('KUBE-MARK-MASQ'),
        ),
        rule(
          'KUBE-EXT-WEB',
          [comment(`route LOCAL traffic for ${port} external destinations`), local],
          jump('KUBE-SVC-WEB'),
        ),
        rule('KUBE-EXT-WEB', [], jump('KUBE-SVL-WEB')),
      ],
      'filter/KUBE-NODEPORTS': [
        rule('KUBE-NODEPORTS', [comment(`${port} health check node port`), tcp, dport(32000)], {
          kind: 'accept',
        }),
      ],
      ...policyChain({ chain: 'KUBE-SVC-WEB', port, endpoints }),
      ...policyChain({ chain: 'KUBE-SVL-WEB', port, endpoints: ['10.244.2.5:8080'] }),
      ...Object.fromEntries(
        Object.entries(policyChain({ chain: 'KUBE-SVC-WEB', port, endpoints })).filter(([k]) =>
          k.includes('SEP'),
        ),
      ),
    }),
  );
  expect(
    graph.edges.filter((e) => e.from === 'nat/KUBE-EXT-WEB' && e.to === 'nat/KUBE-SVC-WEB'),
  ).toHaveLength(2);
  expect(
    graph.edges.filter((e) => e.to === `nat/${sepOf('10.244.2.5:8080')}`).map((e) => e.probability),
  ).toEqual([expect.stringMatching(/^0\./), '1']);
  const shares = graph.nodes.filter((n) => n.kind === 'sep').map((n) => n.share);
  expect(shares).toHaveLength(4);
  expect(sum(shares)).toBeCloseTo(1, 12);
  expect(node(graph, 'filter/KUBE-NODEPORTS').rules[0]?.action).toBe('ACCEPT');
  expect(graph.nodes.find((n) => n.id === 'filter/INPUT')?.rules).toHaveLength(1);
});

test('session affinity: rules for returning clients take no share of new ones', () => {
  const graph = graphOf(clusterIP(addresses(3), { affinitySeconds: 10800 }));
  const { rules, facts } = node(graph, 'nat/KUBE-SVC-WEB');
  expect(rules.map((r) => r.share !== undefined)).toEqual([false, false, false, false, true, true, true]);
  expect(sum(rules.map((r) => r.share))).toBeCloseTo(1, 12);
  expect(facts).toContainEqual({ code: 'affinity', params: { seconds: 10800, rules: 4 } });
  expect(new Set(rules.map((r) => r.id)).size).toBe(rules.length);
  const pairs = graph.edges.filter((e) => e.from === 'nat/KUBE-SVC-WEB' && e.to.includes('SEP'));
  expect(pairs.filter((e) => e.probability === undefined)).toHaveLength(3);
});

test('10 000 other Services cost one look at each of their rules', () => {
  const others = Array.from({ length: 10_000 }, (_, i) =>
    rule(
      'KUBE-SERVICES',
      [comment(`shop/s-${i} cluster IP`), tcp, to('10.97.0.1'), dport(80)],
      jump(`KUBE-SVC-${i}`),
    ),
  );
  const own = clusterIP(addresses(3));
  let looked = 0;
  const rules: RuleSet = {
    ...own,
    chain: (table, name) => {
      looked++;
      const chain = own.chain(table, name);
      return table === 'nat' && name === 'KUBE-SERVICES' && chain
        ? { ...chain, rules: [...others, ...chain.rules] }
        : chain;
    },
  };
  expect(graphOf(rules).nodes).toHaveLength(graphOf(own).nodes.length);
  expect(looked).toBeLessThan(40);
});
