// The nftables part of the conformance adapter: one kube-proxy in nftables mode over several syncs, and its names.
import { splitHostPort } from '@/lib/core/ip';
import type { IPFamily, KubeObject, Node } from '@/lib/kube/types';
import type { K8sVersion } from '@/lib/kube/versions';
import { applyOperations } from '@/lib/net/nft/apply';
import { printTransactions } from '@/lib/net/nft/operations';
import { parseTransaction } from '@/lib/net/nft/parse-transaction';
import type { NftTable } from '@/lib/net/nft/types';
import { proxyConfig } from '@/lib/proxy/config';
import { endpointNameBase, servicePortNameBase } from '@/lib/proxy/nftables/names';
import { familyServiceCIDRs, NftablesProxier } from '@/lib/proxy/nftables/proxier';
import { nodeFacts } from '@/lib/proxy/node-facts';
import { FedObjects } from './conformance-objects';

export interface NftablesInit {
  readonly ipFamily: IPFamily;
  readonly config: Readonly<Record<string, unknown>>;
  readonly k8sVersion: K8sVersion;
  readonly node: Node;
  readonly serviceCIDRs: readonly string[];
  readonly existing?: { readonly nft?: string } | null;
}

export function createNftablesProxy(init: NftablesInit) {
  const { k8sVersion: version, ipFamily: family, serviceCIDRs } = init;
  const config = proxyConfig(init.config, 'nftables');
  const facts = nodeFacts(init.node, version);
  const proxier = new NftablesProxier({ config, facts, version, family, serviceCIDRs });
  const fed = new FedObjects();
  let table = init.existing?.nft === undefined ? undefined : existingTable(init.existing.nft);
  let now = 0;
  return {
    sync(objects: KubeObject[], options: { elapsedSeconds: number }) {
      now += 1 + options.elapsedSeconds * 1000;
      fed.replace(proxier, objects);
      const result = proxier.sync({ now, table });
      const nft = printTransactions(result.transactions);
      const after = proxier.apply(result);
      if (after.error !== undefined) throw new Error(after.error);
      table = after.table;
      return {
        fullSync: result.fullSync,
        nft,
        metrics: { noLocalEndpoints: result.noLocalEndpoints },
        staleChains: result.staleChains,
        operations: result.operations,
      };
    },
  };
}

const ORDER = ['table', 'set', 'map', 'chain', 'rule', 'element'];

function existingTable(text: string): NftTable | undefined {
  const parsed = parseTransaction(text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  const [first] = parsed.value;
  if (!first) return undefined;
  // The suite's texts name chains before they make them.
  const ordered = [...first.operations()].sort((a, b) => ORDER.indexOf(a.object) - ORDER.indexOf(b.object));
  const applied = applyOperations(first.family, first.table, undefined, ordered);
  if (!applied.ok) throw new Error(applied.refusal.errno);
  return applied.table;
}

/** nftables names without their prefix. */
export function chainNames(input: {
  namespace: string;
  service: string;
  port: string;
  protocol: string;
  endpoint: string | null;
}): string {
  const { namespace, service: name, port: servicePort, protocol } = input;
  const own = { namespace, name, servicePort, protocol };
  if (input.endpoint === null) return servicePortNameBase(own);
  const { host, port } = splitHostPort(input.endpoint);
  return endpointNameBase(own, host, port);
}

export const serviceCIDRs = (family: IPFamily, cidrs: string[]): string =>
  familyServiceCIDRs(family, cidrs).join(',');
