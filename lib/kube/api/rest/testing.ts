// Helpers for tests of the REST facade: a server with a fixed seed and clock, requests in one line, answers as values.
import { OpenApiDocuments } from '@/lib/kube/api/openapi/documents';
import { START, testApi } from '@/lib/kube/api/testing';
import type { ApiServer } from '@/lib/kube/api/server';
import type { Store } from '@/lib/kube/api/store';
import { DEFAULT_VERSION, type K8sVersion } from '@/lib/kube/versions';
import { handle } from './facade';
import { decodeProtobuf } from './protobuf/decode';
import { warningsOf, type ApiResponse } from './types';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly warnings: readonly string[];
  readonly text: string;
  /** As a client gets it: untyped, so that a test may ask for any field; a wrong one is undefined and fails it. */
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly json: any;
}

export const TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';
export const SERVICES = '/api/v1/namespaces/default/services';

/** A server and one-line requests to it. A body that is no text is sent as JSON. */
export class RestApi {
  readonly api: ApiServer;
  readonly store: Store;
  readonly k8s: K8sVersion;
  readonly #documents: OpenApiDocuments;

  constructor(k8s: K8sVersion = DEFAULT_VERSION) {
    this.k8s = k8s;
    this.#documents = new OpenApiDocuments(k8s);
    ({ api: this.api, store: this.store } = testApi({ k8s }));
  }

  raw(
    method: string,
    url: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): ApiResponse {
    const [path = '', query = ''] = url.split('?');
    const sent =
      body === undefined || typeof body === 'string' || body instanceof Uint8Array
        ? body
        : JSON.stringify(body);
    const backend = {
      api: this.api,
      store: this.store,
      k8s: this.k8s,
      documents: this.#documents,
      protobuf: decodeProtobuf,
      now: () => START,
    };
    return handle(backend, { method, path, query, headers, ...(sent === undefined ? {} : { body: sent }) });
  }

  ask(method: string, url: string, body?: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
    const response = this.raw(method, url, body, headers);
    const text = typeof response.body === 'string' ? response.body : '';
    const json: unknown = text.startsWith('{') ? JSON.parse(text) : undefined;
    return { status: response.status, headers: response.headers, warnings: warningsOf(response), text, json };
  }

  get(url: string, accept?: string): Answer {
    return this.ask('GET', url, undefined, accept ? { accept } : {});
  }

  /** The events of a watch as far as they are there; they go on coming into the list. */
  // oxlint-disable-next-line typescript/no-explicit-any
  watch(url: string, accept = 'application/json'): { readonly events: any[]; stop(): void; ended: boolean } {
    const response = this.raw('GET', url, undefined, { accept });
    if (!response.stream) throw new Error(`${url} is no watch: ${String(response.body as string)}`);
    // oxlint-disable-next-line typescript/no-explicit-any
    const state = { events: [] as any[], ended: false, stop: () => undefined as void };
    const stop = response.stream.subscribe(
      (text) =>
        state.events.push(
          ...text
            .split('\n')
            .filter((line) => line !== '')
            .map((line): unknown => JSON.parse(line)),
        ),
      () => (state.ended = true),
    );
    state.stop = stop;
    return state;
  }

  /** Creates a Service of this name. */
  service(name: string, labels: Readonly<Record<string, string>> = {}): Answer {
    return this.ask('POST', SERVICES, {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, labels },
      spec: { selector: { app: name }, ports: [{ port: 80, targetPort: 8080 }] },
    });
  }
}

// oxlint-disable-next-line typescript/no-explicit-any
export const names = (list: any): string[] =>
  list.items.map((i: { metadata: { name: string } }) => i.metadata.name);
