// The network of a simulated cluster: connections between Pods, nodes and hosts outside, and what each node's kernel remembers of them.
import type { Result } from '@/lib/core/result';
import type { Random } from '@/lib/core/random';
import type { ApiReader } from '@/lib/kube/api/types';
import type { EndpointSlice, IPFamily, Node, Pod, Service } from '@/lib/kube/types';
import type { K8sVersion } from '@/lib/kube/versions';
import type { Entry } from '@/lib/net/conntrack/entry';
import { settledEntry, type Ended } from '@/lib/net/conntrack/settle';
import { connectOnce, outcomesOf, type Call, type NetState } from '@/lib/net/datapath/connect';
import { withCounters, type RuleCounters } from '@/lib/net/datapath/counters';
import { iptablesNetfilter } from '@/lib/net/datapath/iptables';
import { together } from '@/lib/net/datapath/netfilter';
import { nftNetfilter } from '@/lib/net/nft/evaluate/netfilter';
import { forgotten, withoutRemembered, withRemembered } from '@/lib/net/nft/evaluate/remembered';
import type { NftRuleset } from '@/lib/net/nft/types';
import { counted, FRESH_KERNEL, memoryOf, type KernelState } from '@/lib/net/datapath/kernel';
import type { Run } from '@/lib/net/datapath/run';
import type { Outcome, Trace } from '@/lib/net/datapath/trace';
import type { NetWorld } from '@/lib/net/routing/world';
import type { Reason, RuleSet } from '@/lib/net/ruleset/types';
import type { ProxyConfig } from '@/lib/proxy/config';
import { nodeFacts } from '@/lib/proxy/node-facts';
import { networkWorld } from './network-world';

/** What the network needs of the cluster around it. */
export interface NetworkSource {
  readonly api: ApiReader;
  readonly k8s: K8sVersion;
  readonly random: Random;
  now(): number;
  rules(node: string, family: IPFamily): RuleSet | undefined;
  /** The node's kube-proxy, which keeps its nftables, without what the kernel remembers in their sets. */
  proxy(node: string): { nftables: NftRuleset } | undefined;
  proxyConfig(): ProxyConfig;
}

/** A connection that was made, and what came of it. */
export interface MadeConnection {
  readonly call: Call;
  readonly trace: Trace;
}

/** What all kernels remember, by node, and the latest connections, oldest first; immutable. */
export interface NetworkState {
  readonly kernels: ReadonlyMap<string, KernelState>;
  readonly made: readonly MadeConnection[];
}

/** So many of the latest connections are known. */
const MADE_LIMIT = 500;

export interface ConnectOptions {
  /** The connection stays open: its conntrack entries are ESTABLISHED. Otherwise it is closed after one question and answer. */
  readonly hold?: boolean;
}

export class ClusterNetwork {
  #state: NetworkState['kernels'] = new Map();
  #made: NetworkState['made'] = [];
  #world: { readonly key: readonly unknown[]; readonly world: NetWorld } | undefined;

  constructor(private readonly source: NetworkSource) {}

  /**
   * Makes one new connection, as `curl` (tcp), `dig` (udp) or `ping` (icmp) would: lots are drawn from the cluster's random source, rules
   * count, conntrack and session affinity remember. Time does not pass. An error names what cannot even be tried (call.… codes).
   */
  connect(call: Call, options: ConnectOptions = {}): Result<Trace, Reason> {
    const { random } = this.source;
    const choices = { chance: (p: number) => random.next() < p, pick: (of: number) => random.integer(of) };
    const made = connectOnce(this.#netState(), call, choices);
    if (!made.ok) return made;
    const { trace, run } = made.value;
    this.#remember(run, trace, options);
    this.#made = [...this.#made, { call, trace }].slice(-MADE_LIMIT);
    return { ok: true, value: trace };
  }

  /**
   * All ways in which this connection can go now, with probabilities that add up to 1; exact, and nothing changes. Known clients of a
   * Service with session affinity go where they went.
   */
  outcomes(call: Call): Result<readonly Outcome[], Reason> {
    return outcomesOf(this.#netState(), call);
  }

  /** The latest connections that were made, oldest first. */
  get made(): readonly MadeConnection[] {
    return this.#made;
  }

  /** Live conntrack entries of a node, oldest first. */
  conntrack(node: string): readonly Entry[] {
    return this.kernel(node).conntrack.list(this.source.now());
  }

  /** Packet and byte counters of a node's rules. */
  counters(node: string, family: IPFamily = 'IPv4'): RuleCounters {
    return this.kernel(node).counters[family];
  }

  /** A node's rules with their counters in them, for printing. */
  countedRules(node: string, family: IPFamily = 'IPv4'): RuleSet | undefined {
    const rules = this.source.rules(node, family);
    return rules && withCounters(rules, this.counters(node, family));
  }

  kernel(node: string): KernelState {
    return this.#state.get(node) ?? FRESH_KERNEL;
  }

  /** Puts another state of a node's kernel in place (conntrack -D, iptables -Z). */
  setKernel(node: string, state: KernelState): void {
    this.#state = new Map(this.#state).set(node, state);
  }

  /** A node's nftables with what rules have put in their sets, as `nft list ruleset` shows them. */
  nftables(node: string): NftRuleset {
    const tables = this.source.proxy(node)?.nftables ?? [];
    return withRemembered(tables, this.kernel(node).recent, this.source.now());
  }

  /** Changes a node's nftables by hand (`tables` as `nftables` gave them, changed): kube-proxy meets them in its next sync. */
  setNftables(node: string, tables: NftRuleset): void {
    const proxy = this.source.proxy(node);
    if (!proxy) return;
    const state = this.kernel(node);
    let { recent } = state;
    for (const { list, client } of forgotten(this.nftables(node), tables))
      recent = recent.without(list, client);
    if (recent !== state.recent) this.setKernel(node, { ...state, recent });
    proxy.nftables = withoutRemembered(tables);
  }

  /** Nodes, Pods and hosts as they are now. */
  get world(): NetWorld {
    const { api, k8s } = this.source;
    const objects = {
      nodes: api.list<Node>('Node'),
      pods: api.list<Pod>('Pod'),
      services: api.list<Service>('Service'),
      slices: api.list<EndpointSlice>('EndpointSlice'),
    };
    const key = Object.values(objects);
    if (!this.#world || this.#world.key.some((list, i) => list !== key[i])) {
      const world = networkWorld(objects, {
        version: k8s,
        config: this.source.proxyConfig(),
        dump: false,
        now: () => this.source.now(),
        netfilter: (node, family) => {
          const rules = this.source.rules(node, family);
          const tables = this.source.proxy(node)?.nftables ?? [];
          const iptables = rules && iptablesNetfilter(rules);
          if (!tables.length) return iptables;
          const nft = nftNetfilter(tables, family);
          return iptables ? together(family, [iptables, nft]) : nft;
        },
      });
      this.#world = { key, world };
    }
    return this.#world.world;
  }

  snapshot(): NetworkState {
    return { kernels: this.#state, made: this.#made };
  }

  restore({ kernels, made }: NetworkState): void {
    this.#state = kernels;
    this.#made = made;
  }

  #netState(): NetState {
    const now = this.source.now();
    return {
      world: this.world,
      now,
      memory: (node) => memoryOf(this.kernel(node), now, this.#sysctls(node)),
    };
  }

  #sysctls(name: string): Readonly<Record<string, string>> {
    const node = this.source.api.get<Node>('Node', '', name);
    return node ? nodeFacts(node, this.source.k8s).sysctls : {};
  }

  #remember(run: Run, trace: Trace, { hold }: ConnectOptions): void {
    const now = this.source.now();
    const ended: Ended =
      trace.verdict === 'delivered'
        ? hold
          ? 'open'
          : 'closed'
        : trace.verdict === 'reset'
          ? 'refused'
          : 'unanswered';
    const next = new Map(this.#state);
    for (const [node, scratch] of run.touched()) {
      const before = this.kernel(node);
      let { conntrack, recent } = before;
      const sysctls = this.#sysctls(node);
      for (const connection of scratch.connections) {
        const entry = settledEntry(connection, ended, now, sysctls);
        if (entry) conntrack = conntrack.with(entry, now);
      }
      for (const { list, client, limit } of scratch.remembered.values())
        recent = recent.with(list, client.text, now, limit);
      const family: IPFamily =
        trace.source.includes('[') || (trace.source.match(/:/g)?.length ?? 0) > 1 ? 'IPv6' : 'IPv4';
      const rules = this.source.rules(node, family);
      const hits = run.hits.filter((h) => h.node === node);
      const counters = rules
        ? { ...before.counters, [family]: counted(before.counters[family], rules, hits) }
        : before.counters;
      next.set(node, { ...before, conntrack, recent, counters });
    }
    this.#state = next;
  }
}
