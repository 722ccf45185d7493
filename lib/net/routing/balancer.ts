// Whatever hands over traffic for an address that lives on no node: a load balancer outside the cluster, or a node that answers ARP
// and neighbour discovery for it. As the datapath sees it at one moment.
import type { Tuple } from '@/lib/net/conntrack/tuple';
import type { IPFamily } from '@/lib/kube/types';
import type { Address } from './address';
import type { Transport } from './listens';

export interface Balancer {
  /** The Service that it works for, "ns/name". */
  readonly service: string;
  /**
   * vip: the packet comes to a node unchanged. proxy: addressed to the node's NodePort, from the balancer's own address; both are
   * translated, as a network load balancer does that does not preserve the client's address. layer2: one node has the address.
   */
  readonly mode: 'vip' | 'proxy' | 'layer2';
  /** Nodes that get new connections now, equally likely. */
  readonly nodes: readonly string[];
  /** What becomes of a packet to this port from this client. */
  admits(protocol: Transport, port: number, client: Address): 'yes' | 'no-port' | 'source-range';
  /** proxy: where the balancer calls a node. */
  backend(protocol: Transport, port: number, node: string, family: IPFamily): Backend | undefined;
}

export interface Backend {
  /** The balancer's own address. */
  readonly source: Address;
  readonly destination: Address;
  readonly port: number;
}

/** A connection that a balancer translates: as its client knows it, and as the node does. */
export interface Translated {
  readonly service: string;
  readonly client: Tuple;
  readonly backend: Tuple;
}
