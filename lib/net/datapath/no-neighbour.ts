// What a client hears of an address that nobody on a node's bridge has: the kernel that would deliver the packet asks three times for its
// owner (net/core/neighbour.c: mcast_solicit 3, retrans_time 1 s), then sends an ICMP error (net/ipv4/arp.c arp_error_report,
// net/ipv4/route.c ipv4_link_failure). Who knew the address a moment ago would first trust its neighbour table; that table is not modelled.
import type { NetNode } from '@/lib/net/routing/node';
import { routeFrom, sourceOf } from '@/lib/net/routing/route';
import type { NetWorld } from '@/lib/net/routing/world';
import type { Client } from './fate';
import type { Packet } from './packet';
import type { NoNeighbour } from './trace';

/** Three requests and the tick after the last (CONFIG_HZ 250). */
const AFTER_MS = 3_072;

/** Whom the error comes from: `node` is the one whose bridge the packet ended at. */
export function noNeighbour(
  world: NetWorld,
  { origin, tuple }: Client,
  node: NetNode,
  packet: Packet,
): NoNeighbour {
  // Who translated the destination translates the source of the error back (nf_nat_icmp_reply_translation).
  const translated = packet.tuple.destination !== tuple.destination;
  if (translated) return { afterMs: AFTER_MS, from: tuple.destination.text };
  // A Pod of the same bridge asks by itself, and so does a process of the node.
  const onLink = origin.kind !== 'outside' && origin.node === node;
  const source = onLink ? tuple.source : sourceOf(node, routeFrom(world, node, tuple.source), tuple.source);
  return { afterMs: AFTER_MS, from: (source ?? tuple.source).text };
}
