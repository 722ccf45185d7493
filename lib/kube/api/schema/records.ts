// Events, Leases, Secrets, quotas, limits and volumes: k8s.io/api/core/v1/types.go, k8s.io/api/coordination/v1/types.go.
import { condition, labelSelector, objectReference, resourceList, typeMeta } from './meta';
import { anything, bool, int32, labels, list, map, named, obj, ptr, str, strings, time } from './types';
import { claimSpec } from './volume';

const TOP = ['apiVersion', 'kind', 'metadata'];

export const event = obj(
  'v1.Event',
  {
    ...typeMeta,
    involvedObject: objectReference,
    reason: str,
    message: str,
    source: obj('v1.EventSource', { component: str, host: str }),
    firstTimestamp: time,
    lastTimestamp: time,
    count: int32,
    type: str,
    eventTime: time,
    series: obj('v1.EventSeries', { count: int32, lastObservedTime: time }),
    action: str,
    related: objectReference,
    reportingComponent: ptr(str),
    reportingInstance: ptr(str),
  },
  [...TOP, 'involvedObject'],
);

export const lease = obj(
  'v1.Lease',
  {
    ...typeMeta,
    spec: obj('v1.LeaseSpec', {
      holderIdentity: ptr(str),
      leaseDurationSeconds: ptr(int32),
      acquireTime: time,
      renewTime: time,
      leaseTransitions: ptr(int32),
      strategy: ptr(str),
      preferredHolder: ptr(str),
    }),
  },
  TOP,
);

export const secret = obj(
  'v1.Secret',
  {
    ...typeMeta,
    immutable: ptr(bool),
    data: map({ type: 'string', go: '[]uint8' }),
    stringData: labels,
    type: named('v1.SecretType'),
  },
  TOP,
);

export const resourceQuota = obj(
  'v1.ResourceQuota',
  {
    ...typeMeta,
    spec: obj('v1.ResourceQuotaSpec', {
      hard: resourceList,
      scopes: list(named('v1.ResourceQuotaScope')),
      scopeSelector: anything,
    }),
    status: obj('v1.ResourceQuotaStatus', { hard: resourceList, used: resourceList }),
  },
  TOP,
);

export const limitRange = obj(
  'v1.LimitRange',
  {
    ...typeMeta,
    spec: obj(
      'v1.LimitRangeSpec',
      {
        limits: list(
          obj(
            'v1.LimitRangeItem',
            {
              type: named('v1.LimitType', 'Pod', 'Container', 'PersistentVolumeClaim'),
              max: resourceList,
              min: resourceList,
              default: resourceList,
              defaultRequest: resourceList,
              maxLimitRequestRatio: resourceList,
            },
            ['type'],
          ),
        ),
      },
      ['limits'],
    ),
  },
  TOP,
);

export const persistentVolumeClaim = obj(
  'v1.PersistentVolumeClaim',
  {
    ...typeMeta,
    spec: claimSpec,
    status: obj('v1.PersistentVolumeClaimStatus', {
      phase: named('v1.PersistentVolumeClaimPhase', 'Pending', 'Bound', 'Lost'),
      accessModes: strings,
      capacity: resourceList,
      conditions: list(condition('v1.PersistentVolumeClaimCondition'), 'type'),
      allocatedResources: resourceList,
      allocatedResourceStatuses: anything,
      currentVolumeAttributesClassName: ptr(str),
      modifyVolumeStatus: anything,
    }),
  },
  TOP,
);

const volumeSources = [
  'awsElasticBlockStore',
  'azureDisk',
  'azureFile',
  'cephfs',
  'cinder',
  'fc',
  'flexVolume',
  'flocker',
  'gcePersistentDisk',
  'glusterfs',
  'iscsi',
  'photonPersistentDisk',
  'portworxVolume',
  'quobyte',
  'rbd',
  'scaleIO',
  'storageos',
  'vsphereVolume',
  'csi',
] as const;

export const persistentVolume = obj(
  'v1.PersistentVolume',
  {
    ...typeMeta,
    spec: obj('v1.PersistentVolumeSpec', {
      capacity: resourceList,
      ...Object.fromEntries(volumeSources.map((name) => [name, anything])),
      hostPath: obj('v1.HostPathVolumeSource', { path: str, type: ptr(str) }, ['path']),
      local: obj('v1.LocalVolumeSource', { path: str, fsType: ptr(str) }, ['path']),
      nfs: obj('v1.NFSVolumeSource', { server: str, path: str, readOnly: bool }, ['server', 'path']),
      accessModes: list(named('v1.PersistentVolumeAccessMode')),
      claimRef: objectReference,
      persistentVolumeReclaimPolicy: named('v1.PersistentVolumeReclaimPolicy', 'Recycle', 'Delete', 'Retain'),
      storageClassName: str,
      mountOptions: strings,
      volumeMode: ptr(named('v1.PersistentVolumeMode', 'Block', 'Filesystem')),
      nodeAffinity: anything,
      volumeAttributesClassName: ptr(str),
    }),
    status: obj('v1.PersistentVolumeStatus', {
      phase: named('v1.PersistentVolumePhase', 'Pending', 'Available', 'Bound', 'Released', 'Failed'),
      message: str,
      reason: str,
      lastPhaseTransitionTime: time,
    }),
  },
  TOP,
);

const namedRules = list(
  obj('v1.NamedRuleWithOperations', {
    resourceNames: strings,
    operations: list(named('v1.OperationType', '*', 'CREATE', 'UPDATE', 'DELETE', 'CONNECT')),
    apiGroups: strings,
    apiVersions: strings,
    resources: strings,
    scope: ptr(named('v1.ScopeType', 'Cluster', 'Namespaced', '*')),
  }),
);
const matchResources = obj('v1.MatchResources', {
  namespaceSelector: labelSelector,
  objectSelector: labelSelector,
  resourceRules: namedRules,
  excludeResourceRules: namedRules,
  matchPolicy: ptr(named('v1.MatchPolicyType', 'Exact', 'Equivalent')),
});

export const validatingAdmissionPolicy = obj(
  'v1.ValidatingAdmissionPolicy',
  {
    ...typeMeta,
    spec: obj('v1.ValidatingAdmissionPolicySpec', {
      paramKind: obj('v1.ParamKind', { apiVersion: str, kind: str }),
      matchConstraints: matchResources,
      validations: list(
        obj('v1.Validation', { expression: str, message: str, reason: ptr(str), messageExpression: str }, [
          'expression',
        ]),
      ),
      failurePolicy: ptr(named('v1.FailurePolicyType', 'Fail', 'Ignore')),
      auditAnnotations: list(
        obj('v1.AuditAnnotation', { key: str, valueExpression: str }, ['key', 'valueExpression']),
      ),
      matchConditions: list(
        obj('v1.MatchCondition', { name: str, expression: str }, ['name', 'expression']),
        'name',
      ),
      variables: list(obj('v1.Variable', { name: str, expression: str }, ['name', 'expression']), 'name'),
    }),
    status: obj('v1.ValidatingAdmissionPolicyStatus', {
      observedGeneration: { type: 'integer', go: 'int64' },
      typeChecking: anything,
      conditions: list(condition('v1.Condition'), 'type'),
    }),
  },
  TOP,
);

export const validatingAdmissionPolicyBinding = obj(
  'v1.ValidatingAdmissionPolicyBinding',
  {
    ...typeMeta,
    spec: obj('v1.ValidatingAdmissionPolicyBindingSpec', {
      policyName: str,
      paramRef: obj('v1.ParamRef', {
        name: str,
        namespace: str,
        selector: labelSelector,
        parameterNotFoundAction: ptr(str),
      }),
      matchResources,
      validationActions: list(named('v1.ValidationAction', 'Deny', 'Warn', 'Audit')),
    }),
  },
  TOP,
);
