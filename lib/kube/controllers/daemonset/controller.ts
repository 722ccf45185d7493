// One Pod on every Node. Models pkg/controller/daemon/daemon_controller.go and update.go (RollingUpdate with maxUnavailable, and
// OnDelete). Revisions are told by the template's hash alone: there are no ControllerRevision objects.
import type { ApiClient, WatchEvent } from '@/lib/kube/api/types';
import type {
  IntOrString,
  KubeObject,
  LabelSelector,
  Node,
  Pod,
  PodSpec,
  PodTemplate,
} from '@/lib/kube/types';
import { nodeRefuses, type SchedulingSpec, type Toleration } from '@/lib/kube/scheduler/filter';
import { LATENCY_MS } from '../latencies';
import { createPod, deletePod } from '../pod-control';
import { byText, controllerOf, isPodActive, isPodReady, keyOf, scaled, splitKey } from '../objects';
import { templateHash } from '../template-hash';
import type { Controller, ControllerContext } from '../types';
import { availability, claim, podFromTemplate, writeStatus } from '../workloads';

export interface DaemonSet extends KubeObject {
  readonly kind: 'DaemonSet';
  readonly spec: {
    readonly selector: LabelSelector;
    readonly template: PodTemplate;
    readonly minReadySeconds?: number;
    readonly updateStrategy?: {
      readonly type?: 'RollingUpdate' | 'OnDelete';
      readonly rollingUpdate?: { readonly maxUnavailable?: IntOrString };
    };
  };
}

const HASH_LABEL = 'controller-revision-hash';
const GENERATION_LABEL = 'pod-template-generation';

/** What a daemon may run on although it is not in order: added to every Pod (util.AddOrUpdateDaemonPodTolerations). */
const TOLERATIONS: readonly Toleration[] = [
  ...['not-ready', 'unreachable'].map((key) => ({
    key: `node.kubernetes.io/${key}`,
    operator: 'Exists',
    effect: 'NoExecute',
  })),
  ...['disk-pressure', 'memory-pressure', 'pid-pressure', 'unschedulable'].map((key) => ({
    key: `node.kubernetes.io/${key}`,
    operator: 'Exists',
    effect: 'NoSchedule',
  })),
];
const HOST_NETWORK_TOLERATION: Toleration = {
  key: 'node.kubernetes.io/network-unavailable',
  operator: 'Exists',
  effect: 'NoSchedule',
};

/** The DaemonSet controller. */
export function daemonSetController(): Controller {
  let reconciling = '';
  return {
    name: COMPONENT,
    watches: ['DaemonSet', 'Pod', 'Node'],
    latencyMs: LATENCY_MS.daemonSet,
    keysFor(event, { api }) {
      const { kind } = event.object;
      if (kind === 'Node') return afterNode(event, api);
      if (kind === 'Pod') return setOf(event);
      const key = keyOf(event.object);
      return event.type === 'DELETED' || key === reconciling ? [] : [key];
    },
    reconcile(key, context) {
      const { namespace, name } = splitKey(key);
      const set = context.api.get<DaemonSet>('DaemonSet', namespace, name);
      if (!set) return;
      reconciling = key;
      sync(set, key, context);
      reconciling = '';
    },
  };
}

const COMPONENT = 'daemonset-controller';

/** Nodes that come, go, or change what they accept concern every DaemonSet; their conditions do not. */
function afterNode({ type, object, old }: WatchEvent, api: ApiClient): readonly string[] {
  const same =
    type === 'MODIFIED' && old && old.spec === object.spec && old.metadata.labels === object.metadata.labels;
  return same ? [] : api.list<DaemonSet>('DaemonSet').map(keyOf);
}

function setOf({ type, object, old }: WatchEvent): readonly string[] {
  const owner = controllerOf(object);
  if (owner?.kind !== 'DaemonSet') return [];
  const pod = object as Pod;
  const before = old as Pod | undefined;
  const same =
    type === 'MODIFIED' &&
    before &&
    isPodReady(pod) === isPodReady(before) &&
    isPodActive(pod) === isPodActive(before);
  return same ? [] : [`${object.metadata.namespace ?? ''}/${owner.name}`];
}

/** The Pods of a set by the node that they are for. */
function byNode(pods: readonly Pod[]): ReadonlyMap<string, readonly Pod[]> {
  const map = new Map<string, Pod[]>();
  for (const pod of pods) {
    const node = pod.spec.nodeName ?? targetOf(pod.spec);
    if (node) map.set(node, [...(map.get(node) ?? []), pod]);
  }
  return map;
}

function sync(set: DaemonSet, key: string, context: ControllerContext): void {
  const { api, now } = context;
  const hash = templateHash(set.spec.template);
  const nodes = api.list<Node>('Node');
  const template = daemonTemplate(set);
  const wanted = nodes.filter((node) => !nodeRefuses(node, template.spec as SchedulingSpec));
  const pods = byNode(claim<Pod>(api, 'Pod', set, set.spec.selector, true));
  const wantedNames = new Set(wanted.map((n) => n.metadata.name ?? ''));
  if (set.metadata.deletionTimestamp === undefined) {
    for (const name of wantedNames)
      if (!pods.get(name)?.some((p) => isPodActive(p) || p.metadata.deletionTimestamp !== undefined))
        createPod(context, set, daemonPod(set, template, name, hash), COMPONENT);
    for (const [node, own] of pods)
      for (const pod of wantedNames.has(node) ? own.slice(1) : own) remove(context, set, pod);
    rollOut(set, wanted.length, pods, hash, context);
  }
  const current = [...wantedNames].flatMap((name) => pods.get(name)?.[0] ?? []);
  const available = current.map((p) => availability(p, set.spec.minReadySeconds ?? 0, now));
  const soonest = Math.min(...available.flatMap((a) => a.inMs ?? []));
  if (Number.isFinite(soonest)) context.requeueAfter(key, soonest);
  const numberAvailable = available.filter((a) => a.available).length;
  const updated = current.filter((p) => p.metadata.labels?.[HASH_LABEL] === hash).length;
  const optional = {
    updatedNumberScheduled: updated,
    numberAvailable,
    numberUnavailable: wanted.length - numberAvailable,
  };
  writeStatus(api, set, {
    currentNumberScheduled: current.length,
    numberMisscheduled: [...pods.keys()].filter((node) => !wantedNames.has(node)).length,
    desiredNumberScheduled: wanted.length,
    numberReady: current.filter(isPodReady).length,
    observedGeneration: set.metadata.generation ?? 0,
    ...Object.fromEntries(Object.entries(optional).filter(([, n]) => n > 0)),
  });
}

/** RollingUpdate: Pods of an older template go, as many at a time as may be unavailable; those that do not serve go first. */
function rollOut(
  set: DaemonSet,
  desired: number,
  pods: ReadonlyMap<string, readonly Pod[]>,
  hash: string,
  context: ControllerContext,
): void {
  const { now } = context;
  if (set.spec.updateStrategy?.type === 'OnDelete') return;
  const maxUnavailable = scaled(
    set.spec.updateStrategy?.rollingUpdate?.maxUnavailable ?? 1,
    desired,
    Math.ceil,
  );
  const all = [...pods.values()].flat();
  const serves = (p: Pod): boolean =>
    isPodActive(p) && availability(p, set.spec.minReadySeconds ?? 0, now).available;
  const old = all.filter((p) => isPodActive(p) && p.metadata.labels?.[HASH_LABEL] !== hash);
  let room = maxUnavailable - (desired - all.filter(serves).length);
  for (const pod of old.toSorted(
    (a, b) => Number(serves(a)) - Number(serves(b)) || byText(a.metadata.name ?? '', b.metadata.name ?? ''),
  )) {
    if (serves(pod) && room-- <= 0) break;
    remove(context, set, pod);
  }
}

function remove(context: ControllerContext, set: DaemonSet, pod: Pod): void {
  if (pod.metadata.deletionTimestamp === undefined) deletePod(context, set, pod, COMPONENT);
}

function daemonTemplate(set: DaemonSet): PodTemplate {
  const spec = set.spec.template.spec as SchedulingSpec;
  const extra = spec.hostNetwork ? [...TOLERATIONS, HOST_NETWORK_TOLERATION] : TOLERATIONS;
  const tolerations = [...(spec.tolerations ?? []), ...extra];
  return { ...set.spec.template, spec: { ...spec, tolerations } as PodSpec };
}

/** A Pod for one node: the scheduler binds it there, by a node affinity on the node's name. */
function daemonPod(set: DaemonSet, template: PodTemplate, node: string, hash: string): Pod {
  const generation = String(set.metadata.generation ?? 1);
  const pod = podFromTemplate(set, template, { [HASH_LABEL]: hash, [GENERATION_LABEL]: generation });
  const matchFields = [{ key: 'metadata.name', operator: 'In', values: [node] }];
  const nodeAffinity = {
    requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchFields }] },
  };
  return { ...pod, spec: { ...pod.spec, affinity: { nodeAffinity } } as PodSpec };
}

/** The node that a daemon's Pod waits for. */
function targetOf(spec: PodSpec): string | undefined {
  const terms = (spec as SchedulingSpec).affinity?.nodeAffinity
    ?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  return terms?.[0]?.matchFields?.[0]?.values?.[0];
}
