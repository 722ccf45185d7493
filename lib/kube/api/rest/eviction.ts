// pods/eviction, with the disruption budgets that guard Pods (pkg/registry/core/pod/storage/eviction.go,
// pkg/controller/disruption). Budgets are counted when somebody asks.
import { asObject } from '@/lib/kube/api/json';
import { badRequest, notFound } from '@/lib/kube/api/status';
import type { Status } from '@/lib/kube/api/types';
import { isPodReady, selects } from '@/lib/kube/controllers/objects';
import type { KubeObject, LabelSelector, Pod } from '@/lib/kube/types';
import { rawBody } from './body';
import type { Call } from './call';
import type { ResourceRoute } from './route';
import type { ApiResponse } from './types';

/** POST of an Eviction. */
export function evict(call: Call, { resource, name = '' }: ResourceRoute, pod: Pod): ApiResponse {
  const body = rawBody(call, 'Eviction');
  if (!body.ok) return call.fail(body.error);
  const { metadata, deleteOptions } = asObject(body.value.value);
  const given = asObject(metadata)['name'];
  if (given !== undefined && given !== name)
    return call.fail(badRequest('name in URL does not match name in Eviction object'));
  const guarded = guardedBy(call, pod);
  if (guarded) return call.fail(guarded);
  const { gracePeriodSeconds, dryRun } = asObject(deleteOptions) as {
    gracePeriodSeconds?: number;
    dryRun?: readonly string[];
  };
  const deleted = call.backend.api.delete(
    { kind: 'Pod', namespace: pod.metadata.namespace ?? '', name },
    {
      ...(gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds }),
      dryRun: (dryRun?.length ?? 0) > 0 || call.query.get('dryRun') === 'All',
    },
  );
  if (!deleted.ok) return call.fail(deleted.error.code === 404 ? notFound(resource, name) : deleted.error);
  return call.json(
    201,
    JSON.stringify({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 }),
  );
}

/** The refusal, if a budget has no disruption left for the Pod. */
function guardedBy({ backend }: Call, pod: Pod): Status | undefined {
  const phase = pod.status?.phase;
  if (phase === 'Succeeded' || phase === 'Failed' || phase === 'Pending' || pod.metadata.deletionTimestamp)
    return undefined;
  const namespace = pod.metadata.namespace ?? '';
  const budgets = backend.api
    .list('PodDisruptionBudget', namespace)
    .filter((b) => selects(selectorOf(b), pod.metadata.labels));
  const [budget] = budgets;
  if (!budget) return undefined;
  if (budgets.length > 1)
    return {
      code: 500,
      reason: 'InternalError',
      message:
        'Internal error occurred: This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.',
      causes: [],
    };
  const pods = backend.api
    .list<Pod>('Pod', namespace)
    .filter((p) => selects(selectorOf(budget), p.metadata.labels));
  const healthy = pods.filter((p) => isPodReady(p) && !p.metadata.deletionTimestamp).length;
  const wanted = desired(budget, pods.length);
  return healthy > wanted ? undefined : refusal(budget.metadata.name ?? '', wanted, healthy);
}

const selectorOf = ({ spec }: KubeObject): LabelSelector =>
  (asObject(spec)['selector'] ?? {}) as LabelSelector;

/** How many healthy Pods the budget needs, of so many expected. */
function desired({ spec }: KubeObject, expected: number): number {
  const { minAvailable, maxUnavailable } = asObject(spec) as {
    minAvailable?: number | string;
    maxUnavailable?: number | string;
  };
  if (maxUnavailable !== undefined) return Math.max(0, expected - scaled(maxUnavailable, expected));
  return minAvailable === undefined ? 0 : scaled(minAvailable, expected);
}

const scaled = (value: number | string, total: number): number =>
  typeof value === 'number' ? value : Math.ceil((Number(value.replace('%', '')) * total) / 100);

const refusal = (budget: string, wanted: number, healthy: number): Status => ({
  code: 429,
  reason: 'TooManyRequests',
  message: "Cannot evict pod as it would violate the pod's disruption budget.",
  causes: [
    {
      reason: 'DisruptionBudget',
      message: `The disruption budget ${budget} needs ${wanted} healthy pods and has ${healthy} currently`,
      field: '',
    },
  ],
  details: {},
});
