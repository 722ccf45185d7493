// kubectl get -w: the list, then its changes until Ctrl-C or the request timeout (k8s.io/kubectl pkg/cmd/get/get.go, watch).
import type { Process } from '../../../types';
import { GET, TabWriter } from '../../../tabwriter';
import { ACCEPT, type KubeJson } from '../api/client';
import { pathOf } from '../api/mapper';
import type { Table } from '../print/tables';
import { Failure, throwAll } from '../run/errors';
import { events } from '../run/watch';
import type { Session } from '../run/session';
import type { Selected } from '../resources/select';
import { objectPrinter, tablePrinter, type GetOptions } from './get-options';

export function* watchTargets(k: Session, options: GetOptions, selected: Selected): Process {
  throwAll(selected.errors);
  const { targets } = selected;
  if (targets.length !== 1 && targets.every((t) => t.name === undefined))
    throw new Failure(`you may only specify a single resource type`);
  if (targets.length !== 1)
    throw new Failure(
      'watch is only supported on individual resources and resource collections - more than 1 resource was found',
    );
  const [target] = targets;
  if (!target) return 0;
  const { mapping, namespace, name } = target;
  const showEvents = k.flags.bool('output-watch-events');
  const printer = tablePrinter(k, mapping, options, k.flags.bool('show-kind'));
  const writer = new TabWriter(GET);
  const print = options.table ? undefined : objectPrinter(k, options);
  const show = (object: unknown, event: string): void => {
    if (print) {
      const shown = object as KubeJson;
      print(showEvents ? ({ type: event, object: shown } as unknown as KubeJson) : shown);
    } else k.out(writer.align(printer.lines(object as Table, showEvents ? event : undefined)));
  };
  const accept = options.table ? ACCEPT.table : ACCEPT.json;
  const query = {
    labelSelector: options.selector || undefined,
    fieldSelector: name === undefined ? options.fieldSelector || undefined : `metadata.name=${name}`,
  };
  const first = k.client.get<Table & KubeJson>(
    pathOf(mapping, namespace, name),
    name === undefined
      ? { ...query, limit: options.chunkSize > 0 ? String(options.chunkSize) : undefined }
      : {},
    accept,
  );
  if (!k.flags.bool('watch-only')) showFirst(first, options.table, show);
  const version = name === undefined ? (first.metadata?.resourceVersion ?? '0') : '0';
  let skip = name !== undefined;
  const watch = events(
    k,
    pathOf(mapping, namespace),
    { ...query, resourceVersion: version, watch: 'true' },
    accept,
  );
  for (let event = yield* watch.next(); event; event = yield* watch.next()) {
    const { type, object } = event;
    if (type === 'BOOKMARK') continue;
    if (skip && type === 'ADDED') {
      skip = false;
      if (options.table) printerTakesColumns(printer, object as unknown as Table);
      continue;
    }
    skip = false;
    show(object, type);
  }
  return 0;
}

/** The columns come only with the first event. */
function printerTakesColumns(printer: ReturnType<typeof tablePrinter>, table: Table): void {
  printer.lines({ ...table, rows: [] });
}

function showFirst(
  first: Table & KubeJson,
  table: boolean,
  show: (object: unknown, event: string) => void,
): void {
  if (table) {
    if ((first.rows ?? []).length > 0) show(first, 'ADDED');
    return;
  }
  const items = first['items'];
  for (const item of Array.isArray(items) ? (items as KubeJson[]) : [first]) show(item, 'ADDED');
}
