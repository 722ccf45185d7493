// What kube-proxy's nftables table looks like in each Kubernetes version: pkg/proxy/nftables/proxier.go of v1.29 (before the filter
// chains moved in front of DNAT), v1.30–v1.33 and v1.34.
import { differences, type K8sVersion } from '@/lib/kube/versions';
import type { NftChainType, NftHook } from '@/lib/net/nft/types';

export interface BaseChain {
  readonly name: string;
  readonly type: NftChainType;
  readonly hook: NftHook;
  readonly priority: number;
}

export interface JumpChain {
  readonly to: string;
  readonly from: string;
  /** Only packets that open a connection: ct state new. */
  readonly onlyNew: boolean;
}

export interface NftForm {
  readonly baseChains: readonly BaseChain[];
  readonly jumpChains: readonly JumpChain[];
  /** Chains that must exist besides those that are jumped to. */
  readonly topLevelChains: readonly string[];
  /** Since v1.30 a new process deletes the base chains first, in case their priorities changed. */
  readonly recreatesBaseChains: boolean;
  /** cluster-ips and cluster-ips-check. */
  readonly checksClusterIPs: boolean;
  /** loadBalancerSourceRanges by a chain for each service (firewall-ips), not by the set firewall-allow. */
  readonly firewallChains: boolean;
  /** Drops what conntrack calls invalid. */
  readonly dropsInvalid: boolean;
  /** The chain that looks for node ports without endpoints. */
  readonly nodePortCheckChain: string;
  readonly endpointsCheckChain: string;
  /** The service chain's masquerade rule looks at the port too. */
  readonly masqueradeByPort: boolean;
  /** Syncs write only what changed. */
  readonly partialSync: boolean;
  /** `iifname` where older versions say `iif`. */
  readonly interfaceNames: boolean;
  /** Node ports are served on the node's primary addresses unless the configuration says otherwise. */
  readonly primaryNodePorts: boolean;
}

const DNAT = -100;
const base = (name: string, type: NftChainType, hook: NftHook, priority: number): BaseChain => ({
  name,
  type,
  hook,
  priority,
});
const onNew = (to: string, from: string): JumpChain => ({ to, from, onlyNew: true });
const always = (to: string, from: string): JumpChain => ({ to, from, onlyNew: false });

const NAT_BASE_CHAINS = [
  base('nat-prerouting', 'nat', 'prerouting', DNAT),
  base('nat-output', 'nat', 'output', DNAT),
  base('nat-postrouting', 'nat', 'postrouting', 100),
];
const NAT_JUMPS = [
  always('services', 'nat-output'),
  always('services', 'nat-prerouting'),
  always('masquerading', 'nat-postrouting'),
];
const ENDPOINT_CHECKS = [
  onNew('nodeport-endpoints-check', 'filter-input'),
  onNew('service-endpoints-check', 'filter-input'),
  onNew('service-endpoints-check', 'filter-forward'),
  onNew('service-endpoints-check', 'filter-output'),
];

const FIRST: Omit<NftForm, 'partialSync' | 'interfaceNames'> = {
  baseChains: [
    base('filter-input', 'filter', 'input', DNAT - 1),
    base('filter-forward', 'filter', 'forward', DNAT - 1),
    base('filter-output', 'filter', 'output', DNAT - 1),
    ...NAT_BASE_CHAINS,
  ],
  jumpChains: [
    onNew('endpoints-check', 'filter-input'),
    onNew('endpoints-check', 'filter-forward'),
    onNew('endpoints-check', 'filter-output'),
    always('forward', 'filter-forward'),
    onNew('firewall-check', 'filter-input'),
    onNew('firewall-check', 'filter-output'),
    onNew('firewall-check', 'filter-forward'),
    ...NAT_JUMPS,
  ],
  topLevelChains: ['services', 'forward', 'masquerading', 'mark-for-masquerade'],
  recreatesBaseChains: false,
  checksClusterIPs: false,
  firewallChains: false,
  dropsInvalid: true,
  nodePortCheckChain: 'endpoints-check',
  endpointsCheckChain: 'endpoints-check',
  masqueradeByPort: true,
  primaryNodePorts: false,
};

const SECOND: typeof FIRST = {
  baseChains: [
    base('filter-prerouting', 'filter', 'prerouting', DNAT - 10),
    base('filter-input', 'filter', 'input', DNAT - 10),
    base('filter-forward', 'filter', 'forward', DNAT - 10),
    base('filter-output', 'filter', 'output', DNAT - 10),
    base('filter-output-post-dnat', 'filter', 'output', DNAT + 10),
    ...NAT_BASE_CHAINS,
  ],
  jumpChains: [
    ...ENDPOINT_CHECKS,
    onNew('firewall-check', 'filter-prerouting'),
    onNew('firewall-check', 'filter-output'),
    ...NAT_JUMPS,
    onNew('cluster-ips-check', 'filter-forward'),
    onNew('cluster-ips-check', 'filter-output-post-dnat'),
  ],
  topLevelChains: ['services', 'cluster-ips-check', 'masquerading', 'mark-for-masquerade'],
  recreatesBaseChains: true,
  checksClusterIPs: true,
  firewallChains: true,
  dropsInvalid: false,
  nodePortCheckChain: 'nodeport-endpoints-check',
  endpointsCheckChain: 'service-endpoints-check',
  masqueradeByPort: true,
  primaryNodePorts: true,
};

const THIRD: typeof FIRST = {
  ...SECOND,
  baseChains: [
    base('filter-prerouting-pre-dnat', 'filter', 'prerouting', DNAT - 10),
    base('filter-output-pre-dnat', 'filter', 'output', DNAT - 10),
    base('filter-input', 'filter', 'input', 0),
    base('filter-forward', 'filter', 'forward', 0),
    base('filter-output', 'filter', 'output', 0),
    ...NAT_BASE_CHAINS,
  ],
  jumpChains: [
    ...ENDPOINT_CHECKS,
    onNew('firewall-check', 'filter-prerouting-pre-dnat'),
    onNew('firewall-check', 'filter-output-pre-dnat'),
    ...NAT_JUMPS,
    onNew('cluster-ips-check', 'filter-forward'),
    onNew('cluster-ips-check', 'filter-output'),
  ],
  masqueradeByPort: false,
};

export function nftForm(version: K8sVersion): NftForm {
  const shape = differences.nftablesPreDnatChains(version)
    ? THIRD
    : differences.nftablesClusterIPsCheck(version)
      ? SECOND
      : FIRST;
  return {
    ...shape,
    partialSync: differences.nftablesPartialSync(version),
    interfaceNames: differences.nftablesInterfaceNames(version),
  };
}
