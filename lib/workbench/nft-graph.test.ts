// The chain view in nftables mode, from the learner's side: what is drawn is what `nft list` prints on that node, an edit marks what
// kube-proxy changed, and every box, element and slot leads on.
import { beforeEach, describe, expect, test } from 'vitest';
import { CLUSTER_PROXY_MODES } from '@/lib/kube/versions';
import type { ChainGraph, GraphNode, RuleView } from '@/lib/net/ruleset/graph';
import { WorkbenchEngine } from './engine';
import type { WorkbenchState } from './protocol';

let workbench: WorkbenchEngine;
let state: WorkbenchState;

async function open(k8s: '1.28' | '1.29' | '1.30' | '1.32' = '1.32', crowd = 0): Promise<void> {
  workbench = new WorkbenchEngine(() => 0);
  const request = { lab: '2.3', k8s, seed: 1, lang: 'en', proxyMode: 'nftables', crowd } as const;
  state = await workbench.open(request);
}

const textOf = (file: string): string => state.files.find((f) => f.name === file)?.text ?? '';
const edit = async (file: string, change: (text: string) => string): Promise<void> => {
  state = await workbench.edit(file, change(textOf(file)));
  workbench.commit();
};
const onNode = async (line: string): Promise<string> =>
  (await workbench.shell('node-1', line)).terminals.output
    .map((o) => (o.kind === 'stdout' ? o.text : ''))
    .join('');
const box = (name: string | RegExp): GraphNode | undefined =>
  state.graph.nodes.find((n) => (typeof name === 'string' ? n.name === name : name.test(n.name)));
const rules = (graph: ChainGraph): readonly RuleView[] => graph.nodes.flatMap((n) => n.rules);
/** Where a rule, slot or element leads. */
const targets = (rule: RuleView | undefined): readonly string[] =>
  state.graph.edges.filter((e) => e.rule === rule?.id).map((e) => e.to);

beforeEach(() => open());

describe.each(['1.29', '1.30', '1.32'] as const)('what is drawn of v%s', (k8s) => {
  beforeEach(() => open(k8s));

  test('each box holds what nft list prints of it', async () => {
    const listed = await onNode('nft list ruleset');
    const blocks = state.graph.nodes.filter((n) => n.block !== undefined);
    expect(blocks.length).toBeGreaterThan(8);
    for (const { name, block = '', facts } of blocks) {
      const part = facts.find((f) => f.code === 'elements')?.params;
      if (part && part['shown'] !== part['of']) continue;
      expect(listed, name).toContain(`\n\t${block.replaceAll('\n', '\n\t')}\n`);
    }
    for (const rule of rules(state.graph)) expect(listed).toContain(rule.text);
  });

  test('from a base chain through the map to each endpoint and its Pod', () => {
    const [element] = box('service-ips')?.rules ?? [];
    expect(element).toMatchObject({
      part: 'element',
      action: expect.stringMatching(/^→ service-/) as string,
    });
    const chain = state.graph.nodes.find((n) => n.id === targets(element)[0]);
    const slots = chain?.rules.filter((r) => r.part === 'slot') ?? [];
    expect(slots.map((s) => s.probability)).toEqual(['0 :', '1 :', '2 :']);
    for (const slot of slots) {
      expect(slot.share).toBeCloseTo(1 / 3, 12);
      const endpoint = state.graph.nodes.find((n) => n.id === targets(slot)[0]);
      expect(endpoint).toMatchObject({ kind: 'sep', share: slot.share });
      const dnat = endpoint?.rules.find((r) => r.action.startsWith('dnat to '));
      expect(targets(dnat)[0]).toMatch(/^pod\/default\/my-web-app-/);
    }
  });
});

test('every rule, element, slot and box says why it is there, in words that exist', async () => {
  const { translateCode } = await words();
  for (const node of state.graph.nodes)
    if (node.kind !== 'pod') expect(translateCode(node.about), node.name).toBe(true);
  for (const rule of rules(state.graph)) expect(translateCode(rule.reason), rule.text).toBe(true);
});

async function words() {
  const { en } = await import('@/lib/i18n/messages/en');
  const { zh } = await import('@/lib/i18n/messages/zh');
  const has = (area: object, code: string): boolean => Object.hasOwn(area, code);
  return {
    translateCode: (reason: { readonly code: string } | undefined): boolean =>
      reason !== undefined && has(en.rules, reason.code) && has(zh.rules, reason.code),
  };
}

describe('an edit', () => {
  test('one more replica: a slot and an endpoint are added, the numgen rule is changed, nothing else', async () => {
    await edit('deployment.yaml', (text) => text.replace('replicas: 3', 'replicas: 4'));
    const added = rules(state.graph).filter((r) => r.change === 'added');
    const changed = rules(state.graph).filter((r) => r.change === 'changed');
    expect(added.map((r) => r.part ?? r.action)).toEqual([
      'slot',
      '→ mark-for-masquerade',
      expect.stringMatching(/^dnat to /),
    ]);
    expect(changed.map((r) => r.match)).toEqual(['numgen random mod 4 vmap']);
    expect(state.graph.removed.rules).toEqual([]);
  });

  test('another port: the element of the old one leaves a ghost', async () => {
    await edit('service.yaml', (text) => text.replace('port: 80 ', 'port: 81 '));
    expect(box('service-ips')?.rules).toMatchObject([
      { match: expect.stringMatching(/ \. tcp \. 81$/) as string, change: 'added' },
    ]);
    expect(state.graph.removed.rules).toMatchObject([{ part: 'element', chain: '@service-ips' }]);
  });

  test('no endpoint left: the element moves to the map that sends it to reject-chain', async () => {
    await edit('deployment.yaml', (text) => text.replace('replicas: 3', 'replicas: 0'));
    expect(box('service-ips')).toBeUndefined();
    const [element] = box('no-endpoint-services')?.rules ?? [];
    expect(element?.text).toMatch(/ : goto reject-chain$/);
    expect(targets(element)).toEqual(['ip kube-proxy/reject-chain']);
    expect(box('reject-chain')?.kind).toBe('reject');
  });

  test('session affinity: a set for each endpoint, which remembers the clients that came', async () => {
    await edit('service.yaml', (text) => text.replace('spec:', 'spec:\n  sessionAffinity: ClientIP'));
    const sets = state.graph.nodes.filter((n) => n.beside !== undefined);
    expect(sets).toHaveLength(3);
    expect(sets.map((s) => state.graph.nodes.find((n) => n.id === s.beside)?.kind)).toEqual([
      'sep',
      'sep',
      'sep',
    ]);
    const [address = ''] = /[\d.]+/.exec(box('service-ips')?.rules[0]?.match ?? '') ?? [];
    state = await workbench.shell('node-1', `curl -s http://${address}`);
    const clients = state.graph.nodes.flatMap((n) => (n.beside === undefined ? [] : n.rules));
    expect(clients).toMatchObject([{ part: 'element', match: '192.168.10.11' }]);
  });
});

test('an element follows from the lines of the Service, and the port’s line lights it up', async () => {
  const [element] = box('service-ips')?.rules ?? [];
  const places = await workbench.locate(element?.origin ?? []);
  expect(places.map((p) => p.file)).toContain('service.yaml');
  const line =
    textOf('service.yaml')
      .split('\n')
      .findIndex((l) => l.includes('port: 80')) + 1;
  expect(await workbench.rulesAt('service.yaml', line, 12)).toContain(element?.id);
});

test('a node port: the rule asks for the node’s address, then the map for the port', async () => {
  await edit('service.yaml', (text) => text.replace('type: ClusterIP', 'type: NodePort'));
  const rule = box('services')?.rules.find((r) => r.match.includes('@service-nodeports'));
  expect(targets(rule)).toEqual(['ip kube-proxy/@nodeport-ips', 'ip kube-proxy/@service-nodeports']);
  expect(box('nodeport-ips')?.rules).toMatchObject([{ match: '192.168.10.11', part: 'element' }]);
  const [port] = box('service-nodeports')?.rules ?? [];
  expect(port).toMatchObject({ action: expect.stringMatching(/^→ external-/) as string, change: 'added' });
  expect(state.graph.nodes.find((n) => n.id === targets(port)[0])?.kind).toBe('ext');
});

test('by hand: an element that somebody added is drawn, and nobody claims to know why', async () => {
  const chain = state.graph.nodes.find((n) => n.kind === 'svc')?.name ?? '';
  await onNode(`nft add element ip kube-proxy service-ips '{ 10.96.77.77 . tcp . 80 : goto ${chain} }'`);
  state = await workbench.focus({});
  const byHand = box('service-ips')?.rules.find((r) => r.match.startsWith('10.96.77.77'));
  expect(byHand).toMatchObject({ part: 'element', origin: [] });
  expect(byHand?.reason).toBeUndefined();
});

test('of a large map only the Service’s own elements are sent, with the number of all', async () => {
  await open('1.32', 200);
  expect(box('service-ips')?.rules).toHaveLength(1);
  expect(box('service-ips')?.facts).toEqual([{ code: 'elements', params: { shown: 1, of: 205 } }]);
});

test('v1.28 has no nftables mode: kube-proxy runs in iptables mode', async () => {
  await open('1.28');
  expect(CLUSTER_PROXY_MODES).toContain(state.graph.mode);
  expect(state.graph.mode).toBe('iptables');
  expect(box('KUBE-SERVICES')).toBeDefined();
});
