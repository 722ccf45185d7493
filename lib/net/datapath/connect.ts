// New connections in a world of nodes: one, with lots drawn, or all the ways that it can go.
import { familyOfText } from '@/lib/core/ip';
import { err, ok, type Result } from '@/lib/core/result';
import type { Protocol } from '@/lib/net/conntrack/tuple';
import { addressOf, isLoopback, type Address } from '@/lib/net/routing/address';
import type { NetNode } from '@/lib/net/routing/node';
import { routeFrom, sourceOf } from '@/lib/net/routing/route';
import { podAddress, type NetWorld } from '@/lib/net/routing/world';
import type { Reason } from '@/lib/net/ruleset/types';
import { enumerate } from './enumerate';
import { exchange } from './exchange';
import type { Client, Origin } from './fate';
import type { NodeMemory } from './node-state';
import { Run } from './run';
import type { Outcome, Trace } from './trace';
import type { Choices } from './walk-env';

/** Who opens a connection. */
export type From = { readonly pod: string } | { readonly node: string } | { readonly external: string };

export interface Call {
  readonly from: From;
  /** An IP address. */
  readonly to: string;
  /** Left out for ICMP. */
  readonly port?: number;
  readonly protocol: Protocol;
  /** The client's port; else the node's (or Pod's) kernel takes one. */
  readonly sourcePort?: number;
  /**
   * The nodes at which the network hands over traffic from outside to an address that lives on no node, equally likely; none: the
   * nodes that its load balancer chooses among, or all nodes where the cluster knows of no load balancer. In a running cluster the
   * network outside knows no way to cluster IPs and Pods: to try what a route to them would do, name the nodes it leads to.
   */
  readonly via?: readonly string[];
}

export interface NetState {
  readonly world: NetWorld;
  /** Virtual time, ms. */
  readonly now: number;
  memory(node: string): NodeMemory;
}

const FIRST_EPHEMERAL = 32_768;
const EPHEMERAL = 28_232; // net.ipv4.ip_local_port_range: 32768–60999

/** One connection: lots are drawn from `choices`. A call that cannot even be tried (no such Pod …) is an error. */
export function connectOnce(
  state: NetState,
  call: Call,
  choices: Choices,
): Result<{ trace: Trace; run: Run }, Reason> {
  const freshPort = (): number => FIRST_EPHEMERAL + choices.pick(EPHEMERAL);
  const start = startOf(state.world, call, freshPort());
  if (!start.ok) return start;
  const run = new Run({ ...state, memory: (n) => state.memory(n), choices, freshPort });
  return ok({ trace: exchange(run, enteringAt(start.value, choices)), run });
}

/** All ways that a connection can go, likeliest first; ways that differ in nothing that a trace tells are one. Changes nothing. */
export function outcomesOf(state: NetState, call: Call): Result<readonly Outcome[], Reason> {
  const start = startOf(state.world, call, FIRST_EPHEMERAL + 7232);
  if (!start.ok) return start;
  const all = enumerate((choices) => {
    let port = FIRST_EPHEMERAL + 12_232;
    const run = new Run({ ...state, memory: (n) => state.memory(n), choices, freshPort: () => port++ });
    return exchange(run, enteringAt(start.value, choices));
  });
  const merged = new Map<string, Outcome>();
  for (const { probability, value } of all) {
    const key = JSON.stringify([
      value.verdict,
      value.endpoint,
      value.viaNode,
      value.sourceIPSeen,
      value.path,
      value.reason,
    ]);
    const same = merged.get(key);
    merged.set(
      key,
      same ? { ...same, probability: same.probability + probability } : { ...value, probability },
    );
  }
  return ok([...merged.values()]);
}

interface Start {
  readonly client: Client;
  /** Nodes to choose the entry from. */
  readonly entries: readonly NetNode[];
}

function enteringAt({ client, entries }: Start, choices: Choices): Client {
  const entry = entries[choices.pick(entries.length)];
  return entry ? { ...client, entry } : client;
}

const fault = (code: string, params: Reason['params'] = {}) => err<Reason>({ code: `call.${code}`, params });

function startOf(world: NetWorld, call: Call, freshPort: number): Result<Start, Reason> {
  const destination = addressOf(call.to);
  if (!destination) return fault('noAddress', { text: call.to });
  const from = originOf(world, call.from, destination);
  if (!from.ok) return from;
  const { origin, source } = from.value;
  const icmp = call.protocol === 'icmp';
  const tuple = {
    protocol: call.protocol,
    source,
    sourcePort: icmp ? 1 : (call.sourcePort ?? freshPort),
    destination,
    destinationPort: icmp ? 1 : (call.port ?? 0),
  };
  const entries = origin.kind === 'outside' ? entriesFor(world, call.via ?? [], destination) : ok([]);
  if (!entries.ok) return entries;
  return ok({ client: { origin, tuple }, entries: entries.value });
}

/** Where the client is and which source address its socket gets. */
function originOf(
  world: NetWorld,
  from: From,
  destination: Address,
): Result<{ readonly origin: Origin; readonly source: Address }, Reason> {
  if ('external' in from) {
    const source = addressOf(from.external);
    if (!source) return fault('noAddress', { text: from.external });
    if (source.family !== destination.family)
      return fault('family', { from: source.text, to: destination.text });
    return ok({ origin: { kind: 'outside' }, source });
  }
  if ('node' in from) {
    const node = world.node(from.node);
    return node ? processOn(world, node, destination) : fault('noNode', { name: from.node });
  }
  const [namespace = '', name = ''] = from.pod.split('/');
  const pod = world.pod(namespace, name);
  const node = pod && world.node(pod.node);
  if (!pod || !node) return fault('noPod', { name: from.pod });
  if (pod.hostNetwork) return processOn(world, node, destination);
  const own = podAddress(pod, destination.family);
  if (!own) return fault('noPodAddress', { name: from.pod, family: destination.family });
  return ok({ origin: { kind: 'pod', node, pod }, source: isLoopback(destination) ? destination : own });
}

function processOn(
  world: NetWorld,
  node: NetNode,
  destination: Address,
): Result<{ readonly origin: Origin; readonly source: Address }, Reason> {
  const source = sourceOf(node, routeFrom(world, node, destination), destination);
  if (!source) return fault('noNodeAddress', { name: node.name, family: destination.family });
  return ok({ origin: { kind: 'process', node }, source });
}

/** An address that lives somewhere is reached there; any other through one of the nodes. */
function entriesFor(
  world: NetWorld,
  via: readonly string[],
  destination: Address,
): Result<readonly NetNode[], Reason> {
  if (world.holder(destination) || isLoopback(destination)) return ok([]);
  if (via.length === 0 && (world.balancer(destination) || world.unrouted(destination))) return ok([]);
  if (via.length === 0) return ok(world.nodes.filter((n) => n.hasFamily(familyOfText(destination.text))));
  const nodes: NetNode[] = [];
  for (const name of via) {
    const node = world.node(name);
    if (!node) return fault('noNode', { name });
    nodes.push(node);
  }
  return ok(nodes);
}
