// Secrets, Jobs, CronJobs, StatefulSets, autoscalers, claims, Events, Leases: pkg/apis/{core,batch,apps,autoscaling}/validation.
import { asList, asObject, isObject, sameJson, type JsonObject } from '@/lib/kube/api/json';
import type { PodSpecShape } from '@/lib/kube/api/pod-shape';
import type { KubeObject, ObjectMeta } from '@/lib/kube/types';
import type { K8sVersion } from '@/lib/kube/versions';
import { goMap, type FieldErrors } from './field-errors';
import { subdomainName, validateMeta, validateSelector } from './meta';
import { validateTemplate } from './pod';
import { configMapKey } from './texts';

const SECRET_LIMIT = 1024 * 1024;

/** ValidateSecret, ValidateSecretUpdate. */
export function validateSecret(object: KubeObject, old: KubeObject | undefined, errors: FieldErrors): void {
  const secret = object as KubeObject & JsonObject;
  validateMeta(object.metadata, true, subdomainName, errors);
  const data = asObject(secret['data']);
  let size = 0;
  for (const [key, value] of Object.entries(data)) {
    errors.invalidEach(`data[${key}]`, key, configMapKey(key));
    size += Math.floor((String(value).length * 3) / 4);
  }
  if (size > SECRET_LIMIT) errors.tooLong('data', SECRET_LIMIT);
  if (secret['type'] === 'kubernetes.io/tls')
    for (const key of ['tls.crt', 'tls.key']) if (data[key] === undefined) errors.required(`data[${key}]`);
  const before = old as (KubeObject & JsonObject) | undefined;
  if (!before) return;
  if (before['type'] !== undefined && before['type'] !== secret['type'])
    errors.invalid('type', secret['type'] ?? '', 'field is immutable');
  if (before['immutable'] !== true) return;
  if (secret['immutable'] !== true) errors.forbidden('immutable', IMMUTABLE);
  if (!sameJson(data, asObject(before['data']))) errors.forbidden('data', IMMUTABLE);
}

const IMMUTABLE = 'field is immutable when `immutable` is set';

function podTemplate(
  template: unknown,
  path: string,
  k8s: K8sVersion,
  errors: FieldErrors,
): { readonly labels: Readonly<Record<string, string>>; readonly spec: PodSpecShape } {
  const { metadata, spec } = asObject(template);
  const shape = asObject(spec) as unknown as PodSpecShape;
  validateTemplate(metadata as ObjectMeta | undefined, shape, path, k8s, errors);
  return { labels: asObject(asObject(metadata)['labels']) as Record<string, string>, spec: shape };
}

/** ValidateJob. */
export function validateJob(object: KubeObject, k8s: K8sVersion, errors: FieldErrors): void {
  validateMeta(object.metadata, true, subdomainName, errors);
  const spec = asObject(object.spec);
  jobSpec(spec, 'spec', k8s, errors);
  if (spec['selector'] === undefined) errors.required('spec.selector');
}

function jobSpec(spec: JsonObject, path: string, k8s: K8sVersion, errors: FieldErrors): void {
  for (const field of [
    'parallelism',
    'completions',
    'activeDeadlineSeconds',
    'backoffLimit',
    'ttlSecondsAfterFinished',
  ])
    errors.nonNegative(`${path}.${field}`, spec[field] as number | undefined);
  const { spec: pod } = podTemplate(spec['template'], `${path}.template`, k8s, errors);
  const policy = pod.restartPolicy;
  if (policy === 'Always')
    errors.required(`${path}.template.spec.restartPolicy`, 'valid values: "OnFailure", "Never"');
  else if (policy !== 'OnFailure' && policy !== 'Never')
    errors.notSupported(`${path}.template.spec.restartPolicy`, policy ?? '', ['OnFailure', 'Never']);
}

const CRON_NAME_LIMIT = 52;

/** ValidateCronJobCreate. */
export function validateCronJob(object: KubeObject, k8s: K8sVersion, errors: FieldErrors): void {
  validateMeta(object.metadata, true, subdomainName, errors);
  const spec = asObject(object.spec);
  const schedule = spec['schedule'];
  if (typeof schedule !== 'string' || schedule === '') errors.required('spec.schedule');
  else {
    const count = schedule.trim().split(/\s+/).length;
    if (!schedule.startsWith('@') && count !== 5)
      errors.invalid(
        'spec.schedule',
        schedule,
        `expected exactly 5 fields, found ${count}: [${schedule.trim().split(/\s+/).join(' ')}]`,
      );
  }
  const policies = ['Allow', 'Forbid', 'Replace'];
  if (!policies.includes(spec['concurrencyPolicy'] as string))
    errors.notSupported('spec.concurrencyPolicy', spec['concurrencyPolicy'] ?? '', policies);
  jobSpec(asObject(asObject(spec['jobTemplate'])['spec']), 'spec.jobTemplate.spec', k8s, errors);
  if ((object.metadata.name ?? '').length > CRON_NAME_LIMIT)
    errors.invalid(
      'metadata.name',
      object.metadata.name ?? '',
      `must be no more than ${CRON_NAME_LIMIT} characters`,
    );
}

/** ValidateStatefulSet. */
export function validateStatefulSet(object: KubeObject, k8s: K8sVersion, errors: FieldErrors): void {
  validateMeta(object.metadata, true, subdomainName, errors);
  const spec = asObject(object.spec);
  errors.nonNegative('spec.replicas', spec['replicas'] as number | undefined);
  const selector = spec['selector'];
  if (!isObject(selector)) errors.required('spec.selector');
  else validateSelector(selector, 'spec.selector', errors);
  const { labels } = podTemplate(spec['template'], 'spec.template', k8s, errors);
  const wanted = asObject(asObject(selector)['matchLabels']);
  if (!Object.entries(wanted).every(([key, value]) => labels[key] === value))
    errors.invalid(
      'spec.template.metadata.labels',
      goMap(labels),
      '`selector` does not match template `labels`',
    );
}

/** ValidateHorizontalPodAutoscaler. */
export function validateAutoscaler(object: KubeObject, errors: FieldErrors): void {
  validateMeta(object.metadata, true, subdomainName, errors);
  const { minReplicas, maxReplicas, scaleTargetRef } = asObject(object.spec) as {
    minReplicas?: number;
    maxReplicas?: number;
    scaleTargetRef?: JsonObject;
  };
  if (minReplicas !== undefined && minReplicas < 1)
    errors.invalid('spec.minReplicas', minReplicas, 'must be greater than or equal to 1');
  const most = maxReplicas ?? 0;
  if (most < 1) errors.invalid('spec.maxReplicas', most, 'must be greater than 0');
  if (minReplicas !== undefined && most < minReplicas)
    errors.invalid('spec.maxReplicas', most, 'must be greater than or equal to `minReplicas`');
  if (!scaleTargetRef?.['kind']) errors.required('spec.scaleTargetRef.kind');
  if (!scaleTargetRef?.['name']) errors.required('spec.scaleTargetRef.name');
}

/** ValidatePersistentVolumeClaim. */
export function validateClaim(object: KubeObject, errors: FieldErrors): void {
  validateMeta(object.metadata, true, subdomainName, errors);
  const spec = asObject(object.spec);
  if (asList(spec['accessModes']).length === 0)
    errors.required('spec.accessModes', 'at least 1 access mode is required');
  const storage = asObject(asObject(spec['resources'])['requests'])['storage'];
  if (storage === undefined) errors.required('spec.resources[storage]');
}

/** ValidatePersistentVolume. */
export function validateVolume(object: KubeObject, errors: FieldErrors): void {
  validateMeta(object.metadata, false, subdomainName, errors);
  const spec = asObject(object.spec);
  if (asList(spec['accessModes']).length === 0) errors.required('spec.accessModes');
  if (Object.keys(asObject(spec['capacity'])).length === 0) errors.required('spec.capacity');
  const sources = Object.keys(spec).filter((name) => isObject(spec[name]) && !NO_SOURCE.includes(name));
  if (sources.length === 0) errors.required('spec', 'must specify a volume type');
}

const NO_SOURCE = ['capacity', 'claimRef', 'nodeAffinity'];

/** ValidateReplicationController. */
export function validateReplicationController(
  object: KubeObject,
  k8s: K8sVersion,
  errors: FieldErrors,
): void {
  validateMeta(object.metadata, true, subdomainName, errors);
  const spec = asObject(object.spec);
  const selector = asObject(spec['selector']);
  if (Object.keys(selector).length === 0) errors.required('spec.selector');
  errors.nonNegative('spec.replicas', spec['replicas'] as number | undefined);
  if (!isObject(spec['template'])) {
    errors.required('spec.template');
    return;
  }
  const { labels } = podTemplate(spec['template'], 'spec.template', k8s, errors);
  if (!Object.entries(selector).every(([key, value]) => labels[key] === value))
    errors.invalid(
      'spec.template.metadata.labels',
      goMap(labels),
      '`selector` does not match template `labels`',
    );
}
