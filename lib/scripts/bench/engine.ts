// Benchmarks of the engine in Node: kube-proxy's rules at three sizes, and what an edit costs inside the worker.
import { gzipSync } from 'node:zlib';
import { defaultNodes } from '@/lib/kube/controllers/static-objects';
import type { EndpointSlice, Service } from '@/lib/kube/types';
import { printRestore } from '@/lib/net/ruleset/restore-input';
import { proxyConfig } from '@/lib/proxy/config';
import { IptablesProxier } from '@/lib/proxy/iptables/proxier';
import { nodeFacts } from '@/lib/proxy/node-facts';
import { crowdService, crowdSlice } from '@/lib/sim/crowd';
import { WorkbenchEngine } from '@/lib/workbench/engine';
import { memoryRows } from './memory';
import { packetRows } from './packets';
import { measure, ms, summary, type Measured, type Row } from './measure';

const K8S = '1.32';
const ENDPOINTS = 5;
const SIZES = [100, 1_000, 10_000];

const both = ({ p50, p95 }: Measured): string => `${ms(p50)} p50, ${ms(p95)} p95`;

/** All figures of the engine. */
export async function engineRows(): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const size of SIZES) rows.push(...proxyRows(size));
  for (const size of [100, 10_000]) rows.push(await editRow(size));
  rows.push(await editRow(10_000, 'nftables'), freshClusterRow(), ...packetRows(), ...memoryRows());
  return rows;
}

/** A kube-proxy that knows `size` Services; clusterIPs as an allocator would give them. */
function proxierOf(size: number): IptablesProxier {
  const [node] = defaultNodes(K8S);
  if (!node) throw new Error('no node');
  const config = proxyConfig({ clusterCIDR: '10.244.0.0/16' }, 'iptables');
  const proxier = new IptablesProxier({
    config,
    facts: nodeFacts(node, K8S),
    version: K8S,
    family: 'IPv4',
  });
  for (let i = 0; i < size; i++) {
    proxier.setService(`default/${crowdService(i).metadata.name}`, withAddress(crowdService(i), i));
    const slice = crowdSlice(i, ENDPOINTS);
    proxier.setEndpointSlice(`default/${slice.metadata.name}`, slice);
  }
  return proxier;
}

function withAddress(service: Service, i: number): Service {
  const clusterIP = `10.${96 + (i >> 16)}.${(i >> 8) & 255}.${i & 255}`;
  return { ...service, spec: { ...service.spec, type: 'ClusterIP', clusterIP, clusterIPs: [clusterIP] } };
}

function proxyRows(size: number): Row[] {
  const name = `${size} Services × ${ENDPOINTS} endpoints`;
  const limits = size === 10_000 ? { full: '≤ 0.5 s', one: '≤ 2 ms' } : undefined;
  const start = proxierOf(size);
  const begun = start.state;
  let text = '';
  const full = measure(size >= 10_000 ? 5 : 15, () => {
    start.state = begun;
    text = printRestore(start.sync({ forceFull: true, sinceCleanupMs: 0 }).restore);
  });
  const slice = crowdSlice(0, ENDPOINTS);
  const shorter: EndpointSlice = { ...slice, endpoints: (slice.endpoints ?? []).slice(1) };
  let now: EndpointSlice = slice;
  const one = measure(50, (i) => {
    const next = i % 2 === 0 ? shorter : slice;
    start.setEndpointSlice(`default/${slice.metadata.name}`, next, now);
    now = next;
    start.sync({ sinceCleanupMs: 0 });
  });
  return [
    {
      what: `full sync, printed: ${name} (${(text.length / 1e6).toFixed(1)} MB, ${(gzipSync(text).length / 1e6).toFixed(2)} MB gzip)`,
      value: both(full),
      ...(limits ? { limit: limits.full } : {}),
    },
    {
      what: `one Service changed: ${name}`,
      value: both(one),
      ...(limits ? { limit: limits.one } : {}),
    },
  ];
}

const FILES = (replicas: number) => [
  {
    name: 'service.yaml',
    text: 'apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  selector:\n    app: web\n  ports:\n    - port: 80\n      targetPort: 8080\n',
  },
  {
    name: 'deployment.yaml',
    text: `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: ${replicas}\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n        - name: web\n          image: my-web-app\n          ports:\n            - containerPort: 8080\n`,
  },
];

/** What the worker does between a keystroke and the picture's data: parse, validate, apply, settle, sync every node, draw. */
async function editRow(size: number, proxyMode: 'iptables' | 'nftables' = 'iptables'): Promise<Row> {
  const engine = new WorkbenchEngine(() => performance.now());
  await engine.open({ lab: null, k8s: K8S, seed: 1, lang: 'en', proxyMode, files: FILES(3), crowd: size });
  const times: number[] = [];
  for (let i = 0; i < 61; i++) {
    const started = performance.now();
    const { text } = FILES(3)[0] ?? { text: '' };
    await engine.edit('service.yaml', text.replace('port: 80\n', `port: ${80 + (i % 2)}\n`));
    if (i > 0) times.push(performance.now() - started);
  }
  return {
    what: `keystroke in the worker: ${size} Services × ${ENDPOINTS} endpoints, 3 nodes, ${proxyMode}`,
    value: both(summary(times)),
    ...(size >= 10_000 ? { limit: '≤ 100 ms p95 in all' } : { limit: '≤ 50 ms p95 in all' }),
  };
}

function freshClusterRow(): Row {
  const engine = new WorkbenchEngine(() => performance.now());
  const times = measure(10, () => {
    void engine.open({ lab: null, k8s: K8S, seed: 1, lang: 'en', files: FILES(3) });
  });
  return { what: 'fresh cluster: 3 nodes, CoreDNS, 3 Pods ready, rules written', value: both(times) };
}
