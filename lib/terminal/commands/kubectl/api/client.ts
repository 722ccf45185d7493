// The connection to the API server: requests as the real kubectl sends them, answers parsed, warnings handed on once each.
import type { Cluster } from '@/lib/sim';
import { warningsOf, type ApiResponse, type ApiStream } from '@/lib/kube/api/rest/types';
import { serverFailure, type ApiStatus, type Failure } from '../run/errors';
import type { Kubeconfig } from '../run/kubeconfig';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** Any object of the API. */
export interface KubeJson {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Metadata;
  readonly [key: string]: unknown;
}

export interface Metadata {
  readonly name?: string;
  readonly generateName?: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly generation?: number;
  readonly creationTimestamp?: string | null;
  readonly deletionTimestamp?: string;
  readonly deletionGracePeriodSeconds?: number;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly ownerReferences?: readonly {
    readonly apiVersion: string;
    readonly kind: string;
    readonly name: string;
    readonly uid: string;
    readonly controller?: boolean;
  }[];
  readonly finalizers?: readonly string[];
  readonly managedFields?: readonly ManagedFields[];
}

export interface ManagedFields {
  readonly manager?: string;
  readonly operation?: string;
  readonly subresource?: string;
  readonly fieldsV1?: unknown;
}

export const ACCEPT = {
  json: 'application/json',
  table:
    'application/json;as=Table;v=v1;g=meta.k8s.io,application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json',
} as const;

export const PATCH_TYPES = {
  strategic: 'application/strategic-merge-patch+json',
  merge: 'application/merge-patch+json',
  json: 'application/json-patch+json',
  apply: 'application/apply-patch+yaml',
} as const;
export type PatchType = keyof typeof PATCH_TYPES;

export type Query = Readonly<Record<string, string | undefined>>;

export interface RequestOptions {
  readonly query?: Query;
  readonly accept?: string;
  readonly body?: unknown;
  readonly contentType?: string;
}

export class Client {
  readonly #warned = new Set<string>();

  constructor(
    readonly cluster: Cluster,
    readonly config: Kubeconfig,
    readonly warn: (text: string) => void,
  ) {}

  /** How many warnings the server gave so far. */
  get warnings(): number {
    return this.#warned.size;
  }

  /** The answer whatever its status is. */
  send(method: string, path: string, options: RequestOptions = {}): ApiResponse {
    if (this.config.problem) throw this.config.problem;
    const { as, asGroups } = this.config;
    const response = this.cluster.handle({
      method,
      path,
      query: encodeQuery(options.query ?? {}),
      headers: {
        accept: options.accept ?? ACCEPT.json,
        'user-agent': `kubectl/v${this.cluster.k8s}.0 (linux/amd64) kubernetes/0000000`,
        ...(options.body === undefined ? {} : { 'content-type': options.contentType ?? 'application/json' }),
        ...(as === '' ? {} : { 'impersonate-user': as }),
        ...(asGroups.length === 0 ? {} : { 'impersonate-group': asGroups.join(',') }),
      },
      ...(options.body === undefined
        ? {}
        : { body: typeof options.body === 'string' ? options.body : JSON.stringify(options.body) }),
    });
    for (const text of warningsOf(response)) {
      if (this.#warned.has(text)) continue;
      this.#warned.add(text);
      this.warn(text);
    }
    return response;
  }

  /** The answer as JSON; a Status that is no success is thrown. */
  request<T = KubeJson>(method: string, path: string, options: RequestOptions = {}): T {
    const response = this.send(method, path, options);
    const text = bodyText(response);
    if (response.status >= 400) throw failureOf(response.status, text);
    return JSON.parse(text) as T;
  }

  get<T = KubeJson>(path: string, query: Query = {}, accept: string = ACCEPT.json): T {
    return this.request<T>('GET', path, { query, accept });
  }

  /** A text that is no JSON (logs, /healthz). */
  text(path: string, query: Query = {}): string {
    const response = this.send('GET', path, { query, accept: 'application/json, */*' });
    if (response.status >= 400) throw failureOf(response.status, bodyText(response));
    return bodyText(response);
  }

  /** A body that goes on: a watch, a followed log. */
  stream(path: string, query: Query, accept: string = ACCEPT.json): ApiStream {
    const response = this.send('GET', path, { query, accept });
    if (response.stream) return response.stream;
    throw failureOf(response.status, bodyText(response));
  }
}

export const bodyText = ({ body }: ApiResponse): string =>
  typeof body === 'string' ? body : new TextDecoder().decode(body);

function failureOf(code: number, text: string): Failure {
  try {
    const status = JSON.parse(text) as ApiStatus & { kind?: string };
    if (status.kind === 'Status') return serverFailure(status);
  } catch {
    // No Status: said below.
  }
  if (code === 404)
    return serverFailure({
      code,
      reason: 'NotFound',
      message: 'the server could not find the requested resource',
    });
  return serverFailure({ code, reason: '', message: text.trim() });
}

function encodeQuery(query: Query): string {
  return Object.entries(query)
    .filter((entry): entry is [string, string] => entry[1] !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');
}
