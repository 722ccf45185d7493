// What a create or an update does to an object beside defaulting: each kind's strategy (pkg/registry/*/strategy.go), with the
// allocation of Services in its place. An object without a change stays the same value.
import { err, ok, type Result } from '@/lib/core/result';
import type { KubeObject, Pod, Service } from '@/lib/kube/types';
import { admitPod, readmitPod } from './defaults/pod';
import { defaultServiceStatus } from './defaults/service';
import { base64OfText } from './base64';
import { asObject, isObject, withFields, type JsonObject } from './json';
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
    case 'Job':
      return ok({ ...withJobSelector(object), status: {} });
    case 'Secret':
      return ok(withStringData(object));
    case 'CronJob':
    case 'ValidatingAdmissionPolicy':
      return ok({ ...object, status: {} });
    case 'Ingress':
      return ok({ ...object, status: { loadBalancer: {} } });
    case 'ReplicationController':
      return ok({ ...object, status: { replicas: 0 } });
    case 'StatefulSet':
      return ok({ ...object, status: { replicas: 0, availableReplicas: 0 } });
    case 'HorizontalPodAutoscaler':
      return ok({ ...object, status: { currentReplicas: 0, desiredReplicas: 0, currentMetrics: null } });
    case 'PersistentVolume':
    case 'PersistentVolumeClaim':
      return ok({ ...object, status: { phase: 'Pending' } });
    case 'ResourceQuota':
      return ok({ ...object, status: {} });
    case 'PodDisruptionBudget':
      return ok({ ...object, status: NO_DISRUPTIONS });
    case 'Namespace':
      return ok({ ...object, status: { phase: 'Active' } });
    default:
      return ok(object);
  }
}

const NO_DISRUPTIONS = { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 };

/** stringData is for writing only: it becomes data (pkg/registry/core/secret/strategy.go, defaults). */
function withStringData(secret: KubeObject): KubeObject {
  const { stringData, ...rest } = secret as KubeObject & JsonObject;
  if (!isObject(stringData)) return secret;
  const written = Object.entries(stringData).map(([k, v]) => [k, base64OfText(String(v as string))] as const);
  return { ...rest, data: { ...asObject(rest['data']), ...Object.fromEntries(written) } } as KubeObject;
}

/** A Job selects its Pods by its own uid (pkg/registry/batch/job/strategy.go generateSelector). */
function withJobSelector(job: KubeObject): KubeObject {
  const spec = asObject(job.spec);
  if (spec['manualSelector'] === true || spec['selector'] !== undefined) return job;
  const { uid = '', name = '' } = job.metadata;
  const template = asObject(spec['template']);
  const metadata = asObject(template['metadata']);
  const labels = {
    ...asObject(metadata['labels']),
    'batch.kubernetes.io/controller-uid': uid,
    'batch.kubernetes.io/job-name': name,
    'controller-uid': uid,
    'job-name': name,
  };
  const selector = { matchLabels: { 'batch.kubernetes.io/controller-uid': uid } };
  return {
    ...job,
    spec: { ...spec, selector, template: { ...template, metadata: { ...metadata, labels } } },
  };
}

/** An update before validation. */
export function prepareUpdate(
  object: KubeObject,
  old: KubeObject,
  info: KindInfo,
  { allocation }: StrategyContext,
): Result<KubeObject, Status> {
  if (object.kind === 'Secret') return ok(withStringData(object));
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
