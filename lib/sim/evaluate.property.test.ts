// The walk of packets on random clusters: probabilities add up, the index is no shortcut, and rules that were printed and read back
// send packets the same way.
import { describe, expect, test } from 'vitest';
import { Random } from '@/lib/core/random';
import type { IPFamily, Pod } from '@/lib/kube/types';
import { outcomesOf, type Call } from '@/lib/net/datapath/connect';
import { iptablesNetfilter } from '@/lib/net/datapath/iptables';
import type { Netfilter } from '@/lib/net/datapath/netfilter';
import { NO_MEMORY } from '@/lib/net/datapath/node-state';
import type { Outcome } from '@/lib/net/datapath/trace';
import { parseSave, printSave } from '@/lib/net/ruleset/save';
import { NodeTables } from '@/lib/net/ruleset/tables';
import type { RuleSet } from '@/lib/net/ruleset/types';
import { proxyConfig, type ProxyConfig } from '@/lib/proxy/config';
import { tablesAtStart } from '@/lib/proxy/iptables/node-tables';
import { IptablesProxier } from '@/lib/proxy/iptables/proxier';
import { nodeFacts } from '@/lib/proxy/node-facts';
import { randomCluster, type RandomCluster } from '@/lib/proxy/testing/random-cluster';
import { feed } from './feed';
import { networkWorld } from './network-world';

const SEEDS = Number(process.env['SEEDS'] ?? 20);
const SERVICES = 20;

interface Scene {
  readonly cluster: RandomCluster;
  readonly config: ProxyConfig;
  readonly rules: NodeTables;
  readonly family: IPFamily;
}

function scene(seed: number, family: IPFamily): Scene {
  const cluster = randomCluster(seed, family, SERVICES);
  const config = proxyConfig(cluster.config, 'iptables');
  const facts = nodeFacts(cluster.node, '1.32');
  const proxier = new IptablesProxier({ config, facts, version: '1.32', family });
  feed(proxier, [...cluster.services, ...cluster.slices]);
  const { restore } = proxier.sync({ sinceCleanupMs: 0 });
  return { cluster, config, rules: tablesAtStart(family).restored(restore), family };
}

/** A Pod on node-1 for each endpoint there, and a client; other endpoints are hosts outside. */
function pods({ cluster, family }: Scene): Pod[] {
  const prefix = family === 'IPv4' ? '10.244.1.' : 'fd00:10:244:1::';
  const own = cluster.slices
    .flatMap((s) => s.endpoints ?? [])
    .flatMap((e) => e.addresses)
    .filter((a) => a.startsWith(prefix));
  const client = family === 'IPv4' ? '10.244.1.250' : 'fd00:10:244:1::fa';
  return [...new Set([client, ...own])].map((ip, i) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace: 'default', name: `pod-${i}` },
    spec: { nodeName: 'node-1', containers: [{ name: 'c' }] },
    status: { podIPs: [{ ip }] },
  }));
}

/** The outcomes of calls under some rules. */
function walker(s: Scene, netfilter: Netfilter): (call: Call) => readonly Outcome[] {
  const world = networkWorld(
    { nodes: [s.cluster.node], pods: pods(s), services: s.cluster.services, slices: s.cluster.slices },
    { version: '1.32', config: () => s.config, dump: true, now: () => 0, netfilter: () => netfilter },
  );
  return (call) => {
    const result = outcomesOf({ world, now: 0, memory: () => NO_MEMORY }, call);
    if (!result.ok) throw new Error(result.error.code);
    return result.value;
  };
}

/** Calls of all kinds to a Service: its cluster IP, node port, outer addresses, a port that it has not. */
function calls({ cluster, family }: Scene, seed: number): Call[] {
  const random = Random.seeded(seed);
  const outer = family === 'IPv4' ? '203.0.113.7' : 'fd00:203::7';
  const nodeIP = family === 'IPv4' ? '192.168.10.11' : 'fd00:192:168:10::11';
  const froms = [{ pod: 'default/pod-0' }, { node: 'node-1' }, { external: outer }];
  return cluster.services.flatMap(({ spec, status }) =>
    (spec.ports ?? []).flatMap((p) => {
      const protocol = (p.protocol ?? 'TCP').toLowerCase() as 'tcp' | 'udp' | 'sctp';
      const outside = [
        ...(spec.externalIPs ?? []),
        ...(status?.loadBalancer?.ingress ?? []).flatMap((i) => i.ip ?? []),
      ];
      return [
        ...[spec.clusterIP ?? '', ...outside].map((to) => ({ to, port: p.port })),
        ...(p.nodePort ? [{ to: nodeIP, port: p.nodePort }] : []),
        { to: spec.clusterIP ?? '', port: 4711 },
      ].map((at) => ({ ...at, protocol, from: random.pick(froms) }));
    }),
  );
}

const told = (all: readonly Outcome[]) =>
  all.map((o) => ({
    probability: o.probability,
    ended: [o.verdict, o.reason, o.endpoint, o.viaNode, o.sourceIPSeen, o.snat],
    path: o.path,
    steps: o.steps.map((s) => [s.node, s.hook, s.table, s.chain, s.index, s.effect, s.packet]),
  }));

describe.each(['IPv4', 'IPv6'] as const)('%s', (family) => {
  test(`in ${SEEDS} random clusters probabilities add up to 1`, () => {
    for (let seed = 0; seed < SEEDS; seed++) {
      const s = scene(seed, family);
      const walk = walker(s, iptablesNetfilter(s.rules));
      for (const call of calls(s, seed)) {
        const sum = walk(call).reduce((total, o) => total + o.probability, 0);
        expect([seed, call, Math.abs(sum - 1) < 1e-9]).toEqual([seed, call, true]);
      }
    }
  });

  test(`in ${SEEDS} random clusters the walk over the index is the walk over the chain`, () => {
    for (let seed = 0; seed < SEEDS; seed++) {
      const s = scene(seed, family);
      const byIndex = walker(s, iptablesNetfilter(s.rules));
      const byRule = walker(s, iptablesNetfilter(s.rules, 'linear'));
      for (const call of calls(s, seed)) expect(told(byIndex(call))).toEqual(told(byRule(call)));
    }
  });

  test(`in ${SEEDS} random clusters rules printed and read back act the same`, () => {
    for (let seed = 0; seed < SEEDS; seed++) {
      const s = scene(seed, family);
      const again: RuleSet = parseSave(printSave(s.rules), family);
      const written = walker(s, iptablesNetfilter(s.rules));
      const read = walker(s, iptablesNetfilter(again));
      const shares = (all: readonly Outcome[]) =>
        told(all).map((o) => ({ ...o, probability: o.probability.toFixed(6) }));
      for (const call of calls(s, seed)) expect(shares(read(call))).toEqual(shares(written(call)));
    }
  });
});

test('every ready endpoint of a ClusterIP gets 1/n', () => {
  for (const n of [1, 2, 3, 7, 50]) {
    const s = { ...scene(1, 'IPv4'), rules: NodeTables.empty('IPv4') };
    const cluster = s.cluster;
    const ip = '10.96.200.1';
    const service = {
      apiVersion: 'v1',
      kind: 'Service' as const,
      metadata: { namespace: 'default', name: 'even' },
      spec: {
        type: 'ClusterIP' as const,
        clusterIP: ip,
        clusterIPs: [ip],
        ports: [{ port: 80, protocol: 'TCP' as const }],
      },
    };
    const slice = {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice' as const,
      metadata: { namespace: 'default', name: 'even-1', labels: { 'kubernetes.io/service-name': 'even' } },
      addressType: 'IPv4' as const,
      ports: [{ name: '', port: 8080, protocol: 'TCP' as const }],
      endpoints: Array.from({ length: n }, (_, i) => ({ addresses: [`10.244.1.${10 + i}`] })),
    };
    const facts = nodeFacts(cluster.node, '1.32');
    const proxier = new IptablesProxier({ config: proxyConfig({}), facts, version: '1.32', family: 'IPv4' });
    feed(proxier, [service, slice]);
    const rules = tablesAtStart('IPv4').restored(proxier.sync({ sinceCleanupMs: 0 }).restore);
    const own: Scene = { ...s, rules, cluster: { ...cluster, services: [service], slices: [slice] } };
    const all = walker(
      own,
      iptablesNetfilter(rules),
    )({
      from: { pod: 'default/pod-0' },
      to: ip,
      port: 80,
      protocol: 'tcp',
    });
    expect(all.map((o) => [o.verdict, o.probability.toFixed(7)])).toEqual(
      Array.from({ length: n }, () => ['delivered', (1 / n).toFixed(7)]),
    );
  }
});
