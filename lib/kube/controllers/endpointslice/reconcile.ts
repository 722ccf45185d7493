// One Service and its Pods → what to do with its EndpointSlices. Models staging/src/k8s.io/endpointslice/reconciler.go (about
// v1.31): a pure function; the driver in controller.ts reads and writes.
import type { Endpoint, EndpointPort, EndpointSlice, IPFamily, Node, Pod, Service } from '@/lib/kube/types';
import { hasLabels } from '../objects';
import { addressTypes, endpointPorts, podToEndpoint, portsKey, shouldBeInEndpoints } from './endpoint';
import { hintsEnabled, preferCloseHints, removeHints, type SliceSet } from './hints';
import { packEndpoints } from './packing';
import { isOwnedBy, newSlice, withTriggerTime } from './slice';
import { topologyHints, type ZoneRatios } from './topology-cache';

export interface ReconcileConfig {
  readonly controllerName: string;
  readonly maxEndpointsPerSlice: number;
  /** The gate TopologyAwareHints: topology-mode Auto is heeded. */
  readonly topologyHints: boolean;
  /** The gate ServiceTrafficDistribution: PreferClose is heeded. */
  readonly trafficDistribution: boolean;
  /** The gate PreferSameTrafficDistribution: PreferSameZone and PreferSameNode are heeded. */
  readonly preferSame: boolean;
}

export interface ReconcileInput {
  readonly config: ReconcileConfig;
  readonly service: Service;
  /** The Pods that the selector selects. */
  readonly pods: readonly Pod[];
  node(name: string): Node | undefined;
  /** The CPU shares of the zones, for topology-mode Auto. */
  ratios(): ZoneRatios | undefined;
  /** The slices of this Service that this controller manages. */
  readonly existing: readonly EndpointSlice[];
  /** When what is being written happened (the annotation that the network programming latency is measured from). */
  readonly triggerTime?: string | undefined;
}

export interface ReconcilePlan {
  readonly create: readonly EndpointSlice[];
  readonly update: readonly EndpointSlice[];
  readonly delete: readonly EndpointSlice[];
  /** Pods that were left out because their Node does not exist. */
  readonly missingNodes: readonly string[];
  readonly metrics: {
    readonly desiredSlices: number;
    readonly actualSlices: number;
    readonly desiredEndpoints: number;
    readonly endpointsAdded: number;
    readonly endpointsRemoved: number;
  };
  /** Hints a zone for each family, if topology-mode Auto gave any. */
  readonly allocated: ReadonlyMap<IPFamily, ReadonlyMap<string, number>>;
}

/** What has to be created, updated and deleted so that the slices say what the Pods are. */
export function reconcileService(input: ReconcileInput): ReconcilePlan {
  const families = addressTypes(input.service);
  const parts = families.map((family) => reconcileFamily(input, family));
  const foreign = input.existing.filter((s) => !families.some((f) => f === s.addressType));
  const sum = (of: (m: ReconcilePlan['metrics']) => number): number =>
    parts.reduce((n, p) => n + of(p.metrics), 0);
  return {
    create: parts.flatMap((p) => p.create),
    update: parts.flatMap((p) => p.update),
    delete: [...parts.flatMap((p) => p.delete), ...foreign],
    missingNodes: parts.flatMap((p) => p.missingNodes),
    metrics: {
      desiredSlices: sum((m) => m.desiredSlices),
      actualSlices: sum((m) => m.actualSlices),
      desiredEndpoints: sum((m) => m.desiredEndpoints),
      endpointsAdded: sum((m) => m.endpointsAdded),
      endpointsRemoved: sum((m) => m.endpointsRemoved),
    },
    allocated: new Map(
      parts.flatMap((p, i) => (p.allocated && families[i] ? [[families[i], p.allocated] as const] : [])),
    ),
  };
}

interface FamilyPlan extends Omit<ReconcilePlan, 'allocated'> {
  readonly allocated: ReadonlyMap<string, number> | undefined;
}

interface Group {
  readonly ports: readonly EndpointPort[];
  readonly endpoints: Endpoint[];
  readonly slices: EndpointSlice[];
}

function reconcileFamily(input: ReconcileInput, family: IPFamily): FamilyPlan {
  const { service, config } = input;
  const existing = input.existing.filter((s) => s.addressType === family);
  const { groups, missingNodes } = desiredGroups(input, family);
  const create: EndpointSlice[] = [];
  const update: EndpointSlice[] = [];
  const remove: EndpointSlice[] = [];
  for (const slice of existing) {
    const group = isOwnedBy(slice, service) ? groups.get(portsKey(slice.ports)) : undefined;
    if (group) group.slices.push(slice);
    else remove.push(slice);
  }
  const metrics = {
    desiredSlices: 0,
    actualSlices: 0,
    desiredEndpoints: 0,
    endpointsAdded: 0,
    endpointsRemoved: 0,
  };
  for (const { ports, endpoints, slices } of groups.values()) {
    const { controllerName, maxEndpointsPerSlice } = config;
    const emptySlice = () => newSlice(service, family, ports, controllerName);
    const packing = packEndpoints({
      service,
      controllerName,
      maxEndpointsPerSlice,
      existing: slices,
      desired: endpoints,
      emptySlice,
    });
    create.push(...packing.create);
    update.push(...packing.update);
    remove.push(...packing.delete);
    metrics.desiredSlices += Math.max(1, Math.ceil(endpoints.length / maxEndpointsPerSlice));
    metrics.actualSlices += slices.length + packing.create.length - packing.delete.length;
    metrics.desiredEndpoints += endpoints.length;
    metrics.endpointsAdded += packing.added;
    metrics.endpointsRemoved += packing.removed;
  }
  if (remove.length === existing.length && create.length === 0) {
    const placeholder = newSlice(service, family, [], config.controllerName);
    const only = remove.length === 1 ? remove[0] : undefined;
    if (only && isSamePlaceholder(only, placeholder)) remove.length = 0;
    else create.push(placeholder);
    metrics.desiredSlices = 1;
    metrics.actualSlices = 1;
  }
  const touched = new Set([...update, ...remove].map((s) => s.metadata.name));
  const unchanged = existing.filter((s) => !touched.has(s.metadata.name));
  const hinted = hintsFor(input, { create, update, unchanged });
  return { ...recycle(input, hinted.slices, remove), missingNodes, metrics, allocated: hinted.allocated };
}

/** The endpoints that should be there, by their ports. */
function desiredGroups(input: ReconcileInput, family: IPFamily) {
  const groups = new Map<string, Group>();
  const missingNodes: string[] = [];
  for (const pod of input.pods) {
    if (!shouldBeInEndpoints(pod, true)) continue;
    const ports = endpointPorts(input.service, pod);
    const key = portsKey(ports);
    const group = groups.get(key) ?? { ports, endpoints: [], slices: [] };
    groups.set(key, group);
    const node = input.node(pod.spec.nodeName ?? '');
    if (!node && input.service.spec.publishNotReadyAddresses !== true) {
      missingNodes.push(pod.metadata.name ?? '');
      continue;
    }
    const endpoint = podToEndpoint(pod, node, input.service, family);
    if (endpoint.addresses.length > 0) group.endpoints.push(endpoint);
  }
  return { groups, missingNodes };
}

/** A placeholder is the same if ports, endpoints, owner and labels are; all else does not count. */
function isSamePlaceholder(slice: EndpointSlice, placeholder: EndpointSlice): boolean {
  const labels = slice.metadata.labels ?? {};
  const wanted = placeholder.metadata.labels ?? {};
  return (
    !slice.ports?.length &&
    !slice.endpoints?.length &&
    slice.metadata.ownerReferences?.length === 1 &&
    slice.metadata.ownerReferences[0]?.uid === placeholder.metadata.ownerReferences?.[0]?.uid &&
    hasLabels(labels, wanted) &&
    hasLabels(wanted, labels)
  );
}

function hintsFor(input: ReconcileInput, slices: SliceSet): ReturnType<typeof topologyHints> {
  const { config, service } = input;
  const auto = hintsEnabled(service.metadata.annotations);
  if (auto && config.topologyHints) return topologyHints(slices, input.ratios());
  const distribution = service.spec.trafficDistribution;
  const close = distribution === 'PreferClose' && config.trafficDistribution;
  const same = config.preferSame && (distribution === 'PreferSameZone' || distribution === 'PreferSameNode');
  if (auto || !(close || same)) return { slices: removeHints(slices) };
  return { slices: preferCloseHints(slices, distribution === 'PreferSameNode') };
}

/** A slice that would be deleted while another is created is changed into that one; nothing is created for a dying Service. */
function recycle(
  { service, triggerTime }: ReconcileInput,
  slices: SliceSet,
  remove: readonly EndpointSlice[],
) {
  const create = [...slices.create];
  const update = [...slices.update];
  const gone: EndpointSlice[] = [];
  for (const slice of remove) {
    const last = create.at(-1);
    if (last && slice.addressType === last.addressType && isOwnedBy(slice, service)) {
      create.pop();
      const { name = '', uid, creationTimestamp } = slice.metadata;
      const identity = {
        ...(uid === undefined ? {} : { uid }),
        ...(creationTimestamp === undefined ? {} : { creationTimestamp }),
      };
      update.push({ ...last, metadata: { ...last.metadata, name, ...identity } });
    } else gone.push(slice);
  }
  return {
    create: service.metadata.deletionTimestamp ? [] : create.map((s) => withTriggerTime(s, triggerTime)),
    update: update.map((s) => withTriggerTime(s, triggerTime)),
    delete: gone,
  };
}
