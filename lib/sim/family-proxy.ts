// kube-proxy's half for one address family: its proxier and the tables that it writes, in whichever mode it runs.
import type { EndpointSlice, IPFamily, Service } from '@/lib/kube/types';
import type { NftTable } from '@/lib/net/nft/types';
import type { NodeTables } from '@/lib/net/ruleset/tables';
import { tablesAtStart, tablesOfKubelet } from '@/lib/proxy/iptables/node-tables';
import { IptablesProxier, type ProxierInit, type ProxierState } from '@/lib/proxy/iptables/proxier';
import type { ServiceRules } from '@/lib/proxy/iptables/service-rules';
import { NftablesProxier, type NftProxierState } from '@/lib/proxy/nftables/proxier';
import type { NodeFacts } from '@/lib/proxy/node-facts';

export type FamilyState =
  | {
      readonly mode: 'iptables';
      readonly proxier: ProxierState;
      readonly tables: NodeTables;
      readonly lastCleanup: number;
    }
  | {
      readonly mode: 'nftables';
      readonly proxier: NftProxierState;
      readonly tables: NodeTables;
      readonly table: NftTable | undefined;
    }
  | { readonly mode: 'idle' };

export interface FamilyProxy {
  readonly family: IPFamily;
  /** Something waits for a sync. */
  readonly pending: boolean;
  /** The iptables tables of the node. */
  readonly tables: NodeTables;
  /** kube-proxy's nftables table; undefined: there is none. */
  nft: NftTable | undefined;
  readonly ruleCount: number;
  /** iptables rules of one Service ("ns/name") as last written, one entry a service port. */
  rulesWritten(service: string): readonly ServiceRules[];
  setService(key: string, service: Service | undefined): void;
  setEndpointSlice(key: string, after: EndpointSlice | undefined, before?: EndpointSlice): void;
  setNode(facts: NodeFacts): void;
  setServiceCIDRs(cidrs: readonly string[]): void;
  /** Writes what is due; the virtual time of another try, if the kernel refused it and kube-proxy tries again. */
  sync(now: number): number | undefined;
  snapshot(): FamilyState;
  restore(state: FamilyState): void;
}

export class IptablesFamily implements FamilyProxy {
  readonly family: IPFamily;
  readonly nft = undefined;
  readonly #proxier: IptablesProxier;
  #tables: NodeTables;
  #lastCleanup = -Infinity;

  constructor(init: ProxierInit) {
    this.family = init.family;
    this.#proxier = new IptablesProxier(init);
    this.#tables = tablesAtStart(init.family);
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

  sync(now: number): undefined {
    const result = this.#proxier.sync({ sinceCleanupMs: now - this.#lastCleanup });
    this.#tables = this.#tables.restored(result.restore);
    if (result.cleanedUp) this.#lastCleanup = now;
  }

  snapshot(): FamilyState {
    return {
      mode: 'iptables',
      proxier: this.#proxier.state,
      tables: this.#tables,
      lastCleanup: this.#lastCleanup,
    };
  }

  restore(state: FamilyState): void {
    if (state.mode !== 'iptables') return;
    this.#proxier.state = state.proxier;
    this.#tables = state.tables;
    this.#lastCleanup = state.lastCleanup;
  }
}

export class NftablesFamily implements FamilyProxy {
  readonly family: IPFamily;
  nft: NftTable | undefined;
  readonly #proxier: NftablesProxier;
  readonly #syncPeriodMs: number;
  #tables: NodeTables;

  constructor(init: ProxierInit) {
    this.family = init.family;
    this.#syncPeriodMs = init.config.syncPeriodMs;
    this.#proxier = new NftablesProxier({ ...init, serviceCIDRs: [] });
    this.#tables = tablesOfKubelet(init.family);
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

/** A node whose kube-proxy does not start: only the kubelet's rules are there. */
export class IdleFamily implements FamilyProxy {
  readonly pending = false;
  readonly nft = undefined;
  readonly ruleCount = 0;
  readonly tables: NodeTables;

  constructor(readonly family: IPFamily) {
    this.tables = tablesOfKubelet(family);
  }

  rulesWritten(): readonly ServiceRules[] {
    return [];
  }

  setService(): void {}
  setEndpointSlice(): void {}
  setNode(): void {}
  setServiceCIDRs(): void {}

  sync(): undefined {
    return undefined;
  }

  snapshot(): FamilyState {
    return { mode: 'idle' };
  }

  restore(): void {}
}
