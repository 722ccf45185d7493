// MetalLB's controller: gives addresses to Services. Models controller/service.go convergeBalancer (v0.15).
import type { WatchEvent } from '@/lib/kube/api/types';
import type { ConfigMap, Service } from '@/lib/kube/types';
import { LATENCY_MS } from '../latencies';
import { equalJson, keyOf, splitKey, without } from '../objects';
import type { Controller, ControllerContext } from '../types';
import {
  allocated,
  annotationKey,
  annotationOf,
  currentAddresses,
  desiredAddresses,
  goList,
  mayHave,
  type Allocated,
} from './allocation';
import { isMetalLbs, metalLbConfig, METALLB_CONFIG, type MetalLbConfig } from './config';

const COMPONENT = 'metallb-controller';

/** Whether an event is about MetalLB's configuration, and changes it. */
export const changesConfig = ({ object, old, type }: WatchEvent): boolean =>
  object.metadata.namespace === METALLB_CONFIG.namespace &&
  object.metadata.name === METALLB_CONFIG.name &&
  (type !== 'MODIFIED' || !equalJson((old as ConfigMap | undefined)?.data, (object as ConfigMap).data));

/** Does nothing in a cluster without MetalLB (config.ts). */
export const metalLbController = (): Controller => ({
  name: COMPONENT,
  watches: ['Service', 'ConfigMap'],
  latencyMs: LATENCY_MS.cloud,
  keysFor(event, { api, record }) {
    if (event.object.kind === 'ConfigMap') {
      if (event.type === 'DELETED' || !changesConfig(event)) return [];
      const message = metalLbConfig(api)?.problem;
      if (message !== undefined)
        record(event.object, {
          type: 'Warning',
          reason: 'InvalidConfiguration',
          message,
          component: COMPONENT,
        });
      return api.list<Service>('Service').map(keyOf);
    }
    if (!metalLbConfig(api)) return [];
    // An address that comes free may be what others wait for.
    if (event.type === 'DELETED') return api.list<Service>('Service').filter(isWaiting).map(keyOf);
    return [keyOf(event.object)];
  },
  reconcile(key, context) {
    const found = metalLbConfig(context.api);
    const { namespace, name } = splitKey(key);
    const service = context.api.get<Service>('Service', namespace, name);
    if (!found || !service || service.metadata.deletionTimestamp !== undefined) return;
    if (isMetalLbs(service, found.config)) converge(service, found.config, context);
    else if (annotationOf(service, 'ip-allocated-from-pool') !== '') write(service, undefined, context);
  },
});

const isWaiting = (service: Service): boolean =>
  service.spec.type === 'LoadBalancer' && currentAddresses(service).length === 0;

function converge(service: Service, config: MetalLbConfig, context: ControllerContext): void {
  if (config.pools.length === 0 || (service.spec.clusterIPs ?? []).length === 0) return;
  const key = keyOf(service);
  const say = (type: 'Normal' | 'Warning', reason: string, message: string): void =>
    context.record(service, { type, reason, message, component: COMPONENT });
  const others = context.api
    .list<Service>('Service')
    .filter((other) => other.metadata.uid !== service.metadata.uid && currentAddresses(other).length > 0);
  const current = currentAddresses(service);
  if (current.length > 0) {
    const kept = mayHave(service, current, others, config);
    if (!kept.ok)
      say(
        'Normal',
        'ClearAssignment',
        `current IP for "${key}" not allowed by config, will attempt for new IP assignment: ${kept.error}`,
      );
    const desired = desiredAddresses(service);
    if (!desired.ok)
      return say('Warning', 'LoadBalancerFailed', `invalid requested loadbalancer IPs: ${desired.error}`);
    const pool = annotationOf(service, 'address-pool');
    const moved = desired.value.length > 0 && !equalJson(desired.value.toSorted(), current.toSorted());
    if (kept.ok && !moved && (pool === '' || pool === kept.value.pool))
      return write(service, kept.value, context);
  }
  const given = allocated(service, others, config);
  if (given.ok) say('Normal', 'IPAllocated', `Assigned IP ${goList(given.value.addresses)}`);
  else say('Warning', 'AllocationFailed', `Failed to allocate IP for "${key}": ${given.error}`);
  write(service, given.ok ? given.value : undefined, context);
}

/** The Service with these addresses in its status, and the name of their pool. */
function write(service: Service, given: Allocated | undefined, { api }: ControllerContext): void {
  const bare = without(
    service.metadata.annotations ?? {},
    annotationKey('ip-allocated-from-pool'),
    annotationKey('ip-allocated-from-pool', 'metallb.universe.tf'),
  );
  const annotations = given ? { ...bare, [annotationKey('ip-allocated-from-pool')]: given.pool } : bare;
  let next = service;
  if (!equalJson(annotations, service.metadata.annotations ?? {})) {
    const result = api.update<Service>({ ...service, metadata: { ...service.metadata, annotations } });
    if (!result.ok) return;
    next = result.value;
  }
  const addresses = given?.addresses ?? [];
  if (equalJson(currentAddresses(next), addresses)) return;
  const loadBalancer = addresses.length > 0 ? { ingress: addresses.map((ip) => ({ ip })) } : {};
  api.update<Service>({ ...next, status: { ...next.status, loadBalancer } }, { subresource: 'status' });
}
