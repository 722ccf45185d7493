// What syncProxyRules (pkg/proxy/nftables/proxier.go) settles about a service port before it writes its chains and elements.
import type { FieldRef, Reason } from '@/lib/net/ruleset/types';
import type { NftRule, NftStatement } from '@/lib/net/nft/types';
import type { EndpointInfo } from '../endpoints';
import { externallyAccessible, type ServicePortInfo } from '../service-port';
import type { CategorizedEndpoints } from '../topology';
import type { NftForm } from './form';
import { endpointNameBase, servicePortNameBase } from './names';
import type { FamilyWords } from './words';

/** A match for local traffic (`not`: for other traffic); null if nothing can tell. */
export type NftDetector = ((not: boolean) => NftStatement) | null;

/** What the rules depend on besides the Service and its endpoints. */
export interface NftContext {
  readonly form: NftForm;
  readonly words: FamilyWords;
  readonly masqueradeAll: boolean;
  readonly detector: NftDetector;
  /** The node's address of the family, "" if none. */
  readonly nodeIP: string;
}

export interface NftServicePlan {
  readonly service: ServicePortInfo;
  readonly endpoints: CategorizedEndpoints;
  readonly context: NftContext;
  readonly hasEndpoints: boolean;
  readonly hasInternal: boolean;
  readonly hasExternal: boolean;
  readonly clusterChain: string;
  readonly localChain: string;
  readonly externalChain: string;
  readonly firewallChain: string;
  readonly usesCluster: boolean;
  readonly usesLocal: boolean;
  readonly usesExternal: boolean;
  readonly usesFirewall: boolean;
  readonly sticky: boolean;
  /** The chain for traffic to the clusterIP, and the one for traffic from outside. */
  readonly internalTarget: string;
  readonly externalTarget: string;
}

export function nftServicePlan(
  service: ServicePortInfo,
  endpoints: CategorizedEndpoints,
  context: NftContext,
): NftServicePlan {
  const { cluster, local, hasAny } = endpoints;
  const base = servicePortNameBase(service);
  const noLocal = local !== null && local.length === 0;
  const clusterChain = `service-${base}`;
  const localChain = `local-${base}`;
  return {
    service,
    endpoints,
    context,
    hasEndpoints: hasAny,
    hasInternal: hasAny && !(service.internalPolicyLocal && noLocal),
    hasExternal: hasAny && !(service.externalPolicyLocal && noLocal),
    clusterChain,
    localChain,
    externalChain: `external-${base}`,
    firewallChain: `firewall-${base}`,
    usesCluster: cluster !== null && cluster.length > 0,
    usesLocal: local !== null && local.length > 0,
    usesExternal: hasAny && externallyAccessible(service),
    usesFirewall: service.loadBalancerVIPs.length > 0 && service.sourceRanges.length > 0,
    sticky: service.stickyMaxAgeSeconds > 0,
    internalTarget: service.internalPolicyLocal ? localChain : clusterChain,
    externalTarget: service.externalPolicyLocal ? localChain : clusterChain,
  };
}

const endpointBase = (p: NftServicePlan, e: EndpointInfo): string =>
  endpointNameBase(p.service, e.ip, e.port);
export const endpointChainOf = (p: NftServicePlan, e: EndpointInfo): string =>
  `endpoint-${endpointBase(p, e)}`;
export const affinitySetOf = (p: NftServicePlan, e: EndpointInfo): string => `affinity-${endpointBase(p, e)}`;

/** Path of a field of the service's own entry in spec.ports. */
export const portField = (p: NftServicePlan, field: string): string =>
  `spec.ports[${p.service.index}].${field}`;
export const serviceFields = ({ service }: NftServicePlan, ...paths: string[]): FieldRef[] =>
  paths.map((path) => ({ kind: 'Service', namespace: service.namespace, name: service.name, path }));

/** The fields that make a Pod an endpoint, its slice and the Pod itself. */
export function endpointFields(p: NftServicePlan, e: EndpointInfo, ...more: string[]): FieldRef[] {
  const [namespace = '', name = ''] = e.slice.split('/');
  const origin = serviceFields(p, 'spec.selector', portField(p, 'targetPort'), ...more);
  origin.push({ kind: 'EndpointSlice', namespace, name, path: `endpoints[${e.address}]` });
  if (e.target?.kind === 'Pod') {
    const pod = { kind: 'Pod', namespace: e.target.namespace ?? namespace, name: e.target.name ?? '' };
    origin.push({ ...pod, path: 'status.podIP' });
  }
  return origin;
}

interface Why {
  readonly origin: readonly FieldRef[];
  readonly reason: Reason;
}

/** A rule whose origin and reason are worked out when somebody asks: a large cluster has hundreds of thousands. */
export class PlannedNftRule implements NftRule {
  readonly #why: () => Why;

  constructor(
    readonly statements: readonly NftStatement[],
    why: () => Why,
  ) {
    this.#why = why;
  }

  get origin(): readonly FieldRef[] {
    return this.#why().origin;
  }

  get reason(): Reason {
    return this.#why().reason;
  }
}

/** The same with nft's own comment. */
export class CommentedNftRule extends PlannedNftRule {
  constructor(
    statements: readonly NftStatement[],
    readonly comment: string,
    why: () => Why,
  ) {
    super(statements, why);
  }
}

/** Why, for what follows from fields of the Service alone. */
export const serviceWhy =
  (p: NftServicePlan, paths: readonly string[], code: string, params: Reason['params'] = {}) =>
  (): Why => ({
    origin: serviceFields(p, ...paths),
    reason: { code, params: { service: p.service.portName, ...params } },
  });
