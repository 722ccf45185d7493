// The short form of a trace: hooks as "NODE table/HOOK" with the chains walked, and what the endpoint saw.
import { destinationText, sourceText, type Tuple } from '@/lib/net/conntrack/tuple';
import type { PodSpec } from '@/lib/net/routing/pod';
import type { Reason } from '@/lib/net/ruleset/types';
import type { Client } from './fate';
import type { Run, Visit } from './run';
import type { NoNeighbour, Trace, TrackedConnection, VerdictName } from './trace';

/** How a connection ended. */
export interface Ending {
  readonly verdict: VerdictName;
  readonly reason: Reason;
  readonly noNeighbour?: NoNeighbour;
}

/** The trace of a run that has ended. `reached`: the packet as it reached the process that answered. */
export function summary(
  run: Run,
  { tuple, entry, origin }: Client,
  { verdict, reason, noNeighbour }: Ending,
  reached: { readonly tuple: Tuple; readonly pod: PodSpec | undefined } | undefined,
): Trace {
  const tracked = run
    .touched()
    .flatMap(([node, { connections }]) => connections.map((connection) => ({ node, connection })));
  const translator = translatorOf(run, tracked);
  const viaNode = translator ?? (origin.kind === 'outside' ? (entry?.name ?? run.entered) : undefined);
  const icmp = tuple.protocol === 'icmp';
  return {
    verdict,
    reason,
    protocol: tuple.protocol,
    source: icmp ? tuple.source.text : sourceText(tuple),
    destination: icmp ? tuple.destination.text : destinationText(tuple),
    ...(reached && {
      endpoint: icmp ? reached.tuple.destination.text : destinationText(reached.tuple),
      sourceIPSeen: reached.tuple.source.text,
    }),
    ...(reached?.pod && { endpointPod: `${reached.pod.namespace}/${reached.pod.name}` }),
    ...(viaNode !== undefined && { viaNode }),
    ...(noNeighbour && { noNeighbour }),
    snat: reached !== undefined && reached.tuple.source.text !== tuple.source.text,
    path: pathOf(run.visits),
    steps: run.steps,
    tracked,
  };
}

/** The node that changed the destination, whether or not the packet got any further. */
function translatorOf(run: Run, tracked: readonly TrackedConnection[]): string | undefined {
  const confirmed = tracked.find((t) => t.connection.destinationTranslated);
  if (confirmed) return confirmed.node;
  return run.steps.find((s) => s.leg === 'request' && s.effect.code === 'step.dnat')?.node;
}

/** Chains that are made for a Service or an endpoint, of iptables and of nftables. */
const SERVICE_CHAIN =
  /^(?:KUBE-(?:SVC|SVL|EXT|FW|SEP)-|(?:service|local|external|firewall|endpoint)-[0-9A-Z]{8}-)/;

/**
 * The way up to the node that decides: the one that walked the most chains of Services. Its chains are named, each once; of nodes
 * before it the hooks alone. Where no Service is met, the hooks of all nodes, and the chains if it is one node.
 */
function pathOf(visits: readonly Visit[]): string[] {
  const nodes = new Map<string, number>();
  for (const { node, chain } of visits)
    nodes.set(node, (nodes.get(node) ?? 0) + (SERVICE_CHAIN.test(chain) ? 1 : 0));
  const most = Math.max(0, ...nodes.values());
  const deciding = most > 0 || nodes.size === 1 ? [...nodes].find(([, n]) => n === most)?.[0] : undefined;
  const last = deciding === undefined ? visits.length : endOfFirstPass(visits, deciding);
  const path = new Set<string>();
  for (const visit of visits.slice(0, last)) {
    const { node, hook, chain } = visit;
    const type = baseType(visit);
    if (type !== undefined) path.add(`${node} ${type}/${hook}`);
    // A base chain of iptables has no name of its own.
    if (node === deciding && chain !== hook) path.add(chain);
  }
  return [...path];
}

/** The number of visits until the packet leaves a node for the first time. */
function endOfFirstPass(visits: readonly Visit[], node: string): number {
  const start = visits.findIndex((v) => v.node === node);
  const length = visits.slice(start).findIndex((v) => v.node !== node);
  return length < 0 ? visits.length : start + length;
}

/** The table of an iptables base chain, the type of an nftables one; undefined: the chain is no base chain. */
const baseType = ({ hook, table, chain, base }: Visit): string | undefined =>
  base ?? (chain === hook ? table : undefined);
