// Workloads: Deployment, ReplicaSet, DaemonSet of k8s.io/api/apps/v1/types.go.
import { condition, labelSelector, typeMeta } from './meta';
import { podTemplate } from './pod';
import { bool, int32, int64, intOrString, list, named, obj, ptr, retaining } from './types';

const TOP = ['apiVersion', 'kind', 'metadata', 'spec'];
const rolling = (go: string): ReturnType<typeof obj> =>
  obj(go, { maxUnavailable: ptr(intOrString), maxSurge: ptr(intOrString) });

export const deployment = obj(
  'v1.Deployment',
  {
    ...typeMeta,
    spec: obj(
      'v1.DeploymentSpec',
      {
        replicas: ptr(int32),
        selector: labelSelector,
        template: podTemplate,
        strategy: retaining(
          obj('v1.DeploymentStrategy', {
            type: named('v1.DeploymentStrategyType', 'Recreate', 'RollingUpdate'),
            rollingUpdate: rolling('v1.RollingUpdateDeployment'),
          }),
        ),
        minReadySeconds: int32,
        revisionHistoryLimit: ptr(int32),
        paused: bool,
        progressDeadlineSeconds: ptr(int32),
      },
      ['selector', 'template'],
    ),
    status: obj('v1.DeploymentStatus', {
      observedGeneration: int64,
      replicas: int32,
      updatedReplicas: int32,
      readyReplicas: int32,
      availableReplicas: int32,
      unavailableReplicas: int32,
      terminatingReplicas: ptr(int32),
      conditions: list(condition('v1.DeploymentCondition'), 'type'),
      collisionCount: ptr(int32),
    }),
  },
  TOP,
);

export const replicaSet = obj(
  'v1.ReplicaSet',
  {
    ...typeMeta,
    spec: obj(
      'v1.ReplicaSetSpec',
      { replicas: ptr(int32), minReadySeconds: int32, selector: labelSelector, template: podTemplate },
      ['selector'],
    ),
    status: obj(
      'v1.ReplicaSetStatus',
      {
        replicas: int32,
        fullyLabeledReplicas: int32,
        readyReplicas: int32,
        availableReplicas: int32,
        terminatingReplicas: ptr(int32),
        observedGeneration: int64,
        conditions: list(condition('v1.ReplicaSetCondition'), 'type'),
      },
      ['replicas'],
    ),
  },
  TOP,
);

export const daemonSet = obj(
  'v1.DaemonSet',
  {
    ...typeMeta,
    spec: obj(
      'v1.DaemonSetSpec',
      {
        selector: labelSelector,
        template: podTemplate,
        updateStrategy: obj('v1.DaemonSetUpdateStrategy', {
          type: named('v1.DaemonSetUpdateStrategyType', 'RollingUpdate', 'OnDelete'),
          rollingUpdate: rolling('v1.RollingUpdateDaemonSet'),
        }),
        minReadySeconds: int32,
        revisionHistoryLimit: ptr(int32),
      },
      ['selector', 'template'],
    ),
    status: obj(
      'v1.DaemonSetStatus',
      {
        currentNumberScheduled: int32,
        numberMisscheduled: int32,
        desiredNumberScheduled: int32,
        numberReady: int32,
        observedGeneration: int64,
        updatedNumberScheduled: int32,
        numberAvailable: int32,
        numberUnavailable: int32,
        collisionCount: ptr(int32),
        conditions: list(condition('v1.DaemonSetCondition'), 'type'),
      },
      ['currentNumberScheduled', 'numberMisscheduled', 'desiredNumberScheduled', 'numberReady'],
    ),
  },
  TOP,
);
