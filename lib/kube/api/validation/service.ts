// What a Service may be: pkg/apis/core/validation/validation.go ValidateService, with its order, paths and texts.
import type { Service, ServicePort, ServiceSpec } from '@/lib/kube/types';
import { differences, gateEnabled, type K8sVersion } from '@/lib/kube/versions';
import { externallyAccessible, isHeadless, needsHealthCheckPort } from '@/lib/kube/api/service/service-facts';
import type { FieldErrors } from './field-errors';
import { validateLabels, validateMeta } from './meta';
import { validateClusterIPs } from './service-cluster-ips';
import {
  dns1035Label,
  dns1123Label,
  dns1123Subdomain,
  nonSpecialIp,
  portNumber,
  portNumberOrName,
  qualifiedName,
  validCidr,
  validIp,
} from './texts';

const TYPES = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'];
const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];
const POLICIES = ['Cluster', 'Local'];
const LB_ONLY = "may only be used when `type` is 'LoadBalancer'";
const MOST_AFFINITY_SECONDS = 86_400;
const HINTS_ANNOTATION = 'service.kubernetes.io/topology-aware-hints';
const MODE_ANNOTATION = 'service.kubernetes.io/topology-mode';
const RANGES_ANNOTATION = 'service.beta.kubernetes.io/load-balancer-source-ranges';

/** ValidateService. */
export function validateService(service: Service, k8s: K8sVersion, errors: FieldErrors): void {
  const { metadata, spec } = service;
  validateMeta(metadata, true, dns1035Label, errors);
  validateTopologyAnnotations(metadata.annotations ?? {}, errors);
  const ports = spec.ports ?? [];
  if (ports.length === 0 && !isHeadless(spec) && spec.type !== 'ExternalName') errors.required('spec.ports');
  validateByType(spec, errors);
  const names = new Set<string>();
  for (const [i, port] of ports.entries())
    validatePort(port, `spec.ports[${i}]`, ports.length > 1, names, errors);
  if (spec.selector) validateLabels(spec.selector, 'spec.selector', errors);
  validateAffinity(spec, errors);
  validateClusterIPs(spec, errors);
  for (const [i, ip] of (spec.externalIPs ?? []).entries()) {
    const faults = validIp(ip);
    errors.invalidEach(`spec.externalIPs[${i}]`, ip, faults.length > 0 ? faults : nonSpecialIp(ip));
  }
  if (!spec.type) errors.required('spec.type');
  else if (!TYPES.includes(spec.type)) errors.notSupported('spec.type', spec.type, TYPES);
  validateNodePorts(spec, ports, errors);
  validateUniquePorts(ports, errors);
  validateSourceRanges(service, k8s, errors);
  if (spec.allocateLoadBalancerNodePorts !== undefined && spec.type !== 'LoadBalancer')
    errors.forbidden('spec.allocateLoadBalancerNodePorts', LB_ONLY);
  validateLoadBalancerClass(spec, errors);
  validateTrafficPolicies(spec, errors);
  validateTrafficDistribution(spec, k8s, errors);
}

function validateTopologyAnnotations(
  annotations: Readonly<Record<string, string>>,
  errors: FieldErrors,
): void {
  const hints = annotations[HINTS_ANNOTATION];
  const mode = annotations[MODE_ANNOTATION];
  if (hints === undefined || mode === undefined || hints === mode) return;
  const detail = `must match annotations[${HINTS_ANNOTATION}] when both are specified`;
  errors.invalid(`metadata.annotations[${MODE_ANNOTATION}]`, mode, detail);
}

function validateByType(spec: ServiceSpec, errors: FieldErrors): void {
  if ((spec.type === 'LoadBalancer' || spec.type === 'NodePort') && isHeadless(spec))
    errors.invalid('spec.clusterIPs[0]', 'None', `may not be set to 'None' for ${spec.type} services`);
  if (spec.type !== 'ExternalName') return;
  const notForIt = 'may not be set for ExternalName services';
  if (spec.clusterIPs?.length) errors.forbidden('spec.clusterIPs', notForIt);
  if (spec.ipFamilies?.length) errors.forbidden('spec.ipFamilies', notForIt);
  if (spec.ipFamilyPolicy !== undefined) errors.forbidden('spec.ipFamilyPolicy', notForIt);
  const name = (spec.externalName ?? '').replace(/\.$/, '');
  if (name === '') errors.required('spec.externalName');
  else errors.invalidEach('spec.externalName', name, dns1123Subdomain(name));
}

function validatePort(
  port: ServicePort,
  path: string,
  needsName: boolean,
  names: Set<string>,
  errors: FieldErrors,
): void {
  if (port.name) {
    errors.invalidEach(`${path}.name`, port.name, dns1123Label(port.name));
    if (names.has(port.name)) errors.duplicate(`${path}.name`, port.name);
    names.add(port.name);
  } else if (needsName) errors.required(`${path}.name`);
  errors.invalidEach(`${path}.port`, port.port ?? 0, portNumber(port.port ?? 0));
  if (!port.protocol) errors.required(`${path}.protocol`);
  else if (!PROTOCOLS.includes(port.protocol))
    errors.notSupported(`${path}.protocol`, port.protocol, PROTOCOLS);
  errors.invalidEach(`${path}.targetPort`, port.targetPort ?? 0, portNumberOrName(port.targetPort ?? 0));
  if (port.appProtocol !== undefined)
    errors.invalidEach(`${path}.appProtocol`, port.appProtocol, qualifiedName(port.appProtocol));
}

function validateAffinity(
  { sessionAffinity, sessionAffinityConfig }: ServiceSpec,
  errors: FieldErrors,
): void {
  if (!sessionAffinity) errors.required('spec.sessionAffinity');
  else if (sessionAffinity === 'None') {
    if (sessionAffinityConfig)
      errors.forbidden('spec.sessionAffinityConfig', 'must not be set when session affinity is None');
  } else if (sessionAffinity !== 'ClientIP')
    errors.notSupported('spec.sessionAffinity', sessionAffinity, ['ClientIP', 'None']);
  else {
    const timeout = sessionAffinityConfig?.clientIP?.timeoutSeconds;
    const path = 'spec.sessionAffinityConfig.clientIP.timeoutSeconds';
    if (timeout === undefined) errors.required(path, 'when session affinity type is ClientIP');
    else if (timeout <= 0 || timeout > MOST_AFFINITY_SECONDS)
      errors.invalid(path, timeout, `must be greater than 0 and less than ${MOST_AFFINITY_SECONDS}`);
  }
}

function validateNodePorts(spec: ServiceSpec, ports: readonly ServicePort[], errors: FieldErrors): void {
  if (spec.type === 'ClusterIP')
    for (const [i, { nodePort }] of ports.entries())
      if (nodePort)
        errors.forbidden(`spec.ports[${i}].nodePort`, "may not be used when `type` is 'ClusterIP'");
  const seen = new Set<string>();
  for (const [i, { nodePort, protocol }] of ports.entries()) {
    if (!nodePort) continue;
    const id = `${nodePort}/${protocol}`;
    if (seen.has(id)) errors.duplicate(`spec.ports[${i}].nodePort`, nodePort);
    seen.add(id);
  }
}

function validateUniquePorts(ports: readonly ServicePort[], errors: FieldErrors): void {
  const seen = new Set<string>();
  for (const [i, { port = 0, protocol = '' }] of ports.entries()) {
    const id = `${port}/${protocol}`;
    const go = `core.ServicePort{Name:"", Protocol:${JSON.stringify(protocol)}, AppProtocol:(*string)(nil), Port:${port}, TargetPort:intstr.IntOrString{Type:0, IntVal:0, StrVal:""}, NodePort:0}`;
    if (seen.has(id)) errors.duplicate(`spec.ports[${i}]`, { go });
    seen.add(id);
  }
}

function validateSourceRanges({ metadata, spec }: Service, k8s: K8sVersion, errors: FieldErrors): void {
  const ranges = spec.loadBalancerSourceRanges ?? [];
  const annotation = metadata.annotations?.[RANGES_ANNOTATION];
  if (ranges.length === 0 && annotation === undefined) return;
  const path =
    ranges.length > 0 ? 'spec.LoadBalancerSourceRanges' : `metadata.annotations[${RANGES_ANNOTATION}]`;
  if (spec.type !== 'LoadBalancer') errors.forbidden(path, LB_ONLY);
  const values =
    ranges.length > 0 ? ranges : (annotation ?? '').trim() === '' ? [] : (annotation ?? '').split(',');
  const trimmed = values.map((v) => v.trim());
  if (differences.sourceRangesOneByOne(k8s)) {
    for (const [i, cidr] of trimmed.entries())
      errors.invalidEach(ranges.length > 0 ? `${path}[${i}]` : path, cidr, validCidr(cidr));
  } else if (trimmed.some((cidr) => validCidr(cidr).length > 0)) {
    const shown = ranges.length > 0 ? `[${ranges.join(' ')}]` : annotation;
    errors.invalid(path, shown, 'must be a list of IP ranges. For example, 10.240.0.0/24,10.250.0.0/24 ');
  }
}

export function validateLoadBalancerClass(spec: ServiceSpec, errors: FieldErrors): void {
  if (spec.loadBalancerClass === undefined) return;
  if (spec.type === 'LoadBalancer')
    errors.invalidEach(
      'spec.loadBalancerClass',
      spec.loadBalancerClass,
      qualifiedName(spec.loadBalancerClass),
    );
  else errors.forbidden('spec.loadBalancerClass', LB_ONLY);
}

function validateTrafficPolicies(spec: ServiceSpec, errors: FieldErrors): void {
  const { externalTrafficPolicy: external, internalTrafficPolicy: internal, healthCheckNodePort = 0 } = spec;
  if (!externallyAccessible(spec)) {
    if (external)
      errors.invalid(
        'spec.externalTrafficPolicy',
        external,
        'may only be set for externally-accessible services',
      );
  } else if (!external) errors.required('spec.externalTrafficPolicy');
  else if (!POLICIES.includes(external))
    errors.notSupported('spec.externalTrafficPolicy', external, POLICIES);
  const healthPath = 'spec.healthCheckNodePort';
  if (needsHealthCheckPort(spec)) {
    if (healthCheckNodePort === 0) errors.required(healthPath);
    else errors.invalidEach(healthPath, healthCheckNodePort, portNumber(healthCheckNodePort));
  } else if (healthCheckNodePort !== 0) {
    const detail = "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'";
    errors.invalid(healthPath, healthCheckNodePort, detail);
  }
  if (internal === undefined) {
    if (spec.type !== 'ExternalName' && TYPES.includes(spec.type ?? ''))
      errors.required('spec.internalTrafficPolicy');
  } else if (!POLICIES.includes(internal))
    errors.notSupported('spec.internalTrafficPolicy', internal, POLICIES);
}

function validateTrafficDistribution(
  { trafficDistribution }: ServiceSpec,
  k8s: K8sVersion,
  errors: FieldErrors,
): void {
  if (trafficDistribution === undefined) return;
  const supported = gateEnabled(k8s, 'PreferSameTrafficDistribution')
    ? ['PreferClose', 'PreferSameNode', 'PreferSameZone']
    : ['PreferClose'];
  if (!supported.includes(trafficDistribution))
    errors.notSupported('spec.trafficDistribution', trafficDistribution, supported);
}
