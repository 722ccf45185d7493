// Defaults of the kinds that have no controller here: pkg/apis/{networking,batch,apps,autoscaling,core,admissionregistration}/v1/defaults.go.
import type { KubeObject, PodTemplate } from '@/lib/kube/types';
import { asList, asObject, isObject, mapSame, withFields, type JsonObject } from '@/lib/kube/api/json';
import { gateEnabled, type K8sVersion } from '@/lib/kube/versions';
import { defaultTemplate } from './workloads';

type Defaulter = (object: KubeObject, k8s: K8sVersion) => KubeObject;

const withSpec = (object: KubeObject, change: (spec: JsonObject) => JsonObject): KubeObject => {
  const spec = asObject(object.spec);
  const changed = change(spec);
  return changed === spec && object.spec !== undefined ? object : { ...object, spec: changed };
};

/** SetDefaults_NetworkPolicyPort, SetDefaults_NetworkPolicy. */
const networkPolicy: Defaulter = (policy) =>
  withSpec(policy, (spec) =>
    withFields(spec, {
      ingress: rules(spec['ingress']),
      egress: rules(spec['egress']),
      policyTypes: asList(spec['policyTypes']).length
        ? spec['policyTypes']
        : ['Ingress', ...(asList(spec['egress']).length > 0 ? ['Egress'] : [])],
    }),
  );

const rules = (list: unknown): unknown =>
  Array.isArray(list)
    ? mapSame(list as readonly JsonObject[], (rule) =>
        Array.isArray(rule['ports'])
          ? withFields(rule, {
              ports: mapSame(rule['ports'] as readonly JsonObject[], (port) =>
                withFields(port, { protocol: port['protocol'] ?? 'TCP' }),
              ),
            })
          : rule,
      )
    : list;

const secret: Defaulter = (object) =>
  withFields(object as KubeObject & JsonObject, {
    type: (object as KubeObject & JsonObject)['type'] ?? 'Opaque',
  });

const template = (value: unknown): unknown =>
  isObject(value) ? defaultTemplate(value as unknown as PodTemplate) : value;

/** SetDefaults_Job. */
const job: Defaulter = (object, k8s) =>
  withSpec(object, (spec) => {
    const alone = spec['completions'] === undefined && spec['parallelism'] === undefined;
    return withFields(spec, {
      completions: alone ? 1 : spec['completions'],
      parallelism: spec['parallelism'] ?? 1,
      backoffLimit: spec['backoffLimit'] ?? 6,
      completionMode: spec['completionMode'] ?? 'NonIndexed',
      suspend: spec['suspend'] ?? false,
      podReplacementPolicy:
        spec['podReplacementPolicy'] ??
        (gateEnabled(k8s, 'JobPodReplacementPolicy') ? 'TerminatingOrFailed' : undefined),
      template: template(spec['template']),
    });
  });

/** SetDefaults_CronJob: the Job's own defaults come with the Job. */
const cronJob: Defaulter = (object) =>
  withSpec(object, (spec) => {
    const jobTemplate = asObject(spec['jobTemplate']);
    const inner = asObject(jobTemplate['spec']);
    return withFields(spec, {
      concurrencyPolicy: spec['concurrencyPolicy'] ?? 'Allow',
      suspend: spec['suspend'] ?? false,
      successfulJobsHistoryLimit: spec['successfulJobsHistoryLimit'] ?? 3,
      failedJobsHistoryLimit: spec['failedJobsHistoryLimit'] ?? 1,
      jobTemplate: withFields(jobTemplate, {
        spec: withFields(inner, { template: template(inner['template']) }),
      }),
    });
  });

/** SetDefaults_StatefulSet. */
const statefulSet: Defaulter = (object) =>
  withSpec(object, (spec) => {
    const strategy = asObject(spec['updateStrategy']);
    const type = strategy['type'] ?? 'RollingUpdate';
    const rolling = asObject(strategy['rollingUpdate']);
    const retention = asObject(spec['persistentVolumeClaimRetentionPolicy']);
    return withFields(spec, {
      replicas: spec['replicas'] ?? 1,
      podManagementPolicy: spec['podManagementPolicy'] ?? 'OrderedReady',
      updateStrategy: withFields(strategy, {
        type,
        rollingUpdate:
          type === 'RollingUpdate'
            ? withFields(rolling, { partition: rolling['partition'] ?? 0 })
            : strategy['rollingUpdate'],
      }),
      revisionHistoryLimit: spec['revisionHistoryLimit'] ?? 10,
      persistentVolumeClaimRetentionPolicy: withFields(retention, {
        whenDeleted: retention['whenDeleted'] ?? 'Retain',
        whenScaled: retention['whenScaled'] ?? 'Retain',
      }),
      template: template(spec['template']),
    });
  });

/** SetDefaults_ReplicationController. */
const replicationController: Defaulter = (object) => {
  const labels = asObject(asObject(asObject(object.spec)['template'])['metadata'])['labels'];
  const metadata = object.metadata.labels || !labels ? object.metadata : { ...object.metadata, labels };
  const spec = withSpec(object, (given) =>
    withFields(given, {
      replicas: given['replicas'] ?? 1,
      selector: given['selector'] ?? labels,
      template: template(given['template']),
    }),
  ).spec;
  return withFields(object, { metadata: metadata as KubeObject['metadata'], spec });
};

const CPU_METRIC = {
  type: 'Resource',
  resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } },
};

/** SetDefaults_HorizontalPodAutoscaler. */
const autoscaler: Defaulter = (object) =>
  withSpec(object, (spec) =>
    withFields(spec, {
      minReplicas: spec['minReplicas'] ?? 1,
      metrics: asList(spec['metrics']).length > 0 ? spec['metrics'] : [CPU_METRIC],
    }),
  );

const persistentVolume: Defaulter = (object) =>
  withSpec(object, (spec) =>
    withFields(spec, {
      persistentVolumeReclaimPolicy: spec['persistentVolumeReclaimPolicy'] ?? 'Retain',
      volumeMode: spec['volumeMode'] ?? 'Filesystem',
    }),
  );

const persistentVolumeClaim: Defaulter = (object) =>
  withSpec(object, (spec) => withFields(spec, { volumeMode: spec['volumeMode'] ?? 'Filesystem' }));

/** SetDefaults_MatchResources, SetDefaults_ValidatingAdmissionPolicySpec. */
function matchResources(value: unknown): unknown {
  if (!isObject(value)) return value;
  return withFields(value, {
    matchPolicy: value['matchPolicy'] ?? 'Equivalent',
    namespaceSelector: value['namespaceSelector'] ?? {},
    objectSelector: value['objectSelector'] ?? {},
    resourceRules: scoped(value['resourceRules']),
    excludeResourceRules: scoped(value['excludeResourceRules']),
  });
}

const scoped = (list: unknown): unknown =>
  Array.isArray(list)
    ? mapSame(list as readonly JsonObject[], (rule) => withFields(rule, { scope: rule['scope'] ?? '*' }))
    : list;

const admissionPolicy: Defaulter = (object) =>
  withSpec(object, (spec) =>
    withFields(spec, {
      failurePolicy: spec['failurePolicy'] ?? 'Fail',
      matchConstraints: matchResources(spec['matchConstraints']),
    }),
  );

const admissionPolicyBinding: Defaulter = (object) =>
  withSpec(object, (spec) => withFields(spec, { matchResources: matchResources(spec['matchResources']) }));

export const OTHER_DEFAULTERS: Readonly<Record<string, Defaulter>> = {
  NetworkPolicy: networkPolicy,
  Secret: secret,
  Job: job,
  CronJob: cronJob,
  StatefulSet: statefulSet,
  ReplicationController: replicationController,
  HorizontalPodAutoscaler: autoscaler,
  PersistentVolume: persistentVolume,
  PersistentVolumeClaim: persistentVolumeClaim,
  ValidatingAdmissionPolicy: admissionPolicy,
  ValidatingAdmissionPolicyBinding: admissionPolicyBinding,
};
