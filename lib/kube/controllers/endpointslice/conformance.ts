// Kubernetes' own EndpointSlice tables as the judges give them: the reconciler behind the shapes of their adapter.
import type { EndpointSlice, Node, Pod, Service } from '@/lib/kube/types';
import { hintsEnabled as enabled } from './hints';
import { reconcileService, type ReconcilePlan } from './reconcile';
import { zoneRatios } from './topology-cache';

export interface ReconcileSlicesInput {
  readonly config: {
    readonly controllerName: string;
    readonly maxEndpointsPerSlice: number;
    readonly topologyHints: boolean;
    readonly featureGates: Readonly<Record<string, boolean>>;
  };
  readonly service: object;
  readonly pods: readonly object[];
  readonly nodes: readonly object[];
  readonly existing: readonly object[];
}

/** One run of the EndpointSlice reconciler for one Service. `error` names the Pods whose Node is missing. */
export function reconcileSlices(
  input: ReconcileSlicesInput,
): Pick<ReconcilePlan, 'create' | 'update' | 'delete' | 'metrics'> & { readonly error?: string } {
  const { config } = input;
  const nodes = input.nodes as readonly Node[];
  const plan = reconcileService({
    config: {
      controllerName: config.controllerName,
      maxEndpointsPerSlice: config.maxEndpointsPerSlice,
      topologyHints: config.topologyHints,
      trafficDistribution: config.featureGates['ServiceTrafficDistribution'] ?? true,
      preferSame: config.featureGates['PreferSameTrafficDistribution'] ?? false,
    },
    service: input.service as Service,
    pods: input.pods as readonly Pod[],
    node: (name) => nodes.find((n) => n.metadata.name === name),
    ratios: () => zoneRatios(nodes),
    existing: input.existing as readonly EndpointSlice[],
  });
  const { create, update, metrics, missingNodes } = plan;
  const error =
    missingNodes.length > 0 ? { error: `Node not found for Pods ${missingNodes.join(', ')}` } : {};
  return { create, update, delete: plan.delete, metrics, ...error };
}

/** Whether a Service's annotations ask for topology-mode Auto. */
export const hintsEnabled = (annotations: Readonly<Record<string, string>>): boolean => enabled(annotations);
