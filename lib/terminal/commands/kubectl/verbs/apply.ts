// kubectl apply: k8s.io/kubectl pkg/cmd/apply/apply.go, patcher.go.
import { schemaOf } from '@/lib/kube/api/schema';
import type { JsonObject } from '@/lib/kube/api/json';
import { LAST_APPLIED, withLastApplied } from '../apply/last-applied';
import { threeWayPatch } from '../apply/three-way';
import { PATCH_TYPES, type KubeJson } from '../api/client';
import { apiVersionOf, pathOf } from '../api/mapper';
import { compactJson } from '../print/json';
import { namePrinter, printerFor } from '../print/printer';
import { asFailure, isConflict, isNotFound, throwAll, withSource, Failure } from '../run/errors';
import type { Session } from '../run/session';
import {
  dryRunOf,
  dryRunParameter,
  fileNeeded,
  refuseKustomize,
  validationOf,
  withDryRun,
  type DryRun,
} from '../run/write-options';
import { fileInfos } from '../resources/files';
import type { Info } from '../resources/info';
import { checkDocument } from '../resources/schema-check';
import { labelsMatch } from '../resources/selector';
import { serverSideApply } from './apply-server-side';
import { listOfObjects } from './list-of-objects';

export interface ApplyOptions {
  readonly dryRun: DryRun;
  readonly validation: string;
  readonly fieldManager: string;
}

export function apply(k: Session): number {
  const { flags } = k;
  const filenames = flags.list('filename');
  if (k.args.length > 0) throw k.usage(`Unexpected args: [${k.args.join(' ')}]`);
  refuseKustomize(k);
  if (filenames.length === 0) throw fileNeeded();
  const dryRun = dryRunOf(k);
  const serverSide = flags.bool('server-side');
  if (flags.bool('force-conflicts') && !serverSide)
    throw new Failure('--force-conflicts only works with --server-side');
  if (dryRun === 'client' && serverSide)
    throw new Failure(
      "--dry-run=client doesn't work with --server-side (did you mean --dry-run=server instead?)",
    );
  if (flags.bool('force') && serverSide) throw new Failure('--force cannot be used with --server-side');
  if (dryRun === 'server' && flags.bool('force'))
    throw new Failure('--dry-run=server cannot be used with --force');
  if (flags.bool('prune') && flags.text('selector') === '' && !flags.bool('all'))
    throw new Failure(
      'all resources selected for prune without explicitly passing --all. To prune all resources, pass the --all flag. If you did not mean to prune all resources, specify a label selector',
    );
  if (flags.bool('prune')) throw k.lacking('--prune');
  const validation = validationOf(k);
  const options: ApplyOptions = {
    dryRun,
    validation,
    fieldManager: serverSide && !flags.changed('field-manager') ? 'kubectl' : flags.text('field-manager'),
  };
  const read = fileInfos(
    k,
    filenames,
    flags.bool('recursive'),
    validation === 'Ignore' ? undefined : checkDocument,
  );
  const infos = read.infos.filter((i) => labelsMatch(flags.text('selector'), i.object.metadata.labels));
  return applyAll(k, infos, read.errors, options, serverSide);
}

function applyAll(
  k: Session,
  infos: readonly Info[],
  problems: readonly Failure[],
  options: ApplyOptions,
  serverSide: boolean,
): number {
  const errors: Failure[] = [];
  const printed: KubeJson[] = [];
  const format = k.flags.text('output');
  const whole = format !== '' && format !== 'name';
  if (infos.length === 0 && problems.length === 0) throw new Failure('no objects passed to apply');
  for (const info of infos)
    try {
      const { object, operation } = serverSide
        ? serverSideApply(k, info, options)
        : applyOne(k, info, options);
      if (whole) printed.push(object);
      else namePrinter(k, format === 'name' ? '' : withDryRun(operation, options.dryRun))(object);
    } catch (error) {
      errors.push(asFailure(error));
    }
  const all = [...joined(problems), ...errors];
  const [first] = printed;
  if (whole && first && all.length === 0)
    printerFor(k)(printed.length === 1 ? first : { ...listOfObjects(printed), metadata: {} });
  throwAll(all);
  return 0;
}

/** What could not be read is one error of several. */
function joined(problems: readonly Failure[]): readonly Failure[] {
  if (problems.length < 2) return problems;
  return [new Failure(`[${[...new Set(problems.map((p) => p.message))].join(', ')}]`)];
}

interface Applied {
  readonly object: KubeJson;
  readonly operation: string;
}

function applyOne(k: Session, info: Info, options: ApplyOptions): Applied {
  const { mapping, namespace, name, source = '' } = info;
  if (name === '') {
    const generated = info.object.metadata.generateName;
    if (generated) throw new Failure(`from ${generated}: cannot use generate name with apply`);
  }
  if (name === '')
    throw withSource(
      `retrieving current configuration of:\n${infoText(info)}\nfrom server for:`,
      source,
      new Failure('resource name may not be empty'),
    );
  const modified = withLastApplied(info.object);
  const path = pathOf(mapping, namespace, name);
  let current: KubeJson;
  try {
    current = k.client.get(path);
  } catch (error) {
    if (!isNotFound(error))
      throw withSource(
        `retrieving current configuration of:\n${infoText(info)}\nfrom server for:`,
        source,
        error,
      );
    return create(k, info, modified, options);
  }
  if (current.metadata.annotations?.[LAST_APPLIED] === undefined)
    k.err(
      `Warning: resource ${mapping.resource}/${name} is missing the ${LAST_APPLIED} annotation which is required by kubectl apply. kubectl apply should only be used on resources created declaratively by either kubectl create --save-config or kubectl apply. The missing annotation will be patched automatically.\n`,
    );
  if (options.dryRun === 'client') {
    const { patch } = patchFor(k, current, modified);
    const merged = patch === '{}' ? current : clientMerged(k, current, modified);
    return { object: merged, operation: 'configured' };
  }
  const { object, patch } = patchObject(k, info, current, modified, options);
  return { object, operation: patch === '{}' ? 'unchanged' : 'configured' };
}

/** What would be on the server: the live object, with the file on top. */
function clientMerged(_k: Session, _current: KubeJson, modified: KubeJson): KubeJson {
  return modified;
}

function create(k: Session, info: Info, modified: KubeJson, options: ApplyOptions): Applied {
  const { mapping, namespace, source = '' } = info;
  if (options.dryRun === 'client') return { object: modified, operation: 'created' };
  try {
    const object = k.client.request('POST', pathOf(mapping, namespace), {
      query: {
        fieldManager: options.fieldManager,
        fieldValidation: options.validation,
        dryRun: dryRunParameter(options.dryRun),
      },
      body: compactJson(modified),
    });
    return { object, operation: 'created' };
  } catch (error) {
    throw withSource('creating', source, error);
  }
}

/** The patch from the live object to the file, as its JSON. */
function patchFor(k: Session, current: KubeJson, modified: KubeJson): { readonly patch: string } {
  const lastApplied = current.metadata.annotations?.[LAST_APPLIED];
  let original: JsonObject = {};
  try {
    original = lastApplied ? (JSON.parse(lastApplied) as JsonObject) : {};
  } catch {
    original = {};
  }
  const schema = schemaOf(current.kind, k.context.cluster.k8s);
  const plain = JSON.parse(JSON.stringify(modified)) as JsonObject;
  return { patch: compactJson(threeWayPatch(original, plain, current as unknown as JsonObject, schema)) };
}

const RETRIES = 5;

function patchObject(
  k: Session,
  info: Info,
  live: KubeJson,
  modified: KubeJson,
  options: ApplyOptions,
): { readonly object: KubeJson; readonly patch: string } {
  const { mapping, namespace, name, source = '' } = info;
  const path = pathOf(mapping, namespace, name);
  let current = live;
  for (let attempt = 0; ; attempt++) {
    const { patch } = patchFor(k, current, modified);
    if (patch === '{}') return { object: current, patch };
    try {
      const object = k.client.request('PATCH', path, {
        query: {
          fieldManager: options.fieldManager,
          fieldValidation: options.validation,
          dryRun: dryRunParameter(options.dryRun),
        },
        contentType: PATCH_TYPES.strategic,
        body: patch,
      });
      return { object, patch };
    } catch (error) {
      if (isConflict(error) && attempt < RETRIES) {
        current = k.client.get(path);
        continue;
      }
      if (
        k.flags.bool('force') &&
        error instanceof Failure &&
        ['Conflict', 'Invalid'].includes(error.status?.reason ?? '')
      )
        return { object: recreate(k, info, modified, options), patch };
      throw withSource(
        `applying patch:\n${patch}\nto:\n${infoText(info)}\nfor:`,
        source,
        withSource('patching', source, error),
      );
    }
  }
}

/** --force: deleted and made anew. */
function recreate(k: Session, info: Info, modified: KubeJson, options: ApplyOptions): KubeJson {
  const { mapping, namespace, name } = info;
  k.client.request('DELETE', pathOf(mapping, namespace, name), {
    body: { propagationPolicy: 'Background', gracePeriodSeconds: 0 },
  });
  return create(k, info, modified, options).object;
}

/** resource.Info.String(). */
export function infoText({ mapping, namespace, name }: Info): string {
  const version = `${mapping.group}/${mapping.version}`;
  return `Resource: "${version}, Resource=${mapping.resource}", GroupVersionKind: "${version}, Kind=${mapping.kind}"\nName: "${name}", Namespace: "${namespace}"`;
}

export const apiVersionOfInfo = ({ mapping }: Info): string => apiVersionOf(mapping);
