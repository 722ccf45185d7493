// Models pkg/proxy/iptables/proxier.go (v1.28–v1.34): tracks Services and EndpointSlices, and in each sync writes one input for
// iptables-restore, whole or only what changed.
import { PersistentMap } from '@/lib/core/persistent-map';
import type { EndpointSlice, IPFamily, Service } from '@/lib/kube/types';
import { differences, type K8sVersion } from '@/lib/kube/versions';
import { LazyChain, type RestoreInput } from '@/lib/net/ruleset/restore-input';
import type { Chain, Rule } from '@/lib/net/ruleset/types';
import type { ProxyConfig } from '../config';
import { COUNTER_LOCALHOST, NodePortAddresses, type NodeFacts } from '../node-facts';
import type { ServiceHealth } from '../healthcheck';
import { entryKey, lowerBound, rangeOf, type ServiceEntry } from '../service-list';
import type { ServicePortInfo } from '../service-port';
import { categorizeEndpoints } from '../topology';
import { ProxyTracker, type TrackerState } from '../tracker';
import { FIREWALL_RULE, forwardRules, masqueradeRules, nodePortTail } from './fixed-rules';
import { localDetector } from './local-detector';
import { isServiceChain } from './names';
import type { RuleContext } from './service-plan';
import { ServiceRules } from './service-rules';

/** Above this many endpoints kube-proxy leaves comments out and cleans up less often (largeClusterEndpointsThreshold). */
export const LARGE_CLUSTER_ENDPOINTS = 1000;

export interface ProxierInit {
  readonly config: ProxyConfig;
  readonly facts: NodeFacts;
  readonly version: K8sVersion;
  readonly family: IPFamily;
}

export interface SyncOptions {
  readonly forceFull?: boolean;
  /** Virtual milliseconds since the last sync that deleted stale chains. */
  readonly sinceCleanupMs: number;
  /** The nat chains in the kernel, if they may differ from what this proxier wrote (a restart, somebody else's hand). */
  readonly kernelChains?: readonly string[];
}

export interface SyncResult {
  readonly fullSync: boolean;
  readonly cleanedUp: boolean;
  readonly restore: RestoreInput;
  /** sync_proxy_rules_no_local_endpoints_total by traffic_policy. */
  readonly noLocalEndpoints: { readonly internal: number; readonly external: number };
}

/** Everything that changes, as one immutable value: a snapshot is this pointer. */
export interface ProxierState {
  readonly tracked: TrackerState;
  /** One entry a service port, sorted by its key. */
  readonly rules: readonly ServiceEntry<ServiceRules>[];
  readonly endpointTotal: number;
  readonly needFullSync: boolean;
  /** Chains that lost their place since the last clean-up. */
  readonly stale: PersistentMap<true>;
  readonly facts: NodeFacts;
}

const TOPOLOGY_LABELS = [
  'kubernetes.io/hostname',
  'topology.kubernetes.io/zone',
  'topology.kubernetes.io/region',
];

export class IptablesProxier {
  #state: Omit<ProxierState, 'tracked'>;
  readonly #tracker: ProxyTracker;
  readonly #init: ProxierInit;
  /** Off when node ports are not served on 127.0.0.0/8 at all (NewProxier). */
  readonly #localhostNodePorts: boolean;
  readonly #nodePortAddresses: NodePortAddresses;

  constructor(init: ProxierInit) {
    this.#init = init;
    const { config, facts, family, version } = init;
    const { featureGates } = config;
    this.#tracker = new ProxyTracker({ family, version, featureGates }, facts.name);
    this.#nodePortAddresses = new NodePortAddresses(family, config.nodePortAddresses, facts.nodeIP[family]);
    this.#localhostNodePorts =
      family === 'IPv4' && config.localhostNodePorts && this.#nodePortAddresses.containsLoopback;
    this.#state = {
      rules: [],
      endpointTotal: 0,
      needFullSync: true,
      stale: PersistentMap.empty(),
      facts,
    };
  }

  get state(): ProxierState {
    return { ...this.#state, tracked: this.#tracker.state };
  }

  set state({ tracked, ...own }: ProxierState) {
    this.#tracker.state = tracked;
    this.#state = own;
  }

  /** Something waits for a sync. */
  get pending(): boolean {
    return this.#state.needFullSync || this.#tracker.pending;
  }

  /** A Service appeared, changed or (undefined) went. `key` is "ns/name". */
  setService(key: string, service: Service | undefined): void {
    this.#tracker.setService(key, service);
  }

  /** An EndpointSlice appeared, changed (before is its former self) or went (after undefined). */
  setEndpointSlice(key: string, after: EndpointSlice | undefined, before?: EndpointSlice): void {
    this.#tracker.setEndpointSlice(key, after, before);
  }

  /** What the health check node port of a Service ("ns/name") answers; undefined: it has none. */
  healthOf(service: string): ServiceHealth | undefined {
    return this.#tracker.healthOf(service);
  }

  /** The node's own object changed; new topology labels ask for a full sync (proxier.OnTopologyChange). */
  setNode(facts: NodeFacts): void {
    const moved = TOPOLOGY_LABELS.some((l) => facts.labels[l] !== this.#state.facts.labels[l]);
    this.#state = { ...this.#state, facts, needFullSync: this.#state.needFullSync || moved };
  }

  /** The kernel refused the last input: the next one must be whole. */
  restoreFailed(): void {
    this.#state = { ...this.#state, needFullSync: true };
  }

  /** All rules of the Services on this node, counted without making them. */
  get ruleCount(): number {
    let count = 0;
    for (const [, rules] of this.#state.rules) count += rules.ruleCount;
    return count;
  }

  /** Rules of one Service ("ns/name") as last written, one entry a service port. */
  rulesWritten(service: string): readonly ServiceRules[] {
    const { rules } = this.#state;
    const [start, end] = rangeOf(rules, service);
    return rules.slice(start, end).map(([, r]) => r);
  }

  sync(options: SyncOptions): SyncResult {
    const full = this.#state.needFullSync || options.forceFull === true;
    const changed = this.#tracker.takeChanges();
    this.#countEndpoints(changed);
    const large = this.#state.endpointTotal > LARGE_CLUSTER_ENDPOINTS;
    const written = this.#rewrite(changed, full, !large);
    const cleanUp = !large || options.sinceCleanupMs > this.#init.config.syncPeriodMs;
    const deleted = cleanUp ? this.#takeStale(options.kernelChains) : [];
    this.#state = { ...this.#state, needFullSync: false };
    return {
      fullSync: full,
      cleanedUp: cleanUp,
      restore: this.#restoreInput(written, deleted),
      noLocalEndpoints: this.#countLacking(),
    };
  }

  /** Endpoints of all service ports, usable or not: they decide what a large cluster is. */
  #countEndpoints(changed: ReadonlySet<string>): void {
    let { endpointTotal } = this.#state;
    for (const service of changed) {
      for (const rules of this.rulesWritten(service)) endpointTotal -= rules.endpointCount;
      for (const port of this.#tracker.portsOf(service))
        endpointTotal += this.#tracker.endpointsOf(port).length;
    }
    this.#state = { ...this.#state, endpointTotal };
  }

  /** Makes the rules of the changed Services (full: of all) and returns them. */
  #rewrite(changed: ReadonlySet<string>, full: boolean, withComments: boolean): readonly ServiceRules[] {
    const rules = [...this.#state.rules];
    let { stale } = this.#state;
    const written: ServiceRules[] = [];
    const make = (port: ServicePortInfo): ServiceRules => {
      const made = this.#rulesFor(port, withComments);
      written.push(made);
      return made;
    };
    for (const service of changed) {
      const [start, end] = rangeOf(rules, service);
      const old = rules.splice(start, end - start);
      for (const [, gone] of old) for (const name of gone.chainNames) stale = stale.set(name, true);
      for (const port of this.#tracker.portsOf(service)) {
        const key = entryKey(port);
        rules.splice(lowerBound(rules, key), 0, [key, make(port)]);
      }
    }
    if (full)
      for (const [i, [key, old]] of rules.entries()) {
        if (changed.has(`${old.service.namespace}/${old.service.name}`)) continue;
        rules[i] = [key, make(old.service)];
        for (const name of old.chainNames) stale = stale.set(name, true);
      }
    if (stale.size)
      for (const made of written) for (const name of made.chainNames) stale = stale.delete(name);
    this.#state = { ...this.#state, rules, stale };
    return written;
  }

  #rulesFor(port: ServicePortInfo, withComments: boolean): ServiceRules {
    const { config, version, family } = this.#init;
    const { facts } = this.#state;
    const own = this.#tracker.endpointsOf(port);
    const categorized = categorizeEndpoints(own, port, {
      nodeName: facts.name,
      nodeLabels: facts.labels,
      version,
      featureGates: config.featureGates,
    });
    const context: RuleContext = {
      masqueradeAll: config.masqueradeAll,
      detector: localDetector(config, facts, family),
      nodeIP: facts.nodeIP[family],
      countLocalhostNodePorts: this.#localhostNodePorts && facts.nfacct.includes(COUNTER_LOCALHOST),
    };
    return new ServiceRules(port, categorized, context, withComments, own.length);
  }

  #takeStale(kernelChains: readonly string[] | undefined): string[] {
    const { stale } = this.#state;
    this.#state = { ...this.#state, stale: PersistentMap.empty() };
    if (!kernelChains) return [...stale.keys()].sort();
    const active = new Set(this.#state.rules.flatMap(([, r]) => r.chainNames));
    return kernelChains.filter((name) => isServiceChain(name) && !active.has(name)).sort();
  }

  #countLacking(): SyncResult['noLocalEndpoints'] {
    let internal = 0;
    let external = 0;
    for (const [, { lacksLocal }] of this.#state.rules) {
      if (lacksLocal.internal) internal++;
      if (lacksLocal.external) external++;
    }
    return { internal, external };
  }

  #restoreInput(written: readonly ServiceRules[], deleted: readonly string[]): RestoreInput {
    const { config, version } = this.#init;
    const { facts, rules } = this.#state;
    const all = rules.map(([, r]) => r);
    const masquerade = masqueradeRules(config.masqueradeBit, facts.randomFully);
    const tail = nodePortTail(this.#nodePortAddresses, facts, this.#localhostNodePorts);
    const liberal = facts.sysctls['net.netfilter.nf_conntrack_tcp_be_liberal'] === '1';
    const dropInvalid = !(liberal && differences.liberalConntrackSkipsInvalidDrop(version));
    const forward = forwardRules({ masqueradeBit: config.masqueradeBit, dropInvalid, nfacct: facts.nfacct });
    const firewall = this.#localhostNodePorts ? [FIREWALL_RULE] : [];

    const filterChain = collected(all, 'filter');
    const filterChains: Chain[] = [
      filterChain('KUBE-SERVICES'),
      filterChain('KUBE-EXTERNAL-SERVICES'),
      { name: 'KUBE-FORWARD', rules: forward },
      filterChain('KUBE-NODEPORTS'),
      filterChain('KUBE-PROXY-FIREWALL'),
      ...(firewall.length ? [{ name: 'KUBE-FIREWALL', rules: firewall }] : []),
    ];
    const natChain = collected(all, 'nat');
    const changedChains = written.flatMap((service) =>
      service.chainNames.map((name, i) => new LazyChain(name, () => service.chains[i]?.rules ?? [])),
    );
    const natChains: Chain[] = [
      natChain('KUBE-SERVICES', tail),
      natChain('KUBE-NODEPORTS'),
      { name: 'KUBE-POSTROUTING', rules: masquerade.postrouting },
      { name: 'KUBE-MARK-MASQ', rules: masquerade.markMasq },
      ...changedChains,
    ];
    const rewritten = new Set(written);
    return {
      tables: [
        {
          name: 'filter',
          chains: filterChains,
          appended: [],
          deleted: [],
          written: () => [...firewall, ...all.flatMap((r) => r.filter), ...forward],
        },
        {
          name: 'nat',
          chains: natChains,
          appended: [],
          deleted,
          written: function* () {
            yield* masquerade.postrouting;
            yield* masquerade.markMasq;
            for (const service of all) {
              yield* service.nat;
              if (rewritten.has(service)) yield* service.ownRules();
            }
            yield* tail;
          },
        },
      ],
    };
  }
}

/** One chain made of all Services' dispatch rules for it. */
function collected(all: readonly ServiceRules[], table: 'nat' | 'filter') {
  return (name: string, tail: readonly Rule[] = []): Chain =>
    new LazyChain(name, () => {
      const rules: Rule[] = [];
      for (const service of all) for (const rule of service[table]) if (rule.chain === name) rules.push(rule);
      rules.push(...tail);
      return rules;
    });
}
