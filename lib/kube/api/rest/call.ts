// One request on its way through the server: what it asks, what is known of the cluster, and the warnings that go with the answer.
import type { OpenApiDocuments } from '@/lib/kube/api/openapi/documents';
import type { ApiServer } from '@/lib/kube/api/server';
import type { Store } from '@/lib/kube/api/store';
import type { Status } from '@/lib/kube/api/types';
import type { Pod } from '@/lib/kube/types';
import type { K8sVersion } from '@/lib/kube/versions';
import { negotiated, type Accepted } from './accept';
import { Query } from './query';
import { statusBody } from './status-body';
import type { ApiRequest, ApiResponse, ApiStream, ProtobufReader } from './types';
import { yamlText } from './yaml-text';

/** The server behind the facade. */
export interface Backend {
  readonly api: ApiServer;
  readonly store: Store;
  readonly k8s: K8sVersion;
  readonly documents: OpenApiDocuments;
  /** Reads protobuf bodies, where real clients send them. */
  readonly protobuf?: ProtobufReader;
  /** Virtual time, ms since the Unix epoch. */
  now(): number;
  /** The error with which a Pod's process ended at its start, if that is known. */
  startFault?(pod: Pod): string | undefined;
}

const WARNINGS_LIMIT = 4096;

export class Call {
  readonly query: Query;
  readonly warnings: string[] = [];
  /** The path without a prefix /as/NAME, which names the user where a client sends no credentials. */
  readonly path: string;
  readonly prefixUser: string | undefined;
  #warned = 0;

  constructor(
    readonly backend: Backend,
    readonly request: ApiRequest,
  ) {
    this.query = new Query(request.query ?? '');
    const prefix = /^\/as\/([^/]+)(?=\/|$)/.exec(request.path);
    this.path = prefix ? request.path.slice(prefix[0].length) : request.path;
    this.prefixUser = prefix?.[1];
  }

  header(name: string): string | undefined {
    return this.request.headers?.[name];
  }

  get accepted(): Accepted | undefined {
    return negotiated(this.header('accept'));
  }

  /** A warning that the client prints; each text once (k8s.io/apiserver pkg/endpoints/filters/warning.go). */
  warn(text: string): void {
    if (this.warnings.includes(text) || this.#warned + text.length > WARNINGS_LIMIT) return;
    this.#warned += text.length;
    this.warnings.push(text);
  }

  /** An answer with a JSON text as its body. */
  json(status: number, text: string): ApiResponse {
    const isYaml = this.accepted?.form === 'yaml';
    return {
      status,
      headers: this.#headers(isYaml ? 'application/yaml' : 'application/json'),
      body: isYaml ? yamlText(text) : `${text}\n`,
    };
  }

  fail(status: Status): ApiResponse {
    const response = this.json(status.code, JSON.stringify(statusBody(status)));
    const { retryAfterSeconds } = status;
    if (!retryAfterSeconds) return response;
    return { ...response, headers: { ...response.headers, 'retry-after': String(retryAfterSeconds) } };
  }

  plain(status: number, text: string): ApiResponse {
    return { status, headers: this.#headers('text/plain; charset=utf-8'), body: text };
  }

  streamed(stream: ApiStream, contentType: string): ApiResponse {
    return { status: 200, headers: this.#headers(contentType), stream };
  }

  #headers(contentType: string): Record<string, string> {
    return {
      'cache-control': 'no-cache, private',
      'content-type': contentType,
      ...(this.warnings.length > 0 ? { warning: this.warnings.map(warningHeader).join(', ') } : {}),
    };
  }
}

/** 299 - "text": quotes and backslashes escaped, control characters left out (apimachinery pkg/util/net NewWarningHeader). */
const warningHeader = (text: string): string =>
  `299 - "${[...text]
    .filter((c) => c >= ' ' && c !== '\u007f')
    .join('')
    .replaceAll(/["\\]/g, String.raw`\$&`)}"`;
