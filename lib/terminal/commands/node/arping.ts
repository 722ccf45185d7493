// arping (iputils): asks the local network who has an address. Nodes answer for their own addresses, Pods for theirs on the node's
// bridge; nobody answers for a ClusterIP, and for a load balancer's address only the node that announces it.
import { parseIp } from '@/lib/core/ip';
import { addressOf } from '@/lib/net/routing/address';
import { CONTROL_ADDRESS } from '../../net/caller';
import type { Command, CommandContext, Process } from '../../types';
import { readOptions } from '../text/options';
import { macOf } from './ip';
import { nodeName } from './node-console';

function* arping(context: CommandContext): Process {
  const options = readOptions('arping', context.args, { flags: 'fqbDUA', valued: 'cwIs', exit: 2 });
  if ('exit' in options) {
    yield { kind: 'stderr', text: options.stderr };
    return 2;
  }
  const [target] = options.rest;
  if (target === undefined || parseIp(target)?.family !== 'IPv4') {
    yield {
      kind: 'stderr',
      text:
        target === undefined
          ? 'Usage: arping [-fqbDUAV] [-c count] [-w timeout] [-I device] destination\n'
          : `arping: ${target}: Name or service not known\n`,
    };
    return 2;
  }
  const device = options.values.get('I')?.at(-1) ?? 'eth0';
  const source = sourceOn(device, context);
  if (source === undefined) {
    yield { kind: 'stderr', text: `arping: Device ${device} not available.\n` };
    return 2;
  }
  const count = Number(options.values.get('c')?.at(-1) ?? Infinity);
  const limit = Number(options.values.get('w')?.at(-1) ?? Infinity) * 1000;
  const started = context.cluster.now;
  yield { kind: 'stdout', text: `ARPING ${target} from ${source} ${device}\n` };
  let sent = 0;
  let received = 0;
  let broadcasts = 0;
  // Whoever answered first is asked alone from then on, unless -b says otherwise.
  let asked: string | undefined;
  while (sent < count && context.cluster.now - started < limit) {
    sent++;
    if (asked === undefined) broadcasts++;
    const holder = macAt(target, device, context);
    const answer = asked === undefined || asked === holder ? holder : undefined;
    if (answer !== undefined) {
      if (!options.flags.has('b')) asked = answer;
      received++;
      yield { kind: 'stdout', text: `Unicast reply from ${target} [${answer.toUpperCase()}]  0.612ms\n` };
      if (options.flags.has('f')) break;
    }
    if (sent < count || answer === undefined)
      yield { kind: 'wait', ms: 1000, ...(count === Infinity ? { idle: true as const } : {}) };
  }
  yield {
    kind: 'stdout',
    text: `Sent ${sent} probes (${broadcasts} broadcast(s))\nReceived ${received} response(s)\n`,
  };
  return received > 0 ? 0 : 1;
}

/** The hardware address behind an IP on the network of a device. */
function macAt(target: string, device: string, context: CommandContext): string | undefined {
  const address = addressOf(target);
  const holder = address && context.cluster.network.world.holder(address);
  // A load balancer's address is somebody's business only if a node answers for it (MetalLB in layer-2 mode).
  const announcer = address && !holder ? context.cluster.network.world.balancer(address) : undefined;
  const [announcing] = announcer?.mode === 'layer2' ? announcer.nodes : [];
  if (announcing !== undefined && device !== 'cni0') {
    const { down } = context.cluster.network.world.node(announcing) ?? { down: true };
    return down ? undefined : macOf(announcing);
  }
  if (holder?.kind === 'node' && holder.node.down) return undefined;
  if (holder?.kind === 'node' && device !== 'cni0') return macOf(holder.node.name);
  if (
    holder?.kind === 'pod' &&
    device === 'cni0' &&
    context.console.kind === 'node' &&
    holder.node.name === nodeName(context)
  )
    return macOf(`${target}/eth0`);
  return undefined;
}

function sourceOn(device: string, context: CommandContext): string | undefined {
  if (context.console.kind === 'control') return device === 'eth0' ? CONTROL_ADDRESS : undefined;
  const node = context.cluster.network.world.node(nodeName(context));
  const own = [...(node?.ownAddresses ?? [])].filter((a) => !a.includes(':'));
  return device === 'cni0'
    ? own.find((a) => a.startsWith('10.'))
    : device === 'eth0'
      ? own.find((a) => !a.endsWith('.1'))
      : undefined;
}

export const ARPING: Command = {
  name: 'arping',
  summary: 'asks who has an address on the local network',
  on: ['control', 'node'],
  reads: 'none',
  run: arping,
};
