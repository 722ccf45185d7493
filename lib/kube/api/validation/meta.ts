// metadata and label selectors: k8s.io/apimachinery pkg/api/validation/objectmeta.go, pkg/apis/meta/v1/validation/validation.go.
import type { LabelSelector, ObjectMeta, OwnerReference } from '@/lib/kube/types';
import type { FieldErrors } from './field-errors';
import { dns1123Label, dns1123Subdomain, qualifiedName, validLabelValue } from './texts';

/** What a kind's names must be like. */
export type NameRule = (name: string) => string[];

const ANNOTATIONS_LIMIT = 256 * 1024;

/** ValidateObjectMeta. */
export function validateMeta(
  meta: ObjectMeta,
  namespaced: boolean,
  nameRule: NameRule,
  errors: FieldErrors,
): void {
  // A generated name gets a suffix: the dash before it is fine.
  if (meta.generateName)
    errors.invalidEach(
      'metadata.generateName',
      meta.generateName,
      nameRule(meta.generateName.replace(/-$/, 'a')),
    );
  if (!meta.name) errors.required('metadata.name', 'name or generateName is required');
  else errors.invalidEach('metadata.name', meta.name, nameRule(meta.name));
  if (namespaced) {
    if (!meta.namespace) errors.required('metadata.namespace');
    else errors.invalidEach('metadata.namespace', meta.namespace, dns1123Label(meta.namespace));
  }
  if (meta.labels) validateLabels(meta.labels, 'metadata.labels', errors);
  if (meta.annotations) validateAnnotations(meta.annotations, 'metadata.annotations', errors);
  if (meta.ownerReferences) validateOwners(meta.ownerReferences, errors);
  for (const finalizer of meta.finalizers ?? [])
    errors.invalidEach('metadata.finalizers', finalizer, qualifiedName(finalizer));
}

export function validateLabels(
  labels: Readonly<Record<string, string>>,
  path: string,
  errors: FieldErrors,
): void {
  for (const [key, value] of Object.entries(labels)) {
    errors.invalidEach(path, key, qualifiedName(key));
    errors.invalidEach(path, value, validLabelValue(value));
  }
}

export function validateAnnotations(
  annotations: Readonly<Record<string, string>>,
  path: string,
  errors: FieldErrors,
): void {
  let size = 0;
  for (const [key, value] of Object.entries(annotations)) {
    errors.invalidEach(path, key, qualifiedName(key.toLowerCase()));
    size += key.length + value.length;
  }
  if (size > ANNOTATIONS_LIMIT) errors.tooLong(path, ANNOTATIONS_LIMIT);
}

function validateOwners(owners: readonly OwnerReference[], errors: FieldErrors): void {
  const path = 'metadata.ownerReferences';
  let controller = '';
  for (const owner of owners) {
    if (!owner.apiVersion) errors.invalid(`${path}.apiVersion`, '', 'version must not be empty');
    if (!owner.kind) errors.invalid(`${path}.kind`, '', 'kind must not be empty');
    if (!owner.name) errors.invalid(`${path}.name`, '', 'name must not be empty');
    if (!owner.uid) errors.invalid(`${path}.uid`, '', 'uid must not be empty');
    if (!owner.controller) continue;
    if (controller !== '')
      errors.invalid(
        path,
        { go: JSON.stringify(owners) },
        `Only one reference can have Controller set to true. Found "true" in references for ${controller} and ${owner.name}`,
      );
    else controller = owner.name;
  }
}

/** ValidateLabelSelector. */
export function validateSelector(selector: LabelSelector, path: string, errors: FieldErrors): void {
  if (selector.matchLabels) validateLabels(selector.matchLabels, `${path}.matchLabels`, errors);
  for (const [i, { key, operator, values = [] }] of (selector.matchExpressions ?? []).entries()) {
    const at = `${path}.matchExpressions[${i}]`;
    if (operator === 'In' || operator === 'NotIn') {
      if (values.length === 0)
        errors.required(`${at}.values`, "must be specified when `operator` is 'In' or 'NotIn'");
    } else if (operator === 'Exists' || operator === 'DoesNotExist') {
      if (values.length > 0)
        errors.forbidden(
          `${at}.values`,
          "may not be specified when `operator` is 'Exists' or 'DoesNotExist'",
        );
    } else errors.invalid(`${at}.operator`, operator ?? '', 'not a valid selector operator');
    errors.invalidEach(`${at}.key`, key, qualifiedName(key ?? ''));
    for (const [j, value] of values.entries())
      errors.invalidEach(`${at}.values[${j}]`, value, validLabelValue(value));
  }
}

export const subdomainName: NameRule = dns1123Subdomain;
