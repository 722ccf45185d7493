// NetworkPolicies as the modelled plugin enforces them (lib/net/policy/plugin.ts): who reaches whom, at which node it is decided and what
// the decision sees. Both modes of kube-proxy lead to the same.
import { describe, expect, test } from 'vitest';
import type { KubeObject, NetworkPolicy } from '@/lib/kube/types';
import type { Call } from '@/lib/net/datapath/connect';
import {
  callsIn,
  namespaceOf,
  podOf,
  policyOf,
  serviceOf,
  v4,
  v6,
  type PodPlan,
} from './testing/policy-cluster';

const web: PodPlan = { name: 'web', node: 1, host: 10, labels: { app: 'web' } };
const web2: PodPlan = { name: 'web2', node: 2, host: 10, labels: { app: 'web' } };
const front: PodPlan = { name: 'front', node: 2, host: 20, labels: { role: 'frontend' } };
const other: PodPlan = { name: 'other', node: 1, host: 20, labels: { role: 'batch' } };
const shop: PodPlan = { name: 'shop', node: 2, host: 30, namespace: 'shop', labels: { role: 'frontend' } };
const daemon: PodPlan = {
  name: 'daemon',
  node: 1,
  host: 1,
  labels: { app: 'web', role: 'frontend' },
  hostNetwork: true,
};
const PODS = [web, web2, front, other, shop, daemon];

const WORLD: readonly KubeObject[] = [
  ...PODS.map(podOf),
  namespaceOf('default'),
  namespaceOf('shop', { team: 'sales' }),
  ...serviceOf({ name: 'one', ip: '10.96.0.1', port: 80, targetPort: 8080, nodePort: 30_080, pods: [web] }),
  ...serviceOf({
    name: 'local',
    ip: '10.96.0.2',
    port: 80,
    targetPort: 8080,
    nodePort: 30_081,
    externalTrafficPolicy: 'Local',
    pods: [web],
  }),
  ...serviceOf({ name: 'dns', ip: '10.96.0.53', port: 53, targetPort: 53, protocol: 'UDP', pods: [other] }),
  ...serviceOf({ name: 'self', ip: '10.96.0.4', port: 80, targetPort: 8080, pods: [front] }),
];

type Rule = NonNullable<NonNullable<NetworkPolicy['spec']>['ingress']>[number];
const WEB = { matchLabels: { app: 'web' } };
const FRONT = { matchLabels: { role: 'frontend' } };
const ingress = (...rules: Rule[]): NetworkPolicy => policyOf('web', { podSelector: WEB, ingress: rules });

interface To {
  readonly port?: number;
  readonly protocol?: Call['protocol'];
}

/** The verdicts of a Pod's call to another, in both modes of kube-proxy, which must agree. */
function verdict(policies: readonly KubeObject[], call: Call): string {
  const [a, b] = (['iptables', 'nftables'] as const).map((mode) => {
    const ways = callsIn([...WORLD, ...policies], mode)(call);
    return [...new Set(ways.map((o) => (o.verdict === 'delivered' ? o.verdict : o.reason.code)))].join();
  });
  expect(b).toBe(a);
  return a ?? '';
}

const direct = (policies: readonly KubeObject[], from: PodPlan, to: PodPlan, at: To = {}): string =>
  verdict(policies, {
    from: { pod: `${from.namespace ?? 'default'}/${from.name}` },
    to: v4(to),
    protocol: at.protocol ?? 'tcp',
    ...(at.protocol !== 'icmp' && { port: at.port ?? 8080 }),
  });

const OPEN = 'delivered';
const NO_INGRESS = 'verdict.ingressDenied';
const NO_EGRESS = 'verdict.egressDenied';

describe('ingress', () => {
  const cases: [what: string, rules: Rule[], from: PodPlan, at: To, expected: string][] = [
    ['no rule: nobody', [], front, {}, NO_INGRESS],
    ['an empty rule: everybody', [{}], other, {}, OPEN],
    ['empty lists are no restriction', [{ from: [], ports: [] }], other, {}, OPEN],
    ['by label', [{ from: [{ podSelector: FRONT }] }], front, {}, OPEN],
    ['by label: others not', [{ from: [{ podSelector: FRONT }] }], other, {}, NO_INGRESS],
    ['podSelector alone means this namespace', [{ from: [{ podSelector: FRONT }] }], shop, {}, NO_INGRESS],
    ['an empty podSelector: all Pods here', [{ from: [{ podSelector: {} }] }], other, {}, OPEN],
    ['an empty namespaceSelector: all Pods', [{ from: [{ namespaceSelector: {} }] }], shop, {}, OPEN],
    [
      'a namespace by its labels',
      [{ from: [{ namespaceSelector: { matchLabels: { team: 'sales' } } }] }],
      shop,
      {},
      OPEN,
    ],
    [
      'a namespace by its name',
      [{ from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } } }] }],
      front,
      {},
      NO_INGRESS,
    ],
    [
      'both selectors in one peer: and',
      [{ from: [{ namespaceSelector: { matchLabels: { team: 'sales' } }, podSelector: FRONT }] }],
      shop,
      {},
      OPEN,
    ],
    [
      'both selectors in one peer: not the other namespace',
      [{ from: [{ namespaceSelector: { matchLabels: { team: 'sales' } }, podSelector: FRONT }] }],
      front,
      {},
      NO_INGRESS,
    ],
    [
      'two peers: or',
      [{ from: [{ namespaceSelector: { matchLabels: { team: 'sales' } } }, { podSelector: FRONT }] }],
      front,
      {},
      OPEN,
    ],
    [
      'expressions',
      [
        {
          from: [
            { podSelector: { matchExpressions: [{ key: 'role', operator: 'NotIn', values: ['batch'] }] } },
          ],
        },
      ],
      other,
      {},
      NO_INGRESS,
    ],
    ['the targetPort, not the Service’s port', [{ ports: [{ port: 8080 }] }], front, {}, OPEN],
    ['another port', [{ ports: [{ port: 80 }] }], front, {}, NO_INGRESS],
    ['a port by its name', [{ ports: [{ port: 'http' }] }], front, {}, OPEN],
    ['a name of another port', [{ ports: [{ port: 'http' }] }], front, { port: 9000 }, NO_INGRESS],
    ['a range', [{ ports: [{ port: 8000, endPort: 8080 }] }], front, {}, OPEN],
    ['outside a range', [{ ports: [{ port: 8081, endPort: 9000 }] }], front, {}, NO_INGRESS],
    [
      'a protocol without port',
      [{ ports: [{ protocol: 'UDP' }] }],
      front,
      { port: 53, protocol: 'udp' },
      OPEN,
    ],
    ['another protocol', [{ ports: [{ protocol: 'UDP' }] }], front, {}, NO_INGRESS],
    ['a name of another protocol', [{ ports: [{ port: 'dns' }] }], front, { port: 53 }, NO_INGRESS],
    ['SCTP', [{ ports: [{ protocol: 'SCTP', port: 2905 }] }], front, { port: 2905, protocol: 'sctp' }, OPEN],
    [
      'ping passes by a rule without ports',
      [{ from: [{ podSelector: FRONT }] }],
      front,
      { protocol: 'icmp' },
      OPEN,
    ],
    [
      'ping passes by no rule with ports',
      [{ ports: [{ port: 8080 }] }],
      front,
      { protocol: 'icmp' },
      NO_INGRESS,
    ],
    ['a block of addresses', [{ from: [{ ipBlock: { cidr: '10.244.2.0/24' } }] }], front, {}, OPEN],
    [
      'but for an exception',
      [{ from: [{ ipBlock: { cidr: '10.244.0.0/16', except: ['10.244.2.16/28'] } }] }],
      front,
      {},
      NO_INGRESS,
    ],
    [
      'ports and peers of one rule: and',
      [
        { from: [{ podSelector: FRONT }], ports: [{ port: 9000 }] },
        { from: [{ podSelector: {} }], ports: [{ port: 53 }] },
      ],
      front,
      {},
      NO_INGRESS,
    ],
  ];
  test.each(cases)('%s', (_what, rules, from, at, expected) => {
    expect(direct([ingress(...rules)], from, web, at)).toBe(expected);
  });

  test('policies add up', () => {
    const deny = policyOf('deny-all', { podSelector: {} });
    expect(direct([deny, ingress({ from: [{ podSelector: FRONT }] })], front, web)).toBe(OPEN);
    expect(direct([deny, ingress({ from: [{ podSelector: FRONT }] })], other, web)).toBe(NO_INGRESS);
  });

  test('a policy acts in its namespace only, and on the Pods that it selects only', () => {
    expect(direct([policyOf('deny', { podSelector: {} }, 'shop')], front, web)).toBe(OPEN);
    expect(direct([ingress()], web, front)).toBe(OPEN);
  });

  test('the node of the Pod is always let in; another node by its address only', () => {
    const call = { to: v4(web), port: 8080, protocol: 'tcp' } as const;
    expect(verdict([ingress()], { ...call, from: { node: 'node-1' } })).toBe(OPEN);
    expect(verdict([ingress()], { ...call, from: { node: 'node-2' } })).toBe(NO_INGRESS);
    const block = ingress({ from: [{ ipBlock: { cidr: '192.168.10.12/32' } }] });
    expect(verdict([block], { ...call, from: { node: 'node-2' } })).toBe(OPEN);
  });

  test('Pods in a node’s network are neither selected nor peers', () => {
    const toHost = {
      from: { pod: 'default/front' },
      to: '192.168.10.11',
      port: 8080,
      protocol: 'tcp',
    } as const;
    expect(verdict([ingress()], toHost)).toBe(OPEN);
    const byLabel = ingress({ from: [{ podSelector: FRONT }] });
    const fromHost = { from: { pod: 'default/daemon' }, to: v4(web2), port: 8080, protocol: 'tcp' } as const;
    expect(verdict([byLabel], fromHost)).toBe(NO_INGRESS);
  });

  test('a Pod always reaches itself by its own address; by a Service its policies are asked', () => {
    const deny = policyOf('deny', { podSelector: FRONT, policyTypes: ['Ingress'] });
    expect(direct([deny], front, front)).toBe(OPEN);
    const hairpin = { from: { pod: 'default/front' }, to: '10.96.0.4', port: 80, protocol: 'tcp' } as const;
    expect(verdict([], hairpin)).toBe(OPEN);
    expect(verdict([deny], hairpin)).toBe(NO_INGRESS);
    const allow = policyOf('self', { podSelector: FRONT, ingress: [{ from: [{ podSelector: FRONT }] }] });
    expect(verdict([deny, allow], hairpin)).toBe(OPEN);
  });

  test('IPv6: blocks of its family, and ICMPv6 passes always', () => {
    const call = { from: { pod: 'default/front' }, to: v6(web), port: 8080, protocol: 'tcp' } as const;
    const block = (cidr: string) => ingress({ from: [{ ipBlock: { cidr } }] });
    expect(verdict([block('fd00:10:244:2::/64')], call)).toBe(OPEN);
    expect(verdict([block('10.244.0.0/16')], call)).toBe(NO_INGRESS);
    expect(verdict([ingress()], { from: call.from, to: call.to, protocol: 'icmp' })).toBe(OPEN);
  });
});

describe('what a block of addresses sees of a client outside', () => {
  const block = ingress({ from: [{ ipBlock: { cidr: '203.0.113.0/24' } }] });
  const from = { external: '203.0.113.7' };
  const at = (node: 1 | 2, port: number): Call => ({
    from,
    to: `192.168.10.1${node}`,
    port,
    protocol: 'tcp',
  });

  test('policy Cluster: its address on the node that it called, that node’s address elsewhere', () => {
    expect(verdict([block], at(1, 30_080))).toBe(OPEN);
    expect(verdict([block], at(2, 30_080))).toBe(NO_INGRESS);
    const nodes = ingress({ from: [{ ipBlock: { cidr: '192.168.10.0/24' } }] });
    expect(verdict([nodes], at(2, 30_080))).toBe(OPEN);
    expect(verdict([nodes], at(1, 30_080))).toBe(NO_INGRESS);
  });

  test('policy Local: always its own', () => {
    expect(verdict([block], at(1, 30_081))).toBe(OPEN);
    expect(verdict([ingress({ from: [{ ipBlock: { cidr: '198.51.100.0/24' } }] })], at(1, 30_081))).toBe(
      NO_INGRESS,
    );
  });
});

describe('egress', () => {
  type Spec = NonNullable<NetworkPolicy['spec']>;
  const egress = (...rules: NonNullable<Spec['egress']>[number][]): NetworkPolicy =>
    policyOf('front', { podSelector: FRONT, policyTypes: ['Egress'], egress: rules });
  const service = (to: string, port: number, protocol: Call['protocol'] = 'tcp'): Call => ({
    from: { pod: 'default/front' },
    to,
    port,
    protocol,
  });

  test('policyTypes Egress without rules: nothing leaves, everything comes in', () => {
    expect(direct([egress()], front, web)).toBe(NO_EGRESS);
    expect(direct([egress()], other, front)).toBe(OPEN);
  });

  test('egress rules alone isolate for ingress too (the default of policyTypes)', () => {
    const both = policyOf('front', { podSelector: FRONT, egress: [{}] });
    expect(direct([both], other, front)).toBe(NO_INGRESS);
    expect(direct([both], front, web)).toBe(OPEN);
  });

  test('sees the Pod behind the Service: its labels and its port', () => {
    expect(
      verdict([egress({ to: [{ podSelector: WEB }], ports: [{ port: 8080 }] })], service('10.96.0.1', 80)),
    ).toBe(OPEN);
    expect(
      verdict([egress({ to: [{ podSelector: WEB }], ports: [{ port: 80 }] })], service('10.96.0.1', 80)),
    ).toBe(NO_EGRESS);
    expect(
      verdict([egress({ to: [{ podSelector: WEB }], ports: [{ port: 'http' }] })], service('10.96.0.1', 80)),
    ).toBe(OPEN);
    expect(verdict([egress({ to: [{ ipBlock: { cidr: '10.96.0.0/16' } }] })], service('10.96.0.1', 80))).toBe(
      NO_EGRESS,
    );
    expect(
      verdict([egress({ to: [{ ipBlock: { cidr: '10.244.1.0/24' } }] })], service('10.96.0.1', 80)),
    ).toBe(OPEN);
  });

  test('a rule for the application does not let the name service through', () => {
    const app = egress({ to: [{ podSelector: WEB }] });
    expect(verdict([app], service('10.96.0.53', 53, 'udp'))).toBe(NO_EGRESS);
    const names = policyOf('dns', {
      podSelector: FRONT,
      policyTypes: ['Egress'],
      egress: [{ ports: [{ protocol: 'UDP', port: 53 }] }],
    });
    expect(verdict([app, names], service('10.96.0.53', 53, 'udp'))).toBe(OPEN);
  });

  test('both ends must agree', () => {
    const allowed = egress({ to: [{ podSelector: WEB }] });
    expect(direct([allowed, ingress()], front, web)).toBe(NO_INGRESS);
    expect(direct([allowed, ingress({ from: [{ podSelector: FRONT }] })], front, web)).toBe(OPEN);
  });

  test('a Pod reaches its own node whatever its policies say, other nodes by their addresses', () => {
    const to = (node: 1 | 2): Call => ({ ...service(`192.168.10.1${node}`, 8080) });
    const host = { ...daemon, name: 'daemon-2', node: 2 as const };
    expect(verdict([egress(), podOf(host)], to(2))).toBe(OPEN);
    expect(verdict([egress()], to(1))).toBe(NO_EGRESS);
    expect(verdict([egress({ to: [{ ipBlock: { cidr: '192.168.10.11/32' } }] })], to(1))).toBe(OPEN);
  });
});

describe('what is told', () => {
  const steps = (policies: readonly KubeObject[], from: PodPlan, to: PodPlan) =>
    (
      callsIn([...WORLD, ...policies])({
        from: { pod: `default/${from.name}` },
        to: v4(to),
        port: 8080,
        protocol: 'tcp',
      })[0]?.steps ?? []
    ).filter((s) => s.effect.code.startsWith('step.networkPolicy.'));

  test('the rule that allows: its policy, its field, its text, on the node of the Pod, before source NAT', () => {
    const [leaves, enters, ...answer] = steps([ingress({}, { from: [{ podSelector: FRONT }] })], front, web);
    expect(leaves).toMatchObject({ node: 'node-2', effect: { code: 'step.networkPolicy.egressOpen' } });
    expect(enters).toMatchObject({
      node: 'node-1',
      hook: 'POSTROUTING',
      table: 'inet kube-network-policies',
      effect: {
        code: 'step.networkPolicy.ingressAllowed',
        params: { policy: 'default/web', rule: 'spec.ingress[0]' },
      },
      origin: [{ kind: 'NetworkPolicy', namespace: 'default', name: 'web', path: 'spec.ingress[0]' }],
    });
    expect(enters?.rule?.text()).toBe('ingress[0]: {}');
    expect(answer.map((s) => [s.leg, s.effect.code])).toEqual([['answer', 'step.networkPolicy.established']]);
  });

  test('a denial names the policies that isolate, three of many', () => {
    const policies = ['a', 'b', 'c', 'd'].map((name) => policyOf(name, { podSelector: WEB }));
    const [, denied] = steps(policies, front, web);
    expect(denied?.effect).toEqual({
      code: 'step.networkPolicy.ingressDenied',
      params: { pod: 'default/web', policies: 'default/a, default/b, default/c, …' },
    });
  });

  test('without any policy in the cluster nothing of it is told, and the path is as ever', () => {
    const call = { from: { pod: 'default/front' }, to: '10.96.0.1', port: 80, protocol: 'tcp' } as const;
    expect(steps([], front, web)).toEqual([]);
    const [before] = callsIn(WORLD)(call);
    expect(before?.path.join()).not.toContain('postrouting');
  });
});
