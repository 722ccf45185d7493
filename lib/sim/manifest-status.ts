// The API server's refusals (meta.k8s.io/v1 Status) put at the lines of the manifest that they are about. The words stay the
// server's own: `field: message` for a cause, as kubectl lists them.
import type { Status } from '@/lib/kube/api/types';
import type { Problem } from './types';
import type { ManifestDocument } from './manifest-types';
import { FIRST_PLACE, type Place } from './manifest-place';

interface Complaint {
  readonly field: string;
  readonly message: string;
  readonly what?: 'key' | 'value';
  readonly suits?: (value: unknown) => boolean;
}

/** One problem for each thing that the server found wrong. */
export function placeStatus(status: Status, document: ManifestDocument): Problem[] {
  const seen = new Set<string>();
  const problems: Problem[] = [];
  for (const { field, message, what, suits } of complaints(status)) {
    const { line, column, endLine, endColumn } = place(document, field, what, suits);
    const id = `${line}:${column} ${message}`;
    if (seen.has(id)) continue;
    seen.add(id);
    problems.push({ severity: 'error', file: document.file, line, column, endLine, endColumn, message });
  }
  return problems;
}

function place(
  document: ManifestDocument,
  field: string,
  what: Complaint['what'],
  suits: Complaint['suits'],
): Place {
  const at = document.locate(field, what ?? 'value', suits) ?? FIRST_PLACE;
  // A value that stands below its key is marked by the key.
  const key = document.locate(field, 'key', suits) ?? at;
  return at.line !== key.line || at.endLine > at.line ? key : at;
}

function complaints(status: Status): readonly Complaint[] {
  const { message, causes } = status;
  if (causes.length > 0)
    return causes.map((c) => ({ field: c.field, message: c.field ? `${c.field}: ${c.message}` : c.message }));
  const unknown = [...message.matchAll(/unknown field "([^"]+)"/g)];
  if (unknown.length > 0) return unknown.map((m) => ({ field: m[1] ?? '', message: m[0], what: 'key' }));
  const duplicate = [...message.matchAll(/duplicate field "([^"]+)"/g)];
  if (duplicate.length > 0) return duplicate.map((m) => ({ field: m[1] ?? '', message: m[0], what: 'key' }));
  // json: cannot unmarshal string into Go struct field ServicePort.spec.ports.port of type int32
  const wrongType = /cannot unmarshal (\w+) .*?into Go struct field [A-Za-z0-9]+\.([\w.[\]]+) of type/.exec(
    message,
  );
  if (wrongType)
    return [{ field: wrongType[2] ?? '', message, suits: (value) => jsonType(value) === wrongType[1] }];
  if (message.startsWith('namespaces "')) return [{ field: 'metadata.namespace', message }];
  if (message.includes('no matches for kind')) return [{ field: 'kind', message }];
  return [{ field: status.reason === 'Forbidden' ? 'kind' : 'metadata.name', message }];
}

/** The name that Go's decoder gives to a JSON value. */
function jsonType(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'boolean') return 'bool';
  return typeof value;
}
