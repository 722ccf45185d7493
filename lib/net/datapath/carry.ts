// A packet from where it starts to where it ends, through as many nodes as it takes.
import { isLoopback } from '@/lib/net/routing/address';
import { POD_BRIDGE, type NetNode } from '@/lib/net/routing/node';
import type { Listens } from '@/lib/net/routing/listens';
import { atBalancer, type HandedOver } from './balancer';
import type { Fate, Origin } from './fate';
import { onTheWire, type Packet } from './packet';
import type { Run } from './run';
import { receive, send, type Onward, type Passage } from './through-node';

/** More nodes in a row than any way can have. */
const MAX_HOPS = 16;

export interface Arrival {
  readonly fate: Fate;
  /** The packet as it arrived. */
  readonly packet: Packet;
}

/**
 * Carries a packet. `entry` is the node at which the network hands over traffic from outside to an address that lives nowhere.
 */
export function carry(run: Run, from: Origin, sent: Packet, entry?: NetNode): Arrival {
  const inside = insideSender(from, sent);
  if (inside) return { fate: inside, packet: sent };
  let packet = sent;
  let passage: Passage;
  if (from.kind === 'pod') passage = receive(run, from.node, packet, POD_BRIDGE);
  else if (from.kind === 'process') passage = send(run, from.node, packet);
  else {
    const start = fromOutside(run, packet, entry);
    packet = start.packet;
    if ('fate' in start) return { fate: start.fate, packet };
    passage = receive(run, start.node, packet, start.node.uplink(packet.tuple.destination.family));
  }
  for (let hops = 0; hops < MAX_HOPS; hops++) {
    if (passage.kind === 'ended') return { fate: passage.fate, packet };
    const next = passage.route;
    packet = onTheWire(packet);
    const turned = next.to === 'away' ? atBalancer(run, packet) : undefined;
    if (turned) {
      packet = turned.packet;
      if ('fate' in turned) return { fate: turned.fate, packet };
      passage = receive(run, turned.node, packet, turned.node.uplink(packet.tuple.destination.family));
      continue;
    }
    const end = endOf(run, next, packet);
    if (end) return { fate: end, packet };
    if (next.to !== 'node') break;
    passage = receive(run, next.node, packet, next.node.uplink(packet.tuple.destination.family));
  }
  return { fate: { kind: 'lost', cause: 'loop' }, packet };
}

/** A Pod that calls itself, and whoever calls 127.0.0.1 outside a node's own network, never leaves its own host. */
function insideSender(from: Origin, { tuple: { destination } }: Packet): Fate | undefined {
  if (from.kind === 'pod' && (isLoopback(destination) || from.pod.addresses.includes(destination.text)))
    return { kind: 'pod', node: from.node, pod: from.pod };
  if (from.kind === 'outside' && isLoopback(destination)) return { kind: 'outside', listens: () => false };
  return undefined;
}

function fromOutside(run: Run, packet: Packet, entry: NetNode | undefined): HandedOver {
  const holder = run.world.holder(packet.tuple.destination);
  const host = outsideHost(run, packet, holder?.kind === 'outside' ? holder.listens : undefined);
  if (host) return { packet, fate: host };
  const node = holder?.kind === 'outside' ? undefined : (holder?.node ?? entry);
  if (node) return { packet, node };
  return atBalancer(run, packet) ?? { packet, fate: { kind: 'lost', cause: 'nobody' } };
}

function endOf(run: Run, route: Onward, packet: Packet): Fate | undefined {
  switch (route.to) {
    case 'pod':
      return route.pod
        ? { kind: 'pod', node: route.home, pod: route.pod }
        : { kind: 'lost', cause: 'no-neighbour' };
    case 'away':
      return outsideHost(run, packet, route.listens) ?? { kind: 'lost', cause: 'nobody' };
    case 'node':
      return undefined;
  }
}

/** A host outside that is known, or the client itself. */
function outsideHost(run: Run, packet: Packet, listens: Listens | undefined): Fate | undefined {
  if (listens) return { kind: 'outside', listens };
  return packet.tuple.destination.text === run.outsider
    ? { kind: 'outside', listens: () => false }
    : undefined;
}
