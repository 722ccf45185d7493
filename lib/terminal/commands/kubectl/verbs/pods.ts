// The Pod that a command means: `pod/x`, `x`, `deploy/x`, `svc/x` (k8s.io/kubectl pkg/polymorphichelpers attachablepodforobject.go).
import { isObject } from '@/lib/kube/api/json';
import type { KubeJson } from '../api/client';
import { pathOf, type Mapping } from '../api/mapper';
import { Failure } from '../run/errors';
import type { Session } from '../run/session';
import { listOf } from '../resources/select';
import { labelPairs, selectorText } from '../describe/writer';

/** The object named by TYPE/NAME, or a Pod. */
export function namedObject(
  k: Session,
  text: string,
  fallback = 'pods',
): { readonly mapping: Mapping; readonly object: KubeJson } {
  const parts = text.split('/');
  if (parts.length > 2) throw new Failure('arguments in resource/name form may not have more than one slash');
  const [first = '', second] = parts;
  const mapping = k.mapper.need(second === undefined ? fallback : first);
  const name = second ?? first;
  if (name === '') throw new Failure('arguments in resource/name form must have a single resource and name');
  return { mapping, object: k.client.get(pathOf(mapping, mapping.namespaced ? k.namespace : '', name)) };
}

/** Label selector of the Pods of a workload or Service. */
export function podSelectorOf(mapping: Mapping, object: KubeJson, byLogging = false): string {
  const spec = isObject(object['spec']) ? object['spec'] : {};
  const { selector } = spec;
  if (['Service', 'ReplicationController'].includes(mapping.kind)) {
    const text = labelPairs(selector as Record<string, string> | undefined);
    if (text === '<none>')
      throw new Failure(
        `${byLogging ? 'cannot get the logs from' : 'cannot attach to'} *v1.${mapping.kind}: invalid service '${object.metadata.name ?? ''}': Service is defined without a selector`,
      );
    return text;
  }
  if (selector === undefined)
    throw new Failure(
      `cannot get the logs from *${mapping.kind}`.replace(
        /^.*$/,
        `cannot attach to *v1.${mapping.kind}: selector for *v1.${mapping.kind} not implemented`,
      ),
    );
  return selectorText(selector);
}

const isReady = (pod: KubeJson): boolean => {
  const status = isObject(pod['status']) ? pod['status'] : {};
  const conditions = (status['conditions'] ?? []) as readonly { type: string; status: string }[];
  return conditions.some((c) => c.type === 'Ready' && c.status === 'True');
};
const isRunning = (pod: KubeJson): boolean => isObject(pod['status']) && pod['status']['phase'] === 'Running';
const isAssigned = (pod: KubeJson): boolean => isObject(pod['spec']) && pod['spec']['nodeName'] !== undefined;
const created = (pod: KubeJson): number =>
  Date.parse(pod.metadata.creationTimestamp ?? '1970-01-01T00:00:00Z');

/** When it became ready; Infinity if it is not. */
function readySince(pod: KubeJson): number {
  const status = isObject(pod['status']) ? pod['status'] : {};
  const conditions = (status['conditions'] ?? []) as readonly {
    type: string;
    status: string;
    lastTransitionTime?: string;
  }[];
  const ready = conditions.find((c) => c.type === 'Ready' && c.status === 'True');
  return ready?.lastTransitionTime ? Date.parse(ready.lastTransitionTime) : Infinity;
}

function restarts(pod: KubeJson): number {
  const status = isObject(pod['status']) ? pod['status'] : {};
  const statuses = (status['containerStatuses'] ?? []) as readonly { restartCount?: number }[];
  return Math.max(0, ...statuses.map((s) => s.restartCount ?? 0));
}

/** podutils.ByLogging (`logs`) or ActivePods in reverse (`exec`): the best first. */
export function sortedPods(pods: readonly KubeJson[], byLogging: boolean): readonly KubeJson[] {
  const rank = (pod: KubeJson): readonly number[] => [
    isAssigned(pod) ? 0 : 1,
    isRunning(pod) ? 0 : 1,
    isReady(pod) ? 0 : 1,
    readySince(pod),
    byLogging ? -restarts(pod) : restarts(pod),
    created(pod),
  ];
  return [...pods].sort((a, b) => {
    const [x, y] = [rank(a), rank(b)];
    const at = x.findIndex((value, i) => value !== y[i]);
    return at < 0 ? 0 : (x[at] ?? 0) < (y[at] ?? 0) ? -1 : 1;
  });
}

/** The Pods of a workload or Service, the best first. */
export function podsOf(
  k: Session,
  mapping: Mapping,
  object: KubeJson,
  byLogging = false,
): readonly KubeJson[] {
  if (mapping.kind === 'Pod') return [object];
  const pods = k.mapper.need('pods');
  const { items } = listOf(k, pods, object.metadata.namespace ?? '', {
    selector: podSelectorOf(mapping, object, byLogging),
  });
  return sortedPods(items, byLogging);
}

/** The one Pod to attach to. */
export function attachablePod(k: Session, text: string): KubeJson {
  const { mapping, object } = namedObject(k, text);
  const [pod] = podsOf(k, mapping, object);
  if (!pod) throw new Failure(`timed out waiting for the condition`);
  return pod;
}

export interface ContainerChoice {
  readonly name: string;
  /** It was not asked for: the first of several. */
  readonly defaulted: boolean;
}

/** The container of -c, of the annotation, or the first. */
export function containerOf(k: Session, pod: KubeJson, given: string): ContainerChoice {
  const spec = isObject(pod['spec']) ? pod['spec'] : {};
  const names = (list: unknown): readonly string[] =>
    ((list ?? []) as readonly { name: string }[]).map((c) => c.name);
  const containers = names(spec['containers']);
  const all = [...containers, ...names(spec['initContainers']), ...names(spec['ephemeralContainers'])];
  if (given !== '') {
    if (!all.includes(given))
      throw new Failure(
        k.command.path[0] === 'logs'
          ? `container ${given} is not valid for pod ${pod.metadata.name ?? ''}`
          : `container ${given} not found in pod ${pod.metadata.name ?? ''}`,
      );
    return { name: given, defaulted: false };
  }
  const annotated = pod.metadata.annotations?.['kubectl.kubernetes.io/default-container'];
  if (annotated !== undefined && containers.includes(annotated)) return { name: annotated, defaulted: false };
  if (all.length > 1)
    k.err(`Defaulted container "${containers[0] ?? ''}" out of: ${describeContainerNames(spec)}\n`);
  return { name: containers[0] ?? '', defaulted: all.length > 1 };
}

function describeContainerNames(spec: Readonly<Record<string, unknown>>): string {
  const names = (list: unknown, suffix: string): readonly string[] =>
    ((list ?? []) as readonly { name: string }[]).map((c) => c.name + suffix);
  return [
    ...names(spec['containers'], ''),
    ...names(spec['ephemeralContainers'], ' (ephem)'),
    ...names(spec['initContainers'], ' (init)'),
  ].join(', ');
}
