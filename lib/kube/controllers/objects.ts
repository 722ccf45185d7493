// Small things that every controller needs: keys, owners, label selectors, conditions, timestamps, deep equality.
// Models k8s.io/apimachinery pkg/labels and pkg/apis/meta/v1 (selectors, NewControllerRef).
import type { Condition, KubeObject, LabelSelector, OwnerReference, Pod } from '@/lib/kube/types';

export type Labels = Readonly<Record<string, string>>;

/** "ns/name", the key of the work queues. */
export const keyOf = ({ metadata }: KubeObject): string =>
  `${metadata.namespace ?? ''}/${metadata.name ?? ''}`;

/** The two halves of a key. */
export function splitKey(key: string): { readonly namespace: string; readonly name: string } {
  const slash = key.indexOf('/');
  return { namespace: key.slice(0, slash), name: key.slice(slash + 1) };
}

/** metadata.creationTimestamp and the like: seconds, UTC. */
export function timestamp(ms: number): string {
  const second = Math.floor(ms / 1000);
  if (second !== lastSecond) {
    lastSecond = second;
    lastText = `${new Date(ms).toISOString().slice(0, 19)}Z`;
  }
  return lastText;
}

// Thousands of writes carry the time of the same second.
let lastSecond = Number.NaN;
let lastText = '';

/** The owner that manages an object. */
export const controllerOf = (object: KubeObject): OwnerReference | undefined =>
  object.metadata.ownerReferences?.find((o) => o.controller === true);

/** The reference that a controller puts on what it makes. */
export const controllerRef = (owner: KubeObject): OwnerReference => ({
  apiVersion: owner.apiVersion,
  kind: owner.kind,
  name: owner.metadata.name ?? '',
  uid: owner.metadata.uid ?? '',
  controller: true,
  blockOwnerDeletion: true,
});

/** Whether labels satisfy a set-based selector. An empty selector selects everything, as in metav1.LabelSelectorAsSelector. */
export function selects(selector: LabelSelector, labels: Labels = {}): boolean {
  if (!hasLabels(labels, selector.matchLabels ?? {})) return false;
  return (selector.matchExpressions ?? []).every(({ key, operator, values = [] }) => {
    const value = labels[key];
    if (operator === 'In') return value !== undefined && values.includes(value);
    if (operator === 'NotIn') return value === undefined || !values.includes(value);
    return operator === 'Exists' ? value !== undefined : value === undefined;
  });
}

/** Whether an object carries all these labels. */
export function hasLabels(labels: Labels, wanted: Labels): boolean {
  for (const key in wanted) if (labels[key] !== wanted[key]) return false;
  return true;
}

export const conditionOf = (
  conditions: readonly Condition[] | undefined,
  type: string,
): Condition | undefined => conditions?.find((c) => c.type === type);

/** Whether the Ready condition is True. */
export const isPodReady = (pod: Pod): boolean =>
  conditionOf(pod.status?.conditions, 'Ready')?.status === 'True';

/** Succeeded and Failed Pods never come back. */
export const isPodTerminal = (pod: Pod): boolean =>
  pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';

/** Neither ended nor being deleted (controller.IsPodActive). */
export const isPodActive = (pod: Pod): boolean =>
  !isPodTerminal(pod) && pod.metadata.deletionTimestamp === undefined;

/** Deep equality of JSON values; the order of object keys does not count, a key with undefined is as good as absent. */
export function equalJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a))
    return Array.isArray(b) && a.length === b.length && a.every((x, i) => equalJson(x, b[i]));
  if (Array.isArray(b)) return false;
  const left = a as Record<string, unknown>;
  const right = b as Record<string, unknown>;
  for (const key in left) if (!equalJson(left[key], right[key])) return false;
  for (const key in right) if (right[key] !== undefined && left[key] === undefined) return false;
  return true;
}

/** The object without some keys. */
export function without(record: Labels, ...keys: readonly string[]): Labels {
  return Object.fromEntries(Object.entries(record).filter(([k]) => !keys.includes(k)));
}

/** Byte-wise order of names. */
export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** A whole number or a percentage of `total` (intstr.GetScaledValueFromIntOrPercent). */
export function scaled(value: number | string, total: number, round: (x: number) => number): number {
  if (typeof value === 'number') return value;
  const percent = /^(\d+)%$/.exec(value)?.[1];
  return percent === undefined ? Number(value) || 0 : round((Number(percent) * total) / 100);
}
