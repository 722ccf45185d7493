// Models pkg/proxy/util/localdetector.go: how a rule tells traffic of this cluster's (or node's) Pods from other traffic.
import { familyOfText } from '@/lib/core/ip';
import type { IPFamily } from '@/lib/kube/types';
import type { Match } from '@/lib/net/ruleset/types';
import type { ProxyConfig } from '../config';
import type { NodeFacts } from '../node-facts';

/** A match for local traffic (`not`: for other traffic); null if nothing can tell. */
export type LocalDetector = ((not: boolean) => Match) | null;

const negation = (not: boolean): { not?: true } => (not ? { not: true } : {});

export function localDetector(config: ProxyConfig, facts: NodeFacts, family: IPFamily): LocalDetector {
  switch (config.detectLocalMode) {
    case 'BridgeInterface':
      return config.bridgeInterface
        ? (not) => ({ kind: 'in-interface', name: config.bridgeInterface, ...negation(not) })
        : null;
    case 'InterfaceNamePrefix':
      return config.interfaceNamePrefix
        ? (not) => ({ kind: 'in-interface', name: `${config.interfaceNamePrefix}+`, ...negation(not) })
        : null;
    default: {
      const cidrs = config.detectLocalMode === 'NodeCIDR' ? facts.podCIDRs : config.clusterCIDRs;
      const cidr = cidrs.find((c) => familyOfText(c) === family);
      return cidr ? (not) => ({ kind: 'source', cidr, ...negation(not) }) : null;
    }
  }
}
