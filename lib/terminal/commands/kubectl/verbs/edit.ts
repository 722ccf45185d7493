// kubectl edit, apply edit-last-applied, create --edit (k8s.io/kubectl pkg/cmd/edit, pkg/cmd/util/editor/editoptions.go).
import { sameJson, type JsonObject } from '@/lib/kube/api/json';
import { schemaOf } from '@/lib/kube/api/schema';
import type { Process, Steps } from '../../../types';
import { LAST_APPLIED, withLastApplied } from '../apply/last-applied';
import { twoWayPatch } from '../apply/three-way';
import { PATCH_TYPES, type KubeJson } from '../api/client';
import { pathOf } from '../api/mapper';
import type { Results } from '../edit/results';
import { editRounds, withManaged } from '../edit/rounds';
import { compactJson } from '../print/json';
import { goDetail, printerFor, withoutManaged } from '../print/printer';
import { asFailure, Failure, throwAll } from '../run/errors';
import type { Session } from '../run/session';
import { validationOf } from '../run/write-options';
import { infosOf } from '../resources/files';
import type { Info } from '../resources/info';
import { fetched } from '../resources/select';

/** `kubectl edit` */
export function* edit(k: Session): Process {
  const infos = infosToEdit(k, k.flags.text('subresource'));
  if (infos.length === 0) throw new Failure('edit cancelled, no objects found');
  return yield* editRounds(k, infos, { send: (updated, results) => sendAll(k, infos, updated, results) });
}

/** `kubectl apply edit-last-applied`: the annotation is edited as if it were the object. */
export function* editLastApplied(k: Session): Process {
  const infos = infosToEdit(k, '').flatMap((info) => {
    const text = info.object.metadata.annotations?.[LAST_APPLIED];
    if (text === undefined) return [];
    return infosOf(k, { source: 'annotation', value: JSON.parse(text) as unknown });
  });
  if (infos.length === 0)
    throw new Failure(
      'no last-applied-configuration annotation found on resources, to create the annotation, use command `kubectl apply set-last-applied --create-annotation`',
    );
  const send = (updated: readonly Info[]): void => {
    for (const [i, info] of updated.entries()) {
      const same = sameJson(info.object, infos[i]?.object);
      const answer = same ? info.object : annotated(k, info);
      printerFor(k, { operation: same ? 'skipped' : 'edited' })(answer);
    }
  };
  return yield* editRounds(k, infos, { annotation: true, send });
}

/** One object of `kubectl create --edit`; `create` sends what was saved. */
export function editBeforeCreate(k: Session, info: Info, create: (info: Info) => void): Steps<number> {
  return editRounds(k, [info], { send: (updated) => updated.forEach(create) });
}

function infosToEdit(k: Session, subresource: string): readonly Info[] {
  const { flags } = k;
  const { infos, errors } = fetched(k, {
    args: k.args,
    filenames: flags.list('filename'),
    recursive: flags.bool('recursive'),
    all: true,
    latest: true,
  });
  throwAll(errors);
  if (subresource === '') return infos;
  return infos.map((info) => ({
    ...info,
    object: k.client.get(pathOf(info.mapping, info.namespace, info.name, subresource)),
  }));
}

function sendAll(k: Session, originals: readonly Info[], updated: readonly Info[], results: Results): void {
  for (const info of updated) {
    const original = originals.find((o) => o.object.metadata.uid === info.object.metadata.uid);
    if (!original)
      throw new Failure(
        `no original object found for &unstructured.Unstructured{Object:${goDetail(info.object)}}`,
      );
    sendOne(k, original, info, results);
  }
}

/** Patches what was changed of one object. */
function sendOne(k: Session, original: Info, { object }: Info, results: Results): void {
  const before = withoutManaged(k, original.object);
  const after = k.flags.bool('save-config') ? withConfig(object, original.object) : object;
  if (sameJson(before, after)) {
    printerFor(k, { operation: 'skipped' })(original.object);
    return;
  }
  const moved = (['apiVersion', 'kind'] as const).some((field) => before[field] !== after[field]);
  if (moved || before.metadata.name !== after.metadata.name)
    throw new Failure('At least one of apiVersion, kind and name was changed');
  const schema = schemaOf(original.mapping.kind, k.context.cluster.k8s);
  const patch = compactJson(
    twoWayPatch(before as unknown as JsonObject, after as unknown as JsonObject, schema),
  );
  if (k.flags.bool('output-patch')) k.out(`Patch: ${patch}\n`);
  const { mapping, namespace, name } = original;
  try {
    const answer = k.client.request(
      'PATCH',
      pathOf(mapping, namespace, name, k.flags.text('subresource') || undefined),
      {
        query: { fieldManager: k.flags.text('field-manager'), fieldValidation: validationOf(k) },
        contentType: PATCH_TYPES.strategic,
        body: patch,
      },
    );
    printerFor(k, { operation: 'edited' })(answer);
  } catch (error) {
    k.err(results.add(asFailure(error), original));
  }
}

/** --save-config: the annotation holds the object as it was saved, with the fields that the editor did not show. */
function withConfig(object: KubeJson, original: KubeJson): KubeJson {
  const annotation = withLastApplied(withManaged(object, original)).metadata.annotations;
  return { ...object, metadata: { ...object.metadata, annotations: { ...annotation } } };
}

function annotated(k: Session, { mapping, namespace, name, object }: Info): KubeJson {
  const annotation = withLastApplied(object).metadata.annotations?.[LAST_APPLIED];
  return k.client.request('PATCH', pathOf(mapping, namespace, name), {
    query: { fieldManager: k.flags.text('field-manager') },
    contentType: PATCH_TYPES.merge,
    body: { metadata: { annotations: { [LAST_APPLIED]: annotation } } },
  });
}
