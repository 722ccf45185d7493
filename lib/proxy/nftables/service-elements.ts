// The elements that a service port has in the shared sets and maps.
import type { FieldRef, Reason } from '@/lib/net/ruleset/types';
import type { NftElement, NftVerdict } from '@/lib/net/nft/types';
import { cidrContains } from './source-ranges';
import { portField, serviceFields, serviceWhy, type NftServicePlan } from './service-plan';

/** An element and the set or map that it belongs to. */
export interface PlacedElement {
  readonly set: string;
  readonly element: NftElement;
}

class PlannedElement implements NftElement {
  readonly #why: () => { readonly origin: readonly FieldRef[]; readonly reason: Reason };
  declare readonly verdict?: NftVerdict;
  declare readonly comment?: string;

  constructor(
    readonly key: readonly string[],
    what: { readonly verdict?: NftVerdict; readonly comment?: string },
    why: () => { readonly origin: readonly FieldRef[]; readonly reason: Reason },
  ) {
    if (what.verdict) this.verdict = what.verdict;
    if (what.comment !== undefined) this.comment = what.comment;
    this.#why = why;
  }

  get origin(): readonly FieldRef[] {
    return this.#why().origin;
  }

  get reason(): Reason {
    return this.#why().reason;
  }
}

/** In the order in which kube-proxy writes them. */
export function serviceElements(p: NftServicePlan): PlacedElement[] {
  const { service: s, context } = p;
  const placed: PlacedElement[] = [];
  if (context.form.checksClusterIPs) placed.push(clusterIP(p));
  if (p.hasInternal)
    placed.push(toChain(p, s.clusterIP, p.internalTarget, 'spec.clusterIP', 'rule.services.clusterIP'));
  else placed.push(refused(p, s.clusterIP, 'spec.internalTrafficPolicy'));
  for (const [i, ip] of s.externalIPs.entries()) {
    const path = `spec.externalIPs[${i}]`;
    if (p.hasEndpoints) placed.push(toChain(p, ip, p.externalChain, path, 'rule.services.externalIP'));
    if (!p.hasExternal) placed.push(refused(p, ip, 'spec.externalTrafficPolicy'));
  }
  for (const ip of s.loadBalancerVIPs) {
    const path = 'status.loadBalancer.ingress';
    if (p.hasEndpoints) placed.push(toChain(p, ip, p.externalChain, path, 'rule.services.loadBalancer'));
    if (p.usesFirewall) placed.push(...firewallElements(p, ip));
  }
  if (!p.hasExternal)
    for (const ip of s.loadBalancerVIPs) placed.push(refused(p, ip, 'spec.externalTrafficPolicy'));
  if (s.nodePort) placed.push(...nodePortElements(p));
  return placed;
}

const destination = (p: NftServicePlan, ip: string): string[] => [
  ip,
  p.service.protocol,
  String(p.service.port),
];

function clusterIP(p: NftServicePlan): PlacedElement {
  const ip = p.service.clusterIP;
  const why = serviceWhy(p, ['spec.clusterIP'], 'element.nft.clusterIP', { ip });
  return { set: 'cluster-ips', element: new PlannedElement([ip], {}, why) };
}

function toChain(p: NftServicePlan, ip: string, chain: string, path: string, code: string): PlacedElement {
  const { port, protocol } = p.service;
  const why = serviceWhy(p, [path, portField(p, 'port')], code, { ip, port, protocol, chain });
  const verdict: NftVerdict = { kind: 'goto', chain };
  return { set: 'service-ips', element: new PlannedElement(destination(p, ip), { verdict }, why) };
}

/** What becomes of packets that no endpoint can take. */
const refusal = (p: NftServicePlan): NftVerdict =>
  p.hasEndpoints ? { kind: 'drop' } : { kind: 'goto', chain: 'reject-chain' };

function refusedWhy(p: NftServicePlan, policy: string, at: string | number) {
  const code = p.hasEndpoints ? 'rule.noLocalEndpoints' : 'rule.noEndpoints';
  const paths = p.hasEndpoints ? [policy] : ['spec.selector', portField(p, 'targetPort')];
  return serviceWhy(p, paths, code, { at });
}

function refused(p: NftServicePlan, ip: string, policy: string): PlacedElement {
  const what = { verdict: refusal(p), comment: p.service.portName };
  const element = new PlannedElement(destination(p, ip), what, refusedWhy(p, policy, ip));
  return { set: 'no-endpoint-services', element };
}

function nodePortElements(p: NftServicePlan): PlacedElement[] {
  const { nodePort, protocol, portName } = p.service;
  const key = [protocol, String(nodePort)];
  const placed: PlacedElement[] = [];
  if (p.hasEndpoints) {
    const params = { port: nodePort, protocol, chain: p.externalChain };
    const why = serviceWhy(p, [portField(p, 'nodePort')], 'rule.nodePorts', params);
    const verdict: NftVerdict = { kind: 'goto', chain: p.externalChain };
    placed.push({ set: 'service-nodeports', element: new PlannedElement(key, { verdict }, why) });
  }
  if (!p.hasExternal) {
    const what = { verdict: refusal(p), comment: portName };
    const why = refusedWhy(p, 'spec.externalTrafficPolicy', nodePort);
    placed.push({ set: 'no-endpoint-nodeports', element: new PlannedElement(key, what, why) });
  }
  return placed;
}

function firewallElements(p: NftServicePlan, vip: string): PlacedElement[] {
  const key = destination(p, vip);
  const paths = ['spec.loadBalancerSourceRanges'];
  if (p.context.form.firewallChains) {
    const verdict: NftVerdict = { kind: 'goto', chain: p.firewallChain };
    const why = serviceWhy(p, paths, 'element.nft.firewall', { ip: vip, chain: p.firewallChain });
    return [{ set: 'firewall-ips', element: new PlannedElement(key, { verdict }, why) }];
  }
  const comment = p.service.portName;
  const why = serviceWhy(p, paths, 'element.nft.firewall', { ip: vip, chain: 'firewall-allow-check' });
  const placed: PlacedElement[] = [{ set: 'firewall', element: new PlannedElement(key, { comment }, why) }];
  const allow = (source: string, what: { comment?: string }, path: string, code: string): void => {
    const reason = { code, params: { service: p.service.portName, cidr: source } };
    const whyAllowed = () => ({ origin: serviceFields(p, path), reason });
    placed.push({ set: 'firewall-allow', element: new PlannedElement([...key, source], what, whyAllowed) });
  };
  const { sourceRanges } = p.service;
  for (const [i, range] of sourceRanges.entries())
    allow(range, { comment }, `spec.loadBalancerSourceRanges[${i}]`, 'rule.fw.allow');
  if (sourceRanges.some((range) => cidrContains(range, p.context.nodeIP)))
    allow(vip, {}, 'status.loadBalancer.ingress', 'rule.fw.allowNode');
  return placed;
}
