// Models pkg/printers/internalversion/printers.go for Pods and the workloads that make them.
import type {
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
  readonly ready?: boolean;
  readonly restartCount?: number;
  readonly state?: {
    readonly waiting?: { readonly reason?: string };
    readonly terminated?: { readonly reason?: string; readonly signal?: number; readonly exitCode?: number };
    readonly running?: unknown;
  };
  readonly lastState?: { readonly terminated?: { readonly finishedAt?: string } };
}

type FullPod = Pod & {
  readonly status?: {
    readonly reason?: string;
    readonly nominatedNodeName?: string;
    readonly containerStatuses?: readonly ContainerStatus[];
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
    const statuses = (pod.status?.containerStatuses ?? []) as readonly ContainerStatus[];
    const { metadata, spec, status } = pod;
    return [
      metadata.name ?? '',
      `${statuses.filter((s) => s.ready).length}/${spec.containers.length}`,
      podStatus(pod, statuses),
      restarts(statuses, now),
      age(metadata.creationTimestamp, now),
      status?.podIPs?.[0]?.ip ?? status?.podIP ?? '<none>',
      spec.nodeName ?? '<none>',
      (status as { nominatedNodeName?: string } | undefined)?.nominatedNodeName ?? '<none>',
      readinessGates(pod),
    ];
  },
};

/** The STATUS column: the phase, overridden by what the containers say, last container first. */
export function podStatus(pod: FullPod, statuses: readonly ContainerStatus[]): string {
  let reason = (pod.status as { reason?: string } | undefined)?.reason || pod.status?.phase || 'Unknown';
  let running = false;
  for (const { state, ready } of [...statuses].reverse()) {
    if (state?.waiting?.reason) reason = state.waiting.reason;
    else if (state?.terminated) reason = terminatedReason(state.terminated);
    else if (ready && state?.running) running = true;
  }
  const isReady = pod.status?.conditions?.some((c) => c.type === 'Ready' && c.status === 'True');
  if (reason === 'Completed' && running) reason = isReady ? 'Running' : 'NotReady';
  return pod.metadata.deletionTimestamp ? 'Terminating' : reason;
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

function readinessGates({ spec, status }: Pod): string {
  const gates = spec.readinessGates ?? [];
  if (gates.length === 0) return '<none>';
  const met = gates.filter((g) =>
    status?.conditions?.some((c) => c.type === g.conditionType && c.status === 'True'),
  );
  return `${met.length}/${gates.length}`;
}

const containersOf = (template: PodTemplate): readonly Container[] => template.spec.containers;
const names = (template: PodTemplate): string =>
  containersOf(template)
    .map((c) => c.name)
    .join(',');
const images = (template: PodTemplate): string =>
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
