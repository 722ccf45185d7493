// Reviews: questions about oneself and about rights, which store nothing (pkg/registry/{authorization,authentication}).
import { asObject } from '@/lib/kube/api/json';
import type { KubeObject } from '@/lib/kube/types';
import { objectBody } from './body';
import type { Call } from './call';
import type { ResourceRoute } from './route';
import { methodNotAllowed } from './status-body';
import type { ApiResponse } from './types';
import { isAdmin, userOf, type User } from './user';

const ADMIN_REASON =
  'RBAC: allowed by ClusterRoleBinding "kubeadm:cluster-admins" of ClusterRole "cluster-admin" to Group "kubeadm:cluster-admins"';
const SELF_REVIEWS = ['selfsubjectaccessreviews', 'selfsubjectrulesreviews'];
const DESCRIBING = [
  '/api',
  '/api/*',
  '/apis',
  '/apis/*',
  '/healthz',
  '/livez',
  '/openapi',
  '/openapi/*',
  '/readyz',
  '/version',
  '/version/',
];

/** POST of a review. */
export function review(call: Call, { resource }: ResourceRoute): ApiResponse {
  if (call.request.method !== 'POST') return call.fail(methodNotAllowed());
  const body = objectBody(call, resource);
  if (!body.ok) return call.fail(body.error);
  const status = statusOf(call, resource.kind, body.value);
  const answered = { ...body.value, metadata: { creationTimestamp: null }, ...(status ? { status } : {}) };
  return call.json(201, JSON.stringify(answered));
}

function statusOf(call: Call, kind: string, object: KubeObject): unknown {
  const user = userOf(call);
  switch (kind) {
    case 'SelfSubjectReview':
      return { userInfo: { username: user.name, groups: user.groups } };
    case 'SelfSubjectAccessReview':
      return access(user, asObject(object.spec));
    case 'SubjectAccessReview':
    case 'LocalSubjectAccessReview': {
      const { user: name = '', groups = [] } = asObject(object.spec) as { user?: string; groups?: string[] };
      return access({ name, groups }, asObject(object.spec));
    }
    case 'SelfSubjectRulesReview':
      return rules(user);
    case 'TokenReview':
      return { user: {}, error: 'invalid bearer token' };
    default:
      return undefined;
  }
}

function access(user: User, spec: Readonly<Record<string, unknown>>): unknown {
  if (isAdmin(user)) return { allowed: true, reason: ADMIN_REASON };
  const { resourceAttributes, nonResourceAttributes } = spec;
  const { resource, verb, group } = asObject(resourceAttributes) as Record<string, string | undefined>;
  const isSelfReview =
    verb === 'create' && group === 'authorization.k8s.io' && SELF_REVIEWS.includes(resource ?? '');
  const { path } = asObject(nonResourceAttributes) as { path?: string };
  const describes = path !== undefined && DESCRIBING.some((p) => matchesPath(p, path));
  return { allowed: isSelfReview || describes };
}

const matchesPath = (pattern: string, path: string): boolean =>
  pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : pattern === path;

function rules(user: User): unknown {
  const basic = [
    { verbs: ['create'], apiGroups: ['authorization.k8s.io'], resources: SELF_REVIEWS },
    { verbs: ['create'], apiGroups: ['authentication.k8s.io'], resources: ['selfsubjectreviews'] },
  ];
  const describing = { verbs: ['get'], nonResourceURLs: DESCRIBING };
  if (!isAdmin(user)) return { resourceRules: basic, nonResourceRules: [describing], incomplete: false };
  return {
    resourceRules: [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }, ...basic],
    nonResourceRules: [{ verbs: ['*'], nonResourceURLs: ['*'] }, describing],
    incomplete: false,
  };
}
