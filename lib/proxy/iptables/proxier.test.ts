// What may be relied on: the rules are those that kube-proxy writes, a partial sync leads where a full one would, and every
// endpoint gets its share.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Random } from '@/lib/core/random';
import type { EndpointSlice, IPFamily, Node, Service } from '@/lib/kube/types';
import { LEARNER_VERSIONS, type K8sVersion } from '@/lib/kube/versions';
import { printRule } from '@/lib/net/ruleset/print';
import { printRestore } from '@/lib/net/ruleset/restore-input';
import { NodeTables } from '@/lib/net/ruleset/tables';
import type { Rule, RuleSet } from '@/lib/net/ruleset/types';
import { proxyConfig } from '../config';
import { nodeFacts } from '../node-facts';
import { randomCluster, randomService, randomSlices } from '../testing/random-cluster';
import { IptablesProxier } from './proxier';
import { hash16 } from '../name-hash';

const NODE: Node = {
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: 'node-1', labels: { 'topology.kubernetes.io/zone': 'a' } },
  spec: { podCIDR: '10.244.1.0/24', podCIDRs: ['10.244.1.0/24'] },
  status: { addresses: [{ type: 'InternalIP', address: '192.168.10.11' }] },
};

function proxier(
  config: unknown = { clusterCIDR: '10.244.0.0/16' },
  version: K8sVersion = '1.32',
  family: IPFamily = 'IPv4',
) {
  return new IptablesProxier({
    config: proxyConfig(config),
    facts: nodeFacts(NODE, version),
    version,
    family,
  });
}

function web(spec: Partial<Service['spec']> = {}): Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'my-web-service', namespace: 'default' },
    spec: {
      type: 'ClusterIP',
      clusterIP: '10.96.41.7',
      ports: [{ port: 80, protocol: 'TCP', targetPort: 8080 }],
      ...spec,
    },
  };
}

function slice(name: string, addresses: readonly string[], service = 'my-web-service'): EndpointSlice {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name, namespace: 'default', labels: { 'kubernetes.io/service-name': service } },
    addressType: 'IPv4',
    ports: [{ name: '', port: 8080, protocol: 'TCP' }],
    endpoints: addresses.map((a) => ({ addresses: [a], conditions: { ready: true }, nodeName: 'node-1' })),
  };
}

const keyOf = (o: Service | EndpointSlice): string => `${o.metadata.namespace}/${o.metadata.name}`;

test('a ClusterIP Service with three endpoints, word for word', () => {
  const proxy = proxier();
  proxy.setService('default/my-web-service', web());
  proxy.setEndpointSlice('default/a', slice('a', ['10.244.1.5', '10.244.2.7', '10.244.3.4']));
  const text = printRestore(proxy.sync({ sinceCleanupMs: 0 }).restore);
  const svc = `KUBE-SVC-${hash16('default/my-web-servicetcp')}`;
  const sep = (ip: string): string => `KUBE-SEP-${hash16(`default/my-web-servicetcp${ip}:8080`)}`;
  const lines = text.split('\n');
  expect(lines.filter((l) => l.startsWith(`-A ${svc} `))).toEqual([
    `-A ${svc} -m comment --comment "default/my-web-service cluster IP" -m tcp -p tcp -d 10.96.41.7 --dport 80 ! -s 10.244.0.0/16 -j KUBE-MARK-MASQ`,
    `-A ${svc} -m comment --comment "default/my-web-service -> 10.244.1.5:8080" -m statistic --mode random --probability 0.3333333333 -j ${sep('10.244.1.5')}`,
    `-A ${svc} -m comment --comment "default/my-web-service -> 10.244.2.7:8080" -m statistic --mode random --probability 0.5000000000 -j ${sep('10.244.2.7')}`,
    `-A ${svc} -m comment --comment "default/my-web-service -> 10.244.3.4:8080" -j ${sep('10.244.3.4')}`,
  ]);
  expect(lines).toContain(
    `-A ${sep('10.244.1.5')} -m comment --comment default/my-web-service -s 10.244.1.5 -j KUBE-MARK-MASQ`,
  );
  expect(lines).toContain(
    `-A ${sep('10.244.1.5')} -m comment --comment default/my-web-service -m tcp -p tcp -j DNAT --to-destination 10.244.1.5:8080`,
  );
  expect(lines).toContain('-A KUBE-POSTROUTING -m mark ! --mark 0x00004000/0x00004000 -j RETURN');
});

test('the chain name is the hash that kube-proxy computes', () => {
  expect(hash16('ns1/svc1:p80tcp')).toBe('XPGD46QRK7WJZT7O');
});

test('without endpoints the ClusterIP is refused in filter and has no chain in nat', () => {
  const proxy = proxier();
  proxy.setService('default/my-web-service', web());
  const text = printRestore(proxy.sync({ sinceCleanupMs: 0 }).restore);
  expect(text).toContain(
    '-A KUBE-SERVICES -m comment --comment "default/my-web-service has no endpoints" -m tcp -p tcp -d 10.96.41.7 --dport 80 -j REJECT',
  );
  expect(text).not.toContain('KUBE-SVC-');
});

test.each([
  ['1.30', false],
  ['1.31', true],
] as const)('v%s counts dropped invalid packets: %s', (version, counted) => {
  const text = printRestore(proxier({}, version).sync({ sinceCleanupMs: 0 }).restore);
  expect(text.includes('--nfacct-name ct_state_invalid_dropped_pkts')).toBe(counted);
});

test('v1.28 keeps the INVALID drop although conntrack is liberal; v1.29 leaves it out', () => {
  const liberal: Node = {
    ...NODE,
    metadata: {
      ...NODE.metadata,
      annotations: {
        'servicepath.dev/node-facts': JSON.stringify({
          sysctls: { 'net.netfilter.nf_conntrack_tcp_be_liberal': '1' },
        }),
      },
    },
  };
  const text = (version: K8sVersion): string => {
    const facts = nodeFacts(liberal, version);
    return printRestore(
      new IptablesProxier({ config: proxyConfig({}), facts, version, family: 'IPv4' }).sync({
        sinceCleanupMs: 0,
      }).restore,
    );
  };
  expect(text('1.28')).toContain('--ctstate INVALID');
  expect(text('1.29')).not.toContain('--ctstate INVALID');
});

test('node ports off loopback switch localhostNodePorts off altogether', () => {
  const text = printRestore(
    proxier({ nodePortAddresses: ['192.168.10.0/24'] }).sync({ sinceCleanupMs: 0 }).restore,
  );
  expect(text).not.toContain('KUBE-FIREWALL');
  expect(text).toContain('-d 192.168.10.11 -j KUBE-NODEPORTS');
});

test('a partial sync writes the changed Service only and deletes the chains of endpoints that went', () => {
  const proxy = proxier();
  proxy.setService('default/my-web-service', web());
  const before = slice('a', ['10.244.1.5', '10.244.2.7']);
  proxy.setEndpointSlice('default/a', before);
  proxy.setService('default/other', {
    ...web({ clusterIP: '10.96.0.9' }),
    metadata: { name: 'other', namespace: 'default' },
  });
  proxy.setEndpointSlice('default/o', slice('o', ['10.244.1.9'], 'other'));
  expect(proxy.sync({ sinceCleanupMs: 0 }).fullSync).toBe(true);
  proxy.setEndpointSlice('default/a', slice('a', ['10.244.1.5']), before);
  const result = proxy.sync({ sinceCleanupMs: 0 });
  const text = printRestore(result.restore);
  expect(result.fullSync).toBe(false);
  expect(text).toContain(`-X KUBE-SEP-${hash16('default/my-web-servicetcp10.244.2.7:8080')}`);
  expect(text).toContain('"default/other cluster IP"');
  expect(text).not.toContain('"default/other -> 10.244.1.9:8080"');
});

test('every rule of a Service knows the fields it follows from', () => {
  const proxy = proxier();
  proxy.setService('default/my-web-service', web({ sessionAffinity: 'ClientIP' }));
  proxy.setEndpointSlice('default/a', slice('a', ['10.244.1.5', '10.244.2.7']));
  proxy.sync({ sinceCleanupMs: 0 });
  const rules = proxy
    .rulesWritten('default/my-web-service')
    .flatMap((r) => [...r.nat, ...r.filter, ...r.ownRules()]);
  expect(rules.length).toBe(10);
  for (const rule of rules) {
    expect(rule.origin?.some((o) => o.kind === 'Service' && o.name === 'my-web-service')).toBe(true);
    expect(rule.reason?.code).toMatch(/^rule\./);
  }
});

describe('over random clusters', () => {
  const families: readonly IPFamily[] = ['IPv4', 'IPv6'];

  test('any sequence of edits by partial syncs leaves the rules of one full sync', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.constantFrom(...families),
        fc.constantFrom(...LEARNER_VERSIONS),
        (seed, family, version) => {
          const start = randomCluster(seed, family);
          const facts = nodeFacts(start.node, version);
          const make = () =>
            new IptablesProxier({ config: proxyConfig(start.config), facts, version, family });
          const services = new Map(start.services.map((s) => [keyOf(s), s]));
          const slices = new Map(start.slices.map((s) => [keyOf(s), s]));
          const stepwise = make();
          for (const [key, s] of services) stepwise.setService(key, s);
          for (const [key, s] of slices) stepwise.setEndpointSlice(key, s);
          let tables = NodeTables.empty(family).restored(stepwise.sync({ sinceCleanupMs: 0 }).restore);
          const random = Random.seeded(seed ^ 0x5eed);
          for (let step = 0; step < 6; step++) {
            for (let change = random.integer(3); change >= 0; change--)
              editSomething(random, family, services, slices, stepwise);
            tables = tables.restored(stepwise.sync({ sinceCleanupMs: 0 }).restore);
          }
          const atOnce = make();
          for (const [key, s] of services) atOnce.setService(key, s);
          for (const [key, s] of slices) atOnce.setEndpointSlice(key, s);
          const whole = NodeTables.empty(family).restored(atOnce.sync({ sinceCleanupMs: 0 }).restore);
          expect(dump(tables)).toBe(dump(whole));
        },
      ),
      { numRuns: 150 },
    );
  });

  test('the probabilities give each of n endpoints 1/n', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), (n) => {
        const proxy = proxier();
        proxy.setService('default/my-web-service', web());
        proxy.setEndpointSlice(
          'default/a',
          slice(
            'a',
            Array.from({ length: n }, (_, i) => `10.244.${1 + (i >> 8)}.${i & 255}`),
          ),
        );
        proxy.sync({ sinceCleanupMs: 0 });
        const svc = proxy
          .rulesWritten('default/my-web-service')[0]
          ?.chains.find((c) => c.name.startsWith('KUBE-SVC-'));
        let left = 1;
        for (const rule of svc?.rules.slice(1) ?? []) {
          const p = Number(rule.matches.find((m) => m.kind === 'statistic')?.probability ?? 1);
          expect(left * p).toBeCloseTo(1 / n, 7);
          left *= 1 - p;
        }
        expect(left).toBeCloseTo(0, 9);
      }),
      { numRuns: 40 },
    );
  });

  test('the count of rules is the number that is written', () => {
    for (let seed = 0; seed < 40; seed++) {
      const cluster = randomCluster(seed, 'IPv4');
      const facts = nodeFacts(cluster.node, '1.32');
      const proxy = new IptablesProxier({
        config: proxyConfig(cluster.config),
        facts,
        version: '1.32',
        family: 'IPv4',
      });
      for (const s of cluster.services) proxy.setService(keyOf(s), s);
      for (const s of cluster.slices) proxy.setEndpointSlice(keyOf(s), s);
      proxy.sync({ sinceCleanupMs: 0 });
      const counted = cluster.services
        .flatMap((s) => proxy.rulesWritten(keyOf(s)))
        .map((r) => r.nat.length + r.filter.length + r.ownRules().length);
      expect(proxy.ruleCount).toBe(counted.reduce((a, b) => a + b, 0));
    }
  });
});

function editSomething(
  random: Random,
  family: IPFamily,
  services: Map<string, Service>,
  slices: Map<string, EndpointSlice>,
  proxy: IptablesProxier,
): void {
  const known = [...services.keys()];
  const what = random.integer(4);
  if (what === 0 && known.length > 0) {
    const key = random.pick(known);
    services.delete(key);
    proxy.setService(key, undefined);
    return;
  }
  if (what === 1 || known.length === 0) {
    const service = randomService(random, family, random.integer(12));
    services.set(keyOf(service), service);
    proxy.setService(keyOf(service), service);
    return;
  }
  const service = services.get(random.pick(known));
  if (!service) return;
  for (const [key, old] of slices)
    if (
      old.metadata.labels?.['kubernetes.io/service-name'] === service.metadata.name &&
      old.metadata.namespace === service.metadata.namespace
    ) {
      slices.delete(key);
      proxy.setEndpointSlice(key, undefined, old);
    }
  for (const made of randomSlices(random, family, service)) {
    slices.set(keyOf(made), made);
    proxy.setEndpointSlice(keyOf(made), made);
  }
}

/** All rules of a rule set, chain by chain; an empty chain counts. */
function dump(rules: RuleSet): string {
  return rules.tables
    .flatMap((table) =>
      rules
        .chains(table)
        .map((c) => [`*${table} :${c.name}`, ...c.rules.map((r: Rule) => printRule(r, 'restore'))]),
    )
    .flat()
    .join('\n');
}
