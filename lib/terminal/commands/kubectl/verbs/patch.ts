// kubectl patch: k8s.io/kubectl pkg/cmd/patch/patch.go.
import type { JsonObject } from '@/lib/kube/api/json';
import { strategicPatched } from '@/lib/kube/api/rest/strategic-patch';
import { schemaOf } from '@/lib/kube/api/schema';
import { PATCH_TYPES, type KubeJson, type PatchType } from '../api/client';
import { pathOf } from '../api/mapper';
import { goQuote } from '../print/go-quote';
import { jsonText, sortedKeys } from '../print/json';
import { printerFor } from '../print/printer';
import { asFailure, Failure, throwAll } from '../run/errors';
import type { Session } from '../run/session';
import { dryRunOf, dryRunParameter, refuseKustomize } from '../run/write-options';
import { yamlDocument } from '../resources/documents';
import { fetched } from '../resources/select';
import { mergePatched } from '../apply/merge-patch';

export function patch(k: Session): number {
  const { flags } = k;
  refuseKustomize(k);
  const type = patchTypeOf(flags.text('type'));
  const text = patchText(k);
  const dryRun = dryRunOf(k);
  const local = flags.bool('local');
  const client = local || dryRun === 'client';
  const body = /^\s*\{/.test(text) && !client ? {} : asJson(text);
  const { infos, errors } = fetched(k, {
    args: k.args,
    filenames: flags.list('filename'),
    recursive: flags.bool('recursive'),
    latest: !local,
  });
  const failures: Failure[] = [...errors];
  for (const info of infos)
    try {
      const { mapping, namespace, name, object } = info;
      const result = client
        ? patchedHere(k, object, body, type)
        : k.client.request(
            'PATCH',
            pathOf(mapping, namespace, name, flags.text('subresource') || undefined),
            {
              query: { fieldManager: flags.text('field-manager'), dryRun: dryRunParameter(dryRun) },
              contentType: PATCH_TYPES[type],
              body: /^\s*\{/.test(text) ? text : jsonText(sortedKeys(body), ''),
            },
          );
      const same = jsonText(sortedKeys(bare(object)), '') === jsonText(sortedKeys(bare(result)), '');
      const operation = same ? 'patched (no change)' : 'patched';
      printerFor(k, { operation })(result);
    } catch (error) {
      failures.push(asFailure(error));
    }
  throwAll(failures);
  if (infos.length === 0) throw new Failure('no objects passed to patch');
  return 0;
}

const bare = (object: KubeJson): unknown => ({
  ...object,
  metadata: { ...object.metadata, managedFields: undefined },
});

function patchTypeOf(text: string): Exclude<PatchType, 'apply'> {
  const type = text.toLowerCase();
  if (type === 'json' || type === 'merge' || type === 'strategic') return type;
  throw new Failure(`--type must be one of [json merge strategic], not ${goQuote(text)}`);
}

function patchText(k: Session): string {
  const { flags } = k;
  const [given, file] = [flags.text('patch'), flags.text('patch-file')];
  if (given !== '' && file !== '')
    throw k.usage('cannot specify --patch and --patch-file together').code === 1
      ? new Failure('cannot specify --patch and --patch-file together')
      : k.usage('');
  if (given === '' && file === '')
    throw new Failure('must specify --patch or --patch-file containing the contents of the patch');
  if (file === '') return given;
  const text = k.context.files.read(file);
  if (text === undefined)
    throw new Failure(`unable to read patch file: open ${file}: no such file or directory`);
  return text;
}

/** JSON or YAML. */
function asJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    const value = yamlDocument(text);
    if (value instanceof Failure)
      throw new Failure(
        `unable to parse ${goQuote(text)}: ${value.message.replace('error converting YAML to JSON: ', '')}`,
      );
    return value;
  }
}

/** --local and --dry-run=client: applied without the server. */
function patchedHere(
  k: Session,
  object: KubeJson,
  body: unknown,
  type: Exclude<PatchType, 'apply'>,
): KubeJson {
  const before = object as unknown as JsonObject;
  if (type === 'merge') return mergePatched(before, body) as unknown as KubeJson;
  const schema = schemaOf(object.kind, k.context.cluster.k8s);
  if (type === 'json' || !schema) throw k.lacking(`--type=${type} without the server`);
  const result = strategicPatched(before, body as JsonObject, schema);
  if (!result.ok) throw new Failure(result.error);
  return result.value as unknown as KubeJson;
}
