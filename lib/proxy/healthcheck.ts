// kube-proxy's two health servers, which load balancers ask: pkg/proxy/healthcheck/service_health.go (one port a Service, its
// healthCheckNodePort) and proxy_health.go (port 10256 of the node).
import type { Node } from '@/lib/kube/types';
import { gateEnabled, type K8sVersion } from '@/lib/kube/versions';
import type { EndpointInfo } from './endpoints';
import type { ServicePortInfo } from './service-port';

/** --healthz-bind-address: the port on which kube-proxy speaks of itself. */
export const HEALTHZ_PORT = 10_256;

/** The cluster autoscaler's mark on a node that it is about to remove. */
export const TO_BE_DELETED_TAINT = 'ToBeDeletedByClusterAutoscaler';

/** What kube-proxy on one node says of a Service with a healthCheckNodePort. */
export interface ServiceHealth {
  readonly namespace: string;
  readonly name: string;
  readonly port: number;
  /** Ready endpoints on this node, each address once. */
  readonly localEndpoints: number;
}

export interface HealthAnswer {
  readonly status: 200 | 503;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

/**
 * The health of one Service from its ports and their endpoints; undefined: it has no health check. Counts as
 * EndpointsMap.LocalReadyEndpoints (endpointschangetracker.go): ready endpoints only, terminating ones never.
 */
export function serviceHealth(
  ports: readonly ServicePortInfo[],
  endpointsOf: (port: ServicePortInfo) => readonly EndpointInfo[],
): ServiceHealth | undefined {
  const [first] = ports;
  if (!first || first.healthCheckNodePort === 0) return undefined;
  const local = new Set(
    ports.flatMap((port) => endpointsOf(port).flatMap((e) => (e.ready && e.isLocal ? e.ip : []))),
  );
  const { namespace, name, healthCheckNodePort } = first;
  return { namespace, name, port: healthCheckNodePort, localEndpoints: local.size };
}

/** The answer of a healthCheckNodePort, whatever the path. The header with the weight is of v1.28 (pull request 118999). */
export function serviceHealthAnswer({ namespace, name, localEndpoints }: ServiceHealth): HealthAnswer {
  return {
    status: localEndpoints > 0 ? 200 : 503,
    headers: [
      ['Content-Type', 'application/json'],
      ['X-Content-Type-Options', 'nosniff'],
      ['X-Load-Balancing-Endpoint-Weight', String(localEndpoints)],
    ],
    body: `{
	"service": {
		"namespace": ${JSON.stringify(namespace)},
		"name": ${JSON.stringify(name)}
	},
	"localEndpoints": ${localEndpoints},
	"serviceProxyHealthy": true
}`,
  };
}

/**
 * Whether a node should get new connections from load balancers: not while it is being deleted. KEP-3836, gate
 * KubeProxyDrainingTerminatingNodes; without it every node should.
 */
export function isNodeEligible(
  node: Node | undefined,
  version: K8sVersion,
  featureGates: Readonly<Record<string, boolean>> = {},
): boolean {
  if (!gateEnabled(version, 'KubeProxyDrainingTerminatingNodes', featureGates)) return true;
  if (node?.metadata.deletionTimestamp !== undefined) return false;
  return !node?.spec?.taints?.some((t) => t.key === TO_BE_DELETED_TAINT);
}

/**
 * /healthz and /livez of port 10256; undefined: not found. The rules of a node are never late here, so kube-proxy itself is
 * healthy; only /healthz speaks of the node. `time` as Go prints it.
 */
export function healthzAnswer(path: string, eligible: boolean, time: string): HealthAnswer | undefined {
  const headers: HealthAnswer['headers'] = [
    ['Content-Type', 'application/json'],
    ['X-Content-Type-Options', 'nosniff'],
  ];
  const times = `"lastUpdated": "${time}","currentTime": "${time}"`;
  if (path === '/livez') return { status: 200, headers, body: `{${times}}` };
  if (path !== '/healthz') return undefined;
  return { status: eligible ? 200 : 503, headers, body: `{${times}, "nodeEligible": ${eligible}}` };
}
