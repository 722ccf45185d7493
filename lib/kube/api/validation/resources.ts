// Resource requests and limits: pkg/apis/core/validation/validation.go ValidateContainerResourceRequirements.
import type { ResourcesShape } from '@/lib/kube/api/pod-shape';
import { formatQuantity, parseQuantity, type Quantity } from '@/lib/kube/api/quantity';
import type { FieldErrors } from './field-errors';
import { qualifiedName } from './texts';

const CONTAINER_RESOURCES = ['cpu', 'memory', 'ephemeral-storage'];
const OTHER_STANDARD = [
  'storage',
  'pods',
  'services',
  'secrets',
  'configmaps',
  'resourcequotas',
  'replicationcontrollers',
];

export function validateResources(
  { limits = {}, requests = {} }: ResourcesShape,
  path: string,
  errors: FieldErrors,
): void {
  for (const [name, text] of Object.entries(limits))
    validateAmount(name, text, `${path}.limits[${name}]`, errors);
  for (const [name, text] of Object.entries(requests)) {
    const at = `${path}.requests[${name}]`;
    const request = validateAmount(name, text, at, errors);
    const limitText = limits[name];
    const limit = limitText === undefined ? undefined : quantityOf(limitText);
    const overcommits = isOvercommitAllowed(name);
    if (!limit || !request) {
      if (!overcommits && !limit)
        errors.required(`${path}.limits`, 'Limit must be set for non overcommitable resources');
    } else if (!overcommits && request.nano !== limit.nano)
      errors.invalid(
        at,
        formatQuantity(request),
        `must be equal to ${name} limit of ${formatQuantity(limit)}`,
      );
    else if (request.nano > limit.nano)
      errors.invalid(
        at,
        formatQuantity(request),
        `must be less than or equal to ${name} limit of ${formatQuantity(limit)}`,
      );
  }
}

function validateAmount(name: string, text: string, path: string, errors: FieldErrors): Quantity | undefined {
  validateName(name, path, errors);
  const amount = quantityOf(text);
  if (!amount) return undefined;
  if (amount.nano < 0n) errors.invalid(path, formatQuantity(amount), 'must be greater than or equal to 0');
  if (!CONTAINER_RESOURCES.includes(name) && name.includes('/') && amount.nano % 1_000_000_000n !== 0n)
    errors.invalid(path, { go: formatQuantity(amount) }, 'must be an integer');
  return amount;
}

function validateName(name: string, path: string, errors: FieldErrors): void {
  const faults = qualifiedName(name);
  errors.invalidEach(path, name, faults);
  if (faults.length > 0 || name.includes('/') || isHugePages(name)) return;
  if (!CONTAINER_RESOURCES.includes(name) && !OTHER_STANDARD.includes(name))
    errors.invalid(path, name, 'must be a standard resource type or fully qualified');
  if (!CONTAINER_RESOURCES.includes(name))
    errors.invalid(path, name, 'must be a standard resource for containers');
}

const isHugePages = (name: string): boolean => name.startsWith('hugepages-');
const isOvercommitAllowed = (name: string): boolean => !isHugePages(name) && !name.includes('/');

function quantityOf(text: string): Quantity | undefined {
  const parsed = parseQuantity(text);
  return typeof parsed === 'string' ? undefined : parsed;
}
