// A service port's own chains and affinity sets: service-, local-, external-, firewall- and an endpoint- for each endpoint.
import type { NftOperation, NftSetHead } from '@/lib/net/nft/operations';
import type { NftRule, NftStatement } from '@/lib/net/nft/types';
import type { FieldRef } from '@/lib/net/ruleset/types';
import type { EndpointInfo } from '../endpoints';
import {
  affinitySetOf,
  CommentedNftRule,
  endpointChainOf,
  endpointFields,
  PlannedNftRule,
  portField,
  serviceFields,
  serviceWhy,
  type NftServicePlan,
} from './service-plan';
import { cidrContains } from './source-ranges';
import { DROP, goTo, inSet, l4proto, LOCAL_SOURCE, MARK_FOR_MASQUERADE, match } from './words';

/** Names of the port's chains in the order in which kube-proxy makes them. */
export function ownChainNames(p: NftServicePlan): string[] {
  const names = p.endpoints.all.map((e) => endpointChainOf(p, e));
  if (p.usesCluster) names.push(p.clusterChain);
  if (p.usesLocal) names.push(p.localChain);
  if (p.usesExternal) names.push(p.externalChain);
  if (p.usesFirewall && p.context.form.firewallChains) names.push(p.firewallChain);
  return names;
}

/** The sets that remember which client was sent to which endpoint. */
export function affinitySets(p: NftServicePlan): NftSetHead[] {
  if (!p.sticky) return [];
  return p.endpoints.all.map((e) => ({
    name: affinitySetOf(p, e),
    types: [p.context.words.address],
    flags: ['dynamic', 'timeout'],
    timeoutSeconds: p.service.stickyMaxAgeSeconds,
  }));
}

/** The rules of the port's chains and its affinity sets, in the order in which kube-proxy writes them. */
export function* ownRuleOperations(p: NftServicePlan): Generator<NftOperation> {
  const add = (chain: string, rule: NftRule): NftOperation => ({ verb: 'add', object: 'rule', chain, rule });
  for (const rule of internalMasquerade(p)) yield add(p.internalTarget, rule);
  if (p.usesExternal) for (const rule of externalRules(p)) yield add(p.externalChain, rule);
  if (p.usesFirewall && p.context.form.firewallChains) yield add(p.firewallChain, firewallRule(p));
  for (const set of affinitySets(p)) yield { verb: 'add', object: 'set', set };
  const { cluster, local, all } = p.endpoints;
  if (p.usesCluster) for (const rule of choiceRules(p, cluster ?? [])) yield add(p.clusterChain, rule);
  if (p.usesLocal) for (const rule of choiceRules(p, local ?? [])) yield add(p.localChain, rule);
  for (const e of all) for (const rule of endpointRules(p, e)) yield add(endpointChainOf(p, e), rule);
}

/** The whole content of the own chains by name, made when somebody looks at them. */
export function ownChainRules(p: NftServicePlan): Map<string, () => NftRule[]> {
  const { cluster, local, all } = p.endpoints;
  const chains = new Map<string, () => NftRule[]>();
  for (const e of all) chains.set(endpointChainOf(p, e), () => endpointRules(p, e));
  const policy = (chain: string, list: readonly EndpointInfo[]) => (): NftRule[] => [
    ...(chain === p.internalTarget ? internalMasquerade(p) : []),
    ...choiceRules(p, list),
  ];
  if (p.usesCluster) chains.set(p.clusterChain, policy(p.clusterChain, cluster ?? []));
  if (p.usesLocal) chains.set(p.localChain, policy(p.localChain, local ?? []));
  if (p.usesExternal) chains.set(p.externalChain, () => externalRules(p));
  if (p.usesFirewall && p.context.form.firewallChains) chains.set(p.firewallChain, () => [firewallRule(p)]);
  return chains;
}

/** Masquerades what comes to the clusterIP from outside the cluster. */
function internalMasquerade(p: NftServicePlan): NftRule[] {
  const { masqueradeAll, detector, words, form } = p.context;
  if (!p.hasInternal || (!masqueradeAll && !detector)) return [];
  const { service: s } = p;
  const statements = [match(words.daddr, s.clusterIP)];
  if (form.masqueradeByPort) {
    const dport = { kind: 'payload', protocol: s.protocol, field: 'dport' } as const;
    statements.push(match(dport, String(s.port)));
  }
  if (!masqueradeAll && detector) statements.push(detector(true));
  statements.push(MARK_FOR_MASQUERADE);
  return [
    new PlannedNftRule(statements, () => {
      const path = `data["config.conf"].${masqueradeAll ? 'nftables.masqueradeAll' : 'clusterCIDR'}`;
      const config: FieldRef = { kind: 'ConfigMap', namespace: 'kube-system', name: 'kube-proxy', path };
      return {
        origin: [...serviceFields(p, 'spec.clusterIP', portField(p, 'port')), config],
        reason: {
          code: masqueradeAll ? 'rule.svc.masqueradeAll' : 'rule.svc.masquerade',
          params: { service: s.portName },
        },
      };
    }),
  ];
}

/** What came by a node port, an external IP or a load balancer. */
function externalRules(p: NftServicePlan): NftRule[] {
  const { service: s, context } = p;
  const why = (code: string) => serviceWhy(p, ['spec.externalTrafficPolicy'], code);
  const rules: NftRule[] = [];
  const say = (statements: readonly NftStatement[], comment: string, code: string): void =>
    void rules.push(new CommentedNftRule(statements, comment, why(code)));
  if (!s.externalPolicyLocal)
    rules.push(new PlannedNftRule([MARK_FOR_MASQUERADE], why('rule.ext.masquerade')));
  else {
    const toCluster = goTo(p.clusterChain);
    if (context.detector)
      say([context.detector(false), toCluster], 'short-circuit pod traffic', 'rule.ext.podTraffic');
    say([LOCAL_SOURCE, MARK_FOR_MASQUERADE], 'masquerade local traffic', 'rule.ext.masqueradeLocal');
    say([LOCAL_SOURCE, toCluster], 'short-circuit local traffic', 'rule.ext.routeLocal');
  }
  if (p.hasExternal) {
    const code = s.externalPolicyLocal ? 'rule.ext.toLocal' : 'rule.ext.toCluster';
    rules.push(new PlannedNftRule([goTo(p.externalTarget)], why(code)));
  }
  return rules;
}

/** loadBalancerSourceRanges. */
function firewallRule(p: NftServicePlan): NftRule {
  const { sourceRanges, loadBalancerVIPs } = p.service;
  const elements = [...sourceRanges];
  // A node that carries the VIP itself calls it with the VIP as its source.
  if (sourceRanges.some((range) => cidrContains(range, p.context.nodeIP))) elements.push(...loadBalancerVIPs);
  const outside = match(p.context.words.saddr, { kind: 'literal', elements }, '!=');
  const why = serviceWhy(p, ['spec.loadBalancerSourceRanges'], 'rule.nft.sourceRanges', {
    cidrs: elements.join(', '),
  });
  return new PlannedNftRule([outside, DROP], why);
}

/** Session affinity, then numgen. */
function choiceRules(p: NftServicePlan, endpoints: readonly EndpointInfo[]): NftRule[] {
  const rules: NftRule[] = [];
  const { saddr } = p.context.words;
  const seconds = p.service.stickyMaxAgeSeconds;
  if (p.sticky)
    for (const e of endpoints) {
      const statements = [inSet(saddr, affinitySetOf(p, e)), goTo(endpointChainOf(p, e))];
      const fields = ['spec.sessionAffinity', 'spec.sessionAffinityConfig.clientIP.timeoutSeconds'];
      rules.push(
        new PlannedNftRule(statements, () => ({
          origin: endpointFields(p, e, ...fields),
          reason: { code: 'rule.svc.affinity', params: { endpoint: e.address, seconds } },
        })),
      );
    }
  const numgen: NftStatement = {
    kind: 'vmap-literal',
    key: { kind: 'numgen', mode: 'random', mod: endpoints.length },
    entries: endpoints.map((e, i) => ({
      key: String(i),
      verdict: { kind: 'goto', chain: endpointChainOf(p, e) },
    })),
  };
  rules.push(
    new PlannedNftRule([numgen], () => ({
      origin: endpoints.flatMap((e) => endpointFields(p, e)),
      reason: {
        code: 'rule.nft.choice',
        params: { service: p.service.portName, of: endpoints.length },
      },
    })),
  );
  return rules;
}

/** Hairpin masquerade, affinity memory, DNAT. */
function endpointRules(p: NftServicePlan, e: EndpointInfo): NftRule[] {
  const { words } = p.context;
  const rule = (statements: readonly NftStatement[], code: string, fields: readonly string[] = []): NftRule =>
    new PlannedNftRule(statements, () => ({
      origin: endpointFields(p, e, ...fields),
      reason: { code, params: { endpoint: e.address, ip: e.ip } },
    }));
  const rules = [rule([match(words.saddr, e.ip), MARK_FOR_MASQUERADE], 'rule.sep.hairpin')];
  if (p.sticky) {
    const remember: NftStatement = {
      kind: 'dynset',
      op: 'update',
      set: affinitySetOf(p, e),
      key: words.saddr,
    };
    rules.push(rule([remember], 'rule.nft.remember', ['spec.sessionAffinity']));
  }
  const dnat: NftStatement = { kind: 'dnat', to: e.address, flags: [] };
  rules.push(rule([l4proto(p.service.protocol), dnat], 'rule.sep.dnat'));
  return rules;
}
