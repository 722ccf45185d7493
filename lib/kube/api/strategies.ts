// What a create or an update does to an object beside defaulting: each kind's strategy (pkg/registry/*/strategy.go), with the
// allocation of Services in its place. An object without a change stays the same value.
import { err, ok, type Result } from '@/lib/core/result';
import type { KubeObject, Pod, Service } from '@/lib/kube/types';
import { admitPod, readmitPod } from './defaults/pod';
import { defaultServiceStatus } from './defaults/service';
import { asObject, withFields } from './json';
import type { KindInfo } from './kinds';
import type { K8sVersion } from '@/lib/kube/versions';
import type { ContainerShape, PodSpecShape } from './pod-shape';
import { allocate, type AllocationOptions } from './service-allocation';
import { dropTypeDependentFields, normaliseClusterIPs, patchAllocatedValues } from './service/update';
import type { Status } from './types';

export interface StrategyContext {
  readonly k8s: K8sVersion;
  readonly allocation: AllocationOptions;
}

/** A new object before validation. */
export function prepareCreate(
  object: KubeObject,
  { allocation }: StrategyContext,
): Result<KubeObject, Status> {
  switch (object.kind) {
    case 'Service': {
      const allocated = allocate(normaliseClusterIPs(object as Service), undefined, allocation);
      return allocated.ok ? ok({ ...allocated.value, status: { loadBalancer: {} } }) : err(allocated.error);
    }
    case 'Pod': {
      const pod = admitPod(object as Pod, () => allocation.random.suffix(5));
      return ok({ ...pod, status: { phase: 'Pending', qosClass: qosClass(pod) } });
    }
    case 'Deployment':
      return ok({ ...object, status: {} });
    case 'ReplicaSet':
      return ok({ ...object, status: { replicas: 0 } });
    case 'DaemonSet': {
      const none = {
        currentNumberScheduled: 0,
        desiredNumberScheduled: 0,
        numberMisscheduled: 0,
        numberReady: 0,
      };
      return ok({ ...object, status: none });
    }
    case 'Namespace':
      return ok({ ...object, status: { phase: 'Active' } });
    default:
      return ok(object);
  }
}

/** An update before validation. */
export function prepareUpdate(
  object: KubeObject,
  old: KubeObject,
  info: KindInfo,
  { allocation }: StrategyContext,
): Result<KubeObject, Status> {
  const withStatus = info.status ? withFields(object, { status: old.status }) : object;
  if (object.kind === 'Pod') return ok(readmitPod(withStatus as Pod, old as Pod));
  if (object.kind !== 'Service') return ok(withStatus);
  const before = old as Service;
  const patched = normaliseClusterIPs(patchAllocatedValues(withStatus as Service, before), before);
  const allocated = allocate(patched, before, allocation);
  return allocated.ok ? ok(dropTypeDependentFields(allocated.value, before)) : err(allocated.error);
}

/** A write to the status: nothing but that and a little metadata is taken over. */
export function prepareStatus(object: KubeObject, old: KubeObject, k8s: K8sVersion): KubeObject {
  const status =
    old.kind === 'Service' && (old as Service).spec.type === 'LoadBalancer'
      ? defaultServiceStatus((object as Service).status, k8s)
      : object.status;
  return withFields(old, { status: status ?? {} });
}

/** qos.ComputePodQOS. */
function qosClass(pod: Pod): 'Guaranteed' | 'Burstable' | 'BestEffort' {
  const spec = pod.spec as unknown as PodSpecShape;
  const containers: readonly ContainerShape[] = [...(spec.containers ?? []), ...(spec.initContainers ?? [])];
  const amounts = containers.map(({ resources }) => ({
    requests: asObject(resources?.requests),
    limits: asObject(resources?.limits),
  }));
  if (amounts.every(({ requests, limits }) => !hasAny(requests) && !hasAny(limits))) return 'BestEffort';
  const isGuaranteed = amounts.every(({ requests, limits }) =>
    ['cpu', 'memory'].every(
      (name) => limits[name] !== undefined && (requests[name] ?? limits[name]) === limits[name],
    ),
  );
  return isGuaranteed ? 'Guaranteed' : 'Burstable';
}

const hasAny = (amounts: Readonly<Record<string, unknown>>): boolean =>
  ['cpu', 'memory'].some((name) => amounts[name] !== undefined && amounts[name] !== '0');
