// kube-proxy's health ports on a node, as whoever asks them over HTTP sees them: curl, and the health checks of load balancers.
import type { ApiReader } from '@/lib/kube/api/types';
import type { IPFamily, Node, Service } from '@/lib/kube/types';
import type { K8sVersion } from '@/lib/kube/versions';
import type { ProxyConfig } from '@/lib/proxy/config';
import {
  HEALTHZ_PORT,
  healthzAnswer,
  isNodeEligible,
  serviceHealthAnswer,
  type HealthAnswer,
  type ServiceHealth,
} from '@/lib/proxy/healthcheck';

/** What a health port's answer depends on. */
export interface HealthSource {
  readonly api: ApiReader;
  readonly k8s: K8sVersion;
  now(): number;
  /** The node's kube-proxy. */
  proxy(node: string): { healthOf(service: string, family: IPFamily): ServiceHealth | undefined } | undefined;
  /** What it runs with. */
  proxyConfig(node: string): ProxyConfig;
}

export interface HealthRequest {
  readonly node: string;
  readonly port: number;
  /** Without the query. */
  readonly path: string;
  readonly family: IPFamily;
}

/** The answer of one of kube-proxy's health ports on a node; undefined: it has no such port or no such path. */
export function healthPortAnswer(
  source: HealthSource,
  { node, port, path, family }: HealthRequest,
): HealthAnswer | undefined {
  if (port === HEALTHZ_PORT) {
    const { featureGates } = source.proxyConfig(node);
    const eligible = isNodeEligible(source.api.get<Node>('Node', '', node), source.k8s, featureGates);
    return healthzAnswer(path, eligible, goTime(source.now()));
  }
  const service = source.api.list<Service>('Service').find((s) => s.spec.healthCheckNodePort === port);
  const health =
    service &&
    source
      .proxy(node)
      ?.healthOf(`${service.metadata.namespace ?? ''}/${service.metadata.name ?? ''}`, family);
  return health?.port === port ? serviceHealthAnswer(health) : undefined;
}

/** A time as Go's time.Time prints itself, in whole seconds. */
function goTime(ms: number): string {
  const text = new Date(ms).toISOString();
  return `${text.slice(0, 10)} ${text.slice(11, 19)} +0000 UTC`;
}
