// Models pkg/proxy/topology.go CategorizeEndpoints (v1.28–v1.34): which endpoints of a service port this node uses, for
// traffic under the Cluster policy and under the Local policy.
import { gateEnabled, type K8sVersion } from '@/lib/kube/versions';
import type { EndpointInfo } from './endpoints';
import { usesClusterEndpoints, usesLocalEndpoints, type ServicePortInfo } from './service-port';

export interface CategorizedEndpoints {
  /** null: the Cluster policy is not in use. */
  readonly cluster: readonly EndpointInfo[] | null;
  /** null: the Local policy is not in use. */
  readonly local: readonly EndpointInfo[] | null;
  /** All that need rules on this node, without repeats. */
  readonly all: readonly EndpointInfo[];
  /** Somewhere in the cluster there is an endpoint that could serve. */
  readonly hasAny: boolean;
}

export interface TopologyContext {
  readonly nodeName: string;
  readonly nodeLabels: Readonly<Record<string, string>>;
  readonly version: K8sVersion;
  readonly featureGates: Readonly<Record<string, boolean>>;
}

const servingTerminating = (e: EndpointInfo): boolean => e.serving && e.terminating;
const isReady = (e: EndpointInfo): boolean => e.ready;

export function categorizeEndpoints(
  endpoints: readonly EndpointInfo[],
  service: ServicePortInfo,
  context: TopologyContext,
): CategorizedEndpoints {
  let cluster: readonly EndpointInfo[] | null = null;
  let local: readonly EndpointInfo[] | null = null;
  let hasAny = false;

  if (usesClusterEndpoints(service)) {
    cluster = hintedEndpoints(endpoints, service, context);
    // ProxyTerminatingEndpoints: the last resort, without regard to hints.
    if (cluster.length === 0) cluster = endpoints.filter(servingTerminating);
    hasAny = cluster.length > 0;
  }
  if (!usesLocalEndpoints(service)) return { cluster, local: null, all: cluster ?? [], hasAny };

  local = endpoints.filter((e) => e.isLocal && e.ready);
  if (local.length === 0) local = endpoints.filter((e) => e.isLocal && servingTerminating(e));
  hasAny ||= endpoints.some((e) => e.ready || servingTerminating(e));
  if (!cluster) return { cluster: null, local, all: local, hasAny };

  const taken = new Set(cluster.map((e) => e.address));
  return { cluster, local, all: [...cluster, ...local.filter((e) => !taken.has(e.address))], hasAny };
}

/** The ready endpoints, narrowed to the node's own by the hints of the slices if all conditions for that hold. */
function hintedEndpoints(
  endpoints: readonly EndpointInfo[],
  service: ServicePortInfo,
  context: TopologyContext,
): readonly EndpointInfo[] {
  const ready = endpoints.filter(isReady);
  if (ready.length === 0 || !hintsCount(service, context)) return ready;
  if (gateEnabled(context.version, 'PreferSameTrafficDistribution', context.featureGates)) {
    const forNode = ready.filter((e) => e.nodeHints.includes(context.nodeName));
    if (forNode.length > 0 && ready.every((e) => e.nodeHints.length > 0)) return forNode;
  }
  const zone = context.nodeLabels['topology.kubernetes.io/zone'] ?? '';
  if (zone === '' || ready.some((e) => e.zoneHints.length === 0)) return ready;
  const forZone = ready.filter((e) => e.zoneHints.includes(zone));
  return forZone.length > 0 ? forZone : ready;
}

/** Until ServiceTrafficDistribution the Service had to ask for hints; since then hints alone decide. */
function hintsCount(service: ServicePortInfo, { version, featureGates }: TopologyContext): boolean {
  if (!gateEnabled(version, 'TopologyAwareHints', featureGates)) return false;
  if (gateEnabled(version, 'ServiceTrafficDistribution', featureGates)) return true;
  return !['', 'disabled', 'Disabled'].includes(service.hintsAnnotation);
}
