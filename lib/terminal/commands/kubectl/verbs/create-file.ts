// kubectl create -f, replace: objects of files sent as they are.
import type { Process } from '../../../types';
import type { KubeJson } from '../api/client';
import { helpText } from '../cobra/help';
import { pathOf } from '../api/mapper';
import { compactJson } from '../print/json';
import { printerFor } from '../print/printer';
import { asFailure, Exit, Failure, isNotFound, throwAll, withSource } from '../run/errors';
import type { Session } from '../run/session';
import {
  cascadeOf,
  dryRunOf,
  dryRunParameter,
  fileNeeded,
  refuseKustomize,
  validationOf,
  withDryRun,
} from '../run/write-options';
import { editBeforeCreate } from './edit';
import { fileInfos } from '../resources/files';
import type { Info } from '../resources/info';
import { checkDocument } from '../resources/schema-check';
import { labelsMatch } from '../resources/selector';
import { waitUntilDeleted } from '../run/wait-deleted';
import { withLastApplied } from '../apply/last-applied';

function infosOf(k: Session): { readonly infos: readonly Info[]; readonly errors: readonly Failure[] } {
  refuseKustomize(k);
  const filenames = k.flags.list('filename');
  if (filenames.length === 0) throw fileNeeded();
  const check = validationOf(k) === 'Ignore' ? undefined : checkDocument;
  return fileInfos(k, filenames, k.flags.bool('recursive'), check);
}

/** `kubectl create -f` */
export function createFiles(k: Session): Process | number {
  const { flags, args } = k;
  if (flags.text('raw') !== '') throw k.lacking('create --raw');
  if (flags.list('filename').length === 0 && flags.text('kustomize') === '') {
    if (!k.differences.createUnexpectedArgs) throw oldRefusal(k);
    if (args.length > 0) throw k.usage(`Unexpected args: [${args.join(' ')}]`);
    throw fileNeeded();
  }
  if (args.length > 0) throw k.usage(`Unexpected args: [${args.join(' ')}]`);
  if (flags.bool('edit')) return createEdited(k);
  const dryRun = dryRunOf(k);
  const { infos, errors } = infosOf(k);
  const failures = [...errors];
  const printer = printerFor(k, { operation: withDryRun('created', dryRun) });
  let count = 0;
  for (const info of infos) {
    if (!labelsMatch(flags.text('selector'), info.object.metadata.labels)) continue;
    count++;
    try {
      const body = flags.bool('save-config') ? withLastApplied(info.object) : info.object;
      printer(dryRun === 'client' ? body : posted(k, info, body, 'creating'));
    } catch (error) {
      failures.push(asFailure(error));
    }
  }
  throwAll(failures);
  if (count === 0) throw new Failure('no objects passed to create');
  return 0;
}

/** `kubectl create --edit`: one object after the other. */
function* createEdited(k: Session): Process {
  if (k.flags.list('filename').length === 0) throw fileNeeded();
  const { infos, errors } = fileInfos(k, k.flags.list('filename'), k.flags.bool('recursive'));
  throwAll(errors);
  const printer = printerFor(k, { operation: 'created' });
  for (const info of infos)
    yield* editBeforeCreate(k, info, (saved) => {
      const body = k.flags.bool('save-config') ? withLastApplied(saved.object) : saved.object;
      printer(posted(k, { ...saved, source: '' }, body, 'creating'));
    });
  return 0;
}

/** Up to 1.30: the refusal, then the help or what is unknown. */
function oldRefusal(k: Session): Exit {
  k.err('Error: must specify one of -f and -k\n\n');
  if (k.args.length > 0) return k.usage(`unknown command "${k.args.join(' ')}"`);
  k.out(helpText(k.command, k.minor));
  return new Exit('');
}

function posted(k: Session, info: Info, body: KubeJson, verb: string): KubeJson {
  try {
    return k.client.request('POST', pathOf(info.mapping, info.namespace), {
      query: {
        fieldManager: k.flags.text('field-manager'),
        fieldValidation: validationOf(k),
        dryRun: dryRunParameter(dryRunOf(k)),
      },
      body: compactJson(body),
    });
  } catch (error) {
    throw withSource(verb, info.source ?? '', error);
  }
}

/** `kubectl replace` */
export function replace(k: Session): Process | number {
  const { flags } = k;
  if (flags.text('raw') !== '') throw k.lacking('replace --raw');
  if (flags.list('filename').length === 0 && flags.text('kustomize') === '') throw fileNeeded();
  const dryRun = dryRunOf(k);
  if (flags.int('grace-period') >= 0 && !flags.bool('force'))
    throw new Failure('--grace-period must have --force specified');
  if (flags.duration('timeout') !== 0 && !flags.bool('force'))
    throw new Failure('--timeout must have --force specified');
  if (flags.bool('force') && dryRun !== 'none')
    throw new Failure('--dry-run can not be used when --force is set');
  if (k.args.length > 0) throw k.usage(`Unexpected args: [${k.args.join(' ')}]`);
  if (flags.bool('force')) return forceReplace(k);
  const { infos, errors } = infosOf(k);
  const failures = [...errors];
  const printer = printerFor(k, { operation: withDryRun('replaced', dryRun) });
  for (const info of infos)
    try {
      printer(dryRun === 'client' ? info.object : put(k, info));
    } catch (error) {
      failures.push(asFailure(error));
    }
  throwAll(failures);
  if (infos.length === 0) throw new Failure('no objects passed to replace');
  return 0;
}

function put(k: Session, info: Info): KubeJson {
  const { mapping, namespace, name, source = '' } = info;
  const annotated =
    info.object.metadata.annotations?.['kubectl.kubernetes.io/last-applied-configuration'] !== undefined;
  const object = k.flags.bool('save-config') || annotated ? withLastApplied(info.object) : info.object;
  try {
    const path = pathOf(mapping, namespace, name, k.flags.text('subresource') || undefined);
    const version = object.metadata.resourceVersion ?? k.client.get(path).metadata.resourceVersion;
    return k.client.request('PUT', path, {
      query: {
        fieldManager: k.flags.text('field-manager'),
        fieldValidation: validationOf(k),
        dryRun: dryRunParameter(dryRunOf(k)),
      },
      body: compactJson({ ...object, metadata: { ...object.metadata, resourceVersion: version } }),
    });
  } catch (error) {
    throw withSource('replacing', source, error);
  }
}

function* forceReplace(k: Session): Process {
  const { flags } = k;
  const given = flags.int('grace-period');
  const grace = given < 0 ? 0 : given;
  const { infos, errors } = infosOf(k);
  throwAll(errors);
  for (const info of infos) {
    const { mapping, namespace, name } = info;
    try {
      k.client.request('DELETE', pathOf(mapping, namespace, name), {
        body: { propagationPolicy: cascadeOf(k), gracePeriodSeconds: grace },
      });
      const kind =
        mapping.group === '' ? mapping.kind.toLowerCase() : `${mapping.kind.toLowerCase()}.${mapping.group}`;
      k.out(`${kind} "${name}" deleted\n`);
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }
  for (const info of infos)
    yield* waitUntilDeleted(k, info, undefined, flags.duration('timeout') || 5 * 60_000);
  const printer = printerFor(k, { operation: 'replaced' });
  const failures: Failure[] = [];
  for (const info of infos)
    try {
      printer(
        posted(k, info, flags.bool('save-config') ? withLastApplied(info.object) : info.object, 'replacing'),
      );
    } catch (error) {
      failures.push(asFailure(error));
    }
  throwAll(failures);
  return 0;
}

export const unexpectedArgs = (k: Session): Exit => k.usage(`Unexpected args: [${k.args.join(' ')}]`);
