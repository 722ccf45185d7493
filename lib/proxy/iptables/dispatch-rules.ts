// The rules of a service port in the chains that all Services share: KUBE-SERVICES and KUBE-NODEPORTS in nat, and what is refused
// in filter. kube-proxy writes them in every sync.
import type { Match, Rule, Target } from '@/lib/net/ruleset/types';
import { COUNTER_LOCALHOST } from '../node-facts';
import { comment, destination, portField, serviceRule, to, type ServicePlan } from './service-plan';

const LOCAL_DESTINATION: Match = { kind: 'addrtype', dst: 'LOCAL' };
const nodePort = (p: ServicePlan): Match => ({ kind: 'dport', port: String(p.service.nodePort) });

export function natDispatch(p: ServicePlan): Rule[] {
  const { service: s } = p;
  const rules: Rule[] = [];
  const visit = (ip: string, what: string, target: string, path: string, code: string): void => {
    const matches = [comment(`${s.portName} ${what}`), ...destination(p, ip)];
    const params = { ip, port: s.port, protocol: s.protocol, chain: target };
    rules.push(
      serviceRule(p, 'KUBE-SERVICES', matches, to(target), [path, portField(p, 'port')], code, params),
    );
  };
  if (p.hasInternal)
    visit(s.clusterIP, 'cluster IP', p.internalTarget, 'spec.clusterIP', 'rule.services.clusterIP');
  if (!p.hasEndpoints) return rules;
  for (const [i, ip] of s.externalIPs.entries())
    visit(ip, 'external IP', p.ext, `spec.externalIPs[${i}]`, 'rule.services.externalIP');
  for (const ip of s.loadBalancerVIPs)
    visit(
      ip,
      'loadbalancer IP',
      p.usesFw ? p.fw : p.ext,
      'status.loadBalancer.ingress',
      'rule.services.loadBalancer',
    );
  if (s.nodePort) rules.push(...nodePortRules(p));
  return rules;
}

function nodePortRules(p: ServicePlan): Rule[] {
  const { service: s } = p;
  const name = p.named;
  const params = { port: s.nodePort, protocol: s.protocol, chain: p.ext };
  const rule = (matches: readonly Match[], code: string): Rule =>
    serviceRule(p, 'KUBE-NODEPORTS', matches, to(p.ext), [portField(p, 'nodePort')], code, params);
  const any = rule([name, p.transport, nodePort(p)], 'rule.nodePorts');
  if (!p.context.countLocalhostNodePorts) return [any];
  const localhost: Match = { kind: 'destination', cidr: '127.0.0.0/8' };
  const counter: Match = { kind: 'nfacct', name: COUNTER_LOCALHOST };
  return [rule([name, p.transport, localhost, nodePort(p), counter], 'rule.nodePorts.localhost'), any];
}

export function filterDispatch(p: ServicePlan): Rule[] {
  const { service: s } = p;
  const rules: Rule[] = [];
  const target: Target = p.hasEndpoints ? { kind: 'drop' } : { kind: 'reject' };
  const note = comment(`${s.portName} ${p.hasEndpoints ? 'has no local endpoints' : 'has no endpoints'}`);
  const code = p.hasEndpoints ? 'rule.noLocalEndpoints' : 'rule.noEndpoints';
  const refuse = (chain: string, where: readonly Match[], policy: string, at: string | number): void => {
    const paths = p.hasEndpoints ? [policy] : ['spec.selector', portField(p, 'targetPort')];
    rules.push(serviceRule(p, chain, [note, ...where], target, paths, code, { at }));
  };
  const refuseExternal = (where: readonly Match[], at: string | number): void =>
    refuse('KUBE-EXTERNAL-SERVICES', where, 'spec.externalTrafficPolicy', at);

  if (!p.hasInternal)
    refuse('KUBE-SERVICES', destination(p, s.clusterIP), 'spec.internalTrafficPolicy', s.clusterIP);
  if (!p.hasExternal) for (const ip of s.externalIPs) refuseExternal(destination(p, ip), ip);
  if (p.usesFw) for (const ip of s.loadBalancerVIPs) rules.push(notAcceptedByFirewall(p, ip));
  if (!p.hasExternal) {
    for (const ip of s.loadBalancerVIPs) refuseExternal(destination(p, ip), ip);
    if (s.nodePort) refuseExternal([LOCAL_DESTINATION, p.transport, nodePort(p)], s.nodePort);
  }
  if (s.healthCheckNodePort) rules.push(healthCheckRule(p));
  return rules;
}

function notAcceptedByFirewall(p: ServicePlan, ip: string): Rule {
  const matches = [comment(`${p.service.portName} traffic not accepted by ${p.fw}`), ...destination(p, ip)];
  const params = { ip, chain: p.fw };
  const paths = ['spec.loadBalancerSourceRanges'];
  return serviceRule(
    p,
    'KUBE-PROXY-FIREWALL',
    matches,
    { kind: 'drop' },
    paths,
    'rule.firewall.drop',
    params,
  );
}

function healthCheckRule(p: ServicePlan): Rule {
  const port = p.service.healthCheckNodePort;
  const matches: Match[] = [
    comment(`${p.service.portName} health check node port`),
    { kind: 'transport', protocol: 'tcp' },
    { kind: 'dport', port: String(port) },
  ];
  const paths = ['spec.healthCheckNodePort', 'spec.externalTrafficPolicy'];
  return serviceRule(p, 'KUBE-NODEPORTS', matches, { kind: 'accept' }, paths, 'rule.healthCheckNodePort', {
    port,
  });
}
