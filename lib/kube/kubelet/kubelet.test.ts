import { describe, expect, test } from 'vitest';
import { defaultNodes } from '@/lib/kube/controllers/static-objects';
import { pod, service, sorted, TestCluster } from '@/lib/kube/controllers/testing';
import type { Container, Pod } from '@/lib/kube/types';
import { behaviourOf, imageName, normalizedImage } from './images';
import { allocate, EMPTY_RANGE, free } from './ipam';

const container = (image: string, more: Partial<Container> = {}): Container => ({
  name: 'c',
  image,
  ...more,
});

describe('images', () => {
  test('are known by the last segment of their name, whatever registry and tag', () => {
    expect(imageName('registry.example:5000/team/my-web-app:1.2')).toBe('my-web-app');
    expect(imageName('nginx@sha256:abc')).toBe('nginx');
    expect(behaviourOf(container('example.com/my-web-app:v2')).listeners).toEqual([
      { port: 8080, protocol: 'TCP' },
    ]);
  });

  test('my-web-app listens on $PORT; agnhost netexec on its flags; an unknown image on its declared ports', () => {
    expect(
      behaviourOf(container('my-web-app', { env: [{ name: 'PORT', value: '9090' }] })).listeners[0]?.port,
    ).toBe(9090);
    const args = ['netexec', '--http-port=81', '--udp-port', '82'];
    expect(behaviourOf(container('agnhost', { args })).listeners).toEqual([
      { port: 81, protocol: 'TCP' },
      { port: 82, protocol: 'UDP' },
    ]);
    expect(behaviourOf(container('what-ever', { ports: [{ containerPort: 7 }] })).listeners).toEqual([
      { port: 7, protocol: 'TCP' },
    ]);
  });

  test('are reported by their full name', () => {
    expect(normalizedImage('nginx')).toBe('docker.io/library/nginx:latest');
    expect(normalizedImage('team/app:1')).toBe('docker.io/team/app:1');
    expect(normalizedImage('registry.k8s.io/pause:3.10')).toBe('registry.k8s.io/pause:3.10');
  });
});

describe('Pod addresses', () => {
  test('are given in order, and a freed one only after the range has gone round', () => {
    let range = EMPTY_RANGE;
    const next = (): string | undefined => {
      const given = allocate(range, '10.0.0.0/29');
      if (given) range = given.range;
      return given?.ip;
    };
    expect([next(), next(), next()]).toEqual(['10.0.0.2', '10.0.0.3', '10.0.0.4']);
    range = free(range, '10.0.0.3');
    expect([next(), next(), next(), next()]).toEqual(['10.0.0.5', '10.0.0.6', '10.0.0.3', undefined]);
  });

  test('in IPv6 ranges too', () => {
    expect(allocate(EMPTY_RANGE, 'fd00:10:244:1::/64')?.ip).toBe('fd00:10:244:1::2');
  });
});

describe('the kubelet', () => {
  test('gives a Pod an address of each of its node’s families', () => {
    const [node] = defaultNodes('1.32');
    if (!node) throw new Error('no node');
    const addresses = [
      ...(node.status?.addresses ?? []),
      { type: 'InternalIP', address: 'fd00::11' } as const,
    ];
    const spec = { ...node.spec, podCIDRs: ['10.244.1.0/24', 'fd00:10:244:1::/64'] };
    const dual = [{ ...node, spec, status: { ...node.status, addresses } }];
    const cluster = new TestCluster(dual, '1.32', ['10.96.0.0/16', 'fd00:10:96::/112']);
    cluster.create(pod('one'));
    cluster.create(
      service('one', { clusterIP: 'None', ipFamilyPolicy: 'RequireDualStack', ipFamilies: ['IPv4', 'IPv6'] }),
    );
    cluster.settle();
    expect(cluster.get<Pod>('Pod', 'one').status?.podIPs).toEqual([
      { ip: '10.244.1.2' },
      { ip: 'fd00:10:244:1::2' },
    ]);
    expect(cluster.get<Pod>('Pod', 'one').status?.hostIPs).toEqual([
      { ip: '192.168.10.11' },
      { ip: 'fd00::11' },
    ]);
    expect(sorted(cluster.slices('one').map((s) => s.addressType))).toEqual(['IPv4', 'IPv6']);
  });

  test('leaves a Pod as it is that comes with a status, and does not give its address away', () => {
    const cluster = new TestCluster();
    const status: NonNullable<Pod['status']> = {
      phase: 'Running',
      podIP: '10.244.1.2',
      podIPs: [{ ip: '10.244.1.2' }],
      conditions: [{ type: 'Ready', status: 'False' }],
    };
    cluster.update<Pod>({ ...cluster.create(pod('dump', { nodeName: 'node-1' })), status }, 'status');
    cluster.create(pod('fresh', { nodeName: 'node-1' }));
    cluster.settle();
    expect(cluster.get<Pod>('Pod', 'dump').status).toEqual(status);
    expect(cluster.get<Pod>('Pod', 'fresh').status?.podIP).toBe('10.244.1.3');
  });

  test('a Pod for a node that joins later starts then', () => {
    const [first, second] = defaultNodes('1.32');
    if (!first || !second) throw new Error('no nodes');
    const cluster = new TestCluster([first]);
    cluster.create(pod('early', { nodeName: 'node-2' }));
    cluster.create(service('early'));
    cluster.settle();
    expect(cluster.readyPods()).toEqual([]);
    cluster.create(second);
    cluster.settle();
    expect(cluster.endpoints('early').map((e) => [e.addresses[0], e.zone])).toEqual([['10.244.2.2', 'b']]);
  });

  test('hosts’ addresses in the plural, and the sandbox condition, only in versions that have them', () => {
    const old = new TestCluster(defaultNodes('1.28'), '1.28');
    old.create(pod('one'));
    old.settle();
    const { status } = old.get<Pod>('Pod', 'one');
    expect(status).not.toHaveProperty('hostIPs');
    expect(status?.conditions?.map((c) => c.type)).toEqual([
      'Initialized',
      'Ready',
      'ContainersReady',
      'PodScheduled',
    ]);
  });
});
