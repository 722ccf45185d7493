// kubectl events: k8s.io/kubectl pkg/cmd/events/events.go.
import type { Process } from '../../../types';
import { GET, TabWriter } from '../../../tabwriter';
import { pathOf } from '../api/mapper';
import { goSorted } from '../print/go-sort';
import { printerFor } from '../print/printer';
import { Failure } from '../run/errors';
import { events as watchEvents } from '../run/watch';
import type { Session } from '../run/session';
import { intervalOf, type EventJson } from '../describe/events';
import { listOf } from '../resources/select';
import { listOfObjects } from './list-of-objects';

export function events(k: Session): Process | number {
  const { flags } = k;
  if (k.args.length > 0) throw k.usage(`unexpected arguments: [${k.args.join(' ')}]`);
  const mapping = k.mapper.forKind('v1', 'Event');
  if (!mapping) return 0;
  const everywhere = flags.bool('all-namespaces');
  const types = flags.list('types');
  for (const type of types)
    if (!['normal', 'warning'].includes(type.toLowerCase()))
      throw new Failure(`valid --types are Normal or Warning`);
  const about = objectOf(k, flags.text('for'));
  const keep = (e: EventJson): boolean =>
    (types.length === 0 || types.some((t) => t.toLowerCase() === (e.type ?? '').toLowerCase())) &&
    (!about || (e.involvedObject?.kind === about.kind && e.involvedObject.name === about.name));
  const fieldSelector = about ? `involvedObject.kind=${about.kind},involvedObject.name=${about.name}` : '';
  const namespace = everywhere ? '' : k.namespace;
  const list = listOf(k, mapping, namespace, { fieldSelector, limit: flags.int('chunk-size') });
  const items = sorted((list.items as readonly EventJson[]).filter(keep));
  const writer = new TabWriter(GET);
  if (items.length === 0 && !flags.bool('watch')) {
    k.err(everywhere ? 'No events found.\n' : `No events found in ${k.namespace} namespace.\n`);
    return 0;
  }
  if (flags.text('output') !== '')
    printerFor(k, { typed: true })({ ...listOfObjects(items), kind: 'EventList', metadata: {} });
  else k.out(writer.align(head(k, everywhere) + items.map((e) => row(e, k.now, everywhere)).join('')));
  if (!flags.bool('watch')) return 0;
  return watching(k, pathOf(mapping, namespace), list.metadata.resourceVersion ?? '0', keep, (e) =>
    k.out(writer.align(row(e, k.now, everywhere))),
  );
}

function objectOf(k: Session, text: string): { readonly kind: string; readonly name: string } | undefined {
  if (text === '') return undefined;
  const [type, name, ...more] = text.split('/');
  if (type === undefined || name === undefined || name === '' || more.length > 0)
    throw new Failure(`--for must be in resource/name form`);
  return { kind: k.mapper.need(type).kind, name };
}

/** When it was last seen, in seconds; events of the scheduler tell microseconds. */
function timeOf(e: EventJson): number {
  const text =
    e.series?.lastObservedTime ??
    e.lastTimestamp ??
    e.eventTime ??
    e.firstTimestamp ??
    '1970-01-01T00:00:00Z';
  const fraction = /\.\d+/.exec(text)?.[0] ?? '';
  return Math.floor(Date.parse(text) / 1000) + Number(`0${fraction}`);
}

const sorted = (list: readonly EventJson[]): readonly EventJson[] =>
  goSorted(list, (a, b) => timeOf(a) < timeOf(b));

const head = (k: Session, everywhere: boolean): string =>
  k.flags.bool('no-headers')
    ? ''
    : `${everywhere ? 'NAMESPACE\t' : ''}LAST SEEN\tTYPE\tREASON\tOBJECT\tMESSAGE\n`;

function row(e: EventJson, now: number, everywhere: boolean): string {
  const object = `${e.involvedObject?.kind ?? ''}/${e.involvedObject?.name ?? ''}`;
  const message = (e.message ?? '').trim();
  return `${everywhere ? `${e.metadata.namespace ?? ''}\t` : ''}${intervalOf(e, now)}\t${e.type ?? ''}\t${e.reason ?? ''}\t${object}\t${message}\n`;
}

function* watching(
  k: Session,
  path: string,
  resourceVersion: string,
  keep: (e: EventJson) => boolean,
  show: (e: EventJson) => void,
): Process {
  const watch = watchEvents(k, path, { watch: 'true', resourceVersion });
  for (let event = yield* watch.next(); event; event = yield* watch.next())
    if (event.type !== 'DELETED' && event.type !== 'BOOKMARK' && keep(event.object as EventJson))
      show(event.object as EventJson);
  return 0;
}
