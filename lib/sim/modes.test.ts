// The modes of kube-proxy agree on who can be reached, from where and how likely, with NetworkPolicies and without; and rules that were
// printed and read back do the same.
import { expect, test } from 'vitest';
import type { IPFamily } from '@/lib/kube/types';
import { outcomesOf, type Call } from '@/lib/net/datapath/connect';
import { iptablesNetfilter } from '@/lib/net/datapath/iptables';
import type { Netfilter } from '@/lib/net/datapath/netfilter';
import { NO_MEMORY } from '@/lib/net/datapath/node-state';
import { nftNetfilter } from '@/lib/net/nft/evaluate/netfilter';
import { listRuleset } from '@/lib/net/nft/list';
import { parseRuleset } from '@/lib/net/nft/parse-list';
import type { NftTable } from '@/lib/net/nft/types';
import { proxyConfig } from '@/lib/proxy/config';
import { tablesAtStart } from '@/lib/proxy/iptables/node-tables';
import { IptablesProxier } from '@/lib/proxy/iptables/proxier';
import { NftablesProxier } from '@/lib/proxy/nftables/proxier';
import { nodeFacts } from '@/lib/proxy/node-facts';
import { feed } from './feed';
import { networkWorld } from './network-world';
import { randomNetwork, type RandomNetwork } from './testing/random-network';

const CLUSTERS = Number(process.env['FUZZ_CLUSTERS'] ?? 300);
const CALLS = 24;
/** The first version in which nftables mode serves what iptables mode serves (pull request 132456). */
const VERSION = '1.34';

type Rules = (net: RandomNetwork, node: string, family: IPFamily) => Netfilter;

const factsOf = (net: RandomNetwork, name: string) => {
  const node = net.nodes.find((n) => n.metadata.name === name);
  if (!node) throw new Error(name);
  return nodeFacts(node, VERSION);
};

const iptables: Rules = (net, node, family) => {
  const config = proxyConfig(net.config, 'iptables');
  const proxier = new IptablesProxier({ config, facts: factsOf(net, node), version: VERSION, family });
  feed(proxier, net.objects);
  const { restore } = proxier.sync({ sinceCleanupMs: 0 });
  return iptablesNetfilter(tablesAtStart(family).restored(restore));
};

/** Written once for a node: what is evaluated and what is printed. */
const written = new WeakMap<RandomNetwork, Map<string, NftTable[]>>();

function nftTable(net: RandomNetwork, node: string, family: IPFamily): NftTable[] {
  const known = written.get(net) ?? new Map<string, NftTable[]>();
  written.set(net, known);
  const table = known.get(node) ?? writeNftTable(net, node, family);
  known.set(node, table);
  return table;
}

function writeNftTable(net: RandomNetwork, node: string, family: IPFamily): NftTable[] {
  const config = proxyConfig(net.config, 'nftables');
  const facts = factsOf(net, node);
  const proxier = new NftablesProxier({ config, facts, version: VERSION, family, serviceCIDRs: [] });
  feed(proxier, net.objects);
  const { table } = proxier.apply(proxier.sync({ now: 0, table: undefined }));
  return table ? [table] : [];
}

const nftables: Rules = (net, node, family) => nftNetfilter(nftTable(net, node, family), family);

const readBack: Rules = (net, node, family) => {
  const read = parseRuleset(listRuleset(nftTable(net, node, family)));
  if (!read.ok) throw new Error(read.error.message);
  return nftNetfilter(read.value, family);
};

/** How each call goes: verdict, endpoint, source seen and probability, in one order. */
function results(net: RandomNetwork, family: IPFamily, rules: Rules): string[][] {
  const made = new Map<string, Netfilter>();
  const world = networkWorld(net, {
    version: VERSION,
    config: () => proxyConfig(net.config, 'nftables'),
    dump: true,
    now: () => 0,
    netfilter(node) {
      const own = made.get(node) ?? rules(net, node, family);
      made.set(node, own);
      return own;
    },
  });
  return net.calls.map((call) => {
    const outcomes = outcomesOf({ world, now: 0, memory: () => NO_MEMORY }, call);
    if (!outcomes.ok) return [outcomes.error.code];
    return outcomes.value
      .map((o) => `${o.verdict} ${o.endpoint ?? ''} ${o.sourceIPSeen ?? ''} ${o.probability.toFixed(6)}`)
      .sort();
  });
}

/**
 * Where the real modes differ, for Services without endpoints: iptables mode refuses whom nftables mode has already dropped for the
 * source ranges, and lets a node's own packets to an outer address go (KUBE-EXTERNAL-SERVICES hangs on INPUT and FORWARD only), which
 * nftables mode refuses.
 */
function mayDiffer(net: RandomNetwork, { to, from }: Call, iptables: string, nftables: string): boolean {
  const firewalled = net.services.some(
    ({ spec, status }) =>
      spec.loadBalancerSourceRanges && status?.loadBalancer?.ingress?.some((i) => i.ip === to),
  );
  // A UDP or SCTP socket hears of its own node's refusal as "not permitted".
  const isRefused = (way: string): boolean => /^(rejected|unreachable)/.test(way);
  if (firewalled && isRefused(iptables) && nftables.startsWith('dropped')) return true;
  return 'node' in from && iptables.startsWith('dropped') && isRefused(nftables);
}

for (const family of ['IPv4', 'IPv6'] as const)
  test(`${CLUSTERS} random clusters, ${family}`, { timeout: 300_000 }, () => {
    for (let seed = 0; seed < CLUSTERS; seed++) {
      const net = randomNetwork(seed, family, 5, CALLS);
      const nft = results(net, family, nftables);
      expect([seed, results(net, family, readBack)]).toEqual([seed, nft]);
      const ipt = results(net, family, iptables);
      for (const [i, call] of net.calls.entries()) {
        const [a, b] = [ipt[i], nft[i]];
        if (mayDiffer(net, call, a?.[0] ?? '', b?.[0] ?? '')) continue;
        expect([seed, call, b]).toEqual([seed, call, a]);
      }
    }
  });
