// Small questions about a Service that defaulting, allocation and validation share: pkg/api/service/util.go and
// pkg/registry/core/service/strategy.go.
import type { Service, ServiceSpec } from '@/lib/kube/types';

export const isHeadless = ({ clusterIPs }: ServiceSpec): boolean =>
  clusterIPs?.length === 1 && clusterIPs[0] === 'None';

export const needsClusterIP = ({ type }: ServiceSpec): boolean => type !== 'ExternalName';
export const needsNodePort = ({ type }: ServiceSpec): boolean =>
  type === 'NodePort' || type === 'LoadBalancer';

export const needsHealthCheckPort = ({ type, externalTrafficPolicy }: ServiceSpec): boolean =>
  type === 'LoadBalancer' && externalTrafficPolicy === 'Local';

/** Reachable from outside of the cluster. */
export const externallyAccessible = (spec: ServiceSpec): boolean =>
  needsNodePort(spec) || (spec.type === 'ClusterIP' && (spec.externalIPs?.length ?? 0) > 0);

/** Element-wise equality of lists that may be missing. */
export const sameList = (a: readonly unknown[] = [], b: readonly unknown[] = []): boolean =>
  a.length === b.length && a.every((item, i) => item === b[i]);

/** The Service with these fields of its spec set (undefined takes a field away). */
export function withSpec(
  service: Service,
  fields: { readonly [K in keyof ServiceSpec]?: ServiceSpec[K] | undefined },
): Service {
  const spec: Record<string, unknown> = { ...service.spec };
  for (const [key, value] of Object.entries(fields)) {
    if (value === undefined) delete spec[key];
    else spec[key] = value;
  }
  return { ...service, spec };
}
