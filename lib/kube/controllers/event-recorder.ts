// Events about objects. Models client-go tools/record: event.go (the object), events_cache.go (equal events are counted, floods of
// similar ones combined or dropped), and tools/events for those who use the newer API (the scheduler).
import { PersistentMap } from '@/lib/core/persistent-map';
import type { ApiClient } from '@/lib/kube/api/types';
import type { KubeObject, ObjectReference } from '@/lib/kube/types';
import { programOf } from './component-client';
import type { CoreEvent, EventNote } from './event';
import { Cell } from './memory';
import { timestamp } from './objects';

/** More distinct messages than this within ten minutes are combined (defaultAggregateMaxEvents). */
const COMBINE_FROM = 10;
const COMBINE_WITHIN_MS = 600_000;
/** Each source may say so many things about an object at once, then one every five minutes (defaultSpamBurst, defaultSpamQPS). */
const BURST = 25;
const REFILL_MS = 300_000;
/** The API server forgets events after an hour (--event-ttl). */
export const EVENT_TTL_MS = 3_600_000;
const COMBINED = '(combined from similar events): ';

interface Similar {
  readonly messages: readonly string[];
  readonly last: number;
}

interface Memory {
  /** Name of the stored event by what makes two events equal. */
  readonly known: PersistentMap<string>;
  readonly similar: PersistentMap<Similar>;
  readonly tokens: PersistentMap<{ readonly left: number; readonly at: number }>;
  readonly serial: number;
}

const NOTHING: Memory = {
  known: PersistentMap.empty(),
  similar: PersistentMap.empty(),
  tokens: PersistentMap.empty(),
  serial: 0,
};

export class EventRecorder {
  readonly memory = new Cell(NOTHING);
  readonly #api: ApiClient;
  readonly #now: () => number;

  constructor(api: ApiClient, now: () => number) {
    this.#api = api;
    this.#now = now;
  }

  /** Says something about an object. */
  record(about: KubeObject, note: EventNote): void {
    const involved = referenceTo(about, note);
    if (note.action !== undefined) return void this.#create(involved, note, note.message);
    if (!this.#allowed(`${note.component}|${note.host ?? ''}|${involved.uid ?? ''}`)) return;
    const group = [note.component, note.host, involved.uid, note.fieldPath, note.type, note.reason].join('|');
    const combined = this.#combined(group, note.message);
    const key = combined ? group : `${group}|${note.message}`;
    const message = combined ? COMBINED + note.message : note.message;
    const { known } = this.memory.value;
    const name = known.get(key);
    const namespace = namespaceOf(involved);
    const before = name === undefined ? undefined : this.#api.get<CoreEvent>('Event', namespace, name);
    if (before) {
      const count = (before.count ?? 1) + 1;
      const again = { ...before, message, count, lastTimestamp: timestamp(this.#now()) };
      this.#api.update<CoreEvent>(again, { component: programOf(note.component) });
      return;
    }
    const created = this.#create(involved, note, message);
    if (created !== undefined) this.#remember({ known: this.memory.value.known.set(key, created) });
  }

  #remember(part: Partial<Memory>): void {
    this.memory.value = { ...this.memory.value, ...part };
  }

  /** The token bucket of a source and an object. */
  #allowed(key: string): boolean {
    const now = this.#now();
    const { tokens } = this.memory.value;
    const { left, at } = tokens.get(key) ?? { left: BURST, at: now };
    const refilled = Math.min(BURST, left + (now - at) / REFILL_MS);
    if (refilled < 1) return false;
    this.#remember({ tokens: tokens.set(key, { left: refilled - 1, at: now }) });
    return true;
  }

  #combined(group: string, message: string): boolean {
    const now = this.#now();
    const { similar } = this.memory.value;
    const found = similar.get(group);
    const old = found && now - found.last <= COMBINE_WITHIN_MS ? found.messages : [];
    const messages = old.includes(message) ? old : [...old, message];
    const combined = messages.length >= COMBINE_FROM;
    const kept = combined ? messages.slice(1) : messages;
    this.#remember({ similar: similar.set(group, { messages: kept, last: now }) });
    return combined;
  }

  #create(involved: CoreEvent['involvedObject'], note: EventNote, message: string): string | undefined {
    const now = this.#now();
    const serial = this.memory.value.serial + 1;
    this.#remember({ serial });
    const time = timestamp(now);
    const nanos = BigInt(now) * 1_000_000n + BigInt(serial % 1_000_000);
    const name = `${involved.name ?? ''}.${nanos.toString(16)}`;
    const modern = note.action !== undefined;
    const event: CoreEvent = {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name, namespace: namespaceOf(involved) },
      involvedObject: involved,
      reason: note.reason,
      message,
      type: note.type,
      source: modern ? {} : { component: note.component, ...(note.host ? { host: note.host } : {}) },
      firstTimestamp: modern ? null : time,
      lastTimestamp: modern ? null : time,
      ...(modern ? { action: note.action } : { count: 1 }),
      eventTime: modern ? microTime(now, serial) : null,
      reportingComponent: note.component,
      reportingInstance: modern ? `${note.component}-control-plane` : (note.host ?? ''),
    };
    const created = this.#api.create(event, { component: programOf(note.component) });
    return created.ok ? name : undefined;
  }
}

/** Events about cluster-scoped objects stand in the namespace default. */
const namespaceOf = ({ namespace }: ObjectReference): string =>
  namespace === undefined || namespace === '' ? 'default' : namespace;

function referenceTo(object: KubeObject, { fieldPath, host }: EventNote): CoreEvent['involvedObject'] {
  const { namespace, name = '', uid, resourceVersion } = object.metadata;
  // The kubelet knows its node by name only (pkg/kubelet/kubelet.go: nodeRef).
  const node = object.kind === 'Node' && host !== undefined;
  return {
    kind: object.kind,
    ...(namespace ? { namespace } : {}),
    name,
    ...(node ? { uid: name } : uid === undefined ? {} : { uid }),
    ...(node ? {} : { apiVersion: object.apiVersion }),
    ...(node || resourceVersion === undefined ? {} : { resourceVersion }),
    ...(fieldPath === undefined ? {} : { fieldPath }),
  };
}

/** metav1.MicroTime: 2026-01-05T08:00:00.000001Z */
const microTime = (ms: number, serial: number): string =>
  `${new Date(ms).toISOString().slice(0, 23)}${String(serial % 1000).padStart(3, '0')}Z`;
