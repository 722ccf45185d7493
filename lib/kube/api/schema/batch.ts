// Workloads that are stored without a controller: k8s.io/api/apps/v1, batch/v1, autoscaling/v2 and core/v1 types.go.
import { condition, labelSelector, objectMeta, objectReference, typeMeta } from './meta';
import { podTemplate } from './pod';
import {
  anything,
  bool,
  int32,
  int64,
  intOrString,
  labels,
  list,
  named,
  obj,
  ptr,
  quantity,
  str,
  time,
} from './types';
import { claimSpec } from './volume';

const TOP = ['apiVersion', 'kind', 'metadata'];

export const statefulSet = obj(
  'v1.StatefulSet',
  {
    ...typeMeta,
    spec: obj(
      'v1.StatefulSetSpec',
      {
        replicas: ptr(int32),
        selector: labelSelector,
        template: podTemplate,
        volumeClaimTemplates: list(
          obj('v1.PersistentVolumeClaim', { ...typeMeta, spec: claimSpec, status: anything }),
        ),
        serviceName: ptr(str),
        podManagementPolicy: named('v1.PodManagementPolicyType', 'OrderedReady', 'Parallel'),
        updateStrategy: obj('v1.StatefulSetUpdateStrategy', {
          type: named('v1.StatefulSetUpdateStrategyType', 'RollingUpdate', 'OnDelete'),
          rollingUpdate: obj('v1.RollingUpdateStatefulSetStrategy', {
            partition: ptr(int32),
            maxUnavailable: ptr(intOrString),
          }),
        }),
        revisionHistoryLimit: ptr(int32),
        minReadySeconds: int32,
        persistentVolumeClaimRetentionPolicy: obj('v1.StatefulSetPersistentVolumeClaimRetentionPolicy', {
          whenDeleted: str,
          whenScaled: str,
        }),
        ordinals: obj('v1.StatefulSetOrdinals', { start: int32 }),
      },
      ['selector', 'template'],
    ),
    status: obj(
      'v1.StatefulSetStatus',
      {
        observedGeneration: int64,
        replicas: int32,
        readyReplicas: int32,
        currentReplicas: int32,
        updatedReplicas: int32,
        currentRevision: str,
        updateRevision: str,
        collisionCount: ptr(int32),
        conditions: list(condition('v1.StatefulSetCondition'), 'type'),
        availableReplicas: ptr(int32),
      },
      ['replicas', 'availableReplicas'],
    ),
  },
  [...TOP, 'spec'],
);

export const replicationController = obj(
  'v1.ReplicationController',
  {
    ...typeMeta,
    spec: obj('v1.ReplicationControllerSpec', {
      replicas: ptr(int32),
      minReadySeconds: int32,
      selector: labels,
      template: podTemplate,
    }),
    status: obj(
      'v1.ReplicationControllerStatus',
      {
        replicas: int32,
        fullyLabeledReplicas: int32,
        readyReplicas: int32,
        availableReplicas: int32,
        observedGeneration: int64,
        conditions: list(condition('v1.ReplicationControllerCondition'), 'type'),
      },
      ['replicas'],
    ),
  },
  TOP,
);

const jobSpec = obj(
  'v1.JobSpec',
  {
    parallelism: ptr(int32),
    completions: ptr(int32),
    activeDeadlineSeconds: ptr(int64),
    podFailurePolicy: anything,
    successPolicy: anything,
    backoffLimit: ptr(int32),
    backoffLimitPerIndex: ptr(int32),
    maxFailedIndexes: ptr(int32),
    selector: labelSelector,
    manualSelector: ptr(bool),
    template: podTemplate,
    ttlSecondsAfterFinished: ptr(int32),
    completionMode: ptr(named('v1.CompletionMode', 'NonIndexed', 'Indexed')),
    suspend: ptr(bool),
    podReplacementPolicy: ptr(named('v1.PodReplacementPolicy', 'TerminatingOrFailed', 'Failed')),
    managedBy: ptr(str),
  },
  ['template'],
);

export const job = obj(
  'v1.Job',
  {
    ...typeMeta,
    spec: jobSpec,
    status: obj('v1.JobStatus', {
      conditions: list(condition('v1.JobCondition'), 'type'),
      startTime: time,
      completionTime: time,
      active: int32,
      succeeded: int32,
      failed: int32,
      terminating: ptr(int32),
      completedIndexes: str,
      failedIndexes: ptr(str),
      uncountedTerminatedPods: anything,
      ready: ptr(int32),
    }),
  },
  TOP,
);

export const cronJob = obj(
  'v1.CronJob',
  {
    ...typeMeta,
    spec: obj(
      'v1.CronJobSpec',
      {
        schedule: str,
        timeZone: ptr(str),
        startingDeadlineSeconds: ptr(int64),
        concurrencyPolicy: named('v1.ConcurrencyPolicy', 'Allow', 'Forbid', 'Replace'),
        suspend: ptr(bool),
        jobTemplate: obj('v1.JobTemplateSpec', { metadata: objectMeta, spec: jobSpec }),
        successfulJobsHistoryLimit: ptr(int32),
        failedJobsHistoryLimit: ptr(int32),
      },
      ['schedule', 'jobTemplate'],
    ),
    status: obj('v1.CronJobStatus', {
      active: list(objectReference),
      lastScheduleTime: time,
      lastSuccessfulTime: time,
    }),
  },
  TOP,
);

const metricTarget = obj(
  'v2.MetricTarget',
  {
    type: named('v2.MetricTargetType', 'Utilization', 'Value', 'AverageValue'),
    value: quantity,
    averageValue: quantity,
    averageUtilization: ptr(int32),
  },
  ['type'],
);
const targetReference = obj('v2.CrossVersionObjectReference', { kind: str, name: str, apiVersion: str }, [
  'kind',
  'name',
]);
const metricIdentifier = obj('v2.MetricIdentifier', { name: str, selector: labelSelector }, ['name']);
const scalingRules = obj('v2.HPAScalingRules', {
  stabilizationWindowSeconds: ptr(int32),
  selectPolicy: ptr(named('v2.ScalingPolicySelect', 'Max', 'Min', 'Disabled')),
  policies: list(
    obj(
      'v2.HPAScalingPolicy',
      { type: named('v2.HPAScalingPolicyType', 'Pods', 'Percent'), value: int32, periodSeconds: int32 },
      ['type', 'value', 'periodSeconds'],
    ),
  ),
  tolerance: quantity,
});

export const horizontalPodAutoscaler = obj(
  'v2.HorizontalPodAutoscaler',
  {
    ...typeMeta,
    spec: obj(
      'v2.HorizontalPodAutoscalerSpec',
      {
        scaleTargetRef: targetReference,
        minReplicas: ptr(int32),
        maxReplicas: int32,
        metrics: list(
          obj(
            'v2.MetricSpec',
            {
              type: named(
                'v2.MetricSourceType',
                'Object',
                'Pods',
                'Resource',
                'ContainerResource',
                'External',
              ),
              object: obj('v2.ObjectMetricSource', {
                describedObject: targetReference,
                target: metricTarget,
                metric: metricIdentifier,
              }),
              pods: obj('v2.PodsMetricSource', { metric: metricIdentifier, target: metricTarget }),
              resource: obj('v2.ResourceMetricSource', { name: str, target: metricTarget }, [
                'name',
                'target',
              ]),
              containerResource: obj('v2.ContainerResourceMetricSource', {
                name: str,
                target: metricTarget,
                container: str,
              }),
              external: obj('v2.ExternalMetricSource', { metric: metricIdentifier, target: metricTarget }),
            },
            ['type'],
          ),
        ),
        behavior: obj('v2.HorizontalPodAutoscalerBehavior', {
          scaleUp: scalingRules,
          scaleDown: scalingRules,
        }),
      },
      ['scaleTargetRef', 'maxReplicas'],
    ),
    status: obj(
      'v2.HorizontalPodAutoscalerStatus',
      {
        observedGeneration: ptr(int64),
        lastScaleTime: time,
        currentReplicas: int32,
        desiredReplicas: int32,
        currentMetrics: list(anything),
        conditions: list(condition('v2.HorizontalPodAutoscalerCondition'), 'type'),
      },
      ['desiredReplicas'],
    ),
  },
  TOP,
);
