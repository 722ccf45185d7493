// Which IP families a Service gets, and whether the ones that it asks for can be had: initIPFamilyFields of
// pkg/registry/core/service/storage/alloc.go.
import { familyOfText } from '@/lib/core/ip';
import { err, ok, type Result } from '@/lib/core/result';
import type { IPFamily, Service } from '@/lib/kube/types';
import { infoOf } from '@/lib/kube/api/kinds';
import { invalid } from '@/lib/kube/api/status';
import type { Status } from '@/lib/kube/api/types';
import { FieldErrors, goSlice } from '@/lib/kube/api/validation/field-errors';
import { validateClusterIPs } from '@/lib/kube/api/validation/service-cluster-ips';
import { sameList, withSpec } from './service-facts';

const POLICY = 'spec.ipFamilyPolicy';

/** The Service with ipFamilyPolicy and ipFamilies; `cluster` are the families that the cluster has, its default first. */
export function initIPFamilies(
  given: Service,
  old: Service | undefined,
  cluster: readonly IPFamily[],
): Result<Service, Status> {
  if (given.spec.type === 'ExternalName' || keepsDualStackChoice(given, old)) return ok(given);
  const errors = new FieldErrors();
  const refused = (): Result<Service, Status> =>
    err(invalid(infoOf('Service'), given.metadata.name ?? '', errors.causes));
  const policy = given.spec.ipFamilyPolicy ?? old?.spec.ipFamilyPolicy ?? inferredPolicy(given);
  let service = withSpec(given, { ipFamilyPolicy: policy });
  validateClusterIPs(service.spec, errors);
  if (errors.count > 0) return refused();
  if (old) service = reduced(service, old, errors);
  service = inferred(service, cluster, errors);
  if (errors.count > 0) return refused();
  const families = service.spec.ipFamilies ?? [];
  const wanted = families.length > 0 ? families : cluster.slice(0, 1);
  const isDual = policy !== 'SingleStack' && wanted.length === 1;
  const both: readonly IPFamily[] = isDual ? [...wanted, wanted[0] === 'IPv4' ? 'IPv6' : 'IPv4'] : wanted;
  // Nobody knows what endpoints a headless Service without a selector will have.
  if (service.spec.clusterIP === 'None' && Object.keys(service.spec.selector ?? {}).length === 0)
    return ok(withSpec(service, { ipFamilies: both }));
  if (policy === 'RequireDualStack' && cluster.length < 2)
    errors.invalid(POLICY, policy, 'this cluster is not configured for dual-stack services');
  for (const [i, family] of families.entries())
    if (!cluster.includes(family))
      errors.invalid(`spec.ipFamilies[${i}]`, family, 'not configured on this cluster');
  if (errors.count > 0) return refused();
  return ok(withSpec(service, { ipFamilies: cluster.length === 2 ? both : wanted }));
}

const inferredPolicy = ({ spec }: Service): 'RequireDualStack' | 'SingleStack' =>
  spec.clusterIP === 'None' && Object.keys(spec.selector ?? {}).length === 0
    ? 'RequireDualStack'
    : 'SingleStack';

/** An update to a single stack drops the second family; any other update must not lose one. */
function reduced(service: Service, old: Service, errors: FieldErrors): Service {
  const { clusterIPs = [], ipFamilies = [], ipFamilyPolicy } = service.spec;
  if (ipFamilyPolicy === 'SingleStack')
    return withSpec(service, {
      clusterIPs:
        sameList(clusterIPs, old.spec.clusterIPs) && clusterIPs.length > 1
          ? clusterIPs.slice(0, 1)
          : service.spec.clusterIPs,
      ipFamilies:
        sameList(ipFamilies, old.spec.ipFamilies) && ipFamilies.length > 1
          ? ipFamilies.slice(0, 1)
          : service.spec.ipFamilies,
    });
  if (clusterIPs.length > 0 && clusterIPs.length < (old.spec.clusterIPs?.length ?? 0))
    errors.invalid(POLICY, ipFamilyPolicy, "must be 'SingleStack' to release the secondary cluster IP");
  if (ipFamilies.length > 0 && ipFamilies.length < (old.spec.ipFamilies?.length ?? 0))
    errors.invalid(POLICY, ipFamilyPolicy, "must be 'SingleStack' to release the secondary IP family");
  return service;
}

/** Families that the given cluster IPs tell. */
function inferred(service: Service, cluster: readonly IPFamily[], errors: FieldErrors): Service {
  const { clusterIPs = [], ipFamilies = [], ipFamilyPolicy } = service.spec;
  if (ipFamilyPolicy === 'SingleStack') {
    const needs = "must be 'RequireDualStack' or 'PreferDualStack' when multiple";
    if (clusterIPs.length === 2) errors.invalid(POLICY, ipFamilyPolicy, `${needs} cluster IPs are specified`);
    if (ipFamilies.length === 2) errors.invalid(POLICY, ipFamilyPolicy, `${needs} IP families are specified`);
  }
  const families = [...ipFamilies];
  for (const [i, ip] of clusterIPs.entries()) {
    if (ip === 'None') break;
    if (i < families.length) continue;
    const family = familyOfText(ip);
    if (cluster.includes(family)) families.push(family);
    else
      errors.invalid(
        `spec.clusterIPs[${i}]`,
        goSlice(clusterIPs),
        `${family} is not configured on this cluster`,
      );
  }
  return families.length === ipFamilies.length ? service : withSpec(service, { ipFamilies: families });
}

/** A PreferDualStack Service is not changed by the cluster's becoming dual-stack or single-stack. */
export function keepsDualStackChoice({ spec }: Service, old: Service | undefined): boolean {
  return (
    old !== undefined &&
    spec.ipFamilyPolicy === 'PreferDualStack' &&
    old.spec.ipFamilyPolicy === 'PreferDualStack' &&
    spec.type !== 'ExternalName' &&
    spec.type === old.spec.type &&
    sameList(spec.clusterIPs, old.spec.clusterIPs) &&
    sameList(spec.ipFamilies, old.spec.ipFamilies)
  );
}
