// Whether a change of a Service concerns its load balancer, and what the controller says of it. Models wantsLoadBalancer,
// needsCleanup and needsUpdate of k8s.io/cloud-provider controllers/service/controller.go.
import type { Service } from '@/lib/kube/types';
import { equalJson } from '../objects';

export const CLEANUP_FINALIZER = 'service.kubernetes.io/load-balancer-cleanup';

/** Type LoadBalancer without a class: with one, somebody else is meant. */
export const wantsLoadBalancer = ({ spec }: Service): boolean =>
  spec.type === 'LoadBalancer' && spec.loadBalancerClass === undefined;

/** The Service goes, or is no LoadBalancer any more, and its balancer is still there. */
export const needsCleanup = ({ metadata, spec }: Service): boolean =>
  metadata.finalizers?.includes(CLEANUP_FINALIZER) === true &&
  (metadata.deletionTimestamp !== undefined || spec.type !== 'LoadBalancer');

export interface Update {
  /** An Event's reason and message, if the change is worth one. */
  readonly note?: { readonly reason: string; readonly message: string };
}

/** What makes the balancer out of date; undefined: nothing. */
export function balancerUpdate(old: Service, now: Service): Update | undefined {
  const before = old.spec;
  const { spec } = now;
  const note = (reason: string, from: Printed, to: Printed): Update => ({
    note: { reason, message: `${goText(from)} -> ${goText(to)}` },
  });
  if (!wantsLoadBalancer(old) && !wantsLoadBalancer(now)) return undefined;
  if (wantsLoadBalancer(old) !== wantsLoadBalancer(now)) return note('Type', before.type, spec.type);
  if (!equalJson(before.loadBalancerSourceRanges, spec.loadBalancerSourceRanges))
    return note(
      'LoadBalancerSourceRanges',
      before.loadBalancerSourceRanges ?? [],
      spec.loadBalancerSourceRanges ?? [],
    );
  if (!equalJson(before.ports, spec.ports) || before.sessionAffinity !== spec.sessionAffinity) return {};
  if (!equalJson(before.sessionAffinityConfig, spec.sessionAffinityConfig)) return {};
  if (before.loadBalancerIP !== spec.loadBalancerIP)
    return note('LoadbalancerIP', before.loadBalancerIP, spec.loadBalancerIP);
  const externalIPs = externalIPsNote(before.externalIPs ?? [], spec.externalIPs ?? []);
  if (externalIPs !== undefined) return { note: { reason: 'ExternalIP', message: externalIPs } };
  if (!equalJson(old.metadata.annotations, now.metadata.annotations)) return {};
  if (old.metadata.uid !== now.metadata.uid) return note('UID', old.metadata.uid, now.metadata.uid);
  if (before.externalTrafficPolicy !== spec.externalTrafficPolicy)
    return note('ExternalTrafficPolicy', before.externalTrafficPolicy, spec.externalTrafficPolicy);
  if (before.healthCheckNodePort !== spec.healthCheckNodePort)
    return note('HealthCheckNodePort', before.healthCheckNodePort ?? 0, spec.healthCheckNodePort ?? 0);
  const families = [before.ipFamilies?.length ?? 0, spec.ipFamilies?.length ?? 0] as const;
  if (families[0] !== families[1])
    return { note: { reason: 'IPFamilies', message: `Count: ${families[0]} -> ${families[1]}` } };
  return undefined;
}

function externalIPsNote(before: readonly string[], now: readonly string[]): string | undefined {
  if (before.length !== now.length) return `Count: ${before.length} -> ${now.length}`;
  const changed = now.find((ip, i) => ip !== before[i]);
  return changed === undefined ? undefined : `Added: ${changed}`;
}

type Printed = string | number | readonly string[] | undefined;

/** A value as Go's %v prints it. */
const goText = (value: Printed): string =>
  typeof value === 'object' ? `[${value.join(' ')}]` : String(value ?? '');
