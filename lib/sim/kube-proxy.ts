// One kube-proxy process: watches Services, EndpointSlices and its Node, and syncs the node's netfilter tables, never more often
// than minSyncPeriod (pkg/util/async/bounded_frequency_runner.go).
import type { WatchEvent } from '@/lib/kube/api/types';
import type { EndpointSlice, IPFamily, Node, Service } from '@/lib/kube/types';
import type { K8sVersion } from '@/lib/kube/versions';
import type { NftRuleset } from '@/lib/net/nft/types';
import { tableKey } from '@/lib/net/nft/types';
import type { NodeTables } from '@/lib/net/ruleset/tables';
import type { RuleSet } from '@/lib/net/ruleset/types';
import type { ProxyConfig, ProxyMode } from '@/lib/proxy/config';
import { nftablesAvailability } from '@/lib/proxy/nftables/availability';
import { KUBE_PROXY_TABLE } from '@/lib/proxy/nftables/proxier';
import type { ServiceHealth } from '@/lib/proxy/healthcheck';
import type { NftServiceRules } from '@/lib/proxy/nftables/service-rules';
import type { ServiceRules } from '@/lib/proxy/iptables/service-rules';
import { deletesNftables, withoutIptablesLeftovers } from '@/lib/proxy/leftovers';
import { nodeFacts } from '@/lib/proxy/node-facts';
import {
  IdleFamily,
  IptablesFamily,
  NftablesFamily,
  type FamilyProxy,
  type FamilyState,
} from './family-proxy';

export interface KubeProxyState {
  readonly families: readonly FamilyState[];
  readonly lastSync: number;
  readonly syncAt: number | null;
  readonly foreign: NftRuleset;
  readonly byHand: Readonly<Partial<Record<IPFamily, NodeTables>>>;
}

/** What a kube-proxy finds on its node when it starts. */
export interface KernelTables {
  readonly iptables: Readonly<Partial<Record<IPFamily, NodeTables>>>;
  readonly nftables: NftRuleset;
}

export interface KubeProxyInit {
  readonly config: ProxyConfig;
  readonly version: K8sVersion;
  /** What another kube-proxy has left; undefined: the node is fresh. */
  readonly left?: KernelTables;
  /** Why it ends at its start: it touches nothing then. */
  readonly failure?: string;
}

const NEVER = -Infinity;

const ownTable = (family: IPFamily): string =>
  tableKey({ family: family === 'IPv4' ? 'ip' : 'ip6', name: KUBE_PROXY_TABLE });

export class KubeProxy {
  readonly config: ProxyConfig;
  /** Why kube-proxy does not start, in its own words. */
  readonly failure: string | undefined;
  readonly #families: FamilyProxy[];
  readonly #version: K8sVersion;
  #lastSync = NEVER;
  #syncAt: number | null = null;
  /** nftables tables of others than kube-proxy. */
  #foreign: NftRuleset = [];
  /** iptables rules of a family that the node has no address of: kube-proxy writes none, but a person may. */
  #byHand: Readonly<Partial<Record<IPFamily, NodeTables>>> = {};

  constructor(
    readonly nodeName: string,
    node: Node,
    { config, version, left, failure }: KubeProxyInit,
  ) {
    this.config = config;
    this.#version = version;
    const available = nftablesAvailability(version, config.featureGates);
    this.failure = failure ?? (config.mode === 'nftables' && !available.ok ? available.error : undefined);
    const facts = nodeFacts(node, version);
    const families: IPFamily[] =
      facts.nodeIP.IPv6 && !facts.nodeIP.IPv4 ? ['IPv6'] : facts.nodeIP.IPv6 ? ['IPv4', 'IPv6'] : ['IPv4'];
    const failed = this.failure !== undefined;
    this.#families = families.map((family) => {
      const init = { config, facts, version, family };
      const tables = left?.iptables[family];
      if (failed) return new IdleFamily(family, tables);
      if (config.mode !== 'nftables') return new IptablesFamily(init, tables);
      const table = left?.nftables.find((t) => tableKey(t) === ownTable(family));
      return new NftablesFamily(init, tables && withoutIptablesLeftovers(tables), table);
    });
    if (left) this.#inherit(left, failed);
  }

  /** nftables tables that are not this process's own, and iptables tables of a family that it does not serve. */
  #inherit(left: KernelTables, failed: boolean): void {
    const served = new Set(this.families.map(ownTable));
    const isOwn = (key: string): boolean =>
      served.has(key) || key === ownTable('IPv4') || key === ownTable('IPv6');
    const takes = this.config.mode === 'nftables' && !failed;
    const deletes = !takes && !failed && deletesNftables(this.#version, this.config);
    this.#foreign = left.nftables.filter((table) => {
      const key = tableKey(table);
      return takes ? !served.has(key) : !(deletes && isOwn(key));
    });
    const others = Object.entries(left.iptables).filter(
      ([family]) => !this.families.some((own) => own === family),
    );
    this.#byHand = Object.fromEntries(others);
  }

  get mode(): ProxyMode {
    return this.config.mode;
  }

  /** What stands in the kernel. */
  get kernel(): KernelTables {
    const own = this.#families.map(({ family, tables }) => [family, tables] as const);
    return { iptables: { ...this.#byHand, ...Object.fromEntries(own) }, nftables: this.nftables };
  }

  get families(): readonly IPFamily[] {
    return this.#families.map((f) => f.family);
  }

  /** The node's rules of a family; undefined if the node has no address of it. */
  rules(family: IPFamily): RuleSet | undefined {
    return this.#families.find((f) => f.family === family)?.tables ?? this.#byHand[family];
  }

  /** iptables rules of one Service as last written; [] in other modes. */
  rulesWritten(service: string, family: IPFamily): readonly ServiceRules[] {
    return this.#families.find((f) => f.family === family)?.rulesWritten(service) ?? [];
  }

  /** What its health check node port of a Service ("ns/name") answers for a family; undefined: it does not listen. */
  healthOf(service: string, family: IPFamily): ServiceHealth | undefined {
    return this.#families.find((f) => f.family === family)?.healthOf(service);
  }

  /** What kube-proxy wrote for one Service in nftables mode; undefined in other modes, or where a hand was in the table. */
  nftWritten(service: string, family: IPFamily): readonly NftServiceRules[] | undefined {
    return this.#families.find((f) => f.family === family)?.nftWritten(service);
  }

  /** How many rules there are for Services. */
  ruleCount(family: IPFamily): number {
    return this.#families.find((f) => f.family === family)?.ruleCount ?? 0;
  }

  /** The node's nftables: kube-proxy's tables and those that somebody made by hand. */
  get nftables(): NftRuleset {
    return [...this.#families.flatMap(({ nft }) => (nft ? [nft] : [])), ...this.#foreign];
  }

  /** Somebody's hand: kube-proxy meets what is left of its tables in its next sync. */
  set nftables(tables: NftRuleset) {
    const kept = new Set<string>();
    for (const family of this.#families) {
      if (!(family instanceof NftablesFamily)) continue;
      family.nft = tables.find((t) => tableKey(t) === ownTable(family.family));
      kept.add(ownTable(family.family));
    }
    this.#foreign = tables.filter((t) => !kept.has(tableKey(t)));
  }

  /** The CIDRs of the cluster's ServiceCIDRs, if kube-proxy watches them. */
  setServiceCIDRs(cidrs: readonly string[]): void {
    for (const family of this.#families) family.setServiceCIDRs(cidrs);
  }

  /** Takes a watch event in; returns the virtual time (ms) of the sync that it asks for, if that is not planned already. */
  observe(event: WatchEvent, now: number): number | undefined {
    const { object, type } = event;
    const gone = type === 'DELETED';
    const key = `${object.metadata.namespace ?? ''}/${object.metadata.name ?? ''}`;
    for (const proxier of this.#families) {
      if (object.kind === 'Service') proxier.setService(key, gone ? undefined : (object as Service));
      else if (object.kind === 'EndpointSlice') observeSlice(proxier, key, event);
      else if (object.kind === 'Node' && object.metadata.name === this.nodeName && !gone)
        proxier.setNode(nodeFacts(object as Node, this.#version));
    }
    if (this.#syncAt !== null || !this.#families.some((f) => f.pending)) return undefined;
    this.#syncAt = Math.max(now, this.#lastSync + this.config.minSyncPeriodMs);
    return this.#syncAt;
  }

  /** The node's iptables tables after somebody edited them by hand. */
  writeRules(tables: NodeTables): void {
    const own = this.#families.find((f) => f.family === tables.family);
    if (own) own.writeRules(tables);
    else this.#byHand = { ...this.#byHand, [tables.family]: tables };
  }

  /** When a look at the canary chain will find it gone (virtual ms); undefined: it is there. The poll's beat is syncPeriod. */
  missedAt(now: number): number | undefined {
    if (!this.#families.some((f) => f.flushed)) return undefined;
    const { syncPeriodMs } = this.config;
    return (Math.floor(now / syncPeriodMs) + 1) * syncPeriodMs;
  }

  /** iptables.Monitor: where the canary is gone, a flush is assumed: chains and jumps are made again, all rules written. */
  repairFlush(now: number): void {
    const flushed = this.#families.filter((f) => f.flushed);
    for (const own of flushed) own.repairFlush();
    if (flushed.length > 0) this.sync(now);
  }

  /** syncProxyRules: writes what is due into the node's tables. Returns when it tries again, if the kernel refused it. */
  sync(now: number): number | undefined {
    this.#syncAt = null;
    this.#lastSync = now;
    let again: number | undefined;
    for (const own of this.#families) if (own.pending) again = own.sync(now) ?? again;
    if (again !== undefined) this.#syncAt = again;
    return again;
  }

  snapshot(): KubeProxyState {
    return {
      families: this.#families.map((f) => f.snapshot()),
      lastSync: this.#lastSync,
      syncAt: this.#syncAt,
      foreign: this.#foreign,
      byHand: this.#byHand,
    };
  }

  restore(state: KubeProxyState): void {
    this.#lastSync = state.lastSync;
    this.#syncAt = state.syncAt;
    this.#foreign = state.foreign;
    this.#byHand = state.byHand;
    for (const [i, own] of this.#families.entries()) {
      const saved = state.families[i];
      if (saved) own.restore(saved);
    }
  }
}

function observeSlice(proxier: FamilyProxy, key: string, { type, object, old }: WatchEvent): void {
  const slice = object as EndpointSlice;
  if (type === 'DELETED') proxier.setEndpointSlice(key, undefined, slice);
  else proxier.setEndpointSlice(key, slice, old as EndpointSlice | undefined);
}
