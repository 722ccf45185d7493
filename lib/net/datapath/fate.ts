// Where a packet's way through the network ended.
import type { Connection } from '@/lib/net/conntrack/connection';
import type { Listens } from '@/lib/net/routing/listens';
import type { NetNode } from '@/lib/net/routing/node';
import type { PodSpec } from '@/lib/net/routing/pod';
import type { Tuple } from '@/lib/net/conntrack/tuple';
import type { Hook, Reason } from '@/lib/net/ruleset/types';

export type LossCause =
  /** It left the nodes for an address that nobody has. */
  | 'nobody'
  /** The network outside has no route to the cluster's Pod and Service networks. */
  | 'no-route'
  /** No Pod has the address: nobody answers on the node's bridge. */
  | 'no-neighbour'
  /** The kernel takes the source or destination for forged (martian), or may not send from 127.0.0.0/8. */
  | 'martian'
  /** The node does not pass packets on (net.ipv4.ip_forward). */
  | 'no-forwarding'
  | 'loop'
  /** The node has no power. */
  | 'node-down'
  /** A load balancer: none of its nodes passes the health check; it has no such port; it does not admit the client. */
  | 'no-healthy-node'
  | 'balancer-port'
  | 'balancer-source'
  /** No node answers ARP or neighbour discovery for the address. */
  | 'no-announcer';

export type Fate =
  | { readonly kind: 'pod'; readonly node: NetNode; readonly pod: PodSpec }
  /** A process in the node's own network. */
  | { readonly kind: 'process'; readonly node: NetNode }
  | { readonly kind: 'outside'; readonly listens: Listens }
  | { readonly kind: 'drop'; readonly node: NetNode; readonly hook: Hook; readonly why: Reason | undefined }
  | {
      readonly kind: 'reject';
      readonly node: NetNode;
      readonly hook: Hook;
      readonly with: string;
      readonly connection: Connection | undefined;
    }
  | { readonly kind: 'lost'; readonly node?: NetNode; readonly cause: LossCause };

/** Where a packet starts, or enters the network again. */
export type Origin =
  | { readonly kind: 'pod'; readonly node: NetNode; readonly pod: PodSpec }
  | { readonly kind: 'process'; readonly node: NetNode }
  | { readonly kind: 'outside' };

/** A client's socket: where it is and the tuple it uses. */
export interface Client {
  readonly origin: Origin;
  readonly tuple: Tuple;
  /** The node at which the network hands over traffic from outside to an address that lives nowhere. */
  readonly entry?: NetNode;
}
