// What decides where a Pod runs: tolerations, node affinity, topology spread. pkg/apis/core/validation/validation.go.
import type { LabelSelector } from '@/lib/kube/types';
import { asList, asObject, type JsonObject } from '@/lib/kube/api/json';
import type { SpreadShape, TolerationShape } from '@/lib/kube/api/pod-shape';
import type { FieldErrors } from './field-errors';
import { validateSelector } from './meta';
import { dns1123Label, dns1123Subdomain, qualifiedName, validLabelValue } from './texts';

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

export function validateTolerations(
  tolerations: readonly TolerationShape[],
  path: string,
  errors: FieldErrors,
): void {
  for (const [
    i,
    { key = '', operator = '', value = '', effect = '', tolerationSeconds },
  ] of tolerations.entries()) {
    const at = `${path}[${i}]`;
    if (key !== '') errors.invalidEach(`${at}.key`, key, qualifiedName(key));
    else if (operator !== 'Exists')
      errors.invalid(
        `${at}.operator`,
        operator,
        'operator must be Exists when `key` is empty, which means "match all values and all keys"',
      );
    if (tolerationSeconds !== undefined && effect !== 'NoExecute')
      errors.invalid(`${at}.effect`, effect, "effect must be 'NoExecute' when `tolerationSeconds` is set");
    if (operator === 'Equal' || operator === '') {
      const faults = validLabelValue(value);
      if (faults.length > 0) errors.invalid(`${at}.operator`, value, faults.join(';'));
    } else if (operator === 'Exists') {
      if (value !== '')
        errors.invalid(`${at}.operator`, value, "value must be empty when `operator` is 'Exists'");
    } else errors.notSupported(`${at}.operator`, operator, ['Equal', 'Exists']);
    if (effect !== '' && !EFFECTS.includes(effect)) errors.notSupported(`${at}.effect`, effect, EFFECTS);
  }
}

export function validateSpread(constraints: readonly SpreadShape[], path: string, errors: FieldErrors): void {
  for (const [i, constraint] of constraints.entries()) {
    const at = `${path}[${i}]`;
    const { maxSkew = 0, topologyKey, whenUnsatisfiable = '', labelSelector, minDomains } = constraint;
    if (maxSkew <= 0) errors.invalid(`${at}.maxSkew`, maxSkew, 'must be greater than zero');
    if (!topologyKey) errors.required(`${at}.topologyKey`, 'can not be empty');
    if (whenUnsatisfiable !== 'DoNotSchedule' && whenUnsatisfiable !== 'ScheduleAnyway')
      errors.notSupported(`${at}.whenUnsatisfiable`, whenUnsatisfiable, ['DoNotSchedule', 'ScheduleAnyway']);
    const isRepeated = constraints
      .slice(i + 1)
      .some((c) => c.topologyKey === topologyKey && c.whenUnsatisfiable === constraint.whenUnsatisfiable);
    if (isRepeated)
      errors.duplicate(
        `${at}.{topologyKey, whenUnsatisfiable}`,
        `{${topologyKey ?? ''}, ${whenUnsatisfiable}}`,
      );
    if (minDomains !== undefined && minDomains <= 0)
      errors.invalid(`${at}.minDomains`, minDomains, 'must be greater than zero');
    if (labelSelector) validateSelector(labelSelector, `${at}.labelSelector`, errors);
  }
}

export function validateAffinity(affinity: JsonObject, path: string, errors: FieldErrors): void {
  const { required, preferred } = rules(asObject(affinity['nodeAffinity']));
  const nodePath = `${path}.nodeAffinity`;
  if (required) {
    const terms = asList<JsonObject>(asObject(required)['nodeSelectorTerms']);
    const at = `${nodePath}.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms`;
    if (terms.length === 0) errors.required(at, 'must have at least one node selector term');
    for (const [i, term] of terms.entries()) validateNodeTerm(term, `${at}[${i}]`, errors);
  }
  for (const [i, term] of asList<JsonObject>(preferred).entries()) {
    const at = `${nodePath}.preferredDuringSchedulingIgnoredDuringExecution[${i}]`;
    validateWeight(term, at, errors);
    validateNodeTerm(asObject(term['preference']), `${at}.preference`, errors);
  }
  for (const kind of ['podAffinity', 'podAntiAffinity']) {
    const pod = rules(asObject(affinity[kind]));
    for (const [i, term] of asList<JsonObject>(pod.required).entries())
      validatePodTerm(term, `${path}.${kind}.requiredDuringSchedulingIgnoredDuringExecution[${i}]`, errors);
    for (const [i, weighted] of asList<JsonObject>(pod.preferred).entries()) {
      const at = `${path}.${kind}.preferredDuringSchedulingIgnoredDuringExecution[${i}]`;
      validateWeight(weighted, at, errors);
      validatePodTerm(asObject(weighted['podAffinityTerm']), `${at}.podAffinityTerm`, errors);
    }
  }
}

const rules = (affinity: JsonObject): { required: unknown; preferred: unknown } => ({
  required: affinity['requiredDuringSchedulingIgnoredDuringExecution'],
  preferred: affinity['preferredDuringSchedulingIgnoredDuringExecution'],
});

function validateWeight(term: JsonObject, path: string, errors: FieldErrors): void {
  const weight = (term['weight'] as number | undefined) ?? 0;
  if (weight < 1 || weight > 100) errors.invalid(`${path}.weight`, weight, 'must be in the range 1-100');
}

function validateNodeTerm(term: JsonObject, path: string, errors: FieldErrors): void {
  for (const [i, requirement] of asList<JsonObject>(term['matchExpressions']).entries()) {
    const at = `${path}.matchExpressions[${i}]`;
    const {
      key = '',
      operator = '',
      values = [],
    } = requirement as { key?: string; operator?: string; values?: string[] };
    if (operator === 'In' || operator === 'NotIn') {
      if (values.length === 0)
        errors.required(`${at}.values`, "must be specified when `operator` is 'In' or 'NotIn'");
    } else if (operator === 'Exists' || operator === 'DoesNotExist') {
      if (values.length > 0)
        errors.forbidden(
          `${at}.values`,
          "may not be specified when `operator` is 'Exists' or 'DoesNotExist'",
        );
    } else if (operator === 'Gt' || operator === 'Lt') {
      if (values.length !== 1)
        errors.required(`${at}.values`, "must be specified single value when `operator` is 'Lt' or 'Gt'");
    } else errors.invalid(`${at}.operator`, operator, 'not a valid selector operator');
    errors.invalidEach(`${at}.key`, key, qualifiedName(key));
  }
}

function validatePodTerm(term: JsonObject, path: string, errors: FieldErrors): void {
  const {
    labelSelector,
    namespaceSelector,
    namespaces = [],
    topologyKey = '',
  } = term as {
    labelSelector?: LabelSelector;
    namespaceSelector?: LabelSelector;
    namespaces?: string[];
    topologyKey?: string;
  };
  if (labelSelector) validateSelector(labelSelector, `${path}.labelSelector`, errors);
  if (namespaceSelector) validateSelector(namespaceSelector, `${path}.namespaceSelector`, errors);
  for (const name of namespaces) errors.invalidEach(`${path}.namespace`, name, dns1123Label(name));
  if (topologyKey === '') errors.required(`${path}.topologyKey`, 'can not be empty');
  errors.invalidEach(`${path}.topologyKey`, topologyKey, qualifiedName(topologyKey));
}

/** Names of nodes, priority classes, service accounts. */
export function validateReference(name: string | undefined, path: string, errors: FieldErrors): void {
  if (name) errors.invalidEach(path, name, dns1123Subdomain(name));
}
