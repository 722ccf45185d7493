// Services and Pods → v1 Endpoints, the older form. Models pkg/controller/endpoint/endpoints_controller.go.
import type { Pod, Service } from '@/lib/kube/types';
import { differences, type K8sVersion } from '@/lib/kube/versions';
import { HEADLESS_LABEL, isHeadless, TRIGGER_TIME_ANNOTATION } from '../endpointslice/slice';
import { LATENCY_MS } from '../latencies';
import { Cell } from '../memory';
import { equalJson, keyOf, splitKey, without } from '../objects';
import { ServiceIndex, servicesOf } from '../service-index';
import { NO_TRIGGER_TIMES, triggerTimeOf } from '../trigger-time';
import type { Controller } from '../types';
import { subsetsOf, truncated, type Endpoints } from './subsets';

const OVER_CAPACITY_ANNOTATION = 'endpoints.kubernetes.io/over-capacity';
const MANAGED_BY_LABEL = 'endpoints.kubernetes.io/managed-by';
const CONTROLLER_NAME = 'endpoint-controller';

/** The Endpoints controller. */
export function endpointsController(k8s: K8sVersion): Controller {
  const memory = new Cell({ index: ServiceIndex.empty, times: NO_TRIGGER_TIMES });
  return {
    name: CONTROLLER_NAME,
    watches: ['Service', 'Pod', 'Endpoints'],
    latencyMs: LATENCY_MS.endpoints,
    memory,
    keysFor(event) {
      const { kind } = event.object;
      if (kind === 'Pod') return servicesOf(memory.value.index, event);
      const key = keyOf(event.object);
      if (kind === 'Endpoints') return event.type === 'DELETED' ? [key] : [];
      const { index, times } = memory.value;
      memory.value = {
        index: index.with(event),
        times: event.type === 'DELETED' ? times.delete(key) : times,
      };
      return [key];
    },
    reconcile(key, { api }) {
      const { namespace, name } = splitKey(key);
      const service = api.get<Service>('Service', namespace, name);
      const existing = api.get<Endpoints>('Endpoints', namespace, name);
      if (!service) {
        if (existing) api.delete({ kind: 'Endpoints', namespace, name });
        return;
      }
      if (!service.spec.selector || service.spec.type === 'ExternalName') return;
      const pods = api.labelled<Pod>('Pod', namespace, service.spec.selector);
      const { time, times } = triggerTimeOf(memory.value.times, service, pods);
      memory.value = { ...memory.value, times };
      const next = desired(service, pods, existing, time, differences.endpointsManagedByLabel(k8s));
      if (!next) return;
      if (existing) api.update(next);
      else api.create(next);
    },
  };
}

/** The object to write; undefined if what is there will do. */
function desired(
  service: Service,
  pods: readonly Pod[],
  existing: Endpoints | undefined,
  time: string | undefined,
  managedBy: boolean,
): Endpoints | undefined {
  const all = subsetsOf(service, pods);
  const cut = truncated(all);
  const subsets = cut ?? all;
  const headless: Readonly<Record<string, string>> = isHeadless(service) ? { [HEADLESS_LABEL]: '' } : {};
  const managed: Readonly<Record<string, string>> = managedBy ? { [MANAGED_BY_LABEL]: CONTROLLER_NAME } : {};
  const labels = { ...service.metadata.labels, ...headless, ...managed };
  const known = existing?.metadata.annotations ?? {};
  if (
    existing &&
    equalJson(existing.subsets ?? [], subsets) &&
    equalJson(existing.metadata.labels ?? {}, labels) &&
    OVER_CAPACITY_ANNOTATION in known === (cut !== undefined)
  )
    return undefined;
  const annotations = {
    ...without(known, TRIGGER_TIME_ANNOTATION, OVER_CAPACITY_ANNOTATION),
    ...(time === undefined ? {} : { [TRIGGER_TIME_ANNOTATION]: time }),
    ...(cut ? { [OVER_CAPACITY_ANNOTATION]: 'truncated' } : {}),
  };
  const { namespace = '', name = '' } = service.metadata;
  return {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: { ...existing?.metadata, name, namespace, labels, annotations },
    ...(subsets.length > 0 ? { subsets } : {}),
  };
}
