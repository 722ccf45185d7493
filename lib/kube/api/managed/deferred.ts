// managedFields of what the control plane writes. Its writes are many and hardly anybody asks who manages their fields, so a write
// only notes what is needed to tell, and the entries are worked out when somebody does: a client that reads the object, or one that
// writes to it under a name. Objects are immutable, so what is worked out is true for ever.
import type { FieldSchema } from '@/lib/kube/api/schema';
import type { FieldManager, WriteOptions } from '@/lib/kube/api/types';
import type { KubeObject, ManagedFieldsEntry } from '@/lib/kube/types';
import { managedAfterUpdate } from './managers';

/** One write that has not been accounted for. */
export interface Note {
  /** The object before; undefined: it was created. */
  readonly old: KubeObject | undefined;
  /** The object as it was written, before admission. */
  readonly written: KubeObject;
  readonly schema: FieldSchema;
  /** undefined: a write that nobody answers for (a binding, a deletion mark). */
  readonly manager: FieldManager | undefined;
  /** Virtual time, ms. */
  readonly now: number;
  /** So many notes stand behind this one. */
  readonly depth: number;
}

/** Older objects are kept for their notes; so many at most. */
const DEEPEST = 8;

const notes = new WeakMap<KubeObject, Note>();
const whole = new WeakMap<KubeObject, KubeObject>();

/** The object with its managedFields as a write under this name leaves them; without a name: as the object has them. */
export function managedBy(
  object: KubeObject,
  old: KubeObject | undefined,
  schema: FieldSchema,
  manager: FieldManager | undefined,
  now: number,
): KubeObject {
  const { metadata } = object;
  if (!manager && metadata.managedFields === old?.metadata.managedFields) return object;
  const given = metadata.managedFields?.filter((e) => e.manager !== undefined);
  const entries = metadata.managedFields ? (given ?? []) : (old?.metadata.managedFields ?? []);
  const after = manager
    ? managedAfterUpdate(old, object, schema, entries, { ...manager, operation: 'Update', now })
    : entries;
  if (after === metadata.managedFields || (after.length === 0 && !metadata.managedFields)) return object;
  return { ...object, metadata: { ...metadata, managedFields: after } };
}

/** What is to be noted of a write of the control plane; nothing, if the write came with its managedFields. */
export function noteOf(
  stored: KubeObject,
  old: KubeObject | undefined,
  { options, ...written }: Pick<Note, 'written' | 'schema' | 'now'> & { readonly options: WriteOptions },
): Note | undefined {
  const { component, fieldManager, subresource = '' } = options;
  if (fieldManager || stored.metadata.managedFields !== old?.metadata.managedFields) return undefined;
  const manager = component ? { manager: component, apiVersion: stored.apiVersion, subresource } : undefined;
  const before = old && notes.get(old);
  if (!manager && !before) return undefined;
  // One manager's writes in a row are one.
  if (before && manager && isSame(before.manager, manager))
    return { ...written, manager, old: before.old, depth: before.depth };
  if (before && before.depth >= DEEPEST && old)
    return { ...written, manager, old: withManagedFields(old), depth: 0 };
  return { ...written, manager, old, depth: (before?.depth ?? -1) + 1 };
}

/** Keeps a note with the object that was stored. */
export const keepNote = (stored: KubeObject, note: Note): void => void notes.set(stored, note);

/** What is noted of an object is noted of its copy. */
export function carryNote(object: KubeObject, copy: KubeObject): void {
  const note = notes.get(object);
  if (note) notes.set(copy, note);
}

/** The object with its managedFields complete; the same object if it has them already. */
export function withManagedFields<T extends KubeObject>(object: T): T {
  const note = notes.get(object);
  if (!note) return object;
  const known = whole.get(object);
  if (known) return known as T;
  const managedFields = entriesAfter(note);
  const complete =
    managedFields.length === 0 ? object : { ...object, metadata: { ...object.metadata, managedFields } };
  whole.set(object, complete);
  return complete;
}

function entriesAfter({ old, written, schema, manager, now }: Note): readonly ManagedFieldsEntry[] {
  const before = old && withManagedFields(old);
  const entries = before?.metadata.managedFields ?? [];
  if (!manager) return entries;
  return managedAfterUpdate(before, written, schema, entries, { ...manager, operation: 'Update', now });
}

const isSame = (a: FieldManager | undefined, b: FieldManager): boolean =>
  a?.manager === b.manager && a.subresource === b.subresource && a.apiVersion === b.apiVersion;
