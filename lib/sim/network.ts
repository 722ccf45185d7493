// The network of a simulated cluster: connections between Pods, nodes and hosts outside, and what each node's kernel remembers of them.
import type { Result } from '@/lib/core/result';
import type { Random } from '@/lib/core/random';
import type { EndpointSlice, IPFamily, Namespace, NetworkPolicy, Node, Pod, Service } from '@/lib/kube/types';
import type { Announcements } from '@/lib/kube/controllers/metallb/speaker';
import type { CloudBalancers } from '@/lib/kube/controllers/service/cloud';
import type { Entry } from '@/lib/net/conntrack/entry';
import { closed } from '@/lib/net/conntrack/refresh';
import type { Ended } from '@/lib/net/conntrack/settle';
import type { Sysctls } from '@/lib/net/conntrack/timeouts';
import { connectOnce, outcomesOf, type Call, type NetState } from '@/lib/net/datapath/connect';
import { withCounters, type RuleCounters } from '@/lib/net/datapath/counters';
import { isReferred } from '@/lib/net/datapath/recent-names';
import { iptablesNetfilter } from '@/lib/net/datapath/iptables';
import { together } from '@/lib/net/datapath/netfilter';
import { nftNetfilter } from '@/lib/net/nft/evaluate/netfilter';
import { forgotten, withoutRemembered, withRemembered } from '@/lib/net/nft/evaluate/remembered';
import { memoryOfSet } from '@/lib/net/nft/evaluate/sets';
import type { NftRuleset } from '@/lib/net/nft/types';
import { afterExchange, counted, FRESH_KERNEL, memoryOf, type KernelState } from '@/lib/net/datapath/kernel';
import type { Run } from '@/lib/net/datapath/run';
import type { Outcome, Trace } from '@/lib/net/datapath/trace';
import type { Direction } from '@/lib/net/policy/compile';
import { Policies } from '@/lib/net/policy/policies';
import type { Wire } from '@/lib/net/datapath/wire';
import type { Answer, Question } from '@/lib/net/dns/message';
import type { NetWorld } from '@/lib/net/routing/world';
import type { Reason, RuleSet } from '@/lib/net/ruleset/types';
import type { HealthAnswer } from '@/lib/proxy/healthcheck';
import { nodeFacts } from '@/lib/proxy/node-facts';
import { SERVICE_NAME_LABEL } from '@/lib/proxy/endpoints';
import { staleUdpEntries } from '@/lib/proxy/udp-conntrack';
import { healthPortAnswer, type HealthRequest, type HealthSource } from './health-ports';
import { LoadBalancers, type HealthCheckEvent, type LoadBalancerState } from './load-balancers';
import { networkWorld } from './network-world';

/** What the network needs of the cluster around it. */
export interface NetworkSource extends HealthSource {
  readonly random: Random;
  rules(node: string, family: IPFamily): RuleSet | undefined;
  /** The load balancers of the cloud. */
  cloud(): CloudBalancers;
  /** What MetalLB's speakers announce. */
  announced(): Announcements;
  /** Give this health check back to `balancers.handle` at the virtual time `at`. */
  schedule(at: number, check: HealthCheckEvent): void;
  /** The node's kube-proxy, which keeps its nftables, without what the kernel remembers in their sets. */
  proxy(node: string): (ReturnType<HealthSource['proxy']> & { nftables: NftRuleset }) | undefined;
}

/** A connection that was made, and what came of it. */
export interface MadeConnection {
  /** Counts the connections of the cluster. */
  readonly number: number;
  /** Virtual time, ms. */
  readonly at: number;
  readonly call: Call;
  readonly trace: Trace;
  /** What packet sockets saw of its first packet and of the answer to it. */
  readonly wire: Pick<Wire, 'sightings' | 'unresolved'>;
  /** What a program says of it afterwards. */
  readonly said?: Said;
}

/** What only the client's program knows of its connection. */
export interface Said {
  /** What it asked and what it was answered: of HTTP the texts, of DNS the messages. */
  readonly http?: { readonly request: string; readonly response: string };
  readonly dns?: { readonly question: Question; readonly answer: Answer };
  /** ICMP echo: the sequence number and the bytes of data. */
  readonly echo?: { readonly sequence: number; readonly size: number };
  /** The client no longer waits for an answer from here on (virtual time, ms). */
  readonly until?: number;
}

/** What all kernels remember, by node, and the latest connections, oldest first; immutable. */
export interface NetworkState {
  readonly kernels: ReadonlyMap<string, KernelState>;
  readonly made: readonly MadeConnection[];
  /** Cluster IPs of deleted UDP Services that a node's kube-proxy has yet to act on. */
  readonly deletedClusterIPs: ReadonlyMap<string, readonly string[]>;
  /** What load balancers know of their nodes. */
  readonly checks: LoadBalancerState;
}

const FAMILIES: readonly IPFamily[] = ['IPv4', 'IPv6'];
/** So many of the latest connections are known. */
const MADE_LIMIT = 500;

export interface ConnectOptions {
  /** The connection stays open: its conntrack entries are ESTABLISHED. Otherwise it is closed after one question and answer. */
  readonly hold?: boolean;
}

export class ClusterNetwork {
  #state: NetworkState['kernels'] = new Map();
  #made: NetworkState['made'] = [];
  #deletedClusterIPs: NetworkState['deletedClusterIPs'] = new Map();
  #world: { readonly key: readonly unknown[]; readonly world: NetWorld } | undefined;
  #policies: { readonly key: readonly unknown[]; readonly policies: Policies } | undefined;

  /** The load balancers outside: health checks, and where they send new connections. */
  readonly balancers: LoadBalancers;

  constructor(private readonly source: NetworkSource) {
    this.balancers = new LoadBalancers({
      cloud: () => source.cloud(),
      announced: () => source.announced(),
      now: () => source.now(),
      node: (name) => source.api.get<Node>('Node', '', name),
      outcomes: (call) => {
        const ways = this.outcomes(call);
        return ways.ok ? ways.value : [];
      },
      healthPort: (request) => this.healthPort(request),
      schedule: (at, check) => source.schedule(at, check),
    });
  }

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
    const number = (this.#made.at(-1)?.number ?? 0) + 1;
    const { sightings, unresolved } = run.wire;
    const wire = { sightings, unresolved };
    this.#made = [...this.#made, { number, at: this.source.now(), call, trace, wire }].slice(-MADE_LIMIT);
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

  /** A program tells what it did over a connection of its own, for whoever listens on an interface. */
  tell(trace: Trace, said: Said): void {
    this.#made = this.#made.map((made) =>
      made.trace === trace ? { ...made, said: { ...made.said, ...said } } : made,
    );
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

  /** A node's sysctls that differ from the kernel's defaults: from its facts, and set by hand. */
  sysctls(name: string): Sysctls {
    const node = this.source.api.get<Node>('Node', '', name);
    const own = this.kernel(name).sysctls;
    return node ? { ...nodeFacts(node, this.source.k8s).sysctls, ...own } : own;
  }

  /** `sysctl -w`: acts from the next packet on. The caller knows which names there are. */
  setSysctl(node: string, name: string, value: string): void {
    const state = this.kernel(node);
    this.setKernel(node, { ...state, sysctls: { ...state.sysctls, [name]: value } });
    this.balancers.look(node);
  }

  /** Ends connections that were held open: their entries go to TIME_WAIT. */
  close(trace: Trace): void {
    const now = this.source.now();
    for (const { node, connection } of trace.tracked) {
      const state = this.kernel(node);
      const found = state.conntrack.find(connection.original, now);
      if (!found) continue;
      const conntrack = state.conntrack.changed(closed(found.entry, now, this.sysctls(node)));
      this.setKernel(node, { ...state, conntrack });
    }
  }

  /** A Service was deleted: kube-proxy on these nodes will hear of it. */
  serviceDeleted({ spec }: Service, nodes: readonly string[]): void {
    if (!spec.ports?.some((p) => p.protocol === 'UDP')) return;
    const ips = spec.clusterIPs ?? [];
    const next = new Map(this.#deletedClusterIPs);
    for (const node of nodes) next.set(node, [...(next.get(node) ?? []), ...ips]);
    this.#deletedClusterIPs = next;
  }

  /** kube-proxy on a node has synced: it deletes the UDP conntrack entries that it takes for stale. */
  cleanUp(node: string): void {
    const { api, k8s } = this.source;
    const deletedClusterIPs = this.#deletedClusterIPs.get(node) ?? [];
    if (deletedClusterIPs.length > 0)
      this.#deletedClusterIPs = new Map([...this.#deletedClusterIPs].filter(([name]) => name !== node));
    const state = this.#state.get(node);
    if (!state || state.conntrack.size === 0) return;
    const stale = staleUdpEntries(state.conntrack.list(this.source.now()), {
      services: api.list<Service>('Service'),
      slicesOf: ({ metadata }) =>
        api.labelled<EndpointSlice>('EndpointSlice', metadata.namespace ?? '', {
          [SERVICE_NAME_LABEL]: metadata.name ?? '',
        }),
      version: k8s,
      featureGates: this.source.proxyConfig(node).featureGates,
      nodeName: node,
      deletedClusterIPs,
    });
    const conntrack = stale.reduce((table, entry) => table.without(entry), state.conntrack);
    if (stale.length > 0) this.setKernel(node, { ...state, conntrack });
  }

  /** The node's rules were written anew: lists and sets that went with their rules are forgotten with all that was in them. */
  forgetDeadLists(node: string): void {
    const state = this.#state.get(node);
    if (!state || state.recent.names.length === 0) return;
    const families = FAMILIES.flatMap((family) => this.source.rules(node, family) ?? []);
    const sets = new Set(
      (this.source.proxy(node)?.nftables ?? []).flatMap((table) =>
        [...table.sets.values()].map((set) => memoryOfSet(table, set)),
      ),
    );
    const recent = state.recent.keeping(
      (list) => sets.has(list) || families.some((rules) => isReferred(rules, list)),
    );
    if (recent !== state.recent) this.setKernel(node, { ...state, recent });
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
    this.forgetDeadLists(node);
    this.balancers.look(node);
  }

  /** What kube-proxy answers on one of its health ports of a node; undefined: nothing is there. */
  healthPort(request: HealthRequest): HealthAnswer | undefined {
    return healthPortAnswer(this.source, request);
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
        config: (node) => this.source.proxyConfig(node),
        dump: false,
        policies: () => this.#currentPolicies(),
        now: () => this.source.now(),
        sysctls: (node) => this.sysctls(node),
        balancer: (address) => this.balancers.at(address),
        serves: (node, service) => {
          const proxy = this.source.proxy(node);
          return FAMILIES.some((family) => proxy?.healthOf(service, family) !== undefined);
        },
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

  /** In which directions NetworkPolicies isolate a Pod: there it takes only what one of their rules allows. */
  isolation({ metadata, spec }: Pod): readonly Direction[] {
    const { namespace = 'default', labels } = metadata;
    return spec.hostNetwork ? [] : this.#currentPolicies().isolates({ namespace, ...(labels && { labels }) });
  }

  /** What the network plugin enforces now; what did not change is not compiled again. */
  #currentPolicies(): Policies {
    const { api } = this.source;
    const policies = api.list<NetworkPolicy>('NetworkPolicy');
    const namespaces = api.list<Namespace>('Namespace');
    const known = this.#policies;
    if (known && known.key[0] === policies && known.key[1] === namespaces) return known.policies;
    const next = new Policies(policies, namespaces, known?.policies);
    this.#policies = { key: [policies, namespaces], policies: next };
    return next;
  }

  snapshot(): NetworkState {
    return {
      kernels: this.#state,
      made: this.#made,
      deletedClusterIPs: this.#deletedClusterIPs,
      checks: this.balancers.snapshot(),
    };
  }

  restore({ kernels, made, deletedClusterIPs, checks }: NetworkState): void {
    this.balancers.restore(checks);
    this.#deletedClusterIPs = deletedClusterIPs;
    this.#state = kernels;
    this.#made = made;
  }

  #netState(): NetState {
    const now = this.source.now();
    return {
      world: this.world,
      now,
      memory: (node) => memoryOf(this.kernel(node), now, this.sysctls(node)),
    };
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
      const after = afterExchange(before, scratch, { ended, now, sysctls: this.sysctls(node) });
      const family: IPFamily =
        trace.source.includes('[') || (trace.source.match(/:/g)?.length ?? 0) > 1 ? 'IPv6' : 'IPv4';
      const rules = this.source.rules(node, family);
      const hits = run.hits.filter((h) => h.node === node);
      const counters = rules
        ? { ...before.counters, [family]: counted(before.counters[family], rules, hits) }
        : before.counters;
      next.set(node, { ...after, counters });
    }
    this.#state = next;
  }
}
