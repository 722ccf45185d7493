// Validation by kind: what may be created, and what an update may change.
import type { Deployment, EndpointSlice, KubeObject, Node, Pod, ReplicaSet, Service } from '@/lib/kube/types';
import type { K8sVersion } from '@/lib/kube/versions';
import type { StatusCause } from './types';
import {
  validateConfigMap,
  validateConfigMapUpdate,
  validateEndpoints,
  validateEndpointSlice,
  validateEndpointSliceUpdate,
  validateNamespace,
  validateNode,
  validateNodeUpdate,
  validateServiceAccount,
} from './validation/cluster';
import { infoOf } from './kinds';
import { FieldErrors } from './validation/field-errors';
import { subdomainName, validateMeta } from './validation/meta';
import { validateDisruptionBudget, validateIngress, validateNetworkPolicy } from './validation/networking';
import {
  validateAutoscaler,
  validateClaim,
  validateCronJob,
  validateJob,
  validateReplicationController,
  validateSecret,
  validateStatefulSet,
  validateVolume,
} from './validation/others';
import { validatePod, validatePodUpdate } from './validation/pod';
import { validateService } from './validation/service';
import { validateServiceChange } from './validation/service-cluster-ips';
import {
  validateDaemonSet,
  validateDeployment,
  validateReplicaSet,
  validateSelectorUnchanged,
} from './validation/workloads';

type Rule = (object: KubeObject, old: KubeObject | undefined, k8s: K8sVersion, errors: FieldErrors) => void;

const RULES: Readonly<Record<string, Rule>> = {
  ConfigMap: (map, old, _, errors) =>
    old ? validateConfigMapUpdate(map, old, errors) : validateConfigMap(map, errors),
  DaemonSet: (set, old, k8s, errors) => {
    validateDaemonSet(set, k8s, errors);
    if (old) validateSelectorUnchanged(set, old, errors);
  },
  Deployment: (deployment, old, k8s, errors) => {
    validateDeployment(deployment as Deployment, k8s, errors);
    if (old) validateSelectorUnchanged(deployment, old, errors);
  },
  Endpoints: (endpoints, _, __, errors) => validateEndpoints(endpoints, errors),
  EndpointSlice: (slice, old, _, errors) =>
    old
      ? validateEndpointSliceUpdate(slice as EndpointSlice, old as EndpointSlice, errors)
      : validateEndpointSlice(slice as EndpointSlice, errors),
  Namespace: (namespace, _, __, errors) => validateNamespace(namespace, errors),
  Node: (node, old, _, errors) =>
    old ? validateNodeUpdate(node as Node, old as Node, errors) : validateNode(node as Node, errors),
  Pod: (pod, old, k8s, errors) =>
    old ? validatePodUpdate(pod as Pod, old as Pod, k8s, errors) : validatePod(pod as Pod, k8s, errors),
  ReplicaSet: (set, old, k8s, errors) => {
    validateReplicaSet(set as ReplicaSet, k8s, errors);
    if (old) validateSelectorUnchanged(set, old, errors);
  },
  Service: (service, old, k8s, errors) => {
    if (old) validateServiceChange(service as Service, old as Service, errors);
    validateService(service as Service, k8s, errors);
  },
  CronJob: (job, _, k8s, errors) => validateCronJob(job, k8s, errors),
  HorizontalPodAutoscaler: (scaler, _, __, errors) => validateAutoscaler(scaler, errors),
  Ingress: (ingress, _, __, errors) => validateIngress(ingress, errors),
  Job: (job, _, k8s, errors) => validateJob(job, k8s, errors),
  NetworkPolicy: (policy, _, __, errors) => validateNetworkPolicy(policy, errors),
  PersistentVolume: (volume, _, __, errors) => validateVolume(volume, errors),
  PersistentVolumeClaim: (claim, _, __, errors) => validateClaim(claim, errors),
  PodDisruptionBudget: (budget, _, __, errors) => validateDisruptionBudget(budget, errors),
  ReplicationController: (set, _, k8s, errors) => validateReplicationController(set, k8s, errors),
  Secret: (secret, old, _, errors) => validateSecret(secret, old, errors),
  StatefulSet: (set, old, k8s, errors) => {
    validateStatefulSet(set, k8s, errors);
    if (old) validateSelectorUnchanged(set, old, errors);
  },
  ServiceAccount: (account, _, __, errors) => validateServiceAccount(account, errors),
};

/** What is wrong with a defaulted object; `old` is what an update replaces. */
export function validate(
  object: KubeObject,
  old: KubeObject | undefined,
  k8s: K8sVersion,
): readonly StatusCause[] {
  const errors = new FieldErrors();
  const rule = RULES[object.kind];
  if (rule) rule(object, old, k8s, errors);
  else validateMeta(object.metadata, infoOf(object.kind).namespaced, subdomainName, errors);
  return errors.causes;
}
