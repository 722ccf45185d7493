// Server-side apply: the configuration merged into the live object, or why not. Follows
// k8s.io/apimachinery pkg/util/managedfields/internal/structuredmerge.go, conflict.go.
import { err, ok, type Result } from '@/lib/core/result';
import type { FieldSchema } from '@/lib/kube/api/schema';
import type { Status } from '@/lib/kube/api/types';
import type { KubeObject, ManagedFieldsEntry } from '@/lib/kube/types';
import {
  abandoned,
  appliedSet,
  conflictsOf,
  managedAfterApply,
  type Conflict,
  type Writer,
} from './managers';
import { merged, withoutFields } from './typed';
import { typeFaults } from './validate';

/** The object as it is to become, with its managedFields. */
export function serverSideApplied(
  config: KubeObject,
  live: KubeObject | undefined,
  schema: FieldSchema,
  writer: Writer,
  force: boolean,
): Result<KubeObject, Status> {
  const faults = typeFaults(config, schema);
  if (faults.length > 0) return err(untyped(config, faults));
  const set = appliedSet(config, schema, writer.subresource);
  if (!live) return ok(withManaged(config, managedAfterApply(undefined, config, schema, set, writer)));
  const whole = merged(live, config, schema) as KubeObject;
  if (!force) {
    const conflicts = conflictsOf(live, whole, schema, writer);
    if (conflicts.length > 0) return err(applyConflict(conflicts));
  }
  const pruned = withoutFields(whole, abandoned(live, set, writer), schema) as KubeObject;
  const complete = { ...pruned, metadata: pruned.metadata ?? live.metadata };
  return ok(withManaged(complete, managedAfterApply(live, complete, schema, set, writer)));
}

const withManaged = (object: KubeObject, managedFields: readonly ManagedFieldsEntry[]): KubeObject => ({
  ...object,
  metadata: { ...object.metadata, managedFields },
});

function untyped({ apiVersion, kind, metadata }: KubeObject, faults: readonly string[]): Status {
  const version = apiVersion.includes('/') ? apiVersion : `/${apiVersion}`;
  const name = `${metadata.namespace ?? ''}/${metadata.name ?? ''}`;
  const what =
    faults.length === 1 ? (faults[0] ?? '') : ['errors:', ...faults.map((f) => `  ${f}`)].join('\n');
  return {
    code: 500,
    reason: '',
    message: `failed to create typed patch object (${name}; ${version}, Kind=${kind}): ${what}`,
    causes: [],
  };
}

function applyConflict(conflicts: readonly Conflict[]): Status {
  const causes = conflicts.flatMap(({ entry, paths }) =>
    paths.map((field) => ({
      reason: 'FieldManagerConflict',
      message: `conflict with ${managerText(entry)}`,
      field,
    })),
  );
  const [first] = causes;
  const message =
    causes.length === 1 && first
      ? `Apply failed with 1 conflict: ${first.message}: ${first.field}`
      : `Apply failed with ${causes.length} conflicts: ${listed(conflicts)}`;
  return { code: 409, reason: 'Conflict', message, causes, details: {} };
}

const listed = (conflicts: readonly Conflict[]): string =>
  conflicts
    .toSorted((a, b) => ((a.entry.manager ?? '') < (b.entry.manager ?? '') ? -1 : 1))
    .flatMap(({ entry, paths }) => [`conflicts with ${managerText(entry)}:`, ...paths.map((p) => `- ${p}`)])
    .join('\n');

function managerText({ manager = '', subresource, operation, apiVersion = '' }: ManagedFieldsEntry): string {
  const part = subresource ? ` with subresource ${JSON.stringify(subresource)}` : '';
  const version = operation === 'Update' ? ` using ${apiVersion}` : '';
  return `${JSON.stringify(manager)}${part}${version}`;
}
