// Cluster IPs and IP families of a Service, alone and against what they were before: pkg/apis/core/validation/validation.go
// ValidateServiceClusterIPsRelatedFields, validateUpgradeDowngradeClusterIPs, validateUpgradeDowngradeIPFamilies.
import { familyOfText } from '@/lib/core/ip';
import type { Service, ServiceSpec } from '@/lib/kube/types';
import { isHeadless, needsHealthCheckPort } from '@/lib/kube/api/service/service-facts';
import { goSlice, type FieldErrors } from './field-errors';
import { validIp } from './texts';

const FAMILIES = ['IPv4', 'IPv6'];
const FAMILY_POLICIES = ['PreferDualStack', 'RequireDualStack', 'SingleStack'];
const ONCE = 'may not change once set';

/** ValidateServiceClusterIPsRelatedFields. */
export function validateClusterIPs(spec: ServiceSpec, errors: FieldErrors): void {
  if (spec.type === 'ExternalName') return;
  const { clusterIP = '', clusterIPs = [], ipFamilies = [], ipFamilyPolicy } = spec;
  const shown = goSlice(clusterIPs);
  if (clusterIP === '') {
    if (clusterIPs.length > 0)
      errors.invalid('spec.clusterIPs', shown, 'must be empty when `clusterIP` is not specified');
  } else if (clusterIPs.length === 0) errors.required('spec.clusterIPs');
  else if (clusterIPs[0] !== clusterIP)
    errors.invalid('spec.clusterIPs', shown, 'first value must match `clusterIP`');
  for (const [i, family] of ipFamilies.entries()) {
    if (!FAMILIES.includes(family)) errors.notSupported(`spec.ipFamilies[${i}]`, family, FAMILIES);
    if (ipFamilies.indexOf(family) < i) errors.duplicate(`spec.ipFamilies[${i}]`, family);
  }
  if (ipFamilyPolicy !== undefined && !FAMILY_POLICIES.includes(ipFamilyPolicy))
    errors.notSupported('spec.ipFamilyPolicy', ipFamilyPolicy, FAMILY_POLICIES);
  if (!validateEachIp(clusterIPs, errors)) return;
  if (
    clusterIPs.length > 1 &&
    (clusterIPs.length > 2 || familyOfText(clusterIPs[0] ?? '') === familyOfText(clusterIPs[1] ?? ''))
  )
    errors.invalid('spec.clusterIPs', shown, 'may specify no more than one IP for each IP family');
  if (isHeadless(spec)) return;
  for (const [i, ip] of clusterIPs.entries()) {
    const family = ipFamilies[i];
    if (family !== undefined && FAMILIES.includes(family) && familyOfText(ip) !== family)
      errors.invalid(
        `spec.clusterIPs[${i}]`,
        ip,
        `expected an ${family} value as indicated by \`ipFamilies[${i}]\``,
      );
  }
}

function validateEachIp(clusterIPs: readonly string[], errors: FieldErrors): boolean {
  let wellFormed = true;
  for (const [i, ip] of clusterIPs.entries()) {
    if (i === 0 && ip === 'None') {
      if (clusterIPs.length === 1) continue;
      wellFormed = false;
      errors.invalid('spec.clusterIPs', goSlice(clusterIPs), "'None' must be the first and only value");
      continue;
    }
    const faults = validIp(ip);
    wellFormed &&= faults.length === 0;
    errors.invalidEach(`spec.clusterIPs[${i}]`, ip, faults);
  }
  if (clusterIPs.length > 2)
    errors.invalid('spec.clusterIPs', goSlice(clusterIPs), 'may only hold up to 2 values');
  return wellFormed;
}

/** What an update may not change (the part of ValidateServiceUpdate before ValidateService). */
export function validateServiceChange(service: Service, old: Service, errors: FieldErrors): void {
  if (service.spec.type !== 'ExternalName' && old.spec.type !== 'ExternalName') {
    validateClusterIPChange(service.spec, old.spec, errors);
    validateFamilyChange(service.spec, old.spec, errors);
  }
  if (service.spec.type === 'LoadBalancer' && old.spec.type === 'LoadBalancer')
    if (service.spec.loadBalancerClass !== old.spec.loadBalancerClass)
      errors.invalid('spec.loadBalancerClass', service.spec.loadBalancerClass, ONCE);
  if (needsHealthCheckPort(service.spec) && needsHealthCheckPort(old.spec))
    if (service.spec.healthCheckNodePort !== old.spec.healthCheckNodePort)
      errors.forbidden('spec.healthCheckNodePort', 'field is immutable');
}

function validateClusterIPChange(spec: ServiceSpec, old: ServiceSpec, errors: FieldErrors): void {
  if (isHeadless(spec) && isHeadless(old)) return;
  const now = spec.clusterIPs ?? [];
  const before = old.clusterIPs ?? [];
  const shown = goSlice(spec.clusterIPs);
  if (before.length === now.length) {
    for (const [i, ip] of before.entries())
      if (ip !== now[i]) errors.invalid(`spec.clusterIPs[${i}]`, shown, ONCE);
    return;
  }
  if (before.length > now.length && now.length === 0)
    errors.invalid('spec.clusterIPs[0]', shown, 'primary clusterIP can not be unset');
  if (before.length > 0 && now.length > 0 && now[0] !== before[0])
    errors.invalid('spec.clusterIPs[0]', shown, ONCE);
  if (before.length > now.length && now.length === 1 && spec.ipFamilyPolicy !== 'SingleStack')
    errors.invalid(
      'spec.ipFamilyPolicy',
      spec.ipFamilyPolicy,
      "must be set to 'SingleStack' when releasing the secondary clusterIP",
    );
}

function validateFamilyChange(spec: ServiceSpec, old: ServiceSpec, errors: FieldErrors): void {
  if (isHeadless(spec) || isHeadless(old)) return;
  const now = spec.ipFamilies ?? [];
  const before = old.ipFamilies ?? [];
  const shown = goSlice(spec.ipFamilies, '[]core.IPFamily');
  if (before.length === now.length) {
    for (const [i, family] of before.entries())
      if (family !== now[i]) errors.invalid('spec.ipFamilies[0]', shown, ONCE);
    return;
  }
  if (before.length > now.length && (spec.clusterIPs ?? []).length === 0)
    errors.invalid('spec.ipFamilies[0]', shown, 'primary ipFamily can not be unset');
  if (before.length > 0 && now.length > 0 && now[0] !== before[0])
    errors.invalid('spec.ipFamilies[0]', goSlice(spec.clusterIPs), ONCE);
  if (before.length > now.length && now.length === 1 && spec.ipFamilyPolicy !== 'SingleStack')
    errors.invalid(
      'spec.ipFamilyPolicy',
      spec.ipFamilyPolicy,
      "must be set to 'SingleStack' when releasing the secondary ipFamily",
    );
}
