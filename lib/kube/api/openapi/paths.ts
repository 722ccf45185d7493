// The paths of a resource in OpenAPI documents: enough for kubectl to find kinds, their verbs and that the server validates fields.
import type { RestResource } from '@/lib/kube/api/rest/resources';
import type { Gvk } from './definitions';

interface Operation {
  readonly method: string;
  readonly action: string;
}

const ON_LIST: readonly Operation[] = [
  { method: 'get', action: 'list' },
  { method: 'post', action: 'post' },
  { method: 'delete', action: 'deletecollection' },
];
const ON_OBJECT: readonly Operation[] = [
  { method: 'get', action: 'get' },
  { method: 'put', action: 'put' },
  { method: 'patch', action: 'patch' },
  { method: 'delete', action: 'delete' },
];
const VERBS: Readonly<Record<string, string>> = { post: 'create', put: 'update' };
const WRITES = ['post', 'put', 'patch'];

const PARAMETERS: Readonly<Record<string, string>> = {
  dryRun: 'All: check everything, store nothing.',
  fieldManager: 'The name of who writes.',
  fieldValidation: 'What becomes of unknown and duplicate fields: Ignore, Warn or Strict.',
};

export type ParameterForm = (name: string, description: string) => Readonly<Record<string, unknown>>;

/** /api/v1/namespaces/{namespace}/services and …/{name}, with their operations. */
export function pathsOf(resource: RestResource, form: ParameterForm): Record<string, unknown> {
  const { group, version, kind } = resource;
  const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
  const scope = resource.namespaced ? '/namespaces/{namespace}' : '';
  const path = `${root}${scope}/${resource.resource}`;
  const gvk = { group, version, kind };
  const operations = (list: readonly Operation[]): Record<string, unknown> =>
    Object.fromEntries(
      list
        .filter(({ action }) => resource.verbs.includes(VERBS[action] ?? action))
        .map(({ method, action }) => [method, operation(action, gvk, form)]),
    );
  return {
    [path]: operations(ON_LIST),
    ...(resource.verbs.includes('get') ? { [`${path}/{name}`]: operations(ON_OBJECT) } : {}),
  };
}

function operation(action: string, gvk: Gvk, form: ParameterForm): Record<string, unknown> {
  const parameters = WRITES.includes(action)
    ? Object.entries(PARAMETERS).map(([name, text]) => form(name, text))
    : [];
  return {
    operationId: `${action}${gvk.kind}`,
    ...(parameters.length > 0 ? { parameters } : {}),
    responses: { '200': { description: 'OK' } },
    'x-kubernetes-action': action,
    'x-kubernetes-group-version-kind': gvk,
  };
}
