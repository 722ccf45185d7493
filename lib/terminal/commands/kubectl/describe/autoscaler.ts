// describe of HorizontalPodAutoscalers (autoscaling/v2).
import { describeEvents, eventsOf } from './events';
import { annotationLines, DescribeWriter, multiline, rfc1123 } from './writer';
import type { Describer } from './workloads';

interface Target {
  readonly type?: string;
  readonly averageUtilization?: number;
  readonly averageValue?: string;
  readonly value?: string;
}

interface Metric {
  readonly type: string;
  readonly resource?: { readonly name: string; readonly target?: Target; readonly current?: Target };
}

interface Spec {
  readonly scaleTargetRef?: { readonly kind: string; readonly name: string };
  readonly minReplicas?: number;
  readonly maxReplicas?: number;
  readonly metrics?: readonly Metric[];
}

interface Status {
  readonly currentReplicas?: number;
  readonly desiredReplicas?: number;
  readonly currentMetrics?: readonly Metric[] | null;
  readonly conditions?: readonly Readonly<Record<string, string>>[];
}

export const describeAutoscaler: Describer = (k, object, showEvents) => {
  const w = new DescribeWriter();
  const { metadata } = object;
  const spec = (object['spec'] ?? {}) as Spec;
  const status = (object['status'] ?? {}) as Status;
  w.pair(0, 'Name', metadata.name ?? '');
  w.pair(0, 'Namespace', metadata.namespace ?? '');
  multiline(w, 0, 'Labels', metadata.labels);
  annotationLines(w, 0, metadata.annotations);
  w.pair(0, 'CreationTimestamp', rfc1123(metadata.creationTimestamp));
  w.pair(0, 'Reference', `${spec.scaleTargetRef?.kind ?? ''}/${spec.scaleTargetRef?.name ?? ''}`);
  w.line(0, 'Metrics:\t( current / target )');
  for (const [i, { resource }] of (spec.metrics ?? []).entries()) {
    if (!resource) continue;
    const current = status.currentMetrics?.[i]?.resource?.current;
    const { target = {} } = resource;
    if (target.averageUtilization === undefined)
      w.line(
        1,
        `resource ${resource.name} on pods:\t${current?.averageValue ?? '<unknown>'} / ${target.averageValue ?? ''}`,
      );
    else
      w.line(
        1,
        `resource ${resource.name} on pods  (as a percentage of request):\t${current?.averageUtilization === undefined ? '<unknown>' : `${current.averageUtilization}% (${current.averageValue ?? ''})`} / ${target.averageUtilization}%`,
      );
  }
  w.pair(0, 'Min replicas', spec.minReplicas ?? '<unset>');
  w.pair(0, 'Max replicas', spec.maxReplicas ?? 0);
  w.line(
    0,
    `${spec.scaleTargetRef?.kind ?? ''} pods:\t${status.currentReplicas ?? 0} current / ${status.desiredReplicas ?? 0} desired`,
  );
  if (status.conditions?.length) {
    w.line(0, 'Conditions:');
    w.line(1, 'Type\tStatus\tReason\tMessage');
    w.line(1, '----\t------\t------\t-------');
    for (const c of status.conditions)
      w.line(1, `${c['type'] ?? ''}\t${c['status'] ?? ''}\t${c['reason'] ?? ''}\t${c['message'] ?? ''}`);
  }
  if (showEvents) describeEvents(w, eventsOf(k, object, 'HorizontalPodAutoscaler'), k.now);
  return w.text;
};
