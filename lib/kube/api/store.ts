// The object store: what etcd and the watch cache are to a real API server. Objects are immutable and all maps persistent, so a
// snapshot is a pointer. Events reach the subscribers in the order of the writes, before the write returns.
import { PersistentMap } from '@/lib/core/persistent-map';
import type { KubeObject, Service } from '@/lib/kube/types';
import { byText } from './json';
import { carryNote, keepNote, type Note } from './managed/deferred';
import { SortedLists } from './sorted-lists';
import type { WatchEvent } from './types';

/** Everything that the store holds; immutable. */
export interface StoreState {
  /** The last resourceVersion given out. */
  readonly version: number;
  readonly kinds: PersistentMap<KindMap>;
  /** Term → keys of the objects it holds for. */
  readonly terms: PersistentMap<PersistentMap<true>>;
}

type KindMap = PersistentMap<KubeObject>;

export interface RecordedEvent {
  readonly version: number;
  readonly event: WatchEvent;
}

/** So many events are kept for watches that begin in the past. */
const HISTORY_LIMIT = 1000;
/** So many states are kept for lists in pieces. */
const REMEMBERED_LIMIT = 20;
/** Kinds that can be found by label without a scan. */
const LABELLED_KINDS = new Set(['Pod', 'EndpointSlice']);

const keyOf = (namespace: string, name: string): string => `${namespace}\0${name}`;
const EMPTY: KindMap = PersistentMap.empty();

export class Store {
  #state: StoreState = { version: 0, kinds: PersistentMap.empty(), terms: PersistentMap.empty() };
  readonly #lists = new SortedLists();
  readonly #subscribers = new Set<(event: WatchEvent) => void>();
  readonly #restoreListeners = new Set<() => void>();
  readonly #remembered = new Map<number, StoreState>();
  #history: RecordedEvent[] = [];
  /** Events up to this version are no longer in the history. */
  #forgotten = 0;
  #rehearsing = false;

  /** The last resourceVersion given out. */
  get version(): number {
    return this.#state.version;
  }

  get(kind: string, namespace: string, name: string): KubeObject | undefined {
    return this.#kind(kind).get(keyOf(namespace, name));
  }

  /** Sorted by namespace, then name. */
  list(kind: string, namespace?: string): readonly KubeObject[] {
    return this.#lists.list(kind, this.#kind(kind), namespace);
  }

  /** Objects of a namespace that carry all these labels, sorted by name. */
  labelled(kind: string, namespace: string, labels: Readonly<Record<string, string>>): readonly KubeObject[] {
    const wanted = Object.entries(labels);
    const carries = (object: KubeObject): boolean =>
      wanted.every(([k, v]) => object.metadata.labels?.[k] === v);
    if (wanted.length === 0 || !LABELLED_KINDS.has(kind)) return this.list(kind, namespace).filter(carries);
    let fewest: PersistentMap<true> | undefined;
    for (const [key, value] of wanted) {
      const keys = this.#state.terms.get(labelTerm(kind, namespace, key, value));
      if (!keys) return [];
      if (!fewest || keys.size < fewest.size) fewest = keys;
    }
    return this.#resolve(kind, fewest).filter(carries);
  }

  /** Objects whose controlling owner has this uid, sorted by name. */
  ownedBy(kind: string, uid: string): readonly KubeObject[] {
    return this.#resolve(kind, this.#state.terms.get(ownerTerm(kind, uid)));
  }

  /** Objects of any kind with an owner of this uid. */
  dependents(uid: string): readonly KubeObject[] {
    const keys = this.#state.terms.get(dependentTerm(uid));
    if (!keys) return [];
    return [...keys.keys()].sort(byText).flatMap((key) => {
      const at = key.indexOf('\0');
      return this.#kind(key.slice(0, at)).get(key.slice(at + 1)) ?? [];
    });
  }

  /** Whether a Service holds this cluster IP. */
  hasClusterIP(ip: string): boolean {
    return this.#state.terms.has(clusterIPTerm(ip));
  }

  /** Whether a Service holds this node port. */
  hasNodePort(port: number): boolean {
    return this.#state.terms.has(nodePortTerm(port));
  }

  /** Writes an object with the next resourceVersion; creates it if it is not there. */
  put(object: KubeObject, note?: Note): KubeObject {
    const version = this.#state.version + 1;
    const { kind, metadata } = object;
    const stored: KubeObject = { ...object, metadata: { ...metadata, resourceVersion: String(version) } };
    if (note) keepNote(stored, note);
    const key = keyOf(metadata.namespace ?? '', metadata.name ?? '');
    const before = this.#kind(kind);
    const old = before.get(key);
    const terms = reindexed(this.#state.terms, key, old, stored);
    this.#write(version, kind, before, before.set(key, stored), terms, key);
    this.#emit(version, old ? { type: 'MODIFIED', object: stored, old } : { type: 'ADDED', object: stored });
    return stored;
  }

  /** Removes an object; what is returned carries the resourceVersion of the removal. */
  remove(kind: string, namespace: string, name: string): KubeObject | undefined {
    const key = keyOf(namespace, name);
    const before = this.#kind(kind);
    const old = before.get(key);
    if (!old) return undefined;
    const version = this.#state.version + 1;
    const terms = reindexed(this.#state.terms, key, old, undefined);
    this.#write(version, kind, before, before.delete(key), terms, key);
    const removed = { ...old, metadata: { ...old.metadata, resourceVersion: String(version) } };
    carryNote(old, removed);
    this.#emit(version, { type: 'DELETED', object: removed });
    return removed;
  }

  /** Every event from now on, before the write that causes it returns. The result ends the subscription. */
  subscribe(subscriber: (event: WatchEvent) => void): () => void {
    this.#subscribers.add(subscriber);
    return () => this.#subscribers.delete(subscriber);
  }

  /** Events after a resourceVersion; undefined if some of them are forgotten ("too old resource version"). */
  eventsAfter(version: number): readonly RecordedEvent[] | undefined {
    if (version < this.#forgotten) return undefined;
    return this.#history.filter((e) => e.version > version);
  }

  /** Events up to this version are forgotten. */
  get forgotten(): number {
    return this.#forgotten;
  }

  snapshot(): StoreState {
    return this.#state;
  }

  /** The objects of a former state, sorted as `list` does. */
  listAt(state: StoreState, kind: string, namespace?: string): readonly KubeObject[] {
    if (state.kinds.get(kind) === this.#state.kinds.get(kind)) return this.list(kind, namespace);
    const entries = [...(state.kinds.get(kind) ?? EMPTY).entries()].sort((a, b) => byText(a[0], b[0]));
    return entries
      .map(([, object]) => object)
      .filter((o) => namespace === undefined || o.metadata.namespace === namespace);
  }

  /** Keeps a state for the rest of a list in pieces. */
  remember(state: StoreState): void {
    if (this.#remembered.has(state.version)) return;
    this.#remembered.set(state.version, state);
    const [oldest] = this.#remembered.keys();
    if (this.#remembered.size > REMEMBERED_LIMIT && oldest !== undefined) this.#remembered.delete(oldest);
  }

  /** The state at a resourceVersion, if it is the current or a remembered one. */
  stateAt(version: number): StoreState | undefined {
    return version === this.#state.version ? this.#state : this.#remembered.get(version);
  }

  /** Tells when another state is put in place: what was watched has no continuation. The result ends it. */
  onRestore(listener: () => void): () => void {
    this.#restoreListeners.add(listener);
    return () => this.#restoreListeners.delete(listener);
  }

  /** Puts an earlier (or other) state back. Emits nothing; watches have to list again. */
  restore(state: StoreState): void {
    this.#state = state;
    this.#history = [];
    this.#forgotten = state.version;
    this.#remembered.clear();
    const listeners = [...this.#restoreListeners];
    for (const listener of listeners) listener();
  }

  /** Does some writes and takes them back. Nobody hears of it: watches go on. */
  rehearse<T>(writes: () => T): T {
    const state = this.#state;
    this.#rehearsing = true;
    try {
      return writes();
    } finally {
      this.#rehearsing = false;
      this.#state = state;
    }
  }

  #kind(kind: string): KindMap {
    return this.#state.kinds.get(kind) ?? EMPTY;
  }

  #resolve(kind: string, keys: PersistentMap<true> | undefined): KubeObject[] {
    if (!keys) return [];
    const map = this.#kind(kind);
    return [...keys.keys()].sort(byText).flatMap((key) => map.get(key) ?? []);
  }

  #write(
    version: number,
    kind: string,
    before: KindMap,
    after: KindMap,
    terms: StoreState['terms'],
    key: string,
  ): void {
    this.#lists.changed(kind, before, after, key);
    this.#state = { version, kinds: this.#state.kinds.set(kind, after), terms };
  }

  #emit(version: number, event: WatchEvent): void {
    if (this.#rehearsing) return;
    this.#history.push({ version, event });
    if (this.#history.length > 2 * HISTORY_LIMIT) {
      this.#history = this.#history.slice(-HISTORY_LIMIT);
      this.#forgotten = (this.#history[0]?.version ?? version) - 1;
    }
    for (const subscriber of this.#subscribers) subscriber(event);
  }
}

const labelTerm = (kind: string, namespace: string, key: string, value: string): string =>
  `${kind}\0${namespace}\0${key}=${value}`;
const ownerTerm = (kind: string, uid: string): string => `${kind}\0owner\0\0${uid}`;
/** Its keys begin with the kind. */
const dependentTerm = (uid: string): string => `${DEPENDENT}${uid}`;
const DEPENDENT = 'dependent\0';
const clusterIPTerm = (ip: string): string => `clusterIP\0${ip}`;
const nodePortTerm = (port: number): string => `nodePort\0${port}`;

/** What an object can be found by. */
function termsOf(object: KubeObject): string[] {
  const { kind, metadata } = object;
  const terms: string[] = [];
  const owner = metadata.ownerReferences?.find((o) => o.controller === true);
  if (owner) terms.push(ownerTerm(kind, owner.uid));
  for (const { uid } of metadata.ownerReferences ?? []) terms.push(dependentTerm(uid));
  if (LABELLED_KINDS.has(kind))
    for (const key in metadata.labels)
      terms.push(labelTerm(kind, metadata.namespace ?? '', key, metadata.labels[key] ?? ''));
  if (kind === 'Service') terms.push(...allocatedTerms(object as Service));
  return terms;
}

/** Cluster IPs and node ports are allocated as long as a stored Service holds them. */
function allocatedTerms({ spec }: Service): string[] {
  if (spec.type === 'ExternalName') return [];
  const terms = (spec.clusterIPs ?? []).filter((ip) => ip !== 'None').map(clusterIPTerm);
  if (spec.healthCheckNodePort) terms.push(nodePortTerm(spec.healthCheckNodePort));
  for (const { nodePort } of spec.ports ?? []) if (nodePort) terms.push(nodePortTerm(nodePort));
  return terms;
}

function reindexed(
  terms: StoreState['terms'],
  key: string,
  old: KubeObject | undefined,
  now: KubeObject | undefined,
): StoreState['terms'] {
  if (old && now && sameTerms(old, now)) return terms;
  const before = old ? termsOf(old) : [];
  const after = now ? termsOf(now) : [];
  let index = terms;
  const kind = (now ?? old)?.kind ?? '';
  const keyIn = (term: string): string => (term.startsWith(DEPENDENT) ? `${kind}\0${key}` : key);
  for (const term of before) {
    if (after.includes(term)) continue;
    const rest = index.get(term)?.delete(keyIn(term));
    index = rest && rest.size > 0 ? index.set(term, rest) : index.delete(term);
  }
  for (const term of after)
    if (!before.includes(term)) index = index.set(term, (index.get(term) ?? NO_KEYS).set(keyIn(term), true));
  return index;
}

const NO_KEYS: PersistentMap<true> = PersistentMap.empty();

/** Most writes leave alone what an object is found by. */
const sameTerms = (old: KubeObject, now: KubeObject): boolean =>
  old.metadata.labels === now.metadata.labels &&
  old.metadata.ownerReferences === now.metadata.ownerReferences &&
  (now.kind !== 'Service' || old.spec === now.spec);
