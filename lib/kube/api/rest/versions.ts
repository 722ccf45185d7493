// Kinds that are served in more than one group or version: each is stored in one of them and converted on the way
// (pkg/apis/autoscaling/v1/conversion.go, pkg/apis/events/v1/conversion.go).
import { asList, asObject, isObject, withFields, type JsonObject } from '@/lib/kube/api/json';
import type { KubeObject } from '@/lib/kube/types';
import type { RestResource } from './resources';

type Fields = KubeObject & JsonObject;

/** A stored object as a resource serves it. */
export function fromStored(object: KubeObject, { info, apiVersion }: RestResource): KubeObject {
  if (!info || info.apiVersion === apiVersion) return object;
  if (apiVersion === 'autoscaling/v1') return scalerToV1(object);
  if (apiVersion === 'events.k8s.io/v1') return eventToNew(object as Fields);
  return object;
}

/** What a client sent to a resource, as it is stored. */
export function toStored(object: KubeObject, { info, apiVersion }: RestResource): KubeObject {
  if (!info || info.apiVersion === apiVersion || object.apiVersion === info.apiVersion) return object;
  if (apiVersion === 'autoscaling/v1') return scalerToV2(object);
  if (apiVersion === 'events.k8s.io/v1') return eventToCore(object as Fields);
  return object;
}

function scalerToV1(object: KubeObject): KubeObject {
  const { metrics, behavior: _, ...spec } = asObject(object.spec);
  const { currentMetrics, conditions: __, ...status } = asObject(object.status);
  const goal = asObject(cpuMetric(asList(metrics))?.['target'])['averageUtilization'];
  const seen = asObject(cpuMetric(asList(currentMetrics))?.['current'])['averageUtilization'];
  return {
    ...object,
    apiVersion: 'autoscaling/v1',
    spec: { ...spec, ...(goal === undefined ? {} : { targetCPUUtilizationPercentage: goal }) },
    status: { ...status, ...(seen === undefined ? {} : { currentCPUUtilizationPercentage: seen }) },
  };
}

const cpuMetric = (metrics: readonly unknown[]): JsonObject | undefined =>
  metrics.map((m) => asObject(asObject(m)['resource'])).find((r) => r['name'] === 'cpu');

function scalerToV2(object: KubeObject): KubeObject {
  const { targetCPUUtilizationPercentage: goal, ...spec } = asObject(object.spec);
  const metric = {
    type: 'Resource',
    resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: goal } },
  };
  const status = asObject(object.status);
  const { currentCPUUtilizationPercentage: _, ...kept } = status;
  return withFields<KubeObject>(
    {
      ...object,
      apiVersion: 'autoscaling/v2',
      spec: { ...spec, ...(goal === undefined ? {} : { metrics: [metric] }) },
    },
    { status: isObject(object.status) ? kept : undefined },
  );
}

/** Old name → new name of what events.k8s.io calls otherwise. */
const EVENT_FIELDS = {
  involvedObject: 'regarding',
  message: 'note',
  source: 'deprecatedSource',
  firstTimestamp: 'deprecatedFirstTimestamp',
  lastTimestamp: 'deprecatedLastTimestamp',
  count: 'deprecatedCount',
  reportingComponent: 'reportingController',
} as const;

const eventToNew = (event: Fields): KubeObject => ({
  ...renamed(event, new Map(Object.entries(EVENT_FIELDS))),
  apiVersion: 'events.k8s.io/v1',
});

const eventToCore = (event: Fields): KubeObject => ({
  ...renamed(event, new Map(Object.entries(EVENT_FIELDS).map(([a, b]) => [b, a]))),
  apiVersion: 'v1',
});

const renamed = (object: Fields, names: ReadonlyMap<string, string>): KubeObject =>
  Object.fromEntries(Object.entries(object).map(([k, v]) => [names.get(k) ?? k, v])) as unknown as KubeObject;
