// The API server: every call is one request, handled in the order of the real one – kind, decoding, namespace, defaults, the
// kind's strategy with allocation, validation, existence, storage (k8s.io/apiserver pkg/registry/generic/registry/store.go).
import { err, ok, type Result } from '@/lib/core/result';
import type { Random } from '@/lib/core/random';
import type { KubeObject, ObjectRef } from '@/lib/kube/types';
import { gateEnabled, type K8sVersion } from '@/lib/kube/versions';
import { admissionRefusal } from './admission';
import { applied, withLastApplied } from './apply';
import { serverSideApplied } from './managed/apply';
import { managedBy, noteOf, withManagedFields } from './managed/deferred';
import { decode, decodeStored } from './decode';
import { finalizersOf, graceOf, markedDeleted, terminating, unmetPrecondition } from './deletion';
import { withDefaults } from './defaults';
import { sameJson } from './json';
import { infoOf, kindInfo, type KindInfo } from './kinds';
import {
  createdMeta,
  generatedName,
  loadedMeta,
  statusMeta,
  updatedMeta,
  withGeneration,
} from './object-meta';
import { keepingParts, withReplicas } from './parts';
import { schemaOf, type FieldSchema } from './schema';
import { clusterIPRanges } from './service-allocation';
import { NodePortRange } from './service/allocator';
import {
  alreadyExists,
  badRequest,
  conflict,
  forbidden,
  invalid,
  namespaceTerminating,
  noKindMatch,
  notFound,
} from './status';
import type { Store } from './store';
import { prepareCreate, prepareStatus, prepareUpdate, type StrategyContext } from './strategies';
import type { ApiClient, DeleteOptions, FieldManager, Status, WriteOptions } from './types';
import { validate } from './validation';

export interface ApiOptions {
  readonly store: Store;
  readonly random: Random;
  /** Virtual time, ms since the Unix epoch. */
  readonly now: () => number;
  readonly k8s: K8sVersion;
  /** One range, or one of each family, the default family first. */
  readonly serviceCIDRs?: readonly string[];
  readonly nodePortRange?: { readonly first: number; readonly last: number };
  /** Admission plugins that are off unless named: DenyServiceExternalIPs. */
  readonly admissionPlugins?: readonly string[];
}

const NAMESPACES = ['default', 'kube-node-lease', 'kube-public', 'kube-system'];
const UNDELETABLE = ['default', 'kube-public', 'kube-system'];
/** What the editor applies is as if kubectl had. */
const CLIENT_SIDE_APPLY = { component: 'kubectl-client-side-apply' };
/** So often a generated name is tried again when it is taken. */
const NAME_ATTEMPTS = 8;

interface KnownKind {
  readonly info: KindInfo;
  readonly schema: FieldSchema;
}

export class ApiServer implements ApiClient {
  readonly #store: Store;
  readonly #random: Random;
  readonly #now: () => number;
  readonly #k8s: K8sVersion;
  readonly #context: StrategyContext;
  readonly #plugins: readonly string[];

  constructor(options: ApiOptions) {
    const { store, random, now, k8s, serviceCIDRs = ['10.96.0.0/16'], nodePortRange } = options;
    this.#plugins = options.admissionPlugins ?? [];
    this.#store = store;
    this.#random = random;
    this.#now = now;
    this.#k8s = k8s;
    const { first, last } = nodePortRange ?? { first: 30_000, last: 32_767 };
    this.#context = {
      k8s,
      allocation: {
        clusterIPs: clusterIPRanges(serviceCIDRs),
        nodePorts: new NodePortRange(first, last, gateEnabled(k8s, 'ServiceNodePortStaticSubrange')),
        random,
        hasClusterIP: (ip) => store.hasClusterIP(ip),
        hasNodePort: (port) => store.hasNodePort(port),
      },
    };
    for (const name of NAMESPACES) this.#makeNamespace(name);
  }

  get<T extends KubeObject>(kind: T['kind'], namespace: string, name: string): T | undefined {
    return this.#store.get(kind, namespace, name) as T | undefined;
  }

  list<T extends KubeObject>(kind: T['kind'], namespace?: string): readonly T[] {
    return this.#store.list(kind, namespace) as readonly T[];
  }

  labelled<T extends KubeObject>(
    kind: T['kind'],
    namespace: string,
    labels: Readonly<Record<string, string>>,
  ): readonly T[] {
    return this.#store.labelled(kind, namespace, labels) as readonly T[];
  }

  ownedBy<T extends KubeObject>(kind: T['kind'], ownerUid: string): readonly T[] {
    return this.#store.ownedBy(kind, ownerUid) as readonly T[];
  }

  dependents(ownerUid: string): readonly KubeObject[] {
    return this.#store.dependents(ownerUid);
  }

  create<T extends KubeObject>(object: T, options: WriteOptions = {}): Result<T, Status> {
    const known = this.#known(object);
    if (!known.ok) return known;
    const { info, schema } = known.value;
    const decoded = decode(object, schema);
    if (!decoded.ok) return decoded;
    const named = this.#named(decoded.value, info);
    const refused = this.#refusedByNamespace(named, info);
    if (refused) return err(refused);
    const metadata = createdMeta(named.metadata, info, this.#random.uuid(), this.#now(), this.#k8s);
    const defaulted = withDefaults({ ...named, metadata }, this.#k8s);
    const managed = managedBy(defaulted, undefined, schema, options.fieldManager, this.#now());
    const prepared = prepareCreate(managed, this.#context);
    if (!prepared.ok) return prepared;
    const causes = validate(prepared.value, undefined, this.#k8s);
    const { name = '', namespace = '' } = metadata;
    if (causes.length > 0) return err(invalid(info, name, causes));
    const denied = this.#deniedBy(prepared.value, undefined, info);
    if (denied) return err(denied);
    if (this.#store.get(object.kind, namespace, name)) return err(alreadyExists(info, name));
    if (options.dryRun) return ok(prepared.value as T);
    return ok(this.#put(prepared.value, undefined, schema, options, managed) as T);
  }

  /**
   * An object as it was stored in another cluster, status and metadata included: what is missing is filled in as a create does.
   * The namespaces that every cluster has are replaced.
   */
  load(object: KubeObject): Result<KubeObject, Status> {
    const known = this.#known(object);
    if (!known.ok) return known;
    const { info, schema } = known.value;
    const decoded = decodeStored(object, schema);
    if (!decoded.ok) return decoded;
    const named = this.#named(decoded.value, info);
    const refused = this.#refusedByNamespace(named, info);
    if (refused) return err(refused);
    const { name = '', namespace } = named.metadata;
    const there = this.#store.get(object.kind, info.namespaced ? (namespace ?? 'default') : '', name);
    if (there && object.kind !== 'Namespace') return err(alreadyExists(info, name));
    const metadata = loadedMeta(
      named.metadata,
      info,
      there?.metadata.uid ?? this.#random.uuid(),
      this.#now(),
      this.#k8s,
    );
    const whole = withDefaults({ ...named, metadata }, this.#k8s);
    const prepared = prepareCreate(whole, this.#context);
    if (!prepared.ok) return prepared;
    const stored = whole.status === undefined ? prepared.value : { ...prepared.value, status: whole.status };
    const causes = validate(stored, undefined, this.#k8s);
    if (causes.length > 0) return err(invalid(info, name, causes));
    return ok(this.#store.put(stored));
  }

  update<T extends KubeObject>(object: T, options: WriteOptions = {}): Result<T, Status> {
    const known = this.#known(object);
    if (!known.ok) return known;
    const { info, schema } = known.value;
    const { name = '', namespace, resourceVersion, uid } = object.metadata ?? {};
    const stored = this.#store.get(object.kind, info.namespaced ? (namespace ?? 'default') : '', name);
    if (!stored) return err(notFound(info, name));
    const old = options.fieldManager || object.metadata.managedFields ? withManagedFields(stored) : stored;
    if (uid !== undefined && uid !== old.metadata.uid) {
      const why = `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${old.metadata.uid ?? ''}`;
      return err(conflict(info, name, why));
    }
    if (resourceVersion && resourceVersion !== old.metadata.resourceVersion) return err(conflict(info, name));
    if (options.subresource === 'status') return ok(this.#updateStatus(object, old, schema, options) as T);
    const wanted = options.subresource === 'scale' ? withReplicas(old, object) : object;
    const decoded = decode(wanted, schema);
    if (!decoded.ok) return err(decoded.error);
    return this.#replace(decoded.value, old, known.value, options) as Result<T, Status>;
  }

  apply(
    manifest: KubeObject,
  ): Result<
    { readonly object: KubeObject; readonly outcome: 'created' | 'configured' | 'unchanged' },
    Status
  > {
    const known = this.#known(manifest);
    if (!known.ok) return known;
    const { info, schema } = known.value;
    // The manifest alone has to be well-formed, whether or not there is something to merge it with.
    const decoded = decode(manifest, schema);
    if (!decoded.ok) return decoded;
    const remembered = withLastApplied(manifest, info);
    const { name, namespace = '' } = remembered.metadata;
    if (!name) return err(badRequest('resource name may not be empty'));
    const live = this.#store.get(manifest.kind, info.namespaced ? namespace : '', name);
    if (!live) {
      const created = this.create(remembered, CLIENT_SIDE_APPLY);
      return created.ok ? ok({ object: created.value, outcome: 'created' }) : created;
    }
    const wanted = applied(remembered, live, schema);
    if (wanted === live) return ok({ object: live, outcome: 'unchanged' });
    const configured = this.update(wanted, CLIENT_SIDE_APPLY);
    return configured.ok ? ok({ object: configured.value, outcome: 'configured' }) : configured;
  }

  /** Server-side apply: creates the object, or merges the configuration into it. */
  serverSideApply(
    config: KubeObject,
    fieldManager: FieldManager,
    options: { readonly force: boolean; readonly dryRun: boolean },
  ): Result<{ readonly object: KubeObject; readonly created: boolean }, Status> {
    const known = this.#known(config);
    if (!known.ok) return known;
    const { info, schema } = known.value;
    const { name = '', namespace } = config.metadata;
    const stored = this.#store.get(config.kind, info.namespaced ? (namespace ?? 'default') : '', name);
    const live = stored && withManagedFields(stored);
    if (!live && fieldManager.subresource !== '') return err(notFound(info, name));
    const writer = { ...fieldManager, operation: 'Apply' as const, now: this.#now() };
    const applied_ = serverSideApplied(config, live, schema, writer, options.force);
    if (!applied_.ok) return applied_;
    const { dryRun } = options;
    const written = live
      ? this.update(applied_.value, {
          dryRun,
          ...(fieldManager.subresource === 'status' ? { subresource: 'status' } : {}),
        })
      : this.create(applied_.value, { dryRun });
    return written.ok ? ok({ object: written.value, created: !live }) : written;
  }

  delete({ kind, namespace, name }: ObjectRef, options: DeleteOptions = {}): Result<KubeObject, Status> {
    const info = kindInfo(kind);
    if (!info) return err(noKindMatch(kind, 'v1'));
    const place = info.namespaced ? namespace || 'default' : '';
    const old = this.#store.get(kind, place, name);
    if (!old) return err(notFound(info, name));
    const unmet = unmetPrecondition(old, options);
    if (unmet !== undefined) return err(conflict(info, name, unmet));
    if (kind === 'Namespace') return this.#deleteNamespace(old, name, options);
    const grace = graceOf(old, options.gracePeriodSeconds);
    if (grace > 0 && !options.force) return ok(this.#markDeleted(old, grace, options));
    const finalizers = finalizersOf(old, options);
    if (finalizers.length > 0 && !options.force) return ok(this.#markDeleted(old, 0, options, finalizers));
    return ok(options.dryRun ? old : this.#remove(old));
  }

  #known(object: KubeObject): Result<KnownKind, Status> {
    const info = kindInfo(object.kind);
    const schema = schemaOf(object.kind, this.#k8s);
    if (!info || !schema || info.apiVersion !== object.apiVersion)
      return err(noKindMatch(object.kind, object.apiVersion));
    return ok({ info, schema });
  }

  /** Fills in a generated name that is free. */
  #named<T extends KubeObject>(object: T, info: KindInfo): T {
    const meta = object.metadata ?? {};
    if (meta.name || !meta.generateName) return object.metadata ? object : { ...object, metadata: meta };
    const namespace = info.namespaced ? (meta.namespace ?? 'default') : '';
    let name = generatedName(meta.generateName, this.#random);
    for (let i = 1; i < NAME_ATTEMPTS && this.#store.get(object.kind, namespace, name); i++)
      name = generatedName(meta.generateName, this.#random);
    return { ...object, metadata: { ...meta, name } };
  }

  /** Admission NamespaceLifecycle: the namespace must be there, and stay. */
  #refusedByNamespace({ metadata }: KubeObject, info: KindInfo): Status | undefined {
    if (!info.namespaced) return undefined;
    const name = metadata.namespace ?? 'default';
    const namespace = this.#store.get('Namespace', '', name);
    if (!namespace) return notFound(infoOf('Namespace'), name);
    return namespace.metadata.deletionTimestamp === undefined
      ? undefined
      : namespaceTerminating(info, metadata.name ?? '', name);
  }

  #replace(
    object: KubeObject,
    old: KubeObject,
    { info, schema }: KnownKind,
    options: WriteOptions,
  ): Result<KubeObject, Status> {
    const metadata = updatedMeta(object.metadata, old.metadata);
    const defaulted = withDefaults({ ...object, metadata }, this.#k8s);
    const managed = managedBy(defaulted, old, schema, options.fieldManager, this.#now());
    const prepared = prepareUpdate(managed, old, info, this.#context);
    if (!prepared.ok) return prepared;
    if (sameJson(prepared.value, old)) return ok(old);
    const causes = validate(prepared.value, old, this.#k8s);
    if (causes.length > 0) return err(invalid(info, metadata.name ?? '', causes));
    const denied = this.#deniedBy(prepared.value, old, info);
    if (denied) return err(denied);
    const changed = withGeneration(prepared.value, old, info, this.#k8s);
    if (options.dryRun) return ok(changed);
    // The last finalizer of an object that is being deleted has gone.
    const isFinished = metadata.deletionTimestamp !== undefined && metadata.deletionGracePeriodSeconds === 0;
    if (isFinished && old.metadata.finalizers?.length && !metadata.finalizers?.length)
      return ok(this.#remove(old));
    return ok(this.#put(keepingParts(changed, old), old, schema, options));
  }

  /** Validating admission. */
  #deniedBy(object: KubeObject, old: KubeObject | undefined, info: KindInfo): Status | undefined {
    const why = admissionRefusal(object, old, this.#plugins);
    return why === undefined ? undefined : forbidden(info, object.metadata.name ?? '', why);
  }

  #updateStatus(object: KubeObject, old: KubeObject, schema: FieldSchema, options: WriteOptions): KubeObject {
    const prepared = prepareStatus(object, old, this.#k8s);
    const metadata = statusMeta(old.kind, object.metadata, old.metadata);
    const changed = metadata === old.metadata ? prepared : { ...prepared, metadata };
    if (sameJson(changed, old)) return old;
    const managed = options.fieldManager
      ? managedBy(changed, old, schema, options.fieldManager, this.#now())
      : changed;
    return options.dryRun ? managed : this.#put(managed, old, schema, options);
  }

  #markDeleted(
    old: KubeObject,
    grace: number,
    { dryRun }: DeleteOptions,
    finalizers?: readonly string[],
  ): KubeObject {
    const marked = markedDeleted(old, grace, this.#now(), finalizers);
    if (dryRun || marked === old) return marked;
    const schema = schemaOf(old.kind, this.#k8s);
    return schema ? this.#put(marked, old, schema, {}) : this.#store.put(marked);
  }

  /** Stores what was written; whose the fields are is noted for later, unless the write came with its managedFields. */
  #put(
    object: KubeObject,
    old: KubeObject | undefined,
    schema: FieldSchema,
    options: WriteOptions,
    written = object,
  ): KubeObject {
    const note = noteOf(object, old, { written, schema, now: this.#now(), options });
    return this.#store.put(object, note);
  }

  #remove({ kind, metadata }: KubeObject): KubeObject {
    const { namespace = '', name = '' } = metadata;
    const removed = this.#store.remove(kind, namespace, name);
    if (!removed) throw new Error(`${kind} ${namespace}/${name} has gone`);
    // A Service takes its Endpoints along at once; its EndpointSlices are collected by their owner references.
    if (kind === 'Service') this.#store.remove('Endpoints', namespace, name);
    return removed;
  }

  /** A namespace goes when the namespace controller has emptied it. */
  #deleteNamespace(
    namespace: KubeObject,
    name: string,
    { dryRun, force }: DeleteOptions,
  ): Result<KubeObject, Status> {
    if (UNDELETABLE.includes(name))
      return err(forbidden(infoOf('Namespace'), name, 'this namespace may not be deleted'));
    if (force) return ok(this.#remove(namespace));
    const marked = terminating(namespace, this.#now());
    return ok(dryRun || marked === namespace ? marked : this.#store.put(marked));
  }

  /** One of the namespaces that every cluster has. */
  #makeNamespace(name: string): void {
    if (this.#store.get('Namespace', '', name)) return;
    const metadata = createdMeta({ name }, infoOf('Namespace'), this.#random.uuid(), this.#now(), this.#k8s);
    this.#store.put({
      ...withDefaults({ apiVersion: 'v1', kind: 'Namespace', metadata }, this.#k8s),
      status: { phase: 'Active' },
    });
  }
}
