// A packet at a load balancer: which node it is handed over to, and how an answer finds back through a balancer that translates.
import { inverse, sameTuple, type Tuple } from '@/lib/net/conntrack/tuple';
import type { Balancer } from '@/lib/net/routing/balancer';
import type { NetNode } from '@/lib/net/routing/node';
import type { Fate } from './fate';
import type { Packet } from './packet';
import type { Run } from './run';

export type HandedOver =
  | { readonly packet: Packet; readonly node: NetNode }
  | { readonly packet: Packet; readonly fate: Fate };

/** A packet that left the nodes and comes to a balancer, on its way there or back; undefined: no balancer has to do with it. */
export function atBalancer(run: Run, packet: Packet): HandedOver | undefined {
  const back = backThrough(run, packet);
  if (back) return back;
  const balancer = run.world.balancer(packet.tuple.destination);
  return balancer && handOver(run, balancer, packet);
}

/** Gives a packet to one of the balancer's nodes. */
function handOver(run: Run, balancer: Balancer, packet: Packet): HandedOver {
  const { service, mode, nodes } = balancer;
  const { protocol, source, destination, destinationPort } = packet.tuple;
  const tell = (code: string, params: Record<string, string> = {}): void =>
    run.tell('', { code: `step.balancer.${code}`, params: { service, ...params } }, packet, {
      balancer: service,
    });
  const lose = (cause: Extract<Fate, { readonly kind: 'lost' }>['cause']): HandedOver => ({
    packet,
    fate: { kind: 'lost', cause },
  });
  if (mode !== 'layer2') {
    const admitted = protocol === 'icmp' ? 'no-port' : balancer.admits(protocol, destinationPort, source);
    if (admitted === 'no-port') {
      tell('noPort', { port: protocol === 'icmp' ? 'icmp' : String(destinationPort) });
      return lose('balancer-port');
    }
    if (admitted === 'source-range') {
      tell('sourceRange', { source: source.text });
      return lose('balancer-source');
    }
  }
  const name = nodes[nodes.length > 1 ? run.init.choices.pick(nodes.length) : 0];
  const node = name === undefined ? undefined : run.world.node(name);
  if (!node) {
    tell(mode === 'layer2' ? 'nobodyAnnounces' : 'noNode', { ip: destination.text });
    return lose(mode === 'layer2' ? 'no-announcer' : 'no-healthy-node');
  }
  run.entered = node.name;
  if (mode !== 'proxy' || protocol === 'icmp') {
    tell(mode, { node: node.name, nodes: nodes.join(', '), ip: destination.text });
    return { packet, node };
  }
  const to = balancer.backend(protocol, destinationPort, node.name, destination.family);
  if (!to) {
    tell('noPort', { port: String(destinationPort) });
    return lose('balancer-port');
  }
  const backend: Tuple = {
    protocol,
    source: to.source,
    sourcePort: run.init.freshPort(),
    destination: to.destination,
    destinationPort: to.port,
  };
  run.translated.push({ service, client: packet.tuple, backend });
  const next = { ...packet, tuple: backend };
  run.tell(
    '',
    {
      code: 'step.balancer.proxy',
      params: { service, node: node.name, nodes: nodes.join(', '), port: String(to.port) },
    },
    next,
    { balancer: service },
  );
  return { packet: next, node };
}

/** The answer to a translated connection, or an ICMP error about it: given back to whoever called the balancer. */
function backThrough(run: Run, packet: Packet): HandedOver | undefined {
  const known = run.translated.find(({ backend }) =>
    packet.role === 'error'
      ? packet.inner !== undefined && sameTuple(packet.inner, backend)
      : sameTuple(packet.tuple, inverse(backend)),
  );
  if (!known) return undefined;
  const { service, client } = known;
  const home = inverse(client);
  const next: Packet =
    packet.role === 'error'
      ? {
          ...packet,
          inner: client,
          tuple: { ...packet.tuple, source: home.source, destination: home.destination },
        }
      : { ...packet, tuple: home };
  run.tell('', { code: 'step.balancer.back', params: { service } }, next, { balancer: service });
  if (home.destination.text === run.outsider)
    return { packet: next, fate: { kind: 'outside', listens: () => false } };
  const holder = run.world.holder(home.destination);
  if (!holder || holder.kind === 'outside') return { packet: next, fate: { kind: 'lost', cause: 'nobody' } };
  return { packet: next, node: holder.node };
}
