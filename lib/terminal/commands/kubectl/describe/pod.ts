// describe of Pods and of Pod templates.
import { byBytes } from '../print/json';
import { humanDuration } from '../print/duration';
import type { KubeJson } from '../api/client';
import type { Session } from '../run/session';
import { describeContainers } from './containers';
import { describeEvents, eventsOf } from './events';
import { describeVolumes } from './volumes';
import { annotationLines, DescribeWriter, multiline, rfc1123 } from './writer';
import type { PodJson, PodSpec, PodTemplate, Toleration } from './pod-types';

export function describePod(k: Session, object: KubeJson, showEvents: boolean): string {
  const w = new DescribeWriter();
  const pod = object as PodJson;
  const { metadata, spec, status = {} } = pod;
  w.pair(0, 'Name', metadata.name ?? '');
  w.pair(0, 'Namespace', metadata.namespace ?? '');
  if (spec.priority !== undefined) w.pair(0, 'Priority', spec.priority);
  if (spec.priorityClassName) w.pair(0, 'Priority Class Name', spec.priorityClassName);
  w.pair(0, 'Service Account', spec.serviceAccountName ?? '');
  w.pair(0, 'Node', spec.nodeName ? `${spec.nodeName}/${status.hostIP ?? ''}` : '<none>');
  if (status.startTime) w.pair(0, 'Start Time', rfc1123(status.startTime));
  multiline(w, 0, 'Labels', metadata.labels);
  annotationLines(w, 0, metadata.annotations);
  if (metadata.deletionTimestamp && status.phase !== 'Failed' && status.phase !== 'Succeeded') {
    const lasts = humanDuration(k.now - Date.parse(metadata.deletionTimestamp));
    w.pair(0, 'Status', `Terminating (lasts ${lasts})`);
    w.pair(0, 'Termination Grace Period', `${metadata.deletionGracePeriodSeconds ?? 0}s`);
  } else w.pair(0, 'Status', status.phase ?? '');
  if (status.reason) w.pair(0, 'Reason', status.reason);
  if (status.message) w.pair(0, 'Message', status.message);
  const profile = spec.securityContext?.seccompProfile;
  if (profile) {
    w.pair(0, 'SeccompProfile', profile.type);
    if (profile.type === 'Localhost') w.pair(0, 'LocalhostProfile', profile.localhostProfile ?? '');
  }
  w.pair(0, 'IP', status.podIP ?? '');
  w.raw('IPs:');
  if ((status.podIPs ?? []).length === 0) w.raw('\t<none>\n');
  else {
    w.raw('\n');
    for (const { ip } of status.podIPs ?? []) w.line(1, `IP:\t${ip}`);
  }
  controlledBy(w, metadata);
  if (status.nominatedNodeName) w.pair(0, 'NominatedNodeName', status.nominatedNodeName);
  if (spec.initContainers?.length)
    describeContainers(w, 'Init Containers', spec.initContainers, status.initContainerStatuses ?? [], pod);
  describeContainers(w, 'Containers', spec.containers, status.containerStatuses ?? [], pod);
  readinessGates(w, pod);
  if (status.conditions?.length) {
    w.raw('Conditions:\n  Type\tStatus\n');
    for (const c of status.conditions) w.line(1, `${c.type} \t${c.status} `);
  }
  describeVolumes(w, spec.volumes, k.differences.describeProjectedOptional);
  w.pair(0, 'QoS Class', status.qosClass ?? qosOf(spec));
  multiline(w, 0, 'Node-Selectors', spec.nodeSelector);
  tolerations(w, 'Tolerations', spec.tolerations ?? []);
  if (showEvents) describeEvents(w, eventsOf(k, object, undefined), k.now);
  return w.text;
}

const qosOf = (spec: PodSpec): string =>
  spec.containers.every((c) => !c.resources?.limits && !c.resources?.requests) ? 'BestEffort' : 'Burstable';

/** `Controlled By:  ReplicaSet/x` */
export function controlledBy(w: DescribeWriter, metadata: KubeJson['metadata']): void {
  const owner = metadata.ownerReferences?.find((o) => o.controller);
  if (owner) w.pair(0, 'Controlled By', `${owner.kind}/${owner.name}`);
}

function readinessGates(w: DescribeWriter, { spec, status }: PodJson): void {
  if (!spec.readinessGates?.length) return;
  w.raw('Readiness Gates:\n  Type\tStatus\n');
  for (const { conditionType } of spec.readinessGates) {
    const condition = status?.conditions?.find((c) => c.type === conditionType);
    w.line(1, `${conditionType} \t${condition?.status ?? '<none>'} `);
  }
}

/** One toleration a line. */
export function tolerations(w: DescribeWriter, title: string, list: readonly Toleration[], space = ''): void {
  w.raw(`${space}${title}:\t`);
  if (list.length === 0) {
    w.raw('<none>\n');
    return;
  }
  const key = (t: Toleration): string => t.key ?? '';
  for (const [i, t] of [...list].sort((a, b) => byBytes(key(a), key(b))).entries()) {
    if (i > 0) w.raw(`${space}\t`);
    let text = t.key ?? '';
    if (t.value) text += `=${t.value}`;
    if (t.effect) text += `:${t.effect}`;
    if (t.operator === 'Exists' && !t.value) {
      if (t.key || t.effect) text += ` op=Exists`;
      else text += 'op=Exists';
    }
    if (t.tolerationSeconds !== undefined) text += ` for ${t.tolerationSeconds}s`;
    w.raw(`${text}\n`);
  }
}

/** `Pod Template:` of Deployments and the like. */
export function describeTemplate(k: Session, w: DescribeWriter, template: PodTemplate | undefined): void {
  w.raw('Pod Template:\n');
  if (!template) {
    w.raw('  <unset>');
    return;
  }
  const { metadata = {}, spec } = template;
  multiline(w, 1, 'Labels', metadata.labels);
  if (Object.keys(metadata.annotations ?? {}).length > 0) annotationLines(w, 1, metadata.annotations);
  if (spec.serviceAccountName) w.line(1, `Service Account:\t${spec.serviceAccountName}`);
  if (spec.initContainers?.length)
    describeContainers(w, 'Init Containers', spec.initContainers, [], undefined, '  ');
  describeContainers(w, 'Containers', spec.containers, [], undefined, '  ');
  describeVolumes(w, spec.volumes, k.differences.describeProjectedOptional, '  ');
  if (spec.priorityClassName) w.line(1, `Priority Class Name:\t${spec.priorityClassName}`);
  if (k.differences.describeTemplatePlacement) {
    multiline(w, 1, 'Node-Selectors', spec.nodeSelector);
    tolerations(w, 'Tolerations', spec.tolerations ?? [], '  ');
  }
}
