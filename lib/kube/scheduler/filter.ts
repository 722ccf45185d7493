// May this Pod run on this Node? Models the scheduler's filter plugins NodeUnschedulable, TaintToleration, NodeAffinity and
// NodeResourcesFit (the number of Pods only; CPU and memory are not accounted).
import { parseQuantity } from '@/lib/kube/api/quantity';
import type { Node, Pod, PodSpec } from '@/lib/kube/types';

export interface Toleration {
  readonly key?: string;
  readonly operator?: string;
  readonly value?: string;
  readonly effect?: string;
  readonly tolerationSeconds?: number;
}

interface Requirement {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[];
}

/** The fields of a Pod's spec that only the scheduler reads. */
export interface SchedulingSpec extends PodSpec {
  readonly schedulerName?: string;
  readonly tolerations?: readonly Toleration[];
  readonly affinity?: {
    readonly nodeAffinity?: {
      readonly requiredDuringSchedulingIgnoredDuringExecution?: {
        readonly nodeSelectorTerms?: readonly {
          readonly matchExpressions?: readonly Requirement[];
          readonly matchFields?: readonly Requirement[];
        }[];
      };
    };
  };
}

const DEFAULT_MAX_PODS = 110;
const UNSCHEDULABLE = 'node.kubernetes.io/unschedulable';
const AFFINITY_REASON = "node(s) didn't match Pod's node affinity/selector";

/** Why a Node cannot take a Pod, in the words of the scheduler's events; undefined if it can. Its number of Pods is not looked at. */
export function nodeRefuses(node: Node, spec: SchedulingSpec): string | undefined {
  const tolerates = (taint: {
    readonly key: string;
    readonly value?: string;
    readonly effect: string;
  }): boolean => (spec.tolerations ?? []).some((t) => isTolerated(t, taint));
  if (node.spec?.unschedulable && !tolerates({ key: UNSCHEDULABLE, effect: 'NoSchedule' }))
    return 'node(s) were unschedulable';
  const taint = node.spec?.taints?.find((t) => t.effect !== 'PreferNoSchedule' && !tolerates(t));
  if (taint) return `node(s) had untolerated taint {${taint.key}: ${taint.value ?? ''}}`;
  return matchesAffinity(node, spec) ? undefined : AFFINITY_REASON;
}

/** How many Pods a Node takes (kubelet's maxPods; 110 by default). */
export function podLimit(node: Node): number {
  const { pods } =
    (node.status as { readonly allocatable?: { readonly pods?: string | number } } | undefined)
      ?.allocatable ?? {};
  const whole = Number(pods ?? DEFAULT_MAX_PODS);
  if (Number.isFinite(whole)) return whole;
  // The server writes 2000 as "2k".
  const quantity = parseQuantity(String(pods));
  return typeof quantity === 'string' ? DEFAULT_MAX_PODS : Number(quantity.nano / 1_000_000_000n);
}

/** Whether a toleration covers a taint (ToleratesTaint of k8s.io/api/core/v1/toleration.go). */
export function isTolerated(
  t: Toleration,
  taint: { readonly key: string; readonly value?: string; readonly effect: string },
): boolean {
  if (t.effect && t.effect !== taint.effect) return false;
  if (t.key && t.key !== taint.key) return false;
  return t.operator === 'Exists' || (Boolean(t.key) && (t.value ?? '') === (taint.value ?? ''));
}

function matchesAffinity(node: Node, spec: SchedulingSpec): boolean {
  const labels = node.metadata.labels ?? {};
  for (const [key, value] of Object.entries(spec.nodeSelector ?? {})) if (labels[key] !== value) return false;
  const required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  if (!required) return true;
  const fields: Readonly<Record<string, string>> = { 'metadata.name': node.metadata.name ?? '' };
  return (required.nodeSelectorTerms ?? []).some(({ matchExpressions = [], matchFields = [] }) => {
    if (matchExpressions.length + matchFields.length === 0) return false;
    return matchExpressions.every((r) => isMet(r, labels)) && matchFields.every((r) => isMet(r, fields));
  });
}

function isMet(
  { key, operator, values = [] }: Requirement,
  labels: Readonly<Record<string, string>>,
): boolean {
  const value = labels[key];
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    case 'Gt':
      return Number(value) > Number(values[0]);
    case 'Lt':
      return Number(value) < Number(values[0]);
    default:
      return false;
  }
}

export const isUnassigned = (pod: Pod): boolean => !pod.spec.nodeName;
