// Watches: what is there, then what changes, from a resourceVersion on. Follows k8s.io/apiserver pkg/storage/cacher (events by
// selector, bookmarks, initial events) and pkg/endpoints/handlers/watch.go (frames, Tables).
import { badRequest } from '@/lib/kube/api/status';
import type { RecordedEvent } from '@/lib/kube/api/store';
import type { Status, WatchEvent } from '@/lib/kube/api/types';
import type { KubeObject } from '@/lib/kube/types';
import { ACCEPTED, type Accepted } from './accept';
import type { Call } from './call';
import { objectText } from './present';
import { badResourceVersion, parseVersion } from './resource-version';
import type { ResourceRoute } from './route';
import { selectionOf, type Selection } from './selection';
import { expired, notAcceptable, statusBody, tooLargeVersion } from './status-body';
import { includeOf, partialText, tableText, type TableShape } from './table';
import type { ApiResponse, ApiStream } from './types';

/** A watch that does not say how long ends after 30 to 60 minutes. */
const DEFAULT_TIMEOUT_SECONDS = 1800;
/** A quiet watch hears of the resourceVersion after so many writes to other objects. */
const BOOKMARK_EVERY = 200;

/** The answer to a watch: a stream, or a refusal. */
export function watchResponse(call: Call, route: ResourceRoute): ApiResponse {
  const accepted = call.accepted;
  if (!accepted) return call.fail(notAcceptable(ACCEPTED));
  const selected = selectionOf(route, call.query);
  if (!selected.ok) return call.fail(selected.error);
  const start = startOf(call);
  if ('code' in start) return call.fail(start);
  const stream = new WatchStream(call, route, selected.value, accepted, start);
  return call.streamed(stream, accepted.form === 'yaml' ? 'application/yaml' : 'application/json');
}

interface Start {
  /** Undefined: begin with what is there. */
  readonly since: number | undefined;
  /** A bookmark says when that is complete. */
  readonly marksInitialEnd: boolean;
}

function startOf({ query, backend }: Call): Start | Status {
  const text = query.get('resourceVersion') ?? '';
  const match = query.get('resourceVersionMatch');
  const sendInitial = query.get('sendInitialEvents');
  if (match !== undefined && sendInitial === undefined)
    return invalidOptions(
      'resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided',
    );
  if (sendInitial !== undefined && match !== 'NotOlderThan')
    return invalidOptions(
      'resourceVersionMatch: Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
    );
  const version = text === '' ? 0 : parseVersion(text);
  if (version === undefined) return badResourceVersion(text);
  const { store } = backend;
  if (version > store.version) return tooLargeVersion(version, store.version);
  const wantsInitial = sendInitial !== undefined && sendInitial !== 'false';
  if (wantsInitial) return { since: undefined, marksInitialEnd: query.flag('allowWatchBookmarks') };
  if (sendInitial !== undefined && version === 0) return { since: store.version, marksInitialEnd: false };
  return { since: version === 0 ? undefined : version, marksInitialEnd: false };
}

const invalidOptions = (message: string): Status => ({
  ...badRequest(`ListOptions.meta.k8s.io "" is invalid: ${message}`),
  code: 422,
  reason: 'Invalid',
});

class WatchStream implements ApiStream {
  readonly timeoutSeconds: number;
  readonly #shape: TableShape;
  readonly #bookmarks: boolean;
  #columnsSent = false;
  #onText: (text: string) => void = () => undefined;
  #sent = 0;

  constructor(
    readonly call: Call,
    readonly route: ResourceRoute,
    readonly selection: Selection,
    readonly accepted: Accepted,
    readonly start: Start,
  ) {
    const asked = Number(call.query.get('timeoutSeconds') ?? Number.NaN);
    this.timeoutSeconds = asked > 0 ? asked : DEFAULT_TIMEOUT_SECONDS;
    this.#bookmarks = call.query.flag('allowWatchBookmarks');
    const version = accepted.version ?? '';
    this.#shape = {
      resource: route.resource,
      version,
      include: includeOf(call),
      now: 0,
      k8s: call.backend.k8s,
    };
  }

  subscribe(onText: (text: string) => void, onEnd: () => void): () => void {
    const { store } = this.call.backend;
    this.#onText = onText;
    const refusal = this.#initial();
    if (refusal) {
      this.#error(refusal);
      onEnd();
      return () => undefined;
    }
    const end = store.subscribe((event) => this.#event({ version: store.version, event }));
    const endLost = store.onRestore(() => {
      this.#error(expired(`too old resource version: ${this.#sent} (${store.version})`));
      stop();
      onEnd();
    });
    const stop = (): void => {
      end();
      endLost();
    };
    return stop;
  }

  /** What has happened already; or why the watch cannot begin there. */
  #initial(): Status | undefined {
    const { store } = this.call.backend;
    const { since, marksInitialEnd } = this.start;
    this.#sent = store.version;
    if (since === undefined) {
      for (const object of store.list(this.selection.kind, this.selection.namespace))
        if (this.selection.matches(object)) this.#send('ADDED', object);
      if (marksInitialEnd) this.#bookmark({ 'k8s.io/initial-events-end': 'true' });
      return undefined;
    }
    const events = store.eventsAfter(since);
    if (!events) return expired(`too old resource version: ${since} (${store.forgotten})`);
    for (const event of events) this.#event(event);
    return undefined;
  }

  #event({ version, event }: RecordedEvent): void {
    const type = this.#typeFor(event);
    if (type) {
      this.#sent = version;
      this.#send(type, event.object);
    } else if (this.#bookmarks && version - this.#sent >= BOOKMARK_EVERY) {
      this.#sent = version;
      this.#bookmark();
    }
  }

  /** What the event is to this watch: an object that starts or stops to match is added or deleted. */
  #typeFor({ type, object, old }: WatchEvent): WatchEvent['type'] | undefined {
    const { kind, namespace } = this.selection;
    if (object.kind !== kind) return undefined;
    if (namespace !== undefined && object.metadata.namespace !== namespace) return undefined;
    const matches = this.selection.matches(object);
    if (type !== 'MODIFIED' || !old) return matches ? type : undefined;
    const matched = this.selection.matches(old);
    if (matches) return matched ? 'MODIFIED' : 'ADDED';
    return matched ? 'DELETED' : undefined;
  }

  #send(type: string, object: KubeObject): void {
    this.#onText(`{"type":"${type}","object":${this.#objectText(object)}}\n`);
  }

  #objectText(object: KubeObject): string {
    const { resource } = this.route;
    if (this.accepted.as === 'Table') {
      const shape = { ...this.#shape, now: this.call.backend.now() };
      const { resourceVersion } = object.metadata;
      const text = tableText([object], shape, resourceVersion ? { resourceVersion } : {}, !this.#columnsSent);
      this.#columnsSent = true;
      return text;
    }
    if (this.accepted.as) return partialText(object, resource, this.accepted.version);
    return objectText(object, resource);
  }

  #bookmark(annotations?: Readonly<Record<string, string>>): void {
    const { kind, apiVersion } = this.route.resource;
    const metadata = {
      resourceVersion: String(this.#sent),
      creationTimestamp: null,
      ...(annotations ? { annotations } : {}),
    };
    const isTable = this.accepted.as === 'Table';
    const partial = { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata };
    const object = isTable
      ? {
          kind: 'Table',
          apiVersion: 'meta.k8s.io/v1',
          metadata: { resourceVersion: String(this.#sent) },
          columnDefinitions: null,
          rows: [{ cells: [], object: partial }],
        }
      : this.accepted.as
        ? partial
        : { kind, apiVersion, metadata };
    this.#onText(`{"type":"BOOKMARK","object":${JSON.stringify(object)}}\n`);
  }

  #error(status: Status): void {
    this.#onText(`{"type":"ERROR","object":${JSON.stringify(statusBody(status))}}\n`);
  }
}
