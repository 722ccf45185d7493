// describe of Nodes: k8s.io/kubectl pkg/describe NodeDescriber.
import { byBytes } from '../print/json';
import { pathOf } from '../api/mapper';
import { isNotFound } from '../run/errors';
import { listOf } from '../resources/select';
import type { KubeJson } from '../api/client';
import type { Session } from '../run/session';
import { describeEvents, eventsOf } from './events';
import { amount, cpuText, memoryText, type Resource } from './quantities';
import type { PodJson } from './pod-types';
import { ageOf, annotationLines, DescribeWriter, multiline, rfc1123 } from './writer';

type Amounts = Readonly<Record<string, string>>;

interface NodeSpec {
  readonly podCIDR?: string;
  readonly podCIDRs?: readonly string[];
  readonly unschedulable?: boolean;
  readonly taints?: readonly { readonly key: string; readonly value?: string; readonly effect: string }[];
  readonly providerID?: string;
}

interface NodeStatus {
  readonly addresses?: readonly { readonly type: string; readonly address: string }[];
  readonly capacity?: Amounts;
  readonly allocatable?: Amounts;
  readonly conditions?: readonly Readonly<Record<string, string>>[];
  readonly nodeInfo?: Readonly<Record<string, string>>;
}

export function describeNode(k: Session, object: KubeJson, showEvents: boolean): string {
  const w = new DescribeWriter();
  const { metadata } = object;
  const spec = (object['spec'] ?? {}) as NodeSpec;
  const status = (object['status'] ?? {}) as NodeStatus;
  const pods = podsOn(k, metadata.name ?? '');
  const events = showEvents
    ? [...eventsOf(k, object, 'Node'), ...eventsOf(k, object, 'Node', metadata.name)]
    : [];
  w.pair(0, 'Name', metadata.name ?? '');
  w.pair(0, 'Roles', rolesOf(metadata.labels));
  multiline(w, 0, 'Labels', metadata.labels);
  annotationLines(w, 0, metadata.annotations);
  w.pair(0, 'CreationTimestamp', rfc1123(metadata.creationTimestamp));
  taints(w, spec.taints ?? []);
  w.pair(0, 'Unschedulable', String(spec.unschedulable ?? false));
  lease(k, w, metadata.name ?? '');
  if (status.conditions?.length) {
    w.raw('Conditions:\n  Type\tStatus\tLastHeartbeatTime\tLastTransitionTime\tReason\tMessage\n');
    w.line(1, '----\t------\t-----------------\t------------------\t------\t-------');
    for (const c of status.conditions)
      w.line(
        1,
        `${c['type'] ?? ''} \t${c['status'] ?? ''} \t${rfc1123(c['lastHeartbeatTime'])} \t${rfc1123(c['lastTransitionTime'])} \t${c['reason'] ?? ''} \t${c['message'] ?? ''}`,
      );
  }
  w.raw('Addresses:\n');
  for (const { type, address } of status.addresses ?? []) w.line(1, `${type}:\t${address}`);
  amounts(w, 'Capacity', status.capacity ?? {});
  amounts(w, 'Allocatable', status.allocatable ?? {});
  systemInfo(w, status.nodeInfo ?? {}, k);
  if (spec.podCIDR) w.pair(0, 'PodCIDR', spec.podCIDR);
  if (spec.podCIDRs?.length) w.pair(0, 'PodCIDRs', spec.podCIDRs.join(','));
  if (spec.providerID) w.pair(0, 'ProviderID', spec.providerID);
  nonTerminated(k, w, pods, status.allocatable ?? status.capacity ?? {});
  if (showEvents) describeEvents(w, events, k.now);
  return w.text;
}

function podsOn(k: Session, node: string): readonly PodJson[] {
  const mapping = k.mapper.forKind('v1', 'Pod');
  if (!mapping) return [];
  const fieldSelector = `spec.nodeName=${node},status.phase!=Succeeded,status.phase!=Failed`;
  return listOf(k, mapping, '', { fieldSelector, limit: 500 }).items as readonly PodJson[];
}

function rolesOf(labels: Readonly<Record<string, string>> = {}): string {
  const prefix = 'node-role.kubernetes.io/';
  const roles = Object.entries(labels).flatMap(([key, value]) => {
    if (key.startsWith(prefix)) return key.length > prefix.length ? [key.slice(prefix.length)] : [];
    return key === 'kubernetes.io/role' && value !== '' ? [value] : [];
  });
  return [...new Set(roles)].sort(byBytes).join(',') || '<none>';
}

function taints(w: DescribeWriter, list: NonNullable<NodeSpec['taints']>): void {
  w.raw('Taints:\t');
  if (list.length === 0) {
    w.raw('<none>\n');
    return;
  }
  const shown = list.map((t) => (t.value ? `${t.key}=${t.value}:${t.effect}` : `${t.key}:${t.effect}`));
  const order = [...list].map((t, i) => [`${t.effect}`, t.key, shown[i] ?? ''] as const);
  order.sort((a, b) => byBytes(a[1], b[1]));
  for (const [i, [, , text]] of order.entries()) w.raw(`${i > 0 ? '\t' : ''}${text}\n`);
}

function lease(k: Session, w: DescribeWriter, node: string): void {
  const mapping = k.mapper.forKind('coordination.k8s.io/v1', 'Lease');
  if (!mapping) return;
  let spec: Readonly<Record<string, string>> = {};
  try {
    spec = (k.client.get(pathOf(mapping, 'kube-node-lease', node))['spec'] ?? {}) as typeof spec;
  } catch (error) {
    if (!isNotFound(error)) throw error;
    w.raw(`Lease:\tFailed to get lease: ${(error as Error).message}\n`);
    return;
  }
  w.raw('Lease:\n');
  w.line(1, `HolderIdentity:\t${spec['holderIdentity'] ?? '<unset>'}`);
  w.line(1, `AcquireTime:\t${spec['acquireTime'] ? rfc1123(spec['acquireTime']) : '<unset>'}`);
  w.line(1, `RenewTime:\t${spec['renewTime'] ? rfc1123(spec['renewTime']) : '<unset>'}`);
}

function amounts(w: DescribeWriter, title: string, list: Amounts): void {
  const names = Object.keys(list).sort(byBytes);
  if (names.length === 0) return;
  w.raw(`${title}:\n`);
  for (const name of names) w.line(1, `${name}:\t${list[name] ?? ''}`);
}

function systemInfo(w: DescribeWriter, info: Readonly<Record<string, string>>, k: Session): void {
  w.raw('System Info:\n');
  const lines: readonly (readonly [string, string])[] = [
    ['Machine ID', 'machineID'],
    ['System UUID', 'systemUUID'],
    ['Boot ID', 'bootID'],
    ['Kernel Version', 'kernelVersion'],
    ['OS Image', 'osImage'],
    ['Operating System', 'operatingSystem'],
    ['Architecture', 'architecture'],
    ['Container Runtime Version', 'containerRuntimeVersion'],
    ['Kubelet Version', 'kubeletVersion'],
    ['Kube-Proxy Version', 'kubeProxyVersion'],
  ];
  for (const [title, field] of lines) {
    if (field === 'kubeProxyVersion' && !info[field] && k.differences.describeNodeWithoutKubeProxy) continue;
    w.line(1, `${title}:\t${info[field] ?? ''}`);
  }
}

function nonTerminated(k: Session, w: DescribeWriter, pods: readonly PodJson[], allocatable: Amounts): void {
  w.raw(`Non-terminated Pods:\t(${pods.length} in total)\n`);
  w.line(1, 'Namespace\tName\t\tCPU Requests\tCPU Limits\tMemory Requests\tMemory Limits\tAge');
  w.line(1, '---------\t----\t\t------------\t----------\t---------------\t-------------\t---');
  const cpu = amount(allocatable['cpu'] ?? '0');
  const memory = amount(allocatable['memory'] ?? '0');
  const total = new Map<string, number>();
  for (const pod of pods) {
    const sum = (which: 'limits' | 'requests', resource: Resource): number => {
      const value = totalOf(pod, which, resource);
      const key = `${which} ${resource}`;
      total.set(key, (total.get(key) ?? 0) + value);
      return value;
    };
    const [cr, cl] = [sum('requests', 'cpu'), sum('limits', 'cpu')];
    const [mr, ml] = [sum('requests', 'memory'), sum('limits', 'memory')];
    sum('requests', 'ephemeral-storage');
    sum('limits', 'ephemeral-storage');
    w.line(
      1,
      `${pod.metadata.namespace ?? ''}\t${pod.metadata.name ?? ''}\t\t${cpuText(cr)} (${percent(cr, cpu)}%)\t${cpuText(cl)} (${percent(cl, cpu)}%)\t${memoryText(mr)} (${percent(mr, memory)}%)\t${memoryText(ml)} (${percent(ml, memory)}%)\t${ageOf(pod.metadata.creationTimestamp, k.now)}`,
    );
  }
  w.raw('Allocated resources:\n  (Total limits may be over 100 percent, i.e., overcommitted.)\n');
  w.line(1, 'Resource\tRequests\tLimits');
  w.line(1, '--------\t--------\t------');
  for (const resource of ['cpu', 'memory', 'ephemeral-storage', 'hugepages-1Gi', 'hugepages-2Mi'] as const) {
    if (resource.startsWith('hugepages') && allocatable[resource] === undefined) continue;
    const has = amount(allocatable[resource] ?? '0');
    const [r, l] = [total.get(`requests ${resource}`) ?? 0, total.get(`limits ${resource}`) ?? 0];
    const show = resource === 'cpu' ? cpuText : memoryText;
    w.line(1, `${resource}\t${show(r)} (${percent(r, has)}%)\t${show(l)} (${percent(l, has)}%)`);
  }
}

const percent = (part: number, whole: number): number => (whole === 0 ? 0 : Math.trunc((part / whole) * 100));

function totalOf({ spec }: PodJson, which: 'limits' | 'requests', resource: Resource): number {
  const of = (c: {
    readonly resources?: { readonly limits?: Amounts; readonly requests?: Amounts };
  }): number => amount(c.resources?.[which]?.[resource] ?? '0');
  const running = spec.containers.reduce((sum, c) => sum + of(c), 0);
  return Math.max(running, ...(spec.initContainers ?? []).map(of), 0);
}
