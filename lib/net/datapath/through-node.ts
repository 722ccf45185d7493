// One packet through one node (net/ipv4/ip_input.c, ip_forward.c, ip_output.c): hooks in their order, the routing decision between
// them, and what the routing code refuses on its own (net/ipv4/route.c).
import { isLoopback } from '@/lib/net/routing/address';
import type { NetNode } from '@/lib/net/routing/node';
import { routeFrom, type Route } from '@/lib/net/routing/route';
import type { Hook } from '@/lib/net/ruleset/types';
import type { Fate } from './fate';
import { runHook } from './hook';
import { NodeEnv } from './node-env';
import type { Packet } from './packet';
import type { Run } from './run';

/** Where a packet goes that a node let through. */
export type Onward = Exclude<Route, { readonly to: 'local' }>;
export type Passage =
  | { readonly kind: 'onward'; readonly route: Onward }
  | { readonly kind: 'ended'; readonly fate: Fate };

const ended = (fate: Fate): Passage => ({ kind: 'ended', fate });

/** A packet that comes in by a device: PREROUTING, then INPUT, or FORWARD and POSTROUTING. */
export function receive(run: Run, node: NetNode, packet: Packet, device: string): Passage {
  if (node.down) return ended({ kind: 'lost', node, cause: 'node-down' });
  const env = new NodeEnv(run, node);
  packet.inDevice = device;
  const refused = pass(run, node, env, 'PREROUTING', packet);
  if (refused) return ended(refused);
  if (isMartian(run, node, packet)) return ended(lose(run, node, packet, 'martian'));
  const route = routeFrom(run.world, node, packet.tuple.destination);
  tellRoute(run, node, packet, route);
  if (route.to === 'local') return input(run, node, env, packet);
  if (!node.forwards(packet.tuple.destination.family)) return ended(lose(run, node, packet, 'no-forwarding'));
  packet.outDevice = route.device;
  const blocked = pass(run, node, env, 'FORWARD', packet) ?? leave(run, node, env, packet);
  return blocked ? ended(blocked) : { kind: 'onward', route };
}

/** A packet of the node's own: OUTPUT, routed again if its destination changed, POSTROUTING; over lo to another process of the node. */
export function send(run: Run, node: NetNode, packet: Packet): Passage {
  if (node.down) return ended({ kind: 'lost', node, cause: 'node-down' });
  const env = new NodeEnv(run, node);
  packet.outDevice = routeFrom(run.world, node, packet.tuple.destination).device;
  const refused = pass(run, node, env, 'OUTPUT', packet);
  if (refused) return ended(refused);
  const { source, destination } = packet.tuple;
  const route = routeFrom(run.world, node, destination);
  tellRoute(run, node, packet, route);
  packet.outDevice = route.device;
  const escapes = route.to !== 'local' && isLoopback(source);
  if (escapes && !(node.routeLocalnet && source.family === 'IPv4'))
    return ended(lose(run, node, packet, 'martian'));
  const blocked = leave(run, node, env, packet);
  if (blocked) return ended(blocked);
  if (route.to !== 'local') return { kind: 'onward', route };
  run.wire.into(node, 'lo', packet);
  env.looped = true;
  packet.inDevice = 'lo';
  packet.outDevice = '';
  const again = pass(run, node, env, 'PREROUTING', packet);
  return again ? ended(again) : input(run, node, env, packet);
}

function input(run: Run, node: NetNode, env: NodeEnv, packet: Packet): Passage {
  packet.outDevice = '';
  const refused = pass(run, node, env, 'INPUT', packet);
  if (refused) return ended(refused);
  confirm(run, node, packet);
  return ended({ kind: 'process', node });
}

function leave(run: Run, node: NetNode, env: NodeEnv, packet: Packet): Fate | undefined {
  const blocked = pass(run, node, env, 'POSTROUTING', packet);
  if (!blocked) confirm(run, node, packet);
  return blocked;
}

function confirm(run: Run, node: NetNode, { tracking }: Packet): void {
  if (tracking?.connection && tracking.state !== 'RELATED') run.scratch(node).confirm(tracking.connection);
}

/** What a hook made of the packet; undefined: it may go on. */
function pass(run: Run, node: NetNode, env: NodeEnv, hook: Hook, packet: Packet): Fate | undefined {
  const verdict = runHook(run, node, env, hook, packet);
  if (verdict.kind === 'accept') return undefined;
  if (verdict.kind === 'drop') return { kind: 'drop', node, hook, why: verdict.why };
  return { kind: 'reject', node, hook, with: verdict.with, connection: packet.tracking?.connection };
}

function lose(run: Run, node: NetNode, packet: Packet, cause: 'martian' | 'no-forwarding'): Fate {
  const code = cause === 'martian' ? 'step.martian' : 'step.noForwarding';
  run.tell(node.name, { code, params: {} }, packet);
  return { kind: 'lost', node, cause };
}

/** ip_route_input_slow: 127.0.0.0/8 on the wire without route_localnet, or one of the node's own addresses as the source. */
function isMartian(run: Run, node: NetNode, { tuple: { source, destination }, inDevice }: Packet): boolean {
  if (inDevice === 'lo' || source.family === 'IPv6') return false;
  if (isLoopback(destination) || isLoopback(source)) return !node.routeLocalnet;
  if (node.isLocal(source)) return true;
  return node.strictReversePath && routeFrom(run.world, node, source).device !== inDevice;
}

function tellRoute(run: Run, node: NetNode, packet: Packet, route: Route): void {
  const params: Record<string, string> = { device: route.device };
  if (route.to === 'pod' && route.pod) params['pod'] = `${route.pod.namespace}/${route.pod.name}`;
  if (route.to === 'node') params['node'] = route.node.name;
  const code = route.to === 'pod' && !route.pod ? 'step.route.noPod' : `step.route.${route.to}`;
  run.tell(node.name, { code, params }, packet);
}
