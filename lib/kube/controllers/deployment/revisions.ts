// The ReplicaSets of a Deployment as revisions. Models pkg/controller/deployment/util/deployment_util.go.
import type { Deployment, ReplicaSet } from '@/lib/kube/types';
import { byText, controllerRef, equalJson, without, type Labels } from '../objects';
import { templateHash } from '../template-hash';
import { replicasOf } from '../workloads';

export const HASH_LABEL = 'pod-template-hash';
export const REVISION_ANNOTATION = 'deployment.kubernetes.io/revision';
const HISTORY_ANNOTATION = 'deployment.kubernetes.io/revision-history';
export const DESIRED_ANNOTATION = 'deployment.kubernetes.io/desired-replicas';
export const MAX_ANNOTATION = 'deployment.kubernetes.io/max-replicas';

/** Annotations of a Deployment that are not copied to its ReplicaSets. */
const NOT_COPIED = [
  'kubectl.kubernetes.io/last-applied-configuration',
  'deprecated.deployment.rollback.to',
  REVISION_ANNOTATION,
  HISTORY_ANNOTATION,
  DESIRED_ANNOTATION,
  MAX_ANNOTATION,
];

export const revisionOf = ({ metadata }: ReplicaSet | Deployment): number =>
  Number(metadata.annotations?.[REVISION_ANNOTATION] ?? 0) || 0;

/** Oldest first; of the same second, by name. */
export const byAge = (a: ReplicaSet, b: ReplicaSet): number =>
  byText(a.metadata.creationTimestamp ?? '', b.metadata.creationTimestamp ?? '') ||
  revisionOf(a) - revisionOf(b) ||
  byText(a.metadata.name ?? '', b.metadata.name ?? '');

/** The ReplicaSet of the Deployment's present template; the oldest, should there be several. */
export function findNewSet(deployment: Deployment, sets: readonly ReplicaSet[]): ReplicaSet | undefined {
  const { template } = deployment.spec;
  return [...sets].sort(byAge).find((set) => {
    const { metadata, ...own } = set.spec.template;
    const labels = without(metadata?.labels ?? {}, HASH_LABEL);
    return (
      equalJson(own.spec, template.spec) &&
      equalJson(labels, without(template.metadata?.labels ?? {}, HASH_LABEL)) &&
      equalJson(metadata?.annotations ?? {}, template.metadata?.annotations ?? {})
    );
  });
}

/** A ReplicaSet for the Deployment's present template. */
export function newReplicaSet(
  deployment: Deployment,
  replicas: number,
  revision: number,
  maxReplicas: number,
): ReplicaSet {
  const { template, selector, minReadySeconds } = deployment.spec;
  const hash = templateHash(template);
  const labels = { ...template.metadata?.labels, [HASH_LABEL]: hash };
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `${deployment.metadata.name ?? ''}-${hash}`,
      namespace: deployment.metadata.namespace ?? '',
      labels,
      annotations: annotationsFor(deployment, {}, revision, maxReplicas),
      ownerReferences: [controllerRef(deployment)],
    },
    spec: {
      replicas,
      ...(minReadySeconds === undefined ? {} : { minReadySeconds }),
      selector: { ...selector, matchLabels: { ...selector.matchLabels, [HASH_LABEL]: hash } },
      template: { ...template, metadata: { ...template.metadata, labels } },
    },
  };
}

/** The annotations of the current ReplicaSet: the Deployment's own, its revision (with those that it had before), its sizes. */
export function annotationsFor(
  deployment: Deployment,
  existing: Labels,
  revision: number,
  maxReplicas: number,
): Labels {
  const before = existing[REVISION_ANNOTATION];
  const grown = before === undefined || Number(before) < revision;
  const history =
    before !== undefined && grown
      ? [existing[HISTORY_ANNOTATION], before].filter(Boolean).join(',')
      : existing[HISTORY_ANNOTATION];
  return {
    ...existing,
    ...without(deployment.metadata.annotations ?? {}, ...NOT_COPIED),
    ...(history ? { [HISTORY_ANNOTATION]: history } : {}),
    [REVISION_ANNOTATION]: grown ? String(revision) : before,
    ...sizeAnnotations(deployment, maxReplicas),
  };
}

/** What the sizes of the ReplicaSets were computed from: how a later scaling is told from a rollout. */
export const sizeAnnotations = (deployment: Deployment, maxReplicas: number): Labels => ({
  [DESIRED_ANNOTATION]: String(replicasOf(deployment)),
  [MAX_ANNOTATION]: String(maxReplicas),
});
