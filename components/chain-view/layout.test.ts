import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ChainGraph } from '@/lib/net/ruleset/graph';
import { buildChainGraph } from '@/lib/net/ruleset/graph-build';
import {
  addresses,
  clusterIP,
  comment,
  dport,
  FIXED,
  jump,
  NODEPORT_TAIL,
  podOf,
  policyChain,
  rule,
  ruleSet,
  sepOf,
  tcp,
  to,
} from '@/lib/net/ruleset/graph-fixture';
import { layoutGraph } from './layout';
import type { LaidNode, Layout, LayoutOptions } from './layout-types';
import { stack } from './stack';

const OPTIONS: LayoutOptions = { endpoints: 10, ghosts: true, others: 0 };

const graphOf = (n: number, previous?: ChainGraph): ChainGraph =>
  buildChainGraph({
    rules: clusterIP(addresses(n)),
    service: 'default/web',
    node: 'node-2',
    podOf,
    ...(previous ? { previous } : {}),
  });
const layoutOf = (graph: ChainGraph, options: Partial<LayoutOptions> = {}): Layout =>
  layoutGraph(graph, { ...OPTIONS, ...options });
const endpoints = (layout: Layout): LaidNode[] =>
  layout.nodes.filter((n) => n.column === 'endpoint').sort((a, b) => a.y - b.y);

function overlaps({ nodes }: Layout): string[] {
  return nodes.flatMap((a, i) =>
    nodes.slice(i + 1).flatMap((b) => {
      const apart =
        a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
      return apart ? [] : [`${a.id} × ${b.id}`];
    }),
  );
}

/** Two ports, each reachable by cluster IP and node port: eight chains that could cross. */
function twoPorts(shuffle: <T>(items: T[]) => T[] = (items) => items): ChainGraph {
  const ports = ['http', 'tls'].map((name, i) => ({
    name: `default/web:${name}`,
    chain: name.toUpperCase(),
    port: [80, 443][i] ?? 0,
  }));
  const graph = buildChainGraph({
    service: 'default/web',
    node: 'node-2',
    podOf,
    rules: ruleSet({
      ...FIXED,
      'nat/KUBE-SERVICES': [
        ...ports.map((p) =>
          rule(
            'KUBE-SERVICES',
            [comment(`${p.name} cluster IP`), tcp, to('10.96.0.9'), dport(p.port)],
            jump(`KUBE-SVC-${p.chain}`),
          ),
        ),
        NODEPORT_TAIL,
      ],
      'nat/KUBE-NODEPORTS': ports.map((p) =>
        rule('KUBE-NODEPORTS', [comment(p.name), tcp, dport(30000 + p.port)], jump(`KUBE-EXT-${p.chain}`)),
      ),
      ...Object.assign(
        {},
        ...ports.map((p) => ({
          [`nat/KUBE-EXT-${p.chain}`]: [rule(`KUBE-EXT-${p.chain}`, [], jump(`KUBE-SVC-${p.chain}`))],
          ...policyChain({
            chain: `KUBE-SVC-${p.chain}`,
            port: p.name,
            endpoints: ['10.244.1.5', '10.244.2.5'].map((ip) => `${ip}:${p.port}`),
            masquerade: true,
          }),
        })),
      ),
    }),
  });
  return { ...graph, nodes: shuffle([...graph.nodes]), edges: shuffle([...graph.edges]) };
}

/** Straight lines between the middles of boxes, from one column to the next; those of the nat lane only. */
function crossings({ nodes, edges }: Layout): number {
  const place = new Map(nodes.map((n) => [n.id, n]));
  const lines = edges.flatMap(({ edge, mark }) => {
    const from = place.get(edge.from);
    const end = place.get(edge.to);
    return mark || !from || !end || from.x >= end.x || end.kind === 'pod' ? [] : [{ from, end }];
  });
  const crossed = lines.filter((a, i) =>
    lines
      .slice(i + 1)
      .some(
        (b) =>
          a.from.x === b.from.x && a.end.x === b.end.x && (a.from.y - b.from.y) * (a.end.y - b.end.y) < 0,
      ),
  );
  return crossed.length;
}

describe('columns', () => {
  test('stand in packet order, and only those that hold something', () => {
    const { columns } = layoutOf(graphOf(3));
    expect(columns.map((c) => c.id)).toEqual(['hook', 'services', 'service', 'endpoint', 'pod']);
    expect(columns.every((c, i) => i === 0 || c.x > (columns[i - 1]?.x ?? 0))).toBe(true);
    expect(layoutOf(twoPorts()).columns.map((c) => c.id)).toContain('external');
  });

  test('each step but the mark leads to the right, or down in its column', () => {
    const layout = layoutOf(twoPorts());
    const x = new Map(layout.nodes.map((n) => [n.id, n.x]));
    for (const { edge, mark } of layout.edges)
      if (!mark) expect(x.get(edge.to)).toBeGreaterThanOrEqual(x.get(edge.from) ?? 0);
  });
});

test('boxes do not overlap and stay inside, whatever the number of endpoints', () => {
  fc.assert(
    fc.property(fc.nat({ max: 40 }), fc.nat({ max: 40 }), fc.boolean(), (before, after, ghosts) => {
      const layout = layoutOf(graphOf(after, graphOf(before)), { ghosts, others: 213 });
      expect(overlaps(layout)).toEqual([]);
      for (const n of layout.nodes) {
        expect(n.x).toBeGreaterThanOrEqual(0);
        expect(n.x + n.width).toBeLessThanOrEqual(layout.width);
        expect(n.y + n.height).toBeLessThanOrEqual(layout.height);
      }
    }),
    { numRuns: 60 },
  );
});

test('lines do not cross where they need not, in whatever order the picture lists things', () => {
  expect(crossings(layoutOf(twoPorts()))).toBe(0);
  expect(crossings(layoutOf(twoPorts((items) => items.reverse())))).toBe(0);
  expect(overlaps(layoutOf(twoPorts()))).toEqual([]);
});

test('endpoints stand in the order of the rules, each Pod beside its endpoint', () => {
  const layout = layoutOf(graphOf(5));
  expect(endpoints(layout).map((n) => n.id)).toEqual(addresses(5).map((a) => `nat/${sepOf(a)}`));
  for (const { edge } of layout.edges.filter((e) => e.edge.to.startsWith('pod/'))) {
    const [from, end] = [edge.from, edge.to].map((id) => layout.nodes.find((n) => n.id === id));
    expect(from && end && from.y + from.height / 2).toBe(end && end.y + end.height / 2);
  }
});

test('every choice carries the probability that its rule states', () => {
  const pills = layoutOf(graphOf(4)).edges.flatMap((e) =>
    e.pill ? [[e.pill.text, e.edge.probability]] : [],
  );
  expect(pills).toEqual([
    ['0.25', '0.2500000000'],
    ['0.3333', '0.3333333333'],
    ['0.5', '0.5000000000'],
    ['1', '1'],
  ]);
});

describe('many endpoints', () => {
  const layout = layoutOf(graphOf(100));

  test('fold: the first, the last, and one box for the rest', () => {
    const shown = endpoints(layout);
    expect(shown).toHaveLength(10);
    expect(shown.find((n) => n.kind === 'fold')?.count).toBe(91);
    expect(shown.at(-1)?.id).toBe(`nat/${sepOf(addresses(100).at(-1) ?? '')}`);
    expect(layout.nodes.filter((n) => n.kind === 'pod')).toHaveLength(9);
  });

  test('unfold', () => {
    const open = layoutOf(graphOf(100), { endpoints: 200 });
    expect(open.nodes.filter((n) => n.kind === 'sep')).toHaveLength(100);
    expect(open.nodes.some((n) => n.kind === 'fold')).toBe(false);
    const svc = open.nodes.find((n) => n.kind === 'svc');
    expect(svc?.y).toBeLessThan(300);
  });

  test('those that the edit added are not folded away', () => {
    const added = addresses(31).filter((a) => !addresses(30).includes(a));
    const shown = endpoints(layoutOf(graphOf(31, graphOf(30)))).map((n) => n.id);
    expect(shown).toEqual(expect.arrayContaining(added.map((a) => `nat/${sepOf(a)}`)));
  });
});

describe('what an edit took away', () => {
  const three = graphOf(3, graphOf(4));

  test('stays where it was, as a ghost, until ghosts are over', () => {
    const was = endpoints(layoutOf(graphOf(4))).map((n) => [n.id, n.y]);
    const shown = endpoints(layoutOf(three));
    expect(shown.map((n) => [n.id, n.y])).toEqual(was);
    expect(shown.filter((n) => n.ghost).map((n) => n.id)).toEqual([`nat/${sepOf('10.244.1.6:8080')}`]);
    expect(endpoints(layoutOf(three, { ghosts: false }))).toHaveLength(3);
  });

  test('a rule that went keeps its row', () => {
    const web = graphOf(2);
    const rows = (graph: ChainGraph, ghosts: boolean): (readonly [string, boolean])[] =>
      layoutOf(graph, { ghosts })
        .nodes.find((n) => n.id === 'nat/KUBE-SVC-WEB')
        ?.rows.filter((r) => !r.fact)
        .map((r) => [r.lines[0] ?? '', r.ghost] as const) ?? [];
    const bare = buildChainGraph({
      rules: clusterIP(addresses(2), { masquerade: false }),
      service: 'default/web',
      node: 'node-2',
      podOf,
      previous: web,
    });
    expect(rows(bare, true)).toEqual([['! -s 10.244.0.0/16', true]]);
    expect(rows(bare, false)).toEqual([]);
  });
});

test('the other Services are one box below KUBE-SERVICES, also when nothing is in focus', () => {
  const others = (graph: ChainGraph): LaidNode | undefined =>
    layoutOf(graph, { others: 213 }).nodes.find((n) => n.kind === 'others');
  expect(others(graphOf(3))?.count).toBe(213);
  expect(others({ ...graphOf(3), service: null, nodes: [], edges: [] })).toBeDefined();
});

test('a rejection stands in the filter table, beside the hooks that test for it', () => {
  const layout = layoutOf(graphOf(0));
  const reject = layout.nodes.find((n) => n.kind === 'reject');
  const services = layout.nodes.find((n) => n.kind === 'services');
  expect(reject && services && reject.x > services.x).toBe(true);
  expect(overlaps(layout)).toEqual([]);
});

test('the mark is drawn back to POSTROUTING; the hairpin rule of each endpoint only on demand', () => {
  const { edges } = layoutOf(graphOf(3));
  const marks = edges.filter((e) => e.mark);
  expect(marks.filter((e) => !e.quiet).map((e) => e.edge.from)).toEqual([
    'nat/KUBE-SVC-WEB',
    'nat/KUBE-MARK-MASQ',
  ]);
  expect(marks.filter((e) => e.quiet)).toHaveLength(3);
});

describe('stack', () => {
  test('leaves boxes where they want to be if there is room', () => {
    expect(
      stack(
        [10, 50, 90].map((want) => ({ height: 20, want, gap: 5 })),
        0,
      ),
    ).toEqual([0, 40, 80]);
  });

  test('keeps order and distance, and starts at the top', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            height: fc.integer({ min: 1, max: 60 }),
            want: fc.integer({ min: -200, max: 400 }),
            gap: fc.nat({ max: 20 }),
          }),
        ),
        (items) => {
          const tops = stack(items, 30);
          for (const [i, y] of tops.entries()) {
            const above = tops[i - 1];
            expect(y).toBeGreaterThanOrEqual(30);
            if (above !== undefined)
              expect(y).toBeGreaterThanOrEqual(
                above + (items[i - 1]?.height ?? 0) + (items[i]?.gap ?? 0) - 1,
              );
          }
        },
      ),
    );
  });
});

test('a picture with a hundred endpoints draws only what is unfolded', () => {
  const graph = graphOf(100);
  expect(graph.nodes.length).toBeGreaterThan(200);
  expect(layoutOf(graph).nodes.length).toBeLessThan(30);
});
