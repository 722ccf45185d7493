// Field by field, who last wrote what an object says. Read off the list of changes: what is older than that list is told by its
// absence.
import { fieldChanges, type Change, type ChangeLog } from '@/lib/sim';
import type { KubeObject } from '@/lib/kube/types';
import { brief } from './change-views';

/** A write to one field. */
export interface FieldWrite {
  readonly at: number;
  /** As in ChangeView. */
  readonly by: string;
  /** The object was made with it. */
  readonly created: boolean;
  /** undefined: there was none, or there is none any more. */
  readonly before?: string;
  readonly after?: string;
}

export interface FieldHistory {
  /** spec.ports[0].nodePort */
  readonly path: string;
  /** undefined: the field has gone. */
  readonly value?: string;
  /** The newest first; empty: it was written before all changes that are kept. */
  readonly writes: readonly FieldWrite[];
}

/** So many writes to one field are told, and so many fields of an object. */
const MOST_WRITES = 8;
const MOST_FIELDS = 1000;
/** What only counts writes. */
const COUNTERS = new Set(['metadata.resourceVersion', 'metadata.generation', 'metadata.managedFields']);

/** The fields of an object in the order in which it has them, then those that it has no more. */
export function fieldHistory(log: ChangeLog, object: KubeObject): readonly FieldHistory[] {
  const writes = writesOf(log, object);
  const fields = leaves(object).map(({ path, value }): FieldHistory => {
    const own = writes.filter((write) => concerns(write.path, path)).map((write) => writeOf(write, path));
    // The object, or what it stands in, may have been written without it.
    const told = own.filter(({ before, after }) => before !== undefined || after !== undefined);
    return { path, value: brief(value), writes: told.slice(0, MOST_WRITES) };
  });
  const there = new Set(fields.map(({ path }) => path));
  const gone = new Map<string, FieldHistory>();
  for (const { path } of writes)
    if (
      path !== '' &&
      !gone.has(path) &&
      ![...there].some((own) => concerns(path, own) || concerns(own, path))
    )
      gone.set(path, {
        path,
        writes: writes
          .filter((write) => write.path === path)
          .slice(0, MOST_WRITES)
          .map((write) => writeOf(write, path)),
      });
  return [...fields, ...gone.values()];
}

interface Write {
  /** The field that was written whole; '': the object was created. */
  readonly path: string;
  readonly change: Change;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** Writes to an object, the newest first. */
function writesOf(log: ChangeLog, { kind, metadata }: KubeObject): readonly Write[] {
  const found: Write[] = [];
  for (const change of log.newest(log.total)) {
    if (change.type === 'RULES' || change.type === 'DELETED') continue;
    const { object, old } = change;
    if (object.kind !== kind || object.metadata.uid !== metadata.uid) continue;
    if (change.type === 'ADDED') found.push({ path: '', change, after: object });
    else for (const field of fieldChanges(old, object, MOST_FIELDS)) found.push({ ...field, change });
  }
  return found;
}

/** Whether a write to a field wrote another one along: the same, or one inside it. */
const concerns = (written: string, path: string): boolean =>
  written === '' || path === written || path.startsWith(`${written}.`) || path.startsWith(`${written}[`);

function writeOf({ path, change, before, after }: Write, field: string): FieldWrite {
  const rest = path === '' ? field : field.slice(path.length).replace(/^\./, '');
  const was = valueAt(before, rest);
  const is = valueAt(after, rest);
  return {
    at: change.at,
    by: change.by,
    created: path === '',
    ...(was === undefined ? {} : { before: brief(was) }),
    ...(is === undefined ? {} : { after: brief(is) }),
  };
}

function leaves(object: KubeObject): readonly { readonly path: string; readonly value: unknown }[] {
  const found: { readonly path: string; readonly value: unknown }[] = [];
  const walk = (path: string, value: unknown): void => {
    if (COUNTERS.has(path) || value === undefined || found.length >= MOST_FIELDS) return;
    if (Array.isArray(value) && value.length > 0) value.forEach((item, i) => walk(`${path}[${i}]`, item));
    else if (isRecord(value) && Object.keys(value).length > 0)
      for (const [key, item] of Object.entries(value)) walk(path === '' ? key : `${path}.${key}`, item);
    else found.push({ path, value });
  };
  walk('', object);
  return found;
}

/** The value at a path inside another; keys with dots are tried whole. */
function valueAt(value: unknown, path: string): unknown {
  if (path === '' || value === undefined) return value;
  const index = /^\[(\d+)\]\.?/.exec(path);
  if (index)
    return Array.isArray(value) ? valueAt(value[Number(index[1])], path.slice(index[0].length)) : undefined;
  if (!isRecord(value)) return undefined;
  for (const key of Object.keys(value))
    if (path === key || path.startsWith(`${key}.`) || path.startsWith(`${key}[`)) {
      const rest = path.slice(key.length);
      const inner = valueAt(value[key], rest.startsWith('.') ? rest.slice(1) : rest);
      if (inner !== undefined) return inner;
    }
  return undefined;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
