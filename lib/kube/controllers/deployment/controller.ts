// Rolls Deployments out, and scales them. Models pkg/controller/deployment/deployment_controller.go, rolling.go, recreate.go, sync.go.
import type { ApiClient, WatchEvent } from '@/lib/kube/api/types';
import type { Deployment, Pod, ReplicaSet } from '@/lib/kube/types';
import { differences, type K8sVersion } from '@/lib/kube/versions';
import { LATENCY_MS } from '../latencies';
import { controllerOf, equalJson, isPodTerminal, keyOf, selects, splitKey } from '../objects';
import type { Controller, ControllerContext } from '../types';
import { Adoption, claim, replicasOf, statusOf, writeStatus } from '../workloads';
import {
  annotationsFor,
  byAge,
  findNewSet,
  newReplicaSet,
  REVISION_ANNOTATION,
  revisionOf,
  sizeAnnotations,
} from './revisions';
import {
  fenceposts,
  isActive,
  isRollingUpdate,
  isScaling,
  newSetReplicas,
  scaleSets,
  shrinkOld,
  type Resize,
} from './sizes';
import { deploymentStatus, isComplete } from './status';

/** The Deployment controller. */
export function deploymentController(): Controller {
  const adoption = new Adoption();
  let reconciling = '';
  return {
    name: 'deployment-controller',
    memory: adoption,
    watches: ['Deployment', 'ReplicaSet', 'Pod'],
    latencyMs: LATENCY_MS.deployment,
    keysFor(event, { api }) {
      const { kind } = event.object;
      if (kind === 'Pod') return event.type === 'DELETED' ? recreating(event, api) : [];
      if (kind === 'ReplicaSet') return ownersOf(event, api, adoption);
      const key = keyOf(event.object);
      if (event.type === 'ADDED') adoption.expect(key);
      return event.type === 'DELETED' || key === reconciling ? [] : [key];
    },
    reconcile(key, context) {
      const { namespace, name } = splitKey(key);
      const deployment = context.api.get<Deployment>('Deployment', namespace, name);
      if (!deployment) return;
      reconciling = key;
      new Rollout(deployment, context, adoption.due(key)).sync();
      reconciling = '';
    },
  };
}

/** The Deployment that owns a ReplicaSet; for one without owner, those that may adopt it. */
function ownersOf({ type, object, old }: WatchEvent, api: ApiClient, adoption: Adoption): readonly string[] {
  const namespace = object.metadata.namespace ?? '';
  const owner = controllerOf(object) ?? (old ? controllerOf(old) : undefined);
  if (owner) return owner.kind === 'Deployment' ? [`${namespace}/${owner.name}`] : [];
  if (type === 'DELETED') return [];
  const adopters = api
    .list<Deployment>('Deployment', namespace)
    .filter((d) => selects(d.spec.selector, object.metadata.labels));
  for (const deployment of adopters) adoption.expect(keyOf(deployment));
  return adopters.map(keyOf);
}

/** A Deployment of strategy Recreate waits for the last of its old Pods to go. */
function recreating({ object }: WatchEvent, api: ApiClient): readonly string[] {
  const owner = controllerOf(object);
  if (owner?.kind !== 'ReplicaSet') return [];
  const namespace = object.metadata.namespace ?? '';
  const set = api.get<ReplicaSet>('ReplicaSet', namespace, owner.name);
  const name = set ? controllerOf(set)?.name : undefined;
  const deployment = name === undefined ? undefined : api.get<Deployment>('Deployment', namespace, name);
  return deployment && !isRollingUpdate(deployment) ? [keyOf(deployment)] : [];
}

/** One reconcile of one Deployment. */
class Rollout {
  readonly #api: ApiClient;
  readonly #context: ControllerContext;
  readonly #now: number;
  #deployment: Deployment;
  #newSet: ReplicaSet | undefined;
  #old: readonly ReplicaSet[];

  constructor(deployment: Deployment, context: ControllerContext, adopt: boolean) {
    const { api, now } = context;
    this.#api = api;
    this.#context = context;
    this.#now = now;
    this.#deployment = deployment;
    const sets = claim<ReplicaSet>(api, 'ReplicaSet', deployment, deployment.spec.selector, adopt);
    this.#newSet = findNewSet(deployment, sets);
    this.#old = sets.filter((s) => s !== this.#newSet);
  }

  sync(): void {
    if (this.#deployment.metadata.deletionTimestamp === undefined) this.#act();
    writeStatus(
      this.#api,
      this.#deployment,
      deploymentStatus(this.#deployment, this.#newSet, this.#old, this.#now),
    );
  }

  #act(): void {
    if (this.#deployment.spec.paused || isScaling(this.#deployment, this.#all)) {
      this.#markRevision();
      this.#resize(scaleSets(this.#deployment, this.#newSet, this.#old));
    } else if (isRollingUpdate(this.#deployment)) this.#roll();
    else this.#recreate();
  }

  get #all(): readonly ReplicaSet[] {
    return [...this.#old, ...(this.#newSet ? [this.#newSet] : [])];
  }

  /** Up with the new ReplicaSet as far as maxSurge allows, else down with the old ones as far as maxUnavailable does. */
  #roll(): void {
    const newSet = this.#ensureNewSet();
    if (!newSet) return;
    const wanted = replicasOf(this.#deployment);
    const current = replicasOf(newSet);
    const next = current > wanted ? wanted : newSetReplicas(this.#deployment, this.#all, current);
    if (next !== current) return this.#resize([{ set: newSet, replicas: next }]);
    const down = shrinkOld(this.#deployment, newSet, this.#old);
    if (down.length > 0) this.#resize(down);
    else this.#cleanUp();
  }

  /** All old Pods go before the first new one comes. */
  #recreate(): void {
    const active = this.#old.filter(isActive);
    if (active.length > 0) {
      this.#markRevision();
      return this.#resize(active.map((set) => ({ set, replicas: 0 })));
    }
    const alive = this.#old
      .flatMap((s) => this.#api.ownedBy<Pod>('Pod', s.metadata.uid ?? ''))
      .some((p) => !isPodTerminal(p));
    if (alive) return this.#markRevision();
    const newSet = this.#ensureNewSet();
    if (newSet) this.#resize([{ set: newSet, replicas: replicasOf(this.#deployment) }]);
    this.#cleanUp();
  }

  #ensureNewSet(): ReplicaSet | undefined {
    if (!this.#newSet) {
      const replicas = newSetReplicas(this.#deployment, this.#old, 0);
      const created = this.#api.create(
        newReplicaSet(this.#deployment, replicas, this.#nextRevision, this.#maxReplicas),
      );
      if (created.ok) {
        this.#newSet = created.value;
        if (replicas > 0) this.#recordScaling(created.value, undefined, replicas);
      }
    }
    this.#markRevision();
    return this.#newSet;
  }

  get #nextRevision(): number {
    return Math.max(0, ...this.#old.map(revisionOf)) + 1;
  }

  get #maxReplicas(): number {
    return replicasOf(this.#deployment) + fenceposts(this.#deployment).maxSurge;
  }

  /** The current ReplicaSet carries the highest revision (after a rollback: a new one), and the Deployment says which. */
  #markRevision(): void {
    const set = this.#newSet;
    if (!set) return;
    const annotations = annotationsFor(
      this.#deployment,
      set.metadata.annotations ?? {},
      this.#nextRevision,
      this.#maxReplicas,
    );
    const sized = { ...annotations, ...(this.#scalingPending ? sizesOf(set) : {}) };
    const { minReadySeconds = 0, ...spec } = set.spec;
    const wanted = this.#deployment.spec.minReadySeconds ?? 0;
    if (!equalJson(set.metadata.annotations ?? {}, sized) || minReadySeconds !== wanted) {
      const metadata = { ...set.metadata, annotations: sized };
      this.#put({ ...set, metadata, spec: wanted === 0 ? spec : { ...spec, minReadySeconds: wanted } });
    }
    const revision = this.#newSet?.metadata.annotations?.[REVISION_ANNOTATION];
    const { metadata } = this.#deployment;
    if (revision === undefined || metadata.annotations?.[REVISION_ANNOTATION] === revision) return;
    // Through the status, as the real controller does: so it is no new generation.
    const marked = { ...metadata.annotations, [REVISION_ANNOTATION]: revision };
    const updated = this.#api.update(
      { ...this.#deployment, metadata: { ...metadata, annotations: marked } },
      { subresource: 'status' },
    );
    if (updated.ok) this.#deployment = updated.value;
  }

  /** While a scaling is still to be done, the old sizes stay on record: they say how to share it. */
  get #scalingPending(): boolean {
    return isScaling(this.#deployment, this.#all);
  }

  #resize(resizes: readonly Resize[]): void {
    for (const { set: given, replicas } of resizes) {
      const set = this.#all.find((s) => s.metadata.name === given.metadata.name) ?? given;
      const annotations = {
        ...set.metadata.annotations,
        ...sizeAnnotations(this.#deployment, this.#maxReplicas),
      };
      const before = replicasOf(set);
      if (before === replicas && equalJson(set.metadata.annotations ?? {}, annotations)) continue;
      this.#put({ ...set, metadata: { ...set.metadata, annotations }, spec: { ...set.spec, replicas } });
      if (before !== replicas) this.#recordScaling(set, before, replicas);
    }
  }

  /** `before` is undefined for a ReplicaSet that was just created. */
  #recordScaling(set: ReplicaSet, before: number | undefined, after: number): void {
    this.#context.record(this.#deployment, {
      type: 'Normal',
      reason: 'ScalingReplicaSet',
      message: scalingMessage(set.metadata.name ?? '', before, after, this.#context.k8s),
      component: 'deployment-controller',
    });
  }

  #put(set: ReplicaSet): void {
    const result = this.#api.update(set);
    if (!result.ok) return;
    const isNew = this.#newSet?.metadata.name === set.metadata.name;
    if (isNew) this.#newSet = result.value;
    else this.#old = this.#old.map((s) => (s.metadata.name === set.metadata.name ? result.value : s));
  }

  /** Old empty ReplicaSets beyond revisionHistoryLimit go once the rollout is complete. */
  #cleanUp(): void {
    const status = deploymentStatus(this.#deployment, this.#newSet, this.#old, this.#now);
    if (!isComplete(this.#deployment, status)) return;
    const limit = this.#deployment.spec.revisionHistoryLimit ?? 10;
    const empty = this.#old.filter(
      (s) => replicasOf(s) === 0 && !statusOf(s).replicas && s.metadata.deletionTimestamp === undefined,
    );
    const surplus = empty
      .sort((a, b) => revisionOf(a) - revisionOf(b) || byAge(a, b))
      .slice(0, Math.max(0, this.#old.length - limit));
    for (const { metadata } of surplus)
      this.#api.delete({
        kind: 'ReplicaSet',
        namespace: metadata.namespace ?? '',
        name: metadata.name ?? '',
      });
  }
}

/** scaleReplicaSet and getNewReplicaSet of sync.go; the order of the two numbers changed in v1.32. */
function scalingMessage(name: string, before: number | undefined, after: number, k8s: K8sVersion): string {
  const verb = (before ?? 0) < after ? 'up' : 'down';
  if (differences.scalingEventFromTo(k8s))
    return `Scaled ${verb} replica set ${name} from ${before ?? 0} to ${after}`;
  return `Scaled ${verb} replica set ${name} to ${after}${before === undefined ? '' : ` from ${before}`}`;
}

function sizesOf({ metadata }: ReplicaSet): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(metadata.annotations ?? {}).filter(([k]) => /\/(desired|max)-replicas$/.test(k)),
  );
}
