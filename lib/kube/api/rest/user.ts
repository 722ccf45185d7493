// Who asks, and what they may do: the administrator of kubeadm may do everything; whoever else is named by impersonation or by the
// path prefix /as/NAME may read what describes the API, and ask about themselves.
import type { Status } from '@/lib/kube/api/types';
import type { Call } from './call';
import type { ResourceRoute } from './route';

export interface User {
  readonly name: string;
  readonly groups: readonly string[];
}

const ADMIN: User = {
  name: 'kubernetes-admin',
  groups: ['kubeadm:cluster-admins', 'system:authenticated'],
};
const POWERFUL = ['system:masters', 'kubeadm:cluster-admins'];

/** The user of a request. */
export function userOf(call: Call): User {
  const name = call.header('impersonate-user') ?? call.prefixUser;
  if (!name) return ADMIN;
  const given = (call.header('impersonate-group') ?? '').split(',').map((g) => g.trim());
  const groups = given.filter((g) => g !== '' && g !== 'system:authenticated');
  return { name, groups: [...groups, 'system:authenticated'] };
}

export const isAdmin = ({ name, groups }: User): boolean =>
  name === ADMIN.name || groups.some((g) => POWERFUL.includes(g));

const VERBS: Readonly<Record<string, string>> = {
  POST: 'create',
  PUT: 'update',
  PATCH: 'patch',
  DELETE: 'delete',
};

/** What a request does, in the words of authorization. */
export function verbOf({ request, query }: Call, { name }: ResourceRoute): string {
  if (request.method === 'DELETE' && name === undefined) return 'deletecollection';
  if (request.method !== 'GET') return VERBS[request.method] ?? request.method.toLowerCase();
  if (query.flag('watch')) return 'watch';
  return name === undefined ? 'list' : 'get';
}

/** The refusal of a request that its user may not make. */
export function unauthorized(call: Call, route: ResourceRoute): Status | undefined {
  const user = userOf(call);
  if (isAdmin(user) || route.resource.group === 'authentication.k8s.io') return undefined;
  if (route.resource.resource.startsWith('selfsubject')) return undefined;
  const { resource, namespace, name, subresource } = route;
  const what = subresource === undefined ? resource.resource : `${resource.resource}/${subresource}`;
  const scope = namespace === '' ? 'at the cluster scope' : `in the namespace ${JSON.stringify(namespace)}`;
  const group = resource.group === '' ? '' : `.${resource.group}`;
  const subject = name === undefined ? '' : ` ${JSON.stringify(name)}`;
  const action = `User ${JSON.stringify(user.name)} cannot ${verbOf(call, route)} resource ${JSON.stringify(what)} in API group ${JSON.stringify(resource.group)} ${scope}`;
  return {
    code: 403,
    reason: 'Forbidden',
    message: `${resource.resource}${group}${subject} is forbidden: ${action}`,
    causes: [],
    details: {
      ...(name === undefined ? {} : { name }),
      ...(resource.group === '' ? {} : { group: resource.group }),
      kind: resource.resource,
    },
  };
}
