// Which node announces an address in layer-2 mode: MetalLB speaker/layer2_controller.go (v0.15). Every speaker comes to the same answer
// on its own, from the nodes that it knows to be there and a hash.
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { EndpointConditions, EndpointSlice, Node, Service } from '@/lib/kube/types';
import { isExcluded } from '../service/nodes';
import { mayAnnounce, type MetalLbConfig, type Pool } from './config';

/** The first of the nodes by sha256(node + "#" + address); undefined: there is none. */
export function layer2Leader(nodes: readonly string[], address: string): string | undefined {
  const hash = new Map(nodes.map((node) => [node, bytesToHex(sha256(utf8ToBytes(`${node}#${address}`)))]));
  return nodes.toSorted((a, b) => ((hash.get(a) ?? '') < (hash.get(b) ?? '') ? -1 : 1))[0];
}

export interface Election {
  readonly service: Service;
  readonly slices: readonly EndpointSlice[];
  /** Nodes whose speaker answers the others. */
  readonly speakers: readonly Node[];
  readonly pool: Pool;
  readonly config: MetalLbConfig;
}

/** Nodes that may announce a Service's address (ShouldAnnounce); with externalTrafficPolicy Local only those with an endpoint. */
export function candidates({ service, slices, speakers, pool, config }: Election): readonly string[] {
  const serving = slices.flatMap((s) => s.endpoints ?? []).filter((e) => canServe(e.conditions));
  if (serving.length === 0) return [];
  const nodes = speakers.filter(
    (node) => !isNetworkUnavailable(node) && !isExcluded(node) && mayAnnounce(pool, node, config),
  );
  const names = nodes.map((node) => node.metadata.name ?? '');
  if (service.spec.externalTrafficPolicy !== 'Local') return names;
  return names.filter((name) => serving.some((e) => e.nodeName === name));
}

/** Ready, or serving while it shuts down (internal/k8s/epslices EndpointCanServe). */
const canServe = (conditions: EndpointConditions | undefined): boolean =>
  (conditions?.ready ?? true) || conditions?.serving === true;

const isNetworkUnavailable = ({ status }: Node): boolean =>
  status?.conditions?.some((c) => c.type === 'NetworkUnavailable' && c.status === 'True') ?? false;
