// The body of a write: JSON, YAML or protobuf becomes an object of the resource's kind; what does not fit is refused, warned of or
// ignored, as fieldValidation says. Follows k8s.io/apiserver pkg/endpoints/handlers/{create,rest}.go.
import { parse } from 'yaml';
import { err, ok, type Result } from '@/lib/core/result';
import { cannotBeHandled, decodeLoosely } from '@/lib/kube/api/decode';
import { isObject, type JsonObject } from '@/lib/kube/api/json';
import { badRequest } from '@/lib/kube/api/status';
import { schemaOf, type FieldSchema } from '@/lib/kube/api/schema';
import type { Status } from '@/lib/kube/api/types';
import type { KubeObject } from '@/lib/kube/types';
import type { Call } from './call';
import { parseGoJson } from './go-json';
import type { RestResource } from './resources';
import { tooLarge, unsupportedMediaType } from './status-body';
import { utf8Text } from './utf8';
import { toStored } from './versions';

/** The API server's limit for bodies (MaxRequestBodyBytes). */
export const BODY_LIMIT = 3 * 1024 * 1024;

const TEXT_TYPES = ['application/json', 'application/yaml'];
const BODY_TYPES = [...TEXT_TYPES, 'application/vnd.kubernetes.protobuf'];

export type FieldValidation = 'Strict' | 'Warn' | 'Ignore';

/** The media type of the body, without parameters. */
export const contentTypeOf = (call: Call): string =>
  (call.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';

/** The body as text, within the limit. */
export function bodyText({ request }: Call): Result<string, Status> {
  const body = request.body ?? '';
  if (body.length > BODY_LIMIT) return err(tooLarge(`Request entity too large: limit is ${BODY_LIMIT}`));
  return ok(typeof body === 'string' ? body : utf8Text(body));
}

interface RawBody {
  readonly value: unknown;
  readonly duplicates: readonly string[];
}

/** The value of the body, before anything is known of its kind. */
export function rawBody(call: Call, wanted: string): Result<RawBody, Status> {
  const type = contentTypeOf(call) || 'application/json';
  const { body = '' } = call.request;
  if (!BODY_TYPES.includes(type)) return err(unsupportedMediaType(type, BODY_TYPES));
  const text = bodyText(call);
  if (!text.ok) return text;
  if (type === 'application/vnd.kubernetes.protobuf') {
    const { protobuf } = call.backend;
    if (!protobuf) return err(unsupportedMediaType(type, TEXT_TYPES));
    const decoded = protobuf(typeof body === 'string' ? new Uint8Array() : body);
    return decoded.ok ? ok({ value: decoded.value, duplicates: [] }) : err(badRequest(decoded.error));
  }
  if (type === 'application/yaml') return yamlBody(text.value, wanted);
  const parsed = parseGoJson(text.value);
  if (parsed.ok) return parsed;
  return err(
    unrecognised(wanted, `couldn't get version/kind; json parse error: ${parsed.error}`, text.value),
  );
}

function yamlBody(text: string, wanted: string): Result<RawBody, Status> {
  try {
    return ok({ value: parse(text, { maxAliasCount: 100, logLevel: 'error' }) as unknown, duplicates: [] });
  } catch (error) {
    const [why = ''] = String((error as Error).message).split('\n');
    return err(unrecognised(wanted, `error converting YAML to JSON: yaml: ${why}`, text));
  }
}

function unrecognised(wanted: string, why: string, body: string): Status {
  return badRequest(
    `the object provided is unrecognized (must be of type ${wanted}): ${why} (${summary(body)})`,
  );
}

/** The beginning of the body as the server shows it (summarizeData). */
function summary(body: string): string {
  if (body === '') return '<empty>';
  const limit = 30;
  if (!body.startsWith('{')) {
    const hex = [...new TextEncoder().encode(body)].map((b) => b.toString(16).padStart(2, '0')).join('');
    return hex.length > limit ? `${hex.slice(0, limit)} ...` : hex;
  }
  return body.length > limit ? `${body.slice(0, limit)} ...` : body;
}

/** The object of a body for a resource: decoded, with warnings noted. */
export function objectBody(
  call: Call,
  resource: RestResource,
  wantedKind = resource.kind,
): Result<KubeObject, Status> {
  const raw = rawBody(call, wantedKind);
  if (!raw.ok) return raw;
  const { value, duplicates } = raw.value;
  if (!isObject(value))
    return err(
      unrecognised(
        wantedKind,
        `couldn't get version/kind; json parse error: json: cannot unmarshal ${jsonKind(value)} into Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }`,
        bodyTextOf(call),
      ),
    );
  const typed = withType(value, resource, wantedKind);
  if (typed.apiVersion !== resource.apiVersion && wantedKind === resource.kind)
    return err(
      badRequest(
        `the API version in the data (${typed.apiVersion}) does not match the expected API version (${resource.apiVersion})`,
      ),
    );
  if (typed.kind !== wantedKind)
    return err(
      cannotBeHandled(
        typed,
        wantedKind,
        `converting (${goType(typed)}) to (${goInternal(resource, wantedKind)}): unknown conversion`,
      ),
    );
  // What is served in a second version is checked as it is stored.
  const stored = wantedKind === resource.kind ? toStored(typed, resource) : typed;
  const schema = schemaOf(stored.kind, call.backend.k8s);
  return checked(call, stored, schema ?? UNKNOWN_KIND, duplicates);
}

/** A kind that is never stored: only its frame is known. */
const UNKNOWN_KIND: FieldSchema = {
  type: 'object',
  go: 'v1.Review',
  properties: {
    apiVersion: { type: 'string', go: 'string' },
    kind: { type: 'string', go: 'string' },
    metadata: { type: 'map', go: 'v1.ObjectMeta', items: { type: 'any', go: 'interface {}' } },
    spec: { type: 'map', go: 'v1.Spec', items: { type: 'any', go: 'interface {}' } },
    status: { type: 'any', go: 'interface {}' },
  },
};

const bodyTextOf = (call: Call): string => {
  const text = bodyText(call);
  return text.ok ? text.value : '';
};

const jsonKind = (value: unknown): string =>
  Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value;

const goType = ({ apiVersion, kind }: KubeObject): string => `${apiVersion.split('/').at(-1) ?? ''}.${kind}`;
const goInternal = ({ group }: RestResource, kind: string): string =>
  `${group === '' ? 'core' : (group.split('.')[0] ?? '')}.${kind}`;

/** kind and apiVersion may be left out: the path says them. */
function withType(value: JsonObject, resource: RestResource, kind: string): KubeObject {
  const typed = { ...value } as Record<string, unknown>;
  if (typeof typed['kind'] !== 'string' || typed['kind'] === '') typed['kind'] = kind;
  if (typeof typed['apiVersion'] !== 'string' || typed['apiVersion'] === '')
    typed['apiVersion'] = resource.apiVersion;
  return typed as unknown as KubeObject;
}

function checked(
  call: Call,
  object: KubeObject,
  schema: FieldSchema,
  duplicates: readonly string[],
): Result<KubeObject, Status> {
  const { value, strict, wrongType } = decodeLoosely(object, schema);
  if (wrongType !== undefined) return err(cannotBeHandled(object, object.kind, wrongType));
  const faults = [...duplicates.map((path) => `duplicate field "${path}"`), ...strict];
  const refused = strictly(call, faults);
  if (refused !== undefined)
    return err(cannotBeHandled(object, object.kind, `strict decoding error: ${refused}`));
  const decoded = value as KubeObject;
  return ok(decoded.metadata === undefined ? { ...decoded, metadata: {} } : decoded);
}

/** What strict validation says of faults; undefined if they are ignored, or warned of. */
export function strictly(call: Call, faults: readonly string[]): string | undefined {
  if (faults.length === 0) return undefined;
  const mode = fieldValidationOf(call);
  if (mode === 'Strict') return faults.join(', ');
  if (mode === 'Warn') for (const fault of faults) call.warn(fault);
  return undefined;
}

export function fieldValidationOf({ query }: Call): FieldValidation {
  const mode = query.get('fieldValidation');
  return mode === 'Strict' || mode === 'Ignore' ? mode : 'Warn';
}
