// describe of Deployments, ReplicaSets, StatefulSets, DaemonSets, ReplicationControllers, Jobs, CronJobs.
import { pathOf, type Mapping } from '../api/mapper';
import { listOf } from '../resources/select';
import { durationString } from '../print/duration';
import type { KubeJson } from '../api/client';
import type { Session } from '../run/session';
import { describeEvents, eventsOf } from './events';
import { sameTemplate } from './same-template';
import { controlledBy, describeTemplate } from './pod';
import type { PodTemplate } from './pod-types';
import { annotationLines, DescribeWriter, labelPairs, multiline, rfc1123, selectorText } from './writer';

export type Describer = (k: Session, object: KubeJson, showEvents: boolean) => string;

interface Spec {
  readonly replicas?: number;
  readonly selector?: unknown;
  readonly template?: PodTemplate;
  readonly minReadySeconds?: number;
  readonly strategy?: {
    readonly type?: string;
    readonly rollingUpdate?: {
      readonly maxUnavailable?: number | string;
      readonly maxSurge?: number | string;
    };
  };
  readonly updateStrategy?: {
    readonly type?: string;
    readonly rollingUpdate?: { readonly partition?: number };
  };
  readonly parallelism?: number;
  readonly completions?: number;
  readonly completionMode?: string;
  readonly suspend?: boolean;
  readonly backoffLimit?: number;
  readonly activeDeadlineSeconds?: number;
  readonly schedule?: string;
  readonly concurrencyPolicy?: string;
  readonly successfulJobsHistoryLimit?: number;
  readonly failedJobsHistoryLimit?: number;
  readonly startingDeadlineSeconds?: number;
  readonly jobTemplate?: { readonly spec: Spec };
}

type Status = Readonly<Record<string, unknown>> & {
  readonly conditions?: readonly {
    readonly type: string;
    readonly status: string;
    readonly reason?: string;
  }[];
};

export const selectorTextOf = (selector: unknown): string => selectorText(selector);

const specOf = (object: KubeJson): Spec => (object['spec'] ?? {}) as Spec;
const statusOf = (object: KubeJson): Status => (object['status'] ?? {}) as Status;
const num = (value: unknown): number => (typeof value === 'number' ? value : 0);

function selectorOf(k: Session, selector: unknown): string {
  void k;
  const { matchLabels = {}, matchExpressions = [] } = (selector ?? {}) as {
    matchLabels?: Record<string, string>;
    matchExpressions?: readonly unknown[];
  };
  return matchExpressions.length === 0 ? labelPairs(matchLabels) : selectorText(selector);
}

function ownedSets(k: Session, object: KubeJson): readonly KubeJson[] {
  const mapping = k.mapper.forKind('apps/v1', 'ReplicaSet');
  if (!mapping) return [];
  const { items } = listOf(k, mapping, object.metadata.namespace ?? '', {
    selector: selectorOf(k, specOf(object).selector),
    limit: 500,
  });
  return items.filter((rs) =>
    rs.metadata.ownerReferences?.some((o) => o.controller && o.uid === object.metadata.uid),
  );
}

export const describeDeployment: Describer = (k, object, showEvents) => {
  const w = new DescribeWriter();
  const { metadata } = object;
  const spec = specOf(object);
  const status = statusOf(object);
  const events = showEvents ? eventsOf(k, object, 'Deployment') : [];
  w.pair(0, 'Name', metadata.name ?? '');
  w.pair(0, 'Namespace', metadata.namespace ?? '');
  w.pair(0, 'CreationTimestamp', rfc1123(metadata.creationTimestamp));
  multiline(w, 0, 'Labels', metadata.labels);
  annotationLines(w, 0, metadata.annotations);
  w.pair(0, 'Selector', selectorOf(k, spec.selector));
  w.line(
    0,
    `Replicas:\t${spec.replicas ?? 0} desired | ${num(status['updatedReplicas'])} updated | ${num(status['replicas'])} total | ${num(status['availableReplicas'])} available | ${num(status['unavailableReplicas'])} unavailable`,
  );
  w.pair(0, 'StrategyType', spec.strategy?.type ?? '');
  w.pair(0, 'MinReadySeconds', spec.minReadySeconds ?? 0);
  const rolling = spec.strategy?.rollingUpdate;
  if (rolling)
    w.pair(
      0,
      'RollingUpdateStrategy',
      `${rolling.maxUnavailable ?? 0} max unavailable, ${rolling.maxSurge ?? 0} max surge`,
    );
  describeTemplate(k, w, spec.template);
  conditions(w, status);
  const sets = ownedSets(k, object);
  const newest = sets.find((rs) => sameTemplate(specOf(rs).template, spec.template));
  const old = sets.filter((rs) => rs !== newest && num(specOf(rs).replicas) > 0);
  w.pair(0, 'OldReplicaSets', setList(sets.filter((rs) => rs !== newest && (old.includes(rs) || true))));
  w.pair(0, 'NewReplicaSet', newest ? setList([newest]) : '<none>');
  if (showEvents) describeEvents(w, events, k.now);
  return w.text;
};

const setList = (sets: readonly KubeJson[]): string =>
  sets
    .map(
      (rs) =>
        `${rs.metadata.name ?? ''} (${num(statusOf(rs)['replicas'])}/${num(specOf(rs).replicas)} replicas created)`,
    )
    .join(', ') || '<none>';

function conditions(w: DescribeWriter, { conditions: list }: Status): void {
  if (!list?.length) return;
  w.raw('Conditions:\n  Type\tStatus\tReason\n');
  w.line(1, '----\t------\t------');
  for (const c of list) w.line(1, `${c.type} \t${c.status}\t${c.reason ?? ''}`);
}

/** How many Pods of a controller run, wait, succeeded, failed. */
function podCounts(
  k: Session,
  object: KubeJson,
  selector: string,
): readonly [number, number, number, number] {
  const mapping = k.mapper.forKind('v1', 'Pod');
  if (!mapping) return [0, 0, 0, 0];
  const { items } = listOf(k, mapping, object.metadata.namespace ?? '', { selector, limit: 500 });
  const owned = items.filter((p) =>
    p.metadata.ownerReferences?.some((o) => o.controller && o.uid === object.metadata.uid),
  );
  const of = (phase: string): number => owned.filter((p) => statusOf(p)['phase'] === phase).length;
  return [of('Running'), of('Pending'), of('Succeeded'), of('Failed')];
}

function podsStatus(
  w: DescribeWriter,
  [running, waiting, succeeded, failed]: readonly [number, number, number, number],
): void {
  w.pair(
    0,
    'Pods Status',
    `${running} Running / ${waiting} Waiting / ${succeeded} Succeeded / ${failed} Failed`,
  );
}

export const describeReplicaSet: Describer = (k, object, showEvents) => {
  const w = new DescribeWriter();
  const { metadata } = object;
  const spec = specOf(object);
  const isController = object.kind === 'ReplicationController';
  const selector = isController
    ? labelPairs(spec.selector as Record<string, string> | undefined)
    : selectorText(spec.selector);
  const counts = podCounts(k, object, selector);
  const events = showEvents ? eventsOf(k, object, object.kind) : [];
  w.pair(0, 'Name', metadata.name ?? '');
  w.pair(0, 'Namespace', metadata.namespace ?? '');
  w.pair(0, 'Selector', selector);
  multiline(w, 0, 'Labels', metadata.labels);
  annotationLines(w, 0, metadata.annotations);
  controlledBy(w, metadata);
  w.pair(0, 'Replicas', `${num(statusOf(object)['replicas'])} current / ${spec.replicas ?? 0} desired`);
  podsStatus(w, counts);
  describeTemplate(k, w, spec.template);
  conditions(w, statusOf(object));
  if (showEvents) describeEvents(w, events, k.now);
  return w.text;
};

export const describeDaemonSet: Describer = (k, object, showEvents) => {
  const w = new DescribeWriter();
  const { metadata } = object;
  const spec = specOf(object);
  const status = statusOf(object);
  const selector = selectorText(spec.selector);
  const counts = podCounts(k, object, selector);
  const events = showEvents ? eventsOf(k, object, 'DaemonSet') : [];
  w.pair(0, 'Name', metadata.name ?? '');
  if (k.differences.describeDaemonSetNamespace) w.pair(0, 'Namespace', metadata.namespace ?? '');
  w.pair(0, 'Selector', selector);
  w.pair(0, 'Node-Selector', labelPairs(spec.template?.spec.nodeSelector));
  multiline(w, 0, 'Labels', metadata.labels);
  annotationLines(w, 0, metadata.annotations);
  w.pair(0, 'Desired Number of Nodes Scheduled', num(status['desiredNumberScheduled']));
  w.pair(0, 'Current Number of Nodes Scheduled', num(status['currentNumberScheduled']));
  w.pair(0, 'Number of Nodes Scheduled with Up-to-date Pods', num(status['updatedNumberScheduled']));
  w.pair(0, 'Number of Nodes Scheduled with Available Pods', num(status['numberAvailable']));
  w.pair(0, 'Number of Nodes Misscheduled', num(status['numberMisscheduled']));
  podsStatus(w, counts);
  describeTemplate(k, w, spec.template);
  if (showEvents) describeEvents(w, events, k.now);
  return w.text;
};

export const describeStatefulSet: Describer = (k, object, showEvents) => {
  const w = new DescribeWriter();
  const { metadata } = object;
  const spec = specOf(object);
  const selector = selectorText(spec.selector);
  const counts = podCounts(k, object, selector);
  w.pair(0, 'Name', metadata.name ?? '');
  w.pair(0, 'Namespace', metadata.namespace ?? '');
  w.pair(0, 'CreationTimestamp', rfc1123(metadata.creationTimestamp));
  w.pair(0, 'Selector', selector);
  multiline(w, 0, 'Labels', metadata.labels);
  annotationLines(w, 0, metadata.annotations);
  w.pair(0, 'Replicas', `${spec.replicas ?? 0} desired | ${num(statusOf(object)['replicas'])} total`);
  w.pair(0, 'Update Strategy', spec.updateStrategy?.type ?? '');
  const partition = spec.updateStrategy?.rollingUpdate?.partition;
  if (partition !== undefined) w.line(1, `Partition:\t${partition}`);
  podsStatus(w, counts);
  describeTemplate(k, w, spec.template);
  w.raw('Volume Claims:\t<none>\n');
  if (showEvents) describeEvents(w, eventsOf(k, object, 'StatefulSet'), k.now);
  return w.text;
};

export const describeJob: Describer = (k, object, showEvents) => {
  const w = new DescribeWriter();
  const { metadata } = object;
  const spec = specOf(object);
  const status = statusOf(object);
  w.pair(0, 'Name', metadata.name ?? '');
  w.pair(0, 'Namespace', metadata.namespace ?? '');
  w.pair(0, 'Selector', selectorText(spec.selector));
  multiline(w, 0, 'Labels', metadata.labels);
  annotationLines(w, 0, metadata.annotations);
  controlledBy(w, metadata);
  if (spec.parallelism !== undefined) w.pair(0, 'Parallelism', spec.parallelism);
  w.pair(0, 'Completions', spec.completions ?? '<unset>');
  if (spec.completionMode) w.pair(0, 'Completion Mode', spec.completionMode);
  if (spec.suspend !== undefined && k.differences.describeJobLimits)
    w.pair(0, 'Suspend', String(spec.suspend));
  if (spec.backoffLimit !== undefined && k.differences.describeJobLimits)
    w.pair(0, 'Backoff Limit', spec.backoffLimit);
  const [start, end] = [status['startTime'], status['completionTime']];
  if (typeof start === 'string') w.pair(0, 'Start Time', rfc1123(start));
  if (typeof end === 'string') w.pair(0, 'Completed At', rfc1123(end));
  if (typeof start === 'string' && typeof end === 'string')
    w.pair(0, 'Duration', durationString(Date.parse(end) - Date.parse(start)));
  if (spec.activeDeadlineSeconds !== undefined)
    w.pair(0, 'Active Deadline Seconds', `${spec.activeDeadlineSeconds}s`);
  w.pair(
    0,
    'Pods Statuses',
    `${num(status['active'])} Active${status['ready'] === undefined ? '' : ` (${num(status['ready'])} Ready)`} / ${num(status['succeeded'])} Succeeded / ${num(status['failed'])} Failed`,
  );
  describeTemplate(k, w, spec.template);
  if (showEvents) describeEvents(w, eventsOf(k, object, 'Job'), k.now);
  return w.text;
};

export const describeCronJob: Describer = (k, object, showEvents) => {
  const w = new DescribeWriter();
  const { metadata } = object;
  const spec = specOf(object);
  const job = spec.jobTemplate?.spec ?? {};
  const last = statusOf(object)['lastScheduleTime'];
  w.pair(0, 'Name', metadata.name ?? '');
  w.pair(0, 'Namespace', metadata.namespace ?? '');
  multiline(w, 0, 'Labels', metadata.labels);
  annotationLines(w, 0, metadata.annotations);
  w.pair(0, 'Schedule', spec.schedule ?? '');
  w.pair(0, 'Concurrency Policy', spec.concurrencyPolicy ?? '');
  w.pair(0, 'Suspend', spec.suspend === undefined ? '<unset>' : spec.suspend ? 'True' : 'False');
  w.pair(0, 'Successful Job History Limit', spec.successfulJobsHistoryLimit ?? '<unset>');
  w.pair(0, 'Failed Job History Limit', spec.failedJobsHistoryLimit ?? '<unset>');
  w.pair(
    0,
    'Starting Deadline Seconds',
    spec.startingDeadlineSeconds === undefined ? '<unset>' : `${spec.startingDeadlineSeconds}s`,
  );
  w.pair(0, 'Selector', selectorText(job.selector) === '<none>' ? '<unset>' : selectorText(job.selector));
  w.pair(0, 'Parallelism', job.parallelism ?? '<unset>');
  w.pair(0, 'Completions', job.completions ?? '<unset>');
  if (job.activeDeadlineSeconds !== undefined)
    w.pair(0, 'Active Deadline Seconds', `${job.activeDeadlineSeconds}s`);
  describeTemplate(k, w, job.template);
  w.pair(0, 'Last Schedule Time', typeof last === 'string' ? rfc1123(last) : '<unset>');
  w.pair(0, 'Active Jobs', '<none>');
  if (showEvents) describeEvents(w, eventsOf(k, object, 'CronJob'), k.now);
  return w.text;
};

export const pathOfObject = (mapping: Mapping, object: KubeJson): string =>
  pathOf(mapping, object.metadata.namespace ?? '', object.metadata.name ?? '');
