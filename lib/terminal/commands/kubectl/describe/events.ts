// Events of an object, as describe prints and finds them: k8s.io/kubectl pkg/describe DescribeEvents.
import { goSorted } from '../print/go-sort';
import { listOf } from '../resources/select';
import type { KubeJson } from '../api/client';
import type { Session } from '../run/session';
import { ageOf, type DescribeWriter } from './writer';

export interface EventJson extends KubeJson {
  readonly type?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly count?: number;
  readonly firstTimestamp?: string | null;
  readonly lastTimestamp?: string | null;
  readonly eventTime?: string | null;
  readonly reportingComponent?: string;
  readonly source?: { readonly component?: string; readonly host?: string };
  readonly series?: { readonly count?: number; readonly lastObservedTime?: string };
  readonly involvedObject?: { readonly kind?: string; readonly name?: string; readonly namespace?: string };
}

/** The events about an object. `kind` is left out for Pods, as kubectl does. */
export function eventsOf(
  k: Session,
  object: KubeJson,
  kind: string | undefined,
  uid?: string,
): readonly EventJson[] {
  const { name = '', namespace = '' } = object.metadata;
  const mapping = k.mapper.forKind('v1', 'Event');
  if (!mapping) return [];
  const fieldSelector = [
    ...(kind === undefined ? [] : [`involvedObject.kind=${kind}`]),
    `involvedObject.name=${name}`,
    `involvedObject.namespace=${namespace}`,
    `involvedObject.uid=${uid ?? object.metadata.uid ?? ''}`,
  ].join(',');
  return listOf(k, mapping, namespace, { fieldSelector, limit: 500 }).items;
}

/** The block at the end. */
export function describeEvents(w: DescribeWriter, events: readonly EventJson[], now: number): void {
  if (events.length === 0) {
    w.line(0, 'Events:\t<none>');
    return;
  }
  w.line(0, 'Events:\n  Type\tReason\tAge\tFrom\tMessage');
  w.line(1, '----\t------\t----\t----\t-------');
  for (const event of sortedEvents(events)) {
    const message = (event.message ?? '').trim();
    const from = event.source?.component || event.reportingComponent || '';
    w.line(1, `${event.type ?? ''}\t${event.reason ?? ''}\t${intervalOf(event, now)}\t${from}\t${message}`);
  }
}

/** event.SortableEvents: by lastTimestamp, those without one first. */
function sortedEvents(events: readonly EventJson[]): readonly EventJson[] {
  const at = (e: EventJson): number => Date.parse(e.lastTimestamp ?? '0001-01-01T00:00:00Z');
  return goSorted(events, (a, b) => at(a) < at(b));
}

/** `5m` or `5m (x4 over 20m)`. */
export function intervalOf(event: EventJson, now: number): string {
  const first = event.firstTimestamp || event.eventTime;
  if (event.series)
    return `${ageOf(event.series.lastObservedTime, now)} (x${event.series.count ?? 0} over ${ageOf(first, now)})`;
  if ((event.count ?? 0) > 1)
    return `${ageOf(event.lastTimestamp, now)} (x${event.count} over ${ageOf(first, now)})`;
  return ageOf(first, now);
}
