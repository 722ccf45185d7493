// The network of a dump: objects just as they are, the rules that kube-proxy writes for them on every node, kernels that remember nothing.
import type {
  EndpointSlice,
  IPFamily,
  KubeObject,
  Namespace,
  NetworkPolicy,
  Node,
  Pod,
  Service,
} from '@/lib/kube/types';
import type { K8sVersion } from '@/lib/kube/versions';
import type { NetState } from '@/lib/net/datapath/connect';
import { iptablesNetfilter } from '@/lib/net/datapath/iptables';
import type { Address } from '@/lib/net/routing/address';
import type { Balancer } from '@/lib/net/routing/balancer';
import type { Netfilter } from '@/lib/net/datapath/netfilter';
import { NO_MEMORY } from '@/lib/net/datapath/node-state';
import { nftNetfilter } from '@/lib/net/nft/evaluate/netfilter';
import type { ProxyConfig } from '@/lib/proxy/config';
import { NodeTables } from '@/lib/net/ruleset/tables';
import { jumpRules } from '@/lib/proxy/iptables/fixed-rules';
import { IptablesProxier } from '@/lib/proxy/iptables/proxier';
import { NftablesProxier } from '@/lib/proxy/nftables/proxier';
import { nodeFacts, type NodeFacts } from '@/lib/proxy/node-facts';
import { knownServiceCIDRs } from '@/lib/proxy/service-cidrs';
import { feed } from './feed';
import { networkWorld } from './network-world';

export interface StaticNetworkOptions {
  readonly version: K8sVersion;
  readonly config: ProxyConfig;
  /** Objects of a dump: Pods listen where their containers or a slice say so; otherwise as their images behave. */
  readonly dump: boolean;
  /** Who hands over traffic for an address that lives on no node; left out: nobody, it comes in at any node. */
  balancer?(address: Address): Balancer | undefined;
}

/** Everything that connections need; the rules of a node (those of `ksvc rules --jumps`) are made when a packet comes to it. */
export function staticNetwork(objects: readonly KubeObject[], options: StaticNetworkOptions): NetState {
  const ofKind = <T extends KubeObject>(kind: T['kind']): T[] =>
    objects.filter((o): o is T => o.kind === kind);
  const nodes = ofKind<Node>('Node');
  const made = new Map<string, Netfilter>();
  const world = networkWorld(
    {
      nodes,
      pods: ofKind<Pod>('Pod'),
      services: ofKind<Service>('Service'),
      slices: ofKind<EndpointSlice>('EndpointSlice'),
      policies: ofKind<NetworkPolicy>('NetworkPolicy'),
      namespaces: ofKind<Namespace>('Namespace'),
    },
    {
      ...options,
      config: () => options.config,
      now: () => Infinity,
      netfilter(name, family) {
        const key = `${name} ${family}`;
        const node = nodes.find((n) => n.metadata.name === name);
        const own = made.get(key) ?? (node && netfilterOf(node, family, objects, options));
        if (own) made.set(key, own);
        return own;
      },
    },
  );
  return { world, now: 0, memory: () => NO_MEMORY };
}

function netfilterOf(
  node: Node,
  family: IPFamily,
  objects: readonly KubeObject[],
  { version, config }: StaticNetworkOptions,
): Netfilter {
  const facts = nodeFacts(node, version);
  if (config.mode === 'nftables') return nftablesOf(facts, family, objects, { version, config });
  const proxier = new IptablesProxier({ config, facts, version, family });
  feed(proxier, objects);
  const { restore } = proxier.sync({ sinceCleanupMs: 0 });
  const jumps = jumpRules(
    family,
    restore.tables.some((t) => t.chains.some((c) => c.name === 'KUBE-FIREWALL')),
  );
  const tables = restore.tables.map((t) => ({ ...t, appended: t.name === 'nat' ? jumps.nat : jumps.filter }));
  return iptablesNetfilter(NodeTables.empty(family).restored({ tables }));
}

function nftablesOf(
  facts: NodeFacts,
  family: IPFamily,
  objects: readonly KubeObject[],
  { version, config }: Pick<StaticNetworkOptions, 'version' | 'config'>,
): Netfilter {
  const serviceCIDRs = knownServiceCIDRs(objects, version, config.featureGates);
  const proxier = new NftablesProxier({ config, facts, version, family, serviceCIDRs });
  feed(proxier, objects);
  const { table } = proxier.apply(proxier.sync({ now: 0, table: undefined }));
  return nftNetfilter(table ? [table] : [], family);
}
