// What the API server offers to the rest of the control plane, and the Status values it answers with.
import type { Result } from '@/lib/core/result';
import type { KubeObject, ObjectRef } from '@/lib/kube/types';

export interface StatusCause {
  /** FieldValueInvalid, FieldValueRequired, FieldValueNotSupported, FieldValueDuplicate, FieldValueForbidden … */
  readonly reason: string;
  readonly message: string;
  /** Path as the server writes it: spec.ports[0].nodePort */
  readonly field: string;
}

/** A failure as the API server words it (meta.k8s.io/v1 Status). `message` is the server's own English text. */
export interface Status {
  readonly code: number;
  readonly reason:
    | 'Invalid'
    | 'BadRequest'
    | 'NotFound'
    | 'AlreadyExists'
    | 'Conflict'
    | 'Forbidden'
    | 'InternalError'
    | 'MethodNotAllowed'
    | 'NotAcceptable'
    | 'UnsupportedMediaType'
    | 'RequestEntityTooLarge'
    | 'Expired'
    | 'Timeout'
    | 'TooManyRequests'
    /** The server gives none. */
    | '';
  readonly message: string;
  readonly causes: readonly StatusCause[];
  /** Kind and name that the failure is about, if any. */
  readonly details?: { readonly group?: string; readonly kind?: string; readonly name?: string };
  readonly retryAfterSeconds?: number;
  /** With which an expired list may go on, inconsistently. */
  readonly continueToken?: string;
}

export interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: KubeObject;
  /** The object before a MODIFIED. */
  readonly old?: KubeObject;
}

/** Reading: always the latest state, no copies; objects are immutable. Namespace "" for cluster-scoped kinds. */
export interface ApiReader {
  get<T extends KubeObject>(kind: T['kind'], namespace: string, name: string): T | undefined;
  /** Sorted by namespace, then name, byte-wise. Without a namespace: all namespaces. */
  list<T extends KubeObject>(kind: T['kind'], namespace?: string): readonly T[];
  /** Pods (or other objects) of a namespace that carry all these labels, sorted by name; by an index, not by a scan of all namespaces. */
  labelled<T extends KubeObject>(
    kind: T['kind'],
    namespace: string,
    labels: Readonly<Record<string, string>>,
  ): readonly T[];
  /** Objects whose controlling owner has this uid, sorted by name (indexed). */
  ownedBy<T extends KubeObject>(kind: T['kind'], ownerUid: string): readonly T[];
}

/** Who writes, for metadata.managedFields. */
export interface FieldManager {
  readonly manager: string;
  /** The version in which it writes. */
  readonly apiVersion: string;
  /** "" for the object itself. */
  readonly subresource: string;
}

export interface WriteOptions {
  /** Who writes. Without one, managedFields are what the object says, or as they were. */
  readonly fieldManager?: FieldManager;
  /** The same for a part of the control plane, by name: its managedFields are worked out when somebody asks for them. null: no manager, as a Binding. */
  readonly component?: string | null;
  /** Everything is checked and allocated, nothing is stored. */
  readonly dryRun?: boolean;
  readonly subresource?: 'status' | 'scale';
}

export interface DeleteOptions {
  /** Removes at once, whatever the grace period and the finalizers: what the kubelet and the collectors do in the end. */
  readonly force?: boolean;
  readonly dryRun?: boolean;
  /** Instead of the object's own (Pods); 0 removes at once. */
  readonly gracePeriodSeconds?: number;
  /** Preconditions. */
  readonly uid?: string;
  readonly resourceVersion?: string;
  /** What becomes of the dependents: the garbage collector deletes them later, before the owner, or lets them be. */
  readonly propagation?: 'Background' | 'Foreground' | 'Orphan';
}

/** Writing: each call is one request to the API server. What a write changes reaches the watchers before it returns. */
export interface ApiClient extends ApiReader {
  /** Objects of any kind that name this uid among their owners, controlling or not (indexed). */
  dependents(ownerUid: string): readonly KubeObject[];
  create<T extends KubeObject>(object: T, options?: WriteOptions): Result<T, Status>;
  /** Replaces; a metadata.resourceVersion that is given must be the current one (Conflict). A no-op write changes nothing. */
  update<T extends KubeObject>(object: T, options?: WriteOptions): Result<T, Status>;
  /** kubectl's client-side apply: three-way merge by the last-applied-configuration annotation (strategic merge patch lists). */
  apply(
    manifest: KubeObject,
  ): Result<
    { readonly object: KubeObject; readonly outcome: 'created' | 'configured' | 'unchanged' },
    Status
  >;
  /** Pods stay with a deletionTimestamp until the kubelet has stopped them; force removes at once. */
  delete(ref: ObjectRef, options?: DeleteOptions): Result<KubeObject, Status>;
}
