// topology-mode Auto: every zone gets as many endpoints as its share of the CPUs. Models
// staging/src/k8s.io/endpointslice/topologycache (topologycache.go, sliceinfo.go, utils.go). Where Go's maps leave the order open,
// zones are taken by name.
import { parseQuantity } from '@/lib/kube/api/quantity';
import type { EndpointSlice, Node } from '@/lib/kube/types';
import { byText, conditionOf } from '../objects';
import { ZONE_LABEL } from './endpoint';
import { isEndpointReady, mapEndpoints, removeHints, withHints, type SliceSet } from './hints';

/** Share of all CPUs by zone; undefined if the nodes do not say enough. */
export type ZoneRatios = ReadonlyMap<string, number>;
type Counts = Map<string, number>;

/** The most overload that an endpoint should see. */
const OVERLOAD_THRESHOLD = 0.2;
const EXCLUDED = ['node-role.kubernetes.io/control-plane', 'node-role.kubernetes.io/master'];

/** The zones' shares of the CPUs of all ready worker nodes. */
export function zoneRatios(nodes: readonly Node[]): ZoneRatios | undefined {
  const cpus: Counts = new Map();
  let total = 0;
  for (const node of nodes) {
    const labels = node.metadata.labels ?? {};
    if (EXCLUDED.some((label) => label in labels)) continue;
    if (conditionOf(node.status?.conditions, 'Ready')?.status !== 'True') continue;
    const zone = labels[ZONE_LABEL];
    const cpu = milliCpu(allocatableCpu(node));
    if (!zone || cpu === 0) return undefined;
    total += cpu;
    cpus.set(zone, (cpus.get(zone) ?? 0) + cpu);
  }
  if (total === 0 || cpus.size < 2) return undefined;
  return new Map([...cpus].sort(([a], [b]) => byText(a, b)).map(([zone, cpu]) => [zone, cpu / total]));
}

function allocatableCpu(node: Node): string | number | undefined {
  const status = node.status as { readonly allocatable?: { readonly cpu?: string | number } } | undefined;
  return status?.allocatable?.cpu;
}

function milliCpu(quantity: string | number | undefined): number {
  const parsed = quantity === undefined ? '' : parseQuantity(String(quantity));
  return typeof parsed === 'string' ? 0 : Number(parsed.nano / 1_000_000n);
}

interface Allocation {
  readonly minimum: number;
  readonly maximum: number;
  readonly desired: number;
}

/** How many endpoints each zone should get; undefined if no distribution stays below the overload threshold. */
function allocationsFor(
  ratios: ZoneRatios | undefined,
  endpoints: number,
): ReadonlyMap<string, Allocation> | undefined {
  if (!ratios || ratios.size > endpoints) return undefined;
  const minimum = (ratio: number): number => Math.ceil(ratio * endpoints * (1 / (1 + OVERLOAD_THRESHOLD)));
  const spare = endpoints - [...ratios.values()].reduce((sum, ratio) => sum + minimum(ratio), 0);
  if (spare < 0) return undefined;
  return new Map(
    [...ratios].map(([zone, ratio]) => {
      const least = minimum(ratio);
      return [zone, { minimum: least, maximum: least + spare, desired: Math.max(ratio * endpoints, least) }];
    }),
  );
}

/** The slices with hints by CPU share, and how many each zone got; without hints if that is not possible. */
export function topologyHints(
  slices: SliceSet,
  ratios: ZoneRatios | undefined,
): { readonly slices: SliceSet; readonly allocated?: ReadonlyMap<string, number> } {
  const all = [...slices.create, ...slices.update, ...slices.unchanged];
  const ready = all.reduce((sum, s) => sum + (s.endpoints ?? []).filter(isEndpointReady).length, 0);
  const allocations = allocationsFor(ratios, ready);
  if (!allocations) return { slices: removeHints(slices) };

  const allocated: Counts = new Map();
  const unchanged: EndpointSlice[] = [];
  const update = [...slices.update];
  for (const slice of slices.unchanged) {
    const hints = usableHints(slice, allocated, allocations);
    if (!hints) update.push(slice);
    else {
      unchanged.push(slice);
      for (const [zone, n] of hints) allocated.set(zone, (allocated.get(zone) ?? 0) + n);
    }
  }
  const open = [...slices.create, ...update];
  if (open.some((s) => (s.endpoints ?? []).some((e) => isEndpointReady(e) && !e.zone)))
    return { slices: removeHints(slices) };
  const own = open.map((s) => mapEndpoints(s, (e) => hintFor(e, e.zone, allocated)));
  const moves = zoneMoves(allocations, allocated);
  const moved = own.map((s) => mapEndpoints(s, (e) => moves.next(e, allocated)));
  if (allocated.size === 0) return { slices: removeHints(slices) };
  const created = slices.create.length;
  return { slices: { create: moved.slice(0, created), update: moved.slice(created), unchanged }, allocated };
}

type SlicedEndpoint = NonNullable<EndpointSlice['endpoints']>[number];

function hintFor(endpoint: SlicedEndpoint, zone: string | undefined, allocated: Counts): SlicedEndpoint {
  if (!isEndpointReady(endpoint) || !zone) return endpoint;
  allocated.set(zone, (allocated.get(zone) ?? 0) + 1);
  return withHints(endpoint, { forZones: [{ name: zone }] });
}

/** The hints that an untouched slice has, if they can stay. */
function usableHints(
  slice: EndpointSlice,
  allocated: Counts,
  allocations: ReadonlyMap<string, Allocation>,
): Counts | undefined {
  const counts: Counts = new Map();
  for (const endpoint of slice.endpoints ?? []) {
    if (!isEndpointReady(endpoint)) continue;
    const zones = endpoint.hints?.forZones ?? [];
    if (zones.length === 0) return undefined;
    for (const { name } of zones) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  for (const [zone, n] of counts) {
    const allocation = allocations.get(zone);
    if (!allocation || n + (allocated.get(zone) ?? 0) > allocation.maximum) return undefined;
  }
  return counts;
}

/** Whole endpoints to hand from zones that have too many to zones that have too few. */
function zoneMoves(allocations: ReadonlyMap<string, Allocation>, allocated: ReadonlyMap<string, number>) {
  const surplus: Counts = new Map();
  const deficit: Counts = new Map();
  for (const [zone, { desired }] of allocations) {
    const has = allocated.get(zone) ?? 0;
    if (has > desired) surplus.set(zone, has - desired);
    else if (has < desired) deficit.set(zone, desired - has);
  }
  const giving: Counts = new Map();
  const receiving: Counts = new Map();
  for (;;) {
    const from = most(surplus);
    const to = most(deficit);
    if (!from || !to || (from.n < 1 && to.n < 1) || from.n < 0.5 || to.n < 0.5) break;
    giving.set(from.zone, (giving.get(from.zone) ?? 0) + 1);
    receiving.set(to.zone, (receiving.get(to.zone) ?? 0) + 1);
    surplus.set(from.zone, from.n - 1);
    deficit.set(to.zone, to.n - 1);
  }
  return {
    next(endpoint: SlicedEndpoint, counts: Counts): SlicedEndpoint {
      const from = endpoint.zone ?? '';
      if (!isEndpointReady(endpoint) || !giving.get(from)) return endpoint;
      const to = [...receiving].find(([, n]) => n > 0)?.[0];
      if (to === undefined) return endpoint;
      giving.set(from, (giving.get(from) ?? 0) - 1);
      receiving.set(to, (receiving.get(to) ?? 0) - 1);
      counts.set(from, (counts.get(from) ?? 0) - 1);
      counts.set(to, (counts.get(to) ?? 0) + 1);
      return withHints(endpoint, { forZones: [{ name: to }] });
    },
  };
}

function most(zones: ReadonlyMap<string, number>): { readonly zone: string; readonly n: number } | undefined {
  let best: { zone: string; n: number } | undefined;
  for (const [zone, n] of zones) if (n > (best?.n ?? 0)) best = { zone, n };
  return best;
}

/** Whether some zone has fewer endpoints than the threshold allows: the Service must be looked at again. */
export function isOverloaded(
  allocated: ReadonlyMap<string, number>,
  ratios: ZoneRatios | undefined,
): boolean {
  if (allocated.size === 0) return false;
  if (!ratios) return true;
  const total = [...allocated.values()].reduce((a, b) => a + b, 0);
  return [...ratios].some(([zone, ratio]) => {
    const has = allocated.get(zone);
    return has === undefined || has < Math.ceil(total * ratio * (1 / (1 + OVERLOAD_THRESHOLD)));
  });
}
