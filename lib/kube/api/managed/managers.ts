// Who manages which fields: metadata.managedFields after an update, a create or a server-side apply. Follows
// k8s.io/apimachinery pkg/util/managedfields/internal and structured-merge-diff/v4/merge/update.go.
import { byText, isObject, type JsonObject } from '@/lib/kube/api/json';
import { timestamp } from '@/lib/kube/api/object-meta';
import type { FieldSchema } from '@/lib/kube/api/schema';
import type { KubeObject, ManagedFieldsEntry } from '@/lib/kube/types';
import {
  difference,
  fromFieldsV1,
  intersection,
  isEmptySet,
  NO_FIELDS,
  pathsOf,
  sameSet,
  toFieldsV1,
  union,
  without,
  withParents,
  type FieldSet,
  type FieldsV1,
} from './field-set';
import { compare, fieldSetOf, type Comparison } from './typed';

/** Who writes, with what. */
export interface Writer {
  readonly manager: string;
  readonly operation: 'Apply' | 'Update';
  readonly apiVersion: string;
  readonly subresource: string;
  /** Virtual time, ms since the Unix epoch. */
  readonly now: number;
}

interface Managed {
  readonly entry: ManagedFieldsEntry;
  readonly set: FieldSet;
}

const isOf = (entry: ManagedFieldsEntry, writer: Omit<Writer, 'now'>): boolean =>
  entry.manager === writer.manager &&
  entry.operation === writer.operation &&
  entry.apiVersion === writer.apiVersion &&
  (entry.subresource ?? '') === writer.subresource;

const managedOf = (entries: readonly ManagedFieldsEntry[]): readonly Managed[] =>
  entries.map((entry) => ({
    entry,
    set: isObject(entry.fieldsV1) ? fromFieldsV1(entry.fieldsV1 as FieldsV1) : NO_FIELDS,
  }));

/** Fields that nobody manages. */
const UNMANAGED: readonly (readonly string[])[] = [
  ['f:apiVersion'],
  ['f:kind'],
  ...[
    'name',
    'namespace',
    'creationTimestamp',
    'deletionTimestamp',
    'deletionGracePeriodSeconds',
    'selfLink',
    'uid',
    'resourceVersion',
    'generation',
    'managedFields',
  ].map((f) => ['f:metadata', `f:${f}`]),
];

/** What of a set counts for a write: without what nobody manages, and without the part that the endpoint does not write. */
function managedPart(set: FieldSet, subresource: string): FieldSet {
  const cleaned = UNMANAGED.reduce(without, without(set, [subresource === 'status' ? 'f:spec' : 'f:status']));
  // A struct of its own is no field to manage.
  const metadata = cleaned.children.get('f:metadata');
  if (!metadata?.member) return cleaned;
  const children = new Map(cleaned.children).set('f:metadata', { ...metadata, member: false });
  return { ...cleaned, children };
}

/** managedFields after an update or a create (`old` is then undefined). The same value if nothing is managed otherwise. */
export function managedAfterUpdate(
  old: KubeObject | undefined,
  now: KubeObject,
  schema: FieldSchema,
  entries: readonly ManagedFieldsEntry[],
  writer: Writer,
): readonly ManagedFieldsEntry[] {
  const difference_ = cleaned(
    compare(old ? bare(old) : emptyObject(now), bare(now), schema),
    writer.subresource,
  );
  const touched = union(difference_.added, difference_.modified);
  const others = withoutTouched(managedOf(entries), difference_, touched, writer);
  const own = managedOf(entries).find(({ entry }) => isOf(entry, writer));
  if (isEmptySet(touched) && isEmptySet(difference_.removed)) return entries;
  const set = difference(union(own?.set ?? NO_FIELDS, touched), difference_.removed);
  const changed = !own || !isEmptySet(touched);
  return sorted([...others, ...ownEntry(set, writer, changed ? undefined : own?.entry.time)]);
}

/** Others lose what this write changed or removed. */
function withoutTouched(
  all: readonly Managed[],
  { removed }: Comparison,
  touched: FieldSet,
  writer: Writer,
): readonly ManagedFieldsEntry[] {
  return all
    .filter(({ entry }) => !isOf(entry, writer))
    .flatMap(({ entry, set }) => {
      const left = difference(difference(set, touched), removed);
      if (sameSet(left, set)) return [entry];
      return isEmptySet(left) ? [] : [{ ...entry, fieldsV1: toFieldsV1(left) }];
    });
}

function cleaned({ added, modified, removed }: Comparison, subresource: string): Comparison {
  return {
    added: managedPart(added, subresource),
    modified: managedPart(modified, subresource),
    removed: managedPart(removed, subresource),
  };
}

export interface Conflict {
  readonly entry: ManagedFieldsEntry;
  readonly paths: readonly string[];
}

/** What others manage and a merge would change. */
export function conflictsOf(
  live: KubeObject,
  merged: KubeObject,
  schema: FieldSchema,
  writer: Writer,
): readonly Conflict[] {
  const { added, modified } = cleaned(compare(bare(live), bare(merged), schema), writer.subresource);
  const touched = union(added, modified);
  return managedOf(live.metadata.managedFields ?? [])
    .filter(({ entry }) => !isOf(entry, writer))
    .flatMap(({ entry, set }) => {
      const paths = pathsOf(intersection(set, touched));
      return paths.length > 0 ? [{ entry, paths }] : [];
    });
}

/** The fields of an applied configuration. */
export const appliedSet = (config: KubeObject, schema: FieldSchema, subresource: string): FieldSet =>
  managedPart(fieldSetOf(bare(config), schema), subresource);

/** What the manager applied before and no longer does, and nobody else manages either. */
export function abandoned(live: KubeObject, set: FieldSet, writer: Writer): FieldSet {
  const all = managedOf(live.metadata.managedFields ?? []);
  const own = all.find(({ entry }) => isOf(entry, writer));
  if (!own) return NO_FIELDS;
  const others = all.filter((m) => m !== own).reduce((sum, m) => union(sum, m.set), NO_FIELDS);
  return difference(difference(own.set, withParents(set)), withParents(others));
}

/** managedFields after an apply that led from `live` (undefined: created) to `now`. */
export function managedAfterApply(
  live: KubeObject | undefined,
  now: KubeObject,
  schema: FieldSchema,
  set: FieldSet,
  writer: Writer,
): readonly ManagedFieldsEntry[] {
  const entries = live?.metadata.managedFields ?? [];
  const change = cleaned(compare(live ? bare(live) : {}, bare(now), schema), writer.subresource);
  const others = withoutTouched(managedOf(entries), change, union(change.added, change.modified), writer);
  const own = managedOf(entries).find(({ entry }) => isOf(entry, writer));
  const same = own !== undefined && sameSet(own.set, set);
  return sorted([...others, ...ownEntry(set, writer, same ? own.entry.time : undefined)]);
}

function ownEntry(set: FieldSet, writer: Writer, time: string | undefined): readonly ManagedFieldsEntry[] {
  if (isEmptySet(set)) return [];
  const { manager, operation, apiVersion, subresource, now } = writer;
  return [
    {
      apiVersion,
      fieldsType: 'FieldsV1',
      fieldsV1: toFieldsV1(set),
      manager,
      operation,
      ...(subresource === '' ? {} : { subresource }),
      time: time ?? timestamp(now),
    },
  ];
}

/** sortEncodedManagedFields: Apply before Update, then by time, then by name. */
const sorted = (entries: readonly ManagedFieldsEntry[]): readonly ManagedFieldsEntry[] =>
  entries.toSorted(
    (a, b) =>
      byText(a.operation ?? '', b.operation ?? '') ||
      byText(a.time ?? '', b.time ?? '') ||
      byText(a.manager ?? '', b.manager ?? '') ||
      byText(a.apiVersion ?? '', b.apiVersion ?? '') ||
      byText(a.subresource ?? '', b.subresource ?? ''),
  );

/** The object without managedFields. */
function bare(object: KubeObject): JsonObject {
  const { managedFields: _, ...metadata } = object.metadata ?? {};
  return { ...object, metadata } as unknown as JsonObject;
}

const TEMPLATE = { metadata: {}, spec: { containers: null } };

/** What Go writes of an object without anything: structs that are no pointers are there all the same. */
function emptyObject({ kind }: KubeObject): JsonObject {
  const specs: Readonly<Record<string, JsonObject>> = {
    CronJob: { jobTemplate: { metadata: {}, spec: { template: TEMPLATE } } },
    DaemonSet: { template: TEMPLATE, updateStrategy: {} },
    Deployment: { strategy: {}, template: TEMPLATE },
    Job: { template: TEMPLATE },
    NetworkPolicy: { podSelector: {} },
    Pod: { containers: null },
    ReplicaSet: { template: TEMPLATE },
    StatefulSet: { template: TEMPLATE, updateStrategy: {} },
  };
  const extra: Readonly<Record<string, JsonObject>> = {
    EndpointSlice: { addressType: '', endpoints: null, ports: null },
    Event: { involvedObject: {}, source: {} },
  };
  return { metadata: {}, spec: specs[kind] ?? {}, status: {}, ...extra[kind] };
}
