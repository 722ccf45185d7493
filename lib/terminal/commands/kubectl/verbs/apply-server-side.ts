// kubectl apply --server-side: the fields go to the server, which merges them by their owners.
import { isObject } from '@/lib/kube/api/json';
import { LAST_APPLIED } from '../apply/last-applied';
import { PATCH_TYPES, type KubeJson, type ManagedFields } from '../api/client';
import { pathOf } from '../api/mapper';
import { compactJson } from '../print/json';
import { Failure } from '../run/errors';
import type { Session } from '../run/session';
import { dryRunParameter, type DryRun } from '../run/write-options';
import type { Info } from '../resources/info';

interface Options {
  readonly dryRun: DryRun;
  readonly validation: string;
  readonly fieldManager: string;
}

/** What a conflict is told with. */
const CONFLICT_HELP = `Please review the fields above--they currently have other managers. Here
are the ways you can resolve this warning:
* If you intend to manage all of these fields, please re-run the apply
  command with the \`--force-conflicts\` flag.
* If you do not intend to manage all of the fields, please edit your
  manifest to remove references to the fields that should keep their
  current managers.
* You may co-own fields by updating your manifest to match the existing
  value; in this case, you'll become the manager if the other manager(s)
  stop managing the field (remove it from their configuration).
See https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts`;

/** Applies one object. */
export function serverSideApply(
  k: Session,
  info: Info,
  options: Options,
): { readonly object: KubeJson; readonly operation: string } {
  const { mapping, namespace, name } = info;
  const path = pathOf(mapping, namespace, name);
  const send = (manager: string, body: KubeJson, force: string | undefined): KubeJson =>
    k.client.request('PATCH', path, {
      query: {
        fieldManager: manager,
        fieldValidation: options.validation,
        force,
        dryRun: dryRunParameter(options.dryRun),
      },
      contentType: PATCH_TYPES.apply,
      body: compactJson(body),
    });
  const force = String(k.flags.bool('force-conflicts'));
  let object: KubeJson;
  try {
    object = send(options.fieldManager, info.object, force);
  } catch (error) {
    throw conflictHelp(error);
  }
  if (options.dryRun === 'none' && isMigrating(object))
    object = migrate(k, path, object, options, () => send(options.fieldManager, info.object, force));
  return { object, operation: 'serverside-applied' };
}

function conflictHelp(error: unknown): unknown {
  if (!(error instanceof Failure) || error.status?.reason !== 'Conflict') return error;
  return new Failure(`${error.message}\n${CONFLICT_HELP}`);
}

/** Fields of client-side apply go over to the new manager. */
function isMigrating({ metadata }: KubeJson): boolean {
  return (
    metadata.annotations?.[LAST_APPLIED] !== undefined &&
    (metadata.managedFields ?? []).some(
      (f) => f.manager === 'kubectl-client-side-apply' && f.operation === 'Update',
    )
  );
}

function migrate(
  k: Session,
  path: string,
  object: KubeJson,
  options: Options,
  again: () => KubeJson,
): KubeJson {
  const annotation = object.metadata.annotations?.[LAST_APPLIED] ?? '';
  const { apiVersion, kind, metadata } = object;
  // Another manager's server-side apply does not keep the annotation.
  if (options.fieldManager === 'kubectl') {
    k.client.request('PATCH', path, {
      query: { fieldManager: 'kubectl-last-applied', fieldValidation: options.validation },
      contentType: PATCH_TYPES.apply,
      body: compactJson({
        apiVersion,
        kind,
        metadata: {
          name: metadata.name,
          namespace: metadata.namespace,
          annotations: { [LAST_APPLIED]: annotation },
        },
      }),
    });
  }
  const live = k.client.get(path);
  const fields = handedOver(live.metadata.managedFields ?? [], options.fieldManager);
  k.client.request('PATCH', path, {
    query: { fieldManager: options.fieldManager, fieldValidation: options.validation },
    contentType: PATCH_TYPES.json,
    body: [
      { op: 'replace', path: '/metadata/managedFields', value: fields },
      { op: 'replace', path: '/metadata/resourceVersion', value: live.metadata.resourceVersion },
    ],
  });
  return again();
}

/** The entry of client-side apply goes into the one of the new manager (client-go util/csaupgrade). */
function handedOver(entries: readonly ManagedFields[], manager: string): readonly ManagedFields[] {
  const isOld = (e: ManagedFields): boolean =>
    e.manager === 'kubectl-client-side-apply' && e.operation === 'Update';
  const old = entries.filter(isOld);
  return entries
    .filter((e) => !isOld(e))
    .map((e) =>
      e.manager === manager && e.operation === 'Apply'
        ? { ...e, fieldsV1: old.reduce<unknown>((all, o) => union(all, o.fieldsV1), e.fieldsV1) }
        : e,
    );
}

function union(a: unknown, b: unknown): unknown {
  if (!isObject(a)) return b;
  if (!isObject(b)) return a;
  const merged: Record<string, unknown> = { ...a };
  for (const [name, value] of Object.entries(b)) merged[name] = union(merged[name], value);
  return merged;
}
