// Topology hints of one Service's slices of one family: what they are when nobody asks for any, and for trafficDistribution.
// Models staging/src/k8s.io/endpointslice/trafficdist/trafficdist.go and topologycache/utils.go RemoveHintsFromSlices.
import type { Endpoint, EndpointSlice } from '@/lib/kube/types';
import { equalJson } from '../objects';

/** The slices of one reconcile: what is made, changed and left alone. */
export interface SliceSet {
  readonly create: readonly EndpointSlice[];
  readonly update: readonly EndpointSlice[];
  readonly unchanged: readonly EndpointSlice[];
}

/**
 * "Auto" or "auto" in service.kubernetes.io/topology-aware-hints or, if that is not set, in service.kubernetes.io/topology-mode.
 */
export function hintsEnabled(annotations: Readonly<Record<string, string>> = {}): boolean {
  const value =
    annotations['service.kubernetes.io/topology-aware-hints'] ??
    annotations['service.kubernetes.io/topology-mode'];
  return value === 'Auto' || value === 'auto';
}

export const isEndpointReady = (endpoint: Endpoint): boolean => endpoint.conditions?.ready === true;

/** The endpoint with a hint, or without any. */
export function withHints(endpoint: Endpoint, hints: Endpoint['hints']): Endpoint {
  if (equalJson(endpoint.hints, hints)) return endpoint;
  const { hints: _, ...rest } = endpoint;
  return hints ? { ...rest, hints } : rest;
}

/** The slice with its endpoints changed one by one; the same slice if none changes. */
export function mapEndpoints(slice: EndpointSlice, change: (endpoint: Endpoint) => Endpoint): EndpointSlice {
  const before = slice.endpoints ?? [];
  const after = before.map(change);
  return after.every((e, i) => e === before[i]) ? slice : { ...slice, endpoints: after };
}

/** Applies a rule for hints to all slices; an untouched slice that it changes becomes an update. */
function rewrite(slices: SliceSet, change: (endpoint: Endpoint) => Endpoint): SliceSet {
  const update = slices.update.map((s) => mapEndpoints(s, change));
  const unchanged: EndpointSlice[] = [];
  for (const slice of slices.unchanged) {
    const next = mapEndpoints(slice, change);
    if (next === slice) unchanged.push(slice);
    else update.push(next);
  }
  return { create: slices.create.map((s) => mapEndpoints(s, change)), update, unchanged };
}

/** No hints at all. */
export const removeHints = (slices: SliceSet): SliceSet => rewrite(slices, (e) => withHints(e, undefined));

/** trafficDistribution PreferClose (and PreferSameZone; PreferSameNode adds the node): every ready endpoint serves its own zone. */
export function preferCloseHints(slices: SliceSet, sameNode: boolean): SliceSet {
  return rewrite(slices, (endpoint) => {
    if (!isEndpointReady(endpoint)) return endpoint;
    const forZones = endpoint.zone === undefined ? {} : { forZones: [{ name: endpoint.zone }] };
    const forNodes =
      sameNode && endpoint.nodeName !== undefined ? { forNodes: [{ name: endpoint.nodeName }] } : {};
    const hints = { ...forZones, ...forNodes };
    return withHints(endpoint, Object.keys(hints).length > 0 ? hints : undefined);
  });
}
