// The door to server-side tables: which columns a kind has.
import { DEFAULT_VERSION, type K8sVersion } from '@/lib/kube/versions';
import { autoscalers, cronJobs, jobs, replicationControllers, statefulSets } from './batch';
import { anyKind, configMaps, namespaces, nodes, serviceAccounts } from './cluster';
import {
  admissionPolicies,
  admissionPolicyBindings,
  disruptionBudgets,
  ingressClasses,
  ingresses,
  networkPolicies,
} from './networking';
import {
  events,
  leases,
  limitRanges,
  persistentVolumeClaims,
  persistentVolumes,
  resourceQuotas,
  secrets,
} from './records';
import { endpoints, endpointSlices, services } from './services';
import type { TableKind } from './types';
import { daemonSets, deployments, pods, replicaSets } from './workloads';

const TABLES: Readonly<Record<string, TableKind | ((k8s: K8sVersion) => TableKind)>> = {
  Service: services,
  Endpoints: endpoints,
  EndpointSlice: endpointSlices,
  Pod: pods,
  Deployment: deployments,
  ReplicaSet: replicaSets,
  DaemonSet: daemonSets,
  StatefulSet: statefulSets,
  ReplicationController: replicationControllers,
  Job: jobs,
  CronJob: cronJobs,
  HorizontalPodAutoscaler: autoscalers,
  Node: nodes,
  Namespace: namespaces,
  ConfigMap: configMaps,
  ServiceAccount: serviceAccounts,
  Event: events,
  Secret: secrets,
  Lease: leases,
  LimitRange: limitRanges,
  ResourceQuota: resourceQuotas,
  PersistentVolume: persistentVolumes,
  PersistentVolumeClaim: persistentVolumeClaims,
  NetworkPolicy: networkPolicies,
  Ingress: ingresses,
  IngressClass: ingressClasses,
  PodDisruptionBudget: disruptionBudgets,
  ValidatingAdmissionPolicy: admissionPolicies,
  ValidatingAdmissionPolicyBinding: admissionPolicyBindings,
};

export function tableOf(kind: string, k8s: K8sVersion = DEFAULT_VERSION): TableKind {
  const table = Object.hasOwn(TABLES, kind) ? TABLES[kind] : undefined;
  return typeof table === 'function' ? table(k8s) : (table ?? anyKind);
}
export { age, humanDuration } from './duration';
export type { Cell, Column, TableKind } from './types';
