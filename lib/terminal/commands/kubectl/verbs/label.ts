// kubectl label and annotate: k8s.io/kubectl pkg/cmd/label/label.go, pkg/cmd/annotate/annotate.go.
import { isObject, sameJson, type JsonObject } from '@/lib/kube/api/json';
import { mergePatchOf } from '../apply/three-way';
import { PATCH_TYPES, type KubeJson } from '../api/client';
import { pathOf } from '../api/mapper';
import { printerFor } from '../print/printer';
import { asFailure, Failure, throwAll } from '../run/errors';
import type { Session } from '../run/session';
import { dryRunOf, dryRunParameter, refuseKustomize, withDryRun } from '../run/write-options';
import type { Info } from '../resources/info';
import { fetched } from '../resources/select';
import { labelProblem } from './label-syntax';

export const label = (k: Session): number => change(k, 'labels');
export const annotate = (k: Session): number => change(k, 'annotations');

type Field = 'labels' | 'annotations';

interface Changes {
  readonly set: Readonly<Record<string, string>>;
  readonly remove: readonly string[];
}

function change(k: Session, field: Field): number {
  const { flags } = k;
  refuseKustomize(k);
  const { resources, pairs } = splitArgs(k, field);
  const list = flags.bool('list');
  const word = field === 'labels' ? 'label' : 'annotation';
  const dryRun = dryRunOf(k);
  const selecting = flags.text('selector') !== '' || flags.text('field-selector') !== '';
  if (flags.bool('all') && selecting && flags.text('selector') !== '')
    throw new Failure('cannot set --all and --selector at the same time');
  if (resources.length === 0 && flags.list('filename').length === 0)
    throw new Failure('one or more resources must be specified as <resource> <name> or <resource>/<name>');
  if (flags.bool('local') && resources.length > 0)
    throw new Failure(
      'can only use local files by -f pod.yaml or --filename=pod.json when --local=true is set',
    );
  if (pairs.length === 0 && !list) throw new Failure(`at least one ${word} update is required`);
  if (list && flags.text('output') !== '')
    throw new Failure(`--list and --output may not be specified together`);
  const changes = changesOf(pairs, field);
  if (flags.text('resource-version') !== '' && resources.length > 0 && flags.bool('all'))
    throw new Failure(`--resource-version may only be used with a single resource`);
  const { infos, errors } = fetched(k, {
    args: resources,
    filenames: flags.list('filename'),
    recursive: flags.bool('recursive'),
    selector: flags.text('selector'),
    fieldSelector: flags.text('field-selector'),
    all: flags.bool('all'),
    allNamespaces: flags.bool('all-namespaces'),
    latest: !flags.bool('local'),
  });
  const failures: Failure[] = [...errors];
  for (const info of infos)
    try {
      if (list) listed(k, info, field, infos.length > 1);
      else changeOne(k, info, field, changes, dryRun);
    } catch (error) {
      failures.push(asFailure(error));
    }
  throwAll(failures);
  return 0;
}

/** Types and names first, then `key=value` and `key-`. */
function splitArgs(
  k: Session,
  field: Field,
): { readonly resources: readonly string[]; readonly pairs: readonly string[] } {
  const isPair = (text: string): boolean =>
    (text.includes('=') && !text.startsWith('=')) || (text.endsWith('-') && text !== '-');
  const first = k.args.findIndex(isPair);
  const resources = first < 0 ? k.args : k.args.slice(0, first);
  const pairs = first < 0 ? [] : k.args.slice(first);
  const wrong = pairs.find((p) => !isPair(p));
  if (wrong !== undefined)
    throw k.usage(
      `all resources must be specified before ${field === 'labels' ? 'label' : 'annotation'} changes: ${wrong}`,
    );
  return { resources, pairs };
}

function changesOf(pairs: readonly string[], field: Field): Changes {
  const set: Record<string, string> = {};
  const remove: string[] = [];
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    if (at > 0) {
      const [key, value] = [pair.slice(0, at), pair.slice(at + 1)];
      if (field === 'labels') {
        const problem = labelProblem(key, value);
        if (problem !== undefined) throw new Failure(problem);
      }
      set[key] = value;
    } else remove.push(pair.slice(0, -1));
  }
  const both = remove.find((key) => set[key] !== undefined);
  if (both !== undefined)
    throw new Failure(
      field === 'labels'
        ? 'can not both modify and remove a label in the same command'
        : `can not both modify and remove the following annotation(s) in the same command: ${both}`,
    );
  return { set, remove };
}

function listed(k: Session, { mapping, name, object }: Info, field: Field, several: boolean): void {
  const values = object.metadata[field] ?? {};
  if (several) {
    k.out(`Listing ${field} for ${mapping.kind}.${mapping.group}/${name}:\n`);
  }
  for (const key of Object.keys(values).sort()) k.out(`${several ? ' ' : ''}${key}=${values[key] ?? ''}\n`);
}

function changeOne(
  k: Session,
  info: Info,
  field: Field,
  { set, remove }: Changes,
  dryRun: ReturnType<typeof dryRunOf>,
): void {
  const { mapping, namespace, name, object } = info;
  const before = object.metadata[field] ?? {};
  if (!k.flags.bool('overwrite')) checkOverwrite(before, set, field);
  const after: Record<string, string> = { ...before, ...set };
  for (const key of remove) {
    if (field === 'labels' && before[key] === undefined) k.out(`label "${key}" not found.\n`);
    delete after[key];
  }
  const version = k.flags.text('resource-version');
  const changed: KubeJson = { ...object, metadata: { ...object.metadata, [field]: after } };
  const patch = withVersion(
    mergePatchOf(object as unknown as JsonObject, changed as unknown as JsonObject),
    version,
  );
  const local = dryRun === 'client' || k.flags.bool('local');
  const result = local
    ? changed
    : k.client.request('PATCH', pathOf(mapping, namespace, name), {
        query: { fieldManager: k.flags.text('field-manager'), dryRun: dryRunParameter(dryRun) },
        contentType: PATCH_TYPES.merge,
        body: patch,
      });
  const same = sameJson(before, after);
  printerFor(k, { operation: withDryRun(operationOf(field, same, set, remove), dryRun) })(result);
}

function operationOf(
  field: Field,
  same: boolean,
  set: Readonly<Record<string, string>>,
  remove: readonly string[],
): string {
  if (field === 'annotations') return 'annotated';
  if (same) return 'not labeled';
  return remove.length > 0 && Object.keys(set).length === 0 ? 'unlabeled' : 'labeled';
}

function checkOverwrite(
  before: Readonly<Record<string, string>>,
  set: Readonly<Record<string, string>>,
  field: Field,
): void {
  const taken = Object.entries(set).filter(
    ([key, value]) => before[key] !== undefined && before[key] !== value,
  );
  if (taken.length === 0) return;
  if (field === 'labels') {
    const errors = taken.map(
      ([key]) => new Failure(`'${key}' already has a value (${before[key] ?? ''}), and --overwrite is false`),
    );
    throwAll(errors);
  }
  const texts = taken.map(([key]) => `'${key}' already has a value (${before[key] ?? ''})`);
  throw new Failure(
    `--overwrite is false but found the following declared annotation(s): ${texts.join('; ')}`,
  );
}

function withVersion(patch: JsonObject, version: string): JsonObject {
  if (version === '') return patch;
  const metadata = isObject(patch['metadata']) ? patch['metadata'] : {};
  return { ...patch, metadata: { ...metadata, resourceVersion: version } };
}
