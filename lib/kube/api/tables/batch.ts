// Models pkg/printers/internalversion/printers.go for Jobs, CronJobs, StatefulSets, ReplicationControllers and autoscalers.
import { asList, asObject, type JsonObject } from '@/lib/kube/api/json';
import type { KubeObject, LabelSelector, PodTemplate } from '@/lib/kube/types';
import { differences, type K8sVersion } from '@/lib/kube/versions';
import { age, humanDuration } from './duration';
import { labelList } from './services';
import { AGE, NAME, wide, type TableKind } from './types';
import { images, names, selectorText } from './workloads';

const created = ({ metadata }: KubeObject, now: number): string => age(metadata.creationTimestamp, now);
const number = (value: unknown): number => Number(value ?? 0);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const templateOf = (spec: JsonObject): PodTemplate => spec['template'] as PodTemplate;
const CONTAINERS = [wide('Containers'), wide('Images')];

export const statefulSets: TableKind = {
  columns: [NAME, { name: 'Ready' }, AGE, ...CONTAINERS],
  cells(object, now) {
    const spec = asObject(object.spec);
    const ready = number(asObject(object.status)['readyReplicas']);
    return [
      object.metadata.name ?? '',
      `${ready}/${number(spec['replicas'])}`,
      created(object, now),
      names(templateOf(spec)),
      images(templateOf(spec)),
    ];
  },
};

export const replicationControllers: TableKind = {
  columns: [
    NAME,
    { name: 'Desired', type: 'integer' },
    { name: 'Current', type: 'integer' },
    { name: 'Ready', type: 'integer' },
    AGE,
    ...CONTAINERS,
    wide('Selector'),
  ],
  cells(object, now) {
    const spec = asObject(object.spec);
    const status = asObject(object.status);
    return [
      object.metadata.name ?? '',
      number(spec['replicas']),
      number(status['replicas']),
      number(status['readyReplicas']),
      created(object, now),
      names(templateOf(spec)),
      images(templateOf(spec)),
      labelList(spec['selector'] as Readonly<Record<string, string>> | undefined),
    ];
  },
};

export const jobs = (k8s: K8sVersion): TableKind => {
  const hasStatus = differences.jobStatusColumn(k8s);
  return {
    columns: [
      NAME,
      ...(hasStatus ? [{ name: 'Status' }] : []),
      { name: 'Completions' },
      { name: 'Duration' },
      AGE,
      ...CONTAINERS,
      wide('Selector'),
    ],
    cells(object, now) {
      const spec = asObject(object.spec);
      const status = asObject(object.status);
      return [
        object.metadata.name ?? '',
        ...(hasStatus ? [jobStatus(object)] : []),
        completions(spec, number(status['succeeded'])),
        duration(text(status['startTime']), text(status['completionTime']), now),
        created(object, now),
        names(templateOf(spec)),
        images(templateOf(spec)),
        selectorText(spec['selector'] as LabelSelector | undefined),
      ];
    },
  };
};

function jobStatus({ metadata, status }: KubeObject): string {
  const has = (type: string): boolean =>
    asList(asObject(status)['conditions']).some(
      (c) => asObject(c)['type'] === type && asObject(c)['status'] === 'True',
    );
  if (has('Complete')) return 'Complete';
  if (has('Failed')) return 'Failed';
  if (metadata.deletionTimestamp) return 'Terminating';
  if (has('Suspended')) return 'Suspended';
  return has('FailureTarget') ? 'FailureTarget' : 'Running';
}

function completions(spec: JsonObject, succeeded: number): string {
  if (spec['completions'] !== undefined) return `${succeeded}/${number(spec['completions'])}`;
  const parallelism = number(spec['parallelism']);
  return parallelism > 1 ? `${succeeded}/1 of ${parallelism}` : `${succeeded}/1`;
}

function duration(start: string, end: string, now: number): string {
  if (start === '') return '';
  return humanDuration((end === '' ? now : Date.parse(end)) - Date.parse(start));
}

export const cronJobs = (k8s: K8sVersion): TableKind => {
  const hasZone = differences.cronJobTimezoneColumn(k8s);
  return {
    columns: [
      NAME,
      { name: 'Schedule' },
      ...(hasZone ? [{ name: 'Timezone' }] : []),
      { name: 'Suspend' },
      { name: 'Active', type: 'integer' },
      { name: 'Last Schedule' },
      AGE,
      ...CONTAINERS,
      wide('Selector'),
    ],
    cells(object, now) {
      const spec = asObject(object.spec);
      const status = asObject(object.status);
      const job = asObject(asObject(spec['jobTemplate'])['spec']);
      const last = text(status['lastScheduleTime']);
      return [
        object.metadata.name ?? '',
        text(spec['schedule']),
        ...(hasZone ? [text(spec['timeZone']) || '<none>'] : []),
        spec['suspend'] === undefined ? '<unset>' : spec['suspend'] === true ? 'True' : 'False',
        asList(status['active']).length,
        last === '' ? '<none>' : age(last, now),
        created(object, now),
        names(templateOf(job)),
        images(templateOf(job)),
        selectorText(job['selector'] as LabelSelector | undefined),
      ];
    },
  };
};

export const autoscalers = (k8s: K8sVersion): TableKind => ({
  columns: [
    NAME,
    { name: 'Reference' },
    { name: 'Targets' },
    { name: 'MinPods' },
    { name: 'MaxPods' },
    { name: 'Replicas' },
    AGE,
  ],
  cells(object, now) {
    const spec = asObject(object.spec);
    const target = asObject(spec['scaleTargetRef']);
    return [
      object.metadata.name ?? '',
      `${text(target['kind'])}/${text(target['name'])}`,
      targets(asList(spec['metrics']), differences.namedScalerTargets(k8s)),
      spec['minReplicas'] === undefined ? '<unset>' : String(number(spec['minReplicas'])),
      number(spec['maxReplicas']),
      number(asObject(object.status)['currentReplicas']),
      created(object, now),
    ];
  },
});

/** Nothing measures here: current values are unknown. */
function targets(metrics: readonly unknown[], named: boolean): string {
  if (metrics.length === 0) return '<none>';
  const shown = metrics.slice(0, 2).map((metric) => {
    const { resource } = asObject(metric);
    const { name, target } = asObject(resource);
    const { averageUtilization, averageValue } = asObject(target);
    const prefix = named ? `${text(name)}: ` : '';
    if (!resource) return '<unknown>';
    return `${prefix}<unknown>/${averageUtilization === undefined ? text(averageValue) : `${number(averageUtilization)}%`}`;
  });
  return metrics.length > 2 ? `${shown.join(', ')} + ${metrics.length - 2} more...` : shown.join(', ');
}
