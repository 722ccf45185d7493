// A node's side of the network: its interfaces and addresses, what is local to it, and which source address it picks
// (net/ipv4/devinet.c inet_select_addr, net/ipv6/addrconf.c ipv6_dev_get_saddr, as far as they matter here).
import { parseCidr } from '@/lib/core/ip';
import type { IPFamily } from '@/lib/kube/types';
import type { Netfilter } from '@/lib/net/datapath/netfilter';
import { addressOf, commonBits, fromIp, isLoopback, within, type Address } from './address';
import type { Listens } from './listens';

/** The bridge that all Pods of a node hang on. */
export const POD_BRIDGE = 'cni0';

export interface NodeSpec {
  readonly name: string;
  /** With prefix lengths, as `ip addr` shows them. */
  readonly interfaces: readonly { readonly name: string; readonly addresses: readonly string[] }[];
  readonly nodeIP: Readonly<Record<IPFamily, string>>;
  readonly podCIDRs: readonly string[];
  /** It has no power: what comes to it is lost. */
  readonly down?: boolean;
  /** The value of a sysctl, asked for with each packet; undefined: the default of a node of a cluster. */
  sysctl(name: string): string | undefined;
  /** Processes of the node itself; those of host-network Pods are asked for apart. */
  readonly listens: Listens;
  /** The netfilter rules as the hooks run them; undefined: none of this family. */
  netfilter(family: IPFamily): Netfilter | undefined;
}

interface InterfaceAddress {
  readonly device: string;
  readonly address: Address;
  readonly onLink: (address: Address) => boolean;
}

export class NetNode {
  readonly name: string;
  readonly podCIDRs: readonly string[];
  readonly down: boolean;
  readonly listens: Listens;
  /** Addresses that make a packet local, but for loopback. */
  readonly ownAddresses: ReadonlySet<string>;
  readonly #netfilter: NodeSpec['netfilter'];
  readonly #sysctl: NodeSpec['sysctl'];
  readonly #addresses: readonly InterfaceAddress[];
  readonly #uplink: Readonly<Record<IPFamily, string>>;
  readonly #ownPods: readonly ((address: Address) => boolean)[];

  constructor(spec: NodeSpec) {
    this.name = spec.name;
    this.podCIDRs = spec.podCIDRs;
    this.down = spec.down ?? false;
    this.#sysctl = (name) => spec.sysctl(name);
    this.listens = spec.listens;
    this.#netfilter = (family) => spec.netfilter(family);
    const given = spec.interfaces.flatMap((i) => i.addresses.map((text) => interfaceAddress(i.name, text)));
    const gateways = spec.podCIDRs.map(gatewayOf);
    const known = [...given, ...gateways].filter((a) => a !== undefined && !isLoopback(a.address));
    this.#addresses = known.filter((a) => a !== undefined);
    this.ownAddresses = new Set(this.#addresses.map((a) => a.address.text));
    this.#ownPods = spec.podCIDRs.map(within).filter((test) => test !== undefined);
    const uplink = (family: IPFamily): string => {
      const own = this.#addresses.filter((a) => a.address.family === family && a.device !== POD_BRIDGE);
      const nodeIP = addressOf(spec.nodeIP[family])?.text;
      return (own.find((a) => a.address.text === nodeIP) ?? own[0])?.device ?? 'eth0';
    };
    this.#uplink = { IPv4: uplink('IPv4'), IPv6: uplink('IPv6') };
  }

  netfilter(family: IPFamily): Netfilter | undefined {
    return this.#netfilter(family);
  }

  /** net.ipv4.conf.all.route_localnet: kube-proxy sets it to serve node ports on 127.0.0.1. */
  get routeLocalnet(): boolean {
    return this.#sysctl('net.ipv4.conf.all.route_localnet') === '1';
  }

  /** net.ipv4.conf.all.rp_filter 1: a packet must come in where its source is routed to. */
  get strictReversePath(): boolean {
    return this.#sysctl('net.ipv4.conf.all.rp_filter') === '1';
  }

  /** Whether packets of others are passed on: kubeadm demands it, so it is on unless somebody switched it off. */
  forwards(family: IPFamily): boolean {
    const name = family === 'IPv4' ? 'net.ipv4.ip_forward' : 'net.ipv6.conf.all.forwarding';
    return this.#sysctl(name) !== '0';
  }

  hasFamily(family: IPFamily): boolean {
    return this.#addresses.some((a) => a.address.family === family && a.device !== POD_BRIDGE);
  }

  isLocal(address: Address): boolean {
    return isLoopback(address) || this.ownAddresses.has(address.text);
  }

  inPodCIDR(address: Address): boolean {
    return this.#ownPods.some((test) => test(address));
  }

  /** The interface that leads to an address outside this node's Pods. */
  deviceTo(address: Address): string {
    return (
      this.#addresses.find((a) => a.device !== POD_BRIDGE && a.onLink(address))?.device ??
      this.uplink(address.family)
    );
  }

  uplink(family: IPFamily): string {
    return this.#uplink[family];
  }

  /**
   * The source address for packets that leave by an interface towards `next`. IPv4: one in the same subnet, else the
   * interface's first; IPv6: the one with the longest common prefix. An interface without address borrows one.
   */
  sourceFor(device: string, next: Address): Address | undefined {
    const family = this.#addresses.filter((a) => a.address.family === next.family);
    const own = family.filter((a) => a.device === device);
    const [first = family.find((a) => a.device === this.uplink(next.family)) ?? family[0]] = own;
    if (next.family === 'IPv4') return (own.find((a) => a.onLink(next)) ?? first)?.address;
    let best = first?.address;
    for (const { address } of own)
      if (best && commonBits(address, next) > commonBits(best, next)) best = address;
    return best;
  }
}

function interfaceAddress(device: string, text: string): InterfaceAddress | undefined {
  const address = addressOf(text.split('/')[0] ?? text);
  const onLink = within(text);
  return address && onLink && { device, address, onLink };
}

function gatewayOf(podCIDR: string): InterfaceAddress | undefined {
  const cidr = parseCidr(podCIDR);
  const onLink = within(podCIDR);
  if (!cidr || !onLink) return undefined;
  return { device: POD_BRIDGE, address: fromIp({ family: cidr.family, value: cidr.base + 1n }), onLink };
}
