// Status objects as bodies, and the failures that only the HTTP layer knows (k8s.io/apimachinery pkg/api/errors,
// k8s.io/apiserver pkg/endpoints/handlers/{negotiation,responsewriters}).
import type { Status } from '@/lib/kube/api/types';

/** The JSON of a failure: meta.k8s.io/v1 Status. */
export function statusBody(status: Status): Readonly<Record<string, unknown>> {
  const { details, causes, retryAfterSeconds } = status;
  const shown = {
    ...(details?.name ? { name: details.name } : {}),
    ...(details?.group ? { group: details.group } : {}),
    ...(details?.kind ? { kind: details.kind } : {}),
    ...(causes.length > 0 ? { causes: causes.map(causeBody) } : {}),
    ...(retryAfterSeconds ? { retryAfterSeconds } : {}),
  };
  const hasDetails = details !== undefined || Object.keys(shown).length > 0;
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: status.continueToken ? { continue: status.continueToken } : {},
    status: 'Failure',
    message: status.message,
    ...(status.reason ? { reason: status.reason } : {}),
    ...(hasDetails ? { details: shown } : {}),
    code: status.code,
  };
}

const causeBody = ({ reason, message, field }: Status['causes'][number]): Record<string, string> => ({
  ...(reason ? { reason } : {}),
  message,
  ...(field ? { field } : {}),
});

const failure = (code: number, reason: Status['reason'], message: string): Status => ({
  code,
  reason,
  message,
  causes: [],
});

/** A path of the API that no handler has. */
export const noSuchPath = (): Status => ({
  ...failure(404, 'NotFound', 'the server could not find the requested resource'),
  details: {},
});

export const methodNotAllowed = (): Status => ({
  ...failure(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource'),
  details: {},
});

export const notAcceptable = (accepted: readonly string[]): Status =>
  failure(406, 'NotAcceptable', `only the following media types are accepted: ${accepted.join(', ')}`);

export const unsupportedMediaType = (given: string, accepted: readonly string[]): Status =>
  failure(
    415,
    'UnsupportedMediaType',
    given === ''
      ? `the body of the request was in an unknown format - accepted media types include: ${accepted.join(', ')}`
      : `the body of the request was in an unknown format - accepted media types include: ${accepted.join(', ')}`,
  );

export const tooLarge = (message: string): Status => ({
  ...failure(413, 'RequestEntityTooLarge', message),
});

/** "resource version too old": the client has to list again. */
export const expired = (message: string): Status => failure(410, 'Expired', message);

export const tooLargeVersion = (asked: number, current: number): Status => ({
  ...failure(504, 'Timeout', `Too large resource version: ${asked}, current: ${current}`),
  causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version', field: '' }],
  details: {},
  retryAfterSeconds: 1,
});
