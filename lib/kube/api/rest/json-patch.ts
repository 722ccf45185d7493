// JSON Patch (RFC 6902) and JSON merge patch (RFC 7386), as gopkg.in/evanphx/json-patch.v4 applies them for the API server.
import { err, ok, type Result } from '@/lib/core/result';
import { isObject, sameJson, type JsonObject } from '@/lib/kube/api/json';

/** The document after a merge patch: null removes a field. */
export function mergePatched(document: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const result: Record<string, unknown> = isObject(document) ? { ...document } : {};
  for (const [name, value] of Object.entries(patch))
    if (value === null) delete result[name];
    else result[name] = mergePatched(result[name], value);
  return result;
}

/** So many operations one patch may have (k8s.io/apiserver pkg/endpoints/handlers/patch.go maxJSONPatchOperations). */
export const MOST_OPERATIONS = 10_000;

class Fault extends Error {}

/** The document after all operations; or why one of them cannot be done. */
export function jsonPatched(document: unknown, operations: readonly unknown[]): Result<unknown, string> {
  let result = structuredCopy(document);
  try {
    for (const operation of operations) result = applied(result, isObject(operation) ? operation : {});
    return ok(result);
  } catch (fault) {
    if (fault instanceof Fault) return err(fault.message);
    throw fault;
  }
}

function applied(document: unknown, operation: JsonObject): unknown {
  const { op, path, from, value } = operation;
  if (typeof path !== 'string') throw new Fault('operation has no path');
  switch (op) {
    case 'add':
      return added(document, pointer(path), value);
    case 'remove':
      return removed(
        document,
        pointer(path),
        `remove operation does not apply: doc is missing path: "${path}"`,
      );
    case 'replace':
      if (valueAt(document, pointer(path)) === undefined)
        throw new Fault(`replace operation does not apply: doc is missing key: ${path}: missing value`);
      return added(removed(document, pointer(path), path), pointer(path), value);
    case 'move': {
      const moved = valueAt(document, pointer(String(from)));
      if (moved === undefined)
        throw new Fault(`move operation does not apply: doc is missing from path: ${String(from)}`);
      return added(removed(document, pointer(String(from)), path), pointer(path), moved);
    }
    case 'copy': {
      const copied = valueAt(document, pointer(String(from)));
      if (copied === undefined)
        throw new Fault(`copy operation does not apply: doc is missing from path: ${String(from)}`);
      return added(document, pointer(path), structuredCopy(copied));
    }
    case 'test': {
      const there = valueAt(document, pointer(path));
      if (!sameJson(there ?? null, value ?? null))
        throw new Fault(`testing value ${path} failed: test failed`);
      return document;
    }
    default:
      throw new Fault(`Unexpected kind: ${typeof op === 'string' ? op : 'unknown'}`);
  }
}

/** The steps of a JSON pointer. */
function pointer(path: string): readonly string[] {
  if (path === '') return [];
  return path
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function valueAt(document: unknown, steps: readonly string[]): unknown {
  let value = document;
  for (const step of steps) {
    if (Array.isArray(value)) value = /^\d+$/.test(step) ? (value[Number(step)] as unknown) : undefined;
    else value = isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
    if (value === undefined) return undefined;
  }
  return value;
}

function added(document: unknown, steps: readonly string[], value: unknown): unknown {
  const [step, ...rest] = steps;
  if (step === undefined) return value;
  if (Array.isArray(document)) {
    const list = document as readonly unknown[];
    if (rest.length > 0) {
      const at = indexIn(list, step, list.length - 1);
      return list.with(at, added(list[at], rest, value));
    }
    const at = step === '-' ? list.length : indexIn(list, step, list.length);
    return list.toSpliced(at, 0, value);
  }
  if (!isObject(document))
    throw new Fault(
      `add operation does not apply: doc is missing path: "/${steps.join('/')}": missing value`,
    );
  if (rest.length > 0 && document[step] === undefined)
    throw new Fault(
      `add operation does not apply: doc is missing path: "/${steps.join('/')}": missing value`,
    );
  return { ...document, [step]: rest.length > 0 ? added(document[step], rest, value) : value };
}

function removed(document: unknown, steps: readonly string[], why: string): unknown {
  const [step, ...rest] = steps;
  if (step === undefined) return undefined;
  if (Array.isArray(document)) {
    const list = document as readonly unknown[];
    const at = indexIn(list, step, list.length - 1);
    return rest.length > 0 ? list.with(at, removed(list[at], rest, why)) : list.toSpliced(at, 1);
  }
  if (!isObject(document) || document[step] === undefined) throw new Fault(why);
  if (rest.length > 0) return { ...document, [step]: removed(document[step], rest, why) };
  const { [step]: _, ...others } = document;
  return others;
}

function indexIn(list: readonly unknown[], step: string, last: number): number {
  const at = /^-?\d+$/.test(step) ? Number(step) : Number.NaN;
  if (Number.isNaN(at) || at < 0 || at > last)
    throw new Fault(`Unable to access invalid index: ${step}: invalid index referenced`);
  return at;
}

const structuredCopy = <T>(value: T): T =>
  value === undefined ? value : (JSON.parse(JSON.stringify(value)) as T);
