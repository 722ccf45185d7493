// A packet at one hook of a node: conntrack at its priority, the base chains around it, NAT for the first packet of a connection
// (net/netfilter/core.c nf_hook_slow, nf_nat_core.c nf_nat_inet_fn).
import type { NetNode } from '@/lib/net/routing/node';
import type { Hook } from '@/lib/net/ruleset/types';
import { manipAt, rewrite } from './nat';
import type { BaseChain } from './netfilter';
import { PRIORITY } from './netfilter';
import type { NodeEnv } from './node-env';
import type { Packet } from './packet';
import type { Run } from './run';
import { track } from './track';
import { ACCEPT, DROP, type Verdict } from './walk-env';

/** Runs a hook. NAT is done when it returns `accept`. */
export function runHook(run: Run, node: NetNode, env: NodeEnv, hook: Hook, packet: Packet): Verdict {
  env.hook = hook;
  const chains = node.netfilter(packet.tuple.destination.family)?.chainsAt(hook) ?? [];
  const manip = manipAt(hook);
  let tracked = hook !== 'PREROUTING' && hook !== 'OUTPUT';
  let translated = manip === undefined;
  const translateAt = manip === 'destination' ? PRIORITY.dstnat : PRIORITY.srcnat;
  for (const chain of chains) {
    if (!tracked && chain.priority > PRIORITY.conntrack) {
      tracked = true;
      if (!trackPacket(run, node, hook, packet)) return DROP;
    }
    if (!translated && chain.priority > translateAt) {
      translated = true;
      translate(run, node, hook, packet);
    }
    const verdict = runChain(chain, packet, env);
    if (verdict.kind !== 'accept') return verdict;
  }
  if (!tracked && !trackPacket(run, node, hook, packet)) return DROP;
  if (!translated) translate(run, node, hook, packet);
  return ACCEPT;
}

/** A nat chain is walked once for each side of a connection; later packets follow the entry. */
function runChain(chain: BaseChain, packet: Packet, env: NodeEnv): Verdict {
  if (!chain.nat) return chain.run(packet, env);
  const { tracking } = packet;
  const connection = tracking?.connection;
  if (!connection || tracking?.state !== 'NEW' || tracking.direction !== 'original') return ACCEPT;
  const destination = manipAt(chain.hook) === 'destination';
  if (destination ? connection.destinationSettled : connection.sourceSettled) return ACCEPT;
  return chain.run(packet, env);
}

function trackPacket(run: Run, node: NetNode, hook: Hook, packet: Packet): boolean {
  if (packet.tracking) return true; // came back over lo
  const tracking = track(packet, run.scratch(node));
  const place = { hook, table: 'conntrack' };
  if (tracking === 'full') {
    run.tell(node.name, { code: 'step.tableFull', params: {} }, packet, place);
    return false;
  }
  packet.tracking = tracking;
  run.tell(node.name, { code: 'step.conntrack', params: { state: tracking.state } }, packet, place);
  return true;
}

function translate(run: Run, node: NetNode, hook: Hook, packet: Packet): void {
  const manip = manipAt(hook);
  const connection = packet.tracking?.connection;
  if (!manip || !connection) return;
  if (packet.tracking?.state === 'NEW') {
    if (manip === 'destination') connection.destinationSettled = true;
    else connection.sourceSettled = true;
  }
  const first = packet.tracking?.state === 'NEW';
  if (rewrite(packet, manip) && !first)
    run.tell(node.name, { code: 'step.translateBack', params: {} }, packet, { hook, table: 'conntrack' });
}
