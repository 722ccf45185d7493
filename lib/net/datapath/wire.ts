// Where a packet passes an interface, as a packet socket there sees it: coming in before any hook (net/core/dev.c
// __netif_receive_skb_core), going out after all of them (dev_queue_xmit_nit). On a node's bridge, PREROUTING comes before the bridge's own
// tap, because br_netfilter runs it for bridged frames (net/bridge/br_netfilter_hooks.c): cni0 shows the translated destination, the Pod's
// veth the one that the Pod called.
import type { Tuple } from '@/lib/net/conntrack/tuple';
import { POD_BRIDGE, type NetNode } from '@/lib/net/routing/node';
import type { Route } from '@/lib/net/routing/route';
import type { PodSpec } from '@/lib/net/routing/pod';
import type { Packet, PacketRole } from './packet';

/** The interface of a node or of a Pod ("ns/name"). */
export interface Tap {
  readonly node: string;
  readonly pod?: string;
  /** eth0, cni0, lo …; a veth goes by the Pod at its other end. */
  readonly device: string;
  readonly peer?: string;
  readonly way: 'In' | 'Out';
  /** A frame between two Pods of the bridge: the bridge's own interface sees it only in promiscuous mode. */
  readonly bridged?: true;
}

export interface Sighting extends Tap {
  readonly role: PacketRole;
  readonly tuple: Tuple;
  readonly ttl: number;
  /** Of an ICMP error: the packet it is about, and iptables' name for it. */
  readonly inner?: Tuple;
  readonly error?: string;
}

/** An address that nobody on the node's bridge has: the kernel asks for it in vain. */
export interface Unresolved {
  readonly node: string;
  readonly device: string;
  readonly tuple: Tuple;
  /** The Pod of the same bridge that asks by itself; absent: the node does. */
  readonly pod?: string;
}

const FIRST_TTL = 64;

/** What packet sockets see of one exchange, in order. */
export class Wire {
  readonly sightings: Sighting[] = [];
  readonly unresolved: Unresolved[] = [];
  /** Of the packet under way. */
  #ttl = FIRST_TTL;
  /** The Pod that sent it, and the destination that it wrote. */
  #sender: { readonly pod: string; readonly to: Tuple['destination'] } | undefined;

  /** Time to live of the packet under way. */
  get ttl(): number {
    return this.#ttl;
  }

  /** Another packet sets out. */
  begin(): void {
    this.#ttl = FIRST_TTL;
    this.#sender = undefined;
  }

  see(tap: Tap, { role, tuple, inner, error }: Packet): void {
    const about = { ...(inner ? { inner } : {}), ...(error === undefined ? {} : { error }) };
    this.sightings.push({ ...tap, role, tuple, ttl: this.#ttl, ...about });
  }

  /** On a Pod's own loopback. */
  insidePod(node: NetNode, pod: PodSpec, packet: Packet): void {
    this.see({ node: node.name, pod: nameOf(pod), device: 'lo', way: 'In' }, packet);
  }

  /** Out of a Pod, and in by its veth. */
  fromPod(node: NetNode, pod: PodSpec, packet: Packet): void {
    this.#sender = { pod: nameOf(pod), to: packet.tuple.destination };
    this.see({ node: node.name, pod: nameOf(pod), device: 'eth0', way: 'Out' }, packet);
    this.see({ node: node.name, device: 'veth', peer: nameOf(pod), way: 'In' }, packet);
  }

  /** On the bridge, after PREROUTING: `sent` is the packet as the Pod sent it. */
  onBridge(node: NetNode, sent: Tuple, packet: Packet, route: Route | undefined): void {
    const { destination, destinationPort } = packet.tuple;
    const tuple = { ...sent, destination, destinationPort };
    const bridged = route?.to === 'pod' && route.pod ? { bridged: true as const } : {};
    this.see({ node: node.name, device: POD_BRIDGE, way: 'In', ...bridged }, { ...packet, tuple });
  }

  into(node: NetNode, device: string, packet: Packet): void {
    this.see({ node: node.name, device, way: 'In' }, packet);
  }

  /** Passed on by a node; `from`: the device that it came in by, undefined for a packet of the node's own. */
  onward(node: NetNode, route: Route, packet: Packet, from: string | undefined): void {
    const bridged = route.to === 'pod' && from === POD_BRIDGE;
    if (from !== undefined && !bridged) this.#ttl--;
    if (route.to === 'pod' && !route.pod) {
      const asker = bridged && this.#sender?.to === packet.tuple.destination ? this.#sender.pod : undefined;
      const about = { node: node.name, device: route.device, tuple: packet.tuple };
      this.unresolved.push(asker === undefined ? about : { ...about, pod: asker });
      // A Pod that asks by itself has sent no packet yet.
      if (asker !== undefined) this.sightings.splice(0);
      return;
    }
    if (!bridged) this.see({ node: node.name, device: route.device, way: 'Out' }, packet);
    if (route.to !== 'pod' || !route.pod) return;
    this.see({ node: node.name, device: 'veth', peer: nameOf(route.pod), way: 'Out' }, packet);
    this.see({ node: node.name, pod: nameOf(route.pod), device: 'eth0', way: 'In' }, packet);
  }
}

const nameOf = ({ namespace, name }: PodSpec): string => `${namespace}/${name}`;
