// Random policies over random Pods, against a second reading of the specification (k8s.io/api/networking/v1/types.go, word by word),
// which shares no code with the engine: and with the plugin’s three exceptions (its own node, ICMPv6, a Pod that calls itself).
import { expect, test } from 'vitest';
import { Random } from '@/lib/core/random';
import { selects } from '@/lib/kube/controllers/objects';
import type { IPFamily, NetworkPolicy, NetworkPolicyPeer, NetworkPolicyPort, Pod } from '@/lib/kube/types';
import type { Call } from '@/lib/net/datapath/connect';
import { callsIn, namespaceOf, podOf, v4, v6, type PodPlan } from './testing/policy-cluster';
import { NAMESPACES, PORTS, randomLabels, randomPolicy } from './testing/random-policies';

const SEEDS = Number(process.env['SEEDS'] ?? 20) * 2;
const CALLS = 40;

const CIDRS: Readonly<Record<IPFamily, readonly string[]>> = {
  IPv4: ['0.0.0.0/0', '10.0.0.0/8', '10.244.0.0/16', '10.244.1.0/24', '10.244.1.2/31', '10.244.1.3/32'],
  IPv6: ['::/0', 'fd00::/8', 'fd00:10:244::/56', 'fd00:10:244:1::/64', 'fd00:10:244:1::2/127'],
};

/** The bits of an address, as text: the plainest way to compare prefixes. */
function bits(address: string): string {
  if (address.includes('.'))
    return address
      .split('.')
      .map((part) => Number(part).toString(2).padStart(8, '0'))
      .join('');
  const [head = '', tail] = address.split('::').map((half) => half.split(':').filter(Boolean));
  const groups =
    tail === undefined
      ? [...head]
      : [...head, ...Array<string>(8 - head.length - tail.length).fill('0'), ...tail];
  return groups.map((group) => Number.parseInt(group, 16).toString(2).padStart(16, '0')).join('');
}

function isIn(address: string, cidr: string): boolean {
  const [base = '', length = ''] = cidr.split('/');
  if (base.includes(':') !== address.includes(':')) return false;
  return bits(address).slice(0, Number(length)) === bits(base).slice(0, Number(length));
}

interface End {
  readonly ip: string;
  readonly pod: Pod | undefined;
}

function isPeer(
  { ipBlock, podSelector, namespaceSelector }: NetworkPolicyPeer,
  own: string,
  { ip, pod }: End,
): boolean {
  if (ipBlock) return isIn(ip, ipBlock.cidr) && !(ipBlock.except ?? []).some((cidr) => isIn(ip, cidr));
  if (!pod) return false;
  const namespace = (pod.metadata.namespace ?? '') as keyof typeof NAMESPACES;
  const namespaceFits = namespaceSelector
    ? selects(namespaceSelector, { 'kubernetes.io/metadata.name': namespace, ...NAMESPACES[namespace] })
    : namespace === own;
  return namespaceFits && (podSelector === undefined || selects(podSelector, pod.metadata.labels));
}

function isPort({ protocol = 'TCP', port, endPort }: NetworkPolicyPort, call: Call, to: End): boolean {
  if (call.protocol.toUpperCase() !== protocol) return false;
  if (port === undefined) return true;
  const numbers =
    typeof port === 'number'
      ? [port]
      : (to.pod?.spec.containers ?? [])
          .flatMap((c) => c.ports ?? [])
          .filter((p) => p.name === port && p.protocol === protocol)
          .map((p) => p.containerPort);
  const first = numbers[0];
  const called = call.port ?? 0;
  return first !== undefined && called >= first && called <= (endPort ?? first);
}

function isAllowed(
  direction: 'ingress' | 'egress',
  policies: readonly NetworkPolicy[],
  call: Call,
  { from, to }: { readonly from: End; readonly to: End },
): boolean {
  const [self, other] = direction === 'ingress' ? [to, from] : [from, to];
  if (!self.pod) return true;
  const { namespace, labels } = self.pod.metadata;
  const isolating = policies.filter(({ metadata, spec = {} }) => {
    const governs =
      spec.policyTypes?.includes(direction === 'ingress' ? 'Ingress' : 'Egress') ??
      (direction === 'ingress' || (spec.egress ?? []).length > 0);
    return governs && metadata.namespace === namespace && selects(spec.podSelector ?? {}, labels);
  });
  if (isolating.length === 0) return true;
  return isolating.some(({ metadata, spec = {} }) => {
    const rules =
      direction === 'ingress'
        ? (spec.ingress ?? []).map((r) => ({ peers: r.from ?? [], ports: r.ports ?? [] }))
        : (spec.egress ?? []).map((r) => ({ peers: r.to ?? [], ports: r.ports ?? [] }));
    return rules.some(
      ({ peers, ports }) =>
        (peers.length === 0 || peers.some((p) => isPeer(p, metadata.namespace ?? '', other))) &&
        (ports.length === 0 || ports.some((p) => isPort(p, call, to))),
    );
  });
}

for (const family of ['IPv4', 'IPv6'] as const)
  test(
    `${SEEDS} random sets of policies allow what the specification says, ${family}`,
    { timeout: 120_000 },
    () => {
      let denied = 0;
      let total = 0;
      for (let seed = 0; seed < SEEDS; seed++) {
        const random = Random.seeded(seed);
        const address = family === 'IPv4' ? v4 : v6;
        const plans: PodPlan[] = Array.from({ length: 6 }, (_, i) => ({
          name: `pod-${i}`,
          node: random.pick([1, 2]),
          host: i + 1 + 1,
          namespace: random.pick(Object.keys(NAMESPACES)),
          labels: randomLabels(random),
        }));
        const policies = Array.from({ length: 1 + random.integer(4) }, (_, i) =>
          randomPolicy(random, `p${i}`, CIDRS[family]),
        );
        const namespaces = Object.entries(NAMESPACES).map(([name, labels]) => namespaceOf(name, labels));
        const pods = new Map(plans.map((plan) => [plan.name, podOf(plan)]));
        const ways = callsIn([...pods.values(), ...namespaces, ...policies]);
        for (let i = 0; i < CALLS; i++) {
          const to = random.pick(plans);
          const from = random.pick([...plans, ...plans, 'node-1', 'outside'] as const);
          const protocol = random.pick(['tcp', 'tcp', 'udp', 'sctp', 'icmp'] as const);
          const outside = family === 'IPv4' ? '203.0.113.7' : 'fd12::7';
          const nodeIp = family === 'IPv4' ? '192.168.10.11' : 'fd00:192:168:10::11';
          const call: Call = {
            from:
              from === 'outside'
                ? { external: outside }
                : from === 'node-1'
                  ? { node: from }
                  : { pod: `${from.namespace}/${from.name}` },
            to: address(to),
            protocol,
            ...(protocol !== 'icmp' && { port: random.pick(PORTS) }),
          };
          const ends = {
            from:
              typeof from === 'object'
                ? { ip: address(from), pod: pods.get(from.name) }
                : { ip: from === 'outside' ? outside : nodeIp, pod: undefined },
            to: { ip: address(to), pod: pods.get(to.name) },
          };
          const excepted =
            from === to || (from === 'node-1' && to.node === 1) || (family === 'IPv6' && protocol === 'icmp');
          const expected =
            excepted ||
            (isAllowed('egress', policies, call, ends) && isAllowed('ingress', policies, call, ends));
          const isDenied = ways(call).some((o) => /verdict\.(in|e)gressDenied/.test(o.reason.code));
          expect([seed, call, !isDenied]).toEqual([seed, call, expected]);
          if (isDenied) denied++;
          total++;
        }
      }
      // The policies are neither all shut nor all open.
      expect(denied / total).toBeGreaterThan(0.15);
      expect(denied / total).toBeLessThan(0.85);
    },
  );
