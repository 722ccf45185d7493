// One kube-proxy process: watches Services, EndpointSlices and its Node, and syncs the node's netfilter tables, never more often
// than minSyncPeriod (pkg/util/async/bounded_frequency_runner.go).
import type { WatchEvent } from '@/lib/kube/api/types';
import type { EndpointSlice, IPFamily, Node, Service } from '@/lib/kube/types';
import type { K8sVersion } from '@/lib/kube/versions';
import type { RuleSet } from '@/lib/net/ruleset/types';
import type { NodeTables } from '@/lib/net/ruleset/tables';
import type { ProxyConfig } from '@/lib/proxy/config';
import { tablesAtStart } from '@/lib/proxy/iptables/node-tables';
import { IptablesProxier, type ProxierState } from '@/lib/proxy/iptables/proxier';
import { nodeFacts } from '@/lib/proxy/node-facts';

interface FamilyState {
  readonly proxier: ProxierState;
  readonly tables: NodeTables;
  readonly lastCleanup: number;
}

export interface KubeProxyState {
  readonly families: readonly FamilyState[];
  readonly lastSync: number;
  readonly syncAt: number | null;
}

interface FamilyProxy {
  readonly family: IPFamily;
  readonly proxier: IptablesProxier;
  tables: NodeTables;
  lastCleanup: number;
}

const NEVER = -Infinity;

export class KubeProxy {
  readonly #families: FamilyProxy[];
  readonly #config: ProxyConfig;
  readonly #version: K8sVersion;
  #lastSync = NEVER;
  #syncAt: number | null = null;

  constructor(
    readonly nodeName: string,
    node: Node,
    config: ProxyConfig,
    version: K8sVersion,
  ) {
    this.#config = config;
    this.#version = version;
    const facts = nodeFacts(node, version);
    const families: IPFamily[] =
      facts.nodeIP.IPv6 && !facts.nodeIP.IPv4 ? ['IPv6'] : facts.nodeIP.IPv6 ? ['IPv4', 'IPv6'] : ['IPv4'];
    this.#families = families.map((family) => ({
      family,
      proxier: new IptablesProxier({ config, facts, version, family }),
      tables: tablesAtStart(family),
      lastCleanup: NEVER,
    }));
  }

  get families(): readonly IPFamily[] {
    return this.#families.map((f) => f.family);
  }

  /** The node's rules of a family; undefined if the node has no address of it. */
  rules(family: IPFamily): RuleSet | undefined {
    return this.#families.find((f) => f.family === family)?.tables;
  }

  proxier(family: IPFamily): IptablesProxier | undefined {
    return this.#families.find((f) => f.family === family)?.proxier;
  }

  /** Takes a watch event in; returns the virtual time (ms) of the sync that it asks for, if that is not planned already. */
  observe(event: WatchEvent, now: number): number | undefined {
    const { object, type } = event;
    const gone = type === 'DELETED';
    const key = `${object.metadata.namespace ?? ''}/${object.metadata.name ?? ''}`;
    for (const { proxier } of this.#families) {
      if (object.kind === 'Service') proxier.setService(key, gone ? undefined : (object as Service));
      else if (object.kind === 'EndpointSlice') observeSlice(proxier, key, event);
      else if (object.kind === 'Node' && object.metadata.name === this.nodeName && !gone)
        proxier.setNode(nodeFacts(object as Node, this.#version));
    }
    if (this.#syncAt !== null || !this.#families.some((f) => f.proxier.pending)) return undefined;
    this.#syncAt = Math.max(now, this.#lastSync + this.#config.minSyncPeriodMs);
    return this.#syncAt;
  }

  /** syncProxyRules: writes what is due into the node's tables. */
  sync(now: number): void {
    this.#syncAt = null;
    this.#lastSync = now;
    for (const own of this.#families) {
      if (!own.proxier.pending) continue;
      const result = own.proxier.sync({ sinceCleanupMs: now - own.lastCleanup });
      own.tables = own.tables.restored(result.restore);
      if (result.cleanedUp) own.lastCleanup = now;
    }
  }

  snapshot(): KubeProxyState {
    return {
      families: this.#families.map((f) => ({
        proxier: f.proxier.state,
        tables: f.tables,
        lastCleanup: f.lastCleanup,
      })),
      lastSync: this.#lastSync,
      syncAt: this.#syncAt,
    };
  }

  restore(state: KubeProxyState): void {
    this.#lastSync = state.lastSync;
    this.#syncAt = state.syncAt;
    for (const [i, own] of this.#families.entries()) {
      const saved = state.families[i];
      if (!saved) continue;
      own.proxier.state = saved.proxier;
      own.tables = saved.tables;
      own.lastCleanup = saved.lastCleanup;
    }
  }
}

function observeSlice(proxier: IptablesProxier, key: string, { type, object, old }: WatchEvent): void {
  const slice = object as EndpointSlice;
  if (type === 'DELETED') proxier.setEndpointSlice(key, undefined, slice);
  else proxier.setEndpointSlice(key, slice, old as EndpointSlice | undefined);
}
