// Deployments, ReplicaSets, DaemonSets: pkg/apis/apps/validation/validation.go.
import type {
  Deployment,
  IntOrString,
  KubeObject,
  LabelSelector,
  PodTemplate,
  ReplicaSet,
} from '@/lib/kube/types';
import type { K8sVersion } from '@/lib/kube/versions';
import type { DaemonSetSpec, RollingShape } from '@/lib/kube/api/defaults/workloads';
import { sameJson, type JsonObject } from '@/lib/kube/api/json';
import type { PodSpecShape } from '@/lib/kube/api/pod-shape';
import { goIntOrString, goMap, goSelector, type FieldErrors } from './field-errors';
import { subdomainName, validateMeta, validateSelector } from './meta';
import { validateTemplate } from './pod';
import { percent } from './texts';

const TEMPLATE = 'spec.template';

/** ValidateDeployment. */
export function validateDeployment(
  { metadata, spec }: Deployment,
  k8s: K8sVersion,
  errors: FieldErrors,
): void {
  validateMeta(metadata, true, subdomainName, errors);
  errors.nonNegative('spec.replicas', spec.replicas);
  checkSelector(spec.selector, 'deployment', errors);
  checkTemplate(spec.template, spec.selector, 'ReplicaSet', k8s, errors);
  checkStrategy(spec.strategy ?? {}, errors);
  errors.nonNegative('spec.minReadySeconds', spec.minReadySeconds);
  errors.nonNegative('spec.revisionHistoryLimit', spec.revisionHistoryLimit);
  const deadline = spec.progressDeadlineSeconds;
  errors.nonNegative('spec.progressDeadlineSeconds', deadline);
  if (deadline !== undefined && deadline <= (spec.minReadySeconds ?? 0))
    errors.invalid('spec.progressDeadlineSeconds', deadline, 'must be greater than minReadySeconds');
}

/** ValidateReplicaSet. */
export function validateReplicaSet(
  { metadata, spec }: ReplicaSet,
  k8s: K8sVersion,
  errors: FieldErrors,
): void {
  validateMeta(metadata, true, subdomainName, errors);
  errors.nonNegative('spec.replicas', spec.replicas);
  errors.nonNegative('spec.minReadySeconds', spec.minReadySeconds);
  // The text says deployment for ReplicaSets, too.
  checkSelector(spec.selector, 'deployment', errors);
  checkTemplate(spec.template, spec.selector, 'ReplicaSet', k8s, errors);
}

/** ValidateDaemonSet. */
export function validateDaemonSet(set: KubeObject, k8s: K8sVersion, errors: FieldErrors): void {
  const spec = set.spec as DaemonSetSpec;
  validateMeta(set.metadata, true, subdomainName, errors);
  if (spec.selector) validateSelector(spec.selector, 'spec.selector', errors);
  checkTemplateLabels(spec.template, spec.selector, errors);
  if (spec.selector && isEmptySelector(spec.selector)) emptySelector(spec.selector, 'daemonset', errors);
  checkTemplateSpec(spec.template, 'DaemonSet', k8s, errors);
  errors.nonNegative('spec.minReadySeconds', spec.minReadySeconds);
  const { type, rollingUpdate } = spec.updateStrategy ?? {};
  if (type === 'RollingUpdate' && rollingUpdate) checkDaemonSetRolling(rollingUpdate, errors);
  else if (type !== 'OnDelete' && type !== 'RollingUpdate')
    errors.notSupported('spec.updateStrategy', type ?? '', ['RollingUpdate', 'OnDelete']);
  errors.nonNegative('spec.revisionHistoryLimit', spec.revisionHistoryLimit);
}

/** Selectors cannot change: the Pods of before would be orphaned. */
export function validateSelectorUnchanged(object: KubeObject, old: KubeObject, errors: FieldErrors): void {
  const now = (object.spec as { selector?: JsonObject }).selector;
  const before = (old.spec as { selector?: JsonObject }).selector;
  if (!sameJson(now, before)) errors.invalid('spec.selector', goSelector(now), 'field is immutable');
}

function checkSelector(selector: LabelSelector | undefined, noun: string, errors: FieldErrors): void {
  if (!selector) {
    errors.required('spec.selector');
    return;
  }
  validateSelector(selector, 'spec.selector', errors);
  if (isEmptySelector(selector)) emptySelector(selector, noun, errors);
}

const isEmptySelector = ({ matchLabels, matchExpressions }: LabelSelector): boolean =>
  Object.keys(matchLabels ?? {}).length + (matchExpressions?.length ?? 0) === 0;

const emptySelector = (selector: LabelSelector, noun: string, errors: FieldErrors): void =>
  errors.invalid(
    'spec.selector',
    goSelector(selector as JsonObject),
    `empty selector is invalid for ${noun}`,
  );

function checkTemplate(
  template: PodTemplate | undefined,
  selector: LabelSelector | undefined,
  noun: string,
  k8s: K8sVersion,
  errors: FieldErrors,
): void {
  if (!selector || !isEmptySelector(selector)) checkTemplateLabels(template, selector, errors);
  checkTemplateSpec(template, noun, k8s, errors);
}

function checkTemplateLabels(
  template: PodTemplate | undefined,
  selector: LabelSelector | undefined,
  errors: FieldErrors,
): void {
  const labels = template?.metadata?.labels;
  if (selector && matches(selector, labels ?? {})) return;
  errors.invalid(`${TEMPLATE}.metadata.labels`, goMap(labels), '`selector` does not match template `labels`');
}

function matches(
  { matchLabels = {}, matchExpressions = [] }: LabelSelector,
  labels: Readonly<Record<string, string>>,
): boolean {
  if (!Object.entries(matchLabels).every(([key, value]) => labels[key] === value)) return false;
  return matchExpressions.every(({ key, operator, values = [] }) => {
    const value = labels[key];
    if (operator === 'In') return value !== undefined && values.includes(value);
    if (operator === 'NotIn') return value === undefined || !values.includes(value);
    return operator === 'Exists' ? value !== undefined : value === undefined;
  });
}

function checkTemplateSpec(
  template: PodTemplate | undefined,
  noun: string,
  k8s: K8sVersion,
  errors: FieldErrors,
): void {
  const spec = (template?.spec ?? NO_SPEC) as unknown as PodSpecShape;
  validateTemplate(template?.metadata, spec, TEMPLATE, k8s, errors);
  if (spec.restartPolicy !== 'Always')
    errors.notSupported(`${TEMPLATE}.spec.restartPolicy`, spec.restartPolicy ?? '', ['Always']);
  if (spec.activeDeadlineSeconds !== undefined)
    errors.forbidden(
      `${TEMPLATE}.spec.activeDeadlineSeconds`,
      `activeDeadlineSeconds in ${noun} is not Supported`,
    );
}

/** A missing template gets the defaults of a Pod all the same. */
const NO_SPEC = { terminationGracePeriodSeconds: 30, restartPolicy: 'Always', dnsPolicy: 'ClusterFirst' };

function checkStrategy(strategy: NonNullable<Deployment['spec']['strategy']>, errors: FieldErrors): void {
  const { type, rollingUpdate } = strategy;
  if (type === 'Recreate') {
    if (rollingUpdate)
      errors.forbidden(
        'spec.strategy.rollingUpdate',
        "may not be specified when strategy `type` is 'Recreate'",
      );
  } else if (type === 'RollingUpdate') {
    if (rollingUpdate) checkRolling(rollingUpdate, errors);
    else errors.required('spec.strategy.rollingUpdate', 'this should be defaulted and never be nil');
  } else {
    const go = `apps.DeploymentStrategy{Type:${JSON.stringify(type ?? '')}, RollingUpdate:(*apps.RollingUpdateDeployment)(nil)}`;
    errors.notSupported('spec.strategy', { go }, ['Recreate', 'RollingUpdate']);
  }
}

function checkRolling({ maxUnavailable = 0, maxSurge = 0 }: RollingShape, errors: FieldErrors): void {
  const path = 'spec.strategy.rollingUpdate';
  checkIntOrPercent(maxUnavailable, `${path}.maxUnavailable`, errors);
  checkIntOrPercent(maxSurge, `${path}.maxSurge`, errors);
  if (amount(maxUnavailable) === 0 && amount(maxSurge) === 0)
    errors.invalid(
      `${path}.maxUnavailable`,
      goIntOrString(maxUnavailable),
      'may not be 0 when `maxSurge` is 0',
    );
  checkAtMost100Percent(maxUnavailable, `${path}.maxUnavailable`, errors);
}

function checkDaemonSetRolling(
  { maxUnavailable = 0, maxSurge = 0 }: RollingShape,
  errors: FieldErrors,
): void {
  const path = 'spec.updateStrategy.rollingUpdate';
  checkIntOrPercent(maxUnavailable, `${path}.maxUnavailable`, errors);
  checkIntOrPercent(maxSurge, `${path}.maxSurge`, errors);
  checkAtMost100Percent(maxUnavailable, `${path}.maxUnavailable`, errors);
  checkAtMost100Percent(maxSurge, `${path}.maxSurge`, errors);
  const hasUnavailable = amount(maxUnavailable) !== 0;
  const hasSurge = amount(maxSurge) !== 0;
  if (hasUnavailable && hasSurge)
    errors.invalid(
      `${path}.maxSurge`,
      goIntOrString(maxSurge),
      'may not be set when maxUnavailable is non-zero',
    );
  else if (!hasUnavailable && !hasSurge)
    errors.required(`${path}.maxUnavailable`, 'cannot be 0 when maxSurge is 0');
}

function checkIntOrPercent(value: IntOrString, path: string, errors: FieldErrors): void {
  if (typeof value === 'number') errors.nonNegative(path, value);
  else errors.invalidEach(path, goIntOrString(value), percent(value));
}

const amount = (value: IntOrString): number =>
  typeof value === 'number' ? value : Number(/^(\d+)%$/.exec(value)?.[1] ?? 0);

function checkAtMost100Percent(value: IntOrString, path: string, errors: FieldErrors): void {
  if (typeof value === 'string' && amount(value) > 100)
    errors.invalid(path, goIntOrString(value), 'must not be greater than 100%');
}
