// What kube-proxy learns from its node rather than from the API: addresses of interfaces, sysctls, what the node's iptables
// can do. No Kubernetes object says it, so it stands as JSON in the Node's annotation servicepath.dev/node-facts; what is
// missing there is what an ordinary node has.
import { canonicalIp, contains, familyOfText, parseCidr, parseIp } from '@/lib/core/ip';
import type { IPFamily, Node } from '@/lib/kube/types';
import { differences, type K8sVersion } from '@/lib/kube/versions';

export const NODE_FACTS_ANNOTATION = 'servicepath.dev/node-facts';
export const COUNTER_INVALID = 'ct_state_invalid_dropped_pkts';
export const COUNTER_LOCALHOST = 'localhost_nps_accepted_pkts';

export interface NodeFacts {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** The node's address of each family, "" if it has none. */
  readonly nodeIP: Readonly<Record<IPFamily, string>>;
  readonly podCIDRs: readonly string[];
  readonly interfaces: readonly { readonly name: string; readonly addresses: readonly string[] }[];
  readonly randomFully: boolean;
  readonly nfacct: readonly string[];
  readonly sysctls: Readonly<Record<string, string>>;
}

interface Annotation {
  readonly interfaces?: NodeFacts['interfaces'];
  readonly iptables?: { readonly randomFully?: boolean };
  readonly nfacct?: readonly string[];
  readonly sysctls?: Readonly<Record<string, string>>;
}

/** Facts of a Node object in a Kubernetes version. An annotation that is no JSON counts as absent. */
export function nodeFacts(node: Node, version: K8sVersion): NodeFacts {
  const given = annotationOf(node);
  const internal = (node.status?.addresses ?? [])
    .filter((a) => a.type === 'InternalIP')
    .map((a) => a.address);
  const counters = differences.nfacctCounters(version) ? [COUNTER_INVALID, COUNTER_LOCALHOST] : [];
  return {
    name: node.metadata.name ?? '',
    labels: node.metadata.labels ?? {},
    nodeIP: {
      IPv4: internal.find((a) => familyOfText(a) === 'IPv4') ?? '',
      IPv6: internal.find((a) => familyOfText(a) === 'IPv6') ?? '',
    },
    podCIDRs: node.spec?.podCIDRs ?? (node.spec?.podCIDR ? [node.spec.podCIDR] : []),
    interfaces: given.interfaces ?? [
      { name: 'lo', addresses: ['127.0.0.1/8', '::1/128'] },
      { name: 'eth0', addresses: internal.map((a) => `${a}/${a.includes(':') ? 64 : 24}`) },
    ],
    randomFully: given.iptables?.randomFully ?? true,
    nfacct: differences.nfacctCounters(version) ? (given.nfacct ?? counters) : [],
    sysctls: given.sysctls ?? {},
  };
}

function annotationOf(node: Node): Annotation {
  const text = node.metadata.annotations?.[NODE_FACTS_ANNOTATION];
  if (!text) return {};
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === 'object' ? (value as Annotation) : {};
  } catch {
    return {};
  }
}

/** Addresses (without prefix) of all interfaces of a family. */
export function addressesOf(facts: NodeFacts, family: IPFamily): string[] {
  return facts.interfaces
    .flatMap((i) => i.addresses)
    .map((a) => canonicalIp(a.split('/')[0] ?? a))
    .filter((a) => familyOfText(a) === family);
}

/**
 * nodePortAddresses of one family (pkg/proxy/util/nodeport_addresses.go). Empty means every address; `primary` is the node IP.
 */
export class NodePortAddresses {
  readonly #cidrs: readonly string[];
  readonly matchAll: boolean;

  constructor(
    readonly family: IPFamily,
    given: readonly string[],
    nodeIP: string,
  ) {
    const zero = family === 'IPv4' ? '0.0.0.0/0' : '::/0';
    const resolved = given.flatMap((c) => {
      if (c !== 'primary') return familyOfText(c) === family ? [c] : [];
      return nodeIP ? [`${nodeIP}/${family === 'IPv4' ? 32 : 128}`] : [];
    });
    this.#cidrs = given.length === 0 || resolved.length === 0 ? [zero] : resolved;
    this.matchAll = this.#cidrs.includes(zero);
  }

  get containsLoopback(): boolean {
    if (this.family === 'IPv6') return false;
    const loopback = parseCidr('127.0.0.0/8');
    return (
      this.matchAll ||
      this.#cidrs.some((c) => {
        const cidr = parseCidr(c);
        return loopback && cidr && contains(loopback, { family: 'IPv4', value: cidr.base });
      })
    );
  }

  /** The node's addresses inside the CIDRs. */
  within(addresses: readonly string[]): string[] {
    const cidrs = this.#cidrs.map(parseCidr);
    return [...new Set(addresses)].filter((a) => {
      const ip = parseIp(a);
      return ip && cidrs.some((c) => c && contains(c, ip));
    });
  }
}

export const isLoopback = (address: string): boolean =>
  address === '::1' || (familyOfText(address) === 'IPv4' && address.startsWith('127.'));
