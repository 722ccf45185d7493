// A service port's own chains in nat: KUBE-EXT, KUBE-FW, KUBE-SVC, KUBE-SVL and a KUBE-SEP for each endpoint. kube-proxy writes
// them only when the Service or its endpoints changed.
import { contains, parseCidr, parseIp } from '@/lib/core/ip';
import type { Chain, FieldRef, Match, Reason, Rule, Target } from '@/lib/net/ruleset/types';
import type { EndpointInfo } from '../endpoints';
import { probability } from './names';
import { PlannedRule } from './planned-rule';
import {
  comment,
  destination,
  MARK_MASQ,
  portField,
  sepOf,
  serviceFields,
  serviceRule,
  to,
  type ServicePlan,
} from './service-plan';

const LOCAL_SOURCE: Match = { kind: 'addrtype', src: 'LOCAL' };

/** Names of the chains that `ownChains` makes, in the same order. */
export function ownChainNames(p: ServicePlan): string[] {
  const names: string[] = [];
  if (p.usesExt) names.push(p.ext);
  if (p.usesFw) names.push(p.fw);
  if (p.usesSvc) names.push(p.svc);
  if (p.usesSvl) names.push(p.svl);
  for (const e of p.endpoints.all) names.push(sepOf(p, e));
  return names;
}

export function ownChains(p: ServicePlan): Chain[] {
  const { cluster, local, all } = p.endpoints;
  const chains: Chain[] = [];
  if (p.usesExt) chains.push({ name: p.ext, rules: externalRules(p) });
  if (p.usesFw) chains.push({ name: p.fw, rules: firewallRules(p) });
  if (p.usesSvc) chains.push({ name: p.svc, rules: policyRules(p, p.svc, cluster ?? []) });
  if (p.usesSvl) chains.push({ name: p.svl, rules: policyRules(p, p.svl, local ?? []) });
  for (const e of all) chains.push({ name: sepOf(p, e), rules: endpointRules(p, e) });
  return chains;
}

/** Number of rules in `ownChains`, without making those of the endpoints. */
export function countOwnRules(p: ServicePlan): number {
  const { cluster, local, all } = p.endpoints;
  const perEndpoint = p.service.stickyMaxAgeSeconds ? 2 : 1;
  let count = 2 * all.length + perEndpoint * ((cluster?.length ?? 0) + (local?.length ?? 0));
  if (masquerades(p)) count++;
  if (p.usesExt) count += externalRules(p).length;
  if (p.usesFw) count += firewallRules(p).length;
  return count;
}

const masquerades = (p: ServicePlan): boolean =>
  p.hasInternal && (p.context.masqueradeAll || p.context.detector !== null);

/** KUBE-SVC and KUBE-SVL: masquerade what comes from outside the cluster, then choose an endpoint. */
function policyRules(p: ServicePlan, chain: string, endpoints: readonly EndpointInfo[]): Rule[] {
  const rules: Rule[] = [];
  if (chain === p.internalTarget && masquerades(p)) rules.push(internalMasquerade(p, chain));
  if (p.service.stickyMaxAgeSeconds) for (const e of endpoints) rules.push(affinityRule(p, chain, e));
  for (const [i, e] of endpoints.entries()) rules.push(choiceRule(p, chain, e, i, endpoints.length));
  return rules;
}

function internalMasquerade(p: ServicePlan, chain: string): Rule {
  const { masqueradeAll, detector } = p.context;
  const matches = [comment(`${p.service.portName} cluster IP`), ...destination(p, p.service.clusterIP)];
  if (!masqueradeAll && detector) matches.push(detector(true));
  return new PlannedRule(chain, matches, MARK_MASQ, () => {
    const path = `data["config.conf"].${masqueradeAll ? 'iptables.masqueradeAll' : 'clusterCIDR'}`;
    const config: FieldRef = { kind: 'ConfigMap', namespace: 'kube-system', name: 'kube-proxy', path };
    return {
      origin: [...serviceFields(p, 'spec.clusterIP', portField(p, 'port')), config],
      reason: {
        code: masqueradeAll ? 'rule.svc.masqueradeAll' : 'rule.svc.masquerade',
        params: { service: p.service.portName },
      },
    };
  });
}

/** A rule about one endpoint: it follows from the fields that make a Pod an endpoint, from the slice and from the Pod. */
function endpointRule(
  p: ServicePlan,
  e: EndpointInfo,
  rule: {
    chain: string;
    matches: readonly Match[];
    target: Target;
    fields?: readonly string[];
    reason: Reason;
  },
): Rule {
  return new PlannedRule(rule.chain, rule.matches, rule.target, () => {
    const [namespace = '', name = ''] = e.slice.split('/');
    const origin = serviceFields(p, 'spec.selector', portField(p, 'targetPort'), ...(rule.fields ?? []));
    origin.push({ kind: 'EndpointSlice', namespace, name, path: `endpoints[${e.address}]` });
    if (e.target?.kind === 'Pod') {
      const pod = { kind: 'Pod', namespace: e.target.namespace ?? namespace, name: e.target.name ?? '' };
      origin.push({ ...pod, path: 'status.podIP' });
    }
    return { origin, reason: rule.reason };
  });
}

const endpointComment = (p: ServicePlan, e: EndpointInfo): Match[] =>
  p.withComments ? [comment(`${p.service.portName} -> ${e.address}`)] : [];

function affinityRule(p: ServicePlan, chain: string, e: EndpointInfo): Rule {
  const seconds = p.service.stickyMaxAgeSeconds;
  const sep = sepOf(p, e);
  return endpointRule(p, e, {
    chain,
    matches: [...endpointComment(p, e), { kind: 'recent', name: sep, op: 'rcheck', seconds, reap: true }],
    target: to(sep),
    fields: ['spec.sessionAffinity', 'spec.sessionAffinityConfig.clientIP.timeoutSeconds'],
    reason: { code: 'rule.svc.affinity', params: { endpoint: e.address, seconds } },
  });
}

function choiceRule(p: ServicePlan, chain: string, e: EndpointInfo, i: number, n: number): Rule {
  const last = i === n - 1;
  const chance: Match[] = last ? [] : [{ kind: 'statistic', probability: probability(n - i) }];
  const code =
    n === 1 ? 'rule.svc.only' : last ? 'rule.svc.last' : i === 0 ? 'rule.svc.first' : 'rule.svc.probability';
  return endpointRule(p, e, {
    chain,
    matches: [...endpointComment(p, e), ...chance],
    target: to(sepOf(p, e)),
    reason: { code, params: { endpoint: e.address, before: i, left: n - i, of: n } },
  });
}

/** KUBE-SEP: hairpin masquerade, affinity memory, DNAT. */
function endpointRules(p: ServicePlan, e: EndpointInfo): Rule[] {
  const chain = sepOf(p, e);
  const named: Match[] = p.withComments ? [p.named] : [];
  const sticky = p.service.stickyMaxAgeSeconds > 0;
  const remember: Match[] = sticky ? [{ kind: 'recent', name: chain, op: 'set' }] : [];
  return [
    endpointRule(p, e, {
      chain,
      matches: [...named, { kind: 'source', cidr: e.ip }],
      target: MARK_MASQ,
      reason: { code: 'rule.sep.hairpin', params: { ip: e.ip } },
    }),
    endpointRule(p, e, {
      chain,
      matches: [...named, ...remember, p.transport],
      target: { kind: 'dnat', to: e.address },
      fields: sticky ? ['spec.sessionAffinity'] : [],
      reason: { code: sticky ? 'rule.sep.dnatSticky' : 'rule.sep.dnat', params: { endpoint: e.address } },
    }),
  ];
}

/** KUBE-EXT: what came by a node port, an external IP or a load balancer. */
function externalRules(p: ServicePlan): Rule[] {
  const { service: s } = p;
  const rules: Rule[] = [];
  const add = (matches: readonly Match[], target: Target, code: string): void =>
    void rules.push(serviceRule(p, p.ext, matches, target, ['spec.externalTrafficPolicy'], code));
  const about = (what: string): Match => comment(`${what} for ${s.portName} external destinations`);
  if (!s.externalPolicyLocal) add([about('masquerade traffic')], MARK_MASQ, 'rule.ext.masquerade');
  else {
    const { detector } = p.context;
    if (detector) add([about('pod traffic'), detector(false)], to(p.svc), 'rule.ext.podTraffic');
    add([about('masquerade LOCAL traffic'), LOCAL_SOURCE], MARK_MASQ, 'rule.ext.masqueradeLocal');
    add([about('route LOCAL traffic'), LOCAL_SOURCE], to(p.svc), 'rule.ext.routeLocal');
  }
  if (p.hasExternal)
    add([], to(p.externalTarget), s.externalPolicyLocal ? 'rule.ext.toLocal' : 'rule.ext.toCluster');
  return rules;
}

/** KUBE-FW: loadBalancerSourceRanges. */
function firewallRules(p: ServicePlan): Rule[] {
  const { service: s } = p;
  const rules: Rule[] = [];
  const note = comment(`${s.portName} loadbalancer IP`);
  const allow = (cidr: string, path: string, code: string): void =>
    void rules.push(
      serviceRule(p, p.fw, [note, { kind: 'source', cidr }], to(p.ext), [path], code, { cidr }),
    );
  const nodeIP = parseIp(p.context.nodeIP);
  let fromNode = false;
  for (const [i, range] of s.sourceRanges.entries()) {
    allow(range, `spec.loadBalancerSourceRanges[${i}]`, 'rule.fw.allow');
    const cidr = parseCidr(range);
    if (cidr && nodeIP && contains(cidr, nodeIP)) fromNode = true;
  }
  // A node that carries the VIP itself calls it with the VIP as its source.
  if (fromNode)
    for (const ip of s.loadBalancerVIPs) allow(ip, 'status.loadBalancer.ingress', 'rule.fw.allowNode');
  const rest = comment(`other traffic to ${s.portName} will be dropped by KUBE-PROXY-FIREWALL`);
  rules.push(serviceRule(p, p.fw, [rest], null, ['spec.loadBalancerSourceRanges'], 'rule.fw.rest'));
  return rules;
}
