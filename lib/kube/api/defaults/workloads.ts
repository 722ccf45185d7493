// Defaults of Deployments, ReplicaSets and DaemonSets: pkg/apis/apps/v1/defaults.go.
import type { Deployment, IntOrString, KubeObject, PodTemplate, ReplicaSet } from '@/lib/kube/types';
import { withFields } from '@/lib/kube/api/json';
import type { PodSpecShape } from '@/lib/kube/api/pod-shape';
import { defaultPodSpec } from './pod';

export interface RollingShape {
  readonly maxUnavailable?: IntOrString;
  readonly maxSurge?: IntOrString;
}

export interface DaemonSetSpec {
  readonly selector: Deployment['spec']['selector'];
  readonly template: PodTemplate;
  readonly updateStrategy?: { readonly type?: string; readonly rollingUpdate?: RollingShape };
  readonly minReadySeconds?: number;
  readonly revisionHistoryLimit?: number;
}

/** SetDefaults_Deployment. */
export function defaultDeployment(deployment: Deployment): Deployment {
  const given = deployment.spec;
  const strategy = withFields(given.strategy ?? {}, {
    type: given.strategy?.type ?? 'RollingUpdate',
    rollingUpdate:
      (given.strategy?.type ?? 'RollingUpdate') === 'RollingUpdate'
        ? rolling(given.strategy?.rollingUpdate, '25%', '25%')
        : given.strategy?.rollingUpdate,
  });
  const spec = withFields(given, {
    replicas: given.replicas ?? 1,
    strategy,
    template: given.template && defaultTemplate(given.template),
    revisionHistoryLimit: given.revisionHistoryLimit ?? 10,
    progressDeadlineSeconds: given.progressDeadlineSeconds ?? 600,
  });
  return withFields(deployment, { spec });
}

/** SetDefaults_ReplicaSet. */
export function defaultReplicaSet(set: ReplicaSet): ReplicaSet {
  const { replicas, template } = set.spec;
  const spec = withFields(set.spec, {
    replicas: replicas ?? 1,
    template: template && defaultTemplate(template),
  });
  return withFields(set, { spec });
}

/** SetDefaults_DaemonSet. */
export function defaultDaemonSet(set: KubeObject): KubeObject {
  const given = set.spec as DaemonSetSpec;
  const type = given.updateStrategy?.type ?? 'RollingUpdate';
  const spec = withFields(given, {
    template: given.template && defaultTemplate(given.template),
    updateStrategy: withFields(given.updateStrategy ?? {}, {
      type,
      rollingUpdate:
        type === 'RollingUpdate'
          ? rolling(given.updateStrategy?.rollingUpdate, 1, 0)
          : given.updateStrategy?.rollingUpdate,
    }),
    revisionHistoryLimit: given.revisionHistoryLimit ?? 10,
  });
  return withFields(set, { spec });
}

const rolling = (
  given: RollingShape | undefined,
  maxUnavailable: IntOrString,
  maxSurge: IntOrString,
): RollingShape =>
  withFields(given ?? {}, {
    maxUnavailable: given?.maxUnavailable ?? maxUnavailable,
    maxSurge: given?.maxSurge ?? maxSurge,
  });

export function defaultTemplate(template: PodTemplate): PodTemplate {
  if (!template.spec) return template;
  return withFields(template, {
    spec: defaultPodSpec(template.spec as unknown as PodSpecShape) as unknown as PodTemplate['spec'],
  });
}
