// RFC 7396: JSON merge patch.
import { isObject, type JsonObject } from '@/lib/kube/api/json';

/** The object after the patch. */
export function mergePatched(object: JsonObject, patch: unknown): JsonObject {
  const merged: Record<string, unknown> = { ...object };
  for (const [name, value] of Object.entries(isObject(patch) ? patch : {})) {
    const before = merged[name];
    if (value === null) delete merged[name];
    else merged[name] = isObject(value) ? mergePatched(isObject(before) ? before : {}, value) : value;
  }
  return merged;
}
