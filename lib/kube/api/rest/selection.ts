// Which objects a list, a watch or a deletecollection is about: scope, labels and fields.
import { err, ok, type Result } from '@/lib/core/result';
import { badRequest } from '@/lib/kube/api/status';
import type { Status } from '@/lib/kube/api/types';
import type { KubeObject } from '@/lib/kube/types';
import type { Query } from './query';
import type { ResourceRoute } from './route';
import { parseFieldSelector } from './field-selector';
import { parseLabelSelector } from './label-selector';

export interface Selection {
  readonly kind: string;
  /** Undefined for all namespaces. */
  readonly namespace: string | undefined;
  /** Whether labels or fields select. */
  readonly filtered: boolean;
  matches(object: KubeObject): boolean;
}

/** The selection of a request; its failure is a BadRequest. */
export function selectionOf(
  { resource, namespace, name }: ResourceRoute,
  query: Query,
): Result<Selection, Status> {
  const kind = resource.info?.kind ?? '';
  const labels = parseLabelSelector(query.get('labelSelector') ?? '');
  if (!labels.ok) return err(badRequest(labels.error));
  const fields = parseFieldSelector(query.get('fieldSelector') ?? '', kind);
  if (!fields.ok) return err(badRequest(fields.error));
  const isNamed = name !== undefined;
  return ok({
    kind,
    namespace: namespace === '' ? undefined : namespace,
    filtered: Boolean(query.get('labelSelector')) || Boolean(query.get('fieldSelector')),
    matches: (object) =>
      labels.value(object.metadata.labels ?? {}) &&
      fields.value(object) &&
      (!isNamed || object.metadata.name === name),
  });
}
