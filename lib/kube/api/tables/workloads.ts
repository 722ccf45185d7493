// Models pkg/printers/internalversion/printers.go for Pods and the workloads that make them.
import type {
  Condition,
  Container,
  Deployment,
  KubeObject,
  LabelSelector,
  Pod,
  PodTemplate,
  ReplicaSet,
} from '@/lib/kube/types';
import { age, humanDuration } from './duration';
import { labelList } from './services';
import { AGE, NAME, wide, type Cell, type TableKind } from './types';

interface ContainerStatus {
  readonly name?: string;
  readonly started?: boolean;
  readonly ready?: boolean;
  readonly restartCount?: number;
  readonly state?: {
    readonly waiting?: { readonly reason?: string };
    readonly terminated?: { readonly reason?: string; readonly signal?: number; readonly exitCode?: number };
    readonly running?: unknown;
  };
  readonly lastState?: { readonly terminated?: { readonly finishedAt?: string } };
}

type FullPod = Omit<Pod, 'spec' | 'status'> & {
  readonly spec: Pod['spec'] & {
    readonly initContainers?: readonly { readonly name: string; readonly restartPolicy?: string }[];
  };
  readonly status?: Omit<NonNullable<Pod['status']>, 'containerStatuses'> & {
    readonly reason?: string;
    readonly nominatedNodeName?: string;
    readonly containerStatuses?: readonly ContainerStatus[];
    readonly initContainerStatuses?: readonly ContainerStatus[];
  };
};

export const pods: TableKind = {
  columns: [
    NAME,
    { name: 'Ready' },
    { name: 'Status' },
    { name: 'Restarts' },
    AGE,
    wide('IP'),
    wide('Node'),
    wide('Nominated Node'),
    wide('Readiness Gates'),
  ],
  cells(object, now) {
    const pod = object as FullPod;
    const { metadata, spec, status } = pod;
    const { reason, ready, total, counted } = podSummary(pod);
    return [
      metadata.name ?? '',
      `${ready}/${total}`,
      reason,
      restarts(counted, now),
      age(metadata.creationTimestamp, now),
      status?.podIPs?.[0]?.ip ?? status?.podIP ?? '<none>',
      spec.nodeName ?? '<none>',
      status?.nominatedNodeName ?? '<none>',
      readinessGates(pod),
    ];
  },
};

interface PodSummary {
  /** The STATUS column. */
  readonly reason: string;
  readonly ready: number;
  readonly total: number;
  /** The containers whose restarts count. */
  readonly counted: readonly ContainerStatus[];
}

/** The phase, overridden by what the init containers say, then the containers, last one first (printPod). */
function podSummary(pod: FullPod): PodSummary {
  const { spec, status, metadata } = pod;
  const inits = spec.initContainers ?? [];
  const sidecars = inits.filter((c) => c.restartPolicy === 'Always').map((c) => c.name);
  const initStatuses = status?.initContainerStatuses ?? [];
  const readySidecars = initStatuses.filter((s) => sidecars.includes(s.name ?? '') && s.started && s.ready);
  const gated = conditionOf(pod, 'PodScheduled')?.reason === 'SchedulingGated';
  const phase = status?.reason || (gated ? 'SchedulingGated' : status?.phase) || 'Unknown';
  const initReason = initialising(initStatuses, sidecars, inits.length);
  const initialised = initReason === undefined || conditionOf(pod, 'Initialized')?.status === 'True';
  const statuses = status?.containerStatuses ?? [];
  const sidecarStatuses = initStatuses.filter((s) => sidecars.includes(s.name ?? ''));
  const reason = initialised ? podStatus(pod, statuses, phase) : (initReason ?? phase);
  const isOver = status?.phase === 'Succeeded' || status?.phase === 'Failed';
  const isLost = metadata.deletionTimestamp !== undefined && status?.reason === 'NodeLost';
  return {
    reason: isLost ? 'Unknown' : metadata.deletionTimestamp && !isOver ? 'Terminating' : reason,
    ready:
      readySidecars.length + (initialised ? statuses.filter((s) => s.ready && s.state?.running).length : 0),
    total: spec.containers.length + sidecars.length,
    counted: initialised ? [...statuses, ...sidecarStatuses] : initStatuses,
  };
}

const conditionOf = ({ status }: FullPod, type: string): Condition | undefined =>
  status?.conditions?.find((c) => c.type === type);

/** What the first init container that has not finished says; undefined if all have. */
function initialising(
  statuses: readonly ContainerStatus[],
  sidecars: readonly string[],
  total: number,
): string | undefined {
  for (const [i, { name = '', state, started }] of statuses.entries()) {
    const { terminated, waiting } = state ?? {};
    if (terminated && (terminated.exitCode ?? 0) === 0) continue;
    if (sidecars.includes(name) && started) continue;
    if (terminated) return `Init:${terminatedReason(terminated)}`;
    if (waiting?.reason && waiting.reason !== 'PodInitializing') return `Init:${waiting.reason}`;
    return `Init:${i}/${total}`;
  }
  return undefined;
}

function podStatus(pod: FullPod, statuses: readonly ContainerStatus[], phase: string): string {
  let reason = phase;
  let running = false;
  for (const { state, ready } of statuses.toReversed()) {
    if (state?.waiting?.reason) reason = state.waiting.reason;
    else if (state?.terminated) reason = terminatedReason(state.terminated);
    else if (ready && state?.running) running = true;
  }
  if (reason !== 'Completed' || !running) return reason;
  return conditionOf(pod, 'Ready')?.status === 'True' ? 'Running' : 'NotReady';
}

function terminatedReason(t: {
  readonly reason?: string;
  readonly signal?: number;
  readonly exitCode?: number;
}): string {
  if (t.reason) return t.reason;
  return t.signal ? `Signal:${t.signal}` : `ExitCode:${t.exitCode ?? 0}`;
}

function restarts(statuses: readonly ContainerStatus[], now: number): string {
  const count = statuses.reduce((sum, s) => sum + (s.restartCount ?? 0), 0);
  const last = statuses
    .map((s) => s.lastState?.terminated?.finishedAt)
    .filter((t) => t !== undefined)
    .sort()
    .at(-1);
  return last ? `${count} (${humanDuration(now - Date.parse(last))} ago)` : String(count);
}

function readinessGates({ spec, status }: FullPod): string {
  const gates = spec.readinessGates ?? [];
  if (gates.length === 0) return '<none>';
  const met = gates.filter((g) =>
    status?.conditions?.some((c) => c.type === g.conditionType && c.status === 'True'),
  );
  return `${met.length}/${gates.length}`;
}

const containersOf = (template: PodTemplate | undefined): readonly Container[] =>
  template?.spec.containers ?? [];
export const names = (template: PodTemplate | undefined): string =>
  containersOf(template)
    .map((c) => c.name)
    .join(',');
export const images = (template: PodTemplate | undefined): string =>
  containersOf(template)
    .map((c) => c.image ?? '')
    .join(',');

/** metav1.FormatLabelSelector. */
export function selectorText(selector: LabelSelector | undefined): string {
  const parts = Object.entries(selector?.matchLabels ?? {}).map(([k, v]) => `${k}=${v}`);
  for (const { key, operator, values = [] } of selector?.matchExpressions ?? []) {
    const list = `(${[...values].sort().join(',')})`;
    if (operator === 'In') parts.push(`${key} in ${list}`);
    else if (operator === 'NotIn') parts.push(`${key} notin ${list}`);
    else parts.push(operator === 'Exists' ? key : `!${key}`);
  }
  return parts.length ? parts.sort().join(',') : '<none>';
}

const statusOf = (object: KubeObject): Readonly<Record<string, number>> =>
  (object.status ?? {}) as Record<string, number>;

export const deployments: TableKind = {
  columns: [
    NAME,
    { name: 'Ready' },
    { name: 'Up-to-date', type: 'integer' },
    { name: 'Available', type: 'integer' },
    AGE,
    wide('Containers'),
    wide('Images'),
    wide('Selector'),
  ],
  cells(object, now) {
    const { spec, metadata } = object as Deployment;
    const status = statusOf(object);
    return [
      metadata.name ?? '',
      `${status['readyReplicas'] ?? 0}/${spec.replicas ?? 0}`,
      status['updatedReplicas'] ?? 0,
      status['availableReplicas'] ?? 0,
      age(metadata.creationTimestamp, now),
      names(spec.template),
      images(spec.template),
      selectorText(spec.selector),
    ];
  },
};

export const replicaSets: TableKind = {
  columns: [
    NAME,
    { name: 'Desired', type: 'integer' },
    { name: 'Current', type: 'integer' },
    { name: 'Ready', type: 'integer' },
    AGE,
    wide('Containers'),
    wide('Images'),
    wide('Selector'),
  ],
  cells(object, now) {
    const { spec, metadata } = object as ReplicaSet;
    const status = statusOf(object);
    return [
      metadata.name ?? '',
      spec.replicas ?? 0,
      status['replicas'] ?? 0,
      status['readyReplicas'] ?? 0,
      age(metadata.creationTimestamp, now),
      names(spec.template),
      images(spec.template),
      selectorText(spec.selector),
    ];
  },
};

export const daemonSets: TableKind = {
  columns: [
    NAME,
    { name: 'Desired', type: 'integer' },
    { name: 'Current', type: 'integer' },
    { name: 'Ready', type: 'integer' },
    { name: 'Up-to-date', type: 'integer' },
    { name: 'Available', type: 'integer' },
    { name: 'Node Selector' },
    AGE,
    wide('Containers'),
    wide('Images'),
    wide('Selector'),
  ],
  cells(object, now): readonly Cell[] {
    const spec = (object as Deployment).spec;
    const status = statusOf(object);
    return [
      object.metadata.name ?? '',
      status['desiredNumberScheduled'] ?? 0,
      status['currentNumberScheduled'] ?? 0,
      status['numberReady'] ?? 0,
      status['updatedNumberScheduled'] ?? 0,
      status['numberAvailable'] ?? 0,
      labelList(spec.template.spec.nodeSelector),
      age(object.metadata.creationTimestamp, now),
      names(spec.template),
      images(spec.template),
      selectorText(spec.selector),
    ];
  },
};
