import { describe, expect, test } from 'vitest';
import { Random } from '@/lib/core/random';
import type { EndpointSlice, IPFamily, KubeObject, Node, Service } from '@/lib/kube/types';
import { RULES_VERSIONS, type K8sVersion } from '@/lib/kube/versions';
import { listRuleset } from '@/lib/net/nft/list';
import { printTransactions } from '@/lib/net/nft/operations';
import { carriedOut } from '@/lib/net/nft/parse-list';
import { parseTransaction } from '@/lib/net/nft/parse-transaction';
import type { NftRuleset, NftTable } from '@/lib/net/nft/types';
import { proxyConfig } from '../config';
import { nodeFacts } from '../node-facts';
import { randomCluster, randomService, randomSlices } from '../testing/random-cluster';
import { knowsNftables } from './availability';
import { NftablesProxier } from './proxier';

const NODE: Node = {
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: 'node-1' },
  spec: { podCIDR: '10.244.1.0/24', podCIDRs: ['10.244.1.0/24'] },
  status: { addresses: [{ type: 'InternalIP', address: '192.168.10.11' }] },
};

function service(name: string, ip: string, spec: Partial<Service['spec']> = {}): Service {
  const ports = [{ port: 80, protocol: 'TCP' as const }];
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'default' },
    spec: { type: 'ClusterIP', clusterIP: ip, clusterIPs: [ip], ports, ...spec },
  };
}

function slice(name: string, ...ips: string[]): EndpointSlice {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: `${name}-1`, namespace: 'default', labels: { 'kubernetes.io/service-name': name } },
    addressType: 'IPv4',
    ports: [{ name: '', protocol: 'TCP', port: 8080 }],
    endpoints: ips.map((ip) => ({ addresses: [ip], conditions: { ready: true }, nodeName: 'node-2' })),
  };
}

const chainRules = (w: Written, name: string) => w.table?.chains.get(name)?.rules ?? [];
const keyOf = ({ metadata }: KubeObject): string => `${metadata.namespace ?? ''}/${metadata.name ?? ''}`;

/** A kube-proxy with the table that it writes. */
class Written {
  readonly proxier: NftablesProxier;
  table: NftTable | undefined;
  text = '';
  error: string | undefined;
  #now = 0;

  constructor(version: K8sVersion, config: object = {}, node: Node = NODE, family: IPFamily = 'IPv4') {
    this.proxier = new NftablesProxier({
      config: proxyConfig({ clusterCIDR: '10.244.0.0/16', ...config }, 'nftables'),
      facts: nodeFacts(node, version),
      version,
      family,
      serviceCIDRs: [],
    });
  }

  sync(afterMs = 1): ReturnType<NftablesProxier['sync']> {
    const result = this.trySync(afterMs);
    if (this.error !== undefined) throw new Error(this.error);
    return result;
  }

  trySync(afterMs: number): ReturnType<NftablesProxier['sync']> {
    this.#now += afterMs;
    const result = this.proxier.sync({ now: this.#now, table: this.table });
    this.text = printTransactions(result.transactions);
    ({ table: this.table, error: this.error } = { error: undefined, ...this.proxier.apply(result) });
    return result;
  }

  get lines(): string[] {
    return this.text.trim().split('\n');
  }
}

const two = (version: K8sVersion): Written => {
  const w = new Written(version);
  for (const [name, ip] of [
    ['web', '10.96.0.1'],
    ['api', '10.96.0.2'],
  ] as const) {
    w.proxier.setService(`default/${name}`, service(name, ip));
    w.proxier.setEndpointSlice(`default/${name}-1`, slice(name, `10.244.2.${ip.at(-1)}`));
  }
  w.sync();
  return w;
};

describe('what a sync writes', () => {
  test('a ClusterIP is an element of service-ips that leads to the Service’s chain, and from there to a Pod', () => {
    const w = two('1.32');
    expect(w.text).toContain('add element ip kube-proxy cluster-ips { 10.96.0.1 }');
    expect(w.text).toMatch(
      /add element ip kube-proxy service-ips \{ 10\.96\.0\.1 \. tcp \. 80 : goto service-[A-Z2-7]{8}-default\/web\/tcp\/ \}/,
    );
    expect(w.text).toMatch(
      /endpoint-[A-Z2-7]{8}-default\/web\/tcp\/__10\.244\.2\.1\/8080 meta l4proto tcp dnat to 10\.244\.2\.1:8080/,
    );
  });

  test('v1.29 has chains at -101 and drops what conntrack calls invalid; later versions check source ranges before DNAT', () => {
    expect(two('1.29').text).toContain('filter-input { type filter hook input priority -101 ; }');
    expect(two('1.29').text).toContain('forward ct state invalid drop');
    expect(two('1.29').text).not.toContain('cluster-ips');
    expect(two('1.32').text).toContain('filter-prerouting { type filter hook prerouting priority -110 ; }');
    expect(two('1.34').text).toContain('filter-forward { type filter hook forward priority 0 ; }');
  });

  test('node ports are served on the primary addresses from v1.30, on all but loopback in v1.29', () => {
    expect(two('1.32').text).toContain('add element ip kube-proxy nodeport-ips { 192.168.10.11 }');
    expect(two('1.29').text).toContain(
      'services fib daddr type local ip daddr != 127.0.0.0/8 meta l4proto . th dport vmap @service-nodeports',
    );
  });

  test('since v1.33 a changed Service is written alone; before, everything is written again', () => {
    for (const [version, others] of [
      ['1.33', false],
      ['1.32', true],
    ] as const) {
      const w = two(version);
      w.proxier.setEndpointSlice('default/web-1', slice('web', '10.244.2.9'), slice('web', '10.244.2.1'));
      const result = w.sync();
      expect(result.fullSync).toBe(others);
      expect(w.text.includes('default/api')).toBe(others);
    }
  });

  test('a deleted Service’s chains are flushed at once and deleted when they have been stale for a second', () => {
    const w = two('1.34');
    w.proxier.setService('default/web', undefined);
    expect(w.sync().staleChains).toHaveLength(2);
    expect(w.lines.filter((l) => l.startsWith('flush chain'))).toHaveLength(2);
    expect(w.lines.filter((l) => l.startsWith('delete element'))).toHaveLength(2);
    expect(w.text).not.toContain('delete chain');
    w.sync(2000);
    expect(w.lines.filter((l) => l.startsWith('delete chain'))).toHaveLength(2);
    expect([...(w.table?.chains.keys() ?? [])].filter((n) => n.includes('default/web'))).toEqual([]);
  });

  test('every rule and element says which fields it follows from and why', () => {
    const w = two('1.32');
    for (const chain of w.table?.chains.values() ?? [])
      for (const rule of chain.rules)
        expect([chain.name, rule.reason?.code]).toEqual([chain.name, expect.any(String)]);
    const element = w.table?.sets.get('service-ips')?.elements.get('10.96.0.1 . tcp . 80');
    expect(element?.origin?.map((o) => `${o.kind} ${o.name} ${o.path}`)).toEqual([
      'Service web spec.clusterIP',
      'Service web spec.ports[0].port',
    ]);
  });

  test('two Services that claim one external IP and port: refused as a whole before v1.33, the last one wins since', () => {
    for (const version of ['1.32', '1.34'] as const) {
      const w = two(version);
      for (const name of ['web', 'api'])
        w.proxier.setService(
          `default/${name}`,
          service(name, name === 'web' ? '10.96.0.1' : '10.96.0.2', { externalIPs: ['203.0.113.9'] }),
        );
      const result = w.proxier.sync({ now: 5000, table: w.table });
      const after = w.proxier.apply(result);
      if (version === '1.32') expect(after.error).toContain('File exists');
      else expect(after.error).toBeUndefined();
    }
  });

  test('a table that somebody deleted: a partial sync fails and the next one is whole', () => {
    const w = two('1.34');
    w.table = undefined;
    w.proxier.setService('default/web', undefined);
    const failed = w.proxier.apply(w.proxier.sync({ now: 10, table: undefined }));
    expect(failed.error).toContain('No such file or directory');
    expect(w.proxier.pending).toBe(true);
    expect(w.sync(100).fullSync).toBe(true);
    expect(chainRules(w, 'services')).toHaveLength(2);
  });
});

describe('the table that kube-proxy says it leaves is what its text makes of the table before', () => {
  const versions = RULES_VERSIONS.filter(knowsNftables);
  for (const family of ['IPv4', 'IPv6'] as const)
    test(`random clusters and changes, ${family}`, () => {
      for (let seed = 0; seed < 24; seed++) {
        const version = versions[seed % versions.length] ?? '1.34';
        const cluster = randomCluster(seed, family, 6);
        const w = new Written(version, cluster.config, cluster.node, family);
        for (const s of cluster.services) w.proxier.setService(keyOf(s), s);
        for (const s of cluster.slices) w.proxier.setEndpointSlice(keyOf(s), s);
        const random = Random.seeded(seed + 1000);
        for (let step = 0; step < 5; step++) {
          const before = w.table;
          w.trySync(random.pick([1, 2000]));
          // Services of two namespaces may claim the same node port: older kube-proxies cannot write that.
          const wanted = kernelsView(before, w.text);
          if (w.error === undefined) expect([seed, step, listed(w.table)]).toEqual([seed, step, wanted]);
          else
            expect([w.error, wanted]).toEqual([
              expect.stringContaining('File exists'),
              expect.stringContaining('File exists'),
            ]);
          const i = random.integer(8);
          const gone = random.next() < 0.3;
          const changed = randomService(random, family, i);
          w.proxier.setService(keyOf(changed), gone ? undefined : changed);
          for (const s of randomSlices(random, family, changed))
            w.proxier.setEndpointSlice(keyOf(s), random.next() < 0.2 ? undefined : s, s);
        }
      }
    });

  const listed = (table: NftTable | undefined): string => (table ? listRuleset([table]) : '');

  function kernelsView(before: NftTable | undefined, text: string): string {
    const parsed = parseTransaction(text);
    if (!parsed.ok) return `${parsed.error.line}: ${parsed.error.message}`;
    const done = carriedOut(before ? [before] : ([] as NftRuleset), parsed.value);
    return done.ok ? listRuleset(done.value) : done.error.message;
  }
});
