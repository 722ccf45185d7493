// Which function describes which kind.
import { groupResource, type Mapping } from '../api/mapper';
import {
  describeConfigMap,
  describeIngress,
  describeNamespace,
  describeSecret,
  describeServiceAccount,
} from './cluster-objects';
import { describeAutoscaler } from './autoscaler';
import { describeGeneric } from './generic';
import { describeNetworkPolicy } from './network-policy';
import { describeNode } from './node';
import { describePod } from './pod';
import { describeQuota } from './quota';
import { describeEndpoints, describeEndpointSlice, describeService } from './service';
import {
  describeCronJob,
  describeDaemonSet,
  describeDeployment,
  describeJob,
  describeReplicaSet,
  describeStatefulSet,
  type Describer,
} from './workloads';

const DESCRIBERS: Readonly<Record<string, Describer>> = {
  services: describeService,
  endpoints: describeEndpoints,
  'endpointslices.discovery.k8s.io': describeEndpointSlice,
  'networkpolicies.networking.k8s.io': (_, object) => describeNetworkPolicy(object),
  pods: describePod,
  nodes: describeNode,
  namespaces: describeNamespace,
  configmaps: describeConfigMap,
  resourcequotas: describeQuota,
  secrets: describeSecret,
  serviceaccounts: describeServiceAccount,
  'ingresses.networking.k8s.io': describeIngress,
  'horizontalpodautoscalers.autoscaling': describeAutoscaler,
  'deployments.apps': describeDeployment,
  'replicasets.apps': describeReplicaSet,
  replicationcontrollers: describeReplicaSet,
  'daemonsets.apps': describeDaemonSet,
  'statefulsets.apps': describeStatefulSet,
  'jobs.batch': describeJob,
  'cronjobs.batch': describeCronJob,
};

export const describerOf = (mapping: Mapping): Describer =>
  DESCRIBERS[groupResource(mapping)] ?? describeGeneric;
