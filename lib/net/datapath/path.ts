// The short form of a trace: hooks as "NODE table/HOOK" with the chains walked, and what the endpoint saw.
import { destinationText, sourceText, type Tuple } from '@/lib/net/conntrack/tuple';
import type { PodSpec } from '@/lib/net/routing/world';
import type { Reason } from '@/lib/net/ruleset/types';
import type { Client } from './fate';
import type { Run, Visit } from './run';
import type { Trace, TrackedConnection, VerdictName } from './trace';

interface Ending {
  readonly verdict: VerdictName;
  readonly reason: Reason;
}

/** The trace of a run that has ended. `reached`: the packet as it reached the process that answered. */
export function summary(
  run: Run,
  { tuple, entry, origin }: Client,
  { verdict, reason }: Ending,
  reached: { readonly tuple: Tuple; readonly pod: PodSpec | undefined } | undefined,
): Trace {
  const tracked = run
    .touched()
    .flatMap(([node, { connections }]) => connections.map((connection) => ({ node, connection })));
  const translator = translatorOf(run, tracked);
  const viaNode = translator ?? (origin.kind === 'outside' ? entry?.name : undefined);
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
    snat: reached !== undefined && reached.tuple.source.text !== tuple.source.text,
    path: pathOf(run.visits, translator),
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

/**
 * Hooks of every node on the way. Chains are named on the node that decides (it translates, or else is the only one), each once.
 */
function pathOf(visits: readonly Visit[], translator: string | undefined): string[] {
  const nodes = new Set(visits.map((v) => v.node));
  const deciding = translator ?? (nodes.size === 1 ? visits[0]?.node : undefined);
  const path: string[] = [];
  const seen = new Set<string>();
  const put = (name: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    path.push(name);
  };
  for (const visit of visits) {
    const { node, hook, chain } = visit;
    const type = baseType(visit);
    if (type !== undefined) put(`${node} ${type}/${hook}`);
    // A base chain of iptables has no name of its own.
    if (node === deciding && chain !== hook) put(chain);
  }
  return path;
}

/** The table of an iptables base chain, the type of an nftables one; undefined: the chain is no base chain. */
const baseType = ({ hook, table, chain, base }: Visit): string | undefined =>
  base ?? (chain === hook ? table : undefined);
