// What a packet can meet: nodes with their interfaces, Pod networks and rules, Pods, and hosts outside. The CNI is a bridge: the
// node's side of every Pod link is cni0, with the first address of the node's podCIDR; other nodes' podCIDRs are routed to them.
import { parseCidr } from '@/lib/core/ip';
import type { IPFamily } from '@/lib/kube/types';
import { addressOf, type Address } from './address';
import type { Balancer } from './balancer';
import type { Listens } from './listens';
import { NetNode, type NodeSpec } from './node';
import type { PodSpec } from './pod';

export interface WorldSpec {
  readonly nodes: readonly NodeSpec[];
  readonly pods: readonly PodSpec[];
  /** Hosts that are neither node nor Pod, by address. */
  readonly outside: ReadonlyMap<string, Listens>;
  /** Who hands over traffic for an address that lives on no node, asked with each packet. */
  balancer?(address: Address): Balancer | undefined;
  /** Addresses that the network outside has no route to: its routers throw packets to them away. Left out: it has all routes. */
  unrouted?(address: Address): boolean;
}

/** Where an address lives, as the network between the nodes sees it. */
export type Holder =
  | { readonly kind: 'pod'; readonly pod: PodSpec; readonly node: NetNode }
  | { readonly kind: 'node'; readonly node: NetNode }
  /** In a node's podCIDR, but no Pod has it. */
  | { readonly kind: 'nobody'; readonly node: NetNode }
  | { readonly kind: 'outside'; readonly listens: Listens };

export class NetWorld {
  readonly nodes: readonly NetNode[];
  readonly #byName: ReadonlyMap<string, NetNode>;
  readonly #pods = new Map<string, PodSpec>();
  readonly #podsByAddress = new Map<string, PodSpec>();
  readonly #hostPods = new Map<string, PodSpec[]>();
  readonly #nodesByAddress = new Map<string, NetNode | null>();
  readonly #podCIDRs = new Map<string, NetNode>();
  readonly #prefixes: { readonly family: IPFamily; readonly prefix: number }[] = [];
  readonly #outside: ReadonlyMap<string, Listens>;
  readonly #balancer: WorldSpec['balancer'];
  readonly #unrouted: WorldSpec['unrouted'];

  constructor(spec: WorldSpec) {
    this.nodes = spec.nodes.map((n) => new NetNode(n));
    this.#byName = new Map(this.nodes.map((n) => [n.name, n]));
    this.#outside = spec.outside;
    this.#balancer = (address) => spec.balancer?.(address);
    this.#unrouted = (address) => spec.unrouted?.(address) ?? false;
    for (const node of this.nodes) this.#addNode(node);
    for (const pod of spec.pods) this.#addPod(pod);
  }

  node(name: string): NetNode | undefined {
    return this.#byName.get(name);
  }

  pod(namespace: string, name: string): PodSpec | undefined {
    return this.#pods.get(`${namespace}/${name}`);
  }

  /** Pods in a node's own network. */
  hostPods(node: string): readonly PodSpec[] {
    return this.#hostPods.get(node) ?? [];
  }

  /** Who has an address; undefined: nobody that is known (a virtual IP, the internet). */
  holder(address: Address): Holder | undefined {
    const pod = this.#podsByAddress.get(address.text);
    const podNode = pod && this.#byName.get(pod.node);
    if (pod && podNode) return { kind: 'pod', pod, node: podNode };
    const node = this.#nodesByAddress.get(address.text);
    if (node) return { kind: 'node', node };
    const listens = this.#outside.get(address.text);
    if (listens) return { kind: 'outside', listens };
    const routed = this.#routedTo(address);
    return routed && { kind: 'nobody', node: routed };
  }

  /** The balancer of an address, if it has one. */
  balancer(address: Address): Balancer | undefined {
    return this.#balancer?.(address);
  }

  /** Whether hosts outside have no way to an address. */
  unrouted(address: Address): boolean {
    return this.#unrouted?.(address) ?? false;
  }

  #addNode(node: NetNode): void {
    for (const address of node.ownAddresses) {
      const taken = this.#nodesByAddress.has(address);
      // An address that several nodes have (a second bridge's) leads nowhere from outside.
      this.#nodesByAddress.set(address, taken ? null : node);
    }
    for (const text of node.podCIDRs) {
      const cidr = parseCidr(text);
      if (!cidr) continue;
      this.#podCIDRs.set(`${cidr.family}/${cidr.prefix}/${cidr.base}`, node);
      if (!this.#prefixes.some((p) => p.family === cidr.family && p.prefix === cidr.prefix))
        this.#prefixes.push({ family: cidr.family, prefix: cidr.prefix });
    }
    this.#prefixes.sort((a, b) => b.prefix - a.prefix);
  }

  #addPod(pod: PodSpec): void {
    const node = this.#byName.get(pod.node);
    if (!node) return;
    const own = pod.addresses.map((text) => addressOf(text)?.text ?? text);
    const hostNetwork = pod.hostNetwork || own.some((a) => node.ownAddresses.has(a));
    const kept: PodSpec = { ...pod, addresses: own, hostNetwork };
    this.#pods.set(`${pod.namespace}/${pod.name}`, kept);
    if (!hostNetwork) for (const a of own) this.#podsByAddress.set(a, kept);
    else this.#hostPods.set(node.name, [...this.hostPods(node.name), kept]);
  }

  #routedTo(address: Address): NetNode | undefined {
    const bits = address.family === 'IPv4' ? 32 : 128;
    for (const { family, prefix } of this.#prefixes) {
      if (family !== address.family) continue;
      const host = BigInt(bits - prefix);
      const node = this.#podCIDRs.get(`${family}/${prefix}/${(address.value >> host) << host}`);
      if (node) return node;
    }
    return undefined;
  }
}

/** The address of a family among a Pod's. */
export function podAddress(pod: PodSpec, family: IPFamily): Address | undefined {
  return pod.addresses.map(addressOf).find((a) => a?.family === family);
}
