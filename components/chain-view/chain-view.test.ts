import { describe, expect, test } from 'vitest';
import { buildChainGraph } from '@/lib/net/ruleset/graph-build';
import { addresses, clusterIP, podOf, sepOf } from '@/lib/net/ruleset/graph-fixture';
import type { ChainGraph } from '@/lib/net/ruleset/graph';
import { choiceOf } from './arithmetic';
import { formatLocations } from './locations';
import { shortChain, shortPod, shortProbability } from './short-name';
import { summaryOf } from './summary';
import { clearOf, fitView, reveal, zoomAt } from './view-math';
import { stepFrom, stopsOf, type Stop } from './walk';

const graphOf = (n: number, previous?: ChainGraph): ChainGraph =>
  buildChainGraph({
    rules: clusterIP(addresses(n)),
    service: 'default/web',
    node: 'node-2',
    podOf,
    ...(previous ? { previous } : {}),
  });

test('names are cut where they can still be told apart', () => {
  expect(shortChain('KUBE-SVC-BN4YOQVCCNELCXQK')).toBe('SVC-BN4Y…CXQK');
  expect(shortChain('KUBE-SEP-6YCOSIBZ343D4IYJ')).toBe('SEP-6YCO…');
  expect(shortChain('KUBE-SERVICES')).toBe('KUBE-SERVICES');
  expect(shortPod('my-web-app-6d4cf56db6-w9z4t', 12)).toBe('my-web…w9z4t');
  expect(shortPod('web-1', 12)).toBe('web-1');
});

test('a probability keeps what fits on a line', () => {
  expect(['0.3333333333', '0.5000000000', '0.2500000000', '1', '0.0100000000'].map(shortProbability)).toEqual(
    ['0.3333', '0.5', '0.25', '1', '0.01'],
  );
});

describe('the sum behind a probability', () => {
  const graph = graphOf(4);
  const svc = graph.nodes.find((n) => n.kind === 'svc');
  const choices = (svc?.rules ?? []).flatMap((r) => (svc && choiceOf(svc, r)) ?? []);

  test('of four endpoints', () => {
    expect(choices.map((c) => [c.kind, c.taken, c.reaches, c.takes])).toEqual([
      ['first', '0', '1', '1/4'],
      ['middle', '1/4', '3/4', '1/3'],
      ['middle', '1/2', '1/2', '1/2'],
      ['last', '3/4', '1/4', '1'],
    ]);
    for (const choice of choices) expect(choice.share).toBeCloseTo(0.25, 9);
  });

  test('of rules that choose nothing there is none', () => {
    expect(choices).toHaveLength(4);
  });

  test('of rules that somebody wrote by hand it is stated in decimals', () => {
    const uneven = svc && { ...svc, rules: svc.rules.map((r, i) => (i === 1 ? { ...r, share: 0.5 } : r)) };
    const rule = uneven?.rules[1];
    expect(uneven && rule && choiceOf(uneven, rule)?.kind).toBe('uneven');
  });
});

describe('what the last edit changed', () => {
  test('is counted by rules, with what each endpoint gets now', () => {
    expect(summaryOf(graphOf(4, graphOf(3)))).toMatchObject({
      added: 3,
      changed: 1,
      removed: 0,
      endpoints: 4,
      refused: null,
    });
    expect(summaryOf(graphOf(4, graphOf(3)))?.share).toBeCloseTo(0.25, 9);
  });

  test('is nothing at the start and when nothing changed', () => {
    expect(summaryOf(graphOf(3))).toBeNull();
    expect(summaryOf(graphOf(3, graphOf(3)))).toBeNull();
  });

  test('says so when no endpoint is left', () => {
    expect(summaryOf(graphOf(0, graphOf(2)))).toMatchObject({ endpoints: 0, share: null, refused: 'reject' });
  });
});

describe('by keyboard', () => {
  const graph = graphOf(3);
  const stops = stopsOf(graph, new Set(graph.nodes.map((n) => n.id)), ['others']);
  const go = (from: Stop | null, step: Parameters<typeof stepFrom>[3]): Stop | null =>
    stepFrom(graph, stops, from, step);

  test('down goes through boxes and rules in packet order, and stays at the end', () => {
    const seen: (string | undefined)[] = [];
    for (let at = go(null, 'first'), i = 0; i < 6 && at; at = go(at, 'next'), i++)
      seen.push(at.rule ? 'rule' : at.node);
    expect(seen).toEqual(['nat/PREROUTING', 'rule', 'nat/OUTPUT', 'rule', 'nat/KUBE-SERVICES', 'rule']);
    expect(go({ node: 'others' }, 'next')).toEqual({ node: 'others' });
  });

  test('right follows a rule to where it leads, left comes back to the rule', () => {
    const rule = graph.nodes.find((n) => n.kind === 'svc')?.rules[2];
    const choice = { node: 'nat/KUBE-SVC-WEB', rule: rule?.id ?? '' };
    const endpoint = go(choice, 'into');
    expect(endpoint).toEqual({ node: `nat/${sepOf('10.244.2.5:8080')}` });
    expect(go(endpoint, 'back')).toEqual(choice);
    expect(go(choice, 'back')).toEqual({ node: 'nat/KUBE-SVC-WEB' });
  });

  test('what is folded is skipped, and the fold stands after its chain', () => {
    const drawn = new Set(
      graph.nodes.map((n) => n.id).filter((id) => id !== `nat/${sepOf('10.244.2.5:8080')}`),
    );
    const some = stopsOf(graph, drawn, ['fold nat/KUBE-SVC-WEB']);
    const svc = some.filter((s) => s.node.includes('SVC'));
    expect(svc.map((s) => (s.rule ? 'rule' : s.node))).toEqual([
      'nat/KUBE-SVC-WEB',
      'rule',
      'rule',
      'rule',
      'fold nat/KUBE-SVC-WEB',
    ]);
  });
});

test('editor lines are given in short, file by file', () => {
  const at = (file: string, startLine: number, endLine = startLine) => ({ file, startLine, endLine });
  expect(
    formatLocations([
      at('service.yaml', 11, 12),
      at('service.yaml', 6),
      at('web.yaml', 3),
      at('service.yaml', 12),
    ]),
  ).toEqual(['service.yaml:6, 11–12', 'web.yaml:3']);
});

describe('pan and zoom', () => {
  const pane = { width: 600, height: 500 };

  test('a drawing is fitted into the pane, but never too small to read', () => {
    expect(fitView(pane, { width: 560, height: 300 }).x).toBeGreaterThanOrEqual(0);
    expect(fitView(pane, { width: 750, height: 300 }).k).toBeCloseTo(0.8, 2);
    expect(fitView({ width: 360, height: 500 }, { width: 750, height: 300 })).toEqual({
      x: 0,
      y: 0,
      k: 0.7,
    });
    expect(fitView(pane, { width: 560, height: 5000 }).k).toBeGreaterThanOrEqual(0.7);
  });

  test('zooming keeps the point under the pointer', () => {
    const view = zoomAt({ x: 10, y: 20, k: 1 }, 2, { x: 110, y: 120 });
    expect(view).toEqual({ k: 2, x: -90, y: -80 });
    expect(zoomAt(view, 100, { x: 0, y: 0 }).k).toBe(2.5);
  });

  test('what is outside the pane is brought in, what is inside stays', () => {
    const view = { x: 0, y: 0, k: 1 };
    expect(reveal(view, pane, { x: 100, y: 100, width: 50, height: 20 })).toEqual({ x: 0, y: 0 });
    expect(reveal(view, pane, { x: 700, y: 100, width: 50, height: 20 }).x).toBeLessThan(-100);
    expect(reveal(view, pane, { x: 100, y: -90, width: 50, height: 20 }).y).toBeGreaterThan(90);
  });

  test('the drawer does not hide what it speaks of', () => {
    const view = { x: 0, y: 0, k: 1 };
    const drawer = { width: 300, height: 200 };
    const low = { x: 400, y: 420, width: 100, height: 20 };
    expect(420 + 20 + clearOf(view, pane, low, drawer).y).toBeLessThanOrEqual(500 - 200);
    expect(clearOf(view, pane, { ...low, x: 20 }, drawer)).toEqual({ x: 0, y: 0 });
    expect(clearOf(view, pane, low, { width: 0, height: 0 })).toEqual({ x: 0, y: 0 });
  });
});
