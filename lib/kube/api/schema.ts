// The fields of every kind that the simulated API server knows, as plain data, in the version asked for.
import { differences, type K8sVersion } from '@/lib/kube/versions';
import { cronJob, horizontalPodAutoscaler, job, replicationController, statefulSet } from './schema/batch';
import { configMap, namespace, node, serviceAccount } from './schema/cluster';
import { ingress, ingressClass, networkPolicy, podDisruptionBudget } from './schema/networking';
import { pod } from './schema/pod';
import {
  event,
  lease,
  limitRange,
  persistentVolume,
  persistentVolumeClaim,
  resourceQuota,
  secret,
  validatingAdmissionPolicy,
  validatingAdmissionPolicyBinding,
} from './schema/records';
import { endpoints, endpointSlice, service } from './schema/service';
import type { FieldSchema } from './schema/types';
import { daemonSet, deployment, replicaSet } from './schema/workloads';

export type { FieldSchema, FieldType } from './schema/types';

const SCHEMAS: Readonly<Record<string, FieldSchema>> = {
  ConfigMap: configMap,
  DaemonSet: daemonSet,
  Deployment: deployment,
  Endpoints: endpoints,
  EndpointSlice: endpointSlice,
  Namespace: namespace,
  Node: node,
  Pod: pod,
  ReplicaSet: replicaSet,
  Service: service,
  ServiceAccount: serviceAccount,
  CronJob: cronJob,
  Event: event,
  HorizontalPodAutoscaler: horizontalPodAutoscaler,
  Ingress: ingress,
  IngressClass: ingressClass,
  Job: job,
  Lease: lease,
  LimitRange: limitRange,
  NetworkPolicy: networkPolicy,
  PersistentVolume: persistentVolume,
  PersistentVolumeClaim: persistentVolumeClaim,
  PodDisruptionBudget: podDisruptionBudget,
  ReplicationController: replicationController,
  ResourceQuota: resourceQuota,
  Secret: secret,
  StatefulSet: statefulSet,
  ValidatingAdmissionPolicy: validatingAdmissionPolicy,
  ValidatingAdmissionPolicyBinding: validatingAdmissionPolicyBinding,
};

const inVersion = new Map<K8sVersion, Map<FieldSchema, FieldSchema>>();

/** The kinds that have a schema. */
export const schemaKinds = (): readonly string[] => Object.keys(SCHEMAS);

/** The fields of a kind in a version; undefined if the kind is not known. The same value for the same question. */
export function schemaOf(kind: string, k8s: K8sVersion): FieldSchema | undefined {
  const schema = SCHEMAS[kind];
  if (!schema) return undefined;
  const known = inVersion.get(k8s) ?? new Map<FieldSchema, FieldSchema>();
  inVersion.set(k8s, known);
  return trimmed(schema, k8s, known);
}

/** The schema without the fields that the version does not have; types that occur twice are one object in the result, too. */
function trimmed(schema: FieldSchema, k8s: K8sVersion, known: Map<FieldSchema, FieldSchema>): FieldSchema {
  const before = known.get(schema);
  if (before) return before;
  let result = schema;
  if (schema.items) {
    const items = trimmed(schema.items, k8s, known);
    if (items !== schema.items) result = { ...result, items };
  }
  if (schema.properties) {
    const kept = Object.entries(schema.properties).filter(
      ([, field]) => !field.when || differences[field.when](k8s),
    );
    const properties = kept.map(([name, field]) => [name, trimmed(field, k8s, known)] as const);
    const same =
      kept.length === Object.keys(schema.properties).length &&
      properties.every(([name, f]) => f === schema.properties?.[name]);
    if (!same) result = { ...result, properties: Object.fromEntries(properties) };
  }
  known.set(schema, result);
  return result;
}
