// Small hand-written rule sets for the tests of the chain view, word for word as kube-proxy writes them.
import type { Chain, Match, Rule, RuleSet, TableName, Target } from './types';

/** Rules per "table/CHAIN". */
export type Chains = Readonly<Record<string, readonly Rule[]>>;

export function ruleSet(chains: Chains): RuleSet {
  const find = (table: TableName, name: string): Chain | undefined => {
    const rules = chains[`${table}/${name}`];
    return rules && { name, rules };
  };
  return {
    family: 'IPv4',
    tables: ['filter', 'nat'],
    chain: find,
    chains: (table) =>
      Object.keys(chains).flatMap((key) => {
        const [of, name = ''] = key.split('/');
        const chain = of === table ? find(table, name) : undefined;
        return chain ? [chain] : [];
      }),
  };
}

export const comment = (text: string): Match => ({ kind: 'comment', text });
export const tcp: Match = { kind: 'transport', protocol: 'tcp' };
export const to = (ip: string): Match => ({ kind: 'destination', cidr: ip });
export const from = (cidr: string, not = false): Match => ({ kind: 'source', cidr, not });
export const dport = (port: number): Match => ({ kind: 'dport', port: String(port) });
export const jump = (chain: string): Target => ({ kind: 'jump', chain });

export const rule = (chain: string, matches: readonly Match[], target: Target | null): Rule => ({
  chain,
  matches,
  target,
});

/** The built-in chains' jumps, and masquerading: the same on every node. */
export const FIXED: Chains = {
  'nat/PREROUTING': [rule('PREROUTING', [comment('kubernetes service portals')], jump('KUBE-SERVICES'))],
  'nat/OUTPUT': [rule('OUTPUT', [comment('kubernetes service portals')], jump('KUBE-SERVICES'))],
  'nat/POSTROUTING': [
    rule('POSTROUTING', [comment('kubernetes postrouting rules')], jump('KUBE-POSTROUTING')),
    rule('POSTROUTING', [], jump('CNI-HOSTPORT-MASQ')),
  ],
  'nat/KUBE-MARK-MASQ': [rule('KUBE-MARK-MASQ', [], { kind: 'mark', op: 'or', value: 0x4000 })],
  'nat/KUBE-POSTROUTING': [
    rule('KUBE-POSTROUTING', [{ kind: 'mark', value: 0x4000, mask: 0x4000, not: true }], { kind: 'return' }),
    rule('KUBE-POSTROUTING', [], { kind: 'mark', op: 'xor', value: 0x4000 }),
    rule('KUBE-POSTROUTING', [comment('kubernetes service traffic requiring SNAT')], {
      kind: 'masquerade',
      randomFully: true,
    }),
  ],
  'filter/INPUT': [
    rule('INPUT', [comment('kubernetes load balancer firewall')], jump('KUBE-PROXY-FIREWALL')),
    rule('INPUT', [comment('kubernetes health check service ports')], jump('KUBE-NODEPORTS')),
    rule('INPUT', [comment('kubernetes externally-visible service portals')], jump('KUBE-EXTERNAL-SERVICES')),
  ],
  'filter/FORWARD': [
    rule('FORWARD', [comment('kubernetes load balancer firewall')], jump('KUBE-PROXY-FIREWALL')),
    rule('FORWARD', [comment('kubernetes forwarding rules')], jump('KUBE-FORWARD')),
    rule('FORWARD', [comment('kubernetes service portals')], jump('KUBE-SERVICES')),
    rule(
      'FORWARD',
      [comment('kubernetes externally-visible service portals')],
      jump('KUBE-EXTERNAL-SERVICES'),
    ),
  ],
  'filter/OUTPUT': [
    rule('OUTPUT', [comment('kubernetes load balancer firewall')], jump('KUBE-PROXY-FIREWALL')),
    rule('OUTPUT', [comment('kubernetes service portals')], jump('KUBE-SERVICES')),
  ],
};

export const NODEPORT_TAIL: Rule = rule(
  'KUBE-SERVICES',
  [
    comment('kubernetes service nodeports; NOTE: this must be the last rule in this chain'),
    { kind: 'addrtype', dst: 'LOCAL' },
  ],
  jump('KUBE-NODEPORTS'),
);

export interface PolicyChain {
  readonly chain: string;
  readonly port: string;
  readonly endpoints: readonly string[];
  readonly masquerade?: boolean;
  readonly affinitySeconds?: number;
}

/** "10.244.1.5:8080" → its chain; real ones carry a hash, which nothing here depends on. */
export const sepOf = (endpoint: string): string => `KUBE-SEP-${endpoint.replace(/[^0-9]/g, 'X')}`;

/** A KUBE-SVC or KUBE-SVL chain and the chains of its endpoints, with kube-proxy's probabilities. */
export function policyChain({ chain, port, endpoints, masquerade, affinitySeconds }: PolicyChain): Chains {
  const rules: Rule[] = [];
  if (masquerade)
    rules.push(
      rule(
        chain,
        [comment(`${port} cluster IP`), tcp, to('10.96.0.9'), dport(80), from('10.244.0.0/16', true)],
        jump('KUBE-MARK-MASQ'),
      ),
    );
  const name = (e: string): Match => comment(`${port} -> ${e}`);
  if (affinitySeconds !== undefined)
    for (const e of endpoints)
      rules.push(
        rule(
          chain,
          [name(e), { kind: 'recent', name: sepOf(e), op: 'rcheck', seconds: affinitySeconds, reap: true }],
          jump(sepOf(e)),
        ),
      );
  for (const [i, e] of endpoints.entries()) {
    const left = endpoints.length - i;
    const lot: Match[] = left > 1 ? [{ kind: 'statistic', probability: (1 / left).toFixed(10) }] : [];
    rules.push(rule(chain, [name(e), ...lot], jump(sepOf(e))));
  }
  return { [`nat/${chain}`]: rules, ...endpointChains(port, endpoints, affinitySeconds !== undefined) };
}

function endpointChains(port: string, endpoints: readonly string[], sticky: boolean): Chains {
  return Object.fromEntries(
    endpoints.map((e) => {
      const chain = sepOf(e);
      const remember: Match[] = sticky ? [{ kind: 'recent', name: chain, op: 'set' }] : [];
      const hairpin = rule(
        chain,
        [comment(port), from(e.slice(0, e.lastIndexOf(':')))],
        jump('KUBE-MARK-MASQ'),
      );
      return [
        `nat/${chain}`,
        [hairpin, rule(chain, [comment(port), ...remember, tcp], { kind: 'dnat', to: e })],
      ];
    }),
  );
}

/** A ClusterIP Service default/web with these endpoints; the same address and port for each, as an edit would leave them. */
export function clusterIP(endpoints: readonly string[], options: Partial<PolicyChain> = {}): RuleSet {
  const vip: readonly Match[] = [tcp, to('10.96.0.9'), dport(80)];
  const other = rule(
    'KUBE-SERVICES',
    [comment('default/web-2:http cluster IP'), tcp, to('10.96.0.8'), dport(80)],
    jump('KUBE-SVC-OTHER'),
  );
  if (!endpoints.length)
    return ruleSet({
      ...FIXED,
      'nat/KUBE-SERVICES': [other, NODEPORT_TAIL],
      'filter/KUBE-SERVICES': [
        rule('KUBE-SERVICES', [comment('default/web:http has no endpoints'), ...vip], { kind: 'reject' }),
      ],
    });
  return ruleSet({
    ...FIXED,
    'nat/KUBE-SERVICES': [
      other,
      rule('KUBE-SERVICES', [comment('default/web:http cluster IP'), ...vip], jump('KUBE-SVC-WEB')),
      NODEPORT_TAIL,
    ],
    ...policyChain({
      chain: 'KUBE-SVC-WEB',
      port: 'default/web:http',
      endpoints,
      masquerade: true,
      ...options,
    }),
  });
}

/** "10.244.1.5:8080", "10.244.2.5:8080" … */
export const addresses = (n: number): readonly string[] =>
  Array.from({ length: n }, (_, i) => `10.244.${(i % 3) + 1}.${5 + Math.floor(i / 3)}:8080`).sort();

/** One Pod an address, named after it. */
export const podOf = (ip: string): { namespace: string; name: string; nodeName: string } => ({
  namespace: 'default',
  name: `web-${ip.split('.').slice(2).join('-')}`,
  nodeName: `node-${ip.split('.')[2] ?? ''}`,
});
