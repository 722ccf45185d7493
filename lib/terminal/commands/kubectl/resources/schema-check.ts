// What kubectl checks of a manifest before it sends it; field names are left to the server (cmd/util/validation).
import { Failure } from '../run/errors';
import type { FileDocument } from './files';

/** Throws `error validating "f.yaml": error validating data: …`. */
export function checkDocument({ source, value }: FileDocument): void {
  const problem = documentProblem(value);
  if (problem === undefined) return;
  throw new Failure(
    `error validating "${source}": error validating data: ${problem}; if you choose to ignore these errors, turn validation off with --validate=false`,
  );
}

/** What is wrong with a document; undefined if nothing is. */
export function documentProblem(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return 'invalid object to validate';
  const { apiVersion, kind } = value as Readonly<Record<string, unknown>>;
  const problems = [
    typeof apiVersion === 'string' && apiVersion !== '' ? undefined : 'apiVersion not set',
    typeof kind === 'string' && kind !== '' ? undefined : 'kind not set',
  ].filter((p) => p !== undefined);
  return problems.length > 1 ? `[${problems.join(', ')}]` : problems[0];
}
