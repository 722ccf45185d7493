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
  run.wire.begin();
  const inside = insideSender(from, sent);
  if (inside?.kind === 'pod') run.wire.insidePod(inside.node, inside.pod, sent);
  if (inside) return { fate: inside, packet: sent };
  let packet = sent;
  let passage: Passage;
  /** The node that has the packet now. */
  let node: NetNode;
  /** The device that it came in by. */
  let by: string | undefined;
  const enter = (next: NetNode): Passage => {
    node = next;
    by = node.uplink(packet.tuple.destination.family);
    run.wire.into(node, by, packet);
    return receive(run, node, packet, by);
  };
  if (from.kind === 'pod') {
    node = from.node;
    by = POD_BRIDGE;
    passage = outOfPod(run, from, packet);
  } else if (from.kind === 'process') {
    node = from.node;
    passage = send(run, node, packet);
  } else {
    const start = fromOutside(run, packet, entry);
    packet = start.packet;
    if ('fate' in start) return { fate: start.fate, packet };
    node = start.node;
    passage = enter(start.node);
  }
  for (let hops = 0; hops < MAX_HOPS; hops++) {
    if (passage.kind === 'ended') return { fate: passage.fate, packet };
    const next = passage.route;
    packet = onTheWire(packet);
    run.wire.onward(node, next, packet, by);
    const turned = next.to === 'away' ? atBalancer(run, packet) : undefined;
    if (turned) {
      packet = turned.packet;
      if ('fate' in turned) return { fate: turned.fate, packet };
      passage = enter(turned.node);
      continue;
    }
    const end = endOf(run, next, packet);
    if (end) return { fate: end, packet };
    if (next.to !== 'node') break;
    passage = enter(next.node);
  }
  return { fate: { kind: 'lost', cause: 'loop' }, packet };
}

/** From a Pod's interface over its veth and the bridge. */
function outOfPod(
  run: Run,
  { node, pod }: Extract<Origin, { readonly kind: 'pod' }>,
  packet: Packet,
): Passage {
  const sent = packet.tuple;
  run.wire.fromPod(node, pod, packet);
  const passage = receive(run, node, packet, POD_BRIDGE);
  run.wire.onBridge(node, sent, packet, passage.kind === 'onward' ? passage.route : undefined);
  return passage;
}

/** A Pod that calls itself, and whoever calls 127.0.0.1 outside a node's own network, never leaves its own host. */
function insideSender(from: Origin, { tuple: { destination } }: Packet): Fate | undefined {
  if (from.kind === 'pod' && (isLoopback(destination) || from.pod.addresses.includes(destination.text)))
    return { kind: 'pod', node: from.node, pod: from.pod };
  if (from.kind === 'outside' && isLoopback(destination)) return { kind: 'outside', listens: () => false };
  return undefined;
}

function fromOutside(run: Run, packet: Packet, entry: NetNode | undefined): HandedOver {
  // Answers of hosts outside come back the way that the question came, by whatever routes there were for it.
  if (packet.role === 'open' && !entry && run.world.unrouted(packet.tuple.destination))
    return { packet, fate: { kind: 'lost', cause: 'no-route' } };
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
        : { kind: 'lost', node: route.home, cause: 'no-neighbour' };
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
