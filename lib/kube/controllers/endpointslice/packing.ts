// Which endpoint goes into which slice, for one set of ports. Models staging/src/k8s.io/endpointslice/reconciler.go
// reconcileByPortMapping. Upstream takes new endpoints out of a Go map, in no order; here they come by address, as in Endpoints.
import type { Endpoint, EndpointSlice } from '@/lib/kube/types';
import { byText } from '../objects';
import { identityOf, sameEndpoint } from './endpoint';
import { sliceLabels } from './slice';
import type { Service } from '@/lib/kube/types';

export interface PackingInput {
  readonly service: Service;
  readonly controllerName: string;
  readonly maxEndpointsPerSlice: number;
  /** The slices of these ports. */
  readonly existing: readonly EndpointSlice[];
  readonly desired: readonly Endpoint[];
  /** An empty slice of these ports. */
  emptySlice(): EndpointSlice;
}

export interface Packing {
  readonly create: readonly EndpointSlice[];
  readonly update: readonly EndpointSlice[];
  readonly delete: readonly EndpointSlice[];
  readonly added: number;
  readonly removed: number;
}

const addressOf = (endpoint: Endpoint): string => endpoint.addresses[0] ?? '';
const endpointsOf = (slice: EndpointSlice): readonly Endpoint[] => slice.endpoints ?? [];

/** Keeps what is there where it is, fills touched slices first, then at most one untouched one, then makes new ones. */
export function packEndpoints(input: PackingInput): Packing {
  const { existing, desired, maxEndpointsPerSlice: max } = input;
  const wanted = new Map(desired.map((e) => [identityOf(e), e] as const));
  const kept = existing.map((slice) => keepDesired(slice, wanted, input));
  const added = wanted.size;
  const left = [...wanted.values()].sort((a, b) => byText(addressOf(a), addressOf(b)));

  const updated = new Map<EndpointSlice, EndpointSlice>();
  for (const { slice, next, fate } of kept) if (fate === 'update') updated.set(slice, next);
  const fullestFirst = [...updated].sort(([, a], [, b]) => endpointsOf(b).length - endpointsOf(a).length);
  for (const [slice, next] of fullestFirst) updated.set(slice, fill(next, left, max));

  const create: EndpointSlice[] = [];
  const unchanged = kept.filter((k) => k.fate === 'unchanged').map((k) => k.slice);
  while (left.length > 0) {
    const slice = left.length < max ? sliceToFill(unchanged, left.length, max) : undefined;
    if (slice) {
      updated.set(slice, fill(slice, left, max));
      unchanged.splice(unchanged.indexOf(slice), 1);
    } else create.push(fill(input.emptySlice(), left, max));
  }
  const removed = kept.reduce(
    (sum, k) => sum + Math.max(0, endpointsOf(k.slice).length - endpointsOf(k.next).length),
    0,
  );
  const update = existing.flatMap((slice) => updated.get(slice) ?? []);
  return {
    create,
    update,
    delete: kept.filter((k) => k.fate === 'delete').map((k) => k.slice),
    added,
    removed,
  };
}

interface Kept {
  readonly slice: EndpointSlice;
  readonly next: EndpointSlice;
  readonly fate: 'update' | 'delete' | 'unchanged';
}

/** Step 1: takes out of a slice what is no longer desired, and out of `wanted` what the slice has. */
function keepDesired(slice: EndpointSlice, wanted: Map<string, Endpoint>, input: PackingInput): Kept {
  const endpoints: Endpoint[] = [];
  let changed = false;
  for (const endpoint of endpointsOf(slice)) {
    const id = identityOf(endpoint);
    const now = wanted.get(id);
    if (!now) continue;
    endpoints.push(now);
    changed ||= !sameEndpoint(now, endpoint);
    wanted.delete(id);
  }
  const labels = sliceLabels(slice, input.service, input.controllerName);
  if (changed || endpoints.length !== endpointsOf(slice).length) {
    if (endpoints.length === 0) return { slice, next: { ...slice, endpoints }, fate: 'delete' };
    return {
      slice,
      next: { ...slice, metadata: { ...slice.metadata, labels: labels.labels }, endpoints },
      fate: 'update',
    };
  }
  if (!labels.changed) return { slice, next: slice, fate: 'unchanged' };
  return {
    slice,
    next: { ...slice, metadata: { ...slice.metadata, labels: labels.labels } },
    fate: 'update',
  };
}

/** The slice with as many of `left` as fit; they are taken off the front of `left`. */
function fill(slice: EndpointSlice, left: Endpoint[], max: number): EndpointSlice {
  const room = Math.max(0, max - endpointsOf(slice).length);
  const taken = left.splice(0, room);
  return taken.length === 0 ? slice : { ...slice, endpoints: [...endpointsOf(slice), ...taken] };
}

/** The slice that `count` more endpoints fill best. */
function sliceToFill(
  slices: readonly EndpointSlice[],
  count: number,
  max: number,
): EndpointSlice | undefined {
  let best: EndpointSlice | undefined;
  let closest = max;
  for (const slice of slices) {
    const room = max - (count + endpointsOf(slice).length);
    if (room < 0 || room >= closest) continue;
    closest = room;
    best = slice;
  }
  return best;
}
