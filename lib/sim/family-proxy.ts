// kube-proxy's half for one address family: its proxier and the tables that it writes, in whichever mode it runs.
import type { EndpointSlice, IPFamily, Service } from '@/lib/kube/types';
import type { NftTable } from '@/lib/net/nft/types';
import type { NodeTables } from '@/lib/net/ruleset/tables';
import { lacksChain, tablesAtStart, tablesOfKubelet, withJumps } from '@/lib/proxy/iptables/node-tables';
import { IptablesProxier, type ProxierInit, type ProxierState } from '@/lib/proxy/iptables/proxier';
import type { ServiceHealth } from '@/lib/proxy/healthcheck';
import type { ServiceRules } from '@/lib/proxy/iptables/service-rules';
import { NftablesProxier, type NftProxierState } from '@/lib/proxy/nftables/proxier';
import type { NftServiceRules } from '@/lib/proxy/nftables/service-rules';
import type { NodeFacts } from '@/lib/proxy/node-facts';

export type FamilyState =
  | {
      readonly mode: 'iptables';
      readonly proxier: ProxierState;
      readonly tables: NodeTables;
      readonly touched: boolean;
      readonly lastCleanup: number;
    }
  | {
      readonly mode: 'nftables';
      readonly proxier: NftProxierState;
      readonly tables: NodeTables;
      readonly table: NftTable | undefined;
    }
  | { readonly mode: 'idle'; readonly tables: NodeTables };

export interface FamilyProxy {
  readonly family: IPFamily;
  /** Something waits for a sync. */
  readonly pending: boolean;
  /** The iptables tables of the node. */
  readonly tables: NodeTables;
  /** kube-proxy's nftables table; undefined: there is none. */
  nft: NftTable | undefined;
  readonly ruleCount: number;
  /** The chain by which kube-proxy notices a flush is gone; false where it looks for none. */
  readonly flushed: boolean;
  /** iptables rules of one Service ("ns/name") as last written, one entry a service port. */
  rulesWritten(service: string): readonly ServiceRules[];
  /** What the health check node port of a Service ("ns/name") answers; undefined: it has none. */
  healthOf(service: string): ServiceHealth | undefined;
  /** The same in nftables mode; undefined where the table is not as kube-proxy left it, or in another mode. */
  nftWritten(service: string): readonly NftServiceRules[] | undefined;
  setService(key: string, service: Service | undefined): void;
  setEndpointSlice(key: string, after: EndpointSlice | undefined, before?: EndpointSlice): void;
  setNode(facts: NodeFacts): void;
  setServiceCIDRs(cidrs: readonly string[]): void;
  /** Somebody's hand was in the iptables tables. */
  writeRules(tables: NodeTables): void;
  /** The chain is made again, and the next sync writes everything. */
  repairFlush(): void;
  /** Writes what is due; the virtual time of another try, if the kernel refused it and kube-proxy tries again. */
  sync(now: number): number | undefined;
  snapshot(): FamilyState;
  restore(state: FamilyState): void;
}

/** KUBE-PROXY-CANARY in mangle: the only one that is looked at. */
const CANARY = 'KUBE-PROXY-CANARY';

function withCanaries(tables: NodeTables): NodeTables {
  let next = tables;
  for (const table of ['mangle', 'nat', 'filter'] as const)
    if (!next.chain(table, CANARY)) next = next.with(table, { name: CANARY, rules: [] });
  return next;
}

export class IptablesFamily implements FamilyProxy {
  readonly family: IPFamily;
  readonly nft = undefined;
  readonly #proxier: IptablesProxier;
  #tables: NodeTables;
  /** Somebody's hand was in the tables since the last full sync. */
  #touched = false;
  #lastCleanup = -Infinity;

  /** `left`: what another kube-proxy has left in the node's tables; its first sync ensures the jumps and deletes stale chains. */
  constructor(init: ProxierInit, left?: NodeTables) {
    this.family = init.family;
    this.#proxier = new IptablesProxier(init);
    this.#tables = left ? withCanaries(left) : tablesAtStart(init.family);
    this.#touched = left !== undefined;
  }

  get pending(): boolean {
    return this.#proxier.pending;
  }

  get tables(): NodeTables {
    return this.#tables;
  }

  get ruleCount(): number {
    return this.#proxier.ruleCount;
  }

  rulesWritten(service: string): readonly ServiceRules[] {
    return this.#proxier.rulesWritten(service);
  }

  healthOf(service: string): ServiceHealth | undefined {
    return this.#proxier.healthOf(service);
  }

  nftWritten(): undefined {}

  setService(key: string, service: Service | undefined): void {
    this.#proxier.setService(key, service);
  }

  setEndpointSlice(key: string, after: EndpointSlice | undefined, before?: EndpointSlice): void {
    this.#proxier.setEndpointSlice(key, after, before);
  }

  setNode(facts: NodeFacts): void {
    this.#proxier.setNode(facts);
  }

  /** iptables rules say nothing of unallocated ClusterIPs. */
  setServiceCIDRs(): void {}

  get flushed(): boolean {
    return !this.#tables.chain('mangle', CANARY);
  }

  writeRules(tables: NodeTables): void {
    this.#tables = tables;
    this.#touched = true;
  }

  repairFlush(): void {
    this.#tables = withCanaries(this.#tables);
    this.#proxier.restoreFailed();
  }

  sync(now: number): undefined {
    const kernelChains = this.#touched ? this.#tables.chains('nat').map((c) => c.name) : undefined;
    const sinceCleanupMs = now - this.#lastCleanup;
    const result = this.#proxier.sync({ sinceCleanupMs, ...(kernelChains ? { kernelChains } : {}) });
    const base = this.#touched && result.fullSync ? withJumps(this.#tables) : this.#tables;
    const next = base.restored(result.restore);
    // iptables-restore takes all or nothing: a jump to a chain that somebody deleted fails it, and the retry writes everything.
    if (this.#touched && !result.fullSync && lacksChain(next, result.restore)) {
      this.#proxier.restoreFailed();
      return this.sync(now);
    }
    this.#tables = next;
    if (result.fullSync) this.#touched = false;
    if (result.cleanedUp) this.#lastCleanup = now;
  }

  snapshot(): FamilyState {
    return {
      mode: 'iptables',
      proxier: this.#proxier.state,
      tables: this.#tables,
      touched: this.#touched,
      lastCleanup: this.#lastCleanup,
    };
  }

  restore(state: FamilyState): void {
    if (state.mode !== 'iptables') return;
    this.#proxier.state = state.proxier;
    this.#tables = state.tables;
    this.#touched = state.touched;
    this.#lastCleanup = state.lastCleanup;
  }
}

export class NftablesFamily implements FamilyProxy {
  readonly family: IPFamily;
  nft: NftTable | undefined;
  readonly flushed = false;
  readonly #proxier: NftablesProxier;
  readonly #syncPeriodMs: number;
  #tables: NodeTables;

  /** `left`: the node's iptables tables, cleaned; `table`: an nftables table that another kube-proxy has left. */
  constructor(init: ProxierInit, left?: NodeTables, table?: NftTable) {
    this.family = init.family;
    this.#syncPeriodMs = init.config.syncPeriodMs;
    this.#proxier = new NftablesProxier({ ...init, serviceCIDRs: [] });
    this.#tables = left ?? tablesOfKubelet(init.family);
    this.nft = table;
  }

  get pending(): boolean {
    return this.#proxier.pending;
  }

  get tables(): NodeTables {
    return this.#tables;
  }

  get ruleCount(): number {
    return this.#proxier.ruleCount;
  }

  rulesWritten(): readonly ServiceRules[] {
    return [];
  }

  healthOf(service: string): ServiceHealth | undefined {
    return this.#proxier.healthOf(service);
  }

  nftWritten(service: string): readonly NftServiceRules[] | undefined {
    return this.#proxier.state.table === this.nft ? this.#proxier.rulesWritten(service) : undefined;
  }

  setService(key: string, service: Service | undefined): void {
    this.#proxier.setService(key, service);
  }

  setEndpointSlice(key: string, after: EndpointSlice | undefined, before?: EndpointSlice): void {
    this.#proxier.setEndpointSlice(key, after, before);
  }

  setNode(facts: NodeFacts): void {
    this.#proxier.setNode(facts);
  }

  setServiceCIDRs(cidrs: readonly string[]): void {
    this.#proxier.setServiceCIDRs(cidrs);
  }

  writeRules(tables: NodeTables): void {
    this.#tables = tables;
  }

  repairFlush(): void {}

  sync(now: number): number | undefined {
    const result = this.#proxier.sync({ now, table: this.nft });
    const { table, error } = this.#proxier.apply(result);
    this.nft = table;
    // A full sync that is refused would be refused again; a partial one is followed by a full one.
    return error !== undefined && !result.fullSync ? now + this.#syncPeriodMs : undefined;
  }

  snapshot(): FamilyState {
    return { mode: 'nftables', proxier: this.#proxier.state, tables: this.#tables, table: this.nft };
  }

  restore(state: FamilyState): void {
    if (state.mode !== 'nftables') return;
    this.#proxier.state = state.proxier;
    this.#tables = state.tables;
    this.nft = state.table;
  }
}

/** A node whose kube-proxy does not start: the rules are what was there before, on a fresh node the kubelet's alone. */
export class IdleFamily implements FamilyProxy {
  readonly pending = false;
  readonly nft = undefined;
  readonly ruleCount = 0;
  readonly flushed = false;
  tables: NodeTables;

  constructor(
    readonly family: IPFamily,
    left?: NodeTables,
  ) {
    this.tables = left ?? tablesOfKubelet(family);
  }

  rulesWritten(): readonly ServiceRules[] {
    return [];
  }

  healthOf(): undefined {}
  nftWritten(): undefined {}
  setService(): void {}
  setEndpointSlice(): void {}
  setNode(): void {}
  setServiceCIDRs(): void {}
  repairFlush(): void {}

  writeRules(tables: NodeTables): void {
    this.tables = tables;
  }

  sync(): undefined {
    return undefined;
  }

  snapshot(): FamilyState {
    return { mode: 'idle', tables: this.tables };
  }

  restore(state: FamilyState): void {
    if (state.mode === 'idle') this.tables = state.tables;
  }
}
