// PATCH: JSON patch, merge patch, strategic merge patch. Follows k8s.io/apiserver pkg/endpoints/handlers/patch.go.
import { parse } from 'yaml';
import { err, ok, type Result } from '@/lib/core/result';
import { decodeLoosely } from '@/lib/kube/api/decode';
import { asObject, isObject, type JsonObject } from '@/lib/kube/api/json';
import type { FieldSchema } from '@/lib/kube/api/schema';
import { badRequest, notFound } from '@/lib/kube/api/status';
import type { Status } from '@/lib/kube/api/types';
import type { KubeObject } from '@/lib/kube/types';
import { bodyText, contentTypeOf, strictly } from './body';
import type { Call } from './call';
import { goJson } from './go-json-text';
import { parseGoJson } from './go-json';
import { jsonPatched, mergePatched, MOST_OPERATIONS } from './json-patch';
import { isApply, writeQuery, type WriteQuery } from './options';
import { presented } from './present';
import { objectResponse } from './read';
import type { ResourceRoute } from './route';
import { schemaFor } from './schemas';
import { methodNotAllowed, tooLarge, unsupportedMediaType } from './status-body';
import { goMap, strategicPatched } from './strategic-patch';
import type { ApiResponse } from './types';
import { toStored } from './versions';
import { warnOf } from './write';

const PATCH_TYPES = [
  'application/json-patch+json',
  'application/merge-patch+json',
  'application/strategic-merge-patch+json',
  'application/apply-patch+yaml',
];

/** PATCH of an object or its status. */
export function patch(call: Call, route: ResourceRoute): ApiResponse {
  const { resource, namespace, name = '', subresource } = route;
  if (!resource.info) return call.fail(methodNotAllowed());
  const type = contentTypeOf(call);
  if (!PATCH_TYPES.includes(type)) return call.fail(unsupportedMediaType(type, PATCH_TYPES));
  const options = writeQuery(call, route, 'PatchOptions');
  if (!options.ok) return call.fail(options.error);
  if (isApply(call)) return apply(call, route, options.value);
  const live = call.backend.api.get(resource.info.kind, namespace, name);
  if (!live) return call.fail(notFound(resource.info, name));
  const schema = schemaFor(resource.kind, resource.apiVersion, call.backend.k8s) ?? ANYTHING;
  const patched = patchedObject(call, type, presented(live, resource), schema);
  if (!patched.ok) return call.fail(patched.error);
  const place = { name, ...(namespace ? { namespace } : {}) };
  const whole = { ...patched.value, metadata: { ...place, ...asObject(patched.value.metadata) } };
  const updated = call.backend.api.update(toStored(whole as KubeObject, resource), {
    ...options.value,
    ...(subresource === 'status' ? { subresource } : {}),
  });
  if (updated.ok) warnOf(call, updated.value, live);
  return updated.ok ? objectResponse(call, 200, updated.value, resource) : call.fail(updated.error);
}

/** Server-side apply. */
function apply(
  call: Call,
  { resource, namespace, name = '' }: ResourceRoute,
  options: WriteQuery,
): ApiResponse {
  const text = bodyText(call);
  if (!text.ok) return call.fail(text.error);
  const parsed = parsedYaml(text.value);
  if (!parsed.ok) return call.fail(badRequest(`error decoding YAML: ${parsed.error}`));
  const config = parsed.value;
  if (!isObject(config)) return call.fail(badRequest('error decoding YAML: the patch is no object'));
  const {
    apiVersion = '',
    kind = '',
    metadata,
  } = config as { apiVersion?: string; kind?: string; metadata?: unknown };
  if (apiVersion !== resource.apiVersion)
    return call.fail(
      badRequest(
        `Incorrect version specified in apply patch. Specified patch version: ${apiVersion}, expected: ${resource.apiVersion}`,
      ),
    );
  if (kind !== resource.kind)
    return call.fail(
      badRequest(
        `the kind in the patch (${kind}) does not match the kind of the resource (${resource.kind})`,
      ),
    );
  const { name: given, namespace: place, managedFields, ...meta } = asObject(metadata);
  if (managedFields !== undefined && managedFields !== null)
    return call.fail(badRequest('metadata.managedFields must be nil'));
  if (given !== undefined && given !== name)
    return call.fail(
      badRequest(
        `the name of the object (${String(given as string)}) does not match the name on the URL (${name})`,
      ),
    );
  if (place !== undefined && place !== namespace)
    return call.fail(
      badRequest('the namespace of the provided object does not match the namespace sent on the request'),
    );
  const whole = { ...config, metadata: { ...meta, name, ...(namespace ? { namespace } : {}) } };
  const stored = toStored(whole as unknown as KubeObject, resource);
  const applied = call.backend.api.serverSideApply(stored, options.fieldManager, options);
  if (!applied.ok) return call.fail(applied.error);
  warnOf(call, applied.value.object, undefined);
  return objectResponse(call, applied.value.created ? 201 : 200, applied.value.object, resource);
}

function parsedYaml(text: string): Result<unknown, string> {
  try {
    return ok(parse(text, { maxAliasCount: 100, logLevel: 'error' }) as unknown);
  } catch (error) {
    return err(`yaml: ${String((error as Error).message).split('\n')[0] ?? ''}`);
  }
}

const ANYTHING: FieldSchema = { type: 'any', go: 'interface {}' };

/** The object after the patch, decoded. */
export function patchedObject(
  call: Call,
  type: string,
  live: KubeObject,
  schema: FieldSchema,
): Result<KubeObject, Status> {
  const text = bodyText(call);
  if (!text.ok) return text;
  const parsed = parseGoJson(text.value);
  if (!parsed.ok) return err(badRequest(malformed(type, parsed.error)));
  const { value, duplicates } = parsed.value;
  const faults = duplicates.map((path) => `duplicate field "${path}"`);
  if (type === 'application/json-patch+json') return jsonPatch(call, value, live, schema, faults);
  if (!isObject(value))
    return err(
      badRequest(
        `error decoding patch: json: cannot unmarshal ${jsonKind(value)} into Go value of type map[string]interface {}`,
      ),
    );
  if (type === 'application/merge-patch+json')
    return decodedPatch(call, mergePatched(live, value), schema, faults);
  return strategic(call, value, live, schema, faults);
}

const malformed = (type: string, why: string): string =>
  type === 'application/strategic-merge-patch+json' ? `error decoding patch: ${why}` : why;

const jsonKind = (value: unknown): string =>
  Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value;

function jsonPatch(
  call: Call,
  operations: unknown,
  live: KubeObject,
  schema: FieldSchema,
  faults: readonly string[],
): Result<KubeObject, Status> {
  if (!Array.isArray(operations))
    return err(
      badRequest(
        `error decoding patch: json: cannot unmarshal ${jsonKind(operations)} into Go value of type jsonpatch.Patch`,
      ),
    );
  if (operations.length > MOST_OPERATIONS)
    return err(
      tooLarge(
        `The allowed maximum operations in a JSON patch is ${MOST_OPERATIONS}, got ${operations.length}`,
      ),
    );
  const patched = jsonPatched(live, operations);
  if (patched.ok) return decodedPatch(call, patched.value, schema, faults);
  return err({
    code: 422,
    reason: 'Invalid',
    message: 'the server rejected our request due to an error in our request',
    causes: [],
    details: {},
  });
}

function decodedPatch(
  call: Call,
  patched: unknown,
  schema: FieldSchema,
  faults: readonly string[],
): Result<KubeObject, Status> {
  const { value, strict, wrongType } = decodeLoosely(patched, schema, { sorted: true });
  const refused = wrongType ?? prefixed(strictly(call, [...faults, ...strict]));
  if (refused !== undefined) return err(invalidPatch(JSON.stringify(goJson(patched)), refused));
  return ok(value as KubeObject);
}

const prefixed = (faults: string | undefined): string | undefined =>
  faults === undefined ? undefined : `strict decoding error: ${faults}`;

function strategic(
  call: Call,
  patchMap: JsonObject,
  live: KubeObject,
  schema: FieldSchema,
  faults: readonly string[],
): Result<KubeObject, Status> {
  const merged = strategicPatched(live as KubeObject & JsonObject, patchMap, schema);
  if (!merged.ok) return err(badRequest(merged.error));
  const { value, strict, wrongType } = decodeLoosely(merged.value, schema, {
    sorted: true,
    dialect: 'converter',
  });
  const refused = wrongType ?? prefixed(strictly(call, [...faults, ...strict]));
  if (refused !== undefined) return err(invalidPatch(JSON.stringify(goMap(patchMap)), refused));
  return ok(value as KubeObject);
}

/** A patch that makes no object: names neither kind nor object. */
function invalidPatch(shown: string, why: string): Status {
  const message = `Invalid value: ${shown}: ${why}`;
  return {
    code: 422,
    reason: 'Invalid',
    message: ` "" is invalid: patch: ${message}`,
    causes: [{ reason: 'FieldValueInvalid', message, field: 'patch' }],
    details: {},
  };
}
