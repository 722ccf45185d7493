// Failures as the API server words them: k8s.io/apimachinery pkg/api/errors.
import type { Status, StatusCause } from './types';
import { groupResource, type KindInfo } from './kinds';

/** What a message calls a resource. */
type Named = Pick<KindInfo, 'group' | 'resource'>;

const details = (info: Named, kind: string, name: string): NonNullable<Status['details']> => ({
  ...(info.group ? { group: info.group } : {}),
  kind,
  name,
});

export const notFound = (info: Named, name: string): Status => ({
  code: 404,
  reason: 'NotFound',
  message: `${groupResource(info)} "${name}" not found`,
  causes: [],
  details: details(info, info.resource, name),
});

export const alreadyExists = (info: Named, name: string): Status => ({
  code: 409,
  reason: 'AlreadyExists',
  message: `${groupResource(info)} "${name}" already exists`,
  causes: [],
  details: details(info, info.resource, name),
});

export const conflict = (info: KindInfo, name: string, why = MODIFIED): Status => ({
  code: 409,
  reason: 'Conflict',
  message: `Operation cannot be fulfilled on ${groupResource(info)} "${name}": ${why}`,
  causes: [],
  details: details(info, info.resource, name),
});

const MODIFIED =
  'the object has been modified; please apply your changes to the latest version and try again';

export const forbidden = (info: Named, name: string, why: string): Status => ({
  code: 403,
  reason: 'Forbidden',
  message: `${groupResource(info)} "${name}" is forbidden: ${why}`,
  causes: [],
  details: details(info, info.resource, name),
});

/** Nothing new comes into a namespace that is being deleted. */
export const namespaceTerminating = (info: Named, name: string, namespace: string): Status => ({
  ...forbidden(
    info,
    name,
    `unable to create new content in namespace ${namespace} because it is being terminated`,
  ),
  causes: [
    {
      reason: 'NamespaceTerminating',
      message: `namespace ${namespace} is being terminated`,
      field: 'metadata.namespace',
    },
  ],
});

export const badRequest = (message: string): Status => ({
  code: 400,
  reason: 'BadRequest',
  message,
  causes: [],
});

export const internalError = (message: string): Status => ({
  code: 500,
  reason: 'InternalError',
  message: `Internal error occurred: ${message}`,
  causes: [],
});

/** What kubectl says when the server does not know a kind. */
export const noKindMatch = (kind: string, apiVersion: string): Status => ({
  code: 404,
  reason: 'NotFound',
  message: `no matches for kind "${kind}" in version "${apiVersion}"`,
  causes: [],
});

/** The object breaks rules: one cause for each. */
export function invalid(info: KindInfo, name: string, causes: readonly StatusCause[]): Status {
  const texts = [...new Set(causes.map((c) => `${c.field}: ${c.message}`))];
  const kind = info.group ? `${info.kind}.${info.group}` : info.kind;
  const all = texts.length === 1 ? texts[0] : `[${texts.join(', ')}]`;
  return {
    code: 422,
    reason: 'Invalid',
    message: `${kind} ${JSON.stringify(name)} is invalid: ${all}`,
    causes,
    details: details(info, info.kind, name),
  };
}
