// One new connection: its first packet, what answers it, and whether the answer finds the client. All that a client can tell apart
// follows from these.
import { inverse, sameTuple, type Tuple } from '@/lib/net/conntrack/tuple';
import { isLoopback } from '@/lib/net/routing/address';
import type { PodSpec } from '@/lib/net/routing/pod';
import { carry, type Arrival } from './carry';
import type { Client, Fate, Origin } from './fate';
import { packetOf } from './packet';
import { noNeighbour } from './no-neighbour';
import { summary, type Ending } from './path';
import { refusalOf } from './refusal';
import type { Run } from './run';
import type { Trace, VerdictName } from './trace';
import type { Reason } from '@/lib/net/ruleset/types';

/** IP and transport headers of the first packet, as Linux sends it. */
const OPEN_LENGTH: Readonly<Record<Tuple['protocol'], number>> = { tcp: 60, udp: 60, sctp: 68, icmp: 84 };
const ANSWER_LENGTH: Readonly<Record<Tuple['protocol'], number>> = { tcp: 60, udp: 60, sctp: 132, icmp: 84 };
const RESET_LENGTH = 40;
const V6_EXTRA = 20;

const ending = (verdict: VerdictName, code: string, params: Reason['params'] = {}): Ending => ({
  verdict,
  reason: { code: `verdict.${code}`, params },
});

/** Makes the connection in a run; the run has the steps and what nodes remember. */
export function exchange(run: Run, client: Client): Trace {
  const { tuple } = client;
  const extra = tuple.source.family === 'IPv6' ? V6_EXTRA : 0;
  const sent = packetOf(tuple, 'open', OPEN_LENGTH[tuple.protocol] + extra);
  if (client.origin.kind === 'outside') run.outsider = tuple.source.text;
  const there = carry(run, client.origin, sent, client.entry);
  run.leg = 'answer';
  const server = serverAt(run, there);
  if (!server) return summary(run, client, failure(run, client, there), undefined);
  const arrived = there.packet.tuple;
  const answered = server.listens
    ? answer(run, client, server, arrived, extra)
    : refuse(run, client, server, arrived, extra);
  const reached = server.listens ? { tuple: arrived, pod: server.pod } : undefined;
  return summary(run, client, answered, answered.verdict === 'delivered' ? reached : undefined);
}

/** Who has the packet at the end. */
interface Server {
  readonly origin: Origin;
  readonly listens: boolean;
  readonly pod: PodSpec | undefined;
}

function serverAt(run: Run, { fate, packet }: Arrival): Server | undefined {
  const { protocol, destination, destinationPort } = packet.tuple;
  const loopback = isLoopback(destination);
  if (fate.kind === 'pod') {
    const listens = protocol === 'icmp' || fate.pod.listens(protocol, destinationPort, loopback);
    return { origin: fate, listens, pod: fate.pod };
  }
  if (fate.kind === 'outside')
    return {
      origin: fate,
      listens: protocol === 'icmp' || fate.listens(protocol, destinationPort),
      pod: undefined,
    };
  if (fate.kind !== 'process') return undefined;
  if (protocol === 'icmp') return { origin: fate, listens: true, pod: undefined };
  const pod = run.world.hostPods(fate.node.name).find((p) => p.listens(protocol, destinationPort, loopback));
  return { origin: fate, listens: pod !== undefined || fate.node.listens(protocol, destinationPort), pod };
}

function answer(run: Run, client: Client, server: Server, arrived: Tuple, extra: number): Ending {
  const packet = packetOf(inverse(arrived), 'answer', ANSWER_LENGTH[arrived.protocol] + extra);
  const back = carry(run, server.origin, packet);
  return isHome(client, back) ? ending('delivered', 'delivered') : astray(back);
}

/** Nothing listens: RST, ABORT, or an ICMP error for UDP. */
function refuse(run: Run, client: Client, server: Server, arrived: Tuple, extra: number): Ending {
  const port = { port: arrived.destinationPort };
  if (arrived.protocol !== 'udp') {
    const back = carry(run, server.origin, packetOf(inverse(arrived), 'refusal', RESET_LENGTH + extra));
    return isHome(client, back) ? ending('reset', 'nothingListens', port) : astray(back);
  }
  const error = arrived.source.family === 'IPv6' ? 'icmp6-port-unreachable' : 'icmp-port-unreachable';
  const tuple: Tuple = { ...inverse(arrived), protocol: 'icmp', sourcePort: 0, destinationPort: 0 };
  const back = carry(run, server.origin, packetOf(tuple, 'error', 88, { inner: arrived, error }));
  return isHome(client, back) ? ending('rejected', 'udpPortUnreachable', port) : astray(back);
}

/** Whether a packet came back to the client's socket: to its host, and with the addresses that it knows. */
function isHome(client: Client, { fate, packet }: Arrival): boolean {
  if (!sameHost(client.origin, fate)) return false;
  if (packet.role === 'error') return packet.inner !== undefined && sameTuple(packet.inner, client.tuple);
  return sameTuple(packet.tuple, inverse(client.tuple));
}

function sameHost(origin: Origin, fate: Fate): boolean {
  if (origin.kind === 'pod') return fate.kind === 'pod' && fate.pod === origin.pod;
  if (origin.kind === 'process') return fate.kind === 'process' && fate.node === origin.node;
  return fate.kind === 'outside';
}

/** The answer did not find the client. */
function astray({ fate, packet }: Arrival): Ending {
  if (fate.kind === 'drop' || fate.kind === 'reject')
    return ending('dropped', 'answerDropped', { node: fate.node.name });
  if (fate.kind === 'lost') return ending('dropped', 'answerLost');
  return ending('dropped', 'answerStrange', { from: packet.tuple.source.text });
}

/** The first packet came to nobody. */
function failure(run: Run, client: Client, { fate, packet }: Arrival): Ending {
  // A UDP socket hears at once that its own node let the packet go no further (EPERM); TCP goes on trying, or hears of the REJECT.
  if ((fate.kind === 'reject' || fate.kind === 'drop') && heardAtOnce(client, fate))
    return ending('unreachable', 'notPermitted', { node: fate.node.name });
  if (fate.kind === 'reject') {
    const refusal = refusalOf(fate, packet.tuple);
    if (!refusal) return ending('dropped', 'noAnswer');
    const back = carry(run, { kind: 'process', node: fate.node }, refusal.packet);
    if (!isHome(client, back)) return astray(back);
    return ending(refusal.verdict, 'rejected', { node: fate.node.name, with: fate.with });
  }
  if (fate.kind === 'drop' && fate.why) return { verdict: 'dropped', reason: fate.why };
  if (fate.kind === 'drop') return ending('dropped', 'droppedByRule', { node: fate.node.name });
  if (fate.kind !== 'lost') return ending('dropped', 'noAnswer');
  const lost = ending('dropped', LOSS[fate.cause], {
    ip: packet.tuple.destination.text,
    node: fate.node?.name ?? '',
    ...(fate.cause.startsWith('balancer') && {
      port: packet.tuple.destinationPort,
      source: packet.tuple.source.text,
    }),
  });
  const told =
    fate.cause === 'no-neighbour' && fate.node
      ? noNeighbour(run.world, client, fate.node, packet)
      : undefined;
  return told ? { ...lost, noNeighbour: told } : lost;
}

const heardAtOnce = (
  { origin, tuple }: Client,
  fate: Extract<Fate, { readonly kind: 'drop' | 'reject' }>,
): boolean =>
  origin.kind === 'process' &&
  origin.node === fate.node &&
  tuple.protocol !== 'tcp' &&
  (fate.hook === 'OUTPUT' || fate.hook === 'POSTROUTING');

const LOSS = {
  nobody: 'nobodyHasAddress',
  'no-route': 'noRouteOutside',
  'no-neighbour': 'noPodHasAddress',
  martian: 'martian',
  'no-forwarding': 'noForwarding',
  loop: 'loop',
  'node-down': 'nodeDown',
  'no-healthy-node': 'noHealthyNode',
  'balancer-port': 'balancerPort',
  'balancer-source': 'balancerSource',
  'no-announcer': 'noAnnouncer',
} as const;
