// Load balancers in a cluster of both families, and in IPv6 alone.
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { IPFamily, KubeObject, Service } from '@/lib/kube/types';
import type { Outcome } from '@/lib/net/datapath/trace';
import { Cluster } from './cluster';
import { START } from './testing/start';

const node = (n: number): KubeObject =>
  parse(`{apiVersion: v1, kind: Node, metadata: {name: node-${n}},
    spec: {podCIDR: 10.244.${n}.0/24, podCIDRs: [10.244.${n}.0/24, "fd00:10:244:${n}::/64"]},
    status: {allocatable: {pods: "110", cpu: "4"}, conditions: [{type: Ready, status: "True"}],
      addresses: [{type: InternalIP, address: 192.168.10.1${n}}, {type: InternalIP, address: "fd00:192:168:10::1${n}"}]}}`) as KubeObject;

const pod =
  parse(`{apiVersion: v1, kind: Pod, metadata: {name: web-1, namespace: default, labels: {app: web}},
  spec: {nodeName: node-1, containers: [{name: c, image: my-web-app}]}}`) as KubeObject;

const service = (families: readonly IPFamily[], policy: 'Cluster' | 'Local'): KubeObject =>
  ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', namespace: 'default' },
    spec: {
      type: 'LoadBalancer',
      selector: { app: 'web' },
      ipFamilies: families,
      ipFamilyPolicy: families.length > 1 ? 'RequireDualStack' : 'SingleStack',
      externalTrafficPolicy: policy,
      ports: [{ port: 80, targetPort: 8080 }],
    },
  }) as KubeObject;

const configMap = (namespace: string, name: string, key: string, text: string): KubeObject =>
  ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace },
    data: { [key]: text },
  }) as KubeObject;
const cloud = (mode: 'VIP' | 'Proxy'): readonly KubeObject[] => [
  configMap('kube-system', 'cloud-config', 'cloud.conf', `loadBalancer: {ipMode: ${mode}}`),
];
const metalLb: readonly KubeObject[] = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'metallb-system' } },
  configMap(
    'metallb-system',
    'config',
    'config',
    `{kind: IPAddressPool, metadata: {name: lan}, spec: {addresses: [192.168.10.240/28, "fd00:192:168:10::f0/124"]}}
---
{kind: L2Advertisement, metadata: {name: lan}}
`,
  ),
];

function clusterOf(objects: readonly KubeObject[]): Cluster {
  const cluster = Cluster.load([node(1), node(2), pod, ...objects], {
    k8s: '1.32',
    seed: 1,
    now: START,
    serviceCIDRs: ['10.96.0.0/16', 'fd00:10:96::/112'],
  });
  if ('message' in cluster) throw new Error(cluster.message);
  return cluster;
}

const addresses = (cluster: Cluster): readonly string[] =>
  (cluster.api.get<Service>('Service', 'default', 'web')?.status?.loadBalancer?.ingress ?? []).map(
    ({ ip }) => ip ?? '',
  );

function call(cluster: Cluster, to: string): readonly Outcome[] {
  const external = to.includes(':') ? '2001:db8::7' : '203.0.113.7';
  const found = cluster.network.outcomes({ from: { external }, to, port: 80, protocol: 'tcp' });
  if (!found.ok) throw new Error(found.error.code);
  return found.value;
}

test('a cloud gives an address of each family, and both lead to the Pod', () => {
  const cluster = clusterOf([...cloud('VIP'), service(['IPv4', 'IPv6'], 'Local')]);
  expect(addresses(cluster)).toEqual(['198.51.100.1', '2001:db8:51::1']);
  for (const to of addresses(cluster))
    expect(call(cluster, to)).toMatchObject([
      { verdict: 'delivered', endpointPod: 'default/web-1', snat: false },
    ]);
});

test('IPv6 alone: the health check goes to the node’s IPv6 address, and the balancer calls from its own', () => {
  const cluster = clusterOf([...cloud('Proxy'), service(['IPv6'], 'Local')]);
  expect(addresses(cluster)).toEqual(['2001:db8:51::1']);
  const [balancer] = cluster.network.balancers.list();
  expect(balancer?.nodes.map((n) => [n.node, n.healthy])).toEqual([
    ['node-1', true],
    ['node-2', false],
  ]);
  expect(call(cluster, '2001:db8:51::1')).toMatchObject([
    { verdict: 'delivered', sourceIPSeen: '2001:db8:18::10' },
  ]);
});

test('MetalLB answers neighbour discovery from the node that the first address names', () => {
  const cluster = clusterOf([...metalLb, service(['IPv6', 'IPv4'], 'Local')]);
  expect(addresses(cluster)).toEqual(['fd00:192:168:10::f0', '192.168.10.240']);
  expect(cluster.network.balancers.announcement('default/web')?.node).toBe('node-1');
  for (const to of addresses(cluster))
    expect(call(cluster, to)).toMatchObject([{ verdict: 'delivered', viaNode: 'node-1' }]);
});
