// GET: one object, or a list with selectors, limit and continue, as objects or as a Table. Follows
// k8s.io/apiserver pkg/endpoints/handlers/get.go and pkg/storage (resourceVersion semantics, continue tokens).
import { err, ok, type Result } from '@/lib/core/result';
import { byText } from '@/lib/kube/api/json';
import { badRequest, notFound } from '@/lib/kube/api/status';
import type { StoreState } from '@/lib/kube/api/store';
import type { Status } from '@/lib/kube/api/types';
import type { KubeObject } from '@/lib/kube/types';
import type { Call } from './call';
import { continueToken, parseContinue } from './continue-token';
import { itemText, objectText } from './present';
import type { ResourceRoute } from './route';
import { selectionOf, type Selection } from './selection';
import { expired, methodNotAllowed, notAcceptable, tooLargeVersion } from './status-body';
import { ACCEPTED } from './accept';
import { includeOf, partialText, tableText } from './table';
import { badResourceVersion, parseVersion } from './resource-version';
import type { ApiResponse } from './types';
import { watchResponse } from './watch';

/** The answer to a GET of a resource. */
export function read(call: Call, route: ResourceRoute): ApiResponse {
  if (call.query.flag('watch') && route.resource.info) return watchResponse(call, route);
  if (route.name !== undefined) return getOne(call, route);
  return list(call, route);
}

function getOne(call: Call, { resource, namespace, name = '' }: ResourceRoute): ApiResponse {
  if (!resource.info)
    return call.fail(resource.verbs.includes('get') ? notFound(resource, name) : methodNotAllowed());
  const object = call.backend.api.get(resource.info.kind, namespace, name);
  return object ? objectResponse(call, 200, object, resource) : call.fail(notFound(resource.info, name));
}

/** One object in the form that the client takes. */
export function objectResponse(
  call: Call,
  status: number,
  object: KubeObject,
  resource: ResourceRoute['resource'],
): ApiResponse {
  const accepted = call.accepted;
  if (!accepted) return call.fail(notAcceptable(ACCEPTED));
  if (accepted.as === 'Table') {
    const shape = {
      resource,
      version: accepted.version ?? '',
      include: includeOf(call),
      now: call.backend.now(),
      k8s: call.backend.k8s,
    };
    const { resourceVersion } = object.metadata;
    return call.json(status, tableText([object], shape, resourceVersion ? { resourceVersion } : {}));
  }
  if (accepted.as) return call.json(status, partialText(object, resource, accepted.version));
  return call.json(status, objectText(object, resource));
}

interface Page {
  readonly objects: readonly KubeObject[];
  readonly version: number;
  readonly next?: string;
  readonly remaining?: number;
}

function list(call: Call, route: ResourceRoute): ApiResponse {
  const { resource } = route;
  if (!resource.verbs.includes('list')) return call.fail(methodNotAllowed());
  const accepted = call.accepted;
  if (!accepted) return call.fail(notAcceptable(ACCEPTED));
  const selected = selectionOf(route, call.query);
  if (!selected.ok) return call.fail(selected.error);
  const paged: Result<Page, Status> = resource.info
    ? page(call, selected.value)
    : ok({ objects: [], version: call.backend.store.version });
  if (!paged.ok) return call.fail(paged.error);
  const { objects, version, next, remaining } = paged.value;
  const metadata = {
    resourceVersion: String(version),
    ...(next === undefined ? {} : { continue: next }),
    ...(remaining === undefined ? {} : { remainingItemCount: remaining }),
  };
  if (accepted.as === 'Table') {
    const shape = {
      resource,
      version: accepted.version ?? '',
      include: includeOf(call),
      now: call.backend.now(),
      k8s: call.backend.k8s,
    };
    return call.json(200, tableText(objects, shape, metadata));
  }
  const items = accepted.as
    ? objects.map((o) => partialText(o, resource, accepted.version))
    : objects.map((o) => itemText(o, resource));
  const [kind, apiVersion] = accepted.as
    ? ['PartialObjectMetadataList', `meta.k8s.io/${accepted.version || 'v1'}`]
    : [`${resource.kind}List`, resource.apiVersion];
  return call.json(
    200,
    `{"kind":"${kind}","apiVersion":"${apiVersion}","metadata":${JSON.stringify(metadata)},"items":[${items.join(',')}]}`,
  );
}

const startOf = ({ metadata }: KubeObject): string => `${metadata.namespace ?? ''}\0${metadata.name ?? ''}`;

function page(call: Call, selection: Selection): Result<Page, Status> {
  const { query, backend } = call;
  const limitText = query.get('limit') ?? '0';
  if (!/^-?\d+$/.test(limitText))
    return err(badRequest(`strconv.ParseInt: parsing ${JSON.stringify(limitText)}: invalid syntax`));
  const limit = Math.max(0, Number(limitText));
  const from = query.get('continue');
  const token = from ? parseContinue(from) : undefined;
  if (from && !token)
    return err(badRequest('continue key is not valid: illegal base64 data at input byte 0'));
  if (token && query.get('resourceVersion'))
    return err(badRequest('specifying resource version is not allowed when using continue'));
  const state = token ? stateOfToken(backend.store, token) : stateAsked(call);
  if (!state.ok) return state;
  const all = backend.store.listAt(state.value, selection.kind, selection.namespace);
  const rest = token ? all.filter((o) => byText(startOf(o), token.start) >= 0) : all;
  const matching = rest.filter((o) => selection.matches(o));
  const { version } = state.value;
  if (limit === 0 || matching.length <= limit) return ok({ objects: matching, version });
  const following = matching[limit];
  const next = following ? continueToken({ version, start: startOf(following) }) : undefined;
  backend.store.remember(state.value);
  return ok({
    objects: matching.slice(0, limit),
    version,
    ...(next === undefined ? {} : { next }),
    ...(selection.filtered ? {} : { remaining: matching.length - limit }),
  });
}

type StoreLike = Call['backend']['store'];

function stateOfToken(
  store: StoreLike,
  token: { readonly version: number; readonly start: string },
): Result<StoreState, Status> {
  if (token.version < 0) return ok(store.snapshot());
  const state = store.stateAt(token.version);
  if (state) return ok(state);
  return err({
    ...expired(
      'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.',
    ),
    continueToken: continueToken({ version: -1, start: token.start }),
  });
}

/** The state that resourceVersion and resourceVersionMatch ask for. */
function stateAsked({ query, backend }: Call): Result<StoreState, Status> {
  const text = query.get('resourceVersion') ?? '';
  const match = query.get('resourceVersionMatch');
  const { store } = backend;
  if (match !== undefined && match !== 'Exact' && match !== 'NotOlderThan')
    return err(
      badRequest(
        `resourceVersionMatch: Unsupported value: ${JSON.stringify(match)}: supported values: "Exact", "NotOlderThan"`,
      ),
    );
  if (text === '' && match !== undefined)
    return err(
      badRequest(
        'resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided',
      ),
    );
  if (text === '' || text === '0') return ok(store.snapshot());
  const version = parseVersion(text);
  if (version === undefined) return err(badResourceVersion(text));
  if (version > store.version) return err(tooLargeVersion(version, store.version));
  if (match !== 'Exact') return ok(store.snapshot());
  const state = store.stateAt(version);
  return state ? ok(state) : err(expired('The resourceVersion for the provided list is too old.'));
}
