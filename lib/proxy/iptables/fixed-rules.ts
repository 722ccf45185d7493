// The rules that belong to no Service: jumps from the built-in chains, the masquerade block, KUBE-FORWARD, KUBE-FIREWALL and the
// node ports' tail (pkg/proxy/iptables/proxier.go, iptablesJumpChains and the end of syncProxyRules).
import {
  addressesOf,
  COUNTER_INVALID,
  isLoopback,
  type NodeFacts,
  type NodePortAddresses,
} from '../node-facts';
import type { FieldRef, Match, Reason, Rule, RuleFamily, Target } from '@/lib/net/ruleset/types';

const comment = (text: string): Match => ({ kind: 'comment', text });
const to = (chain: string): Target => ({ kind: 'jump', chain });
const reason = (code: string, params: Reason['params'] = {}): Reason => ({ code, params });
const configField = (path: string): FieldRef[] => [
  {
    kind: 'ConfigMap',
    namespace: 'kube-system',
    name: 'kube-proxy',
    path: `data["config.conf"]${path && '.' + path}`,
  },
];

/** KUBE-POSTROUTING and KUBE-MARK-MASQ. */
export function masqueradeRules(
  masqueradeBit: number,
  randomFully: boolean,
): { postrouting: Rule[]; markMasq: Rule[] } {
  const mark = (1 << masqueradeBit) >>> 0;
  const chain = 'KUBE-POSTROUTING';
  const origin = configField('iptables.masqueradeBit');
  return {
    postrouting: [
      {
        chain,
        matches: [{ kind: 'mark', value: mark, mask: mark, not: true }],
        target: { kind: 'return' },
        origin,
        reason: reason('rule.postrouting.unmarked'),
      },
      {
        chain,
        matches: [],
        target: { kind: 'mark', op: 'xor', value: mark },
        origin,
        reason: reason('rule.postrouting.clear'),
      },
      {
        chain,
        matches: [comment('kubernetes service traffic requiring SNAT')],
        target: { kind: 'masquerade', randomFully },
        origin,
        reason: reason('rule.postrouting.masquerade'),
      },
    ],
    markMasq: [
      {
        chain: 'KUBE-MARK-MASQ',
        matches: [],
        target: { kind: 'mark', op: 'or', value: mark },
        origin,
        reason: reason('rule.markMasq'),
      },
    ],
  };
}

export interface ForwardOptions {
  readonly masqueradeBit: number;
  /** Left out when conntrack is liberal about TCP windows. */
  readonly dropInvalid: boolean;
  readonly nfacct: readonly string[];
}

export function forwardRules({ masqueradeBit, dropInvalid, nfacct }: ForwardOptions): Rule[] {
  const mark = (1 << masqueradeBit) >>> 0;
  const chain = 'KUBE-FORWARD';
  const counted: Match[] = nfacct.includes(COUNTER_INVALID)
    ? [{ kind: 'nfacct', name: COUNTER_INVALID }]
    : [];
  const rules: Rule[] = [
    {
      chain,
      matches: [comment('kubernetes forwarding rules'), { kind: 'mark', value: mark, mask: mark }],
      target: { kind: 'accept' },
      reason: reason('rule.forward.marked'),
    },
    {
      chain,
      matches: [
        comment('kubernetes forwarding conntrack rule'),
        { kind: 'conntrack', states: ['RELATED', 'ESTABLISHED'] },
      ],
      target: { kind: 'accept' },
      reason: reason('rule.forward.established'),
    },
  ];
  if (!dropInvalid) return rules;
  const invalid: Rule = {
    chain,
    matches: [{ kind: 'conntrack', states: ['INVALID'] }, ...counted],
    target: { kind: 'drop' },
    reason: reason('rule.forward.invalid'),
  };
  return [invalid, ...rules];
}

/** CVE-2020-8558: nobody outside may reach the node's 127.0.0.0/8 although route_localnet is on. */
export const FIREWALL_RULE: Rule = {
  chain: 'KUBE-FIREWALL',
  matches: [
    comment('block incoming localnet connections'),
    { kind: 'destination', cidr: '127.0.0.0/8' },
    { kind: 'source', cidr: '127.0.0.0/8', not: true },
    { kind: 'conntrack', states: ['RELATED', 'ESTABLISHED', 'DNAT'], not: true },
  ],
  target: { kind: 'drop' },
  reason: reason('rule.firewall.localnet'),
};

/** The tail of nat KUBE-SERVICES: whatever is addressed to this node may be a node port. */
export function nodePortTail(
  addresses: NodePortAddresses,
  facts: NodeFacts,
  localhostNodePorts: boolean,
): Rule[] {
  const note = comment('kubernetes service nodeports; NOTE: this must be the last rule in this chain');
  const chain = 'KUBE-SERVICES';
  const shared = {
    chain,
    target: to('KUBE-NODEPORTS'),
    origin: configField('nodePortAddresses'),
    reason: reason('rule.services.nodePorts'),
  };
  const { family } = addresses;
  const skipLoopback = family === 'IPv6' || !localhostNodePorts;
  if (addresses.matchAll) {
    const loopback: Match[] = skipLoopback
      ? [{ kind: 'destination', cidr: family === 'IPv6' ? '::1/128' : '127.0.0.0/8', not: true }]
      : [];
    return [{ ...shared, matches: [note, { kind: 'addrtype', dst: 'LOCAL' }, ...loopback] }];
  }
  return addresses
    .within(addressesOf(facts, family))
    .filter((a) => !(skipLoopback && isLoopback(a)))
    .map((a) => ({ ...shared, matches: [note, { kind: 'destination', cidr: a }] }));
}

/** Jumps from the built-in chains in the order in which they stand on a node (kube-proxy prepends them one by one). */
export function jumpRules(
  family: RuleFamily,
  withFirewall: boolean,
): { readonly filter: Rule[]; readonly nat: Rule[] } {
  const fresh: Match = { kind: 'conntrack', states: ['NEW'] };
  const jump = (chain: string, target: string, text: string, onlyNew: boolean): Rule => ({
    chain,
    matches: [...(onlyNew ? [fresh] : []), ...(text ? [comment(text)] : [])],
    target: to(target),
    reason: reason('rule.jump', { from: chain, to: target }),
  });
  const balancer = (chain: string): Rule =>
    jump(chain, 'KUBE-PROXY-FIREWALL', 'kubernetes load balancer firewall', true);
  const portals = 'kubernetes service portals';
  const visible = 'kubernetes externally-visible service portals';
  const firewall = (chain: string): Rule[] =>
    withFirewall && family === 'IPv4' ? [jump(chain, 'KUBE-FIREWALL', '', false)] : [];
  return {
    filter: [
      balancer('INPUT'),
      jump('INPUT', 'KUBE-NODEPORTS', 'kubernetes health check service ports', false),
      jump('INPUT', 'KUBE-EXTERNAL-SERVICES', visible, true),
      ...firewall('INPUT'),
      balancer('FORWARD'),
      jump('FORWARD', 'KUBE-FORWARD', 'kubernetes forwarding rules', false),
      jump('FORWARD', 'KUBE-SERVICES', portals, true),
      jump('FORWARD', 'KUBE-EXTERNAL-SERVICES', visible, true),
      balancer('OUTPUT'),
      jump('OUTPUT', 'KUBE-SERVICES', portals, true),
      ...firewall('OUTPUT'),
    ],
    nat: [
      jump('PREROUTING', 'KUBE-SERVICES', portals, false),
      jump('OUTPUT', 'KUBE-SERVICES', portals, false),
      jump('POSTROUTING', 'KUBE-POSTROUTING', 'kubernetes postrouting rules', false),
    ],
  };
}
