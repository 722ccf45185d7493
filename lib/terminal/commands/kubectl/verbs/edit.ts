// kubectl edit: the page's editor takes the object's YAML (k8s.io/kubectl pkg/cmd/util/editor).
import type { JsonObject } from '@/lib/kube/api/json';
import { schemaOf } from '@/lib/kube/api/schema';
import type { Process } from '../../../types';
import { twoWayPatch } from '../apply/three-way';
import { PATCH_TYPES, type KubeJson } from '../api/client';
import { pathOf } from '../api/mapper';
import { compactJson } from '../print/json';
import { printerFor, withoutManaged } from '../print/printer';
import { yamlText } from '../print/yaml';
import { Exit, Failure, throwAll } from '../run/errors';
import type { Session } from '../run/session';
import { validationOf } from '../run/write-options';
import { yamlDocument } from '../resources/documents';
import { fetched } from '../resources/select';

const HEAD = `# Please edit the object below. Lines beginning with a '#' will be ignored,
# and an empty file will abort the edit. If an error occurs while saving this file will be
# reopened with the relevant failures.
#
`;

export function* edit(k: Session): Process {
  const { flags } = k;
  const { infos, errors } = fetched(k, {
    args: k.args,
    filenames: flags.list('filename'),
    recursive: flags.bool('recursive'),
    latest: true,
  });
  throwAll(errors);
  for (const info of infos) {
    const { mapping, namespace, name } = info;
    const shown = withoutManaged(k, info.object);
    const text = HEAD + yamlText(shown);
    const saved = yield* k.step({ kind: 'edit', name: `${mapping.kind.toLowerCase()}-${name}.yaml`, text });
    if (saved === undefined)
      throw new Exit('error: there is no editor in this terminal: use kubectl apply or patch\n');
    const body = saved
      .split('\n')
      .filter((line) => !line.startsWith('#'))
      .join('\n');
    if (body.trim() === '') throw new Exit('Edit cancelled, saved file was empty.\n', 0);
    const value = yamlDocument(body);
    if (value instanceof Failure) throw value;
    const schema = schemaOf(mapping.kind, k.context.cluster.k8s);
    const patch = compactJson(twoWayPatch(shown as unknown as JsonObject, value as JsonObject, schema));
    if (patch === '{}') {
      k.err('Edit cancelled, no changes made.\n');
      continue;
    }
    const object = patched(
      k,
      pathOf(mapping, namespace, name),
      patch,
      `${mapping.resource}${mapping.group === '' ? '' : `.${mapping.group}`} "${name}"`,
    );
    printerFor(k, { operation: 'edited' })(object);
  }
  return 0;
}

function patched(k: Session, path: string, patch: string, what: string): KubeJson {
  try {
    return k.client.request('PATCH', path, {
      query: { fieldManager: k.flags.text('field-manager'), fieldValidation: validationOf(k) },
      contentType: PATCH_TYPES.strategic,
      body: patch,
    });
  } catch (error) {
    if (!(error instanceof Failure) || error.status?.reason !== 'Invalid') throw error;
    k.err(`error: ${what} is invalid\n`);
    throw new Failure('Edit cancelled, no valid changes were saved.');
  }
}
