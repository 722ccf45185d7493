// kubectl get: k8s.io/kubectl pkg/cmd/get/get.go.
import type { Process } from '../../../types';
import { GET, TabWriter } from '../../../tabwriter';
import { ACCEPT, type KubeJson } from '../api/client';
import { pathOf, type Mapping } from '../api/mapper';
import { ageOf } from '../describe/writer';
import type { Table, TablePrinter } from '../print/tables';
import { asFailure, Exit, Failure, isNotFound, throwTogether } from '../run/errors';
import type { Session } from '../run/session';
import type { Target } from '../resources/info';
import { fetched, select, withSelectorText } from '../resources/select';
import { getOptions, objectPrinter, severalKinds, tablePrinter, type GetOptions } from './get-options';
import { listOfObjects } from './list-of-objects';
import { sortedObjects, sortedTable, unsortable } from './get-sort';
import { watchTargets } from './get-watch';

export function get(k: Session): Process | number {
  const { flags } = k;
  const raw = flags.text('raw');
  if (raw !== '') return getRaw(k, raw);
  const options = getOptions(k);
  const watching = flags.bool('watch') || flags.bool('watch-only');
  if (flags.text('kustomize') !== '') throw k.lacking('--kustomize');
  if (flags.bool('output-watch-events') && !watching)
    throw new Failure('--output-watch-events option can only be used with --watch or --watch-only');
  if (options.args.length === 0 && (options.filenames ?? []).length === 0) throw nothingGiven();
  const { subresource } = options;
  if (!k.differences.getAnySubresource && subresource !== '' && !['status', 'scale'].includes(subresource))
    throw new Failure(`invalid subresource value: "${subresource}". Must be one of [status scale]`);
  if (watching) return watchTargets(k, options, select(k, options));
  return options.table ? getTables(k, options) : getObjects(k, options);
}

const nothingGiven = (): Exit =>
  new Exit(
    `You must specify the type of resource to get. Use "kubectl api-resources" for a complete list of supported resources.\n\nerror: Required resource not specified.\nUse "kubectl explain <resource>" for a detailed description of that resource (e.g. kubectl explain pods).\nSee 'kubectl get -h' for help and examples\n`,
  );

function getRaw(k: Session, raw: string): number {
  if (k.args.length > 0) throw new Failure('arguments may not be passed when --raw is specified');
  const [path = '', query = ''] = raw.split('?');
  const parameters = Object.fromEntries(new URLSearchParams(query));
  k.out(k.client.text(path, parameters));
  return 0;
}

/** A Table for each target. */
function getTables(k: Session, options: GetOptions): number {
  const selected = select(k, options);
  const errors: Failure[] = [...selected.errors];
  const found: { readonly mapping: Mapping; readonly table: Table }[] = [];
  for (const target of selected.targets)
    try {
      for (const table of tablesOf(k, target, options)) found.push({ mapping: target.mapping, table });
    } catch (error) {
      if (!(options.ignoreNotFound && isNotFound(error))) errors.push(asFailure(error));
    }
  const printed = printTables(k, options, found);
  if (!printed && !options.ignoreNotFound && errors.length === 0)
    k.err(
      options.allNamespaces || found.some((f) => !f.mapping.namespaced)
        ? 'No resources found\n'
        : `No resources found in ${k.namespace} namespace.\n`,
    );
  throwTogether(errors);
  return 0;
}

/** The pages of a list, or one object. */
function tablesOf(k: Session, target: Target, options: GetOptions): readonly Table[] {
  const { mapping, namespace, name } = target;
  if (name !== undefined)
    return [
      asTable(k, k.client.get(pathOf(mapping, namespace, name, options.subresource), {}, ACCEPT.table)),
    ];
  const tables: Table[] = [];
  for (let more: string | undefined; ;) {
    const table = withSelectorText(mapping, options, () =>
      k.client.get<Table>(
        pathOf(mapping, namespace),
        {
          labelSelector: options.selector || undefined,
          fieldSelector: options.fieldSelector || undefined,
          limit: options.chunkSize > 0 && options.sortBy === '' ? String(options.chunkSize) : undefined,
          includeObject: options.sortBy === '' ? undefined : 'Object',
          continue: more,
        },
        ACCEPT.table,
      ),
    );
    tables.push(table);
    more = table.metadata?.continue || undefined;
    if (more === undefined) break;
  }
  const [first] = tables;
  return first ? [{ ...first, rows: tables.flatMap((t) => t.rows ?? []) }] : [];
}

/** kubectl does not look at what its sorting printer says. */
function sortedOrNothing(table: Table, field: string): Table {
  try {
    return sortedTable(table, field);
  } catch (error) {
    asFailure(error);
    return { ...table, rows: [] };
  }
}

/** What comes as it is (a Scale) is shown by name and age. */
function asTable(k: Session, answer: Table | KubeJson): Table {
  if (answer.kind === 'Table') return answer as Table;
  const object = answer as KubeJson;
  const column = { type: 'string', priority: 0 };
  return {
    kind: 'Table',
    columnDefinitions: [
      { ...column, name: 'Name', format: 'name' },
      { ...column, name: 'Age', format: '' },
    ],
    rows: [{ cells: [object.metadata.name ?? '', ageOf(object.metadata.creationTimestamp, k.now)], object }],
  };
}

/** Prints what was found; false if there was nothing. */
function printTables(
  k: Session,
  options: GetOptions,
  found: readonly { readonly mapping: Mapping; readonly table: Table }[],
): boolean {
  if (options.sortBy !== '' && found.length > 1) throw unsortable(options.sortBy);
  const withKind = severalKinds(
    k,
    found.map((f) => f.mapping),
  );
  const writer = new TabWriter(GET);
  let last: Mapping | undefined;
  let printer: TablePrinter | undefined;
  let pending = '';
  let written = false;
  let separate = false;
  const flush = (): void => {
    if (pending === '') return;
    if (separate) k.out('\n');
    separate = false;
    k.out(writer.align(pending));
    pending = '';
    written = true;
  };
  for (const { mapping, table } of found) {
    const sorted = options.sortBy === '' ? table : sortedOrNothing(table, options.sortBy);
    if (!printer || !last || last.resource !== mapping.resource || last.group !== mapping.group) {
      flush();
      writer.forget();
      if (last && !k.flags.bool('no-headers') && written) separate = true;
      printer = tablePrinter(k, mapping, options, withKind);
      last = mapping;
    }
    pending += printer.lines(sorted);
  }
  flush();
  return written;
}

/** Objects for the formats that need them whole. */
function getObjects(k: Session, options: GetOptions): number {
  const { infos, errors, single } = fetched(k, {
    ...options,
    latest: true,
    ...(options.sortBy === '' ? { limit: options.chunkSize } : {}),
  });
  const wanted = errors.filter((e) => !(options.ignoreNotFound && isNotFound(e)));
  if (options.ignoreNotFound && infos.length === 0 && single) {
    throwTogether(wanted);
    return 0;
  }
  const printer = objectPrinter(k, options);
  let objects = infos.map((info) => info.object);
  if (options.subresource !== '')
    objects = infos.map((i) => k.client.get(pathOf(i.mapping, i.namespace, i.name, options.subresource)));
  if (options.sortBy !== '') objects = sortedObjects(objects, options.sortBy);
  const [first] = objects;
  if (single && first && wanted.length === 0) printer(first);
  else if (!single || wanted.length === 0 || objects.length > 0) printer(listOfObjects(objects));
  throwTogether(wanted);
  return 0;
}
