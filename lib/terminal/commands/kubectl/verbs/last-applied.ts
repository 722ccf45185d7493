// kubectl apply view-last-applied, set-last-applied.
import { LAST_APPLIED, withLastApplied } from '../apply/last-applied';
import { PATCH_TYPES } from '../api/client';
import { groupResource, pathOf } from '../api/mapper';
import { jsonText, sortedKeys } from '../print/json';
import { printerFor } from '../print/printer';
import { yamlText } from '../print/yaml';
import { Failure, isNotFound, throwAll } from '../run/errors';
import type { Session } from '../run/session';
import { dryRunOf, dryRunParameter, fileNeeded, withDryRun } from '../run/write-options';
import { fileInfos } from '../resources/files';
import { fetched } from '../resources/select';

export function viewLastApplied(k: Session): number {
  const { flags } = k;
  const output = flags.text('output');
  if (output !== 'yaml' && output !== 'json')
    throw k.usage(`Unexpected -o output mode: ${output}, the flag 'output' must be one of yaml|json`);
  const { infos, errors } = fetched(k, {
    args: k.args,
    filenames: flags.list('filename'),
    recursive: flags.bool('recursive'),
    selector: flags.text('selector'),
    all: flags.bool('all'),
    latest: true,
  });
  throwAll(errors);
  for (const { mapping, name, object } of infos) {
    const text = object.metadata.annotations?.[LAST_APPLIED];
    if (text === undefined)
      throw new Failure(
        `no last-applied-configuration annotation found on resource: ${groupResource(mapping)}/${name}`.replace(
          `${groupResource(mapping)}/`,
          '',
        ),
      );
    const value: unknown = JSON.parse(text);
    k.out(output === 'yaml' ? yamlText(value) : `${jsonText(sortedKeys(value), '  ')}\n`);
  }
  return 0;
}

export function setLastApplied(k: Session): number {
  const { flags } = k;
  const dryRun = dryRunOf(k);
  if (flags.list('filename').length === 0) throw fileNeeded();
  const { infos, errors } = fileInfos(k, flags.list('filename'), false);
  throwAll(errors);
  for (const info of infos) {
    const path = pathOf(info.mapping, info.namespace, info.name);
    try {
      const live = k.client.get(path);
      if (live.metadata.annotations?.[LAST_APPLIED] === undefined && !flags.bool('create-annotation'))
        throw new Failure(
          `no last-applied-configuration annotation found on resource: ${info.name}, to create the annotation, run the command with --create-annotation`,
        );
    } catch (error) {
      if (!isNotFound(error)) throw error;
      throw error;
    }
    const annotation = withLastApplied(info.object).metadata.annotations?.[LAST_APPLIED];
    const object =
      dryRun === 'client'
        ? info.object
        : k.client.request('PATCH', path, {
            query: { dryRun: dryRunParameter(dryRun) },
            contentType: PATCH_TYPES.merge,
            body: { metadata: { annotations: { [LAST_APPLIED]: annotation } } },
          });
    printerFor(k, { operation: withDryRun('configured', dryRun) })(object);
  }
  return 0;
}
