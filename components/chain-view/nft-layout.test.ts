// The drawing of nftables mode: whatever the Service, every box that has a place keeps clear of the others, every line has two ends,
// and everything drawn can be reached by keyboard.
import { expect, test } from 'vitest';
import { en } from '@/lib/i18n/messages/en';
import { zh } from '@/lib/i18n/messages/zh';
import { WorkbenchEngine } from '@/lib/workbench/engine';
import type { WorkbenchState } from '@/lib/workbench/protocol';
import { layoutGraph } from './layout';
import type { Layout } from './layout-types';
import { stepFrom, stopsOf, type Stop } from './walk';

const STICKY = 'sessionAffinity: ClientIP\n  ';
const OUTSIDE = 'externalIPs: [203.0.113.5, 203.0.113.6]\n  ';
const LOCAL = 'externalTrafficPolicy: Local\n  ';
const RANGES = 'loadBalancerSourceRanges: [192.0.2.0/24]\n  ';
const TLS = '- name: tls\n      port: 443\n      targetPort: 8443\n    - name: http\n      protocol: TCP';
const BALANCED =
  'kubectl patch service my-web-service --subresource=status --type=merge -p \'{"status":{"loadBalancer":{"ingress":[{"ip":"198.51.100.7"}]}}}\'';

interface Case {
  readonly name: string;
  readonly k8s?: '1.29' | '1.32';
  readonly type?: string;
  readonly spec?: string;
  readonly replicas?: number;
  readonly ports?: boolean;
  readonly shell?: string;
}

const CASES: readonly Case[] = [
  { name: 'a ClusterIP' },
  { name: 'thirty endpoints, most of them folded', replicas: 30, spec: STICKY },
  { name: 'no endpoint', replicas: 0, type: 'NodePort', spec: OUTSIDE },
  { name: 'all from outside, sticky and local', type: 'NodePort', spec: STICKY + OUTSIDE + LOCAL },
  { name: 'a load balancer with source ranges', type: 'LoadBalancer', spec: RANGES, shell: BALANCED },
  { name: 'the same in v1.29', k8s: '1.29', type: 'LoadBalancer', spec: RANGES + STICKY, shell: BALANCED },
  { name: 'two ports', type: 'NodePort', spec: LOCAL, ports: true },
];

async function stateOf({ k8s = '1.32', type = 'ClusterIP', ...rest }: Case): Promise<WorkbenchState> {
  const { spec = '', replicas = 3, ports, shell } = rest;
  const workbench = new WorkbenchEngine(() => 0);
  const request = { lab: '2.3', k8s, seed: 1, lang: 'en', proxyMode: 'nftables' } as const;
  const opened = await workbench.open(request);
  const text = (file: string): string => opened.files.find((f) => f.name === file)?.text ?? '';
  await workbench.edit(
    'deployment.yaml',
    text('deployment.yaml').replace('replicas: 3', `replicas: ${replicas}`),
  );
  const service = text('service.yaml').replace('type: ClusterIP', `${spec}type: ${type}`);
  const state = await workbench.edit(
    'service.yaml',
    ports ? service.replace('- protocol: TCP', TLS) : service,
  );
  expect(state.problems).toEqual([]);
  return shell === undefined ? state : workbench.shell('control', shell);
}

function overlaps({ nodes }: Layout): string[] {
  return nodes.flatMap((a, i) =>
    nodes.slice(i + 1).flatMap((b) => {
      const apart =
        a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
      return apart ? [] : [`${a.id} × ${b.id}`];
    }),
  );
}

test.each(CASES)('$name', async (one) => {
  const { graph } = await stateOf(one);
  const layout = layoutGraph(graph, { endpoints: 10, ghosts: true, others: 2 });
  expect(overlaps(layout)).toEqual([]);
  const drawn = new Set(layout.nodes.map((n) => n.id));
  for (const { edge } of layout.edges) expect(drawn.has(edge.from) && drawn.has(edge.to)).toBe(true);
  // Only endpoints beyond the limit are left out, with their sets and Pods.
  const hidden = graph.nodes.filter((n) => !drawn.has(n.id)).map((n) => n.column);
  expect(hidden.filter((column) => column !== 'endpoint' && column !== 'pod')).toEqual([]);
  if ((one.replicas ?? 3) <= 10) expect(hidden).toEqual([]);

  const codes = graph.nodes
    .flatMap((n) => [n.about, ...n.rules.map((r) => r.reason)])
    .flatMap((r) => r?.code ?? []);
  expect(codes.filter((code) => !Object.hasOwn(en.rules, code) || !Object.hasOwn(zh.rules, code))).toEqual(
    [],
  );

  const stops = stopsOf(graph, drawn, []);
  const reached = new Set<string>();
  let at: Stop | null = stepFrom(graph, stops, null, 'first');
  for (let i = 0; i < stops.length && at; i++) {
    reached.add(at.node);
    at = stepFrom(graph, stops, at, 'next');
  }
  expect(graph.nodes.filter((n) => drawn.has(n.id) && !reached.has(n.id))).toEqual([]);
});

test('source ranges: firewall-check comes first, looks the balancer’s address up, and its chain drops strangers', async () => {
  const wanted = CASES.find((c) => c.shell !== undefined);
  const { graph } = await stateOf(wanted ?? { name: '' });
  const names = graph.nodes.map((n) => n.name);
  expect(names.indexOf('firewall-check')).toBeLessThan(names.indexOf('services'));
  const firewall = graph.nodes.find((n) => n.kind === 'fw');
  expect(firewall?.rules.map((r) => r.text)).toEqual(['ip saddr != 192.0.2.0/24 drop']);
  const targets = graph.edges.filter((e) => e.from === firewall?.id).map((e) => e.to);
  expect(targets).toEqual(['ip kube-proxy/drop']);
});
