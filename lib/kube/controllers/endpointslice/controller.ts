// Services and Pods → EndpointSlices. Models pkg/controller/endpointslice/endpointslice_controller.go; the decisions are in
// reconcile.ts.
import { PersistentMap } from '@/lib/core/persistent-map';
import type { ApiClient, WatchEvent } from '@/lib/kube/api/types';
import type { EndpointSlice, IPFamily, KubeObject, Node, Pod, Service } from '@/lib/kube/types';
import { gateEnabled, type K8sVersion } from '@/lib/kube/versions';
import { LATENCY_MS } from '../latencies';
import { Cell } from '../memory';
import { keyOf, splitKey } from '../objects';
import { ServiceIndex, servicesOf } from '../service-index';
import { NO_TRIGGER_TIMES, triggerTimeOf, type TriggerTimes } from '../trigger-time';
import type { Controller } from '../types';
import { reconcileService, type ReconcileConfig, type ReconcilePlan } from './reconcile';
import { CONTROLLER_NAME, MANAGED_BY_LABEL, SERVICE_NAME_LABEL } from './slice';
import { isOverloaded, zoneRatios, type ZoneRatios } from './topology-cache';

type Allocated = ReadonlyMap<IPFamily, ReadonlyMap<string, number>>;

interface Memory {
  readonly index: ServiceIndex;
  readonly times: TriggerTimes;
  /** Services with topology-mode Auto: the hints that they got by zone. */
  readonly allocated: PersistentMap<Allocated>;
  /** Services with Pods on a Node that does not exist. */
  readonly waiting: PersistentMap<true>;
}

const NOTHING: Memory = {
  index: ServiceIndex.empty,
  times: NO_TRIGGER_TIMES,
  allocated: PersistentMap.empty(),
  waiting: PersistentMap.empty(),
};

/** kube-controller-manager's --max-endpoints-per-slice default. */
const MAX_ENDPOINTS_PER_SLICE = 100;

/** The EndpointSlice controller. */
export function endpointSliceController(k8s: K8sVersion): Controller {
  const memory = new Cell(NOTHING);
  const config: ReconcileConfig = {
    controllerName: CONTROLLER_NAME,
    maxEndpointsPerSlice: MAX_ENDPOINTS_PER_SLICE,
    topologyHints: gateEnabled(k8s, 'TopologyAwareHints'),
    trafficDistribution: gateEnabled(k8s, 'ServiceTrafficDistribution'),
    preferSame: gateEnabled(k8s, 'PreferSameTrafficDistribution'),
  };
  let writing = false;
  return {
    name: 'endpointslice-controller',
    watches: ['Service', 'Pod', 'Node', 'EndpointSlice'],
    latencyMs: LATENCY_MS.endpointSlice,
    memory,
    keysFor(event, { api }) {
      const { kind } = event.object;
      if (kind === 'Pod') return servicesOf(memory.value.index, event);
      if (kind === 'EndpointSlice') return writing ? [] : serviceOfSlice(event.object);
      if (kind === 'Node') return servicesAfterNode(event, memory.value, api);
      memory.value = { ...memory.value, index: memory.value.index.with(event) };
      if (event.type === 'DELETED') memory.value = forget(memory.value, keyOf(event.object));
      return [keyOf(event.object)];
    },
    reconcile(key, { api }) {
      const { namespace, name } = splitKey(key);
      const service = api.get<Service>('Service', namespace, name);
      if (!service?.spec.selector || service.spec.type === 'ExternalName') return;
      const pods = api.labelled<Pod>('Pod', namespace, service.spec.selector);
      const labels = { [SERVICE_NAME_LABEL]: name, [MANAGED_BY_LABEL]: CONTROLLER_NAME };
      const { time, times } = triggerTimeOf(memory.value.times, service, pods);
      const plan = reconcileService({
        config,
        service,
        pods,
        node: (node) => api.get<Node>('Node', '', node),
        ratios: () => ratiosOf(api),
        existing: api.labelled<EndpointSlice>('EndpointSlice', namespace, labels),
        triggerTime: time,
      });
      const { allocated, waiting } = memory.value;
      memory.value = {
        ...memory.value,
        times,
        allocated: plan.allocated.size > 0 ? allocated.set(key, plan.allocated) : allocated.delete(key),
        waiting: plan.missingNodes.length > 0 ? waiting.set(key, true) : waiting.delete(key),
      };
      writing = true;
      write(api, plan);
      writing = false;
    },
  };
}

const ratiosOf = (api: ApiClient): ZoneRatios | undefined => zoneRatios(api.list<Node>('Node'));

function write(api: ApiClient, plan: ReconcilePlan): void {
  for (const slice of plan.create) api.create(slice);
  for (const slice of plan.update) api.update(slice);
  for (const { kind, metadata } of plan.delete)
    api.delete({ kind, namespace: metadata.namespace ?? '', name: metadata.name ?? '' });
}

/** Somebody else touched a slice of ours: the Service must be looked at. */
function serviceOfSlice({ metadata }: KubeObject): readonly string[] {
  const service = metadata.labels?.[SERVICE_NAME_LABEL];
  if (!service || metadata.labels?.[MANAGED_BY_LABEL] !== CONTROLLER_NAME) return [];
  return [`${metadata.namespace ?? ''}/${service}`];
}

/** After a Node came, went or changed: Services that missed it, and those whose hints no longer fit the zones' CPUs. */
function servicesAfterNode(
  event: WatchEvent,
  { waiting, allocated }: Memory,
  api: ApiClient,
): readonly string[] {
  const missed = event.type === 'ADDED' ? [...waiting.keys()] : [];
  if (allocated.size === 0) return missed;
  const ratios = ratiosOf(api);
  const overloaded = [...allocated.entries()].filter(([, families]) =>
    [...families.values()].some((z) => isOverloaded(z, ratios)),
  );
  return [...missed, ...overloaded.map(([key]) => key)];
}

const forget = (memory: Memory, key: string): Memory => ({
  ...memory,
  times: memory.times.delete(key),
  allocated: memory.allocated.delete(key),
  waiting: memory.waiting.delete(key),
});
