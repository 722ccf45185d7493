// The options of writes: query parameters, or the body of a DELETE, with their validation (k8s.io/apimachinery
// pkg/apis/meta/v1/validation).
import { err, ok, type Result } from '@/lib/core/result';
import { asList, asObject } from '@/lib/kube/api/json';
import { FieldErrors } from '@/lib/kube/api/validation/field-errors';
import type { DeleteOptions, FieldManager, Status } from '@/lib/kube/api/types';
import type { Call } from './call';
import { rawBody } from './body';
import type { ResourceRoute } from './route';

const MANAGER_LIMIT = 128;
const VALIDATIONS = ['Ignore', 'Strict', 'Warn'];

export interface WriteQuery {
  readonly dryRun: boolean;
  readonly fieldManager: FieldManager;
  /** Of an apply: takes over what others manage. */
  readonly force: boolean;
}

const invalidOptions = (kind: string, errors: FieldErrors): Status => {
  const texts = errors.causes.map((c) => `${c.field}: ${c.message}`);
  const all = texts.length === 1 ? (texts[0] ?? '') : `[${texts.join(', ')}]`;
  return {
    code: 422,
    reason: 'Invalid',
    message: `${kind}.meta.k8s.io "" is invalid: ${all}`,
    causes: errors.causes,
    details: { group: 'meta.k8s.io', kind },
  };
};

/** The query of a create, update or patch. */
export function writeQuery(
  call: Call,
  { resource, subresource = '' }: ResourceRoute,
  kind: 'CreateOptions' | 'UpdateOptions' | 'PatchOptions',
): Result<WriteQuery, Status> {
  const { query } = call;
  const errors = new FieldErrors();
  const manager = query.get('fieldManager') ?? '';
  if (manager.length > MANAGER_LIMIT) errors.tooLong('fieldManager', MANAGER_LIMIT);
  const dryRun = checkDryRun(query.all('dryRun'), errors);
  const validation = query.get('fieldValidation');
  if (validation !== undefined && validation !== '' && !VALIDATIONS.includes(validation))
    errors.notSupported('fieldValidation', validation, VALIDATIONS);
  if (kind === 'PatchOptions' && query.has('force') && !isApply(call))
    errors.forbidden('force', 'may not be specified for non-apply patch');
  if (kind === 'PatchOptions' && isApply(call) && manager === '')
    errors.required('fieldManager', 'is required for apply patch');
  if (errors.count > 0) return err(invalidOptions(kind, errors));
  const { apiVersion } = resource;
  return ok({
    dryRun,
    // Else the first word of the User-Agent.
    fieldManager: { manager: manager || agentOf(call), apiVersion, subresource },
    force: query.flag('force'),
  });
}

export const isApply = (call: Call): boolean =>
  (call.header('content-type') ?? '').startsWith('application/apply-patch+yaml');

const agentOf = (call: Call): string => /^[^/]*/.exec(call.header('user-agent') ?? '')?.[0] || 'unknown';

function checkDryRun(values: readonly string[], errors: FieldErrors): boolean {
  const given = values.filter((v) => v !== '');
  for (const value of given) if (value !== 'All') errors.notSupported('dryRun', value, ['All']);
  return given.length > 0;
}

const POLICIES = ['Foreground', 'Background', 'Orphan', 'nil'];

/** The options of a DELETE: from its body, else from the query. */
export function deleteOptions(call: Call): Result<DeleteOptions, Status> {
  const hasBody = (call.request.body ?? '').length > 0;
  const raw = hasBody ? rawBody(call, 'DeleteOptions') : ok({ value: {}, duplicates: [] });
  if (!raw.ok) return raw;
  const body = asObject(raw.value.value);
  const { query } = call;
  const errors = new FieldErrors();
  const dryRun = checkDryRun([...asList<string>(body['dryRun']), ...query.all('dryRun')], errors);
  const policy = body['propagationPolicy'] ?? query.get('propagationPolicy');
  const orphans =
    body['orphanDependents'] ?? (query.has('orphanDependents') ? query.flag('orphanDependents') : undefined);
  if (policy !== undefined && !['Background', 'Foreground', 'Orphan'].includes(policy as string))
    errors.notSupported('propagationPolicy', policy, POLICIES);
  if (errors.count > 0) return err(invalidOptions('DeleteOptions', errors));
  const grace = body['gracePeriodSeconds'] ?? query.get('gracePeriodSeconds');
  const { uid, resourceVersion } = asObject(body['preconditions']) as {
    uid?: string;
    resourceVersion?: string;
  };
  const propagation = policy ?? (orphans === true ? 'Orphan' : orphans === false ? 'Background' : undefined);
  return ok({
    dryRun,
    ...(grace === undefined || grace === null ? {} : { gracePeriodSeconds: Math.max(0, Number(grace) || 0) }),
    ...(uid ? { uid } : {}),
    ...(resourceVersion ? { resourceVersion } : {}),
    ...(propagation === undefined
      ? {}
      : { propagation: propagation as 'Background' | 'Foreground' | 'Orphan' }),
  });
}
