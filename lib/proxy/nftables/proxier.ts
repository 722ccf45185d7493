// Models pkg/proxy/nftables/proxier.go (v1.29–v1.34): tracks Services and EndpointSlices, and in each sync writes transactions for
// `nft -f`, whole or (since v1.33) only what changed.
import { PersistentMap } from '@/lib/core/persistent-map';
import type { EndpointSlice, IPFamily, Service } from '@/lib/kube/types';
import type { K8sVersion } from '@/lib/kube/versions';
import type { NftOperation, NftTransaction } from '@/lib/net/nft/operations';
import type { NftTable } from '@/lib/net/nft/types';
import type { ProxyConfig } from '../config';
import { addressesOf, isLoopback, NodePortAddresses, type NodeFacts } from '../node-facts';
import type { ServiceHealth } from '../healthcheck';
import { entryKey, lowerBound, rangeOf, type ServiceEntry } from '../service-list';
import type { ServicePortInfo } from '../service-port';
import { categorizeEndpoints } from '../topology';
import { ProxyTracker, type TrackerState } from '../tracker';
import { nftDetector } from './detector';
import { changeElements, contested, NO_ELEMENTS, type ElementState } from './element-store';
import { nftForm, type NftForm } from './form';
import { isAffinitySet, isServiceChain } from './names';
import type { PlacedElement } from './service-elements';
import { NftServiceRules } from './service-rules';
import { setupOperations } from './setup';
import { syncOperations } from './sync-operations';
import type { NftChanges, NftSyncResult } from './sync-result';
import { tableAfter } from './table-after';
import { familyWords } from './words';

/** The name of kube-proxy's table in both families. */
export const KUBE_PROXY_TABLE = 'kube-proxy';
/** Stale chains are deleted when they have been so for longer than this, virtual milliseconds. */
const STALE_MS = 1000;

export interface NftProxierInit {
  readonly config: ProxyConfig;
  readonly facts: NodeFacts;
  readonly version: K8sVersion;
  readonly family: IPFamily;
  /** CIDRs of the ServiceCIDR objects, both families; [] if kube-proxy does not know them. */
  readonly serviceCIDRs: readonly string[];
}

export interface NftSyncOptions {
  /** Virtual milliseconds. */
  readonly now: number;
  /** kube-proxy's table as it is in the kernel now; undefined: there is none. */
  readonly table: NftTable | undefined;
}

/** Everything that changes, as one immutable value: a snapshot is this pointer. */
export interface NftProxierState {
  readonly tracked: TrackerState;
  /** One entry a service port, sorted by its key. */
  readonly rules: readonly ServiceEntry<NftServiceRules>[];
  readonly elements: ElementState;
  /** Since when chains are out of use, virtual milliseconds. */
  readonly stale: PersistentMap<number>;
  readonly needFullSync: boolean;
  /** This process has written its base chains. */
  readonly hasWritten: boolean;
  readonly facts: NodeFacts;
  readonly serviceCIDRs: readonly string[];
  /** The table as the last sync left it. */
  readonly table: NftTable | undefined;
}

export class NftablesProxier {
  #state: Omit<NftProxierState, 'tracked'>;
  readonly #tracker: ProxyTracker;
  readonly #init: NftProxierInit;
  readonly #form: NftForm;

  constructor(init: NftProxierInit) {
    this.#init = init;
    this.#form = nftForm(init.version);
    const { family, version, config, facts } = init;
    const { featureGates } = config;
    this.#tracker = new ProxyTracker({ family, version, featureGates }, facts.name);
    this.#state = {
      rules: [],
      elements: NO_ELEMENTS,
      stale: PersistentMap.empty(),
      needFullSync: true,
      hasWritten: false,
      facts,
      serviceCIDRs: init.serviceCIDRs,
      table: undefined,
    };
  }

  get state(): NftProxierState {
    return { ...this.#state, tracked: this.#tracker.state };
  }

  set state({ tracked, ...own }: NftProxierState) {
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

  /** The node's own object changed; new labels ask for a full sync. */
  setNode(facts: NodeFacts): void {
    const moved = JSON.stringify(facts.labels) !== JSON.stringify(this.#state.facts.labels);
    this.#state = { ...this.#state, facts, needFullSync: this.#state.needFullSync || moved };
  }

  /** The cluster's service CIDRs changed. Both families; takes effect in the next full sync. */
  setServiceCIDRs(cidrs: readonly string[]): void {
    this.#state = { ...this.#state, serviceCIDRs: cidrs };
  }

  /** Rules of one Service ("ns/name") as last written, one entry a service port. */
  rulesWritten(service: string): readonly NftServiceRules[] {
    const [start, end] = rangeOf(this.#state.rules, service);
    return this.#state.rules.slice(start, end).map(([, r]) => r);
  }

  /** All rules of the Services' own chains. */
  get ruleCount(): number {
    return this.#state.rules.reduce((sum, [, r]) => sum + r.ruleCount, 0);
  }

  /** syncProxyRules: works out what to write. The kernel's answer comes with `apply`. */
  sync({ now, table }: NftSyncOptions): NftSyncResult {
    const remake = this.#state.needFullSync;
    const full = remake || !this.#form.partialSync;
    const { made, gone } = this.#rewrite(this.#tracker.takeChanges(), remake);
    const elements = this.#changeElements(made, gone, remake);
    const deletedChains = this.#takeAged(now);
    const foreign = table !== this.#state.table || !this.#state.hasWritten ? table : undefined;
    const flushedChains = this.#markStale(made, gone, foreign, deletedChains, now);
    const deletedSets = this.#staleSets(made, gone, foreign);
    const setup = full ? [...setupOperations(this.#setupInput())] : [];
    const changes: NftChanges = {
      full,
      partial: this.#form.partialSync,
      made,
      before: table,
      setup,
      deletedChains,
      flushedChains,
      deletedSets,
      elements: elements.state,
    };
    this.#state = { ...this.#state, elements: elements.state, needFullSync: false, hasWritten: true };
    const { rules } = this.#state;
    const operations = (): Iterable<NftOperation> =>
      syncOperations(rules, full ? undefined : made, changes, elements, this.#form);
    return {
      fullSync: full,
      transactions: this.#transactions(deletedChains, operations),
      get operations() {
        let count = 0;
        for (const _ of operations()) count++;
        return count;
      },
      staleChains: [...this.#state.stale.keys()].sort(),
      noLocalEndpoints: countLacking(rules),
      changes,
    };
  }

  #transactions(deleted: readonly string[], operations: () => Iterable<NftOperation>): NftTransaction[] {
    const where = { family: familyWords(this.#init.family).ip, table: KUBE_PROXY_TABLE } as const;
    const deletions = deleted.map((name): NftOperation => ({
      verb: 'delete',
      object: 'chain',
      chain: { name },
    }));
    const cleanUp = deletions.length ? [{ ...where, operations: () => deletions }] : [];
    return [...cleanUp, { ...where, operations }];
  }

  /** Makes the rules of the changed Services (`remake`: of all) in `rules`. */
  #rewrite(changed: ReadonlySet<string>, remake: boolean) {
    const rules = [...this.#state.rules];
    const made: NftServiceRules[] = [];
    const gone: NftServiceRules[] = [];
    for (const service of changed) {
      const [start, end] = rangeOf(rules, service);
      gone.push(...rules.splice(start, end - start).map(([, old]) => old));
      for (const port of this.#tracker.portsOf(service)) {
        const key = entryKey(port);
        const next = this.#rulesFor(port);
        rules.splice(lowerBound(rules, key), 0, [key, next]);
        made.push(next);
      }
    }
    if (remake)
      for (const [i, [key, old]] of rules.entries()) {
        if (changed.has(`${old.service.namespace}/${old.service.name}`)) continue;
        const next = this.#rulesFor(old.service);
        rules[i] = [key, next];
        gone.push(old);
        made.push(next);
      }
    this.#state = { ...this.#state, rules };
    const byKey = new Map(made.map((r) => [r, entryKey(r.service)]));
    const order = (r: NftServiceRules): string => byKey.get(r) ?? '';
    made.sort((a, b) => (order(a) < order(b) ? -1 : order(a) > order(b) ? 1 : 0));
    return { made: new Set(made), gone };
  }

  #rulesFor(port: ServicePortInfo): NftServiceRules {
    const { config, version, family } = this.#init;
    const { facts } = this.#state;
    const categorized = categorizeEndpoints(this.#tracker.endpointsOf(port), port, {
      nodeName: facts.name,
      nodeLabels: facts.labels,
      version,
      featureGates: config.featureGates,
    });
    return new NftServiceRules(port, categorized, {
      form: this.#form,
      words: familyWords(family),
      masqueradeAll: config.masqueradeAll,
      detector: nftDetector(config, facts, family, this.#form),
      nodeIP: facts.nodeIP[family],
    });
  }

  #changeElements(made: ReadonlySet<NftServiceRules>, gone: readonly NftServiceRules[], remake: boolean) {
    const { rules, elements } = this.#state;
    const placedBy = (list: readonly NftServiceRules[]): PlacedElement[] =>
      list.flatMap((r) => [...r.elements]);
    const all = () => changeElements(NO_ELEMENTS, [], placedBy(rules.map(([, r]) => r)), () => [], false);
    if (remake) return all();
    const others = function* (): Generator<PlacedElement> {
      for (const [, r] of rules) if (!made.has(r)) yield* r.elements;
    };
    const changes = changeElements(
      elements,
      placedBy(gone),
      placedBy([...made]),
      others,
      this.#form.partialSync,
    );
    // Where all is written each time, the first of several Services that claim a key comes first in each sync.
    if (this.#form.partialSync) return changes;
    return contested(elements) || contested(changes.state) ? all() : changes;
  }

  /** Chains that have been stale for long enough. */
  #takeAged(now: number): string[] {
    let { stale } = this.#state;
    const aged = [...stale.entries()]
      .flatMap(([name, since]) => (since < now - STALE_MS ? [name] : []))
      .sort();
    for (const name of aged) stale = stale.delete(name);
    this.#state = { ...this.#state, stale };
    return aged;
  }

  /** Notes which chains are out of use now; all of them are flushed (again). */
  #markStale(
    made: ReadonlySet<NftServiceRules>,
    gone: readonly NftServiceRules[],
    foreign: NftTable | undefined,
    deleted: readonly string[],
    now: number,
  ): string[] {
    let { stale } = this.#state;
    for (const rules of gone) for (const name of rules.chainNames) stale = stale.set(name, now);
    if (foreign) {
      const going = new Set(deleted);
      for (const name of foreign.chains.keys())
        if (isServiceChain(name) && !going.has(name)) stale = stale.set(name, now);
      for (const [, rules] of this.#state.rules)
        for (const name of rules.chainNames) stale = stale.delete(name);
    } else if (stale.size)
      for (const rules of made) for (const name of rules.chainNames) stale = stale.delete(name);
    const names = [...stale.keys()].sort();
    for (const name of names) stale = stale.set(name, now);
    this.#state = { ...this.#state, stale };
    return names;
  }

  #staleSets(
    made: ReadonlySet<NftServiceRules>,
    gone: readonly NftServiceRules[],
    foreign: NftTable | undefined,
  ): string[] {
    const names = new Set<string>();
    for (const rules of gone) for (const set of rules.affinitySets) names.add(set.name);
    if (foreign) for (const name of foreign.sets.keys()) if (isAffinitySet(name)) names.add(name);
    if (!names.size) return [];
    const active = foreign ? this.#state.rules.map(([, r]) => r) : made;
    for (const rules of active) for (const set of rules.affinitySets) names.delete(set.name);
    return [...names].sort();
  }

  #setupInput() {
    const { config, family } = this.#init;
    const { facts, serviceCIDRs, hasWritten } = this.#state;
    return {
      form: this.#form,
      words: familyWords(family),
      masqueradeBit: config.masqueradeBit,
      nodePortIPs: nodePortIPs(this.#init, facts, this.#form),
      serviceCIDRs: familyServiceCIDRs(family, serviceCIDRs),
      liberal: facts.sysctls['net.netfilter.nf_conntrack_tcp_be_liberal'] === '1',
      firstSync: !hasWritten,
    };
  }

  /**
   * The table after the sync, as the kernel holds it; or what the kernel said, in which case the next sync is a full one and the
   * table stays as it was.
   */
  apply(result: NftSyncResult): { readonly table: NftTable | undefined; readonly error?: string } {
    const { state } = this;
    const after = tableAfter(result, state.table, state.rules);
    // After a failure the table has to be looked through again: what was noted about it may never have happened.
    this.#state =
      after.error === undefined
        ? { ...this.#state, table: after.table }
        : { ...this.#state, table: undefined, needFullSync: true, stale: PersistentMap.empty() };
    return after;
  }
}

/** Addresses that accept node ports; null: all but loopback. */
function nodePortIPs({ config, family }: NftProxierInit, facts: NodeFacts, form: NftForm): string[] | null {
  const given = config.nodePortAddresses;
  const wanted = given.length === 0 && form.primaryNodePorts ? ['primary'] : given;
  const addresses = new NodePortAddresses(family, wanted, facts.nodeIP[family]);
  if (addresses.matchAll) return null;
  return addresses.within(addressesOf(facts, family)).filter((ip) => !isLoopback(ip));
}

/** The CIDRs of a family. */
export const familyServiceCIDRs = (family: IPFamily, cidrs: readonly string[]): string[] =>
  cidrs.filter((cidr) => cidr.includes(':') === (family === 'IPv6'));

function countLacking(rules: readonly ServiceEntry<NftServiceRules>[]): NftSyncResult['noLocalEndpoints'] {
  let internal = 0;
  let external = 0;
  for (const [, { lacksLocal }] of rules) {
    if (lacksLocal.internal) internal++;
    if (lacksLocal.external) external++;
  }
  return { internal, external };
}
