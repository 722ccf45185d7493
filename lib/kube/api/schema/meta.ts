// metadata, label selectors and references: k8s.io/apimachinery pkg/apis/meta/v1/types.go, k8s.io/api/core/v1/types.go.
import {
  anything,
  bool,
  int64,
  labels,
  list,
  map,
  named,
  obj,
  ptr,
  str,
  strings,
  time,
  type FieldSchema,
} from './types';

const ownerReference = obj(
  'v1.OwnerReference',
  {
    apiVersion: str,
    kind: str,
    name: str,
    uid: named('types.UID'),
    controller: ptr(bool),
    blockOwnerDeletion: ptr(bool),
  },
  ['apiVersion', 'kind', 'name', 'uid'],
);

export const objectMeta = obj('v1.ObjectMeta', {
  name: str,
  generateName: str,
  namespace: str,
  labels,
  annotations: labels,
  ownerReferences: list(ownerReference, 'uid'),
  finalizers: list(str, ''),
  uid: named('types.UID'),
  resourceVersion: str,
  generation: int64,
  creationTimestamp: time,
  deletionTimestamp: time,
  deletionGracePeriodSeconds: ptr(int64),
  selfLink: str,
  managedFields: list(
    obj('v1.ManagedFieldsEntry', {
      manager: str,
      operation: named('v1.ManagedFieldsOperationType'),
      apiVersion: str,
      time,
      fieldsType: str,
      fieldsV1: anything,
      subresource: str,
    }),
  ),
});

export const labelSelector = obj('v1.LabelSelector', {
  matchLabels: labels,
  matchExpressions: list(
    obj(
      'v1.LabelSelectorRequirement',
      {
        key: str,
        operator: named('v1.LabelSelectorOperator', 'In', 'NotIn', 'Exists', 'DoesNotExist'),
        values: strings,
      },
      ['key', 'operator'],
    ),
  ),
});

/** A condition of a status; the API has several of these with the same fields. */
export const condition = (go: string): FieldSchema =>
  obj(
    go,
    {
      type: str,
      status: named('v1.ConditionStatus', 'True', 'False', 'Unknown'),
      observedGeneration: int64,
      reason: str,
      message: str,
      lastTransitionTime: time,
      lastProbeTime: time,
      lastUpdateTime: time,
      lastHeartbeatTime: time,
    },
    ['type', 'status'],
  );

export const objectReference = obj('v1.ObjectReference', {
  kind: str,
  namespace: str,
  name: str,
  uid: named('types.UID'),
  apiVersion: str,
  resourceVersion: str,
  fieldPath: str,
});

export const resourceList = map({ type: 'quantity', go: 'resource.Quantity' }, 'v1.ResourceList');
export const localObjectReference = obj('v1.LocalObjectReference', { name: str });
/** The fields that every kind has. */
export const typeMeta = { apiVersion: str, kind: str, metadata: objectMeta } as const;
