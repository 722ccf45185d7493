// MetalLB in layer-2 mode: which address a Service gets, which node answers for it, and what happens when that node goes.
import { describe, expect, test } from 'vitest';
import type { CoreEvent } from '@/lib/kube/controllers/event';
import { POWER_ANNOTATION } from '@/lib/kube/kubelet/stopped';
import type { Service } from '@/lib/kube/types';
import type { Outcome } from '@/lib/net/datapath/trace';
import { Cluster } from './cluster';
import { START } from './testing/start';

const metalLb = (more = '', pool = ''): string => `apiVersion: v1
kind: Namespace
metadata: {name: metallb-system}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: config, namespace: metallb-system}
data:
${more}  config: |
    apiVersion: metallb.io/v1beta1
    kind: IPAddressPool
    metadata: {name: lan, namespace: metallb-system}
    spec:
      addresses: [192.168.10.240-192.168.10.242]
${pool}    ---
    apiVersion: metallb.io/v1beta1
    kind: L2Advertisement
    metadata: {name: lan, namespace: metallb-system}
`;

const web = (spec = '', annotations = '', name = 'web'): string => `apiVersion: v1
kind: Service
metadata: {name: ${name}, annotations: {${annotations}}}
spec: {type: LoadBalancer, selector: {app: web}, ports: [{port: 80, targetPort: 8080}]${spec}}
`;

const pod = (name: string, node: string): string => `apiVersion: v1
kind: Pod
metadata: {name: ${name}, labels: {app: web}}
spec: {nodeName: ${node}, containers: [{name: c, image: my-web-app}]}
`;
const PODS = [pod('web-1', 'node-1'), pod('web-2', 'node-2')];

function clusterWith(...files: readonly string[]): Cluster {
  const cluster = Cluster.create({ k8s: '1.32', seed: 1, now: START });
  for (const file of files) expect(cluster.applyText('test.yaml', file).problems).toEqual([]);
  return cluster;
}

const service = (cluster: Cluster, name = 'web'): Service => {
  const found = cluster.api.get<Service>('Service', 'default', name);
  if (!found) throw new Error(`no Service ${name}`);
  return found;
};
const addresses = (cluster: Cluster, name = 'web'): readonly string[] =>
  (service(cluster, name).status?.loadBalancer?.ingress ?? []).map(({ ip }) => ip ?? '');

const told = (cluster: Cluster, component: string): readonly (readonly [string, string])[] =>
  cluster.api
    .list<CoreEvent>('Event')
    .filter((e) => e.source.component === component)
    .toSorted((a, b) => (a.metadata.name ?? '').localeCompare(b.metadata.name ?? ''))
    .map((e) => [e.reason, e.message]);

const announcer = (cluster: Cluster): string | undefined =>
  cluster.network.balancers.announcement('default/web')?.node;

function call(cluster: Cluster, to = '192.168.10.240'): readonly Outcome[] {
  const found = cluster.network.outcomes({
    from: { external: '192.168.10.5' },
    to,
    port: 80,
    protocol: 'tcp',
  });
  if (!found.ok) throw new Error(found.error.code);
  return found.value;
}

function power(cluster: Cluster, node: string, state: 'off' | null): void {
  const answer = cluster.handle({
    method: 'PATCH',
    path: `/api/v1/nodes/${node}`,
    headers: { 'content-type': 'application/merge-patch+json' },
    body: JSON.stringify({ metadata: { annotations: { [POWER_ANNOTATION]: state } } }),
  });
  expect(answer.status).toBe(200);
}

describe('addresses', () => {
  test('the first free one of a pool, with MetalLB’s own words', () => {
    const cluster = clusterWith(metalLb(), ...PODS, web());
    expect(addresses(cluster)).toEqual(['192.168.10.240']);
    expect(told(cluster, 'metallb-controller')).toEqual([['IPAllocated', 'Assigned IP ["192.168.10.240"]']]);
    expect(service(cluster).metadata.annotations).toMatchObject({
      'metallb.io/ip-allocated-from-pool': 'lan',
    });
    expect(service(cluster).metadata.finalizers).toBeUndefined();
  });

  test('without MetalLB the Service stays pending', () => {
    expect(addresses(clusterWith(...PODS, web()))).toEqual([]);
  });

  test('the one that the Service asks for, under the annotation’s new and old name', () => {
    for (const prefix of ['metallb.io', 'metallb.universe.tf']) {
      const wish = `${prefix}/loadBalancerIPs: 192.168.10.242`;
      expect(addresses(clusterWith(metalLb(), web('', wish)))).toEqual(['192.168.10.242']);
    }
  });

  test('one outside of all pools is refused', () => {
    const cluster = clusterWith(metalLb(), web('', 'metallb.io/loadBalancerIPs: 192.168.10.99'));
    expect(addresses(cluster)).toEqual([]);
    expect(told(cluster, 'metallb-controller')).toEqual([
      [
        'AllocationFailed',
        'Failed to allocate IP for "default/web": ["192.168.10.99"] is not allowed in config',
      ],
    ]);
  });

  test('a pool that is empty gives again when somebody leaves', () => {
    const names = ['a', 'b', 'c', 'd'];
    const cluster = clusterWith(metalLb(), ...names.map((name) => web('', '', name)));
    expect(names.map((name) => addresses(cluster, name)).flat()).toHaveLength(3);
    cluster.handle({ method: 'DELETE', path: '/api/v1/namespaces/default/services/b' });
    cluster.settle();
    expect(addresses(cluster, 'd')).toEqual(['192.168.10.241']);
  });

  test('autoAssign: false gives only on request; an unknown pool says so', () => {
    const onRequest = metalLb('', '      autoAssign: false\n');
    expect(addresses(clusterWith(onRequest, web()))).toEqual([]);
    expect(addresses(clusterWith(onRequest, web('', 'metallb.io/address-pool: lan')))).toHaveLength(1);
    const cluster = clusterWith(metalLb(), web('', 'metallb.io/address-pool: dmz'));
    expect(told(cluster, 'metallb-controller')[0]?.[1]).toContain('unknown pool "dmz"');
  });

  test('two Services share an address by the same key and different ports', () => {
    const key = 'metallb.io/allow-shared-ip: k, metallb.io/loadBalancerIPs: 192.168.10.241';
    const other = web('', key, 'dns').replace('port: 80', 'port: 81');
    const cluster = clusterWith(metalLb(), web('', key), other, web('', key, 'third'));
    expect(addresses(cluster, 'dns')).toEqual(addresses(cluster));
    expect(addresses(cluster, 'third')).toEqual([]);
  });

  test('--lb-class: only Services of the class, else only those without one', () => {
    const classed = web(', loadBalancerClass: metallb.io/metallb');
    expect(addresses(clusterWith(metalLb(), classed))).toEqual([]);
    expect(addresses(clusterWith(metalLb('  lb-class: metallb.io/metallb\n'), classed))).toHaveLength(1);
    expect(addresses(clusterWith(metalLb('  lb-class: metallb.io/metallb\n'), web()))).toEqual([]);
  });

  test('no LoadBalancer any more: address and annotation go', () => {
    const cluster = clusterWith(metalLb(), ...PODS, web());
    cluster.applyText('test.yaml', web().replace('LoadBalancer', 'ClusterIP'));
    expect(addresses(cluster)).toEqual([]);
    expect(service(cluster).metadata.annotations?.['metallb.io/ip-allocated-from-pool']).toBeUndefined();
    expect(announcer(cluster)).toBeUndefined();
  });

  test('what is not simulated says so', () => {
    const bgp = metalLb().replace('L2Advertisement', 'BGPAdvertisement');
    const [event] = told(clusterWith(bgp), 'metallb-controller');
    expect(event).toEqual([
      'InvalidConfiguration',
      'BGPAdvertisement is not simulated; use IPAddressPool and L2Advertisement',
    ]);
  });
});

describe('announcement', () => {
  test('one node by the hash, told in an Event; all traffic comes in there', () => {
    const cluster = clusterWith(metalLb(), ...PODS, web());
    expect(announcer(cluster)).toBe('node-3');
    expect(told(cluster, 'metallb-speaker')).toEqual([
      ['nodeAssigned', 'announcing from node "node-3" with protocol "layer2"'],
    ]);
    const outcomes = call(cluster);
    expect(outcomes.every((o) => o.viaNode === 'node-3' && o.verdict === 'delivered')).toBe(true);
    expect(outcomes[0]?.steps[0]).toMatchObject({
      balancer: 'default/web',
      effect: { code: 'step.balancer.layer2', params: { node: 'node-3' } },
    });
  });

  test('externalTrafficPolicy Local: only nodes with an endpoint, and the client keeps its address', () => {
    const cluster = clusterWith(metalLb(), pod('web-2', 'node-2'), web(', externalTrafficPolicy: Local'));
    expect(announcer(cluster)).toBe('node-2');
    expect(call(cluster)).toMatchObject([
      { verdict: 'delivered', endpointPod: 'default/web-2', sourceIPSeen: '192.168.10.5' },
    ]);
    cluster.applyText('test.yaml', pod('web-1', 'node-1'));
    cluster.handle({ method: 'DELETE', path: '/api/v1/namespaces/default/pods/web-2' });
    cluster.settle();
    expect(announcer(cluster)).toBe('node-1');
  });

  test('without endpoints nobody answers ARP', () => {
    const cluster = clusterWith(metalLb(), web());
    expect(addresses(cluster)).toHaveLength(1);
    expect(announcer(cluster)).toBeUndefined();
    expect(call(cluster)).toMatchObject([{ verdict: 'dropped', reason: { code: 'verdict.noAnnouncer' } }]);
  });

  test('a node without power is missed after six seconds: calls are lost until the next by the hash announces', () => {
    const cluster = clusterWith(metalLb(), ...PODS, web());
    cluster.hold(true);
    power(cluster, 'node-3', 'off');
    cluster.advance(5_000);
    expect(announcer(cluster)).toBe('node-3');
    expect(call(cluster)).toMatchObject([{ verdict: 'dropped', reason: { code: 'verdict.nodeDown' } }]);
    cluster.advance(2_000);
    expect(announcer(cluster)).toBe('node-2');
    expect(call(cluster).every((o) => o.verdict === 'delivered' && o.viaNode === 'node-2')).toBe(true);
    expect(told(cluster, 'metallb-speaker').at(-1)?.[1]).toBe(
      'announcing from node "node-2" with protocol "layer2"',
    );
    power(cluster, 'node-3', null);
    cluster.advance(2_000);
    expect(announcer(cluster)).toBe('node-3');
  });

  test('the exclusion label and nodeSelectors keep nodes out', () => {
    const selectors = `    spec: {nodeSelectors: [{matchLabels: {kubernetes.io/hostname: node-2}}]}\n`;
    expect(announcer(clusterWith(metalLb() + selectors, ...PODS, web()))).toBe('node-2');
    const cluster = clusterWith(metalLb(), ...PODS, web());
    cluster.handle({
      method: 'PATCH',
      path: '/api/v1/nodes/node-3',
      headers: { 'content-type': 'application/merge-patch+json' },
      body: JSON.stringify({
        metadata: { labels: { 'node.kubernetes.io/exclude-from-external-load-balancers': '' } },
      }),
    });
    cluster.settle();
    expect(announcer(cluster)).toBe('node-2');
  });

  test('inside the cluster kube-proxy answers for the address on every node', () => {
    const cluster = clusterWith(metalLb(), ...PODS, web());
    const found = cluster.network.outcomes({
      from: { pod: 'default/web-1' },
      to: '192.168.10.240',
      port: 80,
      protocol: 'tcp',
    });
    expect(
      found.ok && found.value.every((o) => o.viaNode === 'node-1' && !o.steps.some((s) => s.balancer)),
    ).toBe(true);
  });
});
