// A node's routing decision (net/ipv4/route.c): local table, its own Pods, the other nodes and their Pods, the default route.
import type { Address } from './address';
import { POD_BRIDGE, type NetNode } from './node';
import type { Listens } from './listens';
import type { PodSpec } from './pod';
import type { NetWorld } from './world';

export type Route =
  | { readonly to: 'local'; readonly device: 'lo' }
  /** No Pod: nobody answers on the bridge. */
  | {
      readonly to: 'pod';
      readonly device: string;
      readonly home: NetNode;
      readonly pod: PodSpec | undefined;
    }
  | { readonly to: 'node'; readonly device: string; readonly node: NetNode; readonly nextHop: Address }
  /** By the default route, out of the cluster. */
  | { readonly to: 'away'; readonly device: string; readonly listens: Listens | undefined };

export function routeFrom(world: NetWorld, node: NetNode, to: Address): Route {
  if (node.isLocal(to)) return { to: 'local', device: 'lo' };
  const holder = world.holder(to);
  if (holder?.kind === 'pod' && holder.node === node)
    return { to: 'pod', device: POD_BRIDGE, home: node, pod: holder.pod };
  if (node.inPodCIDR(to)) return { to: 'pod', device: POD_BRIDGE, home: node, pod: undefined };
  if (!holder || holder.kind === 'outside')
    return {
      to: 'away',
      device: node.deviceTo(to),
      listens: holder?.kind === 'outside' ? holder.listens : undefined,
    };
  const nextHop = holder.kind === 'node' ? to : nodeAddress(holder.node, to);
  return { to: 'node', device: node.deviceTo(nextHop), node: holder.node, nextHop };
}

/** The source address of a process of the node that names none, and of MASQUERADE. */
export function sourceOf(node: NetNode, route: Route, to: Address): Address | undefined {
  if (route.to === 'local') return to;
  return node.sourceFor(route.device, route.to === 'node' ? route.nextHop : to);
}

const nodeAddress = (node: NetNode, to: Address): Address => node.sourceFor(node.uplink(to.family), to) ?? to;
