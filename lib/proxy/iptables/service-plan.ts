// What syncProxyRules (pkg/proxy/iptables/proxier.go) settles about a service port before it writes its rules: which chains it
// has and where its traffic goes.
import type { FieldRef, Match, Reason, Rule, Target } from '@/lib/net/ruleset/types';
import type { EndpointInfo } from '../endpoints';
import { externallyAccessible, type ServicePortInfo } from '../service-port';
import type { CategorizedEndpoints } from '../topology';
import type { LocalDetector } from './local-detector';
import { endpointChain, serviceChains } from './names';
import { PlannedRule } from './planned-rule';

/** What the rules depend on besides the Service and its endpoints. */
export interface RuleContext {
  readonly masqueradeAll: boolean;
  readonly detector: LocalDetector;
  /** The node's address of the family, "" if none. */
  readonly nodeIP: string;
  /** -m nfacct rules for node ports on 127.0.0.0/8 (IPv4, localhostNodePorts, the counter could be made). */
  readonly countLocalhostNodePorts: boolean;
}

export interface ServicePlan {
  readonly service: ServicePortInfo;
  readonly endpoints: CategorizedEndpoints;
  readonly context: RuleContext;
  readonly withComments: boolean;
  readonly hasEndpoints: boolean;
  readonly hasInternal: boolean;
  readonly hasExternal: boolean;
  readonly svc: string;
  readonly svl: string;
  readonly ext: string;
  readonly fw: string;
  readonly usesSvc: boolean;
  readonly usesSvl: boolean;
  readonly usesExt: boolean;
  readonly usesFw: boolean;
  /** Word groups that many rules share. */
  readonly transport: Match;
  readonly named: Match;
  /** The chain for traffic to the clusterIP, and for traffic from outside. */
  readonly internalTarget: string;
  readonly externalTarget: string;
}

export function servicePlan(
  service: ServicePortInfo,
  endpoints: CategorizedEndpoints,
  context: RuleContext,
  withComments: boolean,
): ServicePlan {
  const { cluster, local, hasAny } = endpoints;
  const names = serviceChains(service.portName, service.protocol);
  const noLocal = local !== null && local.length === 0;
  return {
    service,
    endpoints,
    context,
    withComments,
    hasEndpoints: hasAny,
    hasInternal: hasAny && !(service.internalPolicyLocal && noLocal),
    hasExternal: hasAny && !(service.externalPolicyLocal && noLocal),
    ...names,
    usesSvc: cluster !== null && cluster.length > 0,
    usesSvl: local !== null && local.length > 0,
    usesExt: hasAny && externallyAccessible(service),
    usesFw: hasAny && service.loadBalancerVIPs.length > 0 && service.sourceRanges.length > 0,
    transport: { kind: 'transport', protocol: service.protocol },
    named: { kind: 'comment', text: service.portName, bare: true },
    internalTarget: service.internalPolicyLocal ? names.svl : names.svc,
    externalTarget: service.externalPolicyLocal ? names.svl : names.svc,
  };
}

export const sepOf = (p: ServicePlan, e: EndpointInfo): string =>
  endpointChain(p.service.portName, p.service.protocol, e.address);

// Word groups that the rules share.
export const comment = (text: string): Match => ({ kind: 'comment', text });
export const to = (chain: string): Target => ({ kind: 'jump', chain });
export const MARK_MASQ = to('KUBE-MARK-MASQ');
export const destination = (p: ServicePlan, ip: string): Match[] => [
  p.transport,
  { kind: 'destination', cidr: ip },
  { kind: 'dport', port: String(p.service.port) },
];

/** Path of a field of the service's own entry in spec.ports. */
export const portField = (p: ServicePlan, field: string): string => `spec.ports[${p.service.index}].${field}`;
export const serviceFields = ({ service }: ServicePlan, ...paths: string[]): FieldRef[] =>
  paths.map((path) => ({ kind: 'Service', namespace: service.namespace, name: service.name, path }));

/** A rule that follows from fields of the Service alone. */
export function serviceRule(
  p: ServicePlan,
  chain: string,
  matches: readonly Match[],
  target: Target | null,
  paths: readonly string[],
  code: string,
  params: Reason['params'] = {},
): Rule {
  return new PlannedRule(chain, matches, target, () => ({
    origin: serviceFields(p, ...paths),
    reason: { code, params: { service: p.service.portName, ...params } },
  }));
}
